"""Rows of a table -> whether they hold data or only arrange a page, and which is the head."""

from collections.abc import Iterator

from ledger.extract.html.tree import Element, text_of

_ROW = frozenset(["tr"])
_CELLS = frozenset(["td", "th"])
_BOLD = frozenset(["b", "strong"])
_GROUPS = frozenset(["thead", "tbody", "tfoot"])


def is_data(row: Element) -> bool:
    """Whether a row shows data: cells without blocks, or with one paragraph each.

    Editors put what is typed into a cell into a paragraph, also where it is one word. A single cell
    or row with paragraphs is how a page is arranged.
    """
    if not row.facts.layout:
        return True
    cells = list(_named(row, _CELLS))
    if len(cells) < 2 or not all(map(_is_plain, cells)) or row.parent is None:
        return False
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
    group = row.parent
    if group is None or not row.facts.text:
        return False
    rows = _named(group, _ROW)
    if next(rows) is not row or not is_in_bold(row):
        return False
    following = next(rows, None)
    if following is None or is_in_bold(following):
        return False
    table = group.parent
    return group.name not in _GROUPS or table is None or next(_named(table, _GROUPS)) is group


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
