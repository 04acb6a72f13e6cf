"""An answer -> stdout, in the form that was asked for; and words for people -> stderr.

The only place that prints data. A table is for people: few columns, short ids, sentences cut to
what fits. Every other form is complete: nothing is cut, wrapped or left out.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ledger.commands.safe import csv_cell, json_text, one_line, tsv_cell, whole_line
from ledger.commands.settings import Settings
from ledger.commands.words import complain, counted, say
from ledger.errors import StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA_VERSION = 1
"""Of every envelope; a key that goes or changes its meaning makes another."""

MARK = "\ufeff"
"""At the beginning of a CSV file: without it Excel shows letters beyond ASCII as others."""

Item = Mapping[str, Any]


class Format(StrEnum):
    """How an answer is printed; `excel` is CSV with the mark by which Excel takes it for UTF-8."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    EXCEL = "excel"
    JSON = "json"
    JSONL = "jsonl"


class Column(NamedTuple):
    """One column: its heading and what stands in it.

    For tables: a `number` stands at the right, a `short` text is never broken into lines.
    """

    head: str
    value: Callable[[Item], object]
    number: bool = False
    short: bool = False


class Items(Protocol):
    """What an answer lists. Some are made while they are gone through, which is done once."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Item]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found.

    Attributes:
        schema: Name of the kind of items: "claims" gives "ledger/claims/1".
        items: For JSON.
        columns: Of TSV and CSV.
        glance: Of the table for people; none prints only `head`.
        rows: What the columns are about; None for the items themselves.
        head: Lines for people, above the table.
        closing: A line for people after it, with counts and what to run next; where nothing was
            found it is said in every form.
        next: Lines for people behind that one, each with something to run.
        warnings: What keeps the answer from being the whole truth; asked for behind the items.
    """

    schema: str
    items: Items
    columns: tuple[Column, ...]
    glance: tuple[Column, ...] = ()
    rows: Items | None = None
    head: tuple[str, ...] = ()
    closing: str = ""
    next: tuple[str, ...] = ()
    warnings: Iterable[str] = ()


def columns(*keys: str) -> tuple[Column, ...]:
    """Columns that are keys of the items, under the same heading."""
    return tuple(Column(key, itemgetter(key)) for key in keys)


def numbers(*keys: str) -> tuple[Column, ...]:
    """The same for keys whose values are numbers."""
    return tuple(Column(key, itemgetter(key), number=True) for key in keys)


def chosen(format: Format | None, json: bool) -> Format:
    """The form to print: as asked, else a table on a terminal and TSV in a pipe."""
    if json and format not in (None, Format.JSON):
        raise UsageError(
            "--json", f"--format {format.value} says something else", remedy="Give one"
        )
    if json:
        return Format.JSON
    if format is not None:
        return format
    return Format.TABLE if sys.stdout.isatty() else Format.TSV


def show(answer: Answer, format: Format, settings: Settings) -> None:
    """Print an answer, and on stderr what goes with it.

    What cannot be read to its end is not begun as JSON, of which a half is nothing; of other forms
    whole rows are printed, and how many.
    """
    rows = answer.items if answer.rows is None else answer.rows
    if format is Format.JSON:
        from ledger.export.set_by import set_by

        with set_by(_envelope(answer)) as whole:
            sys.stdout.writelines(whole)
    elif format is Format.TABLE:
        _table(answer, rows, settings)
    else:
        _rows(answer, _Told(answer.items if format is Format.JSONL else rows), format)
    sys.stdout.flush()  # what is said on stderr comes after it
    if format is not Format.JSON:  # whose envelope has them
        for warning in answer.warnings:
            say(f"note: {warning}", settings)
    if answer.closing and (format is Format.TABLE or not rows):
        for said in (answer.closing, *answer.next):
            say(said, settings)


class _Told:
    """Items, and how many of them were gone through to their end."""

    def __init__(self, items: Items) -> None:
        self.done = 0
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        for item in self._items:
            yield item
            self.done += 1


