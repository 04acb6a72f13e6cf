"""A list of works -> where it goes on behind what a printed page has in its middle.

A table or a figure stands where the page has room for it, also between two entries.
"""

from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.lists.heads import is_head
from ledger.extract.lists.open_entry import Open
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import is_work

_FEWEST, _FURTHEST = 3, 60
"""Entries in the order of the alphabet that show it, and lines of what stands between."""


def goes_on_at(lines: Sequence[str], end: int, found: Sequence[Open]) -> int | None:
    """The number of the line on which a list goes on; None where nothing shows that it does.

    Args:
        lines: Of the document.
        end: The line after the last one of the list.
        found: Its entries, which are known by author and year and stand in their order.
    """
    labels = (each.labels[0] for each in found if each.labels)
    names = [_name(label) for label in labels if is_work(label)]
    if len(names) < _FEWEST or any(above > below for above, below in pairwise(names)):
        return None
    going_on: list[int] = []
    last = names[-1]
    for number in range(end, min(len(lines), end + _FURTHEST)):
        line = lines[number]
        if not line.strip():
            continue
        if is_head(line):
            return None
        name = _name(authored(line) or "")
        going_on = [*going_on, number] if name >= last else []
        if len(going_on) == _FEWEST:
            return going_on[0]
        last = name if going_on else names[-1]
    return None


def _name(work: str) -> str:
    """The first word of the author of a work: "doe" of "Doe JQ 2017"."""
    return work.partition(" ")[0].casefold()
