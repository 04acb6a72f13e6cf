"""A recorded ledger -> rows.

Reading starts often and must start fast, so it goes straight to the standard library's sqlite3
(20 ms) and not through an object mapper (400 ms). The SQL it is given is standard SQL with
named parameters (`:name`); whatever differs between databases belongs in this file alone.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ledger.errors import StoreError
from ledger.schema import BUSY_TIMEOUT_S, store_error

Row = dict[str, Any]
"""Column name to value, in the order of the SELECT list."""

CHUNK = 500
"""Values bound in one `IN (...)`: below 999, the most that SQLite before 3.32 takes."""


class Reader:
    """One read-only view of a ledger: every question in one `with` block sees the same state.

    Args:
        db: A SQLite file of the schema that this program writes; `store` makes and upgrades it.
            It is never written.
        busy_timeout_s: How long to wait for a writer.

    Raises:
        StoreError: The file is missing, locked, damaged, unreadable or no ledger.
    """

    def __init__(self, db: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self.db = str(db)
        if not db.is_file():
            raise StoreError(self.db, "there is no ledger here", remedy="Check the path")
        try:
            self._connection = sqlite3.connect(
                f"{db.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=busy_timeout_s,
                isolation_level=None,
            )
        except sqlite3.Error as error:
            raise store_error(self.db, error) from error
        self._connection.row_factory = _as_dict

    def __enter__(self) -> Self:
        self.rows("PRAGMA trusted_schema = OFF")  # a ledger may come from a stranger
        self.rows("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        self._connection.close()

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        """Every row that `sql` answers, in its order.

        Args:
            sql: One statement with named parameters.
            params: A value for each name; more values than the statement has names are allowed.

        Raises:
            StoreError: The database could not answer.
        """
        try:
            return self._connection.execute(sql, params or {}).fetchall()
        except sqlite3.ProgrammingError:
            raise  # our own mistake, not the database's
        except sqlite3.DatabaseError as error:
            raise store_error(self.db, error) from error

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
            names, values = listed("id", ids[first : first + CHUNK])
            answer += self.rows(sql.replace(":ids", names), {**values, **(params or {})})
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


def listed(name: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """`(:name0, :name1)` and what it binds; no values give `(NULL)`, which nothing is in."""
    bound = {f"{name}{number}": value for number, value in enumerate(values)}
    return f"({', '.join(f':{key}' for key in bound) or 'NULL'})", bound


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
