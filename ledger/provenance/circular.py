"""The ledger -> where citing goes round in circles.

Pages are the places, the citations of current articles the ways between them. A circle goes only
through pages that were read, so SQL gives those ways and no others; for one article only those
that can be reached from its page, by recursion that ends because UNION keeps each page once.

There can be more circles than atoms, so not all are listed: for every way that is on a circle, one
of the shortest circles over it. So each citation that goes round is on a listed circle, two pages
that cite one another are always listed, and each circle is listed once, whoever began it. Time is
that of a search from each such page. Why not in SQL: docs/decisions/circles-over-ways-from-sql.md.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ledger.reader import Reader, Row

Ways = Mapping[str, Sequence[str]]
"""Page to the pages it cites, each once."""


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


_WAYS = """
    way(page, cited) AS MATERIALIZED (
        SELECT DISTINCT a.source_id, c.source_id
        FROM current_article a
        JOIN claim m ON m.article_id = a.id
        JOIN current_citation c ON c.claim_id = m.id
        WHERE c.form NOT IN ('navigation', 'listed')
            AND c.source_id IN (SELECT r.source_id FROM current_article r)
            AND c.source_id <> a.source_id
    )"""

_REACHED = """,
    reached(page) AS (
        SELECT s.id FROM source s WHERE s.id = :page
        UNION
        SELECT w.cited FROM reached r JOIN way w ON w.page = r.page
    )"""


def circles(reader: Reader, page: str | None = None) -> list[list[str]]:
    """Circles of pages that cite one another, each once; see above which.

    Args:
        reader: An open ledger.
        page: Only circles that this source can lead into; None for all.

    Returns:
        Ids of sources, at least two to a circle, in the order in which each cites the next, and
        the last the first. A circle begins with its smallest id; the shortest circles come first.
    """
    reached = "" if page is None else _REACHED
    scope = "" if page is None else "WHERE w.page IN (SELECT r.page FROM reached r)"
    rows = reader.rows(
        f"""WITH RECURSIVE {_WAYS}{reached}
        SELECT w.page, w.cited FROM way w {scope} ORDER BY w.page, w.cited""",
        {"page": page},
    )
    ways: dict[str, list[str]] = {}
    for row in rows:
        ways.setdefault(row["page"], []).append(row["cited"])
    return shortest_circles(ways)


def citing(reader: Reader, ways: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Row]]:
    """The claims behind ways: (page, cited) to rows of claim, exact and article, in reading order.

    Every way that was asked for is a key.
    """
    answer: dict[tuple[str, str], list[Row]] = {way: [] for way in ways}
    rows = reader.rows_for(
        """SELECT DISTINCT a.source_id AS page, c.source_id AS cited, m.id AS claim, m.exact,
            m."start", a.id AS article
        FROM current_article a
        JOIN claim m ON m.article_id = a.id
        JOIN current_citation c ON c.claim_id = m.id
        WHERE a.source_id IN :ids AND c.form NOT IN ('navigation', 'listed')
            AND c.source_id IS NOT NULL
        ORDER BY page, cited, m."start", claim""",
        list(dict.fromkeys(page for page, _ in answer)),
    )
    for row in rows:
        way = (row["page"], row["cited"])
        if way in answer:
            answer[way].append(row)
    return answer


def returning(reader: Reader, page: str | None = None) -> list[Returning]:
    """Pages that lead back to their own outlet through one page of another, in order of the ids.

    Circles are not among them: `back` is not `start`. Outlets that are not known are not compared.
    """
    # Two plain questions, put together here: as one, SQLite chose ways of minutes.
    own = "" if page is None else "WHERE w.page = :page"
    ways = reader.rows(
        f"WITH {_WAYS} SELECT w.page, w.cited FROM way w {own} ORDER BY w.page, w.cited",
        {"page": page},
    )
    onward: dict[str, list[str]] = {}
    for row in reader.rows_for(
        """SELECT DISTINCT a.source_id AS page, c.source_id AS cited
        FROM current_article a
        JOIN claim m ON m.article_id = a.id
        JOIN current_citation c ON c.claim_id = m.id
        WHERE a.source_id IN :ids AND c.source_id IS NOT NULL
            AND c.form NOT IN ('navigation', 'listed')
        ORDER BY page, cited""",
        list(dict.fromkeys(row["cited"] for row in ways)),
    ):
        onward.setdefault(row["page"], []).append(row["cited"])
    met = {page for row in ways for page in (row["page"], row["cited"])}.union(*onward.values())
    stands = reader.rows_for(
        "SELECT k.source_id, k.outlet FROM standing k WHERE k.source_id IN :ids", sorted(met)
    )
    outlet = {row["source_id"]: row["outlet"] for row in stands if row["outlet"] is not None}
    return [
        Returning(row["page"], row["cited"], back)
        for row in ways
        if outlet.get(row["page"]) != outlet.get(row["cited"], outlet.get(row["page"]))
        for back in onward.get(row["cited"], ())
        if back != row["page"] and outlet.get(back, "") == outlet.get(row["page"])
    ]


def own_citations(reader: Reader, page: str | None = None) -> list[OwnCitation]:
    """Claims that cite the article's own page, or another page of its outlet, articles in order."""
    own = "" if page is None else " AND a.source_id = :page"
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
        WHERE s.outlet = o.outlet AND c.form NOT IN ('navigation', 'listed')
        ORDER BY o.article, m."start", claim, page""",
        {"page": page},
    )
    return [OwnCitation(row["claim"], row["article_page"], row["page"]) for row in rows]


def shortest_circles(ways: Ways) -> list[list[str]]:
    """For every way that is on a circle, a shortest circle over it; each circle once.

    Ways from a page to itself are none of it. Order and beginning as `circles` says; of several
    shortest circles over a way, the one that goes through the smallest ids.
    """
    found: set[tuple[str, ...]] = set()
    for component in circling(ways):
        inside = {
            page: sorted({to for to in ways.get(page, ()) if to in component and to != page})
            for page in component
        }
        if sum(map(len, inside.values())) == len(component):  # nothing but one ring
            found.add(_ring(inside))
            continue
        cited_by: dict[str, list[str]] = {page: [] for page in component}
        for page, ends in inside.items():
            for to in ends:
                cited_by[to].append(page)
        for page in component:
            steps = _steps_to(page, cited_by)
            for cited in inside[page]:
                found.add(_first_smallest(_way_back(page, cited, inside, steps)))
    return [list(circle) for circle in sorted(found, key=lambda c: (len(c), c))]


def _ring(ways: Ways) -> tuple[str, ...]:
    first = min(ways)
    ring, page = [first], ways[first][0]
    while page != first:
        ring.append(page)
        page = ways[page][0]
    return tuple(ring)


def _steps_to(page: str, cited_by: Ways) -> dict[str, int]:
    """Page to how many citations lead from it to `page`, at least."""
    steps, queue = {page: 0}, deque([page])
    while queue:
        to = queue.popleft()
        for each in cited_by[to]:
            if each not in steps:
                steps[each] = steps[to] + 1
                queue.append(each)
    return steps


def _way_back(page: str, cited: str, ways: Ways, steps: Mapping[str, int]) -> list[str]:
    """The circle from `page` over `cited`, which leads back to it by the shortest way."""
    circle = [page]
    at = cited
    while at != page:
        circle.append(at)
        at = next(to for to in ways[at] if steps[to] == steps[at] - 1)
    return circle


def _first_smallest(circle: Sequence[str]) -> tuple[str, ...]:
    at = circle.index(min(circle))
    return (*circle[at:], *circle[:at])


def circling(ways: Ways) -> list[frozenset[str]]:
    """Sets of pages, two at least, of which each leads to each (after Kosaraju and Sharir).

    Pages that are only cited need not be keys.

    Without recursion: a chain may have any length.
    """
    order = _finished(ways)
    backwards: dict[str, list[str]] = {page: [] for page in order}
    for page, cited in ways.items():
        for to in cited:
            backwards[to].append(page)
    components: list[frozenset[str]] = []
    seen: set[str] = set()
    for page in reversed(order):
        if page in seen:
            continue
        seen.add(page)
        members, stack = [page], [page]
        while stack:
            for each in backwards[stack.pop()]:
                if each not in seen:
                    seen.add(each)
                    members.append(each)
                    stack.append(each)
        if len(members) > 1:
            components.append(frozenset(members))
    return components


def _finished(ways: Ways) -> list[str]:
    """Every page, in the order in which a search into the depth is done with it."""
    order: list[str] = []
    seen: set[str] = set()
    for start in ways:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(ways[start]))]
        while stack:
            page, cited = stack[-1]
            following = next((to for to in cited if to not in seen), None)
            if following is None:
                order.append(page)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(ways.get(following, ()))))
    return order
