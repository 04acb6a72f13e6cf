"""Entries -> rows and journal, within a transaction that is open for writing."""

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger import bulk, summaries
from ledger.erasure import words_of_erased
from ledger.errors import AppendError, RefusedError
from ledger.latest import pages_of
from ledger.model import Reading
from ledger.recording import Recorded, chained, write
from ledger.staging import Staged
from ledger.store.appended import Appended, brought
from ledger.store.database import Database

_TABLES = SQLModel.metadata.tables
_PAYLOAD = _TABLES["payload"]
_REDACTION = _TABLES["redaction"]


def erased(url: str) -> RefusedError:
    """Why nothing is recorded of the page at `url`: somebody redacted these bytes."""
    return RefusedError(
        url, "redacted", "these bytes were erased from the ledger and are not recorded again"
    )


class Recorder:
    """What is done while the lock is held; its connections are of `Database.writing`."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def append(
        self,
        connection: sa.Connection,
        readings: Sequence[Reading],
        staged: Staged,
        bodies: dict[str, bytes],
    ) -> list[Appended]:
        """Write readings and their bodies, and say of each what it brought.

        Args:
            connection: Open for writing.
            readings: What is recorded.
            staged: The rows of their entries, and of what follows from them.
            bodies: By digest, the bytes of their captures, compressed.

        Raises:
            RefusedError: Some of the bytes were redacted. Else as `record`.
        """
        redacted = bulk.held(connection, _REDACTION.c.digest, list(bodies))
        for reading in readings:
            if reading.capture.payload_digest in redacted:
                raise erased(reading.capture.requested_url)
        digests = [reading.capture.payload_digest for reading in readings]
        held = bulk.held(connection, _PAYLOAD.c.digest, digests)
        new = self.record(connection, staged, bodies)
        shared = [each for each in digests if each in held or digests.count(each) > 1]
        pages = pages_of(connection, shared) if shared else {}
        return [brought(each, new, pages.get(each.capture.payload_digest, ())) for each in readings]

    def record(
        self, connection: sa.Connection, staged: Staged, bodies: dict[str, bytes] | None = None
    ) -> set[str]:
        """Write what is not known yet, and its journal. Returns the ids that were written.

        Raises:
            AppendError: Words of a page would come back that was redacted.
        """
        recorded = chained(connection, staged, bodies or {}, self._clock)
        entry = words_of_erased(connection, recorded.rows)
        if entry is not None:
            raise AppendError(
                self._database.name,
                entry,
                "its page was redacted meanwhile, and nothing of its words is recorded again",
            )
        self.write(connection, recorded)
        if recorded.links:
            summaries.refresh(connection, recorded.rows)
        return {link.entry_id for link in recorded.links}

    def write(self, connection: sa.Connection, recorded: Recorded) -> None:
        """Write rows, and their links of the journal, but nothing that is derived of them."""
        if recorded.links:
            self._database.last = recorded.links[-1]
            write(connection, recorded, self._database.name)
