"""Entries -> Ledger: open a database and append to it; nothing else.

What is appended is on the disk when `append` returns, or not there at all. Network and parsing
come before: a transaction holds the write lock, so rows and digests are made outside of it.
Why nothing is ever changed: docs/decisions/append-only-by-trigger.md.
"""

import gc
import hashlib
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger import bulk, summaries
from ledger.backup import keep_a_copy
from ledger.engine import compact, file_engine, server_engine
from ledger.erasure import erase
from ledger.errors import AppendError, LedgerError, RefusedError, StoreError, UsageError
from ledger.journal import GENESIS, Link, follow, spelled
from ledger.latest import Latest, Tally, latest, read_before, revised, tally
from ledger.model import Citation, Entry, Reading
from ledger.roles import grant
from ledger.schema import (
    BUSY_TIMEOUT_S,
    HEAD,
    refuse_newer,
    revision_of,
    shown,
    sqlite_path,
    store_error,
)
from ledger.tables import ENTRY_TABLES, row_from
from ledger.tree import grown
from ledger.upgrade import upgrade

_HANGS_ON = {"claim": "article_id", "citation": "claim_id", "attribution": "claim_id"}
# Kind of entry to the field that names the one it is recorded with or after: a foreign key.

_TABLES = SQLModel.metadata.tables
_JOURNAL = _TABLES["journal"]
_PAYLOAD = _TABLES["payload"]
_REDACTION = _TABLES["redaction"]
_TREE = _TABLES["tree"]


Version = tuple[Latest, Reading, Sequence[Entry]]
"""What was recorded of a source, the reading that is built on it, and what follows from both."""


class Appended(NamedTuple):
    """What one reading brought.

    Attributes:
        article_id: None when the reading holds no article.
        new: Its article, or without one its capture, was not recorded before.
        entries: How many entries were not recorded before.
    """

    article_id: str | None
    new: bool
    entries: int


@dataclass(slots=True)
class Recorded:
    """Rows that belong together, as they stand in the tables.

    Attributes:
        links: The journal's, in order.
        leaves: Of the links, in their order; empty where nobody has worked them out.
        rows: Kind of entry to the rows of its table; of every link one.
        payloads: Digest to compressed bytes, of captures among the rows.
        redactions: Rows of redactions whose judgements are among the rows.
    """

    links: list[Link] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    rows: dict[str, list[Mapping[str, Any]]] = field(
        default_factory=lambda: {kind: [] for kind in ENTRY_TABLES}
    )
    payloads: dict[str, bytes] = field(default_factory=dict)
    redactions: list[Mapping[str, str]] = field(default_factory=list)


class Replay(NamedTuple):
    """A ledger that takes in what another recorded.

    Attributes:
        entries, head: Number of its journal records when it began, and digest of the last.
        digest_at: Asks for the digest of one of its journal records; None when there is none.
        write: Records what follows.
    """

    entries: int
    head: str
    digest_at: Callable[[int], str | None]
    write: Callable[[Recorded], None]


class _Staged(NamedTuple):
    """An entry made ready outside the transaction."""

    entry_id: str
    kind: str
    row: Mapping[str, Any]
    content_digest: str


def open_ledger(
    db: str, *, clock: Callable[[], datetime], busy_timeout_s: float = BUSY_TIMEOUT_S
) -> "Ledger":
    """The ledger at `db`, made when there is none, upgraded when its schema is older.

    Args:
        db: A path, `sqlite:///` and a path, or `postgresql://...`. Missing folders are made, the
            last of them for the user alone (mode 0700).
        clock: Gives the time of recording, with its zone.
        busy_timeout_s: How long to wait for another writer before giving up.

    Returns:
        A context manager; leaving it closes the database.

    Raises:
        StoreError: Another program's file or none of a database, damaged, read-only, locked, full,
            or of a schema newer than this program.
        IntegrityError: An upgrade would have lost something; nothing was changed.
    """
    path = sqlite_path(db)
    if path is None:
        name = shown(db)
        engine = server_engine(db, busy_timeout_s)
    else:
        name = str(path)
        _require_writable(path)
        engine = file_engine(path, busy_timeout_s)
    revision = revision_of(path or db, busy_timeout_s=busy_timeout_s)
    refuse_newer(name, revision)
    ledger = Ledger(name, engine, clock)
    if revision != HEAD:
        try:
            if path is not None and revision is not None:
                keep_a_copy(path, revision)
            with ledger.writing() as connection:
                upgrade(connection, name)
                summaries.make_anew(connection)
        except LedgerError:
            ledger.close()
            raise
    return ledger


