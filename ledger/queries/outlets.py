"""Who is cited: outlets with the claims that lean on them, and one outlet with its pages."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import TypedDict, cast

from ledger.provenance import CURRENT, Withdrawal, support_tables, withdrawals
from ledger.queries.claims import CITES_OUTLET, ClaimItem, claim_items
from ledger.reader import Reader


class OutletItem(TypedDict):
    """One outlet in numbers.

    Attributes:
        key: Domain or platform account: what tells outlets apart.
        name, domain: As shown, and the host part of the key.
        kind, owner, country: None when not known.
        claims: Claims that cite it or name it in prose.
        sole_claims: Those that fall without it: in some group it is the only outlet.
    """

    key: str
    name: str
    domain: str
    kind: str | None
    owner: str | None
    country: str | None
    claims: int
    sole_claims: int


class CitedPage(TypedDict):
    """A page of an outlet and the number of claims that cite it."""

    id: str
    url: str
    claims: int


class OutletPage(OutletItem):
    """One outlet with its cited pages, most cited first, and the claims that fall without it.

    `withdrawn`: what people said of its retraction, or of that of a page of it that is cited.
    """

    sources: list[CitedPage]
    falls: list[ClaimItem]
    withdrawn: list[Withdrawal]


_TALLY = """,
    tally(outlet, claims, sole_claims) AS (
        SELECT outlet, SUM(leaning), SUM(alone)
        FROM (
            SELECT outlet, COUNT(DISTINCT claim_id) AS leaning, 0 AS alone
            FROM carrier
            WHERE outlet IS NOT NULL
            GROUP BY outlet
            UNION ALL
            SELECT one, 0, COUNT(DISTINCT claim_id)
            FROM backing
            WHERE known = 1 AND unsure = 0
            GROUP BY one
        ) counted
        GROUP BY outlet
    )
"""
# Added up and not joined: SQLite would look through all of the second for each of the first.

_COLUMNS = """
    SELECT k.outlet AS "key", COALESCE(o.name, k.outlet) AS name,
        COALESCE(o.domain, k.outlet) AS domain, o.kind, o.owner, o.country,
        k.claims, k.sole_claims
"""

_LEANING = f"{CITES_OUTLET} AND {CURRENT}"


def outlets(reader: Reader) -> list[OutletItem]:
    """Every outlet that a claim of a current article leans on, the most leaned on first."""
    rows = reader.rows(
        f"""WITH {support_tables(CURRENT)}{_TALLY}{_COLUMNS}
        FROM tally k
        LEFT JOIN current_outlet o ON o.key = k.outlet
        ORDER BY k.claims DESC, k.sole_claims DESC, name, "key" """
    )
    return cast("list[OutletItem]", rows)


def outlet(reader: Reader, key: str) -> OutletPage:
    """One outlet, cited or not; a key that is not recorded gives no facts and no claims."""
    asked = {"outlet": key}
    facts = reader.row(
        f"""WITH {support_tables(_LEANING)}{_TALLY}{_COLUMNS}
        FROM (
            SELECT :outlet AS outlet, COALESCE(SUM(claims), 0) AS claims,
                COALESCE(SUM(sole_claims), 0) AS sole_claims
            FROM tally
            WHERE outlet = :outlet
        ) k
        LEFT JOIN current_outlet o ON o.key = k.outlet""",
        asked,
    )
    sources = reader.rows(
        f"""SELECT s.id, s.url, COUNT(DISTINCT m.id) AS claims
        FROM source s
        JOIN current_citation c ON c.source_id = s.id
        JOIN claim m ON m.id = c.claim_id
        WHERE s.outlet = :outlet AND c.form NOT IN ('navigation', 'listed')
            AND {CURRENT.format(claim="m.id")}
        GROUP BY s.id, s.url
        ORDER BY claims DESC, s.url""",
        asked,
    )
    return OutletPage(
        **cast("OutletItem", facts),
        sources=cast("list[CitedPage]", sources),
        falls=claim_items(reader, _claims_on_it_alone(reader, key)),
        withdrawn=withdrawals(reader, [key, *(row["url"] for row in sources)], undone=True),
    )


def _claims_on_it_alone(reader: Reader, key: str) -> list[str]:
    rows = reader.rows(
        f"""WITH {support_tables(_LEANING)}
        SELECT m.id
        FROM claim m
        LEFT JOIN journal j ON j.entry_id = m.article_id
        WHERE m.id IN (
            SELECT claim_id FROM backing WHERE known = 1 AND unsure = 0 AND one = :outlet
        )
        ORDER BY j.seq, m."start", m.id""",
        {"outlet": key},
    )
    return [row["id"] for row in rows]
