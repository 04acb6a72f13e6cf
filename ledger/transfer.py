"""A ledger <-> JSON Lines that carry every entry, so that it moves between databases.

One line each, in the order of the journal: a head, then for every record the entry as it was
digested, before the first capture of some bytes those bytes, and an end that says how many there
were. What is read in is checked as `ledger.journal` checks it, before anything is kept: the copy
has the same head, or nothing is recorded. The lines are described in docs/export.md.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, NamedTuple

from ledger.erasure import READ_IN, is_emptied, remains_in, without_words
from ledger.errors import ExtractError, IntegrityError, UsageError
from ledger.journal import Erased, Held, Link, held
from ledger.model import ENTRY_TYPES, canonical
from ledger.proof import records
from ledger.reader import Reader
from ledger.remains import Remains
from ledger.schema import Place
from ledger.store import Ledger, Recorded, Replay
from ledger.tables import row_from

FORMAT = "ledger-export/1"

LINE = 64 * 1024 * 1024
"""Longest line that is read: the largest page with its base64, three times over."""

CHUNK = 1000
"""Records that are written at once; a few megabytes."""

Told = Callable[[int], None]
"""Told how many records are done, now and then."""


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


def write_out(db: Place, file: IO[bytes], tell: Told = lambda _: None) -> Held:
    """Write everything recorded to `file`, checked while it is read; others may go on writing.

    Raises:
        IntegrityError: The record is not what was recorded; what is in `file` is then worthless.
        StoreError: The database cannot be read.
    """
    file.write(_line({"format": FORMAT}))
    for row in _redactions(db):
        file.write(_line(row))
    payloads: set[str] = set()

    def passing() -> Iterator[tuple[Link, Mapping[str, Any] | Erased | None]]:
        for link, found in records(db):
            content = found.content if isinstance(found, Erased) else found
            if content and link.kind == "capture" and content["payload_digest"] not in payloads:
                payloads.add(content["payload_digest"])
                file.write(_payload_line(db, content["payload_digest"]))
            if content:
                file.write(_record_line(link, content, erased=isinstance(found, Erased)))
            yield link, found
            if link.seq % CHUNK == 0:
                tell(link.seq)

    verified = held(passing())
    file.write(_line({"end": verified.entries, "head": verified.head, "payloads": len(payloads)}))
    return verified


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
    lines = _Lines(file, name)
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


class _Lines:
    """The lines of an export as objects, counted for messages."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self.name = name
        self.number = 0

    def next(self) -> dict[str, Any] | None:
        """The next line; None at the end of the file."""
        line = self._file.readline(LINE + 1)
        self.number += 1
        if not line:
            return None
        try:
            if len(line) > LINE:
                raise ValueError("the line is too long")
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self.damaged("it is no JSON") from error
        if not isinstance(found, dict):
            raise self.damaged("it is no object")
        return found

    def damaged(self, what: str) -> ExtractError:
        return ExtractError(
            f"{self.name}, line {self.number}",
            "damaged-export",
            what,
            remedy="Nothing was recorded. Make the export anew",
        )


def _checked(
    lines: _Lines, replay: Replay, tell: Told
) -> Iterator[tuple[Link, Mapping[str, Any] | Erased | None]]:
    """Every record for `verify`, each written with its chunk after it was checked."""
    chunk = Recorded()
    redactions = _Redactions(lines)
    seq = 0
    while (found := lines.next()) is not None:
        if "end" in found:
            replay.write(chunk)
            _check_end(found, seq, lines)
            redactions.check_end()
            return
        if "redaction" in found:
            redactions.add(found)
            continue
        if "payload" in found:
            gone = redactions.covers(found)
            chunk.payloads[str(found["payload"])] = b"" if gone else _body(found, lines)
            continue
        link, content = _record(found, lines)
        seq = link.seq
        yield link, redactions.seen(link, content, erased=found.get("erased") is True)
        if seq < replay.entries:
            chunk.payloads.clear()
        elif seq == replay.entries:  # the chain makes it stand for all before it
            chunk.payloads.clear()
            if link.digest != replay.head:
                raise _another(lines)
        else:
            chunk.links.append(link)
            chunk.rows[link.kind].append(row_from(link.kind, content))
            chunk.redactions += redactions.decided_by(link)
        if len(chunk.links) >= CHUNK:
            replay.write(chunk)
            tell(seq)
            chunk = Recorded()
    raise lines.damaged("the export ends before its end: it was cut off")


