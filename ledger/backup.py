"""A ledger -> one file beside it that holds the same, and back.

A SQLite ledger is copied by SQLite itself (`VACUUM INTO`), which sees one state of it while others
go on writing. A PostgreSQL ledger is copied by that server's own `pg_dump`.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ledger import postgresql
from ledger.errors import StoreError
from ledger.schema import BUSY_TIMEOUT_S, revision_of, sqlite_path, store_error

_HEAD = "SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1"


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
    """Copy the ledger at `db` to the file `to`, which is there whole or not at all.

    Args:
        db: As for `store.open_ledger`.
        to: A file that does not exist; its folder does.

    Raises:
        StoreError: There is no ledger, `to` exists or cannot be written, or the server's own
            program for copies is missing or fails.
    """
    if os.path.lexists(to):
        raise StoreError(str(to), "it exists", remedy="Name another file")
    path = sqlite_path(db)
    if path is not None and revision_of(path) is None:
        raise StoreError(str(path), "there is no ledger here", remedy="Check the path")
    with _put_in_place(to) as partial:
        if path is None:
            return _dump(db, partial, to)
        try:
            with closing(_opened(path)) as connection:
                connection.execute("VACUUM INTO ?", (str(partial),))
            entries, head = _head_of(partial)
        except sqlite3.Error as error:
            raise store_error(str(to), error) from error
        return Backup(to, entries, head, partial.stat().st_size)


def copy_before_upgrade(path: Path, revision: str) -> Path:
    """Where the copy of a SQLite ledger is kept that an upgrade from schema `revision` makes."""
    return path.with_name(f"{path.name}.schema-{revision}")


def keep_a_copy(path: Path, revision: str) -> None:
    """Copy a SQLite ledger before it is upgraded, unless a copy of the same content is there.

    Raises:
        StoreError: As `back_up`; or a copy of something else is in the way.
    """
    to = copy_before_upgrade(path, revision)
    if os.path.lexists(to) and entries_of(to) == entries_of(path):
        return
    back_up(str(path), to)


def entries_of(path: Path) -> tuple[int, str | None]:
    """Number of journal records in a SQLite ledger, and the digest of the last.

    Raises:
        StoreError: It is damaged, locked or unreadable.
    """
    try:
        return _head_of(path)
    except sqlite3.Error as error:
        raise store_error(str(path), error) from error


def put_back(made: Path, path: Path, aside: Path | None) -> None:
    """Make the file `made` the ledger at `path`; both in one folder.

    Args:
        made: A ledger that nobody has open.
        path: Where it shall be.
        aside: Where the ledger that is at `path` is kept; None when nothing is there.

    Raises:
        StoreError: Somebody is using what is at `path`, or the folder may not be written.
    """
    try:
        if aside is not None:
            _let_go(path)
            for ending in ("-wal", "-shm"):  # left only beside a damaged one
                beside = path.with_name(f"{path.name}{ending}")
                if beside.exists():
                    beside.rename(aside.with_name(f"{aside.name}{ending}"))
            _kept_as(path, aside)
        made.replace(path)
        _sync(path.parent)
    except sqlite3.Error as error:
        raise store_error(str(path), error) from error
    except OSError as error:
        raise StoreError(str(path), f"it cannot be put in place: {error.strerror}") from error


def _kept_as(path: Path, aside: Path) -> None:
    """Give a file a second name; unlike a rename that takes no other file's place."""
    try:
        os.link(path, aside)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        path.rename(aside)


def _head_of(path: Path) -> tuple[int, str | None]:
    with closing(_opened(path)) as connection:
        found = connection.execute(_HEAD).fetchone()
    return (0, None) if found is None else (found[0], found[1])


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _let_go(path: Path) -> None:
    """Bring everything into the one file, and be sure that nobody else holds it.

    What is damaged stays as it is: nobody can write to it.
    """
    try:
        with closing(_opened(path)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise


@contextmanager
def _put_in_place(to: Path) -> Iterator[Path]:
    """A name beside `to`, for what becomes `to` when the block ends well."""
    partial = to.with_name(f".{to.name}.part-{os.getpid()}")
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(partial, to)  # unlike a rename it never takes another file's place
        _sync(to.parent)
    except OSError as error:
        raise StoreError(
            str(to), f"it cannot be written: {error.strerror}", remedy="Name another file"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _sync(folder: Path) -> None:
    """Let the name of a file in `folder` survive a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _dump(db: str, partial: Path, to: Path) -> Backup:
    name = postgresql.shown(db)
    with postgresql.reading(db) as connection:
        # What is dumped is the state of which the head is told, though others go on writing.
        (said,) = postgresql.rows(connection, name, "SELECT pg_export_snapshot() AS snapshot", {})
        head = postgresql.rows(connection, name, _HEAD, {})
        _pg_dump(partial, db, str(said["snapshot"]))
    entries, digest = (head[0]["seq"], head[0]["digest"]) if head else (0, None)
    return Backup(to, entries, digest, partial.stat().st_size)


def _pg_dump(partial: Path, db: str, snapshot: str) -> None:
    program = shutil.which("pg_dump")
    name = postgresql.shown(db)
    if program is None:
        raise StoreError(
            name,
            "pg_dump is not installed, which copies a PostgreSQL database",
            remedy="Install PostgreSQL's client programs, or use: ledger db export",
        )
    # The password goes by the environment: anyone may read the arguments of a program.
    address, password = postgresql.without_password(db)
    secret: Mapping[str, str] = {"PGPASSWORD": password} if password else {}
    asked = ("--no-password", f"--dbname={address}", "--format=custom", "--no-owner")
    done = subprocess.run(  # noqa: S603 - the program of the server, our own arguments
        [program, *asked, f"--snapshot={snapshot}", f"--file={partial}"],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise StoreError(name, f"pg_dump: {lines[-1]}")
