"""Pairs of names -> the smallest sets of names that meet every pair: vertex covers.

A source is lost with its outlet or with its origin, so a group is lost when of every pair one is
lost. Most pairs are one name twice, which must be lost itself; what is left falls into small parts
that share no name, and each is solved alone. The problem is hard in general, so the search is
bounded: beyond the bound nothing is said, rather than something wrong.
"""

from collections.abc import Iterable
from itertools import islice, product
from math import prod
from typing import NamedTuple

STEPS = 20_000
"""Branches looked at for one part and one size: a tenth of a second. Parts of forty names that
cross each other at random stay far below; those of real pages have two or three."""

Pair = tuple[str, str]


class Covers(NamedTuple):
    """The smallest sets that meet every pair.

    Attributes:
        size: Names in each; 0 where there are no pairs.
        number: How many such sets there are.
        sets: At most as many as were asked for, each sorted, the first in order.
    """

    size: int
    number: int
    sets: list[tuple[str, ...]]


def smallest_covers(pairs: Iterable[Pair], *, most: int) -> Covers | None:
    """Every smallest set of names that has a name of each pair; None beyond the bound.

    Args:
        pairs: In any order; a pair of one name twice is met by that name alone.
        most: How many sets to list.
    """
    pairs = set(pairs)
    forced = {one for one, other in pairs if one == other}
    if len(forced) == len(pairs):  # as nearly always: no page has the words of somebody else
        return Covers(len(forced), 1, [tuple(sorted(forced))][:most])
    parts: list[list[frozenset[str]]] = []
    for part in _parts([pair for pair in pairs if forced.isdisjoint(pair)]):
        found = _covers_of_part(part)
        if found is None:
            return None
        parts.append(found)
    listed = islice(product(*parts), most)
    return Covers(
        size=len(forced) + sum(len(choices[0]) for choices in parts),
        number=prod(map(len, parts)),
        sets=sorted(tuple(sorted(forced.union(*choice))) for choice in listed),
    )


Names = dict[str, set[str]]
"""Name to the names that it is paired with."""


def _parts(pairs: list[Pair]) -> list[Names]:
    """The pairs in parts that share no name."""
    names: Names = {}
    for one, other in pairs:
        names.setdefault(one, set()).add(other)
        names.setdefault(other, set()).add(one)
    parts = []
    left = set(names)
    for name in sorted(names):
        if name not in left:
            continue
        part, waiting = {name}, [name]
        while waiting:
            near = names[waiting.pop()] - part
            part |= near
            waiting += near
        left -= part
        parts.append({one: names[one] for one in part})
    return parts


def _covers_of_part(part: Names) -> list[frozenset[str]] | None:
    for size in range(_disjoint(part), len(part)):
        found = _of_size(part, size)
        if found is None or found:
            return found
    return None  # never: all names but one meet every pair


def _of_size(part: Names, size: int) -> list[frozenset[str]] | None:
    """The covers of this size, where no smaller one is; sorted. None beyond the bound.

    A name is in a cover, or else all that it is paired with are: two branches that share nothing.
    """
    found: list[frozenset[str]] = []
    waiting: list[tuple[frozenset[str], Names]] = [(frozenset(), part)]
    for _ in range(STEPS):
        if not waiting:
            return sorted(found, key=sorted)
        chosen, left = waiting.pop()
        if len(chosen) + _disjoint(left) > size:
            continue
        if not left:
            found.append(chosen)
            continue
        name = max(left, key=lambda one: (len(left[one]), one))
        waiting.append((chosen | left[name], _without(left, left[name])))
        waiting.append((chosen | {name}, _without(left, {name})))
    return None


def _without(names: Names, gone: set[str]) -> Names:
    kept = {name: near - gone for name, near in names.items() if name not in gone}
    return {name: near for name, near in kept.items() if near}


def _disjoint(names: Names) -> int:
    """How many pairs that share no name are found in one pass: a cover has a name of each."""
    used: set[str] = set()
    for name in sorted(names):
        near = names[name] - used
        if name not in used and near:
            used |= {name, min(near)}
    return len(used) // 2
