"""Who is cited: outlets with the claims that lean on them, and one outlet with its pages."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import TypedDict, cast

from ledger.clusters import STORY
from ledger.forms import CARRIES
from ledger.provenance import Rating, Withdrawal, by_rating, withdrawals
from ledger.queries.claims import ClaimItem, claim_items
from ledger.queries.knowledge import (
    Merger,
    Owned,
    RatingItem,
    Saying,
    current_outlets,
    merged_into,
    mergers,
    owners,
    ratings,
    sayings,
)
from ledger.reader import Reader


class OutletItem(TypedDict):
    """One outlet in numbers.

    Attributes:
        key: Domain or platform account: what tells outlets apart.
        name, domain: As shown, and the host part of the key.
        kind, owner, country: None when not known.
        claims: Claims that cite it, name it in prose, or cite a page with its words.
        sole_claims: Those that fall without it: in some group it is the only outlet.
        maybe_sole: Of how many further claims that is not known: of a platform they have several
            pages in each such group, which may be of one account that is not known, or of several.
    """

    key: str
    name: str
    domain: str
    kind: str | None
    owner: str | None
    country: str | None
    claims: int
    sole_claims: int
    maybe_sole: int


class CitedPage(TypedDict):
    """A page of an outlet and the number of claims that cite it."""

    id: str
    url: str
    claims: int


class OutletPage(OutletItem):
    """One outlet with its cited pages, most cited first, and the claims that fall without it.

    Attributes:
        aliases: Further names that people told.
        owners: The owners that people told, by their periods, earliest first.
        told: What people said of it, oldest first.
        merged: Keys of outlets that people said are this one.
        merged_by: Who said so of each, in the same order.
        ratings: What lists of the user's own say of it.
        withdrawn: What people said of its withdrawal, or of that of a page of it that is cited.
    """

    sources: list[CitedPage]
    falls: list[ClaimItem]
    aliases: list[str]
    owners: list[Owned]
    told: list[Saying]
    merged: list[str]
    merged_by: list[Merger]
    ratings: list[RatingItem]
    withdrawn: list[Withdrawal]


_COLUMNS = """
    SELECT k.outlet AS "key", COALESCE(o.name, k.outlet) AS name,
        COALESCE(o.domain, k.outlet) AS domain, o.kind, o.owner, o.country,
        k.claims, k.falls - COALESCE(d.claims, 0) AS sole_claims,
        COALESCE(d.claims, 0) AS maybe_sole
