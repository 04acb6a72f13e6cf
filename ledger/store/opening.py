"""A path or an address -> the ledger there, made or upgraded first where that is needed."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ledger import summaries
from ledger.backup import keep_a_copy
from ledger.engine import file_engine, server_engine
from ledger.errors import LedgerError, StoreError
from ledger.ledger_file import refuse_left
from ledger.schema import (
    BUSY_TIMEOUT_S,
    HEAD,
    refuse_newer,
    revision_of,
    shown,
    sqlite_path,
)
from ledger.store.ledger import Ledger
from ledger.upgrade import upgrade


def open_ledger(
    db: str,
    *,
    clock: Callable[[], datetime],
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    when_made: Callable[[], None] | None = None,
) -> Ledger:
    """The ledger at `db`, made when there is none, upgraded when its schema is older.

    Args:
        db: A path, `sqlite:///` and a path, or `postgresql://...`. Missing folders are made, the
            last of them for the user alone (mode 0700).
        clock: Gives the time of recording, with its zone.
        busy_timeout_s: How long to wait for another writer before giving up.
        when_made: Where there is no ledger, it is made when something is to be recorded and not
            before, and then this is called. None to make it at once.

    Returns:
        A context manager; leaving it closes the database.

    Raises:
        StoreError: Another program's file or none of a database, damaged, read-only, locked, full,
            or of a schema newer than this program.
        IntegrityError: An upgrade would have lost something; nothing was changed.
    """
    path = sqlite_path(db)
    if path is None:
        name = shown(db)
        engine = server_engine(db, busy_timeout_s)
    else:
        name = str(path)
        _require_writable(path)
        engine = file_engine(path, busy_timeout_s)
    revision = revision_of(path or db, busy_timeout_s=busy_timeout_s)
    refuse_newer(name, revision)
    if path is not None and not path.exists():
        refuse_left(path)  # SQLite would throw it away, and a database that was moved needs it
    ledger = Ledger(name, engine, clock, busy_timeout_s)
    if revision is None and when_made is not None:

        def make() -> None:
            _bring_up(ledger)
            when_made()

        ledger.make_later(make)
    elif revision != HEAD:
        try:
            if path is not None and revision is not None:
                ledger.kept = keep_a_copy(path, revision)
            _bring_up(ledger)
        except LedgerError:
            ledger.close()
            raise
    return ledger


def _bring_up(ledger: Ledger) -> None:
    with ledger.writing(bringing_up=True) as connection:
        upgrade(connection, ledger.db)
        summaries.make_anew(connection)


def _require_writable(path: Path) -> None:
    """Make the folder; refuse now, before anything is fetched, what could not be written later."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder_open = os.access(path.parent, os.W_OK | os.X_OK)
        if path.is_dir():
            raise StoreError(str(path), "this is a folder", remedy="Name a file in it")
        if path.exists() and not path.is_file():  # such as /dev/null
            raise StoreError(str(path), "this is not a file", remedy="Name another place")
        file_open = os.access(path, os.R_OK | os.W_OK) or not path.exists()
    except OSError as error:
        raise StoreError(
            str(path), f"it cannot be made: {error.strerror}", remedy="Name another place"
        ) from error
    if not (folder_open and file_open):
        raise StoreError(
            str(path),
            f"{'the file' if folder_open else 'its folder'} cannot be written to",
            remedy="Change the permissions, or name another database",
        )
