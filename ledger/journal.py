"""Entries -> a chain of digests, and proof that a chain and its entries are what was recorded.

Pure arithmetic: each link's digest covers the link before, so whoever changes, inserts, moves or
removes a record must recompute every later digest, and anyone who wrote one of those down sees
it. A tail cut off, or a rewritten chain, cannot be seen from inside: keep a checkpoint elsewhere.

The bytes that a link's digest is taken over are also a leaf of the Merkle tree over the journal
(`ledger.merkle`), whose root stands for the whole of it and proves single records in few digests.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from ledger.entry import Entry
from ledger.errors import IntegrityError
from ledger.ids import entry_id, spell, spell_string
from ledger.merkle import leaf_digest
from ledger.model import ENTRY_TYPES

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
    return hashlib.sha256(spelled(content)).hexdigest()


def spelled(content: Mapping[str, Any]) -> bytes:
    """What `digest_of` covers: canonical JSON of all that is not None; raises as it does."""
    # As `canonical` would spell it; by hand, because a million of them are spelled at a time.
    known = []
    for name, start in _starts(tuple(content)):
        value = content[name]
        if type(value) is str:
            known.append(start + spell_string(value))
        elif value is not None:
            known.append(start + spell(value))
    return f"{{{','.join(known)}}}".encode()


def spelled_alike(contents: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    """As `spelled` of each, for contents that all have the same fields, one at least."""
    # Field by field: one look at its values tells how all of them are spelled.
    fields = [
        _spelled_field(start, [content[name] for content in contents])
        for name, start in _starts(tuple(contents[0]) if contents else ())
    ]
    for content in zip(*fields, strict=True):
        yield f"{{{','.join(filter(None, content))}}}".encode()


def _spelled_field(start: str, values: list[Any]) -> list[str]:
    """What each content has of one field, by its values and how it begins; "" for None."""
    types = set(map(type, values))
    if not types <= _EQUAL_ALIKE:
        return ["" if value is None else start + spell(value) for value in values]
    different = set(values)
    if types == {str} and 2 * len(different) > len(values):  # such as ids, and what claims say
        return [start + word for word in map(spell_string, values)]
    known = {value: start + spell(value) for value in different}
    known[None] = ""
    return [known[value] for value in values]


_EQUAL_ALIKE = {str, int, NoneType, tuple}
# Types whose equal values are spelled alike, a tuple being one of texts; 1, 1.0 and True are not.


@lru_cache(maxsize=64)
def _starts(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names of fields in the order of canonical JSON, each with how it begins there."""
    return [(name, f"{spell_string(name)}:") for name in sorted(names)]


def said(
    previous: str, seq: int, entry_id: str, kind: str, recorded_at: str, content_digest: str
) -> bytes:
    """Everything that a link says, as canonical JSON: [rule, previous, seq, entry_id, ...].

    Raises:
        TypeError, ValueError: No link has these values.
    """
    # As `canonical` would spell it; by hand, because a million of them are spelled at a time.
    words = [spell_string(word) for word in (previous, entry_id, kind, recorded_at, content_digest)]
    words.insert(1, int.__repr__(seq))
    return f"[{LINK_RULE},{','.join(words)}]".encode()


def link(
    previous: str, seq: int, entry_id: str, kind: str, recorded_at: str, content_digest: str
) -> str:
    """The digest of one link: SHA-256 over `said`."""
    saying = said(previous, seq, entry_id, kind, recorded_at, content_digest)
    return hashlib.sha256(saying).hexdigest()


def follow(
    seq: int, previous: str, recorded_at: str, entries: Iterable[tuple[str, str, str]]
) -> tuple[list[Link], list[bytes]]:
    """Link entries to a journal, one after the other.

    Args:
        seq, previous: Number and digest of its last link.
        recorded_at: As in `Link`, of all of them.
        entries: Id, kind and content digest of each.

    Returns:
        The links, and their leaves.
    """
    at, before = spell_string(recorded_at), spell_string(previous)
    links: list[Link] = []
    sayings: list[bytes] = []
    for number, (entry, kind, content) in enumerate(entries, seq + 1):
        # As `said`; what every link has, and what is a digest, need not be spelled again.
        words = f'[{LINK_RULE},{before},{number},{spell_string(entry)},"{kind}",{at},"{content}"]'
        saying = words.encode()
        digest = hashlib.sha256(saying).hexdigest()
        links.append(Link(number, entry, kind, recorded_at, content, previous, digest))
        sayings.append(saying)
        previous, before = digest, f'"{digest}"'
    return links, [leaf_digest(saying) for saying in sayings]


def leaf(link: Link) -> bytes:
    """What stands for a link in the Merkle tree: leaf `seq - 1`, over the same bytes."""
    return leaf_digest(said(link.previous, *link[:5]))


class Held(NamedTuple):
    """A journal that holds: its number of records and its last digest (`GENESIS` when empty)."""

    entries: int
    head: str


class Erased(NamedTuple):
    """Stands for a content that a redaction erased; `content` is what is left of it."""

    content: Mapping[str, Any]


