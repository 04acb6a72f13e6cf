"""Database -> Verified: everything in it is as recorded, and nothing else is in it.

Ids are derived anew from contents, digests from contents and bytes, the chain and the Merkle tree
from both, and all of them compared; then the rules by which it stays so: the triggers that refuse
changes, the views that say what is current, and the tables are those that the migrations make.

Only reads, and looks anew for every page of the journal, so that no writer waits for it: what is
recorded never changes, so the pages fit together. A long journal is cut into stretches that
several processes verify; each begins with the digest that the one before must end with.
What it cannot see without a checkpoint, see `ledger.journal`.
"""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import Any, NamedTuple

from ledger.checkpoint import Checkpoint
from ledger.counting import counted
from ledger.errors import IntegrityError, StoreError
from ledger.journal import GENESIS
from ledger.merkle import Edge, Subtree
from ledger.proof.erased import check_remains
from ledger.proof.schema import check_pages, check_schema, check_tables
from ledger.proof.stretch import LEAF, Stretch, Task, verify_stretch
from ledger.reader import Reader
from ledger.schema import Place, shown
from ledger.tables import ENTRY_TABLES
from ledger.tree import LOWEST

LENGTH = 1 << 13
"""Records in one stretch: some tenths of a second."""

ALONE = 50_000
"""Records that one process verifies before others would be of use: they take a second to start."""

Progress = Callable[[int, int], None]
"""Told how many of how many records hold so far."""


class Verified(NamedTuple):
    """A ledger that holds.

    Attributes:
        entries: How many records it has.
        head: Digest of the last; `GENESIS` when there is none.
        root: Root of the Merkle tree over them, hex.
        redacted: Entries that were erased with a redaction, whose digests hold.
        unsaid: How many of them are of redactions before schema 0008, which do not say what they
            leave: what is left of these is not verified.
        roots: The roots at the sizes that were asked for and reached, by size.
        unseen: What of the schema could not be compared, for people; None when all of it was.
    """

    entries: int
    head: str
    root: str
    redacted: int
    unsaid: int
    roots: dict[int, bytes]
    unseen: str | None = None


_MORE = (
    "There may be more: what was recorded after it was not checked. Restore a backup and compare "
    "the two journals"
)
"""What to do about the first record that is not what was recorded."""


def verify_ledger(
    db: Place,
    *,
    sizes: Collection[int] = (),
    progress: Progress = lambda _done, _total: None,
    processes: int | None = None,
) -> Verified:
    """Check journal, tree, entries, bytes of captures, that no row is beside them, and the schema.

    Args:
        db: A ledger of this program's schema.
        sizes: Where, after so many records, the root is asked for.
        progress: Told after each stretch.
        processes: How many; None for as many as there are processors and work for them.

    Raises:
        IntegrityError: For a table of what is recorded that is missing; then at the first record
            that is not what was recorded, by journal order; then, without a `seq`, for rows that
            the journal does not know, and for a table, index, view or trigger that is missing,
            changed or added.
        StoreError: The file is missing, locked or damaged, or no ledger of this schema.
    """
    check_tables(db)
    with Reader(db) as reader:
        last = reader.row("SELECT MAX(seq) AS seq FROM journal")
        total = max(last["seq"] or 0, 0) if last else 0
    edge, head, redacted = Edge(), GENESIS, 0
    roots = {0: edge.root()} if 0 in sizes else {}
    with ExitStack() as stack:
        each = _several(total, processes, stack)
        for stretch in each(verify_stretch, _tasks(db, total)):
            _raise(db, stretch)
            first = edge.size
            completed: list[Subtree] = []
            for leaves in _up_to(sizes, first, stretch.leaves):
                completed += edge.extend(leaves, LOWEST)
                if edge.size in sizes:
                    roots[edge.size] = edge.root()
            _check_tree(db, first, edge.size, completed)
            head, redacted = stretch.head, redacted + stretch.redacted
            progress(edge.size, total)
        with Reader(db) as reader:
            _check_strays(reader)
            unsaid = check_remains(reader)
        unseen = check_schema(db)
        check_pages(db, each)
    return Verified(edge.size, head, edge.root().hex(), redacted, unsaid, roots, unseen)


def consistent(verified: Verified, checkpoint: Checkpoint, subject: str) -> None:
    """Compare a ledger that holds with a checkpoint at whose size its root was asked for.

    Args:
        verified: The ledger.
        checkpoint: What was signed of it.
        subject: What to call the checkpoint.

    Raises:
        IntegrityError: The end was cut off since, or what it covers was written anew.
    """
    root = verified.roots.get(checkpoint.size)
    if root is None:
        raise IntegrityError(
            f"it covers {counted(checkpoint.size, 'entry', 'entries')} and the ledger has "
            f"{verified.entries:,}: "
            "the end was cut off, or this copy is older than the checkpoint",
            subject=subject,
        )
    if root != checkpoint.root:
        raise IntegrityError(
            f"the first {checkpoint.size:,} entries are not those it was made from: the "
            f"journal was rewritten, or this is not the ledger {checkpoint.origin}",
            subject=subject,
        )


