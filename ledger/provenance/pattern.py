"""The groups of a claim -> its pattern: what its resilience is, and what each loss does to it.

Of a source nothing matters for the loss of outlets but its outlet and its origin, so equal members
of a group are one, and claims with equal groups are carried alike: a million claims have far fewer
patterns, and what takes thought is done once for each. Only pages of accounts that are not known
stay as many as they are: they may be of one account, or each of another.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

from ledger.clusters import STORY
from ledger.provenance.cover import Covers, smallest_covers

Carrier = tuple[str | None, str | None]
"""A member of a group: outlet and origin, each None where it is not known. Of an outlet without an
origin see `is_nameless`. What people are shown of a member is `support.Member`."""

Groups = tuple[tuple[Carrier, ...], ...]
"""The groups of one claim. Those of `canonical_groups` are equal where claims are carried alike."""

FALLS, WEAKENS, UNKNOWN = 0, 1, 2
"""Effects as they are stored, in the order in which people need them."""

_GRAVEST_FIRST = (FALLS, UNKNOWN, WEAKENS)
"""What a claim comes to when its groups come to several."""

SIGNS = 62
"""Bits of `signs`: they fit into a number of either database, which has 63 beside that of minus."""

LISTED = 50
"""Smallest sets that are listed: more are counted."""


def is_nameless(outlet: str | None, origin: str | None) -> bool:
    """Whether a page is on a platform, of an account that is not known: it has no known voice."""
    return outlet is not None and origin is None


def on_platform(key: str | None, platform: str) -> bool:
    """Whether an outlet is an account of a platform, by the keys of both."""
    host = (key or "").partition("/")[0]
    return key != platform and f".{host}".endswith(f".{platform}")


def is_outlet(key: str | None) -> bool:
    """Whether an origin is known, and is no story that nobody is known to have written."""
    return key is not None and not key.startswith(STORY)


def lost_with(group: Iterable[Carrier]) -> set[str]:
    """The outlets and stories whose loss alone takes every member of a group, one at least."""
    of_all: set[str | None] = set.intersection(*map(set, group))
    return {key for key in of_all if key is not None}


OWNER = "owner:"
"""How a voice is spelled that is all the outlets of one owner."""


class Weakest(NamedTuple):
    """How much it takes until a claim falls.

    Attributes:
        resilience: The smallest number of outlets whose loss makes it fall; None when an unknown
            source could lower or raise it, when there are no groups, or beyond the bound of
            `cover.STEPS`.
        sets: The smallest sets whose loss makes it fall for certain, each sorted, in order; a
            platform is in one as often as accounts of it that are not known.
        complete: Whether `sets` has all of them; else there are more than `LISTED`, and these are
            the first that were found.
        at_least, at_most: Between what resilience lies; None where there is no bound.
    """

    resilience: int | None
    sets: list[tuple[str, ...]]
    complete: bool
    at_least: int | None
    at_most: int | None


def canonical_groups(groups: Iterable[Iterable[Carrier]]) -> Groups:
    """The groups in the one order and spelling that claims carried alike share.

    Args:
        groups: Each with its members in any order; a page of an account that is not known once.
    """
    return tuple(sorted(set(map(_canonical, groups)), key=_order))


def _canonical(group: Iterable[Carrier]) -> tuple[Carrier, ...]:
    often = Counter(group)
    members = (one for one in often for _ in range(often[one] if is_nameless(*one) else 1))
    return tuple(sorted(members, key=_spelled))


def digest_of_groups(groups: Groups) -> str:
    """SHA-256, 64 hex digits, of canonical groups."""
    return sha256(json.dumps(groups, ensure_ascii=True).encode()).hexdigest()


def weakest(groups: Groups, owner: Mapping[str, str | None] | None = None) -> Weakest:
    """How much it takes until a claim with these groups falls.

    Over all that the unknown could turn out to be: at worst an unknown source is one that is lost
    anyway, at best it is nobody's that is lost. Where both give one number, that is the answer.
    A page of an account that is not known may be of any account of its platform.

    Args:
        groups: Canonical.
        owner: Where given, the outlets of one owner are one voice: outlet to owner, None where it
            is not known. Such an outlet may be its own, or any owner's that is there.
    """
    bounds = [_bounds(group, owner) for group in groups]
    at_least = min((bound.low for bound in bounds), default=None)
    sure = [bound.high for bound in bounds if bound.high is not None]
    at_most = min((high.size for high in sure), default=None)
    least = [high for high in sure if high.size == at_most]
    every = {one for high in least for one in high.sets}
    sets = sorted({tuple(key.rstrip(APART) for key in one) for one in every})
    return Weakest(
        resilience=at_most if at_most == at_least else None,
        sets=sets[:LISTED],
        complete=len(sets) <= LISTED and all(high.number == len(high.sets) for high in least),
        at_least=at_least,
        at_most=at_most,
    )


def effects(groups: Groups) -> dict[str, int]:
    """Outlet or origin to the effect of losing it alone; all that these groups name, and no other.

    A claim that does not lean on an outlet is unknown to it when any outlet here is not known, and
    untouched else.
    """
    blind = any(all(outlet is None for outlet, _ in group) for group in groups)
    answer: dict[str, int] = {}
    for group in groups:
        unsure = sum(1 for outlet, _ in group if outlet is None)
        lost = Counter(key for member in group for key in set(member) if key is not None)
        # A member that is lost by its origin is no longer in doubt, whoever published it.
        cleared = Counter(origin for outlet, origin in group if outlet is None and origin)
        for key, number in lost.items():
            left = len(group) - number
            may_fall = blind or left == unsure - cleared[key]
            effect = FALLS if left == 0 else UNKNOWN if may_fall else WEAKENS
            answer[key] = min(answer.get(key, effect), effect, key=_GRAVEST_FIRST.index)
    return answer


def maybe_alone(groups: Groups) -> set[str]:
    """The platforms without which a claim falls, of which it is not known that one account does it.

    The loss of all pages of accounts that are not known makes it fall; they may be of several.
    """
    nameless = {outlet or "" for group in groups for outlet, origin in group if origin is None}
    found = set()
    for platform in nameless - {""}:
        taken = [group for group in groups if platform in lost_with(group)]
        if taken and all(len(group) > 1 for group in taken):
            found.add(platform)
    return found


def signs(outlets: Iterable[str]) -> int:
    """One bit for each outlet (or origin), of `SIGNS`; several outlets may have the same."""
    found = 0
    for outlet in outlets:
        found |= 1 << crc32(outlet.encode()) % SIGNS
    return found


def beside(outlets: Collection[str]) -> dict[str, int]:
    """Each of these outlets to the signs of all the others.

    Where none of them is among the signs of a set, the set has none of the others: most patterns
    that have one of ten outlets are told at a glance to have no other of them.
    """
    own = {outlet: signs([outlet]) for outlet in outlets}
    often = Counter(own.values())
    every = sum(often)
    return {outlet: every if often[sign] > 1 else every - sign for outlet, sign in own.items()}


def is_unsure(groups: Groups) -> bool:
    """Whether the outlet of some source is not known."""
    return any(outlet is None for group in groups for outlet, _ in group)


class _Bounds(NamedTuple):
    """How many must be lost before one group is: at least `low`, at most those of `high`.

    `high` is None where there is no bound: an unknown source may be anybody's.
    """

    low: int
    high: Covers | None


def _bounds(group: Sequence[Carrier], owner: Mapping[str, str | None] | None) -> _Bounds:
    # At worst an unknown outlet is nobody's that is lost otherwise, so its origin must be.
    worst = [(outlet or origin, origin or outlet) for outlet, origin in _each_its_own(group)]
    # At best it is one of those that are lost anyway, and with it the source.
    best = [
        (outlet, origin or outlet)
        for outlet, origin in group
        if outlet is not None
        and not _in_doubt(outlet, owner)
        and not _in_doubt(origin, owner)
        and not (origin is None and any(on_platform(key, outlet) for one in group for key in one))
    ]
    low = smallest_covers([(_voice(a, owner), _voice(b or a, owner)) for a, b in best], most=1)
    high = None
    if all(one and other for one, other in worst):
        pairs = [(_voice(str(one), owner), _voice(str(other), owner)) for one, other in worst]
        high = smallest_covers(pairs, most=LISTED + 1)
    return _Bounds(low=1 if low is None else max(1, low.size), high=high)


APART = "\0"
"""What stands behind a platform, in the names of its accounts that are not known."""


def _each_its_own(group: Iterable[Carrier]) -> Iterator[Carrier]:
    """The members, each page of an account that is not known as if that account had no other."""
    often: Counter[str] = Counter()
    for outlet, origin in group:
        if outlet is not None and origin is None:
            often[outlet] += 1
            yield f"{outlet}{APART * often[outlet]}", None
        else:
            yield outlet, origin


def _in_doubt(key: str | None, owner: Mapping[str, str | None] | None) -> bool:
    """Whether it is not known whose voice an outlet is."""
    if owner is None or key is None or key.startswith(STORY):
        return False
    return owner.get(key) is None


def _voice(key: str, owner: Mapping[str, str | None] | None) -> str:
    known = None if owner is None else owner.get(key.rstrip(APART))
    return key if known is None else OWNER + known


def _spelled(member: Carrier) -> tuple[str, str]:
    return member[0] or "", member[1] or ""


def _order(group: tuple[Carrier, ...]) -> list[tuple[str, str]]:
    return [_spelled(member) for member in group]
