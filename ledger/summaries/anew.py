"""Entries -> every derived table, made from nothing."""

import sqlalchemy as sa

from ledger import bulk
from ledger.bulk import chunks
from ledger.derived import DERIVED, PatternRow
from ledger.provenance import Groups
from ledger.summaries import standing
from ledger.summaries.carried import carried
from ledger.summaries.patterns import pattern_ids
from ledger.summaries.words import words_anew

_TABLES = PatternRow.metadata.tables

_FROM_PATTERNS = (
    """UPDATE claim_pattern SET resilience = (
        SELECT p.resilience FROM pattern p WHERE p.id = claim_pattern.pattern_id
    )""",
    """INSERT INTO claim_outlet (outlet, place, effect)
    SELECT o.outlet, c.place, o.effect
    FROM claim_pattern c
    JOIN pattern_outlet o ON o.pattern_id = c.pattern_id
    ORDER BY o.outlet, c.place""",
    """UPDATE pattern SET claims = (
        SELECT COUNT(*) FROM claim_pattern c WHERE c.pattern_id = pattern.id
    )""",
)

TALLIES = """
    SELECT t.outlet, t.claims, t.falls, t.weakens, t.unknown, t.unsure, k.name
    FROM (
        SELECT o.outlet, SUM(p.claims) AS claims,
            SUM(CASE WHEN o.effect = 0 THEN p.claims ELSE 0 END) AS falls,
            SUM(CASE WHEN o.effect = 1 THEN p.claims ELSE 0 END) AS weakens,
            SUM(CASE WHEN o.effect = 2 THEN p.claims ELSE 0 END) AS unknown,
            SUM(p.unsure * p.claims) AS unsure
        FROM pattern_outlet o
        JOIN pattern p ON p.id = o.pattern_id
        GROUP BY o.outlet
    ) t
    LEFT JOIN known_outlet k ON k.key = t.outlet"""
"""What `outlet_tally` holds, from the patterns."""

TOTALS = """
    SELECT 'resilience' AS what, COALESCE(resilience, 0) AS number, SUM(claims) AS claims
    FROM pattern
    GROUP BY COALESCE(resilience, 0)
    UNION ALL
    SELECT 'unsure', 1, SUM(claims) FROM pattern WHERE unsure = 1 HAVING SUM(claims) > 0"""
"""What `support_total` holds, from the patterns."""


def make_anew(connection: sa.Connection) -> None:
    """Empty every derived table and fill it from the entries.

    A ledger of a million claims takes minutes.

    Args:
        connection: One that holds the write lock.
    """
    for name in DERIVED:
        connection.execute(_TABLES[name].delete())
    standing.make_anew(connection)
    articles = connection.scalars(
        sa.text(
            "SELECT a.id FROM current_article a JOIN journal j ON j.entry_id = a.id ORDER BY j.seq"
        )
    ).all()
    known: dict[Groups, int] = {}
    for some in chunks(articles):
        claims = carried(bulk.asking(connection), some)
        ids = pattern_ids(connection, {claim.groups for claim in claims}, known)
        rows = [
            {
                "place": claim.place,
                "claim_id": claim.claim_id,
                "article_id": claim.article_id,
                "pattern_id": ids.get(claim.groups),
                "says": claim.says,
                "resilience": None,  # below, for all at once
            }
            for claim in claims
        ]
        table = _TABLES["claim_pattern"]
        bulk.insert(connection, table, bulk.rows(table, rows))
    for statement in _FROM_PATTERNS:
        connection.execute(sa.text(statement))
    columns = ", ".join(_TABLES["outlet_tally"].c.keys())
    connection.execute(sa.text(f"INSERT INTO outlet_tally ({columns}) {TALLIES}"))
    connection.execute(sa.text(f"INSERT INTO support_total (what, number, claims) {TOTALS}"))
    words_anew(connection)
