"""A database that another program is writing -> a word for whoever waits in front of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer

AFTER_S = 2.0
"""A wait that is shorter is told nobody."""

_told: list[Callable[[str], None]] = []
_lock = Lock()


@contextmanager
def telling(told: Callable[[str], None]) -> Iterator[None]:
    """In the block `told` is called at the first wait of more than `AFTER_S`, and not again.

    It gets the name of the database, as shown to people, and may be called from another thread.
    """
    _told.append(told)
    try:
        yield
    finally:
        if told in _told:
            _told.remove(told)


def waits(db: str) -> None:
    """Tell that the database is waited for. To be called when it has lasted `AFTER_S`."""
    with _lock:
        told = _told.pop() if _told else None
    if told is not None:
        told(db)


@contextmanager
def waiting(db: str) -> Iterator[None]:
    """Around what ends at once unless somebody else has the lock on the database."""
    timer = Timer(AFTER_S, waits, (db,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