"""

_DOUBTED = """(
            SELECT n.outlet, {counted} AS claims
            FROM known_outlet f
            JOIN pattern_outlet n ON n.outlet = f.key
            JOIN {claims}
            WHERE f.kind = 'platform' AND n.effect = 0 AND NOT EXISTS (
                SELECT 1 FROM pattern_group g
                WHERE g.pattern_id = n.pattern_id AND g.sole = n.outlet AND g.members = 1
            )
            GROUP BY n.outlet
        ) d ON d.outlet = k.outlet"""
"""Claims by platform as `pattern.maybe_alone` has them."""

_DOUBTED_OF_ALL = _DOUBTED.format(
    counted="SUM(p.claims)", claims="pattern p ON p.id = n.pattern_id AND p.claims > 0"
)
_DOUBTED_OF_ARTICLE = _DOUBTED.format(
    counted="COUNT(*)",
    claims="claim_pattern c ON c.pattern_id = n.pattern_id AND c.article_id = :article",
)

_OF_ARTICLE = """(
            SELECT o.outlet, COUNT(*) AS claims,
                SUM(CASE WHEN o.effect = 0 THEN 1 ELSE 0 END) AS falls
            FROM claim_pattern c
            JOIN pattern_outlet o ON o.pattern_id = c.pattern_id
            WHERE c.article_id = :article
            GROUP BY o.outlet
        )"""
"""What `outlet_tally` holds, of one article."""


def outlets(
    reader: Reader, rating: Rating | None = None, *, article: str | None = None
) -> list[OutletItem]:
    """Every outlet that a claim of a current article leans on, the most leaned on first.

    A story of which nobody knows who wrote it is no outlet. With `rating` those of which the list
    says so; the list may not name others: `count_unrated`. With `article`, the id of one that is
    current, those of its claims, counted in it.
    """
    rated = by_rating([rating] if rating else [], "k.outlet")
    only = f"AND {rated.inside[0]}" if rating else ""
    rows = reader.rows(
        f"""{_COLUMNS}
        FROM {_OF_ARTICLE if article else "outlet_tally"} k
        LEFT JOIN known_outlet o ON o.key = k.outlet
        LEFT JOIN {_DOUBTED_OF_ARTICLE if article else _DOUBTED_OF_ALL}
        WHERE k.outlet NOT LIKE :story {only}
        ORDER BY k.claims DESC, sole_claims DESC, name, k.outlet""",
        {**rated.params, "story": STORY + "%", "article": article},
    )
    return cast("list[OutletItem]", rows)


def count_unrated(reader: Reader, rating: Rating, *, article: str | None = None) -> int:
    """How many outlets that claims (of the article) lean on the list of this rating lacks."""
    rated = by_rating([rating], "k.outlet")
    row = reader.row(
        f"""SELECT COUNT(*) AS n FROM {_OF_ARTICLE if article else "outlet_tally"} k
        WHERE k.outlet NOT LIKE :story AND {rated.unsure[0]}""",
        {**rated.params, "story": STORY + "%", "article": article},
    )
    return int(row["n"]) if row else 0


def outlet(reader: Reader, key: str, *, limit: int | None = None) -> OutletPage:
    """One outlet, cited or not; of one that is not recorded, what the registry says of it.

    One that was merged into another is that other. Of the claims that fall without it at most
    `limit` are given; None for all.
    """
    stands = reader.row("SELECT standing FROM known_outlet WHERE key = :outlet", {"outlet": key})
    asked = {"outlet": stands["standing"] if stands else key}
    facts = reader.row(
        f"""{_COLUMNS}
        FROM (
            SELECT :outlet AS outlet, COALESCE(SUM(claims), 0) AS claims,
                COALESCE(SUM(falls), 0) AS falls
            FROM outlet_tally
            WHERE outlet = :outlet
        ) k
        LEFT JOIN known_outlet o ON o.key = k.outlet
        LEFT JOIN {_DOUBTED_OF_ALL}""",
        asked,
    )
    if facts is not None and stands is None:
        facts = {**facts, **_registered(key)}
    sources = reader.rows(
        f"""SELECT s.id, s.url, COUNT(DISTINCT p.place) AS claims
        FROM standing g
        JOIN source s ON s.id = g.source_id
        JOIN current_citation c ON c.source_id = s.id
        JOIN claim_pattern p ON p.claim_id = c.claim_id
        WHERE (g.outlet = :outlet OR g.origin = :outlet) AND c.form {CARRIES}
        GROUP BY s.id, s.url
        ORDER BY claims DESC, s.url""",
        asked,
    )
    return OutletPage(
        **cast("OutletItem", facts),
        sources=cast("list[CitedPage]", sources),
        falls=claim_items(reader, _claims_on_it_alone(reader, str(asked["outlet"]), limit)),
        **_knowledge(reader, str(asked["outlet"])),
        withdrawn=withdrawals(reader, [key, *(row["url"] for row in sources)], undone=True),
    )


def _registered(key: str) -> dict[str, str | None]:
    from ledger import outlets

    if not outlets.is_listed(key):
        return {}
    found = outlets.keyed(key)
    return {name: getattr(found, name) for name in ("name", "domain", "kind", "owner", "country")}


class _Knowledge(TypedDict):
    aliases: list[str]
    owners: list[Owned]
    told: list[Saying]
    merged: list[str]
    merged_by: list[Merger]
    ratings: list[RatingItem]


def _knowledge(reader: Reader, key: str) -> _Knowledge:
    """What people said; fields as in `OutletPage`."""
    told, merged = sayings(reader, key), merged_into(reader, key)
    known = next(iter(current_outlets(reader, [key])), None)
    return _Knowledge(
        aliases=reader.parsed(known["aliases"]) if known and known["aliases"] else [],
        owners=owners(told),
        told=told,
        merged=merged,
        merged_by=mergers(reader, merged),
        ratings=ratings(reader, key),
    )


_ON_IT_ALONE = """FROM claim_outlet l
        JOIN claim_pattern c ON c.place = l.place
        {more}
        WHERE l.outlet = :outlet AND l.effect = 0"""


def _claims_on_it_alone(reader: Reader, key: str, limit: int | None) -> list[str]:
    cut = "" if limit is None else "LIMIT :limit"
    rows = reader.rows(
        f"SELECT c.claim_id {_ON_IT_ALONE.format(more='')} ORDER BY l.place {cut}",
        {"outlet": key, "limit": limit},
    )
    return [row["claim_id"] for row in rows]


def gaps_on_it_alone(reader: Reader, key: str) -> int:
    """How many citations lead nowhere of all the claims that fall without an outlet."""
    citations = _ON_IT_ALONE.format(more="JOIN current_citation z ON z.claim_id = c.claim_id")
    row = reader.row(
        f"""SELECT COUNT(*) AS n {citations}
        AND z.gap IS NOT NULL AND z.form {CARRIES}""",
        {"outlet": key},
    )
    return int(row["n"]) if row else 0
