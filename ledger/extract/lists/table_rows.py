"""Rows of a table of sources -> its entries: "| S3 | Dams | https://… |".

The first cell has an id of the house, or what the source is called in words: "| Source 3 | … |".
"""

from collections.abc import Sequence

from ledger.extract.lists.ranked import said_in
from ledger.extract.markers.worded import KIND
from ledger.patterns import later

_BAR = "|"
_ROW = later(
    r"\s{0,8}\|\s*[*`\\\[【（(]{0,4}"
    rf"(?:([A-Z]{{1,3}}-?[0-9]{{1,4}})|{KIND}([0-9]{{1,4}}))[*`\\\]】）)]{{0,4}}\s*\|(.*)\|\s*$"
)


def table_row(line: str) -> tuple[str, str] | None:
    """The id of a row and what its other cells say; None for any other line."""
    row = _ROW.match(line) if line.lstrip()[:1] == _BAR else None
    return (row[1] or row[2], said_in(row[3]).strip()) if row else None


def is_head_of_table(lines: Sequence[str], number: int) -> bool:
    """Whether a line names the columns of a table of sources, or is the rule below them."""
    if lines[number].lstrip()[:1] != _BAR or table_row(lines[number]):
        return False
    return any(table_row(line) for line in lines[number + 1 : number + 3])
