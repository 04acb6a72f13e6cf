"""Rows -> their table, many at once, straight through the driver.

An object mapper, and also SQLAlchemy's compiled inserts, look at each value of each row again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import SQLModel

COPY_FROM = 2
"""Rows from which PostgreSQL's COPY is faster than INSERT, by benchmarks/copy_or_insert.py."""

TOGETHER = (512, 32, 4)
"""Rows in one INSERT for SQLite, the most first: one at a time, each opens what a trigger could
take back, and that is a third of the time; few lengths, so that each is compiled once."""

VALUES = 32_766
"""Values in one statement, the most that SQLite takes since 3.32."""

CHUNK = 500
"""Values per look-up: below 999, the most variables that SQLite before 3.32 takes."""

_T = TypeVar("_T")

Row = tuple[Any, ...]
"""A value for every column of a table, in their order."""


class NotTakenError(Exception):
    """A table did not do as it was told, without a word: somebody's trigger or rule keeps it."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the table {table} drops what is written to it, without an error")


def rows(table: sa.Table, contents: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The rows with these values, which have one for each column."""
    return list(map(itemgetter(*table.columns.keys()), contents))


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Put rows into a table.

    Args:
        connection: In a transaction.
        table: One of this program's.
        rows: As many as there are; none is allowed.

    Raises:
        sqlalchemy.exc.DBAPIError: The table or the database does not take them.
        NotTakenError: It took fewer of them, and did not say so.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        taken = _copy(connection, table, rows)
    elif connection.dialect.name == "postgresql":
        taken = connection.exec_driver_sql(_insert(table, "%s"), [*rows]).rowcount
    else:
        taken = _insert_together(connection, table, rows)
    if taken != len(rows):
        raise NotTakenError(table.name)


def chunks(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The values in their order, at most `CHUNK` at a time."""
    for first in range(0, len(values), CHUNK):
        yield values[first : first + CHUNK]


def held(connection: sa.Connection, column: sa.Column[Any], values: Sequence[str]) -> set[str]:
    """Those of `values` that the column holds."""
    found: set[str] = set()
    table, name = _quoted([column.table.name]), _quoted([column.name])
    asked = f"SELECT {name} FROM {table} WHERE {name}"  # noqa: S608 - our own names
    for some in chunks(values):
        if connection.dialect.paramstyle == "qmark":
            places = ", ".join("?" * len(some))
            rows = connection.exec_driver_sql(f"{asked} IN ({places})", tuple(some))
        else:
            rows = connection.exec_driver_sql(f"{asked} = ANY(%s)", ([*some],))
        found.update(rows.scalars())
    return found


def count_anew(
    connection: sa.Connection, *, words: bool = True, only: Iterable[sa.Table] | None = None
) -> None:
    """Let a server count what the tables hold, by which it chooses how to answer; a file need not.

    By itself it does so a while after much was committed, and until then looks through whole tables
    for what an index would give at once. Who does not own the tables goes without.

    Args:
        connection: In a transaction, what that wrote being counted, too.
        words: Whether to count the words of claims also, which takes as long as all the rest, and
            by which only a search for them is answered.
        only: Tables; None for all.
    """
    if connection.dialect.name == "postgresql":
        # What an index computes of a row is counted only where no columns are named.
        tables = [
            _quoted([table.name]) + ("" if words else f" ({_quoted(table.columns.keys())})")
            for table in (SQLModel.metadata.tables.values() if only is None else only)
        ]
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {', '.join(tables)}")


def asking(
    connection: sa.Connection,
) -> Callable[[str, Mapping[str, object]], Sequence[Any]]:
    """How to ask by a connection, which sees what it wrote: see `tree.Ask`."""
    return lambda sql, values: connection.execute(sa.text(sql), values).mappings().all()


def _insert_together(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> int:
    first = taken = 0
    for many in TOGETHER:
        if many * len(table.columns) > VALUES:
            continue
        statement = _insert(table, "?", many)
        while len(rows) - first >= many:
            values = tuple(chain.from_iterable(rows[first : first + many]))
            taken += connection.exec_driver_sql(statement, values).rowcount
            first += many
    if first < len(rows):
        taken += connection.exec_driver_sql(_insert(table, "?"), [*rows[first:]]).rowcount
    return taken


@lru_cache
def _insert(table: sa.Table, place: str, rows: int = 1) -> str:
    names = table.columns.keys()
    values = f"({', '.join([place] * len(names))})"
    return (
        f"INSERT INTO {_quoted([table.name])} ({_quoted(names)})"  # noqa: S608 - our own names
        f" VALUES {', '.join([values] * rows)}"
    )


def _copy(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> int:
    import psycopg

    sql = f"COPY {_quoted([table.name])} ({_quoted(table.columns.keys())}) FROM STDIN"
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment] # it is psycopg's
    try:
        with raw.cursor() as cursor:
            with cursor.copy(sql.encode()) as copy:
                for values in rows:
                    copy.write_row(values)
            return cursor.rowcount
    except psycopg.Error as error:
        # What came past SQLAlchemy is told in its words, as everything else.
        raise sa.exc.DBAPIError.instance(
            sql, None, error, psycopg.Error, dialect=connection.dialect
        ) from error


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
