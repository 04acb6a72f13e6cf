"""A backup -> the ledger again, after it was verified."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from glob import escape
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from ledger.backup import back_up, entries_of, put_back
from ledger.errors import ExtractError, LedgerError, StoreError, UsageError
from ledger.proof import Verified, verify_ledger
from ledger.reader import Reader
from ledger.schema import revision_of, sqlite_path
from ledger.store import open_ledger


class Restored(NamedTuple):
    """What is at the ledger's place now.

    Attributes:
        verified: What was found out about the backup.
        aside: Where the ledger before it is kept; None where there was none.
        undone: What that one had behind the backup; None where it cannot be read any more.
    """

    verified: Verified
    aside: Path | None
    undone: "Undone | None"


class Undone(NamedTuple):
    """Entries that are not in a backup: how many, and how many of them are redactions."""

    entries: int
    redactions: int


def restore(backup: Path, db: str, *, clock: Callable[[], datetime], force: bool) -> Restored:
    """Verify a backup and put it in the place of `db`; the backup itself stays as it is.

    Args:
        backup: As `backup.back_up` made it.
        db: As for `store.open_ledger`.
        clock: Names what is put aside.
        force: Put a ledger that is at `db` aside instead of refusing.

    Raises:
        IntegrityError: The backup is not what was recorded; nothing was changed.
        ExtractError: It is no ledger.
        StoreError: It cannot be put in place.
        UsageError: There is a ledger at `db` that holds something, and not `force`.
    """
    path = sqlite_path(db)
    if path is None:
        raise StoreError(
            "postgresql://",
            "a server is restored by its own programs",
            remedy="Use pg_restore, or: ledger db export and ledger db import",
        )
    _refuse_another_file(backup)
    there = _is_there(path, force=force)
    if there and not force and entries_of(path)[0]:
        raise UsageError(
            str(path),
            "a ledger is here already",
            remedy="Give --force to put it aside, or --db to restore to another place",
        )
    now = clock().astimezone(UTC)
    made = path.with_name(f".{path.name}.restored-{now:%Y%m%dT%H%M%S%fZ}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    back_up(str(backup.absolute()), made)
    try:
        open_ledger(str(made), clock=clock).close()  # brought up to this program's schema
        verified = verify_ledger(made)
        aside = _aside(path, now) if there else None
        undone = _undone(path, verified.entries) if there else Undone(0, 0)
        put_back(made, path, aside)
    finally:
        for left in made.parent.glob(f"{escape(made.name)}*"):
            left.unlink()
    return Restored(verified, aside, undone)


def _aside(path: Path, now: datetime) -> Path:
    """A name that nothing has yet for what is at `path`: two may be put aside in one second."""
    named = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
    names = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(name for name in chain((named,), names) if not os.path.lexists(name))


def _refuse_another_file(backup: Path) -> None:
    """Let a file be a backup.

    Raises:
        ExtractError: It is none, or not there.
    """
    try:
        revision = revision_of(backup.absolute())
    except StoreError as error:
        raise ExtractError(str(backup), "no-ledger", error.message, remedy=error.remedy) from error
    if revision is None:
        code, what = "not-found", "there is no such file"
        if backup.exists():
            code, what = "no-ledger", "this is no backup of a ledger"
        raise ExtractError(str(backup), code, what, remedy="Check the path")


def _is_there(path: Path, *, force: bool) -> bool:
    """Whether a ledger is at `path`; with `force`, one that is damaged, too."""
    try:
        return revision_of(path) is not None
    except StoreError as error:
        cause = error.__cause__
        code = cause.sqlite_errorcode & 0xFF if isinstance(cause, sqlite3.DatabaseError) else None
        if force and code == sqlite3.SQLITE_CORRUPT:
            return True
        raise


def _undone(path: Path, entries: int) -> Undone | None:
    try:
        with Reader(str(path)) as reader:
            rows = reader.rows(
                """SELECT COUNT(*) AS entries,
                    COALESCE(SUM(CASE WHEN m.verb = 'redact' THEN 1 ELSE 0 END), 0) AS redactions
                FROM journal j LEFT JOIN judgement m ON m.id = j.entry_id
                WHERE j.seq > :entries""",
                {"entries": entries},
            )
    except LedgerError:  # a damaged ledger is what backups are for
        return None
    return Undone(int(rows[0]["entries"]), int(rows[0]["redactions"]))
