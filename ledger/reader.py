"""A recorded ledger -> rows.

Reading starts often and must start fast, so it goes straight to the standard library's sqlite3
(20 ms), or to psycopg, and not through an object mapper (400 ms). The SQL it is given is standard
SQL with named parameters (`:name`); whatever differs between databases belongs in this file alone.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from ledger import postgresql
from ledger.errors import StoreError
from ledger.schema import BUSY_TIMEOUT_S, Place, damaged, revision_of, store_error

Row = dict[str, Any]
"""Column name to value, in the order of the SELECT list."""

_T = TypeVar("_T")

_JOIN = {"sqlite": "GROUP_CONCAT", "postgresql": "STRING_AGG"}

_BETWEEN = "\x1f"
"""ASCII's separator of units, which hardly any text has."""

CACHE_KIB = 65_536
"""Memory for pages and for sorting; only what is needed is taken."""

CHUNK = 500
"""Values bound in one `IN (...)`: below 999, the most that SQLite before 3.32 takes."""


class Reader:
    """One read-only view of a ledger: every question in one `with` block sees the same state.

    Args:
        db: A SQLite file, or the address of a PostgreSQL server, of the schema that this program
            writes; `store` makes and upgrades it. It is never written.
        busy_timeout_s: How long to wait for a writer.

    Attributes:
        db: The ledger as shown to people.
        kind: "sqlite" or "postgresql", for the few questions that cannot be put to both.

    Raises:
        StoreError: The ledger is missing, locked, damaged, unreadable or none.
    """

    def __init__(self, db: Place, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self._database: _Database = (
            _Server(db)
            if isinstance(db, str) and postgresql.is_server(db)
            else _File(Path(db), busy_timeout_s)
        )
        self.db = self._database.db
        self.kind = self._database.kind

    def __enter__(self) -> Self:
        try:
            self._database.begin()
        except StoreError:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._database.close()

    def look_anew(self) -> None:
        """See what was recorded since, and let whoever waits write. Raises as `rows`."""
        self._database.end()
        self._database.begin()

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        """Every row that `sql` answers, in its order.

        Args:
            sql: One statement with named parameters.
            params: A value for each name; more values than the statement has names are allowed.

        Raises:
            StoreError: The database could not answer.
        """
        return self._database.rows(sql, params or {})

    def tuples(self, sql: str, params: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """As `rows`, only the values, for long answers: each column needs a name of its own."""
        return self._database.tuples(sql, params or {})

    def columns(
        self,
        sql: str,
        texts: Sequence[str],
        numbers: Sequence[str],
        params: Mapping[str, object] | None = None,
    ) -> list[list[Any]]:
        """All that `sql` answers, for each column its values: for the longest answers.

        Args:
            sql: One statement with named parameters; the order of its rows is not kept.
            texts: Its columns of text.
            numbers: Its columns of whole numbers.
            params: As for `rows`.

        Returns:
            The columns in the order named here. The values of one row stand at one place.
        """
        # The database joins each column to one text: to hand over value by value takes longer.
        join, between = _JOIN[self.kind], f"'{_BETWEEN}'"
        lists = [f'{join}(COALESCE("{name}", {between}), {between}) AS "{name}"' for name in texts]
        lists += [f'{join}(CAST("{name}" AS TEXT), \',\') AS "{name}"' for name in numbers]
        joined = f"SELECT COUNT(*), {', '.join(lists)} FROM ({sql}) x"  # noqa: S608 - our own
        [(count, *found)] = self.tuples(joined, params)
        columns = [(text or "").split(_BETWEEN) for text in found[: len(texts)]]
        columns += [self.parsed(f"[{text or ''}]") for text in found[len(texts) :]]
        if all(len(column) == count for column in columns):
            return columns
        # No rows, a value that is not known, or a text that has the separator in it.
        rows = self.rows(sql, params)
        return [[row[name] for row in rows] for name in (*texts, *numbers)]

    def row(self, sql: str, params: Mapping[str, object] | None = None) -> Row | None:
        """The first row, or None when there is none. Raises as `rows`."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def rows_for(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object] | None = None
    ) -> list[Row]:
        """Rows of a statement about many ids, asked in chunks.

        Args:
            sql: One statement with the word `:ids` where the list `(...)` of ids belongs.
            ids: What to ask about; none gives no rows.
            params: Further named values.

        Returns:
            The rows of each chunk after one another, so in order only within a chunk.
        """
        answer: list[Row] = []
        for first in range(0, len(ids), CHUNK):
            chunk = ids[first : first + CHUNK]
            answer += self._database.rows_about(sql, chunk, params or {})
        return answer

    def tuples_for(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object] | None = None
    ) -> list[tuple[Any, ...]]:
        """As `rows_for`, only the values: each column needs a name of its own."""
        answer: list[tuple[Any, ...]] = []
        for first in range(0, len(ids), CHUNK):
            chunk = ids[first : first + CHUNK]
            answer += self._database.tuples_about(sql, chunk, params or {})
        return answer

    def parsed(self, text: str) -> Any:
        """The value of a JSON text column.

        Raises:
            StoreError: The text is no JSON: the row was damaged.
        """
        try:
            return json.loads(text)
        except (ValueError, TypeError, RecursionError) as error:
            raise StoreError(
                self.db,
                "the database is damaged: a list in it cannot be read",
                remedy="Keep the damaged file aside and restore a backup",
            ) from error


def _by_name(
    sql: str, ids: Sequence[str], params: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    names, values = listed("id", ids)
    return sql.replace(":ids", names), {**values, **params}


def _by_place(
    sql: str, ids: Sequence[str], params: Mapping[str, object]
) -> tuple[str, Mapping[str, object] | Sequence[object]]:
    """By name where other values are named; SQLite looks for each name among all before it."""
    if params:
        return _by_name(sql, ids, params)
    return sql.replace(":ids", f"({', '.join('?' * len(ids))})"), [*ids] * sql.count(":ids")


def listed(name: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """`(:name0, :name1)` and what it binds; no values give `(NULL)`, which nothing is in."""
    keys, sql = _numbered(name, len(values))
    return sql, dict(zip(keys, values, strict=True))


@lru_cache(maxsize=1024)
def _numbered(name: str, count: int) -> tuple[list[str], str]:
    keys = [f"{name}{number}" for number in range(count)]
    return keys, f"({', '.join(f':{key}' for key in keys) or 'NULL'})"


_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def unaccented(text: str) -> str:
    """A text without the accents of Latin letters, as PostgreSQL's index of words has it.

    Letters that are more than a letter and an accent, such as "ø", stay.
    """
    if text.isascii():
        return text
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


_ACCENTED = re.compile("([A-Za-z])[\u0300-\u036f]+")


def lower(text: str) -> str:
    """What SQL's LOWER gives of a recorded text on both databases: only A to Z are changed.

    For a value that is compared with one. LOWER of a parameter goes by the server's language.
    """
    return text.translate(_LOWER)


class _Database(Protocol):
    """What a reader needs of one kind of database. `begin` starts a view of one state."""

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


class _File:
    """A SQLite file."""

    kind = "sqlite"

    def __init__(self, path: Path, busy_timeout_s: float) -> None:
        self.db = str(path)
        self._path = path.absolute()
        if not path.is_file():
            raise StoreError(self.db, "there is no ledger here", remedy="Check the path")
        try:
            self._connection = sqlite3.connect(
                f"{self._path.as_uri()}?mode=ro",
                uri=True,
                timeout=busy_timeout_s,
                isolation_level=None,
            )
        except sqlite3.Error as error:
            raise store_error(self.db, error) from error
        self._connection.create_function("unaccented", 1, unaccented, deterministic=True)

    def begin(self) -> None:
        self.rows("PRAGMA trusted_schema = OFF", {})  # a ledger may come from a stranger
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
        return self._asked(*_by_place(sql, ids, params), _named)

    def tuples_about(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        return self._asked(*_by_place(sql, ids, params), sqlite3.Cursor.fetchall)

    def _asked(
        self,
        sql: str,
        params: Mapping[str, object] | Sequence[object],
        taken: Callable[[sqlite3.Cursor], list[_T]],
    ) -> list[_T]:
        try:
            try:
                return taken(self._connection.execute(sql, params))
            except sqlite3.OperationalError as error:
                if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
                    raise
            # Somebody died while writing. Who only reads may not take back the half transaction.
            revision_of(self._path)
            return taken(self._connection.execute(sql, params))
        except sqlite3.ProgrammingError:
            raise  # our own mistake, not the database's
        except sqlite3.DatabaseError as error:
            raise store_error(self.db, error) from error
        except UnicodeDecodeError as error:  # a message about a damaged name is none
            raise damaged(self.db) from error


class _Server:
    """A PostgreSQL database. It answers as SQLite does: booleans are 0 and 1, sums whole numbers.

    A transaction begins by itself with the first question.
    """

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self.db = postgresql.shown(url)
        self._connection = postgresql.reading(url)

    def begin(self) -> None:
        self.rows("SELECT 1", {})  # the state that is seen is the one of now

    def end(self) -> None:
        postgresql.end(self._connection, self.db)

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, params: Mapping[str, object]) -> list[Row]:
        return postgresql.rows(self._connection, self.db, sql, params)

    def tuples(self, sql: str, params: Mapping[str, object]) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in self.rows(sql, params)]

    def rows_about(self, sql: str, ids: Sequence[str], params: Mapping[str, object]) -> list[Row]:
        return self.rows(*_by_name(sql, ids, params))

    def tuples_about(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        return self.tuples(*_by_name(sql, ids, params))


def _named(cursor: sqlite3.Cursor) -> list[Row]:
    # The names are looked up once, and no code of ours runs for a row: a third of the time.
    names = [column[0] for column in cursor.description or ()]
    return list(map(dict, map(zip, repeat(names), cursor)))
