"""A file of outlets -> rows to be judged: CSV with a header line, or JSON.

Files come from spreadsheets and other programs: commas, semicolons or tabs, with or without a byte
order mark. What is wrong is said with its line and column, of all rows at once, and then nothing
of the file counts.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from ledger.counting import counted
from ledger.errors import NotFoundError, UsageError
from ledger.extract.characters.decode import NOT_TEXT
from ledger.pipeline.facts import Facts, WrongFactError, facts_of, text_of
from ledger.pipeline.faults import Faults
from ledger.queries.knowledge import FACTS

MOST_BYTES = 16 * 1024 * 1024
"""A list of all 100,000 newspapers that there may be takes less."""

MOST_ROWS = 100_000
"""Rows of one file: published lists of outlets have some ten thousand."""
WHO = ("key", "domain", "outlet")
"""Columns of which one says which outlet is meant."""
PERIOD = ("since", "until")
COLUMNS = (*FACTS, "aliases", *PERIOD)
VALUES = ("value", "rating")
_DELIMITERS = (",", ";", "\t")
_LISTS = ("outlets", "items")
_NAME_LISTS = ("|", ";")
"""What stands between the aliases in one cell."""

KeyOf = Callable[[str], str]
"""A cell that says which outlet is meant -> its key; raises NotFoundError or UsageError."""

Cell = str | Sequence[str] | None


class _Row(NamedTuple):
    """`place` is "line 3" or "entry 3"; a cell is None where there is none."""

    place: str
    cells: Mapping[str, Cell]


def read_facts(file: BinaryIO, name: str, key_of: KeyOf, *, today: str) -> list[Facts]:
    """What a file says of outlets, in its order.

    Args:
        file: Of bytes; read to the bound.
        name: Of the file, for errors.
        key_of: Tells which outlet a cell means.
        today: ISO date; what has not begun yet is refused.

    Raises:
        UsageError: The file is too large, is no CSV or JSON, or has a column or value that is
            wrong or twice: with line and column, and where several rows are wrong, of each.
    """
    answer: list[Facts] = []
    seen: dict[tuple[str, str | None, str | None], str] = {}
    faults = Faults(name)
    for row, who in _rows(file, name, COLUMNS):
        with faults.of_a_row():
            key = _key(row, who, name, key_of)
            try:
                facts = facts_of(key, _typed(row), _aliases(row.cells.get("aliases")), today=today)
            except WrongFactError as error:
                raise _wrong(name, row, error) from error
            period = (key, facts.since if facts.until else None, facts.until)
            if period in seen:
                raise UsageError(
                    name,
                    f"{row.place}, column {who}: {_said_twice(row.cells[who], key, seen[period])}",
                    remedy="Keep one of them, or give each its since and until",
                )
            seen[period] = row.place
            answer.append(facts)
    faults.refuse()
    return answer


def _said_twice(cell: object, key: str, place: str) -> str:
    known = f"of {key}" if cell == key else f"{cell} is {key}, of which"
    return f"{known} {place} already says something"


def read_ratings(file: BinaryIO, name: str, key_of: KeyOf) -> dict[str, str]:
    """What a list says of outlets: key to value; else as `read_facts`."""
    answer: dict[str, str] = {}
    seen: dict[str, str] = {}
    faults = Faults(name)
    for row, who in _rows(file, name, VALUES, needed=True):
        with faults.of_a_row():
            key = _key(row, who, name, key_of)
            if key in seen:
                raise UsageError(
                    name,
                    f"{row.place}, column {who}: {_said_twice(row.cells[who], key, seen[key])}",
                    remedy="Keep one of them",
                )
            seen[key], answer[key] = row.place, _value(row, name)
    faults.refuse()
    return answer


def _value(row: _Row, name: str) -> str:
    column = next(each for each in VALUES if each in row.cells)
    try:
        value = text_of(column, str(row.cells[column] or ""))
    except WrongFactError as error:
        raise _wrong(name, row, error) from error
    if not value or "=" in value:
        raise UsageError(
            name,
            f"{row.place}, column {column}: "
            + ("it is empty" if not value else "a value cannot contain an equals sign"),
            remedy="Leave out the rows of outlets that the list does not rate",
        )
    return value


def _typed(row: _Row) -> dict[str, str | None]:
    """Cells that say something: an empty one leaves a fact as it stands."""
    found = {each: row.cells.get(each) for each in (*FACTS, *PERIOD)}
    return {each: str(cell) for each, cell in found.items() if cell}


def _aliases(cell: Cell) -> Sequence[str]:
    if not isinstance(cell, str):
        return cell or ()
    first, *others = _NAME_LISTS
    for other in others:
        cell = cell.replace(other, first)
    return [each for each in cell.split(first) if each.strip()]


def _wrong(name: str, row: _Row, error: WrongFactError) -> UsageError:
    column = f", column {error.field}" if error.field in (*COLUMNS, *VALUES) else ""
    return UsageError(name, f"{row.place}{column}: {error.message}", remedy=error.remedy)


def _key(row: _Row, who: str, name: str, key_of: KeyOf) -> str:
    cell = row.cells.get(who)
    if not isinstance(cell, str) or not cell.strip():
        raise UsageError(name, f"{row.place}, column {who}: it is empty", remedy="Give a domain")
    try:
        return key_of(cell.strip())
    except (NotFoundError, UsageError) as error:
        near = ", ".join(getattr(error, "candidates", ()))
        raise UsageError(
            name,
            f"{row.place}, column {who}: {error.message}: {cell.strip()[:80]!r}",
            remedy=f"Did you mean: {near}? Else give its domain" if near else "Give a domain",
        ) from error


def _rows(
    file: BinaryIO, name: str, columns: Sequence[str], *, needed: bool = False
) -> Iterator[tuple[_Row, str]]:
    """Every row with the column that says which outlet; at least one."""
    text = _text(file, name)
    is_json = text.lstrip()[:1] in ("[", "{")
    if is_json:
        rows = _json_rows(text, name)
    else:
        rows = _csv_rows(text, name, lambda row: _checked(row, name, columns, needed=needed))
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise UsageError(name, f"it has more than {MOST_ROWS:,} rows", remedy="Divide it")
        yield row, _checked(row, name, columns, needed=needed)
    if not number:
        raise UsageError(name, "it contains no outlets", remedy=_wanted(columns))


def _checked(row: _Row, name: str, columns: Sequence[str], *, needed: bool) -> str:
    """The column that says which outlet is meant.

    Raises:
        UsageError: There is none, or two, or one that nothing is known of.
    """
    unknown = next((each for each in row.cells if each not in (*WHO, *columns)), None)
    if unknown is not None:
        place = row.place if row.place.startswith("entry") else "line 1"
        remedy = _wanted(columns)
        if unknown in VALUES:
            remedy = "If this is a list of ratings, give it a name: --rating NAME"
        raise UsageError(name, f"{place}: the column {unknown[:80]!r} is not known", remedy=remedy)
    who = [each for each in WHO if each in row.cells]
    if len(who) != 1:
        there = (
            f"the columns {' and '.join(who)} say the same"
            if who
            else ("no column names the outlet")
        )
        raise UsageError(name, f"{row.place}: {there}", remedy=_wanted(columns))
    if needed and sum(each in row.cells for each in columns) != 1:
        raise UsageError(
            name, f"{row.place}: no column says anything about it", remedy=_wanted(columns)
        )
    return who[0]


def _wanted(columns: Sequence[str]) -> str:
    if columns == VALUES:
        return "It needs the columns outlet (or domain, or key) and value"
    return f"It needs domain (or key), and of these what is known: {', '.join(columns)}"


def _text(file: BinaryIO, name: str) -> str:
    body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise UsageError(name, f"it is larger than {MOST_BYTES // 1024**2} MB", remedy="Divide it")
    try:
        return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise UsageError(
            name, f"line {line} is not UTF-8", remedy="Save it as CSV UTF-8"
        ) from error


def _csv_rows(text: str, name: str, check: Callable[[_Row], object]) -> Iterator[_Row]:
    """The rows; `check` refuses a header of no such list, before a row that does not fit it."""
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)  # the header has no other use for them
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if len(header) > len(set(header)):
            twice = Counter(header).most_common(1)[0][0]
            raise UsageError(name, f"line 1: the column {twice[:80]!r} is there twice")
        begins = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(header):
                check(_Row("line 1", dict.fromkeys(header)))
                raise UsageError(
                    name,
                    f"line {begins}: {counted(len(cells), 'cell')} under "
                    f"{counted(len(header), 'column')}",
                    remedy="Put a cell that holds the delimiter into quotes",
                )
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(header) - len(cells))]
                yield _Row(f"line {begins}", dict(zip(header, padded, strict=True)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(name, f"line {reader.line_num} is not CSV: {error}") from error


def _json_rows(text: str, name: str) -> Iterator[_Row]:
    try:
        found = json.loads(text, object_pairs_hook=_object)
    except ValueError as error:
        raise UsageError(name, f"this is not JSON: {error}") from error
    except RecursionError as error:
        raise UsageError(name, "this is not a list of outlets: it is nested too deeply") from error
    if isinstance(found, dict):
        key = next((key for key in _LISTS if isinstance(found.get(key), list)), None)
        found = found[key] if key else [found]
    for number, row in enumerate(found, 1):
        place = f"entry {number}"
        if not isinstance(row, dict):
            raise UsageError(name, f"{place} is not an object", remedy="Write a list of objects")
        yield _Row(place, {str(k).strip().lower(): _cell(name, place, k, row[k]) for k in row})


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"an object has {twice[:80]!r} twice")
    return found


def _cell(name: str, place: str, column: str, value: object) -> Cell:
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(each, str) and NOT_TEXT.search(each) for each in texts):
        raise UsageError(
            name, f"{place}, column {column[:80]}: it contains half a character, or a NUL"
        )
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    names = value if isinstance(value, list) else [None]
    if column.strip().lower() == "aliases" and all(isinstance(each, str) for each in names):
        return [str(each) for each in names]
    raise UsageError(name, f"{place}, column {column[:80]}: the value is not text")
