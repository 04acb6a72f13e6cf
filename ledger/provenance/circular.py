"""The ledger -> where citing goes round in circles.

Pages are the places, the citations of current articles the ways between them. A circle goes only
through pages that were read, so SQL gives those ways and no others; for one article only those
that can be reached from its page, by recursion that ends because UNION keeps each page once.

A page that is recorded at several addresses is one (`led.same_pages`): ways from and to all of
them are its own. Few ledgers have such pages; in these all ways are looked at for one article, too.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ledger.forms import CARRIES
from ledger.provenance.rings import Ways, shortest_circles
from ledger.reader import Reader, Row, listed

_NONE: Mapping[str, str] = {}


class Returning(NamedTuple):
    """A page that leads back to its own outlet through another one.

    `start` cites `through`, which cites `back`, another page of the outlet of `start`.
    """

    start: str
    through: str
    back: str


class OwnCitation(NamedTuple):
    """A claim whose article cites itself (`page` is its own) or another page of its outlet."""

    claim: str
    article_page: str
    page: str


_WAYS = f"""
    way(page, cited) AS MATERIALIZED (
        SELECT DISTINCT a.source_id, c.source_id
        FROM current_article a
        JOIN claim m ON m.article_id = a.id
        JOIN current_citation c ON c.claim_id = m.id
        WHERE c.form {CARRIES}
            AND (c.source_id IN (SELECT r.source_id FROM current_article r){{or_same}})
            AND c.source_id <> a.source_id
    )"""

_REACHED = """,
    reached(page) AS (
        SELECT s.id FROM source s WHERE s.id = :page
        UNION
        SELECT w.cited FROM reached r JOIN way w ON w.page = r.page
    )"""


def circles(
    reader: Reader, page: str | None = None, same: Mapping[str, str] = _NONE
) -> list[list[str]]:
    """Circles of pages that cite one another, each once; see `rings` which.

    Args:
        reader: An open ledger.
        page: Only circles that this source can lead into; None for all.
        same: As `led.same_pages` gives them: of each such page only the one address is given.

    Returns:
        Ids of sources, at least two to a circle, in the order in which each cites the next, and
        the last the first. A circle begins with its smallest id; the shortest circles come first.
    """
    ways: dict[str, list[str]] = {}
    for one, cited in _ways(reader, page, same, reached=True):
        ways.setdefault(one, []).append(cited)
    if page is not None and same:
        reached = _reached(ways, same.get(page, page))
        ways = {one: ends for one, ends in ways.items() if one in reached}
    return shortest_circles(ways)


def ways_from(reader: Reader, pages: Iterable[str], same: Mapping[str, str]) -> Ways:
    """Each of these pages to whatever it cites, in order; `same` as for `circles`."""
    rows = reader.rows_for(
        f"""SELECT DISTINCT a.source_id AS page, c.source_id AS cited
        FROM current_article a
        JOIN claim m ON m.article_id = a.id
        JOIN current_citation c ON c.claim_id = m.id
        WHERE a.source_id IN :ids AND c.form {CARRIES}
            AND c.source_id IS NOT NULL""",
        _addresses((same.get(page, page) for page in pages), same),
    )
    found: dict[str, list[str]] = {}
    for page, cited in sorted(
        {(same.get(r["page"], r["page"]), same.get(r["cited"], r["cited"])) for r in rows}
    ):
        found.setdefault(page, []).append(cited)
    return found


def circles_within(ways: Ways, pages: Collection[str]) -> list[list[str]]:
    """As `circles`, of these pages and of no other."""
    within: dict[str, list[str]] = {}
    for page in sorted(ways.keys() & pages):
        if cited := [to for to in ways[page] if to != page and to in pages]:
            within[page] = cited
    return shortest_circles(within)


def _ways(
    reader: Reader, page: str | None, same: Mapping[str, str], *, reached: bool = False
) -> list[tuple[str, str]]:
    """Pages and what they cite that was read, in order; of a page alone unless `same` says more.

    With `reached` also of all that can be reached from there.
    """
    addresses, params = listed("same_", list(same))
    table = _WAYS.format(or_same=f" OR c.source_id IN {addresses}" if same else "")
    scope = ""
    if page is not None and not same:
        table += _REACHED if reached else ""
        scope = f"WHERE w.page {'IN (SELECT r.page FROM reached r)' if reached else '= :page'}"
    rows = reader.rows(
        f"""WITH RECURSIVE {table}
        SELECT w.page, w.cited FROM way w {scope} ORDER BY w.page, w.cited""",
        {"page": page, **(params if same else {})},
    )
    if not same:
        return [(row["page"], row["cited"]) for row in rows]
    ways = {tuple(same.get(row[end], row[end]) for end in ("page", "cited")) for row in rows}
    return sorted((one, cited) for one, cited in ways if one != cited)


def _reached(ways: Ways, page: str) -> set[str]:
    found, rest = {page}, [page]
    while rest:
        more = [to for to in ways.get(rest.pop(), ()) if to not in found]
        found.update(more)
        rest += more
    return found


def citing(
    reader: Reader, ways: Iterable[tuple[str, str]], same: Mapping[str, str] = _NONE
) -> dict[tuple[str, str], list[Row]]:
    """The claims behind ways: (page, cited) to rows of claim, exact and article, in reading order.

    Every way that was asked for is a key. `same` as for `circles`.
    """
    behind: dict[tuple[str, str], set[tuple[int, str, str]]] = {way: set() for way in ways}
    # The words are asked for only of those that are wanted: such a page has many other claims.
    found = reader.tuples_for(
        f"""SELECT a.source_id AS page, c.source_id AS cited, m."start", m.id AS claim,
            a.id AS article
        FROM current_article a
        JOIN claim m ON m.article_id = a.id
        JOIN current_citation c ON c.claim_id = m.id
        WHERE a.source_id IN :ids AND c.form {CARRIES}
            AND c.source_id IS NOT NULL""",
        _addresses((page for page, _ in behind), same),
    )
    for one, cited, *claim in found:
        way = (same.get(one, one), same.get(cited, cited))
        if way in behind:
            behind[way].add((claim[0], claim[1], claim[2]))
    wanted = sorted({claim for claims in behind.values() for _, claim, _ in claims})
    rows = reader.rows_for("SELECT m.id, m.exact FROM claim m WHERE m.id IN :ids", wanted)
    exact = {row["id"]: row["exact"] for row in rows}
    return {
        way: [
            {"claim": claim, "exact": exact[claim], "article": article}
            for _, claim, article in sorted(claims)
        ]
        for way, claims in behind.items()
    }


def returning(
    reader: Reader, page: str | None = None, same: Mapping[str, str] = _NONE
) -> list[Returning]:
    """Pages that lead back to their own outlet through one page of another, in order of the ids.

    Circles are not among them: `back` is not `start`. Outlets that are not known are not compared.
    `same` as for `circles`.
    """
    # Two plain questions, put together here: as one, SQLite chose ways of minutes.
    ways = _ways(reader, page, same)
    if page is not None:
        ways = [way for way in ways if way[0] == same.get(page, page)]
    onward = ways_from(reader, (cited for _, cited in ways), same)
    met = {each for way in ways for each in way}.union(*onward.values())
    stands = reader.rows_for(
        "SELECT k.source_id, k.outlet FROM standing k WHERE k.source_id IN :ids", sorted(met)
    )
    outlet = {row["source_id"]: row["outlet"] for row in stands if row["outlet"] is not None}
    return [
        Returning(start, through, back)
        for start, through in ways
        if outlet.get(start) != outlet.get(through, outlet.get(start))
        for back in onward.get(through, ())
        if back != start and outlet.get(back, "") == outlet.get(start)
    ]


def _addresses(pages: Iterable[str], same: Mapping[str, str]) -> list[str]:
    """These pages, each at all of its addresses."""
    wanted = dict.fromkeys(pages)
    return [*wanted, *(other for other, page in same.items() if page in wanted and other != page)]


def own_citations(
    reader: Reader, page: str | None = None, same: Mapping[str, str] = _NONE
) -> list[OwnCitation]:
    """Claims that cite the article's own page, or another page of its outlet, articles in order.

    `same` as for `circles`.
    """
    named, params = listed(
        "page_", [] if page is None else _addresses([same.get(page, page)], same)
    )
    own = "" if page is None else f" AND a.source_id IN {named}"
    # CROSS JOIN keeps SQLite from beginning with another table.
    rows = reader.rows(
        f"""WITH own(claim_id, page, outlet, article) AS (
            SELECT k.claim_id, a.source_id, p.outlet, a.id
            FROM current_article a
            CROSS JOIN standing p
            CROSS JOIN claim_pattern k
            CROSS JOIN claim_outlet l
            WHERE p.source_id = a.source_id AND k.article_id = a.id
                AND l.outlet = p.outlet AND l.place = k.place{own}
        )
        SELECT DISTINCT o.claim_id AS claim, o.page AS article_page, s.source_id AS page, o.article,
            m."start"
        FROM own o
        JOIN claim m ON m.id = o.claim_id
        JOIN current_citation c ON c.claim_id = o.claim_id
        JOIN standing s ON s.source_id = c.source_id
        WHERE s.outlet = o.outlet AND c.form {CARRIES}
        ORDER BY o.article, m."start", claim, page""",
        {} if page is None else params,
    )
    found = (
        OwnCitation(row["claim"], *(same.get(row[at], row[at]) for at in ("article_page", "page")))
        for row in rows
    )
    return list(dict.fromkeys(found))
