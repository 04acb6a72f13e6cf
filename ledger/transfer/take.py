"""The lines of an export -> what they carry, recorded: all of it or nothing."""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any, NamedTuple

from ledger.errors import ExtractError, IntegrityError, UsageError
from ledger.journal import Erased, Link, held
from ledger.model import ENTRY_TYPES
from ledger.recording import Recorded
from ledger.store import Ledger, Replay
from ledger.tables import row_from
from ledger.transfer.lines import Lines
from ledger.transfer.redactions import Redactions
from ledger.transfer.write import CHUNK, FORMAT, Told

CHUNK_BYTES = 32_000_000
"""Compressed bytes of pages that are held before they are written."""


class Taken(NamedTuple):
    """What `take_in` did.

    Attributes:
        before: Records that were here already.
        entries: Records that are here now.
        head: Digest of the last.
    """

    before: int
    entries: int
    head: str


def take_in(ledger: Ledger, file: IO[bytes], name: str, tell: Told = lambda _: None) -> Taken:
    """Record what `write_out` wrote, as it was recorded there: all of it or nothing.

    What the ledger holds must be the beginning of it; a new ledger holds nothing.

    Args:
        ledger: Where to record.
        file: At its beginning.
        name: As shown to people.
        tell: See `Told`.

    Raises:
        ExtractError: This is no export, or a part of one.
        IntegrityError: A record is missing, or is not what was recorded.
        UsageError: The ledger holds something else.
        StoreError: It could not be recorded.
    """
    lines = Lines(file, name)
    head = lines.next()
    if head is None or head.get("format") != FORMAT:
        raise ExtractError(
            name, "no-export", f"this is no {FORMAT}", remedy="See: ledger db export"
        )
    with ledger.replaying() as replay:
        try:
            taken = held(_checked(lines, replay, tell))
        except IntegrityError as error:  # of the file: the ledger was not asked yet
            raise IntegrityError(
                f"{error.message} (in {name})",
                seq=error.seq,
                subject=error.subject,
                remedy="Nothing was recorded. The file was changed or damaged: export it anew",
            ) from error
        if taken.entries < replay.entries:
            if replay.digest_at(taken.entries) != taken.head:
                raise _another(lines)
            return Taken(replay.entries, replay.entries, replay.head)
        return Taken(replay.entries, taken.entries, taken.head)


def _checked(
    lines: Lines, replay: Replay, tell: Told
) -> Iterator[tuple[Link, Mapping[str, Any] | Erased | None]]:
    """Every record for `verify`, each written with its chunk after it was checked."""
    chunk = Recorded()
    redactions = Redactions(lines)
    pages = _Pages(lines)
    seq = 0
    while (found := lines.next()) is not None:
        if "end" in found:
            pages.check_none_waits()
            replay.write(chunk)
            _check_end(found, seq, lines)
            redactions.check_end()
            return
        if "redaction" in found:
            redactions.add(found)
            continue
        if "payload" in found:
            chunk.payloads[str(found["payload"])] = pages.body(found, redactions)
            continue
        link, content = _record(found, lines)
        pages.check(link, content)
        seq = link.seq
        yield link, redactions.seen(link, content, erased=found.get("erased") is True)
        if seq <= replay.entries:
            chunk.payloads.clear()
            # The chain makes the last one stand for all before it.
            if seq == replay.entries and link.digest != replay.head:
                raise _another(lines)
        else:
            chunk.links.append(link)
            chunk.rows[link.kind].append(row_from(link.kind, content))
            chunk.redactions += redactions.decided_by(link)
        if len(chunk.links) >= CHUNK or pages.held >= CHUNK_BYTES:
            replay.write(chunk)
            tell(seq)
            chunk, pages.held = Recorded(), 0
    raise lines.damaged("the export ends before its end: it was cut off")


