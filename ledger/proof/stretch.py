"""A stretch of the journal -> whether its records, entries and bytes are as recorded.

In a process of its own when there are many: so what it answers are plain values, and an error is
one of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ledger.errors import IntegrityError, StoreError
from ledger.journal import GENESIS, Erased, Link, verify, written_anew
from ledger.packing import unpacked
from ledger.proof.erased import Erasures
from ledger.reader import Reader
from ledger.schema import Place
from ledger.tables import ENTRY_TABLES, content_of

PAGE = 1000
"""Journal records per look into the database: a few megabytes of rows."""

LEAF = 32
"""Bytes of a leaf's digest."""

Content = Mapping[str, Any]


class Task(NamedTuple):
    """The records after number `before`, whose digest is `head`, up to number `last`."""

    db: Place
    before: int
    last: int
    head: str


class Stretch(NamedTuple):
    """What was found in one stretch.

    Attributes:
        leaves: The digests of its leaves, one after another.
        head: Digest of its last record.
        redacted: How many of its entries were erased with a redaction.
        bad, seq: What is not as it was recorded, and in which record.
        failed, remedy: Why the database could not be read, and what to do.
    """

    leaves: bytes = b""
    head: str = ""
    redacted: int = 0
    bad: str | None = None
    seq: int | None = None
    failed: str | None = None
    remedy: str | None = None


def records(db: Place) -> Iterator[tuple[Link, Content | Erased | None]]:
    """Every journal record with what is recorded under its entry id; None when nothing is.

    Raises:
        IntegrityError: The bytes of a capture are not those that were recorded.
        StoreError: The database cannot be read.
    """
    return _records(Task(db, 0, 2**63 - 1, GENESIS), Erasures(db))


def verify_stretch(task: Task) -> Stretch:
    """Verify one stretch of a ledger; what is wrong is in the answer, nothing is raised."""
    try:
        return _verified(task)
    except IntegrityError as error:
        return Stretch(bad=error.message, seq=error.seq)
    except StoreError as error:
        return Stretch(failed=error.message, remedy=error.remedy)


def _verified(task: Task) -> Stretch:
    erasures = Erasures(task.db)
    leaves = bytearray()
    head, seq = task.head, task.before
    while True:
        with Reader(task.db) as reader:
            links = _links(reader, _asked(task, seq))
            found = _together(reader, links, seq, head, erasures)
        if found is None:
            part = _records(Task(task.db, seq, links[-1].seq, head), erasures)
            found = [leaf for _, leaf in verify(part, seq=seq, head=head)]
        leaves += b"".join(found)
        if links:
            head, seq = links[-1].digest, links[-1].seq
        if len(links) < PAGE:
            break
    if seq != task.last:
        raise IntegrityError("it is missing", seq=seq + 1)
    return Stretch(bytes(leaves), head, erasures.met)


def _together(
    reader: Reader, links: list[Link], seq: int, head: str, erasures: Erasures
) -> list[bytes] | None:
    """The leaves of one page of the journal; None where each record must be looked at by itself."""
    found = _contents(reader, links)
    keys = [(link.kind, link.entry_id) for link in links]
    if not all(key in found for key in keys):
        return None
    if erasures.may_be_among((kind, content) for (kind, _), content in found.items()):
        return None
    leaves = written_anew(links, [found[key] for key in keys], seq=seq, head=head)
    if leaves is not None:
        for link in links:
            if link.kind == "capture":
                _check_payload(reader, link.seq, found[link.kind, link.entry_id], erasures)
    return leaves


def _asked(task: Task, seq: int) -> dict[str, int]:
    """For `_links`: the page behind record `seq`, and of the first what was put in before it."""
    return {"seq": seq + 1 if seq else -(2**63), "last": task.last, "page": PAGE}


def _records(task: Task, erasures: Erasures) -> Iterator[tuple[Link, Content | Erased | None]]:
    seq = task.before
    while True:
        with Reader(task.db) as reader:
            links = _links(reader, _asked(task, seq))
            contents = _contents(reader, links)
            for link in links:
                content = contents.get((link.kind, link.entry_id))
                yield link, erasures.seen(reader, link.seq, link.kind, content)
                # Here again, so the capture is what was recorded.
                if link.kind == "capture" and content:
                    _check_payload(reader, link.seq, content, erasures)
        if len(links) < PAGE:
            return
        seq = links[-1].seq


def _links(reader: Reader, asked: Mapping[str, int]) -> list[Link]:
    """Records of the journal, in order: the one that cannot be read is named."""
    where = "FROM journal WHERE seq >= :seq AND seq <= :last ORDER BY seq LIMIT :page"
    columns = ", ".join(Link._fields)
    try:
        return [Link(**row) for row in reader.rows(f"SELECT {columns} {where}", asked)]
    except IntegrityError as error:
        for row in reader.rows(f"SELECT seq {where}", asked):
            seq = row["seq"]
            try:
                reader.rows(f"SELECT {columns} FROM journal WHERE seq = :seq", {"seq": seq})  # noqa: S608 - our names
            except IntegrityError:
                raise IntegrityError(error.message, seq=seq) from error
        raise


def _contents(reader: Reader, links: list[Link]) -> dict[tuple[str, str], Content]:
    """Kind and id of each link to what is recorded under them; what is not there is left out."""
    try:
        return {
            (kind, row["id"]): _content(kind, row)
            for kind in {link.kind for link in links} & ENTRY_TABLES.keys()
            for row in reader.rows(
                f'SELECT entry.* FROM journal JOIN "{kind}" AS entry ON entry.id = journal.entry_id'  # noqa: S608 - our names
                " WHERE journal.seq BETWEEN :first AND :last AND journal.kind = :kind",
                {"first": links[0].seq, "last": links[-1].seq, "kind": kind},
            )
        }
    except (StoreError, IntegrityError) as error:
        # Damaged pages, text that is no UTF-8: look one by one for the record that has it.
        if len(links) > 1:
            return {key: one for link in links for key, one in _contents(reader, [link]).items()}
        raise IntegrityError(
            f"{links[0].kind} {links[0].entry_id} cannot be read: {error.message}",
            seq=links[0].seq,
        ) from error


def _content(kind: str, row: Content) -> Content:
    try:
        return content_of(kind, row)
    except ValueError:
        return row  # never the content that was recorded, which is what `verify` finds


def _check_payload(reader: Reader, seq: int, capture: Content, erasures: Erasures) -> None:
    digest = capture["payload_digest"]
    try:
        row = reader.row("SELECT body FROM payload WHERE digest = :digest", {"digest": digest})
    except IntegrityError as error:
        message = f"the bytes of capture {capture['id']} were changed"
        raise IntegrityError(message, seq=seq) from error
    if row is None:
        raise IntegrityError(f"the bytes of capture {capture['id']} are missing", seq=seq)
    if erasures.covers(reader, digest, row["body"]):
        return
    if unpacked(row["body"], digest, capture["size"]) is None:
        raise IntegrityError(f"the bytes of capture {capture['id']} were changed", seq=seq)
