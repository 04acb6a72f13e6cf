"""Child processes that read pages: how many, and what they read ahead."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import LedgerError

if TYPE_CHECKING:
    from ledger.contain import Workers
    from ledger.inputs import Received
    from ledger.inputs.ahead import Arrived
    from ledger.pipeline.parse import Extract


MAX_WORKERS = 4
"""Child processes that read pages; each may take the memory of `contain.Limits`."""
PAGES_TO_A_READER = 16
"""Files from which on a further child is worth its start, which takes as long as so many pages."""
_PAGES = ("http://", "https://"), (".html", ".htm", ".xhtml")
"""How the names of pages begin or end."""


def page_readers(
    inputs: Sequence[str] | None, from_file: Path | None, reader: str | None = None
) -> "Workers":
    """Child processes that read pages; those that are sure to be needed get ready at once.

    `reader` is what they call; None for `extract.read`.
    """
    from ledger.contain import READER, Workers

    begins, ends = _PAGES
    names = [each.lower() for each in inputs or ()]
    pages = sum(each.startswith(begins) or each.endswith(ends) for each in names)
    count = min(MAX_WORKERS, _processors())
    first = bool(pages or from_file is not None)
    warm = min(count, first + pages // PAGES_TO_A_READER)
    return Workers(count, warm=warm, reader=reader or READER)


def early(
    names: Sequence[str],
    arrived: "Iterator[Arrived]",
    readers: "Workers",
    needs: "Callable[[Received], bool]",
) -> "Iterator[tuple[str, Received | LedgerError, Extract]]":
    """Give what arrives, in order, while the next files are read ahead: see `pipeline.ahead`."""
    from ledger.inputs import is_url
    from ledger.pipeline.ahead import read_ahead

    ready = sum(not is_url(name) for name in names)
    return read_ahead(
        arrived, readers.read, readers=worth(readers, ready), ready=ready, needs=needs
    )


def worth(readers: "Workers", ready: int) -> int:
    """How many children are worth their start for so many inputs."""
    return min(readers.count, 1 + ready // PAGES_TO_A_READER)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
