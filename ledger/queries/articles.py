"""Recorded articles: a list of them, and one with everything it says."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Sequence
from typing import TypedDict, cast

from ledger.clusters import STORY
from ledger.errors import NotFoundError
from ledger.forms import CARRIES
from ledger.provenance import OUTLET, PUBLISHER, Led, aside, led_of, overruled
from ledger.queries.chosen import ClaimFilter
from ledger.queries.cited_pages import cited_by
from ledger.queries.claims import ClaimItem, claims
from ledger.reader import CHUNK, Reader
from ledger.redacted import redactions, say_redacted


class ArticleItem(TypedDict):
    """One article in numbers.

    Attributes:
        id, url: Of the article, and of its page.
        title, published, language: As the page gives them; None when not known.
        outlet: Name of who published it; None when not known.
        captured_at: When its bytes were read, ISO 8601 in UTC.
        claims: Sentences that claim something.
        cited: Those with a citation of their own.
        citations: Markers and links in claims, without navigation; one where a reference gives
            several addresses.
        gaps: Those that lead nowhere.
        outlets: Distinct outlets that its claims lean on: cited, named in prose, or with their
            words on a cited page. So `ledger outlets` counts them, and so does an audit.
        cited_by: Other articles that cite its page; more than 0 for pages that were followed.
    """

    id: str
    title: str | None
    url: str
    outlet: str | None
    published: str | None
    language: str | None
    captured_at: str
    claims: int
    cited: int
    citations: int
    gaps: int
    outlets: int
    cited_by: int


class ArticleName(TypedDict):
    """What an article is called by; each as in `ArticleItem`."""

    id: str
    title: str | None
    url: str
    cited_by: int


class FindingItem(TypedDict):
    """Something to know about an article; `at` is an offset into its text, or None."""

    code: str
    detail: str
    at: int | None


class ArticlePage(TypedDict):
    """One article with its claims.

    Attributes:
        id, title, url, outlet, published, language, captured_at: As in `ArticleItem`.
        led_to: Where its address led; None where that page answered itself.
        byline: Authors, as written.
        dateline: Place at the head of the text; None when not known.
        extractor: Reader that found the text, and its version.
        revises: Id of the version before; None for the first.
        revised_by: Id of the version after; None for the current one.
        counts: claims, cited, citations, gaps and outlets, as in `ArticleItem`.
        findings: That it was set aside; then in reading order as far as they have a place; then
            where people contradict its list. "redacted" where its words are gone.
        claims: In reading order.
    """

    id: str
    title: str | None
    url: str
    outlet: str | None
    published: str | None
    language: str | None
    captured_at: str
    led_to: Led | None
    byline: list[str]
    dateline: str | None
    extractor: str
    revises: str | None
    revised_by: str | None
    counts: dict[str, int]
    findings: list[FindingItem]
    claims: list[ClaimItem]


_COUNTS = f"""
    claim_count(article_id, claims, cited) AS (
        SELECT m.article_id, SUM(CASE WHEN m.kind <> 'not-a-claim' THEN 1 ELSE 0 END),
            SUM(CASE WHEN m.kind = 'cited' THEN 1 ELSE 0 END)
        FROM claim m
        WHERE {{scope}}
        GROUP BY m.article_id
    ),
    citation_count(article_id, citations, gaps) AS (
        SELECT m.article_id, SUM(CASE WHEN c.alternative = 0 THEN 1 ELSE 0 END), COUNT(c.gap)
        FROM claim m
        JOIN current_citation c ON c.claim_id = m.id
        WHERE {{scope}} AND c.form {CARRIES}
        GROUP BY m.article_id
    )"""

_OUTLETS_KEPT = f"""
    outlet_count(article_id, outlets) AS (
        SELECT c.article_id, COUNT(DISTINCT l.outlet)
        FROM claim_pattern c
        JOIN pattern_outlet l ON l.pattern_id = c.pattern_id
        WHERE l.outlet NOT LIKE '{STORY}%' {{only}}
        GROUP BY c.article_id
    )"""
"""Of current articles it is kept ready which claims lean on whom.

