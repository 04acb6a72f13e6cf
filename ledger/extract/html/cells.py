"""Rows of a table -> whether they hold data or only arrange a page, and which is the head."""

from collections.abc import Iterator
from itertools import islice

from ledger.extract.html.tree import Element, text_of
from ledger.extract.markers.place import SOURCE
from ledger.patterns import later

_ROW = frozenset(["tr"])
_CELLS = frozenset(["td", "th"])
_BOLD = frozenset(["b", "strong"])
_FIGURE = later(
    r"[^\w\n]{0,3}[$€£¥]?[0-9][0-9.,:\u00a0\u202f ]{0,16}"
    r"(?:(?:thousand|million|billion|trillion)\b\s?)?\S{0,12}(?:\s\([^()\n]{1,12}\))?\Z"
)
"""A figure, with its unit: "60%", "€1,200", "175 Wh/kg"."""
_NO_FIGURE = frozenset(
    "-|–|—|?|none|nil|zero|unknown|not known|no data|not available|n/a|n.a.|na|keine|unbekannt|"
    "k. a.|aucun|inconnu|n. d.|ninguno|desconocido|нет|неизвестно|无|未知|なし|不明|없음".split("|")
)
"""What stands in place of a figure, and is no label above others."""
_FEWEST_COLUMNS, _FEWEST_ROWS, _MOST_ROWS = 3, 2, 200
"""What proves a head by what stands below it: two rows may differ by chance, and two columns may be
names. Rows that are looked at are enough for that."""
_LONGEST_LABEL, _WIDEST_LABEL = 4, 40
"""Words and characters of a label; chosen, as a heading of a column breaks over two lines of
twenty."""
_STOPS = frozenset(".!?。！？")
_SOURCES = later(rf"{SOURCE}|(?i:references?|citations?|evidence)")
_CITES_OR_STOPS = later(r"\[[0-9]{1,3}(?:[,–-] ?[0-9]{1,3}){0,9}\]|[.!?。！？][)\"”’»」]?\Z")
_GROUPS = frozenset(["thead", "tbody", "tfoot"])


def is_data(row: Element) -> bool:
    """Whether a row shows data: cells without blocks, or with one paragraph each.

    Editors put what is typed into a cell into a paragraph, also where it is one word. A single cell
    or row with paragraphs is how a page is arranged, unless it is the head of a table.
    """
    if not row.facts.layout:
        return True
    cells = list(_named(row, _CELLS))
    if len(cells) < 2 or not all(map(_is_plain, cells)) or row.parent is None:
        return False
    if row.parent.name == "thead":
        return True
    rows = _named(row.parent, _ROW)
    return next(rows, None) is not None and next(rows, None) is not None


def _is_plain(cell: Element) -> bool:
    if not cell.facts.layout:
        return True
    within = [each for each in cell.children if isinstance(each, Element) or not each.isspace()]
    only = within[0]
    return (
        len(within) == 1
        and isinstance(only, Element)
        and only.name == "p"
        and not only.facts.layout
    )


def is_first_in_bold(row: Element) -> bool:
    """Whether a row opens its table and is all in bold, and the next one is not.

    Word and most editors make a head so, and leave its cells as they are.
    """
    following = next(_rows_below(row), None)
    return following is not None and is_in_bold(row) and not is_in_bold(following)


def is_first_above_more(row: Element) -> bool:
    """Whether a row opens its table with labels, and a column is of another kind in all others.

    Of figures, below the second label or one behind it; or each of its cells cites or ends a
    sentence. Two columns may be names and what they stand for, unless one is called a source.
    """
    rows = list(islice(_rows_below(row), _MOST_ROWS))
    if len(rows) < _FEWEST_ROWS:
        return False
    first = list(_named(row, _CELLS))
    heads = list(map(_said, first))
    if any(cell.facts.linked for cell in first) or not all(map(_is_label, heads)):
        return False
    if len(heads) < _FEWEST_COLUMNS and not any(map(_SOURCES.fullmatch, heads)):
        return False
    below = [list(_named(each, _CELLS)) for each in rows]
    if any(len(cells) != len(heads) for cells in below):
        return False
    columns = list(zip(*below, strict=True))
    if any(all(map(_says_more, column)) for column in columns):
        return True
    return any(
        head.casefold() not in _NO_FIGURE and all(_FIGURE.match(_said(cell)) for cell in column)
        for head, column in zip(heads[1:], columns[1:], strict=True)
    )


def _said(cell: Element) -> str:
    return text_of(cell).strip()


def _says_more(cell: Element) -> bool:
    """Whether a cell has a link, a marker or the stop of a sentence: no label of a column has."""
    return cell.facts.linked > 0 or _CITES_OR_STOPS.search(_said(cell)) is not None


def _rows_below(row: Element) -> Iterator[Element]:
    """The rows beside one that has words and opens its table, in order; none beside another."""
    group = row.parent
    if group is None or not row.facts.text:
        return
    rows = _named(group, _ROW)
    if next(rows) is not row:
        return
    table = group.parent
    if group.name not in _GROUPS or table is None or next(_named(table, _GROUPS)) is group:
        yield from rows


def _is_label(head: str) -> bool:
    short = len(head.split()) <= _LONGEST_LABEL and len(head) <= _WIDEST_LABEL
    return short and not any(map(str.isdigit, head)) and head[-1:] not in _STOPS


def is_in_bold(element: Element) -> bool:
    """Whether all that an element says is in bold, and that is something."""
    said = False
    waiting: list[Element | str] = [*element.children]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if not node.isspace():
                return False
        elif node.name in _BOLD:
            said = said or bool(text_of(node).strip())
        else:
            waiting += node.children
    return said


def _named(element: Element, names: frozenset[str]) -> Iterator[Element]:
    return (each for each in element.children if isinstance(each, Element) and each.name in names)
