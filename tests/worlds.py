"""The support algebra by its definition alone: every world, every subset of outlets.

Written apart from `ledger.provenance`, which it is the measure of, and as slow as it likes. What is
not known is a unit that is either lost or not; a world says which. An effect is what it is in every
world, else "unknown".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations, product
from operator import and_, or_
from typing import Any


@dataclass(frozen=True)
class Page:
    """A source of a group: `url` None in prose, `outlet` None where nobody knows it.

    `own` tells one unknown source from another. `published`: the first and the last day on which
    it may have been; None where that is not known.
    """

    url: str | None
    outlet: str | None
    origin: str | None
    own: str
    published: tuple[str, str] | None = None


@dataclass(frozen=True)
class Lost:
    """X, as `provenance.Losses`, sources by address."""

    outlets: frozenset[str] = frozenset()
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    urls: frozenset[str] = frozenset()
    days: tuple[str, str] | None = None
    kept: frozenset[str] = frozenset()
    ratings: Mapping[str, frozenset[str]] = field(default_factory=dict)


Facts = Mapping[str, Mapping[str, Any]]
"""Outlet to what is known of it. Under the name of a list: the values that the list gives it."""
Group = Sequence[Page]


def effect(groups: Sequence[Group], lost: Lost, facts: Facts) -> str:
    """The effect of X on a claim with these groups, over every world."""
    told = [[_told(page, lost, facts) for page in group] for group in groups]
    every, lost_in = _worlds([page for group in told for page in group])
    pages = iter(lost_in)
    return _in_every(every, [[next(pages) for _ in group] for group in told])


def effects_of_sets(groups: Sequence[Group], keys: Sequence[str]) -> list[str]:
    """The effect of losing each set of `keys`, over every world: of 0 to 2 ** len(keys) - 1.

    A set is a number, of which the n-th binary digit says whether it has the n-th key. Sets are
    told apart as worlds are, by further digits, so all are looked at together. The empty set asks
    for no outlet, so it is not comparable with `effect` of nothing.
    """
    pages = [page for group in groups for page in group]
    units = sorted({page.own if page.url is None else page.url for page in pages if _blank(page)})
    digits = len(units) + len(keys)
    every = (1 << (1 << digits)) - 1

    def true(digit: int) -> int:
        half = 1 << digit
        return every // ((1 << half) + 1) << half

    unit = {name: true(number) for number, name in enumerate(units)}
    key = {name: true(len(units) + number) for number, name in enumerate(keys)}

    def lost_in(page: Page) -> int:
        lost = 0
        for carries in (page.outlet, page.origin):
            lost |= 0 if carries is None else key.get(carries, 0)
        return lost | unit[page.own if page.url is None else page.url] if _blank(page) else lost

    lost = [[lost_in(page) for page in group] for group in groups]
    falls = reduce(or_, (reduce(and_, group) for group in lost), 0)
    touched = reduce(or_, (page for group in lost for page in group), 0)
    worlds = 1 << len(units)
    of_set = (1 << worlds) - 1
    return [
        _named(of_set, falls >> number * worlds & of_set, touched >> number * worlds & of_set)
        for number in range(1 << len(keys))
    ]


def _blank(page: Page) -> bool:
    return page.outlet is None


def _worlds(told: Sequence[tuple[bool, frozenset[str]]]) -> tuple[int, list[int]]:
    """All worlds as the bits of one number, and for each page those in which it is lost."""
    holds: dict[str, set[int]] = {}
    for place, (sure, doubts) in enumerate(told):
        for unit in () if sure else doubts:
            holds.setdefault(unit, set()).add(place)
    units = sorted(
        map(sorted, set(map(frozenset, holds.values())))
    )  # two of the same pages are one
    every = (1 << (1 << len(units))) - 1
    lost_in = [every if sure else 0 for sure, _ in told]
    for number, places in enumerate(units):
        # Worlds are counted from 0; in those with this binary digit the unit is lost.
        half = 1 << number
        worlds = every // ((1 << half) + 1) << half
        for place in places:
            lost_in[place] |= worlds
    return every, lost_in


def _in_every(every: int, groups: Sequence[Sequence[int]]) -> str:
    """The effect in all of these worlds, given those in which each page is lost."""
    falls = reduce(or_, (reduce(and_, group) for group in groups), 0)
    touched = reduce(or_, (page for group in groups for page in group), 0)
    return _named(every, falls, touched)


def _named(every: int, falls: int, touched: int) -> str:
    """The effect, given all worlds and those in which a claim falls, and in which it is touched."""
    if falls == every:
        return "falls"
    if not touched:
        return "untouched"
    return "weakens" if touched == every and not falls else "unknown"


def _told(page: Page, lost: Lost, facts: Facts) -> tuple[bool, frozenset[str]]:
    """Whether a page is in X for certain, and what else may put it there."""
    if page.url is None and page.outlet is None:
        return False, frozenset({page.own})
    sure, doubts = False, set()
    asked = bool(lost.outlets - lost.kept) or any(lost.facts.values()) or any(lost.ratings)
    for key in {page.outlet, page.origin}:
        if key is None:
            if asked:
                doubts.add(f"whose is {page.url}")
            continue
        if key in lost.kept:
            continue
        sure |= key in lost.outlets
        for fact, values in lost.facts.items():
            known = facts.get(key, {}).get(fact)
            sure |= known in values
            if values and known is None:
                doubts.add(f"{fact} of {key}")
        for name, values in lost.ratings.items():
            given = facts.get(key, {}).get(name, frozenset())
            sure |= bool(given & values)
            if not given:
                doubts.add(f"{name} of {key}")
    as_page = _told_of_page(page, lost)
    return sure or as_page is True, frozenset(doubts | ({page.own} if as_page is None else set()))


def _told_of_page(page: Page, lost: Lost) -> bool | None:
    """Whether it is lost as a page, by address or date; None where that is not known."""
    if page.url is None or (page.outlet is not None and page.outlet in lost.kept):
        return False
    dated = False if lost.days is None else _within(page.published, lost.days)
    if page.url in lost.urls or dated is True:
        return None if page.outlet is None and lost.kept else True
    return dated


def _within(published: tuple[str, str] | None, days: tuple[str, str]) -> bool | None:
    if published is None:
        return None
    if published[1] < days[0] or published[0] > days[1]:
        return False
    return True if days[0] <= published[0] and published[1] <= days[1] else None


def smallest_sets(groups: Sequence[Group], keys: Iterable[str]) -> list[tuple[str, ...]]:
    """Every smallest set of keys whose loss makes the claim fall whatever the unknown is."""
    named = sorted(keys)
    for size in range(1, len(named) + 1):
        found = [
            chosen
            for chosen in combinations(named, size)
            if any(all({page.outlet, page.origin} & set(chosen) for page in g) for g in groups)
        ]
        if found:
            return found
    return []


def resilience(
    groups: Sequence[Group], keys: Iterable[str], owner: Mapping[str, str | None] | None = None
) -> int | None:
    """The smallest number of voices whose loss makes the claim fall, if it is one in every world.

    An unknown outlet may be any that there is, one that nobody has heard of, or two. With `owner`
    voices are owners; an outlet whose owner is not known may be any owner's, or its own.
    """
    if not groups:
        return None
    answers = {_smallest(world) for world in _voiced(groups, sorted(keys), owner)}
    return answers.pop() if len(answers) == 1 else None


def _voiced(
    groups: Sequence[Group], keys: Sequence[str], owner: Mapping[str, str | None] | None
) -> Iterator[list[list[list[frozenset[str]]]]]:
    """Every world: for each group its pages, for each page the pairs of voices that carry it."""
    named = {key for group in groups for page in group for key in (page.outlet, page.origin) if key}
    owned = sorted(key for key in named if owner is not None and owner.get(key) is None)
    owners = sorted({f"owner {name}" for name in (owner or {}).values() if name})
    blank = [page for group in groups for page in group if page.outlet is None]
    for owns in product([None, *owners, *owned], repeat=len(owned)):
        own = dict(zip(owned, owns, strict=True))

        def voice(key: str, own: Mapping[str, str | None] = own) -> str:
            if owner is None:
                return key
            known = owner.get(key)
            return f"owner {known}" if known else own.get(key) or key

        choices = [
            [
                *({voice(key)} for key in keys),
                {f"stranger {n}"},
                *([{f"stranger {n}", f"friend {n}"}] if page.origin is None else []),
            ]
            for n, page in enumerate(blank)
        ]
        for world in product(*choices):
            chosen = iter(world)
            yield [
                [
                    [
                        frozenset({one, voice(page.origin) if page.origin else one})
                        for one in (next(chosen) if page.outlet is None else {voice(page.outlet)})
                    ]
                    for page in group
                ]
                for group in groups
            ]


def _smallest(groups: list[list[list[frozenset[str]]]]) -> int:
    sizes = []
    for group in groups:
        pairs = {pair for page in group for pair in page}
        voices = sorted(frozenset().union(*pairs))
        sizes.append(
            next(
                size
                for size in range(1, len(voices) + 1)
                if any(
                    all(pair & set(chosen) for pair in pairs)
                    for chosen in combinations(voices, size)
                )
            )
        )
    return min(sizes)
