"""A SQLite file -> a connection that only asks questions. Standard library only, as `schema`."""

import os
import sqlite3
import stat
from pathlib import Path
from typing import TypeVar

from ledger.errors import StoreError

_C = TypeVar("_C", bound=sqlite3.Connection)


class Unlocked(sqlite3.Connection):
    """A connection that takes no locks: another user may write to the file while it asks."""

    path: Path
    held: tuple[int, int] | None

    def is_unchanged(self) -> bool:
        """Whether the file is as it was when it was opened, by its size and time."""
        return _state(self.path) == self.held


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def opened_to_read(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    """A connection that changes nothing of what is recorded, outside any transaction.

    It is not opened with mode=ro: such a connection can neither take back the half transaction of
    a writer that died, nor remove the two files of a write-ahead log when it is the last to close.

    Args:
        path: Absolute, of a file that is there.
        busy_timeout_s: How long to wait for a writer, in seconds.

    Raises:
        sqlite3.Error: It cannot be opened, is no database, damaged, or locked for longer.
        StoreError: Beside it is what no writer of it left.
    """
    _refuse_planted(Path(os.path.realpath(path)))  # where SQLite looks, too
    try:
        return _opened(path, "mode=rw", busy_timeout_s, sqlite3.Connection)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_READONLY_DIRECTORY":
            raise
    # A write-ahead log needs two more files in a folder where this user may make none. There is no
    # log now, so all of the ledger is in its one file (sqlite.org/wal.html#readonly).
    held = _state(path)
    connection = _opened(path, "mode=ro&immutable=1", busy_timeout_s, Unlocked)
    connection.path, connection.held = path, held
    return connection


def _refuse_planted(path: Path) -> None:
    """Let nobody write to the ledger at `path` who may not, by what he puts beside it.

    A journal or log is written into the ledger as soon as that is opened, whoever left it.
    """
    for ending in ("-journal", "-wal"):
        beside = path.with_name(f"{path.name}{ending}")
        try:
            found, ledger = beside.lstat(), path.stat()
        except OSError:
            continue
        if stat.S_ISFIFO(found.st_mode):  # SQLite would wait for its words for ever
            what = "is a pipe"
            remedy = "Find out who put it there, and move it away"
        elif not found.st_size or ledger.st_mode & 0o022 or _is_ours(found, ledger):
            continue
        else:
            what = f"belongs to user {found.st_uid}, who may not write to the ledger"
            remedy = "If a command of that user died, chown it to the ledger's owner; else move it"
        raise StoreError(str(path), f"{beside.name} beside it {what}", remedy=remedy)


def _is_ours(found: os.stat_result, ledger: os.stat_result) -> bool:
    """Whether what was found was left by who may write to the ledger, or by whoever asks.

    Who asks gains nothing by it, and may be allowed to write by a list that no mode shows.
    """
    return found.st_uid in (0, ledger.st_uid) or found.st_uid == os.geteuid()


def _opened(path: Path, how: str, busy_timeout_s: float, kind: type[_C]) -> _C:
    connection = sqlite3.connect(
        f"{path.as_uri()}?{how}",
        uri=True,
        timeout=busy_timeout_s,
        isolation_level=None,
        factory=kind,
    )
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")  # a ledger may come from a stranger
        connection.execute("PRAGMA schema_version").fetchone()  # the first look into the file
    except sqlite3.Error:
        connection.close()
        raise
    return connection