By `claim_outlet`, which is ordered by outlet, all claims were walked through for fifty articles."""

_OUTLETS_COUNTED = f"""
    leaning(article_id, outlet, origin) AS (
        SELECT m.article_id, g.outlet, g.origin
        FROM claim m
        JOIN current_citation c ON c.claim_id = m.id
        JOIN standing g ON g.source_id = c.source_id
        WHERE m.article_id = :id AND c.form {CARRIES}
        UNION
        SELECT m.article_id, COALESCE(k.standing, t.outlet), CAST(NULL AS TEXT)
        FROM claim m
        JOIN attribution t ON t.claim_id = m.id
        LEFT JOIN known_outlet k ON k.key = t.outlet
        WHERE m.article_id = :id
    ),
    outlet_count(article_id, outlets) AS (
        SELECT n.article_id, COUNT(DISTINCT n.outlet)
        FROM (
            SELECT article_id, outlet FROM leaning
            UNION ALL
            SELECT article_id, origin FROM leaning WHERE origin NOT LIKE '{STORY}%'
        ) n
        GROUP BY n.article_id
    )"""
"""The same of one article, of any version."""

_COUNTED = ("claims", "cited", "citations", "gaps", "outlets")

_ITEM = f"""
    SELECT a.id, a.title, s.url, COALESCE(o.name, {PUBLISHER}) AS outlet, a.published, a.language,
        p.captured_at, COALESCE(n.claims, 0) AS claims, COALESCE(n.cited, 0) AS cited,
        COALESCE(k.citations, 0) AS citations, COALESCE(k.gaps, 0) AS gaps,
        COALESCE(l.outlets, 0) AS outlets
    FROM {{table}} a
    JOIN source s ON s.id = a.source_id
    JOIN capture p ON p.id = a.capture_id
    {OUTLET.format(key=PUBLISHER)}
    LEFT JOIN claim_count n ON n.article_id = a.id
    LEFT JOIN citation_count k ON k.article_id = a.id
    LEFT JOIN outlet_count l ON l.article_id = a.id
    LEFT JOIN journal j ON j.entry_id = a.id
    {{only}}
    ORDER BY j.seq, a.id"""

_ALL = f"""
    WITH {_COUNTS.format(scope="m.article_id IN (SELECT id FROM current_article)")},
    {_OUTLETS_KEPT.format(only="")}
    {_ITEM.format(table="current_article", only="")}"""

_SOME = f"""
    WITH {_COUNTS.format(scope="m.article_id IN :ids")},
    {_OUTLETS_KEPT.format(only="AND c.article_id IN :ids")}
    {_ITEM.format(table="current_article", only="WHERE a.id IN :ids")}"""

_ONE = f"""
    WITH {_COUNTS.format(scope="m.article_id = :id")},
    {_OUTLETS_COUNTED}
    {_ITEM.format(table="article", only="WHERE a.id = :id")}"""


def article_names(reader: Reader, *, cited: bool | None = None) -> list[ArticleName]:
    """The current version of every article, in the order of recording.

    Where `cited` is True, those whose page another article cites, as pages that were followed
    are; where it is False, the others.
    """
    rows = reader.rows(
        """SELECT a.id, a.title, s.url
        FROM current_article a
        JOIN source s ON s.id = a.source_id
        LEFT JOIN journal j ON j.entry_id = a.id
        ORDER BY j.seq, a.id"""
    )
    say_redacted(reader, rows, "id", "title")
    citing = cited_by(reader)
    for row in rows:
        row["cited_by"] = citing.get(row["id"], 0)
    if cited is not None:
        rows = [row for row in rows if (row["cited_by"] > 0) == cited]
    return cast("list[ArticleName]", rows)


def articles(reader: Reader, names: Sequence[ArticleName]) -> list[ArticleItem]:
    """These articles with what is counted of each, in this order."""
    few = len(names) <= CHUNK
    ids = [name["id"] for name in names]
    found = {row["id"]: row for row in (reader.rows_for(_SOME, ids) if few else reader.rows(_ALL))}
    return [cast("ArticleItem", {**found[name["id"]], **name}) for name in names]


def article(reader: Reader, id: str) -> ArticlePage:
    """One article, of any version, with its claims.

    Raises:
        NotFoundError: No article has this id.
    """
    row = reader.row(_ONE, {"id": id})
    more = reader.row(
        """SELECT a.byline, a.dateline, a.extractor, a.findings, a.revises,
            (SELECT MIN(n.id) FROM article n WHERE n.revises = a.id) AS revised_by
        FROM article a WHERE a.id = :id""",
        {"id": id},
    )
    if row is None or more is None:
        raise NotFoundError(id, "no article has this id", remedy="See: ledger articles")
    findings, byline = reader.parsed(more["findings"]), reader.parsed(more["byline"])
    gone = redactions(reader, [id]).get(id)
    for marker in overruled(reader, [id]).get(id, ()):
        findings.append(FindingItem(code="link-against-list", detail=marker.said(), at=None))
    if gone is not None:
        findings, byline = [FindingItem(code="redacted", detail=gone, at=None)], [gone]
    for each in aside(reader, [id]).values():
        findings.insert(0, FindingItem(code="set-aside", detail=each.said(), at=None))
    return ArticlePage(
        id=row["id"],
        title=gone or row["title"],
        url=row["url"],
        outlet=row["outlet"],
        published=row["published"],
        language=row["language"],
        captured_at=row["captured_at"],
        led_to=led_of(reader, id),
        byline=byline,
        dateline=more["dateline"],
        extractor=more["extractor"],
        revises=more["revises"],
        revised_by=more["revised_by"],
        counts={name: row[name] for name in _COUNTED},
        findings=findings,
        claims=claims(reader, ClaimFilter(article=id)),
    )
