"""Entries made ready -> the tables and the journal, in a transaction that is open."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger import bulk
from ledger.erasure import erase
from ledger.errors import AppendError
from ledger.journal import GENESIS, Link, follow
from ledger.staging import Ready, Staged
from ledger.tables import ENTRY_TABLES
from ledger.tree import grown

_HANGS_ON = {"claim": "article_id", "citation": "claim_id", "attribution": "claim_id"}
"""Kind of entry to the field that names the one it is recorded with or after: a foreign key."""

_TABLES = SQLModel.metadata.tables
_JOURNAL = _TABLES["journal"]
_PAYLOAD = _TABLES["payload"]
_TREE = _TABLES["tree"]


_NAMES_NOTHING = "it names an entry that is not recorded"
_TAKEN = "its id is taken, or what it revises is revised already"
_REASONS = {
    "SQLITE_CONSTRAINT_FOREIGNKEY": _NAMES_NOTHING,
    "23503": _NAMES_NOTHING,
    "SQLITE_CONSTRAINT_TRIGGER": _TAKEN,  # that looks at whatever is unique, before the index does
    "23505": _TAKEN,
}
"""What SQLite's names and SQLSTATEs of refusals of a row mean here."""


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


def chained(
    connection: sa.Connection,
    staged: Staged,
    bodies: dict[str, bytes],
    clock: Callable[[], datetime],
) -> Recorded:
    """What is not recorded yet of some entries, with its part of the journal; empty for nothing.

    Args:
        connection: In the transaction that `write` writes in: it holds the lock.
        staged: As `staging.stage` gives them.
        bodies: Digest to compressed bytes, of captures among them.
        clock: Gives the time of recording, with its zone.
    """
    recorded = Recorded(payloads=bodies)
    fresh: list[Ready] = []
    new: set[str] = set()
    for kind, entries in staged.items():
        of_kind = _fresh(connection, kind, entries, new)
        recorded.rows[kind] = [entry.row for entry in of_kind]
        new.update([entry.entry_id for entry in of_kind])
        fresh += of_kind
    if fresh:
        recorded.links, recorded.leaves = _links(connection, fresh, clock())
    return recorded


def write(connection: sa.Connection, recorded: Recorded, db: str) -> None:
    """Every way into the tables: what is new, already checked and chained.

    The derived tables are for whoever writes: see `ledger.summaries`.

    Raises:
        AppendError: A table does not take an entry; `db` is the ledger as shown to people.
    """
    if not recorded.links:
        return
    held = bulk.held(connection, _PAYLOAD.c.digest, list(recorded.payloads))
    bodies = [item for item in recorded.payloads.items() if item[0] not in held]
    completed = grown(bulk.asking(connection), recorded.links, recorded.leaves or None)
    try:
        with connection.begin_nested():  # what follows an error can then still be asked
            bulk.insert(connection, _PAYLOAD, bodies)
            for kind, rows in recorded.rows.items():
                table = _TABLES[kind]
                bulk.insert(connection, table, bulk.rows(table, rows))
            bulk.insert(connection, _JOURNAL, recorded.links)  # its columns are a link's fields
            bulk.insert(connection, _TREE, bulk.rows(_TREE, completed))
    except sa.exc.IntegrityError as error:
        bulk.insert(connection, _PAYLOAD, bodies)
        _blame(connection, recorded, db)
        raise error
    for redaction in recorded.redactions:
        erase(connection, redaction)


def _blame(connection: sa.Connection, recorded: Recorded, db: str) -> None:
    """Name the first entry that its table does not take; the transaction is lost anyway.

    Raises:
        AppendError: With the entry.
    """
    for kind, rows in recorded.rows.items():
        for row in rows:
            try:
                bulk.insert(connection, _TABLES[kind], bulk.rows(_TABLES[kind], [row]))
            except sa.exc.IntegrityError as error:
                raise AppendError(db, row["id"], f"{kind}: {_why(error.orig)}") from error


def _why(error: object) -> str:
    """What a table has against a row; in the words of the driver where there are no better."""
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return _REASONS.get(str(code)) or " ".join(str(error).split())


def _links(
    connection: sa.Connection, entries: Sequence[Ready], now: datetime
) -> tuple[list[Link], list[bytes]]:
    recorded_at = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    last, previous = head(connection)
    said = [(entry_id, kind, digest) for entry_id, kind, _, digest in entries]
    return follow(last, previous, recorded_at, said)


def _fresh(
    connection: sa.Connection, kind: str, entries: Sequence[Ready], new: Collection[str]
) -> list[Ready]:
    """Those that are not recorded yet, given the ids of what is new of the kinds before.

    What hangs on something new cannot be recorded, so the journal is not asked about it: that is
    nearly everything, one look-up for each claim, citation and attribution.
    """
    hangs_on = _HANGS_ON.get(kind)
    asked = [id for id, _, row, _ in entries if hangs_on is None or row[hangs_on] not in new]
    known = bulk.held(connection, _JOURNAL.c.entry_id, asked)
    return [entry for entry in entries if entry.entry_id not in known] if known else [*entries]


def head(connection: sa.Connection) -> tuple[int, str]:
    """Number and digest of the last journal record; 0 and `GENESIS` when there is none."""
    last = connection.execute(
        sa.select(_JOURNAL.c.seq, _JOURNAL.c.digest).order_by(_JOURNAL.c.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.digest) if last else (0, GENESIS)
