"""Articles -> every row that an audit of each needs, in a fixed number of statements.

Each statement is over many articles as a whole, so an audit of ten thousand claims asks as often as
an audit of ten. What carries a claim, and what falls, is asked of `provenance` and nowhere else.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from ledger.errors import NotFoundError
from ledger.forms import CARRIES, IDLE
from ledger.provenance import (
    OUTLET,
    PUBLISHER,
    Aside,
    Asked,
    Groups,
    Independence,
    Opened,
    Overruled,
    aside,
    bearers,
    circles_within,
    covering,
    groups_of,
    independence_in,
    is_outlet,
    opened,
    overruled,
    owner_of,
    refused_last,
    same_pages,
    same_words,
    say_retracted,
    support_tables,
    ways_from,
    weakest,
)
from ledger.queries.weights import weighing
from ledger.reader import Reader, Row
from ledger.redacted import redactions
from ledger.tree import edge_at

_T = TypeVar("_T")

AT_ONCE, CLAIMS_AT_ONCE = 50, 10_000
"""Articles that one statement asks about, and the claims of these, some tens of megabytes: of three
hundred articles it takes as many statements as of six, but a book has thousands of claims."""


class AuditRows(NamedTuple):
    """What is recorded of one article, lists parsed, otherwise as the columns have it.

    Attributes:
        article: The article with its page, capture and place among its versions.
        claims: In reading order, with `resilience`, `owner_resilience` and `carried` (1 when it has
            a group, else 0).
        citations: By claim id, then in reading order; with source, outlet and the judgement that
            made it (`linked_...`; NULL when it was read from the page).
        attributions: By claim id, then in reading order; `carries` is 1 where it is a group of
            its own, 0 where it adds nothing to the groups that are there.
        independence: Claim id to what counts once of what stands behind it; only claims that
            anything stands behind.
        weights: One row per outlet (or origin), the most leaned on first; see `queries.weights`.
        voices: Id of a cited page to the key and the name of whose words it carries; the name is
            None for a story that nobody is known to have written.
        journal: `seq` and `digest` of the last link, and the `root` of the tree over all of them;
            None for an empty journal.
        redacted: What stands in the place of its words; None where they were not erased.
        overruled: Markers that a person leads elsewhere than its list does.
        aside: Who set it aside; None when nobody did.
        refused: Cited pages, of these and of other articles that were asked about, that gave no
            page when they were asked for last, by id.
        retracted: As `refused`, those that say that they were retracted, to the words.
        opened: As `refused`, what there is of every cited page.
        same: As `provenance.same_pages`, of all that is recorded.
        circles: Circles of the pages that it cites, and its own page, by address: see
            `provenance.circles`.
        again: Addresses of other articles that have the same words.
        covered: Covered claim to the one that closes its paragraph, by id.
        bearers: Names of `attributions`, and of those of other articles that were asked about, that
            several outlets bear, to the keys of these.
    """

    article: Row
    claims: list[Row]
    citations: list[Row]
    attributions: list[Row]
    independence: dict[str, Independence]
    weights: list[Row]
    voices: dict[str, tuple[str, str | None]]
    journal: Row | None
    redacted: str | None
    overruled: list[Overruled]
    aside: Aside | None
    refused: dict[str, Asked]
    retracted: dict[str, str]
    opened: dict[str, Opened]
    same: Mapping[str, str]
    circles: list[list[str]]
    again: list[str]
    covered: dict[str, str]
    bearers: dict[str, list[str]]


def audit_rows(reader: Reader, articles: Sequence[str]) -> Iterator[AuditRows]:
    """Everything about some articles, of any version, in this order.

    Raises:
        NotFoundError: No article has one of these ids.
    """
    same = same_pages(reader)
    for some in _parts(reader, articles):
        yield from _of_some(reader, some, same)


def _parts(reader: Reader, articles: Sequence[str]) -> Iterator[list[str]]:
    """The articles in order, as many together as may be asked about at once, or a large one."""
    counts = "SELECT article_id, COUNT(*) AS claims FROM claim WHERE article_id IN :ids GROUP BY 1"
    claims = {row["article_id"]: row["claims"] for row in reader.rows_for(counts, articles)}
    some: list[str] = []
    size = 0
    for article in articles:
        size += claims.get(article, 0)
        if some and (len(some) == AT_ONCE or size > CLAIMS_AT_ONCE):
            yield some
            some, size = [], claims.get(article, 0)
        some.append(article)
    if some:
        yield some


def _of_some(
    reader: Reader, articles: Sequence[str], same: Mapping[str, str]
) -> Iterator[AuditRows]:
    articles_by_id = {row["id"]: row for row in reader.rows_for(_ARTICLE, articles)}
    claims, citations, attributions = (
        _by_article(reader.rows_for(sql, articles)) for sql in (_CLAIMS, _CITATIONS, _ATTRIBUTIONS)
    )
    gone = redactions(reader, articles)
    for name, rows in (("exact", claims), ("raw", citations), ("name", attributions)):
        for id, words in gone.items():
            for row in rows[id]:
                row[name] = words
    groups = groups_of(partial(_about, reader, articles), _SCOPE, {})
    patterns = {(), *groups.values()}  # many claims are carried alike
    strengths, weights = _strengths(reader, patterns), weighing(reader, patterns)
    written = {row["section"] for rows in claims.values() for row in rows}
    sections = {text: reader.parsed(text) for text in written}
    independence, said = independence_in(reader, articles), overruled(reader, articles)
    covered, journal = covering(reader, articles), last_link(reader)
    left_out, again = aside(reader, articles), same_words(reader, articles)
    cited = {row["source_id"] for rows in citations.values() for row in rows if row["source_id"]}
    refused = refused_last(reader, sorted(cited))
    retracted = say_retracted(reader, sorted(cited))
    there = opened(reader, sorted(cited), refused, same)
    ways = ways_from(reader, {*cited, *(row["source_id"] for row in articles_by_id.values())}, same)
    nobody = (row["name"] for rows in attributions.values() for row in rows if row["key"] is None)
    borne = bearers(reader, nobody)
    for id in articles:
        if id not in articles_by_id:
            raise NotFoundError(id, "no article has this id", remedy="See: ledger articles")
        ids = [claim["id"] for claim in claims[id]]
        own = _of(ids, groups)
        yield AuditRows(
            article=_article(reader, articles_by_id[id], gone.get(id)),
            claims=[_claim(claim, own, strengths, sections) for claim in claims[id]],
            citations=citations[id],
            attributions=attributions[id],
            independence=_of(ids, independence),
            weights=weights(own.values()),
            voices=_voices(citations[id]),
            journal=journal,
            redacted=gone.get(id),
            overruled=said.get(id, []),
            aside=left_out.get(id),
            refused=refused,
            retracted=retracted,
            opened=there,
            same=same,
            circles=_circles(ways, same, articles_by_id[id], citations[id]),
            again=[each["url"] for each in again.get(id, ())],
            covered=_of(ids, covered),
            bearers=borne,
        )


def _circles(
    ways: Mapping[str, Sequence[str]], same: Mapping[str, str], article: Row, citations: list[Row]
) -> list[list[str]]:
    """Circles within the pages that an article cites and its own, by the addresses it knows."""
    url = {same.get(article["source_id"], article["source_id"]): article["url"]}
    for row in citations:
        if row["source_id"] and row["form"] not in IDLE:
            url.setdefault(same.get(row["source_id"], row["source_id"]), row["source"])
    return [[url[page] for page in circle] for circle in circles_within(ways, url)]


def _about(
    reader: Reader, articles: Sequence[str], sql: str, params: Mapping[str, object]
) -> list[Row]:
    return reader.rows_for(sql, articles, params)


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each article, without its id."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pop("article_id")].append(row)
    return found


def _of(claims: Iterable[str], found: Mapping[str, _T]) -> dict[str, _T]:
    return {claim: found[claim] for claim in claims if claim in found}


def _article(reader: Reader, row: Row, gone: str | None) -> Row:
    lists = {name: reader.parsed(row[name]) for name in ("byline", "references", "findings")}
    return {**row, **lists, **({"title": gone, "byline": [gone]} if gone is not None else {})}


def _strengths(
    reader: Reader, patterns: Collection[Groups]
) -> dict[Groups, tuple[int | None, int | None]]:
    """Each pattern to its resilience, and to that over owners."""
    owners = owner_of(reader, patterns)
    return {each: (weakest(each).resilience, weakest(each, owners).resilience) for each in patterns}


def _claim(
    row: Row,
    groups: Mapping[str, Groups],
    strengths: Mapping[Groups, tuple[int | None, int | None]],
    sections: Mapping[str, list[str]],
) -> Row:
    row["section"] = sections[row["section"]]
    row["resilience"], row["owner_resilience"] = strengths[groups.get(row["id"], ())]
    row["carried"] = int(row["id"] in groups)
    return row


def _voices(citations: Iterable[Row]) -> dict[str, tuple[str, str | None]]:
    """By page. In the rows only the name of another outlet is left, whose words a page carries."""
    voices: dict[str, tuple[str, str | None]] = {}
    for row in citations:
        origin, name = row.pop("origin"), row.pop("voice")
        if origin is not None:
            voices[row["source_id"]] = origin, name or (origin if is_outlet(origin) else None)
        other = origin is not None and origin != row["key"]
        row["voice"] = voices[row["source_id"]][1] if other else None
    return voices


def last_link(reader: Reader) -> Row | None:
    """As `AuditRows.journal`."""
    row = reader.row("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1")
    if row is not None:
        row["root"] = edge_at(reader.rows, row["seq"]).root().hex()
    return row


_SCOPE = "{claim} IN (SELECT x.id FROM claim x WHERE x.article_id IN :ids)"

_SUPPORT = support_tables(_SCOPE)

_ARTICLE = f"""
    SELECT a.id, a.source_id, a.title, a.byline, a.published, a.dateline, a.language, a.extractor,
        a.references_digest, a."references", a.findings, a.revises,
        (SELECT MIN(n.id) FROM article n WHERE n.revises = a.id) AS revised_by,
        (SELECT COUNT(*) FROM article v JOIN journal k ON k.entry_id = v.id
            WHERE v.source_id = a.source_id AND k.seq <= j.seq) AS version,
        (SELECT COUNT(*) FROM article v WHERE v.source_id = a.source_id) AS versions,
        s.url, COALESCE(o.name, {PUBLISHER}) AS outlet,
        p.captured_at, p.requested_url, p.final_url, p.status, p.media_type, p.payload_digest,
        p.size
    FROM article a
    JOIN source s ON s.id = a.source_id
    JOIN capture p ON p.id = a.capture_id
    {OUTLET.format(key=PUBLISHER)}
    LEFT JOIN journal j ON j.entry_id = a.id
    WHERE a.id IN :ids"""

_CLAIMS = """
    SELECT m.article_id, m.id, m."start", m."end", m.exact, m.section, m.kind
    FROM claim m
    WHERE m.article_id IN :ids
    ORDER BY m."start", m."end", m.id"""

_CITATIONS = f"""
    SELECT m.article_id, c.claim_id, c."group", c.ordinal, c.alternative, c.marker, c.raw, c.form,
        c.url, c.source_id, s.url AS source, COALESCE(o.key, {PUBLISHER}) AS "key",
        COALESCE(o.name, {PUBLISHER}) AS outlet,
        o.owner, o.country, c.gap, g."by" AS linked_by, g.at AS linked_at,
        g.reason AS linked_because, p.origin, v.name AS voice
    FROM claim m
    JOIN current_citation c ON c.claim_id = m.id
    LEFT JOIN source s ON s.id = c.source_id
    LEFT JOIN standing p ON p.source_id = c.source_id
    LEFT JOIN known_outlet v ON v.key = p.origin
    {OUTLET.format(key=PUBLISHER)}
    LEFT JOIN judgement g ON g.id = c.because AND g.object <> 'as-read'
        AND c.form {CARRIES}
    WHERE m.article_id IN :ids
    ORDER BY c.claim_id, c."group", c.ordinal, c.alternative, c.at, c.id"""

_ATTRIBUTIONS = f"""
    WITH {_SUPPORT}
    SELECT m.article_id, t.claim_id, t.name, COALESCE(o.key, t.outlet) AS "key",
        COALESCE(o.name, t.outlet) AS outlet,
        CASE WHEN k.via IS NULL THEN 0 ELSE 1 END AS carries, t.together
    FROM claim m
    JOIN attribution t ON t.claim_id = m.id
    LEFT JOIN (SELECT via FROM carrier WHERE grp = -1) k ON k.via = t.id
    {OUTLET.format(key="t.outlet")}
    WHERE m.article_id IN :ids
    ORDER BY t.claim_id, t."start", t.id"""