class _Redactions:
    """What an export says was redacted: erased entries are believed only where it was.

    An import into a ledger that holds the words still erases them there too.
    """

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self._by_judgement: dict[str, dict[str, str]] = {}
        self._digests: dict[str, str] = {}  # each to itself
        self._decided: set[str] = set()
        self._over: set[str] = set()  # bytes whose redaction came: it erased nothing later
        self._read_from: dict[str, str] = {}  # captures, articles and claims to their bytes
        self._remains: dict[str, Remains] = {}  # bytes to what is left of what was read from them

    def add(self, found: Mapping[str, Any]) -> None:
        """One more, from its line."""
        row = {"digest": found["redaction"], **{n: found.get(n) for n in ("judgement_id", "note")}}
        if not all(isinstance(value, str) for value in row.values()):
            raise self._lines.damaged("it is no redaction")
        self._by_judgement[row["judgement_id"]] = row
        self._digests[row["digest"]] = row["digest"]

    def covers(self, found: Mapping[str, Any]) -> bool:
        """Whether these bytes are gone, and may be."""
        return found.get("body") == "" and str(found["payload"]) in self._digests

    def seen(
        self, link: Link, content: Mapping[str, Any], *, erased: bool
    ) -> Mapping[str, Any] | Erased:
        """The content, or `Erased` where a redaction says so."""
        kind = link.kind
        named = (
            content["payload_digest"] if kind == "capture" else content.get(READ_IN.get(kind, ""))
        )
        known = self._digests if kind == "capture" else self._read_from
        digest = known.get(str(named))
        if digest is not None:
            self._read_from[link.entry_id] = digest
        if kind == "judgement" and content["verb"] == "redact":
            self._judged(link, content)
        if digest is None or kind == "capture" or digest in self._over:
            return content
        gone = erased and is_emptied(kind, content)
        self._left(digest, link, content if gone else without_words(kind, content))
        return Erased(content) if gone else content

    def _left(self, digest: str, link: Link, content: Mapping[str, Any]) -> None:
        try:
            self._remains.setdefault(digest, Remains()).add(link.seq, link.kind, content)
        except (TypeError, ValueError) as error:
            raise self._lines.damaged("it is no record of a ledger") from error

    def _judged(self, link: Link, content: Mapping[str, Any]) -> None:
        """One that was decided, of which the record says what it leaves."""
        row = self._by_judgement.get(link.entry_id)
        if row is None or row["digest"] != content["subject"]:
            return
        self._decided.add(link.entry_id)
        self._over.add(row["digest"])
        said = remains_in(str(content["object"]))
        if said not in (None, self._remains.get(row["digest"], Remains()).digest()):
            raise IntegrityError(
                "what is left of the entries it erased is not what it left",
                subject=f"{self._lines.name}: the redaction of the bytes {row['digest']}",
            )

    def decided_by(self, link: Link) -> list[dict[str, str]]:
        """The redaction that the judgement of this link decided, if it did."""
        return [self._by_judgement[link.entry_id]] if link.entry_id in self._decided else []

    def check_end(self) -> None:
        """Every redaction must have been decided.

        Raises:
            IntegrityError: One was not.
        """
        for judgement, row in self._by_judgement.items():
            if judgement not in self._decided:
                raise IntegrityError(
                    f"{self._lines.name}: nobody decided the redaction of the bytes {row['digest']}"
                )


def _another(lines: _Lines) -> UsageError:
    return UsageError(
        lines.name,
        "what it holds is not the continuation of what is recorded here: it is another ledger",
        remedy="Import into a new database: ledger --db NEW db import FILE",
    )


def _check_end(end: Mapping[str, Any], seq: int, lines: _Lines) -> None:
    if end["end"] != seq:
        raise IntegrityError(f"{lines.name} has {seq} records and says {end['end']}", seq=seq + 1)
    if lines.next() is not None:
        raise lines.damaged("something follows the end")


def _record(found: Mapping[str, Any], lines: _Lines) -> tuple[Link, dict[str, Any]]:
    try:
        link = Link(*(found[name] for name in Link._fields))
        given = found["content"]
        names = ENTRY_TYPES[link.kind].model_fields
        if not isinstance(given, dict) or not given.keys() <= names.keys():
            raise ValueError("fields that no entry has")
        content = {name: given.get(name) for name in names}
    except (KeyError, TypeError, ValueError) as error:
        raise lines.damaged("it is no record of a ledger that this program knows") from error
    return link, content


def _body(found: Mapping[str, Any], lines: _Lines) -> bytes:
    """The compressed bytes of a payload, whose digest is checked."""
    try:
        body = base64.b64decode(found["body"], validate=True)
        digest = hashlib.sha256()
        inflate = zlib.decompressobj()
        rest = body
        while rest:
            digest.update(inflate.decompress(rest, 1 << 20))
            rest = inflate.unconsumed_tail
    except (KeyError, TypeError, binascii.Error, zlib.error) as error:
        raise lines.damaged("the bytes of a page cannot be read") from error
    if found["payload"] != f"sha256:{digest.hexdigest()}" or not inflate.eof:
        raise IntegrityError(f"{lines.name}, line {lines.number}: the bytes were changed")
    return body


def _line(value: Mapping[str, Any]) -> bytes:
    return canonical(value) + b"\n"


def _record_line(link: Link, content: Mapping[str, Any], *, erased: bool) -> bytes:
    known = {name: value for name, value in content.items() if value is not None}
    return _line({**link._asdict(), "content": known, **({"erased": True} if erased else {})})


def _redactions(db: Place) -> list[dict[str, Any]]:
    with Reader(db) as reader:
        rows = reader.rows("SELECT digest, judgement_id, note FROM redaction ORDER BY digest")
    return [{"redaction": row.pop("digest"), **row} for row in rows]


def _payload_line(db: Place, digest: str) -> bytes:
    with Reader(db) as reader:
        row = reader.row("SELECT body FROM payload WHERE digest = :digest", {"digest": digest})
    if row is None:
        raise IntegrityError(f"the bytes {digest} are missing")
    return _line({"payload": digest, "body": base64.b64encode(row["body"]).decode("ascii")})
