"""Rows -> their table, many at once, straight through the driver.

An object mapper, and also SQLAlchemy's compiled inserts, look at each value of each row again.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

COPY_FROM = 16
"""Rows from which PostgreSQL's COPY is faster than INSERT, measured on one machine."""

Rows = Sequence[Mapping[str, Any]]


def insert(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Put rows into a table.

    Args:
        connection: In a transaction.
        table: One of this program's.
        rows: Each with a value for every column of the table.

    Raises:
        sqlalchemy.exc.DBAPIError: The table or the database does not take them.
    """
    if not rows:
        return
    names = table.columns.keys()
    values = [tuple([row[name] for name in names]) for row in rows]
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        _copy(connection, table, values)
    else:
        connection.exec_driver_sql(_insert(table, connection.dialect.paramstyle), values)


@lru_cache
def _insert(table: sa.Table, paramstyle: str) -> str:
    names = table.columns.keys()
    place = "?" if paramstyle == "qmark" else "%s"
    return (
        f"INSERT INTO {_quoted([table.name])} ({_quoted(names)})"  # noqa: S608 - our own names
        f" VALUES ({', '.join([place] * len(names))})"
    )


def _copy(connection: sa.Connection, table: sa.Table, values: list[tuple[Any, ...]]) -> None:
    import psycopg

    sql = f"COPY {_quoted([table.name])} ({_quoted(table.columns.keys())}) FROM STDIN"
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment] # it is psycopg's
    try:
        with raw.cursor() as cursor, cursor.copy(sql.encode()) as copy:
            for row in values:
                copy.write_row(row)
    except psycopg.Error as error:
        # What came past SQLAlchemy is told in its words, as everything else.
        raise sa.exc.DBAPIError.instance(
            sql, None, error, psycopg.Error, dialect=connection.dialect
        ) from error


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
