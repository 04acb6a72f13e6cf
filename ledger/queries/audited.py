"""One article -> every row that an audit of it needs, in a fixed number of statements.

Each statement is over the whole article, so an audit of ten thousand claims asks as often as an
audit of ten. What carries a claim, and what falls, is asked of `provenance` and nowhere else.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ledger.errors import NotFoundError
from ledger.provenance import (
    FALLS,
    OUTLET,
    UNKNOWN,
    WEAKENS,
    Groups,
    Independence,
    Overruled,
    Rating,
    bearers,
    by_rating,
    covering,
    effects,
    groups_of,
    independence_in,
    is_outlet,
    is_unsure,
    overruled,
    owner_of,
    support_tables,
    weakest,
)
from ledger.queries.cited_pages import cited_by
from ledger.reader import Reader, Row
from ledger.redacted import redactions
from ledger.tree import edge_at


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
        weights: One row per outlet (or origin), the most leaned on first; see `_weights`.
        voices: Id of a cited page to the key and the name of whose words it carries; the name is
            None for a story that nobody is known to have written.
        journal: `seq` and `digest` of the last link, and the `root` of the tree over all of them;
            None for an empty journal.
        redacted: What stands in the place of its words; None where they were not erased.
        overruled: Markers that a person leads elsewhere than its list does.
        covered: Covered claim to the one that closes its paragraph, by id.
        bearers: Names of `attributions` that several outlets bear, to the keys of these.
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
    covered: dict[str, str]
    bearers: dict[str, list[str]]


def audit_rows(reader: Reader, article: str) -> AuditRows:
    """Everything about one article, of any version.

    Raises:
        NotFoundError: No article has this id.
    """
    asked = {"article": article}
    row = reader.row(_ARTICLE, asked)
    if row is None:
        raise NotFoundError(article, "no article has this id", remedy="See: ledger articles")
    for name in ("byline", "references", "findings"):
        row[name] = reader.parsed(row[name])
    claims = reader.rows(_CLAIMS, asked)
    citations, attributions = reader.rows(_CITATIONS, asked), reader.rows(_ATTRIBUTIONS, asked)
    voices = _voices(citations)
    gone = redactions(reader, [article]).get(article)
    if gone is not None:
        row |= {"title": gone, "byline": [gone]}
        for name, rows in (("exact", claims), ("raw", citations), ("name", attributions)):
            for each in rows:
                each[name] = gone
    groups = groups_of(reader.rows, _SCOPE, asked)
    owners = owner_of(reader, groups.values())
    for claim in claims:
        claim["section"] = reader.parsed(claim["section"])
        behind = groups.get(claim["id"], ())
        claim["resilience"] = weakest(behind).resilience
        claim["owner_resilience"] = weakest(behind, owners).resilience
        claim["carried"] = int(claim["id"] in groups)
    return AuditRows(
        article=row,
        claims=claims,
        citations=citations,
        attributions=attributions,
        independence=independence_in(reader, article),
        weights=_weights(reader.rows(_OUTLETS, asked), groups.values()),
        voices=voices,
        journal=_journal(reader),
        redacted=gone,
        overruled=overruled(reader, article),
        covered=covering(reader, [article]),
        bearers=bearers(reader, (row["name"] for row in attributions if row["key"] is None)),
    )


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


def _journal(reader: Reader) -> Row | None:
    row = reader.row("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1")
    if row is not None:
        row["root"] = edge_at(reader.rows, row["seq"]).root().hex()
    return row


def every_article(
    reader: Reader, rating: Rating | None = None, *, cited: bool | None = None
) -> list[str]:
    """Ids of the current version of every article, in the order of recording.

    With `rating` of those with a claim that leans on an outlet of which the list says so; `cited`
    as for `articles`.
    """
    rows = reader.rows(
        """SELECT a.id FROM current_article a LEFT JOIN journal j ON j.entry_id = a.id
        ORDER BY j.seq, a.id"""
    )
    ids = [row["id"] for row in rows]
    if cited is not None:
        citing = cited_by(reader)
        ids = [id for id in ids if (id in citing) == cited]
    if rating is None:
        return ids
    rated = by_rating([rating], "l.outlet")
    leaning = reader.rows(
        f"""SELECT DISTINCT c.article_id
        FROM claim_outlet l JOIN claim_pattern c ON c.place = l.place
        WHERE {rated.inside[0]}""",
        rated.params,
    )
    wanted = {row["article_id"] for row in leaning}
    return [id for id in ids if id in wanted]


_SCOPE = "{claim} IN (SELECT x.id FROM claim x WHERE x.article_id = :article)"

_SUPPORT = support_tables(_SCOPE)

_ARTICLE = f"""
    SELECT a.id, a.title, a.byline, a.published, a.dateline, a.language, a.extractor,
        a.references_digest, a."references", a.findings, a.revises,
        (SELECT MIN(n.id) FROM article n WHERE n.revises = a.id) AS revised_by,
        (SELECT COUNT(*) FROM article v JOIN journal k ON k.entry_id = v.id
            WHERE v.source_id = a.source_id AND k.seq <= j.seq) AS version,
        (SELECT COUNT(*) FROM article v WHERE v.source_id = a.source_id) AS versions,
        s.url, COALESCE(o.name, s.outlet) AS outlet,
        p.captured_at, p.requested_url, p.final_url, p.status, p.media_type, p.payload_digest,
        p.size
    FROM article a
    JOIN source s ON s.id = a.source_id
    JOIN capture p ON p.id = a.capture_id
    {OUTLET.format(key="s.outlet")}
    LEFT JOIN journal j ON j.entry_id = a.id
    WHERE a.id = :article"""

_CLAIMS = """
    SELECT m.id, m."start", m."end", m.exact, m.section, m.kind
    FROM claim m
    WHERE m.article_id = :article
    ORDER BY m."start", m."end", m.id"""

_CITATIONS = f"""
    SELECT c.claim_id, c."group", c.ordinal, c.alternative, c.marker, c.raw, c.form, c.url,
        c.source_id, s.url AS source, COALESCE(o.key, s.outlet) AS "key",
        COALESCE(o.name, s.outlet) AS outlet,
        o.owner, o.country, c.gap, g."by" AS linked_by, g.at AS linked_at,
        g.reason AS linked_because, p.origin, v.name AS voice
    FROM claim m
    JOIN current_citation c ON c.claim_id = m.id
    LEFT JOIN source s ON s.id = c.source_id
    LEFT JOIN standing p ON p.source_id = c.source_id
    LEFT JOIN known_outlet v ON v.key = p.origin
    {OUTLET.format(key="s.outlet")}
    LEFT JOIN judgement g ON g.id = c.because AND c.form NOT IN ('navigation', 'listed')
    WHERE m.article_id = :article
    ORDER BY c.claim_id, c."group", c.ordinal, c.alternative, c.at, c.id"""

_ATTRIBUTIONS = f"""
    WITH {_SUPPORT}
    SELECT t.claim_id, t.name, COALESCE(o.key, t.outlet) AS "key",
        COALESCE(o.name, t.outlet) AS outlet,
        CASE WHEN k.via IS NULL THEN 0 ELSE 1 END AS carries, t.together
    FROM claim m
    JOIN attribution t ON t.claim_id = m.id
    LEFT JOIN (SELECT via FROM carrier WHERE grp = -1) k ON k.via = t.id
    {OUTLET.format(key="t.outlet")}
    WHERE m.article_id = :article
    ORDER BY t.claim_id, t."start", t.id"""


_OUTLETS = f"""
    WITH {_SUPPORT}
    SELECT k.key, k.name, k.kind, k.owner, k.country
    FROM known_outlet k
    WHERE k.key IN (SELECT outlet FROM carrier UNION SELECT origin FROM carrier)"""


def _weights(outlets: Iterable[Row], groups: Iterable[Groups]) -> list[Row]:
    """For each outlet what `provenance.impact` says of its loss, over these claims.

    A story of which nobody knows who wrote it is no outlet.
    """
    tallies: dict[str, Counter[int]] = {}
    unsure: Counter[str] = Counter()
    doubts = 0
    for each in groups:
        doubt = is_unsure(each)
        doubts += doubt
        for outlet, effect in effects(each).items():
            tallies.setdefault(outlet, Counter())[effect] += 1
            unsure[outlet] += doubt
    facts = {row["key"]: row for row in outlets}
    rows = [
        {
            **(facts.get(key) or {"key": key, "kind": None, "owner": None, "country": None}),
            "name": facts.get(key, {}).get("name") or key,
            "claims": tally.total(),
            "falls": tally[FALLS],
            "weakens": tally[WEAKENS],
            # A claim that does not lean on it is unknown when any source of it is.
            "unknown": tally[UNKNOWN] + doubts - unsure[key],
        }
        for key, tally in tallies.items()
        if is_outlet(key)
    ]
    return sorted(rows, key=lambda row: (-row["claims"], -row["falls"], row["name"], row["key"]))
