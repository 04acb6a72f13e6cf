"""HTML tables in Markdown -> tables of Markdown, so that no two cells run together.

Programs that read printed papers write a table on one line: "<table><tr><td>Dam</td><td>5 m</td>
</tr></table>". A table that only lays out a page is left as it is: one with a single row or column,
or with pictures, lists or headings in it.
"""

import re
from collections.abc import Iterator

from ledger.letters import holds
from ledger.patterns import later

_TABLE = later(
    r"<(?:html>\s?<body>\s?<)?table(?:\s[^<>]{0,300})?>(?P<rows>(?:[^<]|<(?!/?table\b)){1,60000}+)"
    r"</table>(?:\s?</body>\s?</html>)?",
    re.I,
)
_ROW = later(r"<tr(?:\s[^<>]{0,200})?>(?P<cells>(?:[^<]|<(?!/?tr\b)){0,20000}+)", re.I)
_CELL = later(
    r"<t[dh](?P<said>\s[^<>]{0,200})?>(?P<words>(?:[^<]|<(?!/?t(?:[dh]|body|foot)\b)){0,8000}+)",
    re.I,
)
_SPANS = later(r"colspan=[\"']?([0-9]{1,2})", re.I)
_SETS_PAGE = later(
    r"<(?:ul|ol|h[1-6]|pre|img|details|picture)\b|!\[|\n[ \t]*\n|^[ \t]{0,8}[`~]{3}", re.I | re.M
)
_HEAD_CELL = later(r"<th\b", re.I)
_SENTENCE = later(r"\S \S{1,40} \S{1,40} \S{1,40}[.!?]$|[。！？]$")
"""How a cell ends that names no column, and says something."""
_CLOSES = later(r"</t[dh]>(?=\S)", re.I)
_MARGIN = 3
"""Spaces before a table that is no part of an item."""


def with_element_tables(text: str) -> str:
    """The text, tables of HTML on lines as rows with bars. Linear in the text; never raises."""
    return _TABLE.sub(_table, text) if holds(text, "<td", "<TD") else text


def _table(match: re.Match[str]) -> str:
    line = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[line : match.start()]
    if before.strip(" ") or len(before) > _MARGIN or _SETS_PAGE.search(match["rows"]):
        return _CLOSES.sub(r"\g<0> ", match[0])
    rows = [[*_cells(row["cells"])] for row in _ROW.finditer(match["rows"])]
    rows = [row for row in rows if row]
    columns = max(map(len, rows), default=0)
    if columns < 2 or len(rows) < 2:
        return _CLOSES.sub(r"\g<0> ", match[0])
    if not _HEAD_CELL.search(match["rows"]) and any(map(_SENTENCE.search, rows[0])):
        rows = [[""] * columns, *rows]
    head, *below = (f"| {' | '.join(row + [''] * (columns - len(row)))} |" for row in rows)
    return "\n".join(("", "", head, "|---" * columns + "|", *below, "", ""))


def _cells(row: str) -> Iterator[str]:
    """The words of each cell; nothing for the further columns over which one reaches."""
    for cell in _CELL.finditer(row):
        yield " ".join(cell["words"].split()).replace("|", "\\|")
        spans = _SPANS.search(cell["said"] or "")
        yield from [""] * (int(spans[1]) - 1 if spans else 0)
