"""One kind of database each: how it is opened and asked, and what its errors are here."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ledger import postgresql, server_address
from ledger.errors import StoreError
from ledger.opened_to_read import Unlocked, opened_to_read
from ledger.reader.binding import by_name, by_place
from ledger.reader.spelling import scripts_apart, unaccented
from ledger.schema import damaged, store_error

Row = dict[str, Any]
"""Column name to value, in the order of the SELECT list."""

_T = TypeVar("_T")

CACHE_KIB = 65_536
"""Memory for pages and for sorting; only what is needed is taken."""


class Database(Protocol):
    """What a reader needs of one kind of database.

    `begin` starts a view of one state, which all questions see until `end`. Those `about` ids put
    them where the statement has `:ids`. Each raises StoreError.

    Attributes:
        db: Path or address, for messages.
        kind: "sqlite" or "postgresql".
    """

    db: str
    kind: str

    def begin(self) -> None: ...

    def end(self) -> None: ...

    def close(self) -> None: ...

    def rows(self, sql: str, params: Mapping[str, object]) -> list[Row]: ...

    def tuples(self, sql: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]: ...

    def rows_about(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object]
    ) -> list[Row]: ...

    def tuples_about(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object]
    ) -> list[tuple[Any, ...]]: ...


class File:
    """A SQLite file."""

    kind = "sqlite"

    def __init__(self, path: Path, busy_timeout_s: float) -> None:
        self.db = str(path)
        try:
            if not path.is_file():
                raise StoreError(self.db, "there is no ledger here", remedy="Check the path")
            self._connection = opened_to_read(path.absolute(), busy_timeout_s)
        except sqlite3.Error as error:
            raise store_error(self.db, error) from error
        except OSError as error:
            raise StoreError(self.db, f"it cannot be opened: {error.strerror}") from error
        for function in (unaccented, scripts_apart):
            self._connection.create_function(function.__name__, 1, function, deterministic=True)

    def begin(self) -> None:
        # With the two megabytes that SQLite takes by itself, what is sorted goes through a file.
        self.rows(f"PRAGMA cache_size = -{CACHE_KIB}", {})
        self.rows("BEGIN", {})

    def end(self) -> None:
        self.rows("COMMIT", {})

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, params: Mapping[str, object]) -> list[Row]:
        return self._asked(sql, params, _named)

    def tuples(self, sql: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return self._asked(sql, params, sqlite3.Cursor.fetchall)

    def rows_about(self, sql: str, ids: Sequence[str], params: Mapping[str, object]) -> list[Row]:
        return self._asked(*by_place(sql, ids, params), _named)

    def tuples_about(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        return self._asked(*by_place(sql, ids, params), sqlite3.Cursor.fetchall)

    def _asked(
        self,
        sql: str,
        params: Mapping[str, object] | Sequence[object],
        taken: Callable[[sqlite3.Cursor], list[_T]],
    ) -> list[_T]:
        try:
            found = taken(self._connection.execute(sql, params))
            if isinstance(self._connection, Unlocked) and not self._connection.is_unchanged():
                raise StoreError(
                    self.db, "another user wrote to it while it was read", remedy="Ask again"
                )
            return found
        except sqlite3.ProgrammingError:
            raise  # our own mistake, not the database's
        except sqlite3.DatabaseError as error:
            raise store_error(self.db, error) from error
        except UnicodeDecodeError as error:  # a message about a damaged name is none
            raise damaged(self.db) from error


class Server:
    """A PostgreSQL database. It answers as SQLite does: booleans are 0 and 1, sums whole numbers.

    A transaction begins by itself with the first question.
    """

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self.db = server_address.shown(url)
        self._connection = postgresql.reading(url)

    def begin(self) -> None:
        self.rows(postgresql.SETTLED, {})  # the state that is seen is the one of now

    def end(self) -> None:
        postgresql.end(self._connection, self.db)

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, params: Mapping[str, object]) -> list[Row]:
        return postgresql.rows(self._connection, self.db, sql, params)

    def tuples(self, sql: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return postgresql.tuples(self._connection, self.db, sql, params)

    def rows_about(self, sql: str, ids: Sequence[str], params: Mapping[str, object]) -> list[Row]:
        return self.rows(*by_name(sql, ids, params))

    def tuples_about(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        return self.tuples(*by_name(sql, ids, params))


def _named(cursor: sqlite3.Cursor) -> list[Row]:
    # The names are looked up once, and no code of ours runs for a row: a third of the time.
    names = [column[0] for column in cursor.description or ()]
    return list(map(dict, map(zip, repeat(names), cursor)))