def _several(total: int, processes: int | None, stack: ExitStack) -> Callable[..., Iterator[Any]]:
    """`map` where one process is enough; else the same by several, until the stack is left."""
    if processes is None:
        processes = 1 if total < ALONE else os.cpu_count() or 1
    if processes == 1:
        return map
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    stack.callback(pool.shutdown, cancel_futures=True)
    return pool.map


def _up_to(sizes: Collection[int], first: int, leaves: bytes) -> Iterator[list[bytes]]:
    """Leaves behind the `first`, by their digests, parted at these sizes of the tree."""
    digests = [leaves[at : at + LEAF] for at in range(0, len(leaves), LEAF)]
    ends = sorted({size - first for size in sizes if first < size < first + len(digests)})
    for begin, end in pairwise((0, *ends, len(digests))):
        yield digests[begin:end]


def _tasks(db: Place, total: int) -> Iterator[Task]:
    head = GENESIS
    for before in range(0, total or 1, LENGTH):
        if before:
            with Reader(db) as reader:
                row = reader.row("SELECT digest FROM journal WHERE seq = :seq", {"seq": before})
            # When it is missing or damaged, the stretch that it ends says so first.
            head = row["digest"] if row else GENESIS
        yield Task(db, before, min(before + LENGTH, total), head)


def _raise(db: Place, stretch: Stretch) -> None:
    if stretch.bad is not None:
        raise IntegrityError(stretch.bad, seq=stretch.seq, remedy=_MORE)
    if stretch.failed is not None:
        raise StoreError(shown(db), stretch.failed, remedy=stretch.remedy)


def _check_tree(db: Place, first: int, last: int, completed: list[Subtree]) -> None:
    """Compare what is stored of the tree with what the records after `first` complete."""
    levels = range(LOWEST, max(last.bit_length(), LOWEST))
    if not levels:
        return
    places = " OR ".join(
        f"(level = {level} AND position >= {first >> level} AND position < {last >> level})"
        for level in levels
    )
    with Reader(db) as reader:
        rows = reader.rows(f"SELECT level, position, digest FROM tree WHERE {places}")  # noqa: S608 - our numbers
    found = {(row["level"], row["position"]): row["digest"] for row in rows}
    wrong = []
    for level, position, digest in completed:
        kept = found.pop((level, position), None)
        if kept != digest.hex():
            wrong.append(
                ((position + 1) << level, level, "is missing" if kept is None else "was changed")
            )
    if wrong:
        seq, _, what = min(wrong)
        raise IntegrityError(
            f"the part of the tree that it completes {what}", seq=seq, remedy=_MORE
        )


def _check_strays(reader: Reader) -> None:
    """Nothing is in the tables of which the journal does not know."""
    # Every record has its entry: so a table with as many rows has no others.
    counts = reader.rows("SELECT kind, COUNT(*) AS n FROM journal GROUP BY kind")
    recorded = {row["kind"]: row["n"] for row in counts}
    for kind in ENTRY_TABLES:
        found = reader.rows(f'SELECT COUNT(*) AS n FROM "{kind}"')[0]["n"]  # noqa: S608 - our names
        if found != recorded.get(kind, 0):
            raise IntegrityError(
                f"{kind} {_stray(reader, kind)} was added without an entry in the journal"
            )
    stray = reader.row(
        "SELECT digest FROM payload WHERE digest NOT IN (SELECT payload_digest FROM capture)"
    )
    if stray:
        raise IntegrityError(f"the bytes {stray['digest']} belong to no capture")
    size = reader.rows("SELECT COUNT(*) AS n FROM journal")[0]["n"]
    rows = reader.rows("SELECT COUNT(*) AS n FROM tree")[0]["n"]
    if rows != sum(size >> level for level in range(LOWEST, size.bit_length())):
        raise IntegrityError("the tree has parts that no record completes")


def _stray(reader: Reader, kind: str) -> str:
    row = reader.row(
        f'SELECT id FROM "{kind}" AS entry WHERE NOT EXISTS (SELECT 1 FROM journal'  # noqa: S608 - our names
        " WHERE journal.entry_id = entry.id AND journal.kind = :kind) ORDER BY id",
        {"kind": kind},
    )
    return str(row and row["id"])
