"""Settings -> an open ledger, made or upgraded first where that is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.commands.settings import Settings
from ledger.commands.words import say
from ledger.errors import StoreError, UsageError
from ledger.placing import unfinished
from ledger.reader import Reader
from ledger.schema import HEAD, how_found, place_of, refuse_newer, revision_of, shown

if TYPE_CHECKING:
    from ledger.store import Ledger


def place(settings: Settings) -> str:
    """The database to use: --db, LEDGER_DB, or a file in the platform's data folder."""
    if settings.db is not None and not settings.db.strip():
        raise UsageError("--db", "it is empty", remedy="Name a file, or leave it out")
    if settings.db:
        return settings.db
    import platformdirs

    # Not "ledger": that folder belongs to the accounting program.
    return str(platformdirs.user_data_path("claim-ledger") / "ledger.db")


def readable(settings: Settings) -> Reader:
    """The ledger to ask, for a `with` block; asking makes none.

    Raises:
        StoreError: There is none, or it cannot be used; see `ledger.errors`.
    """
    where = place_of(place(settings))
    revision = revision_of(where)
    refuse_newer(shown(where), revision)
    if revision is None:  # a mistyped path must not look like a ledger without an answer
        raise StoreError(
            shown(where),
            "there is no ledger here yet",
            remedy=how_found(where),
        )
    if revision != HEAD:
        writable(settings).close()
    return Reader(where)


def writable(settings: Settings, *, late: bool = False) -> "Ledger":
    """The ledger to append to, for a `with` block; made or upgraded by opening it.

    `late`: made when something is to be recorded, and not before.
    """
    from ledger.store import open_ledger  # writing may start slowly, reading may not

    where = place_of(place(settings))
    before = revision_of(where)

    def told() -> None:  # a mistyped path would else look like the ledger that was meant
        say(f"Made a new ledger at {shown(where)}", settings)

    ledger = open_ledger(
        place(settings), clock=lambda: datetime.now(UTC), when_made=told if late else None
    )
    if before is None:
        if not late:
            told()
    elif before != HEAD:
        kept = f"; the old file is kept as {ledger.kept}" if ledger.kept else ""
        say(f"Upgraded {shown(where)} from schema {before}{kept}", settings)
    return ledger


@contextmanager
def whole(settings: Settings) -> "Iterator[Ledger]":
    """As `writable`; a new file is in its place when the block ends well, and not before."""
    where = place_of(place(settings))
    revision_of(where)  # a path that can be none is refused before anything is done
    if isinstance(where, str) or where.exists():
        with writable(settings) as ledger:
            yield ledger
        return
    from ledger.ledger_file import called, put_new, refuse_left

    to = Path(os.path.realpath(where))  # a link stays one
    refuse_left(to)
    with unfinished(to) as made:
        quiet = replace(settings, db=str(made), quiet=True)
        with called(made, where), writable(quiet) as ledger:
            yield ledger
        put_new(made, to)
    say(f"Made a new ledger at {shown(where)}", settings)


@contextmanager
def begun(settings: Settings) -> Iterator[Reader]:
    """As `readable`, but where there is none a ledger is made: what is told may come first.

    A file is in its place when the block ends well, and not before: a mistake leaves none behind.
    """
    where = place_of(place(settings))
    if revision_of(where) is None:
        with whole(settings) as ledger:
            if isinstance(where, Path):
                with Reader(place_of(ledger.db)) as reader:
                    yield reader
                return
    with readable(settings) as reader:
        yield reader
