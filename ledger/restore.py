"""A backup -> the ledger again, after it was verified."""

import os
import sqlite3
import stat
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from ledger import server_address
from ledger.backup import copy
from ledger.counting import counted
from ledger.errors import ExtractError, LedgerError, StoreError, UsageError, unreadable
from ledger.ledger_file import (
    BRING_BACK,
    called,
    entries_of,
    left_beside,
    left_of_another,
    put_over,
)
from ledger.pinned import Pin, first_record, last_checkpoint, pinned
from ledger.placing import mode_of, unfinished
from ledger.proof import Verified, verify_ledger
from ledger.proof.verify import Progress
from ledger.reader import Reader
from ledger.schema import revision_of, sqlite_path
from ledger.store import open_ledger


class Restored(NamedTuple):
    """What is at the ledger's place now.

    Attributes:
        verified: What was found out about the backup.
        aside: Where the ledger before it is kept; None where there was none.
        beside: Where that is kept which another database had left beside it.
        undone: What the ledger before it had behind the backup; None where it cannot be read any
            more.
        missing: What it lacks of what the user signed of it, a sentence without its stop; None
            when it has all.
    """

    verified: Verified
    aside: Path | None
    beside: tuple[Path, ...]
    undone: "Undone | None"
    missing: str | None


class Undone(NamedTuple):
    """Entries that are not in a backup: how many, and how many of them are redactions."""

    entries: int
    redactions: int


def restore(
    backup: Path,
    db: str,
    *,
    clock: Callable[[], datetime],
    force: bool,
    pins: Sequence[Pin] = (),
    despite_checkpoint: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Restored:
    """Verify a backup and put it in the place of `db`; the backup itself stays as it is.

    Who could read and write the ledger before can do so now; where there was none, who can the
    backup.

    Args:
        backup: As `backup.back_up` made it.
        db: As for `store.open_ledger`.
        clock: Names what is put aside.
        force: Put aside what is at `db`, or was left beside it, instead of refusing.
        pins: What the user has signed of ledgers.
        despite_checkpoint: Put back a backup that lacks something of what was signed of it.
        progress: As for `verify_ledger`.

    Raises:
        IntegrityError: The backup is not what was recorded; nothing was changed.
        ExtractError: It is no ledger.
        StoreError: It cannot be put in place.
        UsageError: What is at `db` is no file; or there is a ledger that holds something, or
            something is left there of another database, and not `force`; or the backup lacks
            something that was signed, and not `despite_checkpoint`.
    """
    named = sqlite_path(db)
    if named is None:
        raise StoreError(
            server_address.shown(db),
            "a server is restored with its own programs",
            remedy=server_address.putting_back(db, backup),
        )
    path = Path(os.path.realpath(named))  # a link stays one
    _refuse_no_file(path)
    _refuse_another_file(backup)
    there = _is_there(path, force=force)
    if not force:
        _refuse_what_is_there(path, there=there)
    _make_folder(path)
    with unfinished(path) as made:
        copy(backup.absolute(), made, path)
        with called(made, backup):
            open_ledger(str(made), clock=clock).close()  # brought up to this program's schema
            verified, missing = _verified(made, pins, progress)
        if missing is not None and not despite_checkpoint:
            raise UsageError(
                str(backup),
                missing,
                remedy="Look for a later backup, or give --despite-checkpoint",
            )
        if not force:  # somebody may have made one meanwhile
            _refuse_what_is_there(path, there=_is_there(path, force=False))
        undone = _undone(path, verified.entries) if there else Undone(0, 0)
        aside = _aside(path, clock().astimezone(UTC))
        mode = mode_of(path if there else backup) | stat.S_IRUSR | stat.S_IWUSR
        kept = put_over(made, path, aside, mode)
    beside = tuple(each for each in kept if each != aside)
    return Restored(verified, aside if aside in kept else None, beside, undone, missing)


def _refuse_no_file(path: Path) -> None:
    """A device or a pipe would be a file afterwards."""
    try:
        other = path.exists() and not path.is_file()
    except OSError as error:
        raise StoreError(
            str(path), f"it cannot be made: {error.strerror}", remedy="Name another place"
        ) from error
    if other:
        raise UsageError(str(path), "this is not a file", remedy="Give --db to name one")


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            str(path), f"its folder cannot be made: {error.strerror}", remedy="Name another place"
        ) from error


def _verified(made: Path, pins: Sequence[Pin], progress: Progress) -> tuple[Verified, str | None]:
    """What was found out, and what it lacks of what was signed of it; None when it has all.

    Raises:
        IntegrityError: It is not what was recorded.
    """
    with Reader(made) as reader:
        last = last_checkpoint(pinned(pins, first_record(reader)))
    verified = verify_ledger(made, sizes={last.size} if last else (), progress=progress)
    if last is None or verified.roots.get(last.size) == last.root:
        return verified, None
    if verified.entries < last.size:
        return verified, (
            f"your last checkpoint covers {counted(last.size, 'entry', 'entries')}, but this "
            f"backup has only "
            f"{verified.entries:,} of them"
        )
    return verified, f"its first {last.size:,} entries are not those of your last checkpoint"


def _refuse_what_is_there(path: Path, *, there: bool) -> None:
    if there and entries_of(path)[0]:
        raise UsageError(
            str(path),
            "a ledger is here already",
            remedy="Give --force to put it aside, or --db to restore to another place",
        )
    left = [] if there else left_beside(path)
    if left:
        raise UsageError(
            str(path),
            left_of_another(left),
            remedy=f"{BRING_BACK}, or give --force to put it aside",
        )


def _aside(path: Path, now: datetime) -> Path:
    """A name that nothing has yet for what is at `path`: two may be put aside in one second."""
    named = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
    names = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(
        name
        for name in chain((named,), names)
        if not os.path.lexists(name) and not left_beside(name)
    )


_INSTEAD = {
    "damaged": "It cannot be put back: take an older backup",
    "not an SQLite database": "Name what ledger db backup made. What it made of PostgreSQL is put "
    "back with pg_restore, what ledger db export wrote with ledger db import",
}
"""What to do where not the ledger but the backup is so: part of what is said of it, and that."""


def _refuse_another_file(backup: Path) -> None:
    """Let a file be a backup.

    Raises:
        ExtractError: It is none, or not there.
    """
    try:
        revision = revision_of(backup.absolute())
    except StoreError as error:
        remedy = next((said for part, said in _INSTEAD.items() if part in error.message), None)
        remedy = remedy or error.remedy
        raise ExtractError(str(backup), "no-ledger", error.message, remedy=remedy) from error
    if revision is None:
        if not backup.exists():
            raise unreadable(str(backup), FileNotFoundError())
        what = "this is not a backup of a ledger"
        raise ExtractError(str(backup), "no-ledger", what, remedy="Check the path")


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
