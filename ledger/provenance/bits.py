"""The groups of a pattern -> bits of one number, by which the loss of several outlets is reckoned.

Each member has a bit, those of a group one after the other, and above them the group has a bit of
its own, its end:

    groups (a, b), (c)      end c end b a
    ends                     1  0  1  0 0       as a number 20
    lost: b, c               0  1  0  1 0       as a number 10

When one is added at the lowest bit of a group, it is carried on to the end if all its members are
lost, and else it is not. The lowest bits are those after the ends, and the very first, so one
addition does it for all groups: some group is lost when (lost + 2 * ends + 1) & ends is not 0.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ledger.provenance.pattern import Groups

COUNT_BITS = 4
"""Bits in which it is counted how many outlets have one effect."""

MOST_OUTLETS = (1 << COUNT_BITS) - 1
"""The most that such a count can say, so a pattern with more outlets is not told in bits; and the
mask by which one count is read."""

MEMBERS_FROM = 3 * COUNT_BITS
"""The bit of a number `takes` from which members have theirs; below stand three counts, of the
effects `pattern.FALLS`, `WEAKENS` and `UNKNOWN`, each `COUNT_BITS` wide."""

MOST_BITS = 62 - MEMBERS_FROM
"""Of members and ends, so that every sum stays within the sixty-three that a database has."""


class Bits(NamedTuple):
    """One pattern in bits, as described above.

    Attributes:
        ends: Of its groups. None where the pattern cannot be told in bits: it has too many members
            or outlets, or a member that is lost in two ways, whose bit would be counted twice.
        doubts: Members of unknown outlet; None with `ends`.
        takes: Each outlet (or origin) to what its loss alone takes: its members, from the bit
            `MEMBERS_FROM` on; below, 1 as the count of the effect that it has, of which each has
            `COUNT_BITS`. So these numbers may be added up. 0 where there are no `ends`.
    """

    ends: int | None
    doubts: int | None
    takes: dict[str, int]


def in_bits(groups: Groups, alone: Mapping[str, int]) -> Bits:
    """A pattern in bits.

    Args:
        groups: Canonical.
        alone: Each of its outlets to the effect of its loss, as `pattern.effects` has it.
    """
    bits = sum(map(len, groups)) + len(groups)
    if bits > MOST_BITS or len(alone) > MOST_OUTLETS:
        return _not_in_bits(alone)
    ends = doubts = 0
    bit = 1
    members: dict[str, int] = {}
    for group in groups:
        for outlet, origin in group:
            name = origin if outlet is None else outlet
            if origin is not None and name != origin:
                return _not_in_bits(alone)
            if outlet is None:
                doubts += bit
            if name is not None:
                members[name] = members.get(name, 0) + bit
            bit <<= 1
        ends += bit
        bit <<= 1
    takes = {
        name: (taken << MEMBERS_FROM) + (1 << COUNT_BITS * alone[name])
        for name, taken in members.items()
    }
    return Bits(ends, doubts, takes)


def _not_in_bits(alone: Mapping[str, int]) -> Bits:
    return Bits(None, None, dict.fromkeys(alone, 0))