def verify(
    records: Iterable[tuple[Link, Mapping[str, Any] | Erased | None]],
    *,
    seq: int = 0,
    head: str = GENESIS,
) -> Iterator[tuple[Link, bytes]]:
    """Recompute a chain, or a stretch of one, and the digest and id of every entry in it.

    Args:
        records: Links of the journal by ascending `seq`, each with what is recorded now under its
            entry id, as `Entry.content` gave it; None when nothing is. Read one at a time.
        seq: The number of the link before the first.
        head: The digest of that link.

    Yields:
        Each link that holds, and its leaf.

    Raises:
        IntegrityError: At the first record that is not what was recorded; `seq` names it.
    """
    for record, content in records:
        seq += 1
        leaf = _checked_link(record, seq, head)
        if not isinstance(content, Erased):
            check_entry(record, content)
        yield record, leaf
        head = record.digest


def written_anew(
    links: Sequence[Link], contents: Sequence[Mapping[str, Any]], *, seq: int, head: str
) -> list[bytes] | None:
    """The leaves of links that are those that their contents would have if they were recorded now.

    In two thirds of the time of `verify`, which says of which link it is not so.

    Args:
        links, contents: As for `verify`, as many of the one as of the other.
        seq, head: As for `verify`.

    Returns:
        None where it is not so.
    """
    leaves: list[bytes] = []
    if any(link.kind not in ENTRY_TYPES for link in links):
        return None
    try:
        entries = list(zip(*_named(links, contents), strict=True))
        for at, run in groupby(range(len(links)), lambda number: links[number].recorded_at):
            numbers = list(run)
            first, behind = numbers[0], numbers[-1] + 1
            written, found = follow(seq + first, head, at, entries[first:behind])
            if written != list(links[first:behind]):
                return None
            leaves += found
            head = written[-1].digest
    except (*_NEVER_RECORDED, LookupError):  # nor has one of a kind fewer fields than another
        return None
    return leaves


def _named(
    links: Sequence[Link], contents: Sequence[Mapping[str, Any]]
) -> tuple[list[str], list[str], list[str]]:
    """Ids, kinds and digests that these contents have."""
    ids, digests = [], [""] * len(links)
    of_kind: dict[str, list[int]] = {}
    for number, (link, content) in enumerate(zip(links, contents, strict=True)):
        ids.append(entry_id(link.kind, *ENTRY_TYPES[link.kind].key_in(content)))
        of_kind.setdefault(link.kind, []).append(number)
    for numbers in of_kind.values():
        spellings = spelled_alike([contents[number] for number in numbers])
        for number, spelling in zip(numbers, spellings, strict=True):
            digests[number] = hashlib.sha256(spelling).hexdigest()
    return ids, [link.kind for link in links], digests


def held(records: Iterable[tuple[Link, Mapping[str, Any] | Erased | None]]) -> Held:
    """Verify a whole journal; arguments and errors as for `verify`."""
    seq, head = 0, GENESIS
    for record, _ in verify(records):
        seq, head = record.seq, record.digest
    return Held(seq, head)


def _checked_link(record: Link, seq: int, head: str) -> bytes:
    if record.seq < seq:
        raise IntegrityError("it was inserted: numbers begin at 1", seq=record.seq)
    if record.seq > seq:
        raise IntegrityError(f"it is missing, and {record.seq} is in its place", seq=seq)
    if record.previous != head:
        raise IntegrityError("it does not follow from the record before it", seq=seq)
    saying = _attempted(lambda: said(head, *record[:5]))
    if saying is None or record.digest != hashlib.sha256(saying).hexdigest():
        raise IntegrityError("its own digest is wrong: the journal was altered", seq=seq)
    return leaf_digest(saying)


def check_entry(record: Link, content: Mapping[str, Any] | None) -> None:
    """Recompute the digest and the id of the entry that a link is about; else as `verify`."""
    entry = f"{record.kind} {record.entry_id}"
    if record.kind not in ENTRY_TYPES:
        raise IntegrityError(f"{entry} is of an unknown kind", seq=record.seq)
    if content is None:
        raise IntegrityError(f"{entry} is missing", seq=record.seq)
    if record.content_digest != _attempted(lambda: digest_of(content)):
        raise IntegrityError(f"{entry} is not what was recorded", seq=record.seq)
    key = _attempted(lambda: ENTRY_TYPES[record.kind].key_in(content))
    if key is None or record.entry_id != _attempted(lambda: entry_id(record.kind, *key)):
        raise IntegrityError(f"{entry} has an id that does not match its content", seq=record.seq)


Computed = TypeVar("Computed")


def _attempted(compute: Callable[[], Computed]) -> Computed | None:
    """None for what no entry holds and a damaged database may: bytes, NaN, half characters."""
    try:
        return compute()
    except _NEVER_RECORDED:
        return None


_NEVER_RECORDED = (TypeError, ValueError, RecursionError)
# What bytes, NaN and half characters raise where they are spelled.
