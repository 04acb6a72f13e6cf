"""Tables that are written as lists or with commas in directives -> rows of Markdown.

Docutils and MyST have both: "* - Gate", "  - It is closed."; '"Gate", "It is closed."'. What cannot
be read as such a table stays as it is.
"""

import csv
from collections.abc import Sequence
from itertools import zip_longest

from ledger.patterns import later

TABLES = frozenset(["list-table", "csv-table"])
_HEADER = later(r"\s{0,40}:header:[ \t]{1,20}(?P<cells>\S.*)$")
_HEADER_ROWS = later(r"\s{0,40}:header-rows:[ \t]{1,20}(?P<count>[0-9])\s*$")
_ROW = later(r"[*-] [*-](?: (?:[*-] )?(?P<said>.*)|$)")
_CELL = later(r"  [*-](?: (?:[*-] )?(?P<said>.*)|$)")
_GOES_ON = later(r" {3,8}(?P<item>[*-] )?(?P<said>(?!\.\. )\S.*)|\s*$")
"""A line of a cell, or an item within it, and no directive there."""


def table_rows(kind: str, options: Sequence[str], body: Sequence[str]) -> list[str] | None:
    """The rows of a table, a rule below its head; None where the lines are none.

    Args:
        kind: The directive, one of `TABLES`.
        options: The lines that set how it is shown.
        body: Its other lines, from the left edge on.
    """
    rows = _of_list(body) if kind == "list-table" else _of_commas(body)
    if not rows:
        return None
    counts = (match["count"] for line in options if (match := _HEADER_ROWS.match(line)))
    heads = int(next(counts, "0"))
    header = next((match["cells"] for line in options if (match := _HEADER.match(line))), None)
    if header is not None:
        rows = [*(_of_commas([header]) or ()), *rows]
        heads = 1
    if 1 < heads < len(rows):  # Markdown has one row of heads
        columns = zip_longest(*rows[:heads], fillvalue="")
        rows[:heads] = [[" ".join(filter(None, column)) for column in columns]]
        heads = 1
    piped = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    if 0 < heads <= len(rows):
        piped.insert(heads, f"|{'---|' * len(rows[0])}")
    return piped


def _of_list(body: Sequence[str]) -> list[list[str]] | None:
    rows: list[list[list[str]]] = []  # of each cell its lines
    for line in body:
        if match := _ROW.match(line):
            rows.append([[match["said"] or ""]])
        elif rows and (match := _CELL.match(line)):
            rows[-1].append([match["said"] or ""])
        elif rows and (match := _GOES_ON.match(line)):
            cell = rows[-1][-1]
            joint = "<br>" if match["item"] and any(cell) else " "
            cell.append(f"{joint}{match['said']}" if match["said"] else "")
        elif line.strip():
            return None
    return [["".join(cell).strip() for cell in row] for row in rows]


def _of_commas(body: Sequence[str]) -> list[list[str]] | None:
    lines = (f"{line}\n" for line in body)  # a cell that goes on below keeps its words apart
    try:
        rows = [row for row in csv.reader(lines, skipinitialspace=True) if any(map(str.strip, row))]
    except csv.Error:
        return None
    return [[" ".join(cell.split()) for cell in row] for row in rows]
