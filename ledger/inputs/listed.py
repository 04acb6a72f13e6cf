"""A list of inputs -> the inputs: one on each line, or a table with a column of them."""

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.errors import UsageError

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("url", "input", "address", "link", "uri")
"""Heads of the column that names inputs, those that say it best first."""

_COMMENT = re.compile(r"(?:^|[ \t]{2}|\t)[ \t]*#.*")
# Not after one space: a file may be called "page #2.md", and an address has its fragment.


def listed(text: str) -> list[str]:
    """The inputs that a list names, in its order.

    Its first line tells a table: it has commas, semicolons or tabs between its cells, or is one
    cell, and one of them is of `COLUMNS`. Any other list has one input on a line, and `#` begins a
    comment there, also after two spaces.

    Raises:
        UsageError: The table is no CSV, or no column of it is known to name inputs.
    """
    lines = text.splitlines()
    column, delimiter = column_of(text)
    if column is None:
        plain = [_COMMENT.sub("", line).strip() for line in lines]
        _refuse_unknown([line for line in plain if line], delimiter)
        named = iter(plain)
    else:
        named = _cells(csv.reader(lines[1:], delimiter=delimiter), column)
    return [name for name in named if name]


def _refuse_unknown(lines: list[str], delimiter: str) -> None:
    """Keep the lines of a table from being tried one by one, each as the name of a file.

    Raises:
        UsageError: All lines have cells, and all but the first have an address.
    """
    if len(lines) < 2 or delimiter not in lines[0] or "://" in lines[0]:
        return
    if all(delimiter in row and "://" in row for row in lines[1:]):
        raise UsageError(
            "--from-file",
            "it is a table, and no column of it is known to name inputs",
            remedy=f"Call the column of addresses one of: {', '.join(COLUMNS)}",
        )


def _cells(rows: "Reader", column: int) -> Iterator[str]:
    try:
        yield from (row[column].strip() for row in rows if len(row) > column)
    except csv.Error as error:
        what = f"line {rows.line_num + 1} is not CSV: {error}"
        raise UsageError("--from-file", what, remedy="Is a quotation mark left open?") from error


def column_of(text: str) -> tuple[int | None, str]:
    """Which column of a table names inputs, and what stands between cells; None for no table."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    heads = [head.strip().strip('"').lower() for head in first.split(delimiter)]
    return next((heads.index(name) for name in COLUMNS if name in heads), None), delimiter
