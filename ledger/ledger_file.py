"""A SQLite ledger as a file: how it gets its place, and what must not lie beside it there.

Beside `NAME` SQLite keeps `NAME-journal`, or `NAME-wal` and `NAME-shm`, and whatever lies there is
for it a part of NAME. What is left of another database would be written into the ledger as soon as
it is opened (sqlite.org/howtocorrupt.html, "Mispairing database files and hot journals").
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ledger.counting import counted
from ledger.errors import StoreError
from ledger.placing import give, place, unwritten
from ledger.schema import BUSY_TIMEOUT_S, store_error

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite adds to the name of a database."""

Holdings = tuple[int, str | None]
"""Number of journal records, and the digest of the last; None when there is none."""

LAST_RECORD = "SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1"


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def entries_of(path: Path) -> Holdings:
    """What a SQLite ledger holds.

    Raises:
        StoreError: It is damaged, locked or unreadable.
    """
    try:
        with closing(opened(path)) as connection:
            found = connection.execute(LAST_RECORD).fetchone()
    except sqlite3.Error as error:
        raise store_error(str(path), error) from error
    return (0, None) if found is None else (found[0], found[1])


@contextmanager
def called(made: Path, known: Path) -> Iterator[None]:
    """Let errors in the block that are about `made` name the file that the user knows instead."""
    try:
        yield
    except StoreError as error:
        if error.db != str(made):
            raise
        raise StoreError(str(known), error.message, remedy=error.remedy) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that what it reads is no database, or one whose pages do not fit."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # none where its library was misused
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def left_beside(path: Path) -> list[Path]:
    """The files that SQLite would take for a part of the database `path`.

    A log or journal that is empty, or whose first byte is zero, is none, and neither is the index
    of such a log: SQLite does not look further (`hasHotJournal` in its pager.c). They stay where a
    reader was killed, and while somebody has the database for himself.
    """
    journal, log, index = (path.with_name(f"{path.name}{ending}") for ending in BESIDE)
    left = [each for each in (journal, log) if os.path.lexists(each) and not _is_spent(each)]
    return [*left, index] if log in left and os.path.lexists(index) else left


def _is_spent(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(1) in (b"", b"\0")
    except FileNotFoundError:  # whoever had the database open took it away meanwhile
        return True
    except PermissionError:
        return False


def refuse_left(path: Path) -> None:
    """Let nothing be put at `path`, where no file is, that would be one with what lies there.

    Raises:
        StoreError: Something is left there of another database.
    """
    left = left_beside(path)
    if left and not path.exists():  # else somebody made a ledger there meanwhile
        raise StoreError(str(path), left_of_another(left), remedy=f"{BRING_BACK}, or name another")


def left_of_another(left: list[Path]) -> str:
    """What is wrong about these files."""
    return (
        f"beside it is {' and '.join(each.name for each in left)}, left by another database, "
        "which would be mistaken for part of this one"
    )


BRING_BACK = "Move that to the database it belongs to"


def put_new(made: Path, path: Path, mode: int | None = None) -> None:
    """Make the file `made` the ledger at `path`, where nothing is.

    Args:
        made: A ledger that nobody has open, in the same folder.
        path: Where it shall be.
        mode: As for `placing.place`.

    Raises:
        StoreError: Something is there, also of another database; or it cannot be written.
    """
    refuse_left(path)
    held = entries_of(made)
    try:
        place(made, path, mode=mode)
    except FileExistsError as error:
        raise StoreError(
            str(path), "somebody else has created it meanwhile", remedy="Name another file"
        ) from error
    except OSError as error:
        raise StoreError(str(path), unwritten(error)) from error
    _check(path, held)


def put_over(made: Path, path: Path, aside: Path, mode: int) -> list[Path]:
    """Make the file `made` the ledger at `path`, and keep what is there.

    Args:
        made: A ledger that nobody has open, in the same folder.
        path: Where it shall be.
        aside: Where the ledger is kept that is at `path`, if there is one.
        mode: As for `placing.place`.

    Returns:
        The files that are kept: `aside` where a ledger was there, and what lay beside it.

    Raises:
        StoreError: Somebody is using what is at `path`, or the folder may not be written.
    """
    held = entries_of(made)
    try:
        with _alone(path):
            kept = list(_moved(path, aside))
            if _is_filled(path):
                give(path, aside)
                kept.insert(0, aside)
            place(made, path, over=True, mode=mode)
    except sqlite3.Error as error:
        raise store_error(str(path), error) from error
    except OSError as error:
        raise StoreError(str(path), f"it cannot be put in place: {error.strerror}") from error
    _check(path, held)
    return kept


def _is_filled(path: Path) -> bool:
    """Whether anything is there that could be lost."""
    return path.exists() and path.stat().st_size > 0


def _moved(path: Path, aside: Path) -> Iterator[Path]:
    for beside in left_beside(path):
        kept = aside.with_name(f"{aside.name}{beside.name.removeprefix(path.name)}")
        beside.rename(kept)
        yield kept


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Bring everything into the one file at `path`, and let nobody else write in the block.

    Who writes then would do so to the file that was put aside, and keep a journal beside the new
    one. What is damaged stays as it is, and what is no ledger: nobody can write to it.
    """
    if not _is_filled(path):
        yield
        return
    with closing(opened(path)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        if os.name == "nt":  # there a file that is open keeps its name
            connection.close()
        yield


def _check(path: Path, held: Holdings) -> None:
    """Be sure that whoever opens `path` from now on finds what was put there.

    Raises:
        StoreError: It is something else, or damaged.
    """
    found = entries_of(path)
    if found != held:
        raise StoreError(
            str(path),
            f"{counted(held[0], 'entry was', 'entries were')} put here, and now there "
            f"{'is' if found[0] == 1 else 'are'} {found[0]:,}",
            remedy="Let no other program use this file meanwhile, and run the same command again",
        )
