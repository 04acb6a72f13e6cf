"""Entries -> the tables and the journal: all of a reading, or nothing."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger import bulk
from ledger.compact import compact
from ledger.entry import Entry
from ledger.errors import StoreError
from ledger.latest import (
    Latest,
    Tally,
    captured_last,
    latest,
    named_in,
    read_before,
    revised,
    tally,
)
from ledger.model import Citation, Reading
from ledger.packing import unpacked
from ledger.recording import head
from ledger.roles import grant, no_users
from ledger.schema import store_error
from ledger.staging import Staged, bodies_of, entries_of, stage
from ledger.store.appended import Appended
from ledger.store.database import Database
from ledger.store.recorder import Recorder, erased
from ledger.store.replay import Replay

_TABLES = SQLModel.metadata.tables
_JOURNAL = _TABLES["journal"]
_PAYLOAD = _TABLES["payload"]
_REDACTION = _TABLES["redaction"]


Version = tuple[Latest, Reading, Sequence[Entry]]
"""What was recorded of a source, the reading that is built on it, and what follows from both."""


class Ledger:
    """An open ledger; made by `open_ledger`. Not for use by several threads at once.

    Attributes:
        db: Where it is, as shown to people.
        kept: Where a copy of it is as it was before it was upgraded; None when it was not.
    """

    def __init__(
        self, db: str, engine: sa.Engine, clock: Callable[[], datetime], busy_timeout_s: float
    ) -> None:
        self.db = db
        self.kept: Path | None = None
        self._busy_timeout_s = busy_timeout_s
        self._database = Database(db, engine)
        self._recorder = Recorder(self._database, clock)
        self._make: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def make_later(self, make: Callable[[], None]) -> None:
        """Be a ledger that is not there yet; `make` makes it, when something is to be recorded."""
        self._make = make

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._database.engine.dispose()

    def append(self, reading: Reading) -> Appended:
        """Record one reading as a unit: all that is new of it, or nothing.

        Raises:
            AppendError: An entry contradicts the schema or names one that is not recorded.
            RefusedError: The bytes were redacted.
            StoreError: The database cannot be written.
        """
        return self.append_all([reading])[0]

    def append_all(self, readings: Sequence[Reading]) -> list[Appended]:
        """Record several readings as one unit: the disk is waited for once. Raises as `append`."""
        with _nothing_circular():
            staged, bodies = self._ready(readings)
            with self.writing() as connection:
                return self._recorder.append(connection, readings, staged, bodies)

    def append_after(self, seen: Latest, reading: Reading) -> Appended | None:
        """As `append_together` with one version and nothing beside it."""
        return self.append_together([(seen, reading, ())])[0]

    def append_together(self, versions: Sequence[Version]) -> list[Appended | None]:
        """Record readings as one unit, those that are still built on what is recorded.

        Args:
            versions: Of different sources each, with what `latest` answered when the reading was
                made; what follows are such as links carried to the new version.

        Returns:
            For each what it brought; None when something of the same source was recorded meanwhile:
            then nothing of it is written. Raises as `append`.
        """
        if not versions:
            return []
        with _nothing_circular():
            staged, bodies = self._ready(*_together(versions))
            with self.writing() as connection:
                stale = {
                    number
                    for number, (seen, reading, _) in enumerate(versions)
                    if latest(connection, reading.capture.source_id) != seen
                }
                kept = [each for number, each in enumerate(versions) if number not in stale]
                if stale:  # seldom, so it is done under the lock
                    staged, bodies = self._ready(*_together(kept))
                readings, _ = _together(kept)
                found = iter(self._recorder.append(connection, readings, staged, bodies))
        return [None if number in stale else next(found) for number in range(len(versions))]

    def append_entries(self, entries: Iterable[Entry]) -> int | None:
        """Record entries that belong together, such as a judgement and what follows from it.

        Returns:
            How many were not recorded before; None when a citation among them revises one that
            another revises already: then nothing is written. Raises as `append`; AppendError
            also where words of a page would come back that was redacted.
        """
        entries = tuple(entries)
        staged = stage(entries, self.db)
        revisions = [each for each in entries if isinstance(each, Citation) and each.revises]
        with self.writing() as connection:
            known = bulk.held(connection, _JOURNAL.c.entry_id, [each.id for each in revisions])
            for each in revisions:
                if each.id not in known and revised(connection, str(each.revises)):
                    return None
            return len(self._recorder.record(connection, staged))

    def append_with(self, entries: Iterable[Entry], then: Callable[[sa.Connection], None]) -> int:
        """Record entries as a unit, and in their transaction what `then` writes beside them.

        Returns:
            How many were not recorded before. Raises as `append`, and what `then` raises.
        """
        entries = tuple(entries)
        return self.append_decided(lambda _connection, _seq: entries, then)

    def append_decided(
        self,
        decide: Callable[[sa.Connection, int], Iterable[Entry]],
        then: Callable[[sa.Connection], None],
    ) -> int:
        """As `append_with`, with entries that say something of all that is recorded before them.

        Args:
            decide: Called with the lock held, and with the number of the first record that the
                entries get.
            then: Called when they are recorded.
        """
        with self.writing() as connection:
            last, _ = head(connection)
            staged = stage(decide(connection, last + 1), self.db)
            recorded = self._recorder.record(connection, staged)
            then(connection)
            return len(recorded)

    @contextmanager
    def replaying(self, follows: Callable[[int, int], None]) -> Iterator[Replay]:
        """A transaction that records what another ledger recorded, as it was recorded there.

        What is written must follow from what is here and be checked by `journal.verify`; an error
        in the block takes everything back. `follows` as for `Replay.derive`.
        """
        with _nothing_circular(), self.writing() as connection:
            replay = Replay(connection, partial(self._recorder.write, connection))
            yield replay
            replay.derive(follows)

    def writing(self, *, bringing_up: bool = False) -> AbstractContextManager[sa.Connection]:
        """A transaction for what is kept beside the entries; see `Database.writing`."""
        make, self._make = self._make, None
        if make is not None:
            try:
                make()
            except BaseException:
                self._make = make  # it is still not there, as whoever asks it is to be told
                raise
        return self._database.writing(bringing_up=bringing_up)

    def compact(self) -> None:
        """Write the database anew, so that nothing of what was erased is left in its pages.

        Raises:
            StoreError: There is no room for a second one, or others are using it. What was erased
                stays erased, and may still stand in the files.
        """
        engine = self._database.engine
        try:
            why = compact(engine, self._busy_timeout_s)
        except engine.dialect.loaded_dbapi.Error as error:
            why = store_error(self.db, error).message
        if why is not None:
            raise StoreError(
                self.db,
                "what was erased is gone from its tables but still in its files, which could "
                f"not be rewritten: {why}",
                remedy="When that is over, finish it with: ledger db compact",
            )

    def count_anew(self) -> None:
        """Let a server count what its tables hold; see `bulk.count_anew`.

        Raises:
            StoreError: It could not be asked.
        """
        with self._database.reading() as connection:
            bulk.count_anew(connection)
            connection.commit()

    def grant(self, role: str) -> None:
        """Let a user of the server record and read, and nothing more; see `ledger.roles.grant`.

        Raises:
            UsageError: There is no such user, it owns the ledger, we do not, or this ledger is a
                file.
        """
        if self._database.engine.dialect.name != "postgresql":
            raise no_users(self.db)
        with self.writing() as connection:
            grant(connection, role)

    def latest(self, source_id: str) -> Latest:
        """What is recorded of the source with this id so far."""
        if self._make is not None:
            return Latest()
        with self._database.reading() as connection:
            return latest(connection, source_id)

    def read_before(self, capture_id: str) -> str | None:
        """Id of the article that was read last from this very capture; None when none was."""
        if self._make is not None:
            return None
        with self._database.reading() as connection:
            return read_before(connection, capture_id)

    def captured_last(self, sources: Sequence[str]) -> dict[str, datetime]:
        """When the last article of each of these sources was captured; see `latest`."""
        with self._database.reading() as connection:
            return captured_last(connection, sources)

    def named_in(self, article_id: str) -> frozenset[tuple[int, str | None]]:
        """Where an article names outlets, and their keys; see `latest.named_in`."""
        with self._database.reading() as connection:
            return named_in(connection, article_id)

    def refuse_erased(self, url: str, digest: str) -> None:
        """Do nothing, unless the bytes with this digest were redacted.

        Raises:
            RefusedError: They were. It concerns the page at `url`, and no other.
        """
        if self._make is not None:
            return
        query = sa.select(_REDACTION.c.digest).where(_REDACTION.c.digest == digest)
        with self._database.reading() as connection:
            if connection.scalar(query) is not None:
                raise erased(url)

    def payload(self, digest: str) -> bytes:
        """The bytes of the captures with this `payload_digest`, which must be recorded.

        Raises:
            StoreError: They are not there, or are not those that were recorded.
        """
        query = sa.select(_PAYLOAD.c.body).where(_PAYLOAD.c.digest == digest)
        with self._database.reading() as connection:
            stored = connection.scalar(query)
        if stored == b"":
            raise StoreError(self.db, f"the bytes {digest} were redacted")
        body = unpacked(stored, digest)
        if body is None:
            raise StoreError(
                self.db,
                f"the bytes {digest} are missing or damaged",
                remedy="Run ledger journal verify",
            )
        return body

    def tallies(self, articles: Iterable[str]) -> dict[str, Tally]:
        """What is current of recorded articles, by id."""
        if self._make is not None:
            return {}
        with self._database.reading() as connection:
            return {article: tally(connection, article) for article in articles}

    def _ready(
        self, readings: Sequence[Reading], further: Iterable[Entry] = ()
    ) -> tuple[Staged, dict[str, bytes]]:
        bodies = bodies_of(readings, self.db)
        return stage(
            chain(chain.from_iterable(map(entries_of, readings)), further), self.db
        ), bodies


@contextmanager
def _nothing_circular() -> Iterator[None]:
    """Without the search for circles among objects, which would go through every entry and row.

    There are none among them, and the search is a fifth of the time of recording. What was set
    before is set again.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _together(versions: Sequence[Version]) -> tuple[list[Reading], list[Entry]]:
    """Their readings, and what follows beside them."""
    further = chain.from_iterable(further for _, _, further in versions)
    return [reading for _, reading, _ in versions], list(further)
