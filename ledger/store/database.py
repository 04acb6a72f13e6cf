"""Transactions: each is on the disk as a whole, or not at all, and says which of the two it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.bulk import NotTakenError
from ledger.errors import StoreError
from ledger.journal import Link
from ledger.schema import HEAD, store_error

_TABLES = SQLModel.metadata.tables
_JOURNAL = _TABLES["journal"]
_SCHEMA = sa.text("SELECT MAX(version_num) FROM alembic_version")


class Database:
    """A database that is open for writing.

    Attributes:
        name: As shown to people.
        engine: Made by `ledger.engine`.
        last: The last link of the journal that the transaction writes; None so far.
    """

    def __init__(self, name: str, engine: sa.Engine) -> None:
        self.name = name
        self.engine = engine
        self.last: Link | None = None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for questions."""
        with self.mapped(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, bringing_up: bool = False) -> Iterator[sa.Connection]:
        """A transaction that holds the write lock from its beginning.

        An error while it is committed says nothing of whether it was: the answer of a server may
        be lost on its way. Then the journal is asked.

        Args:
            bringing_up: It makes the schema that of this program, which it need not be yet.

        Raises:
            StoreError: A program of another version changed the schema since it was opened.
        """
        self.last = None
        with (
            self.mapped(),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin() as transaction,
        ):
            if not bringing_up:
                self._check_schema(connection)
            yield connection
            try:
                transaction.commit()
            except sa.exc.DBAPIError:
                connection.invalidate()  # lets go of whatever it still holds
                if not self._is_recorded(self.last):
                    raise

    def _check_schema(self, connection: sa.Connection) -> None:
        schema = connection.scalar(_SCHEMA)
        if schema != HEAD:
            raise StoreError(
                self.name,
                f"meanwhile its schema became {schema}, and this program writes {HEAD}",
                remedy="Use the program that upgraded it: what was recorded before is safe",
            )

    def _is_recorded(self, last: Link | None) -> bool:
        """Whether the batch that ends with this link is; None for one that holds nothing.

        A server may still be at work on it: whoever has the lock knows that it is done.
        """
        if last is None:
            return False
        waits = self.engine.dialect.name == "postgresql"
        query = sa.select(_JOURNAL.c.digest).where(_JOURNAL.c.seq == last.seq)
        try:
            with self.engine.connect().execution_options(writes=waits) as connection:
                return connection.scalar(query) == last.digest
        except (sa.exc.DBAPIError, StoreError) as error:
            raise StoreError(
                self.name,
                "the connection to the database was lost while it confirmed, so it is not "
                "known whether the last part was recorded",
                remedy="Run the same command again: nothing is recorded twice",
            ) from error

    @contextmanager
    def mapped(self) -> Iterator[None]:
        """What goes wrong becomes an error of ours, with the name of the database."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise store_error(self.name, error.orig or error) from error
        except NotTakenError as error:
            raise StoreError(
                self.name,
                f"{error}, so nothing of it was recorded",
                remedy="Something was added there, such as a trigger; see: ledger doctor",
            ) from error
