"""What is kept ready for questions -> what the entries say, or an error that tells where not.

It is derived, so no record is concerned; but whoever asks is answered from it.
"""

import os
from collections.abc import Sequence
from functools import partial
from itertools import islice

from ledger.errors import IntegrityError, LedgerError
from ledger.proof.verify import ALONE
from ledger.reader import Reader
from ledger.schema import Place

TOLD = 3
"""Differences that are named, of however many there are."""

TOGETHER = (
    ("patterns",),
    ("claims 1",),
    ("claims 2",),
    ("claims 3",),
    ("claims 4",),
    ("sources", "counts", "words"),
)
"""Parts of `summaries.differences` that one process each compares, the longest first."""


def check_ready(db: Place) -> None:
    """Work out the derived tables anew and compare them, after the entries were verified.

    A writer is not kept waiting: every page is looked at by itself, and only where something seems
    to differ, which may be what was recorded meanwhile, all are looked at together.

    Raises:
        IntegrityError: They differ.
        StoreError: As `Reader`.
    """
    if not _seems_to_differ(db):
        return
    found = _told(db, piecewise=False)
    if found:
        raise IntegrityError(
            f"the entries hold, but the summaries do not match them: {'; '.join(found)}",
            remedy="Answers may be wrong. To fix it: ledger db rebuild (no entry is affected)",
        )


def _seems_to_differ(db: Place) -> bool:
    """Whether anything may: looked at page by page, by several processes where there is much."""
    with Reader(db) as reader:
        last = reader.row("SELECT MAX(seq) AS seq FROM journal")
    if not last or (last["seq"] or 0) < ALONE or os.cpu_count() == 1:
        return bool(_told(db, piecewise=True))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(
        min(os.cpu_count() or 1, len(TOGETHER)), mp_context=get_context("spawn")
    )
    try:
        return any(pool.map(partial(_part_differs, db), TOGETHER))
    finally:
        pool.shutdown(cancel_futures=True)


def _part_differs(db: Place, parts: Sequence[str]) -> bool:
    """Whether these parts may differ, or could not be compared: then all are looked at again."""
    try:
        return bool(_told(db, piecewise=True, parts=parts))
    except LedgerError:
        return True


def _told(db: Place, *, piecewise: bool, parts: Sequence[str] | None = None) -> list[str]:
    from ledger.summaries import differences  # through SQLAlchemy, which is slow to load

    try:
        with Reader(db) as reader:
            return list(islice(differences(reader, piecewise=piecewise, parts=parts), TOLD))
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        # Nothing that this program keeps there makes it stumble; what somebody wrote there may.
        return [f"a value that cannot be: {error}"]
