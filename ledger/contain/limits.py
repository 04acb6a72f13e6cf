"""How much one page may take, and the reader that it goes to."""

from typing import NamedTuple

READER = "ledger.contain.documents:read_document"
"""Where the child finds the function that reads, as in `worker`."""
IMPORTED = ("ledger.extract.html",)
"""What it imports late; nearly all that a child reads is HTML."""


class Limits(NamedTuple):
    """What one page may take.

    Attributes:
        seconds: Processor time for reading it, so that a busy machine refuses no page that an idle
            one reads. The slowest honest pages need about one. On Windows, which has no clock for
            this that ends a process, wall time.
        stalled_seconds: Wall time for it, for what waits and does not work.
        memory_bytes: Address space on top of what the child has when it is ready. Kept by the
            kernel on Linux only: elsewhere a page is bounded by its size and by `seconds`.
        answer_bytes: Size of what was read from it. Six times the largest page.
        start_seconds: Wall time for the child to get ready, which is no fault of any page.
    """

    seconds: float = 10.0
    stalled_seconds: float = 60.0
    memory_bytes: int = 1 << 30
    answer_bytes: int = 1 << 27
    start_seconds: float = 60.0