def _another(lines: Lines) -> UsageError:
    return UsageError(
        lines.name,
        "what it holds is not the continuation of what is recorded here: it is another ledger",
        remedy="Import into a new database: ledger --db NEW db import FILE",
    )


def _check_end(end: Mapping[str, Any], seq: int, lines: Lines) -> None:
    if end["end"] != seq:
        raise IntegrityError(f"{lines.name} has {seq} records and says {end['end']}", seq=seq + 1)
    if lines.next() is not None:
        raise lines.damaged("something follows the end")


def _record(found: Mapping[str, Any], lines: Lines) -> tuple[Link, dict[str, Any]]:
    try:
        link = Link(*(found[name] for name in Link._fields))
        seq, *words = link
        if type(seq) is not int or not all(isinstance(word, str) for word in words):
            raise ValueError("a link with other values than any has")
        given = found["content"]
        names = ENTRY_TYPES[link.kind].model_fields
        if not isinstance(given, dict) or not given.keys() <= names.keys():
            raise ValueError("fields that no entry has")
        entry = ENTRY_TYPES[link.kind].model_validate({name: given.get(name) for name in names})
        # As an entry has it: of `true` or 1.0 for 1 the digest is another, which `verify` finds.
        content = entry.content()
        if not all(map(_fits, (*words, *content.values()))):
            raise ValueError("values that no database takes")
    except (KeyError, TypeError, ValueError) as error:
        raise lines.damaged("it is no record of a ledger that this program knows") from error
    return link, content


def _fits(value: Any) -> bool:
    """Whether a column of either database takes a value."""
    if isinstance(value, str):
        return "\0" not in value
    return not isinstance(value, int) or -(2**31) <= value < 2**31


class _Pages:
    """The bytes of pages, as their lines come; `held` counts those since it was set to 0.

    Each comes directly before the first capture that has it: so no bytes come that nothing speaks
    of, and never more of them at once than one page has.
    """

    def __init__(self, lines: Lines) -> None:
        self.held = 0
        self._lines = lines
        self._sizes: dict[str, int] = {}
        self._waiting: str | None = None

    def body(self, found: Mapping[str, Any], redactions: Redactions) -> bytes:
        """The compressed bytes of a payload, whose digest is checked; none of one redacted."""
        self.check_none_waits()
        self._waiting = str(found["payload"])
        if redactions.covers(found):
            return b""
        size = 0
        try:
            body = base64.b64decode(found["body"], validate=True)
            digest = hashlib.sha256()
            inflate = zlib.decompressobj()
            rest = body
            while rest:
                part = inflate.decompress(rest, 1 << 20)
                digest.update(part)
                size += len(part)
                rest = inflate.unconsumed_tail
        except (KeyError, TypeError, binascii.Error, zlib.error) as error:
            raise self._lines.damaged("the bytes of a page cannot be read") from error
        whole = inflate.eof and not inflate.unused_data  # nothing is hidden behind it
        if found["payload"] != f"sha256:{digest.hexdigest()}" or not whole:
            raise self._changed("the bytes were changed")
        self._sizes[found["payload"]] = size
        self.held += len(body)
        return body

    def check(self, link: Link, content: Mapping[str, Any]) -> None:
        """Compare what a capture says of its bytes with those that came before it."""
        waiting, self._waiting = self._waiting, None
        if waiting not in (None, content.get("payload_digest")):
            raise self._lines.damaged(
                "the bytes of a page came before, and this is not its capture"
            )
        if link.kind != "capture":
            return
        if self._sizes.get(content["payload_digest"], content["size"]) != content["size"]:
            raise self._changed("the bytes have another size than their capture says")

    def check_none_waits(self) -> None:
        """Raise ExtractError where bytes came and their capture does not follow."""
        if self._waiting is not None:
            raise self._lines.damaged("bytes of a page without the capture that has them")

    def _changed(self, what: str) -> IntegrityError:
        return IntegrityError(f"{self._lines.name}, line {self._lines.number}: {what}")
