"""Ways between pages -> the circles among them: a search in a graph, without a database.

There can be more circles than atoms, so not all are listed: for every way that is on a circle, one
of the shortest circles over it. So each citation that goes round is on a listed circle, two pages
that cite one another are always listed, and each circle is listed once, whoever began it. Time is
that of a search from each such page. Why not in SQL: docs/decisions/circles-over-ways-from-sql.md.
"""

from collections import deque
from collections.abc import Mapping, Sequence

Ways = Mapping[str, Sequence[str]]
"""Page to the pages it cites, each once."""


def shortest_circles(ways: Ways) -> list[list[str]]:
    """For every way that is on a circle, a shortest circle over it; each circle once.

    Ways from a page to itself are none of it. A circle begins with its smallest id; the shortest
    circles come first. Of several shortest ones over a way it is that through the smallest ids.
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
