"""Settings -> an open ledger, made or upgraded first where that is needed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.commands.settings import Settings
from ledger.commands.words import say
from ledger.errors import StoreError
from ledger.reader import Reader
from ledger.schema import HEAD, refuse_newer, revision_of, sqlite_path

if TYPE_CHECKING:
    from ledger.store import Ledger


def place(settings: Settings) -> str:
    """The database to use: --db, LEDGER_DB, or a file in the platform's data folder."""
    if settings.db:
        return settings.db
    import platformdirs

    # Not "ledger": that folder belongs to the accounting program.
    return str(platformdirs.user_data_path("claim-ledger") / "ledger.db")


def readable(settings: Settings) -> Reader:
    """The ledger to ask, for a `with` block.

    Raises:
        StoreError: It cannot be used; see `ledger.errors`.
    """
    db = place(settings)
    path = sqlite_file(db)
    revision = revision_of(path)
    refuse_newer(db, revision)
    if revision != HEAD:
        writable(settings).close()
        say(f"Made a new ledger at {path}" if revision is None else f"Upgraded {path}", settings)
    return Reader(path)


def writable(settings: Settings) -> "Ledger":
    """The ledger to append to, for a `with` block; made or upgraded by opening it."""
    from ledger.store import open_ledger  # writing may start slowly, reading may not

    return open_ledger(place(settings), clock=lambda: datetime.now(UTC))


def sqlite_file(db: str) -> Path:
    """The file that holds the ledger.

    Raises:
        StoreError: `db` names a server, or nothing.
    """
    path = sqlite_path(db)
    if path is None:
        raise StoreError(
            "postgresql://", "reading from a server is not built yet", remedy="Use a file"
        )
    return path
