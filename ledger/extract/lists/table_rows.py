"""Rows of a table of sources -> its entries: "| S3 | Dams | https://… |".

The first cell has an id, or a word and a number: "| Source 3 | … |". Cells that rate the source are
left out of its title.
"""

import re
from collections.abc import Sequence

from ledger.extract.markers.worded import KIND
from ledger.patterns import later

_BAR = "|"
_ROW = later(
    r"\s{0,8}\|\s*[*`\\\[【（(]{0,4}"
    rf"(?:([A-Z]{{1,3}}-?[0-9]{{1,4}})|{KIND}([0-9]{{1,4}}))[*`\\\]】）)]{{0,4}}\s*\|(.*)\|\s*$"
)
_PARTS = later(r"(?<!\\)\|")
_RANK = (
    r"[*_]{0,2}(?:(?:very )?(?:high|medium|moderate|low)|primary|secondary|tertiary)"
    r"(?: (?:confidence|source))?[*_]{0,2}(?: \([^()|]{1,40}\))?"
)
"""How good a source is, and not what it is called: "High", "PRIMARY (standards body)"."""
_IS_RANK = later(_RANK, re.I)
RANKED = later(rf"\s\|\s{_RANK}\s\|(?=\s|\Z)", re.I)
"""The same as `said_in` gives it: no part of a title."""


def said_in(cells: str) -> str:
    """What cells with bars between them say; how good a source is keeps its bars: "Dams | High |".

    Not in the first cell, which is what the source is called.
    """
    first, *others = map(str.strip, _PARTS.split(cells))
    said = (f"| {cell} |" if _IS_RANK.fullmatch(cell) else cell for cell in others)
    return " ".join([first, *said])


def table_row(line: str) -> tuple[str, str] | None:
    """The id of a row and what its other cells say; None for any other line."""
    row = _ROW.match(line) if line.lstrip()[:1] == _BAR else None
    return (row[1] or row[2], said_in(row[3]).strip()) if row else None


def is_head_of_table(lines: Sequence[str], number: int) -> bool:
    """Whether a line names the columns of a table of sources, or is the rule below them."""
    if lines[number].lstrip()[:1] != _BAR or table_row(lines[number]):
        return False
    return any(table_row(line) for line in lines[number + 1 : number + 3])
