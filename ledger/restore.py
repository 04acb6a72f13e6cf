"""A backup -> the ledger again, after it was verified."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ledger.backup import back_up, entries_of, put_back
from ledger.errors import StoreError, UsageError
from ledger.proof import Verified, verify_ledger
from ledger.schema import revision_of, sqlite_path
from ledger.store import open_ledger


class Restored(NamedTuple):
    """What is at the ledger's place now; `aside` is where the one before it is kept, or None."""

    verified: Verified
    aside: Path | None


def restore(backup: Path, db: str, *, clock: Callable[[], datetime], force: bool) -> Restored:
    """Verify a backup and put it in the place of `db`; the backup itself stays as it is.

    Args:
        backup: As `backup.back_up` made it.
        db: As for `store.open_ledger`.
        clock: Names what is put aside.
        force: Put a ledger that is at `db` aside instead of refusing.

    Raises:
        IntegrityError: The backup is not what was recorded; nothing was changed.
        StoreError: It is no ledger, or cannot be put in place.
        UsageError: There is a ledger at `db` that holds something, and not `force`.
    """
    path = sqlite_path(db)
    if path is None:
        raise StoreError(
            "postgresql://",
            "a server is restored by its own programs",
            remedy="Use pg_restore, or: ledger db export and ledger db import",
        )
    if revision_of(backup.absolute()) is None:
        raise StoreError(str(backup), "this is no backup of a ledger", remedy="Check the path")
    there = revision_of(path) is not None
    if there and entries_of(path)[0] and not force:
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
        aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}") if there else None
        put_back(made, path, aside)
    finally:
        for left in made.parent.glob(f"{made.name}*"):
            left.unlink()
    return Restored(verified, aside)