def _require_writable(path: Path) -> None:
    """Make the folder; refuse now, before anything is fetched, what could not be written later."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder_open = os.access(path.parent, os.W_OK | os.X_OK)
        if path.is_dir():
            raise StoreError(str(path), "this is a folder", remedy="Name a file in it")
        file_open = os.access(path, os.R_OK | os.W_OK) or not path.exists()
    except OSError as error:
        raise StoreError(
            str(path), f"it cannot be made: {error.strerror}", remedy="Name another place"
        ) from error
    if not (folder_open and file_open):
        raise StoreError(
            str(path),
            f"{'the file' if folder_open else 'its folder'} may not be written",
            remedy="Change the permissions, or name another database",
        )


class Ledger:
    """An open ledger; made by `open_ledger`. Not for use by several threads at once."""

    def __init__(self, db: str, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self.db = db
        self._engine = engine
        self._clock = clock
        self._last: Link | None = None  # of what the transaction writes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._engine.dispose()

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
            staged = self._stage(self._entries(readings))
            bodies = _bodies(readings)
            with self.writing() as connection:
                return self._append(connection, readings, staged, bodies)

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
            staged, bodies = self._ready(versions)
            with self.writing() as connection:
                stale = {
                    number
                    for number, (seen, reading, _) in enumerate(versions)
                    if latest(connection, reading.capture.source_id) != seen
                }
                kept = [each for number, each in enumerate(versions) if number not in stale]
                if stale:  # seldom, so it is done under the lock
                    staged, bodies = self._ready(kept)
                readings = [reading for _, reading, _ in kept]
                found = iter(self._append(connection, readings, staged, bodies))
        return [None if number in stale else next(found) for number in range(len(versions))]

    def append_entries(self, entries: Iterable[Entry]) -> int | None:
        """Record entries that belong together, such as a judgement and what follows from it.

        Returns:
            How many were not recorded before; None when a citation among them revises one that
            another revises already: then nothing is written. Raises as `append`.
        """
        entries = tuple(entries)
        staged = self._stage(entries)
        revisions = [each for each in entries if isinstance(each, Citation) and each.revises]
        with self.writing() as connection:
            known = bulk.held(connection, _JOURNAL.c.entry_id, [each.id for each in revisions])
            for each in revisions:
                if each.id not in known and revised(connection, str(each.revises)):
                    return None
            return len(self._record(connection, staged))

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
            last, _ = _head(connection)
            recorded = len(self._record(connection, self._stage(decide(connection, last + 1))))
            then(connection)
            return recorded

    def compact(self) -> None:
        """Write the database anew, so that nothing of what was erased is left in its pages.

        Raises:
            StoreError: There is no room for a second one, or others are using it.
        """
        with self._mapped():
            compact(self._engine)

    @contextmanager
    def replaying(self) -> Iterator["Replay"]:
        """A transaction that records what another ledger recorded, as it was recorded there.

        What is written must follow from what is here and be checked by `journal.verify`; an error
        in the block takes everything back.
        """
        with self.writing() as connection:
            entries, head = _head(connection)

            def digest_at(seq: int) -> str | None:
                query = sa.select(_JOURNAL.c.digest).where(_JOURNAL.c.seq == seq)
                found: str | None = connection.scalar(query)
                return found

            yield Replay(entries, head, digest_at, partial(self._write, connection))

    def latest(self, source_id: str) -> Latest:
        """What is recorded of the source with this id so far."""
        with self._mapped(), self._engine.connect() as connection:
            return latest(connection, source_id)

    def read_before(self, capture_id: str) -> str | None:
        """Id of the article that was read last from this very capture; None when none was."""
        with self._mapped(), self._engine.connect() as connection:
            return read_before(connection, capture_id)

    def payload(self, digest: str) -> bytes:
        """The bytes of the captures with this `payload_digest`, which must be recorded.

        Raises:
            StoreError: They are not there, or damaged.
        """
        query = sa.select(_PAYLOAD.c.body).where(_PAYLOAD.c.digest == digest)
        with self._mapped(), self._engine.connect() as connection:
            body: bytes = connection.scalar(query)  # type: ignore[assignment] # None is caught below
        if body == b"":
            raise StoreError(self.db, f"the bytes {digest} were redacted")
        try:
            return zlib.decompress(body)
        except (zlib.error, TypeError) as error:
            raise StoreError(
                self.db,
                f"the bytes {digest} are missing or damaged",
                remedy="Run ledger journal verify",
            ) from error

    def tallies(self, articles: Iterable[str]) -> dict[str, Tally]:
        """What is current of recorded articles, by id."""
        with self._mapped(), self._engine.connect() as connection:
            return {article: tally(connection, article) for article in articles}

    def _ready(
        self, versions: Sequence[Version]
    ) -> tuple[dict[str, list[_Staged]], dict[str, bytes]]:
        readings = [reading for _, reading, _ in versions]
        further = chain.from_iterable(further for _, _, further in versions)
        return self._stage([*self._entries(readings), *further]), _bodies(readings)

    def _entries(self, readings: Sequence[Reading]) -> list[Entry]:
        entries: list[Entry] = []
        for reading in readings:
            capture, article = reading.capture, reading.article
            found = (f"sha256:{hashlib.sha256(reading.payload).hexdigest()}", len(reading.payload))
            if found != (capture.payload_digest, capture.size):
                raise AppendError(self.db, capture.id, "the bytes are not those of the capture")
            entries += [*reading.outlets, *reading.sources, capture]
            entries += [article] if article else []
            entries += [*reading.claims, *reading.citations, *reading.attributions]
        return entries

    def _append(
        self,
        connection: sa.Connection,
        readings: Sequence[Reading],
        staged: dict[str, list[_Staged]],
        bodies: dict[str, bytes],
    ) -> list[Appended]:
        redacted = bulk.held(connection, _REDACTION.c.digest, list(bodies))
        for reading in readings:
            if reading.capture.payload_digest in redacted:
                raise RefusedError(
                    reading.capture.requested_url,
                    "redacted",
                    "these bytes were erased from the ledger, and are not recorded again",
                )
        new = self._record(connection, staged, bodies)
        answer = []
        for reading in readings:
            own = [reading.capture, *reading.outlets, *reading.sources, *reading.claims]
            own += [*reading.citations, *reading.attributions]
            own += [reading.article] if reading.article else []
            answer.append(
                Appended(
                    article_id=reading.article.id if reading.article else None,
                    new=(reading.article or reading.capture).id in new,
                    entries=len({entry.id for entry in own} & new),
                )
            )
        return answer

    def _stage(self, entries: Iterable[Entry]) -> dict[str, list[_Staged]]:
        """Kind to entries, in an order in which foreign keys are satisfied; each id once."""
        staged: dict[str, list[_Staged]] = {kind: [] for kind in ENTRY_TABLES}
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                continue
            seen.add(entry.id)
            kind, content = entry.kind_of_entry, entry.said()
            try:
                saying = spelled(content)
            except UnicodeEncodeError as error:
                raise AppendError(self.db, entry.id, "it holds half a character") from error
            row = row_from(kind, content)
            if b"\\u0000" in saying and any(type(v) is str and "\0" in v for v in row.values()):
                raise AppendError(self.db, entry.id, "it holds a NUL, which is no character")
            staged[kind].append(_Staged(entry.id, kind, row, hashlib.sha256(saying).hexdigest()))
        return staged

    def _record(
        self,
        connection: sa.Connection,
        staged: dict[str, list[_Staged]],
        bodies: dict[str, bytes] | None = None,
    ) -> set[str]:
        """Write what is not known yet, and its journal. Returns the ids that were written."""
        recorded = Recorded(payloads=bodies or {})
        fresh: list[_Staged] = []
        new: set[str] = set()
        for kind, entries in staged.items():
            of_kind = _fresh(connection, kind, entries, new)
            recorded.rows[kind] = [entry.row for entry in of_kind]
            new.update(entry.entry_id for entry in of_kind)
            fresh += of_kind
        if not fresh:
            return set()
        for made, leaf in self._links(connection, fresh):
            recorded.links.append(made)
            recorded.leaves.append(leaf)
        self._write(connection, recorded)
        return new

    def _write(self, connection: sa.Connection, recorded: "Recorded") -> None:
        """Every way into the tables: what is new, already checked and chained."""
        if not recorded.links:
            return
        self._last = recorded.links[-1]
        held = bulk.held(connection, _PAYLOAD.c.digest, list(recorded.payloads))
        bodies = [item for item in recorded.payloads.items() if item[0] not in held]
        completed = grown(bulk.asking(connection), recorded.links, recorded.leaves or None)
        try:
            with connection.begin_nested():  # what follows an error can then still be asked
                bulk.insert(connection, _PAYLOAD, bodies)
                for kind, rows in recorded.rows.items():
                    table = _TABLES[kind]
                    bulk.insert(connection, table, [bulk.row(table, row) for row in rows])
                bulk.insert(connection, _JOURNAL, recorded.links)  # its columns are a link's fields
                bulk.insert(connection, _TREE, [bulk.row(_TREE, row) for row in completed])
        except sa.exc.IntegrityError as error:
            bulk.insert(connection, _PAYLOAD, bodies)
            self._blame(connection, recorded)
            raise error
        summaries.refresh(connection, recorded.rows)
        for redaction in recorded.redactions:
            erase(connection, redaction)
        if recorded.redactions:
            summaries.words_anew(connection)

    def _blame(self, connection: sa.Connection, recorded: "Recorded") -> None:
        """Name the first entry that its table does not take; the transaction is lost anyway.

        Raises:
            AppendError: With the entry.
        """
        for kind, rows in recorded.rows.items():
            for row in rows:
                try:
                    bulk.insert(connection, _TABLES[kind], [bulk.row(_TABLES[kind], row)])
                except sa.exc.IntegrityError as error:
                    said = " ".join(str(error.orig).split())
                    raise AppendError(self.db, row["id"], f"{kind}: {said}") from error

    def _links(
        self, connection: sa.Connection, entries: Sequence[_Staged]
    ) -> Iterator[tuple[Link, bytes]]:
        recorded_at = self._clock().astimezone(UTC).isoformat(timespec="milliseconds")
        recorded_at = recorded_at.replace("+00:00", "Z")
        last, previous = _head(connection)
        said = ((entry.entry_id, entry.kind, entry.content_digest) for entry in entries)
        return follow(last, previous, recorded_at, said)

    def grant(self, role: str) -> None:
        """Let a user of the server record and read, and nothing more; see `ledger.roles.grant`.

        Raises:
            UsageError: There is no such user, it owns the ledger, or this ledger is a file.
            StoreError: We do not own the ledger.
        """
        if self._engine.dialect.name != "postgresql":
            raise UsageError(
                self.db, "a file has no users", remedy="Set its permissions: chmod, chown"
            )
        with self.writing() as connection:
            grant(connection, role)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that holds the write lock from its beginning; for this module.

        An error while it is committed says nothing of whether it was: the answer of a server may
        be lost on its way. Then the journal is asked.
        """
        self._last = None
        with (
            self._mapped(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin() as transaction,
        ):
            yield connection
            try:
                transaction.commit()
            except sa.exc.DBAPIError:
                connection.invalidate()  # lets go of whatever it still holds
                if not self._is_recorded(self._last):
                    raise

    def _is_recorded(self, last: Link | None) -> bool:
        """Whether the batch that ends with this link is; None for one that holds nothing.

        A server may still be at work on it: whoever has the lock knows that it is done.
        """
        if last is None:
            return False
        waits = self._engine.dialect.name == "postgresql"
        query = sa.select(_JOURNAL.c.digest).where(_JOURNAL.c.seq == last.seq)
        try:
            with self._engine.connect().execution_options(writes=waits) as connection:
                return connection.scalar(query) == last.digest
        except (sa.exc.DBAPIError, StoreError) as error:
            raise StoreError(
                self.db,
                "the database was lost while it confirmed, so it is not known whether the last "
                "part was recorded",
                remedy="Run the same command again: nothing is recorded twice",
            ) from error

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise store_error(self.db, error.orig or error) from error


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


def _fresh(
    connection: sa.Connection, kind: str, entries: Sequence[_Staged], new: Collection[str]
) -> list[_Staged]:
    """Those that are not recorded yet, given the ids of what is new of the kinds before.

    What hangs on something new cannot be recorded, so the journal is not asked about it: that is
    nearly everything, one look-up for each claim, citation and attribution.
    """
    hangs_on = _HANGS_ON.get(kind)
    asked = [e.entry_id for e in entries if hangs_on is None or e.row[hangs_on] not in new]
    known = bulk.held(connection, _JOURNAL.c.entry_id, asked)
    return [entry for entry in entries if entry.entry_id not in known] if known else [*entries]


def _bodies(readings: Sequence[Reading]) -> dict[str, bytes]:
    """Digest to compressed bytes; made before the lock is held."""
    return {reading.capture.payload_digest: zlib.compress(reading.payload) for reading in readings}


def _head(connection: sa.Connection) -> tuple[int, str]:
    """Number and digest of the last journal record; 0 and `GENESIS` when there is none."""
    last = connection.execute(
        sa.select(_JOURNAL.c.seq, _JOURNAL.c.digest).order_by(_JOURNAL.c.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.digest) if last else (0, GENESIS)
