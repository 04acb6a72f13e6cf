"""Rows of a table that arranges a list: a counter alone in a cell, an item in the one beside it.

Offices and gazettes set lists so, to keep the counters in a column of their own.
"""

from collections.abc import Iterable

from ledger.extract.html.part import Part
from ledger.extract.html.tree import Element, text_of
from ledger.patterns import later

_COUNT = later(r"(?:\[[0-9]{1,3}\]\.?|[0-9]{1,3}\.)\Z")
_ROUND = later(r"\(?(?:[0-9]{1,3}|([a-z])\1?|[ivxl]{2,6})\)\Z")
"""The counter of a point or a clause."""
_DIGITS = later(r"[0-9]{1,3}")
_HEADS, _FIRST = frozenset(["thead", "caption"]), 8
"""What gives a table or its columns a name, and elements of the table among which it stands."""
_CELLS, _LISTED = frozenset(["td", "th"]), 2
"""Cells, and how many of them with words a row of such a list has: its counter and its item."""
_BLOCKS = frozenset(["p", "div"])
_MOST_ROWS = 400
"""Rows with text of such a table. Chosen: the longest measured has 41; longer ones are tables of
data."""


class Counted:
    """Which tables are such lists in all their rows; each is asked once."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def __contains__(self, row: Element) -> bool:
        group = row.parent
        if group is None:
            return False
        known = self._known.get(group.index)
        if known is None:
            rows = [each for each in group.children if isinstance(each, Element)]
            said = [each for each in rows if each.facts.text]
            known = len(said) <= _MOST_ROWS and not _is_headed(group)
            self._known[group.index] = known = known and _counts_on(map(_count_of, said))
        return known


def items_of(row: Element, cells: tuple[str, ...], at_break: str) -> list[Part]:
    """What a row of such a list says.

    Nothing where one of its cells says nothing: some of what is in it may be left out.
    """
    count, *lines = at_break.join(filter(None, cells)).split(at_break)
    if not lines or not (_COUNT.match(count) or _ROUND.match(count)):
        return []
    if count.startswith("["):
        return [Part("paragraph", 0, [f"{count} {lines[0]}", *lines[1:]], row)]
    return [Part("item", 0, lines, row, mark=f"{count} ")]


def _is_headed(group: Element) -> bool:
    """Whether a table or its columns have a name: then its numbers are data, as ranks are."""
    above = group.parent.children[:_FIRST] if group.parent is not None else []
    return any(isinstance(e, Element) and e.name in _HEADS and e.facts.text for e in above)


def _counts_on(counts: Iterable[str | None]) -> bool:
    """Whether each number is one more than the last that is written as it is, or begins anew.

    Hours and days have gaps, and so do ranks that are shared.
    """
    last: dict[str, int] = {}
    for count in counts:
        if count is None:
            return False
        if found := _DIGITS.search(count):
            number, written = int(found[0]), count.replace(found[0], "")
            if number not in (1, last.get(written, number - 1) + 1):
                return False
            last[written] = number
    return True


def _count_of(row: Element) -> str | None:
    """The counter of a row of which two cells have text: that, and no more than one block."""
    cells = [each for each in row.children if isinstance(each, Element) and each.facts.text]
    if len(cells) != _LISTED or any(cell.name not in _CELLS for cell in cells):
        return None
    count = text_of(cells[0]).strip()
    if cells[0].facts.linked or not (_COUNT.match(count) or _ROUND.match(count)):
        return None
    layout = [cell for cell in cells if cell.facts.layout]
    plain = not layout or (_ROUND.match(count) is None and all(map(_is_block, layout)))
    return count if plain else None


def _is_block(cell: Element) -> bool:
    """Whether all that a cell says is in one block, without others in it."""
    within = [each for each in cell.children if isinstance(each, Element) or each.strip()]
    only = within[0]
    return (
        len(within) == 1
        and isinstance(only, Element)
        and only.name in _BLOCKS
        and not only.facts.layout
    )
