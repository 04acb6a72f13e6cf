"""Entries that all say 1 -> the same, counted: Markdown shows "1. 1. 1." as 1, 2, 3."""

from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.lists.open_entry import OpenEntry
from ledger.patterns import later

_ONE = later(r"\s{0,3}1([.)])\s")


def count_ones(found: Sequence[OpenEntry], lines: Sequence[str]) -> None:
    """Number the entries of a list by their places where each of its items says 1.

    They are items of one list: as far to the right as each other, with the same sign behind the
    number, and with nothing but blank lines between them. What stands between two lists that each
    begin with 1 keeps them apart.
    """
    if len(found) < 2 or any(opened.labels != ("1",) for opened in found):
        return
    signs = [_ONE.match(lines[opened.lines[0]]) for opened in found]
    alike = len({sign[1] if sign else "" for sign in signs}) == 1 and signs[0] is not None
    if not alike or len({opened.indent for opened in found}) > 1:
        return
    for above, below in pairwise(found):
        if any(line.strip() for line in lines[above.lines[-1] + 1 : below.lines[0]]):
            return
    for place, opened in enumerate(found, 1):
        opened.labels = (str(place),)
