"""Tables of AsciiDoc, cells between lines of "|===" -> rows as Markdown has them."""

import re

from ledger.patterns import later

_TABLE = later(
    r"\|===[ \t]*\n(?P<cells>(?:(?!\|===)[^\n]{0,4000}\n){0,2000}+)\|===(?=[ \t]*(?:\n|\Z))"
)
_CELL = later(r"(?:(?<=\s)|\A)(?:[0-9.+*<>^]{1,8})?[adehlmsv]?\|")
"""Where a cell begins, with how wide it is and how it is set: "2+^h|"."""
_COLUMNS = later(r"cols=\"?(?:(?P<times>[0-9]{1,2})\*|(?P<each>[^\"\]\n]{1,200}))")
_REACH = 300
"""Characters above a table in which its setting stands, a line or two."""
_MOST_COLUMNS = 50
"""Columns of a table: it may say that it has 99, and each row would be filled up. Chosen."""


def with_tables(text: str) -> str:
    """The text, each of its tables as rows. Never raises."""
    return _TABLE.sub(_table, text) if "|===" in text else text


def _table(match: re.Match[str]) -> str:
    said = match["cells"]
    cells = [" ".join(cell.split()) for cell in _CELL.split(said)[1:]]
    if not cells:
        return ""
    above = match.string[max(0, match.start() - _REACH) : match.start()].rstrip("\n")
    setting = above.rpartition("\n\n")[2]
    first = said.strip("\n").partition("\n")[0]
    width = _columns(setting) or len(_CELL.findall(first))
    width = max(1, min(width, _MOST_COLUMNS))
    rows = [f"| {' | '.join(cells[at : at + width])} |" for at in range(0, len(cells), width)]
    if "header" in setting or said.lstrip("\n").startswith(f"{first}\n\n"):
        rows.insert(1, f"|{' --- |' * width}")
    return "\n" + "\n".join(rows) + "\n"


def _columns(setting: str) -> int:
    """How many columns a line above a table says that it has; 0 where it does not."""
    found = _COLUMNS.search(setting)
    if found is None:
        return 0
    return int(found["times"]) if found["times"] else found["each"].count(",") + 1
