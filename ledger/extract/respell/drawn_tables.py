"""Tables drawn with characters, as in Pandoc and reStructuredText -> tables of Markdown.

A cell may have several lines, so a line is not always a row. A table whose text does not fit the
columns that are drawn stays as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from unicodedata import east_asian_width

from ledger.letters import holds
from ledger.patterns import later

_BORDER = later(r"[ \t]{0,8}\+(?:[-=:]{2,}+\+){1,40}+[ \t]*$")
_RULE = later(r"[ \t]{0,8}-{2,}+(?: {1,8}-{2,}+){1,40}+[ \t]*$")
"""The line below the head of a table without borders; its strokes are as wide as the columns."""
_EDGE = later(r"[ \t]{0,8}-{6,}+[ \t]*$")
"""Above and below a table whose rows are parted by empty lines."""
_BETWEEN_WIDE = later("(?<=[\u3001-\u9fff\uff01-\uff60])\n(?=[\u3001-\u9fff\uff01-\uff60])")
_LONGEST_HEAD, _MOST_LINES = 9, 400
"""Lines of the head of a table without borders, and of the whole."""
Rows = list[list[str]]


def with_drawn_tables(text: str) -> str:
    """The text, tables that are drawn with signs as rows with bars. Linear; never raises."""
    if not holds(text, "-+", "-- -", "--  -"):
        return text
    lines = text.split("\n")
    written: list[str] = []
    at = 0
    while at < len(lines):
        rows, end = _table(lines, at)
        written.extend(["", *_piped(rows), ""] if rows else lines[at:end])
        at = end
    return "\n".join(written)


def _table(lines: Sequence[str], at: int) -> tuple[Rows, int]:
    """The rows of a table that begins at a line, its head first, and the line behind it.

    Where there is none, no rows, and the line behind what was looked at.
    """
    line = lines[at].lstrip()
    if line[:1] == "+":
        return _bordered(lines, at) if _BORDER.match(lines[at]) else ([], at + 1)
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if line[:1] == "-" and _EDGE.match(lines[at]):
        return _with_rules(lines, at + 1, parted=True)
    return _with_rules(lines, at, parted=False) if line and _RULE.match(below) else ([], at + 1)


def _bordered(lines: Sequence[str], at: int) -> tuple[Rows, int]:
    end = at
    while end < len(lines) and lines[end].lstrip()[:1] in ("+", "|"):
        end += 1
    columns = lines[at].count("+") - 1
    rows: Rows = []
    headed = False
    for drawn, group in groupby(lines[at:end], key=lambda line: line.lstrip()[:1] == "+"):
        inside = list(group)
        if drawn:
            headed = headed or (len(rows) == 1 and "=" in inside[0])
            continue
        parts = [line.strip()[1:-1].split("|") for line in inside]
        closed = all(line.rstrip().endswith("|") for line in inside)
        if not closed or any(len(part) != columns for part in parts):
            return [], end
        rows.append(
            [_whole(filter(None, map(str.strip, cell))) for cell in zip(*parts, strict=True)]
        )
    return (rows if headed or not rows else [[""] * columns, *rows]), end


def _with_rules(lines: Sequence[str], at: int, *, parted: bool) -> tuple[Rows, int]:
    """A table without borders; where its rows are parted by empty lines, each may be several."""
    rule = at
    while rule < min(len(lines), at + _LONGEST_HEAD) and lines[rule].strip():
        if _RULE.match(lines[rule]):
            break
        rule += 1
    if rule in (at, len(lines)) or not _RULE.match(lines[rule]):
        return [], at + (not parted)
    starts = _starts(lines[rule])
    groups = [list(lines[at:rule])]
    end, is_open = rule + 1, True
    while is_open and end < min(len(lines), at + _MOST_LINES):
        line = lines[end]
        is_open = not (_EDGE if parted else _RULE).match(line) and (parted or line.strip() != "")
        if is_open and line.strip():
            begins = not parted or end == rule + 1 or not lines[end - 1].strip()
            if begins:
                groups.append([])
            groups[-1].append(line)
        end += 1
    cells = [_row(group, starts) for group in groups]
    rows = [row for row in cells if row is not None]
    whole = len(rows) == len(groups) > 1 and (not is_open or (not parted and end == len(lines)))
    return (rows, end) if whole else ([], rule + 1)


def _starts(rule: str) -> list[int]:
    return [n for n, sign in enumerate(rule) if sign == "-" and rule[n - 1 : n] != "-"]


def _row(lines: Sequence[str], starts: Sequence[int]) -> list[str] | None:
    """The cells of a row; None where words stand across the edges of its columns."""
    cells: list[list[str]] = [[] for _ in starts]
    for line in lines:
        wide = line if line.isascii() else "".join(map(_as_wide, line))
        if any(wide[start - 1 : start].strip() for start in starts[1:]):
            return None
        for cell, begin, end in zip(cells, starts, [*starts[1:], len(wide)], strict=True):
            cell.append(wide[begin:end].replace("\0", "").strip())
    return [_whole(filter(None, cell)) for cell in cells]


def _whole(lines: Iterable[str]) -> str:
    """The lines of a cell as one: no blank stands between two letters of Chinese or Japanese."""
    whole = "\n".join(lines)
    whole = whole if whole.isascii() else _BETWEEN_WIDE.sub("", whole)
    return whole.replace("\n", " ")


def _as_wide(sign: str) -> str:
    """A character, filled up to as many as the columns that it takes."""
    return f"{sign}\0" if east_asian_width(sign) in "WF" else sign


def _piped(rows: Rows) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = " | ".join(cell.replace("|", "\\|") for cell in row)
        yield f"| {cells} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"
