"""A ledger -> a copy of it in one file.

A SQLite ledger is copied by SQLite itself (`VACUUM INTO`), which sees one state of it while others
go on writing. A PostgreSQL ledger is copied by that server's own `pg_dump`.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ledger import postgresql, server_address
from ledger.errors import LedgerError, StoreError
from ledger.ledger_file import (
    LAST_RECORD,
    Holdings,
    entries_of,
    is_damage,
    left_beside,
    opened,
    put_new,
    refuse_left,
)
from ledger.placing import mode_of, place, unfinished, unwritten
from ledger.schema import revision_of, sqlite_path, store_error


class Backup(NamedTuple):
    """What a copy holds.

    Attributes:
        path: Where it is.
        entries: Number of journal records, which are gap-free.
        head: Digest of the last; None when there is none.
        bytes: Size of the file.
    """

    path: Path
    entries: int
    head: str | None
    bytes: int


def back_up(db: str, to: Path) -> Backup:
    """Copy the ledger at `db` to the file `to`, completely or not at all.

    Of a SQLite ledger it gets the mode, so that nobody reads the copy who may not read the ledger;
    of a server it is for its owner alone.

    Args:
        db: As for `store.open_ledger`.
        to: A file that does not exist; its folder does.

    Raises:
        StoreError: There is no ledger, `to` exists or cannot be written, something lies beside it
            that would be taken for a part of it, or the server's own program for copies is missing
            or fails.
    """
    if os.path.lexists(to):
        raise StoreError(str(to), "it exists", remedy="Name another file")
    path = sqlite_path(db)
    if path is not None and revision_of(path) is None:
        raise StoreError(str(path), "there is no ledger here", remedy="Check the path")
    if path is not None:
        refuse_left(to)
    with unfinished(to) as made:
        if path is None:
            return _dump(db, made, to)
        copy(path, made, to)
        entries, head = entries_of(made)
        size = made.stat().st_size
        put_new(made, to, mode_of(path))
    return Backup(to, entries, head, size)


def copy(path: Path, made: Path, to: Path) -> None:
    """Copy a SQLite ledger to the file `made`, which its owner alone may read and write.

    Args:
        path: The ledger; others may go on writing to it.
        made: A name that nothing has.
        to: The file that `made` will be, for messages.

    Raises:
        StoreError: `path` cannot be read, or `made` not be written.
    """
    _make(made, to)
    try:
        with closing(opened(path)) as connection:
            # As bytes, because a name need not be UTF-8.
            connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(made),))
        with closing(opened(made)) as connection:
            connection.execute("PRAGMA user_version = 0")  # nothing that was erased is in a copy
    except sqlite3.Error as error:
        about = path if is_damage(error) else to
        raise store_error(str(about), error) from error


def copies_before_upgrade(path: Path, revision: str) -> Iterator[Path]:
    """Where the copy of a SQLite ledger may be kept that an upgrade from schema `revision` makes.

    The first of these names that nothing else has is taken.
    """
    named = path.with_name(f"{path.name}.schema-{revision}")
    yield named
    yield from (named.with_name(f"{named.name}-{number}") for number in count(2))


def keep_a_copy(path: Path, revision: str) -> Path:
    """Copy a SQLite ledger before it is upgraded, unless a copy of the same content is there.

    Returns:
        Where the copy is.

    Raises:
        StoreError: As `back_up`.
    """
    held = entries_of(path)
    for to in copies_before_upgrade(path, revision):
        if not os.path.lexists(to) and not left_beside(to):
            back_up(str(path), to)
            return to
        if _is_copy(to, revision, held):
            return to
    raise AssertionError("there is always another name")


def _is_copy(to: Path, revision: str, held: Holdings) -> bool:
    try:
        return to.is_file() and revision_of(to) == revision and entries_of(to) == held
    except LedgerError:  # of whatever it is a file
        return False


def _make(made: Path, to: Path) -> None:
    """Make an empty file for its owner alone, before anything is in it that others may not read."""
    try:
        made.touch(0o600, exist_ok=False)
    except OSError as error:
        raise StoreError(str(to), unwritten(error), remedy="Name another file") from error


def _dump(db: str, made: Path, to: Path) -> Backup:
    name = server_address.shown(db)
    _make(made, to)
    with postgresql.reading(db) as connection:
        # What is dumped is the state of which the head is told, though others go on writing.
        (said,) = postgresql.rows(connection, name, "SELECT pg_export_snapshot() AS snapshot", {})
        head = postgresql.rows(connection, name, LAST_RECORD, {})
        _pg_dump(made, db, str(said["snapshot"]))
    entries, digest = (head[0]["seq"], head[0]["digest"]) if head else (0, None)
    size = made.stat().st_size
    try:
        place(made, to)
    except OSError as error:
        raise StoreError(str(to), unwritten(error), remedy="Name another file") from error
    return Backup(to, entries, digest, size)


def _pg_dump(made: Path, db: str, snapshot: str) -> None:
    program = shutil.which("pg_dump")
    name = server_address.shown(db)
    if program is None:
        raise StoreError(
            name,
            "pg_dump, which copies PostgreSQL databases, is not installed",
            remedy="Install PostgreSQL's client programs, or use: ledger db export",
        )
    # The password goes by the environment: anyone may read the arguments of a program.
    address, password = server_address.without_password(db)
    secret: Mapping[str, str] = {"PGPASSWORD": password} if password else {}
    asked = ("--no-password", f"--dbname={address}", "--format=custom", "--no-owner")
    done = subprocess.run(  # noqa: S603 - the program of the server, our own arguments
        [program, *asked, f"--snapshot={snapshot}", f"--file={made}"],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        lines = [line.removeprefix("pg_dump: ") for line in lines]
        # Its last line is often a detail of the one before it.
        said = "; ".join(lines[-2:] if lines[-1].startswith("detail:") else lines[-1:])
        raise StoreError(
            name,
            f"pg_dump: {said}",
            remedy=(
                "Fix that (pg_dump must not be older than the server), or use: ledger db export"
            ),
        )
