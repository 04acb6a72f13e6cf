"""What is kept ready for questions -> what the entries say, or an error that tells where not.

It is derived, so no record is concerned; but whoever asks is answered from it.
"""

from itertools import islice

from ledger.errors import IntegrityError
from ledger.reader import Reader
from ledger.schema import Place

TOLD = 3
"""Differences that are named, of however many there are."""


def check_ready(db: Place) -> None:
    """Work out the derived tables anew and compare them, after the entries were verified.

    A writer is not kept waiting: every page is looked at by itself, and only where something seems
    to differ, which may be what was recorded meanwhile, all are looked at together.

    Raises:
        IntegrityError: They differ.
        StoreError: As `Reader`.
    """
    if not _told(db, piecewise=True):
        return
    found = _told(db, piecewise=False)
    if found:
        raise IntegrityError(
            f"the entries hold, but the summaries do not match them: {'; '.join(found)}",
            remedy="Answers may be wrong. To fix it: ledger db rebuild (no entry is affected)",
        )


def _told(db: Place, *, piecewise: bool) -> list[str]:
    from ledger.summaries import differences  # through SQLAlchemy, which is slow to load

    try:
        with Reader(db) as reader:
            return list(islice(differences(reader, piecewise=piecewise), TOLD))
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        # Nothing that this program keeps there makes it stumble; what somebody wrote there may.
        return [f"a value that cannot be: {error}"]
