"""Database string -> where it is, and which schema it holds.

Asked before every use of a database, also by readers that start in milliseconds: so only the
standard library's sqlite3 is used here, and SQLAlchemy and Alembic are left to `store`.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger import postgresql, server_address
from ledger.errors import IntegrityError, StoreError
from ledger.opened_to_read import opened_to_read
from ledger.waiting import waiting

Place = Path | str
"""Where a ledger is: a SQLite file, or the address of a PostgreSQL server (`postgresql://...`)."""

APPLICATION_ID = 0x434C4752
"""Marks a SQLite file as a ledger (sqlite.org/pragma.html#pragma_application_id): "CLGR"."""

REVISIONS = tuple(f"{number:04}" for number in range(1, 15))
"""Every schema this program knows, oldest first; the names of the files in `migrations/`."""

HEAD = REVISIONS[-1]
"""The schema this program writes."""

_UNDECODABLE = "Could not decode to UTF-8"
"""How the message of Python's driver begins that has neither a code nor a class of its own."""

_RESTORE = "Keep it aside and restore a backup"

BUSY_TIMEOUT_S = 30.0
"""How long to wait for another writer: thousands of appends of one article each."""

_CAUSES = {
    "SQLITE_BUSY": (postgresql.WRITTEN, postgresql.WAIT),
    "SQLITE_LOCKED": (postgresql.WRITTEN, postgresql.WAIT),
    "SQLITE_FULL": (
        "the disk is full",
        "Make room and run the same command again: what was recorded before is safe",
    ),
    "SQLITE_READONLY_DBMOVED": (
        "the file was replaced or moved while it was open",
        "Run the same command again: its last part was not recorded",
    ),
    "SQLITE_READONLY_ROLLBACK": (
        "a program died while writing to it, and you may not undo what it left unfinished",
        "Run any command of the ledger as a user who may write to it",
    ),
    "SQLITE_READONLY": (
        "it cannot be written to",
        "Check the permissions of the file and its folder, or name another database",
    ),
    "SQLITE_CANTOPEN": (
        "it cannot be opened",
        "Check that the folder exists and that its permissions allow it",
    ),
    "SQLITE_PERM": ("you may not open it", "Check the permissions of the file and its folder"),
    "SQLITE_NOTADB": ("this is not an SQLite database", "Name another database"),
    "SQLITE_CORRUPT": (
        "the database is damaged",
        "Keep the damaged file aside and restore a backup",
    ),
    "SQLITE_IOERR": (
        "the disk failed while reading or writing",
        "Check the disk, then run the same command again",
    ),
}
"""SQLite's primary result codes (sqlite.org/rescode.html): what happened, what to try."""


def sqlite_path(db: str) -> Path | None:
    """The file that `db` names; None when it names a server (`postgresql://...`).

    Args:
        db: A path ("~" is the home folder), or `sqlite:///` and a path.

    Returns:
        An absolute path.

    Raises:
        StoreError: `db` names neither a file nor a PostgreSQL server.
    """
    scheme, separator, rest = db.partition("://")
    if server_address.is_server(db):
        return None
    if separator and scheme != "sqlite":
        raise StoreError(
            f"{scheme}://",
            "this kind of database is not supported",
            remedy="Use sqlite:///PATH, or postgresql://USER@HOST/NAME",
        )
    name = rest.removeprefix("/") if separator else db
    if name in ("", ":memory:") or "\0" in name:
        raise StoreError(repr(db), "this does not name a file", remedy="Give the path of a file")
    try:
        return Path(name).expanduser().absolute()
    except (OSError, RuntimeError) as error:  # no such user, no working folder
        raise StoreError(db, f"this does not name a file: {error}") from error


def place_of(db: str) -> Place:
    """Where the ledger is that `db` names: an absolute path, or the address of a server.

    Raises:
        StoreError: `db` names neither a file nor a PostgreSQL server.
    """
    return sqlite_path(db) or db


def shown(place: Place) -> str:
    """The place as people may see it: of an address the password is left out."""
    return server_address.shown(place) if isinstance(place, str) else str(place)


def how_made(place: Place) -> str:
    """The command that makes a ledger there, as people are told it.

    On a server only its owner can, and whoever asks may be another user.
    """
    if isinstance(place, str):
        return f"by its owner: {server_address.granting(place, 'USER')}"
    return "by: ledger ingest FILE_OR_URL"


def how_found(place: Place) -> str:
    """What to look at where a ledger is expected and is none, and how one is made."""
    looked = "the name of the database" if isinstance(place, str) else "the path"
    return f"Check {looked}; a ledger is made {how_made(place)}"


def revision_of(place: Place, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> str | None:
    """The schema that the database holds, of a file in a millisecond; None when it holds nothing.

    A file is never made and never changed, but for this: when a program died while writing, its
    half transaction is rolled back, as SQLite does whenever such a file is opened.

    Raises:
        StoreError: It is another program's, no database, damaged, locked or unreadable.
    """
    if isinstance(place, str):
        return postgresql.revision_of(place)
    try:
        if not place.exists():
            return None
        if place.is_dir():
            raise StoreError(str(place), "this is a folder", remedy="Name a file in it")
        with waiting(str(place)):
            return _held_by(place, busy_timeout_s)
    except sqlite3.Error as error:
        raise store_error(str(place), error) from error
    except UnicodeDecodeError as error:  # a message about a damaged name is none
        raise damaged(str(place)) from error
    except OSError as error:
        raise StoreError(str(place), f"it cannot be opened: {error.strerror}") from error


def _held_by(path: Path, busy_timeout_s: float) -> str | None:
    with closing(opened_to_read(path, busy_timeout_s)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        view = "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name LIKE 'alembic_version'"
        if connection.execute(view).fetchone():  # which may never end
            raise StoreError(str(path), "a view says its schema: it was altered", remedy=_RESTORE)
        if application != APPLICATION_ID and tables:
            raise StoreError(
                str(path), "this database belongs to another program", remedy="Use another one"
            )
        if not tables:
            return None
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(found) > 1:
        raise StoreError(str(path), postgresql.TWO_SCHEMAS, remedy=_RESTORE)
    return str(found[0][0]) if found else None


def refuse_newer(db: str, revision: str | None) -> None:
    """Do nothing when `revision` is known or None.

    Raises:
        StoreError: A newer program made or upgraded the database.
    """
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            db,
            f"its schema is {revision}, newer than {HEAD}, the newest this program knows",
            remedy="Upgrade this program",
        )


def damaged(db: str) -> StoreError:
    """What SQLite says of a file whose pages do not fit together."""
    message, remedy = _CAUSES["SQLITE_CORRUPT"]
    return StoreError(db, message, remedy=remedy)


def store_error(db: str, error: BaseException) -> StoreError | IntegrityError:
    """What a database driver's error means to the reader, by SQLite's result code or SQLSTATE.

    Text that is no UTF-8 was never recorded; what it is stays unsaid, since it may be of a page.

    Args:
        db: As shown to people.
        error: What `sqlite3` raised, or another driver.
    """
    if hasattr(error, "sqlstate"):
        return postgresql.server_error(db, error)
    name = getattr(error, "sqlite_errorname", "")
    for code, (message, remedy) in _CAUSES.items():
        # Extended codes continue the name: SQLITE_READONLY_DIRECTORY.
        if name == code or name.startswith(f"{code}_"):
            return StoreError(db, message, remedy=remedy)
    if str(error).startswith(_UNDECODABLE):
        return IntegrityError("a text in it is not UTF-8", subject=db)
    return StoreError(db, f"the database refused: {error}")
