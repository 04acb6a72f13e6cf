"""The lines of an export -> what they carry, recorded: all of it or nothing."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, NamedTuple

from ledger.counting import counted
from ledger.errors import AppendError, ExtractError, IntegrityError, UsageError
from ledger.journal import GENESIS, Erased, Link, verify, written_anew
from ledger.proof.redact import Keys
from ledger.recording import Recorded
from ledger.store import Ledger, Replay
from ledger.tables import row_of
from ledger.transfer.lines import Lines
from ledger.transfer.pages import Pages
from ledger.transfer.records import Texts, record
from ledger.transfer.redactions import Order, Redactions
from ledger.transfer.write import FORMAT, Told

CHUNK = 4_000
"""Records that are checked and written at once, a few megabytes: with fewer of them, each page of
an index over ids is written more often."""

CHUNK_BYTES = 32_000_000
"""Bytes of lines that are held before they are written."""

MOST_NAMED = 4
"""Pages that a message names."""


class Taken(NamedTuple):
    """What `take_in` did.

    Attributes:
        before: Records that were here already.
        entries: Records that are here now.
        head: Digest of the last.
        erased: The redactions by which words were erased that the ledger held before: then the
            database is to be written anew (`Ledger.compact`).
        unknown: How many redactions of the export are not signed with a known key.
    """

    before: int
    entries: int
    head: str
    erased: tuple[Order, ...]
    unknown: int


def take_in(
    ledger: Ledger,
    file: IO[bytes],
    name: str,
    tell: Told = lambda _: None,
    follows: Callable[[int, int], None] = lambda *_: None,
    *,
    erase: bool = False,
    keys: Keys = lambda _: (),
) -> Taken:
    """Record what `write_out` wrote, as it was recorded there: all of it or nothing.

    What the ledger holds must be the beginning of it; a new ledger holds nothing.

    Args:
        ledger: Where to record.
        file: At its beginning.
        name: As shown to people.
        tell: See `Told`.
        follows: Told now and then, behind the last line, of how many articles it is worked out
            what follows from them, and of how many that is to be.
        erase: Whether redactions may erase words that the ledger holds; only those that are signed
            with one of `keys` do.
        keys: See `Keys`.

    Raises:
        ExtractError: This is no export, or a part of one.
        IntegrityError: A record is missing, or is not what was recorded.
        UsageError: The ledger holds something else, or words that it would lose and may not.
        StoreError: It could not be recorded.
    """
    lines = Lines(file, name)
    head = lines.next()
    if head is None or head.get("format") != FORMAT:
        raise ExtractError(
            name, "no-export", f"this is not a {FORMAT}", remedy="See: ledger db export"
        )
    redactions = Redactions(lines, keys)
    with ledger.replaying(follows) as replay:
        taking = _Taking(lines, replay, redactions, tell, erase=erase)
        try:
            taking.take()
        except IntegrityError as error:  # of the file: the ledger was not asked yet
            raise IntegrityError(
                f"{error.message} ({name}, line {lines.number})",
                seq=error.seq,
                subject=error.subject,
                remedy="Nothing was recorded. The file was changed or damaged: export it again",
            ) from error
        _check_may_erase(taking.erased, name, erase=erase)
        entries, last = taking.seq, taking.head
        if entries < replay.entries:
            if replay.digest_at(entries) != last:
                raise _another(lines)
            entries, last = replay.entries, replay.head
        return Taken(replay.entries, entries, last, tuple(taking.erased), redactions.unknown)


class _Come(NamedTuple):
    """A record that came and waits to be checked against its digests.

    Attributes:
        line: Its number.
        link: Of the journal.
        content: Of its entry.
        seen: The same, or `Erased`: see `Redactions.seen`.
        payloads: Digest to compressed bytes that came before it.
    """

    line: int
    link: Link
    content: Mapping[str, Any]
    seen: Mapping[str, Any] | Erased
    payloads: dict[str, bytes]


class _Taking:
    """One import.

    Attributes:
        seq, head: Number and digest of the last record that was checked; 0 and `GENESIS` before the
            first.
        erased: The redactions of words that the ledger holds, as they come.
    """

    def __init__(
        self, lines: Lines, replay: Replay, redactions: Redactions, tell: Told, *, erase: bool
    ) -> None:
        self.seq, self.head = 0, GENESIS
        self.erased: list[Order] = []
        self._lines = lines
        self._replay = replay
        self._redactions = redactions
        self._tell = tell
        self._erase = erase
        self._pages = Pages(lines)
        self._texts = Texts(replay)
        self._come: list[_Come] = []
        self._chunk = Recorded()
        self._held = 0  # bytes of the lines in both
        self._numbers: dict[str, int] = {}  # of the lines in the chunk, by the ids of their entries

    def take(self) -> None:
        """Read every line and write every record, each with its chunk after it was checked.

        Raises:
            ExtractError, IntegrityError: Of the first line that is not as it should be, which is
                then the line whose number `Lines` has.
        """
        try:
            self._read()
        except (ExtractError, IntegrityError):
            self._check()  # what came before it was not compared with its digests yet
            raise

    def _read(self) -> None:
        payloads: dict[str, bytes] = {}
        while (found := self._lines.next()) is not None:
            self._held += self._lines.size
            if "end" in found:
                self._pages.check_none_waits()
                self._write()
                self._check_end(found)
                self._redactions.check_end()
                return
            if "redaction" in found:
                self._redactions.add(found)
                continue
            if "payload" in found:
                payloads[found["payload"]] = self._pages.body(found, self._redactions)
                continue
            link, content = record(found, self._lines)
            self._pages.check(link, content)
            seen = self._redactions.seen(link, content, erased=found.get("erased") is True)
            self._come.append(_Come(self._lines.number, link, content, seen, payloads))
            payloads = {}
            if len(self._come) >= CHUNK or self._held >= CHUNK_BYTES:
                self._write()
                self._tell(link.seq)
        raise self._lines.damaged("the export ends too early: it was cut off")

    def _check(self) -> None:
        """Compare the records that wait with their digests, and put them into the chunk."""
        come, self._come = self._come, []
        read = self._lines.number
        links, contents = [each.link for each in come], [each.content for each in come]
        leaves = None
        if not any(isinstance(each.seen, Erased) for each in come):
            leaves = written_anew(links, contents, seq=self.seq, head=self.head)
        if leaves is None:  # one by one, to name the first that is another
            checked = verify(self._named(come), seq=self.seq, head=self.head)
        else:
            checked = zip(links, leaves, strict=True)
        for each, (link, leaf) in zip(come, checked, strict=True):
            self._lines.number = each.line
            self._keep(each, leaf)
            self.seq, self.head = link.seq, link.digest
        self._lines.number = read

    def _named(self, come: list[_Come]) -> Iterator[tuple[Link, Mapping[str, Any] | Erased | None]]:
        for each in come:
            self._lines.number = each.line
            yield each.link, each.seen

    def _keep(self, come: _Come, leaf: bytes) -> None:
        """What is to be written of a record that was checked, whose line `Lines` names."""
        link = come.link
        if link.seq <= self._replay.entries:
            # The chain makes the last one stand for all before it.
            if link.seq == self._replay.entries and link.digest != self._replay.head:
                raise _another(self._lines)
            return
        if link.entry_id in self._numbers:
            raise self._lines.damaged("this entry was recorded before")
        if link.kind == "article":
            self._texts.add(link.entry_id, come.content["text"])
        elif link.kind == "claim":
            self._texts.check(come.seen, self._lines)
        self._numbers[link.entry_id] = come.line
        self._chunk.links.append(link)
        self._chunk.leaves.append(leaf)
        self._chunk.payloads |= come.payloads
        self._chunk.rows[link.kind].append(row_of(link.kind, come.content))
        for order in self._redactions.decided_by(link):
            if self._replay.redacted(order.row["digest"]):
                raise self._lines.damaged("it redacts bytes that another decision redacted here")
            holds = self._replay.holds(order.row["digest"])
            if holds:
                self.erased.append(order)
            if self._erase or not holds:  # else it is refused at the end, with all others
                self._chunk.redactions.append(order.row)

    def _write(self) -> None:
        self._check()
        again = self._replay.recorded([*self._numbers])
        if again:
            number = min(self._numbers[id] for id in again)
            raise self._lines.damaged("this entry was recorded before", number)
        try:
            self._replay.write(self._chunk)
        except AppendError as error:
            number = self._numbers[error.entry_id]
            raise self._lines.damaged(error.message, number) from error
        self._texts.written()
        self._numbers.clear()
        self._chunk, self._held = Recorded(), 0

    def _check_end(self, end: Mapping[str, Any]) -> None:
        """Compare what the last line says with what came."""
        lines = self._lines
        if end["end"] != self.seq:
            has = counted(self.seq, "record")
            raise IntegrityError(f"it has {has} and says {end['end']}", seq=self.seq + 1)
        if end.get("head") != self.head or end.get("payloads") != self._pages.count:
            raise lines.damaged("what it says of its last record, or of its pages, is not so")
        if lines.next() is not None:
            raise lines.damaged("something follows the end")


def _another(lines: Lines) -> UsageError:
    return UsageError(
        lines.name,
        "it does not continue what is recorded here: it comes from another ledger",
        remedy="Import into a new database: ledger --db NEW db import FILE",
    )


def _check_may_erase(erased: list[Order], name: str, *, erase: bool) -> None:
    """Nobody's words are lost because a file says so."""
    refused = [order for order in erased if not (erase and order.known)]
    if not refused:
        return
    named = "; ".join(map(_named, refused[:MOST_NAMED]))
    more = f"; and {len(refused) - MOST_NAMED:,} more" if len(refused) > MOST_NAMED else ""
    pages = counted(len(refused), "page")
    message = f"it would erase the words of {pages} that this ledger still has: {named}{more}"
    if not erase:
        remedy = "If they are to go: ledger db import --erase FILE"
    else:
        remedy = (
            "Whether that key signed it cannot be checked. Get the key from whoever keeps that "
            "ledger (ledger journal key), and give --key KEY"
        )
    raise UsageError(name, message, remedy=f"Nothing was recorded, and nothing erased. {remedy}")


def _named(order: Order) -> str:
    whose = "a key known here" if order.known else "a key not known here"
    return (
        f"{order.url[:200]} (capture {order.capture[:12]}, decided by {order.by[:60]}, signed by "
        f"{' and '.join(order.signers)[:200]}, {whose})"
    )
