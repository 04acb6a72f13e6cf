"""Work in Python -> done by another thread while a database is at work, in the order it is given.

A statement of SQLite or of a server's driver lets other threads of this process run. Whoever uses
a connection uses it alone: what is done beside touches none.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

Made = TypeVar("Made")

TURN_S = 0.0005
"""How long a thread waits for its turn while another runs: a tenth of Python's own, because the one
that sends statements would lose it at each of them."""


class Begin(Protocol):
    """Begins work, and gives what waits for it: the result, or the error, of that work."""

    def __call__(self, work: Callable[[], Made]) -> Callable[[], Made]: ...


@contextmanager
def beside(*, worth_it: bool) -> Iterator[Begin]:
    """How to begin work beside the block. What has not begun when the block ends is never done.

    Args:
        worth_it: Whether there is enough to do for a thread; else it is done when it is given.
    """
    if not worth_it:
        yield at_once
        return
    turn = sys.getswitchinterval()
    with ThreadPoolExecutor(1, thread_name_prefix="ledger-beside") as other:
        sys.setswitchinterval(TURN_S)
        try:
            yield lambda work: other.submit(work).result
        finally:
            sys.setswitchinterval(turn)
            other.shutdown(cancel_futures=True)


def at_once(work: Callable[[], Made]) -> Callable[[], Made]:
    made = work()
    return lambda: made
