"""Numbers and bullets of items that are drawn apart from them -> in front of their lines.

WeasyPrint draws them behind all else of a page.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from ledger.extract.pdf.line import Line, letters_wide

_LABEL = re.compile(r"(?:\d{1,3}[.)]|\[\d{1,4}\]|[•●▪▫◦○■‣–-])")
_FURTHEST = 4.0
"""How far to the right its line begins at most, in sizes of its letters."""
_MOST = 300
"""Labels on a page; more are a table."""
_LEVEL = 1.0
"""Points by which a label stands above or below its line at most."""


def with_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, numbers and bullets that stand apart in front of their lines."""
    alone = [line for line in lines if _LABEL.fullmatch(line.shown)]
    if not 0 < len(alone) <= _MOST:
        return list(lines)
    labels = {id(line) for line in alone}
    level: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if id(line) not in labels:
            level[round(line.y)].append(line)
    taken: set[int] = set()
    for label in alone:
        near = (line for up in (-1, 0, 1) for line in level[round(label.y) + up])
        beside = [line for line in near if _is_beside(line, label)]
        if beside:
            _put(label, min(beside, key=lambda line: line.x))
            taken.add(id(label))
    return [line for line in lines if id(line) not in taken]


def _is_beside(line: Line, label: Line) -> bool:
    right = 0 < line.x - label.x <= _FURTHEST * label.size
    return right and abs(line.y - label.y) <= _LEVEL and not line.shown.startswith(label.shown)


def _put(label: Line, line: Line) -> None:
    front = f"{label.shown} "
    line.text = front + line.text.lstrip()
    line.shown = front + line.shown
    line.width += letters_wide(front)
    line.x = label.x
