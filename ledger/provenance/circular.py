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

_CITING = """
    FROM current_article a
    JOIN standing p ON p.source_id = a.source_id
    JOIN claim m ON m.article_id = a.id
    JOIN current_citation c ON c.claim_id = m.id AND c.form NOT IN ('navigation', 'listed')
    JOIN standing s ON s.source_id = c.source_id"""

_CITING_IN_TURN = """
    JOIN current_article a2 ON a2.source_id = s.source_id
    JOIN claim m2 ON m2.article_id = a2.id
    JOIN current_citation c2 ON c2.claim_id = m2.id AND c2.form NOT IN ('navigation', 'listed')
    JOIN standing s2 ON s2.source_id = c2.source_id"""


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
        f"""SELECT DISTINCT a.source_id AS page, c.source_id AS cited, m.id AS claim, m.exact,
            m."start", a.id AS article
        {_CITING}
        WHERE a.source_id IN :ids
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
    own = "" if page is None else " AND p.source_id = :page"
    rows = reader.rows(
        f"""SELECT DISTINCT p.source_id AS "start", s.source_id AS through, s2.source_id AS back
        {_CITING}{_CITING_IN_TURN}
        WHERE s2.outlet = p.outlet AND s.outlet <> p.outlet
            AND s2.source_id <> p.source_id{own}
        ORDER BY "start", through, back""",
        {"page": page},
    )
    return [Returning(row["start"], row["through"], row["back"]) for row in rows]


def own_citations(reader: Reader, page: str | None = None) -> list[OwnCitation]:
    """Claims that cite the article's own page, or another page of its outlet, articles in order."""
    own = "" if page is None else " AND p.source_id = :page"
    rows = reader.rows(
        f"""SELECT DISTINCT m.id AS claim, p.source_id AS article_page, s.source_id AS page, a.id,
            m."start"
        {_CITING}
        WHERE (s.source_id = p.source_id OR s.outlet = p.outlet){own}
        ORDER BY a.id, m."start", claim, page""",
        {"page": page},
    )
    return [OwnCitation(row["claim"], row["article_page"], row["page"]) for row in rows]


def shortest_circles(ways: Ways) -> list[list[str]]:
    """For every way that is on a circle, a shortest circle over it; each circle once.

    Ways from a page to itself are none of it. Order and beginning as `circles` says; of several
    shortest circles over a way, the one that goes through the smallest ids.
    """
    found: set[tuple[str, ...]] = set()
    for component in _components(ways):
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


def _components(ways: Ways) -> list[frozenset[str]]:
    """Sets of pages, two at least, of which each leads to each (after Kosaraju and Sharir).

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
