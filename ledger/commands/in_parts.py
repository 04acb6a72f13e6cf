"""Many claims -> the rows of an answer, made a part at a time while they are printed.

A million claims with all that they lean on would take gigabytes, and minutes before the first line.
"""

from collections.abc import Iterator, Sequence

from ledger import queries
from ledger.commands.output import Format, Item
from ledger.commands.passages import count_gaps, leaned_on, told
from ledger.reader import Reader

PART = 5_000
"""Claims that are held at once, some tens of megabytes."""


class InParts:
    """Claims as `passages.told` gives them; to be gone through once.

    Each part is of one state of the ledger. Between two of them nobody who writes is kept waiting,
    however slowly the answer is read.

    Attributes:
        gaps: How many of their citations lead nowhere, as far as they were gone through.
        leaned_on: What they lean on, as `passages.leaned_on` gives it, so far.
    """

    def __init__(
        self, reader: Reader, ids: Sequence[str], form: Format, owners: int | None
    ) -> None:
        self.gaps = 0
        self.leaned_on: set[str] = set()
        self._reader = reader
        self._ids = ids
        self._form = form
        self._owners = owners

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Item]:
        for first in range(0, len(self._ids), PART):
            found = queries.claim_items(self._reader, self._ids[first : first + PART])
            self.gaps += count_gaps(found)
            self.leaned_on |= leaned_on(found)
            items = told(self._reader, found, self._form, self._owners)
            if len(self._ids) > PART:
                self._reader.look_anew()
            yield from items
