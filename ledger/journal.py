"""Entries -> a chain of digests, and proof that a chain and its entries are what was recorded.

Pure arithmetic: each link's digest covers the link before, so whoever changes, inserts, moves or
removes a record must recompute every later digest, and anyone who wrote one of those down sees
it. A tail cut off, or a rewritten chain, cannot be seen from inside: keep a digest elsewhere.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ledger.errors import IntegrityError
from ledger.model import ENTRY_TYPES, Entry, canonical, entry_id, spell_string

LINK_RULE = 1
"""Version of the link rule; changing the rule changes the ledger format."""

GENESIS = "0" * 64
"""What stands for the digest before the first link."""


class Link(NamedTuple):
    """One record of the journal: that an entry was appended.

    Attributes:
        seq: From 1, without gaps.
        entry_id: What was appended.
        kind: Its `Entry.kind_of_entry`.
        recorded_at: When, ISO 8601 in UTC, by the clock of the machine that recorded it. The order
            is `seq`; a clock may go back.
        content_digest: As `content_digest` gives it.
        previous: Digest of link `seq - 1`; `GENESIS` for the first.
        digest: As `link` gives it.
    """

    seq: int
    entry_id: str
    kind: str
    recorded_at: str
    content_digest: str
    previous: str
    digest: str


class Verified(NamedTuple):
    """A journal that holds: its number of entries and its last digest (`GENESIS` when empty)."""

    entries: int
    head: str


def content_digest(entry: Entry) -> str:
    """SHA-256, 64 lower-case hex digits, over the entry's canonical JSON.

    Fields that are None are left out: a field that a later version adds then changes no digest.
    """
    return digest_of(entry.content())


def digest_of(content: Mapping[str, Any]) -> str:
    """As `content_digest`, from `Entry.content`.

    Raises:
        ValueError, TypeError: The content is none that an entry can have.
    """
    known = {name: value for name, value in content.items() if value is not None}
    return hashlib.sha256(canonical(known)).hexdigest()


def link(
    previous: str, seq: int, entry_id: str, kind: str, recorded_at: str, content_digest: str
) -> str:
    """The digest of one link: SHA-256 over a canonical JSON array of everything it says."""
    try:
        # Spelled by hand, as `canonical` would: it is done once for each entry.
        said = ",".join(map(spell_string, (entry_id, kind, recorded_at, content_digest)))
        spelled = f"[{LINK_RULE},{spell_string(previous)},{seq:d},{said}]".encode()
    except (TypeError, ValueError):  # a row that somebody else wrote may hold anything
        spelled = canonical([LINK_RULE, previous, seq, entry_id, kind, recorded_at, content_digest])
    return hashlib.sha256(spelled).hexdigest()


def verify(records: Iterable[tuple[Link, Mapping[str, Any] | None]]) -> Verified:
    """Recompute a whole chain and the digest and id of every entry in it.

    Args:
        records: Every link of the journal by ascending `seq`, each with what is recorded now under
            its entry id, as `Entry.content` gave it; None when nothing is. Read one at a time.

    Raises:
        IntegrityError: At the first record that is not what was recorded; `seq` names it.
    """
    seq, head = 0, GENESIS
    for record, content in records:
        seq += 1
        _check_link(record, seq, head)
        _check_entry(record, content)
        head = record.digest
    return Verified(seq, head)


def _check_link(record: Link, seq: int, head: str) -> None:
    if record.seq < seq:
        raise IntegrityError("it was put in: numbers begin at 1", seq=record.seq)
    if record.seq > seq:
        raise IntegrityError(f"it is missing, {record.seq} stands in its place", seq=seq)
    if record.previous != head:
        raise IntegrityError("it does not follow from the record before it", seq=seq)
    if record.digest != _digest(lambda: link(head, *record[:5])):
        raise IntegrityError("its own digest is wrong: the journal was altered", seq=seq)


def _check_entry(record: Link, content: Mapping[str, Any] | None) -> None:
    entry = f"{record.kind} {record.entry_id}"
    if record.kind not in ENTRY_TYPES:
        raise IntegrityError(f"{entry} is of an unknown kind", seq=record.seq)
    if content is None:
        raise IntegrityError(f"{entry} is missing", seq=record.seq)
    if record.content_digest != _digest(lambda: digest_of(content)):
        raise IntegrityError(f"{entry} is not what was recorded", seq=record.seq)
    key = ENTRY_TYPES[record.kind].key_in(content)
    if record.entry_id != entry_id(record.kind, *key):
        raise IntegrityError(f"{entry} has an id that does not follow from it", seq=record.seq)


def _digest(compute: Callable[[], str]) -> str | None:
    """None for what no entry holds and a damaged database may: bytes, NaN, half characters."""
    try:
        return compute()
    except (TypeError, ValueError, RecursionError):
        return None
