"""Rows of a table that arranges a list: a counter alone in a cell, an item in the one beside it.

Offices and gazettes set lists so, to keep the counters in a column of their own.
"""

from ledger.extract.html.part import Part
from ledger.extract.html.tree import Element, text_of
from ledger.patterns import later

_COUNT = later(r"(?:\[[0-9]{1,3}\]\.?|[0-9]{1,3}\.)\Z")
_ROUND = later(r"\(?(?:[0-9]{1,3}|[a-z]{1,4})\)\Z")
"""The counter of a point or a clause, which is no word of its sentence."""
_CELLS, _LISTED = frozenset(["td", "th"]), 2
_BLOCKS = frozenset(["p", "div"])
_MOST_ROWS = 400


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
            known = len(said) <= _MOST_ROWS and all(map(_is_item, said))
            self._known[group.index] = known
        return known


def items_of(row: Element, cells: tuple[str, ...], at_break: str) -> list[Part]:
    """What a row of such a list says; a counter that is no number of a list stands apart.

    Nothing where one of its cells says nothing: some of what is in it may be left out.
    """
    count, *lines = at_break.join(filter(None, cells)).split(at_break)
    if not lines or not (_COUNT.match(count) or _ROUND.match(count)):
        return []
    if _ROUND.match(count):
        return [Part("paragraph", 0, [count], row), Part("paragraph", 0, lines, row)]
    if count.startswith("["):
        return [Part("paragraph", 0, [f"{count} {lines[0]}", *lines[1:]], row)]
    return [Part("item", 0, lines, row, mark=f"{count} ")]


def _is_item(row: Element) -> bool:
    """Whether two cells have text: a counter, and no more than one block."""
    cells = [each for each in row.children if isinstance(each, Element) and each.facts.text]
    if len(cells) != _LISTED or any(cell.name not in _CELLS for cell in cells):
        return False
    count = text_of(cells[0]).strip()
    if cells[0].facts.linked or not (_COUNT.match(count) or _ROUND.match(count)):
        return False
    layout = [cell for cell in cells if cell.facts.layout]
    return not layout or (_ROUND.match(count) is None and all(map(_is_block, layout)))


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
