"""Entries -> their rows and digests, made ready before a transaction holds the write lock."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.entry import Entry
from ledger.errors import AppendError
from ledger.ids import payload_digest
from ledger.journal import spelled_alike
from ledger.model import Reading
from ledger.packing import packed
from ledger.tables import ENTRY_TABLES, row_of


class Ready(NamedTuple):
    """An entry made ready: `row` as in its table, `content_digest` as in the journal."""

    entry_id: str
    kind: str
    row: Mapping[str, Any]
    content_digest: str


Staged = dict[str, list[Ready]]
"""Kind to entries, in an order in which foreign keys are satisfied; each id once."""


def entries_of(reading: Reading) -> list[Entry]:
    """All that a reading records."""
    found: list[Entry] = [*reading.outlets, *reading.sources, reading.capture]
    found += [reading.article] if reading.article else []
    return [*found, *reading.claims, *reading.citations, *reading.attributions]


def stage(entries: Iterable[Entry], db: str) -> Staged:
    """Entries made ready.

    Args:
        entries: In any order, the same one any number of times.
        db: The ledger as shown to people.

    Raises:
        AppendError: An entry holds what no database takes: half a character, or a NUL.
    """
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.id, entry)
    of_kinds: dict[str, list[Entry]] = {kind: [] for kind in ENTRY_TABLES}
    for entry in first.values():
        of_kinds[entry.kind_of_entry].append(entry)
    return {kind: _ready(kind, of_kind, db) for kind, of_kind in of_kinds.items()}


def _ready(kind: str, entries: Sequence[Entry], db: str) -> list[Ready]:
    """Entries of one kind made ready; raises as `stage`."""
    contents = [entry.said() for entry in entries]
    ready: list[Ready] = []
    try:
        sayings = spelled_alike(contents)
        for entry, content, saying in zip(entries, contents, sayings, strict=True):
            row = row_of(kind, content)
            if b"\\u0000" in saying and any(type(v) is str and "\0" in v for v in row.values()):
                raise AppendError(db, entry.id, "it contains a NUL character")
            ready.append(Ready(entry.id, kind, row, hashlib.sha256(saying).hexdigest()))
    except UnicodeEncodeError as error:
        raise AppendError(db, entries[len(ready)].id, "it contains half a character") from error
    return ready


def bodies_of(readings: Sequence[Reading], db: str) -> dict[str, bytes]:
    """The bytes of some readings, compressed, by their digests.

    Raises:
        AppendError: A reading holds other bytes than its capture says.
    """
    bodies: dict[str, bytes] = {}
    for reading in readings:
        capture = reading.capture
        found = (payload_digest(reading.payload), len(reading.payload))
        if found != (capture.payload_digest, capture.size):
            raise AppendError(db, capture.id, "the bytes are not those of the capture")
        bodies[capture.payload_digest] = packed(reading.payload)
    return bodies