def _rows(answer: Answer, rows: _Told, format: Format) -> None:
    """Print each row as soon as it is there.

    Raises:
        StoreError: The rest cannot be read; how many were printed is said on stderr.
    """
    try:
        if format is Format.JSONL:
            sys.stdout.writelines(f"{json_text(item)}\n" for item in rows)
        elif format in (Format.CSV, Format.EXCEL):
            import csv

            sys.stdout.write(MARK if format is Format.EXCEL else "")
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(column.head for column in answer.columns)
            writer.writerows(_cells(answer.columns, rows, csv_cell))
        else:
            sys.stdout.write("\t".join(column.head for column in answer.columns) + "\n")
            lines = _cells(answer.columns, rows, tsv_cell)
            sys.stdout.writelines("\t".join(cells) + "\n" for cells in lines)
    except StoreError:
        sys.stdout.flush()
        complain(f"ledger: only {rows.done:,} of {counted(len(rows), 'row')} could be printed")
        raise


def _envelope(answer: Answer) -> Iterator[str]:
    """The answer as one JSON object, in pieces."""
    yield f'{{"schema": "ledger/{answer.schema}/{SCHEMA_VERSION}", "items": ['
    for number, item in enumerate(answer.items):
        yield f", {json_text(item)}" if number else json_text(item)
    yield f'], "warnings": {json_text([*answer.warnings])}}}\n'


def _cells(
    shown: Iterable[Column], rows: Items, cell: Callable[[object], str]
) -> Iterable[list[str]]:
    wanted = tuple(shown)
    return ([cell(column.value(row)) for column in wanted] for row in rows)


def _table(answer: Answer, rows: Items, settings: Settings) -> None:
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    class Screen(Console):
        def on_broken_pipe(self) -> None:  # else rich itself ends the program, with status 1
            raise BrokenPipeError

    # Data is never markup: "[a]" would be eaten and "[/]" would crash.
    console = Screen(
        markup=False,
        emoji=False,
        highlight=False,
        color_system="auto" if settings.color else None,
    )
    for said in map(whole_line, answer.head):
        _above(said, console)
    if not answer.glance or not rows:
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    lines = list(_cells(answer.glance, rows, lambda value: one_line(tsv_cell(value))))
    for column, cells in zip(answer.glance, zip(*lines, strict=True), strict=True):
        whole = column.short or column.number
        widest = max(cell_len(cell) for cell in (column.head, *cells))
        table.add_column(
            Text(column.head),
            justify="right" if column.number else "left",
            no_wrap=whole,
            overflow="fold",
            min_width=widest if whole else min(widest, _LEAST_WIDTH),
        )
    for line in lines:
        table.add_row(*map(Text, line))
    # A narrow terminal breaks the lines itself: nothing is cut off, and no column is left out.
    least = sum(column.min_width or 0 for column in table.columns)
    console.width = max(console.width, least + _BETWEEN * len(table.columns) - 1)
    console.print(table)


def _above(said: str, console: "Console") -> None:
    """Print a line above a table. What is set in stays so on its further lines.

    A terminal breaks an address that is too long so that it can be copied all the same.
    """
    from rich.cells import cell_len
    from rich.text import Text

    words = said.lstrip(" ")
    indent = len(said) - len(words)
    further = indent + _FURTHER if indent else 0
    room = console.width - max(further, _BEFORE)
    fits = cell_len(said) <= console.width
    if fits or any(cell_len(word) > room for word in words.split()):
        console.print(Text(said), overflow="ignore", soft_wrap=True)
        return
    for number, line in enumerate(Text(words).wrap(console, console.width - further)):
        console.print(Text(" " * (further if number else indent) + line.plain.rstrip()))


_BEFORE = 8
"""Characters that may stand before an address in a line above a table: "    9  " does."""
_FURTHER = 2
"""Characters by which the further lines of what is set in are set in more."""
_LEAST_WIDTH = 12
"""Of a column of text, in characters: a name on a few lines, or half an address."""
_BETWEEN = 3
"""Characters between a column of a table and the next. Rich counts those at its edges, too, which
it does not print: with less it would cut letters off."""
