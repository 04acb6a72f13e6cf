"""Entries without numbers -> the numbers by which the text cites them: their places in their list.

A conversation has a list below each answer, and each list counts from 1 again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from ledger.document import Reference
from ledger.extract.lists.cited_numbers import Above, placed


def placed_apart(
    listed: Sequence[tuple[Reference, int]],
    taken: AbstractSet[int],
    lines: Sequence[str],
    text: str,
) -> list[Reference]:
    """The entries, each numbered by its place in the whole or, where that is none, in its list.

    Args:
        listed: Each entry with the number of its first line, in the order of the text.
        taken: The numbers of all lines of lists.
        lines: All lines.
        text: Those that are of no list.

    Each list has just as many entries as the text above it cites, from the list before on.
    """
    entries = [entry for entry, _ in listed]
    whole = placed(entries, text)
    if any(entry.marker for entry in whole):
        return whole
    between = [number for number, line in enumerate(lines) if line.strip() and number not in taken]
    lists = _apart(listed, between)
    if len(lists) < 2:
        return whole
    found: list[Reference] = []
    begin = 0
    for each in lists:
        first, end = bisect_left(between, begin), bisect_left(between, each[0][1])
        above = [lines[number] for number in between[first:end]]
        numbered = placed([entry for entry, _ in each], "\n".join(above))
        if not numbered[0].marker and _numbers(above):
            return whole
        found += numbered
        begin = each[-1][1]
    below = [lines[number] for number in between[bisect_right(between, begin) :]]
    return whole if _numbers(below) else found


def _apart(
    listed: Sequence[tuple[Reference, int]], between: Sequence[int]
) -> list[list[tuple[Reference, int]]]:
    """The entries of each list; lines that are of none stand between two of them."""
    places = iter(between)
    passed = next(places, None)
    above: list[int] = []
    for _, start in listed:
        while passed is not None and passed < start:
            passed = next(places, None)
        above.append(-1 if passed is None else passed)
    pairs = zip(above, listed, strict=True)
    return [[each for _, each in run] for _, run in groupby(pairs, key=lambda pair: pair[0])]


def _numbers(lines: Sequence[str]) -> set[str]:
    """The numbers that lines cite."""
    above = Above()
    above.read("\n".join(lines))
    return above.numbers("bracketed")
