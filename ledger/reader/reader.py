"""Questions -> rows, all of one state of the ledger."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ledger import server_address
from ledger.errors import StoreError
from ledger.reader.binding import CHUNK
from ledger.reader.databases import Database, File, Row, Server
from ledger.schema import BUSY_TIMEOUT_S, Place

_JOIN = {"sqlite": "GROUP_CONCAT", "postgresql": "STRING_AGG"}

_BETWEEN = "\x1f"
"""ASCII's separator of units, which hardly any text has."""


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
        self._database: Database = (
            Server(db)
            if isinstance(db, str) and server_address.is_server(db)
            else File(Path(db), busy_timeout_s)
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
        """As `rows`, only the values, for long answers."""
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
        """As `rows_for`, only the values."""
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
