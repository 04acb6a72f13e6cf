"""The elements of an HTML list in Markdown -> entries: "<ol><li>...</li></ol>" under a head."""

import re
from collections.abc import Sequence

from ledger.extract.lists.open_entry import OpenEntry
from ledger.patterns import later

_OPENS = re.compile(r"\s{0,8}<(?P<kind>[ou]l)\b[^<>\n]{0,200}>")
_ITEM = later(r"<li\b[^<>\n]{0,200}>|(?P<end></[ou]l>)")
_END_OF_ITEM = re.compile(r"</li>\s*$")


def element_list(lines: Sequence[str], head: int, most: int) -> tuple[int, list[OpenEntry]]:
    """The number of the line behind a list of elements right below a head, and its entries.

    Args:
        lines: Of the document.
        head: The number of the head.
        most: Not many more entries are read.

    Returns:
        The entries are labelled by place where the list is ordered; none, and the line behind the
        head, where there is no such list.
    """
    start = next((n for n in range(head + 1, min(head + 4, len(lines))) if lines[n].strip()), head)
    opens = _OPENS.match(lines[start]) if start > head else None
    if opens is None:
        return head + 1, []
    found: list[OpenEntry] = []
    for number in range(start, len(lines)):
        line = lines[number]
        begin = opens.end() if number == start else 0
        for match in _ITEM.finditer(line, begin):
            _go_on(found, number, line[begin : match.start()])
            begin = match.end()
            if match["end"]:
                return number + 1, found
            label = (str(len(found) + 1),) if opens["kind"] == "ol" else ()
            found.append(OpenEntry(label, number, ""))
        _go_on(found, number, line[begin:])
        if len(found) > most:
            return number + 1, found
    return len(lines), found


def _go_on(found: Sequence[OpenEntry], number: int, text: str) -> None:
    """Add what stands in an item to it."""
    if found:
        found[-1].add(number, _END_OF_ITEM.sub("", text.strip()))
