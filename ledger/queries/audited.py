"""One article -> every row that an audit of it needs, in a fixed number of statements.

Each statement is over the whole article, so an audit of ten thousand claims asks as often as an
audit of ten. What carries a claim, and what falls, is asked of `provenance` and nowhere else.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import NamedTuple

from ledger.errors import NotFoundError
from ledger.provenance import OUTLET, Independence, independence_in, support_tables
from ledger.reader import Reader, Row


class AuditRows(NamedTuple):
    """What is recorded of one article, lists parsed, otherwise as the columns have it.

    Attributes:
        article: The article with its page, capture and place among its versions.
        claims: In reading order, with `resilience` and `carried` (1 when it has a group, else 0).
        citations: By claim id, then in reading order; with source, outlet and the judgement that
            made it (`linked_...`; NULL when it was read from the page).
        attributions: By claim id, then in reading order; `carries` is 1 where it is a group of
            its own, 0 where it adds nothing to the groups that are there.
        independence: Claim id to what counts once of what stands behind it; only claims that
            anything stands behind.
        weights: One row per outlet, the most leaned on first; see `_WEIGHTS`.
        journal: `seq` and `digest` of the last link; None for an empty journal.
    """

    article: Row
    claims: list[Row]
    citations: list[Row]
    attributions: list[Row]
    independence: dict[str, Independence]
    weights: list[Row]
    journal: Row | None


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
    for claim in claims:
        claim["section"] = reader.parsed(claim["section"])
    return AuditRows(
        article=row,
        claims=claims,
        citations=reader.rows(_CITATIONS, asked),
        attributions=reader.rows(_ATTRIBUTIONS, asked),
        independence=independence_in(reader, article),
        weights=reader.rows(_WEIGHTS, asked),
        journal=reader.row("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1"),
    )


def every_article(reader: Reader) -> list[str]:
    """Ids of the current version of every article, in the order of recording."""
    rows = reader.rows(
        """SELECT a.id FROM current_article a LEFT JOIN journal j ON j.entry_id = a.id
        ORDER BY j.seq, a.id"""
    )
    return [row["id"] for row in rows]


_SUPPORT = support_tables("{claim} IN (SELECT x.id FROM claim x WHERE x.article_id = :article)")

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

_CLAIMS = f"""
    WITH {_SUPPORT}
    SELECT m.id, m."start", m."end", m.exact, m.section, m.kind, r.resilience,
        CASE WHEN r.claim_id IS NULL THEN 0 ELSE 1 END AS carried
    FROM claim m
    LEFT JOIN resilience r ON r.claim_id = m.id
    WHERE m.article_id = :article
    ORDER BY m."start", m."end", m.id"""

_CITATIONS = f"""
    SELECT c.claim_id, c."group", c.ordinal, c.alternative, c.marker, c.raw, c.form, c.url,
        c.source_id, s.url AS source, s.outlet AS "key", COALESCE(o.name, s.outlet) AS outlet,
        o.owner, o.country, c.gap, g."by" AS linked_by, g.at AS linked_at,
        g.reason AS linked_because
    FROM claim m
    JOIN current_citation c ON c.claim_id = m.id
    LEFT JOIN source s ON s.id = c.source_id
    {OUTLET.format(key="s.outlet")}
    LEFT JOIN judgement g ON g.id = c.because
    WHERE m.article_id = :article
    ORDER BY c.claim_id, c."group", c.ordinal, c.alternative, c.at, c.id"""

_ATTRIBUTIONS = f"""
    WITH {_SUPPORT}
    SELECT t.claim_id, t.name, t.outlet AS "key", COALESCE(o.name, t.outlet) AS outlet,
        CASE WHEN k.via IS NULL THEN 0 ELSE 1 END AS carries
    FROM claim m
    JOIN attribution t ON t.claim_id = m.id
    LEFT JOIN (SELECT via FROM carrier WHERE grp = -1) k ON k.via = t.id
    {OUTLET.format(key="t.outlet")}
    WHERE m.article_id = :article
    ORDER BY t.claim_id, t."start", t.id"""

_WEIGHTS = f"""
    WITH {_SUPPORT},
    doubt(claim_id, unsure, blind) AS (
        SELECT claim_id, MAX(CASE WHEN unsure > 0 THEN 1 ELSE 0 END),
            MAX(CASE WHEN known = 0 THEN 1 ELSE 0 END)
        FROM backing
        GROUP BY claim_id
    ),
    leaning(outlet, claim_id, falls, unknown) AS (
        SELECT outlet, claim_id, MAX(alone), MAX(unsure)
        FROM (
            SELECT outlet, claim_id, 0 AS alone, 0 AS unsure FROM carrier WHERE outlet IS NOT NULL
            UNION ALL
            SELECT one, claim_id, CASE WHEN unsure = 0 THEN 1 ELSE 0 END,
                CASE WHEN unsure > 0 THEN 1 ELSE 0 END
            FROM backing
            WHERE known = 1
        ) counted
        GROUP BY outlet, claim_id
    ),
    fate(outlet, falls, unknown, unsure) AS (
        SELECT l.outlet, l.falls, CASE WHEN l.unknown = 1 OR d.blind = 1 THEN 1 ELSE 0 END, d.unsure
        FROM leaning l
        JOIN doubt d ON d.claim_id = l.claim_id
    )
    SELECT w.outlet AS "key", COALESCE(o.name, w.outlet) AS name, o.kind, o.owner, o.country,
        w.claims, w.falls, w.weakens, w.unknown
    FROM (
        SELECT outlet, COUNT(*) AS claims, SUM(falls) AS falls,
            SUM(CASE WHEN falls = 0 AND unknown = 0 THEN 1 ELSE 0 END) AS weakens,
            SUM(CASE WHEN falls = 0 AND unknown = 1 THEN 1 ELSE 0 END) - SUM(unsure)
                + (SELECT COALESCE(SUM(unsure), 0) FROM doubt) AS unknown
        FROM fate
        GROUP BY outlet
    ) w
    {OUTLET.format(key="w.outlet")}
    ORDER BY w.claims DESC, w.falls DESC, name, w.outlet"""
# For each outlet what `provenance.impact` says of its loss. A claim that leans on it falls, or is
# unknown (a group has nothing but it and unknown sources), or weakens. One that does not lean on
# it is unknown when any source of it is unknown: that source may be this outlet.
