"""Inputs in order -> the same, while work on the next ones is done.

The work waits for child processes (`contain`), so that one page is read on one processor while
another one is finished and printed on another. Nothing else is done ahead.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from functools import partial
from itertools import islice
from typing import NoReturn, TypeVar

from ledger.errors import LedgerError
from ledger.inputs.receive import Received

Done = TypeVar("Done")
Arrived = tuple[str, Received | LedgerError]
Begun = tuple[str, Received | LedgerError, Callable[[], Done]]

PER_READER = 4
"""Inputs begun at most for each reader: one that takes long keeps no other reader waiting."""
ROOM = 32 << 20
"""Bytes of inputs begun from which on no further one is begun."""


def work_ahead(
    arrived: Iterator[Arrived],
    work: Callable[[Received], Done],
    *,
    readers: int,
    ready: int,
    needs: Callable[[Received], bool] = lambda _got: True,
) -> Generator[Begun[Done], None, None]:
    """Begin work on inputs before their turn.

    Args:
        arrived: Names, and what came of each or why nothing did.
        work: Called in other threads, at most `readers` at a time.
        readers: At least 1.
        ready: How many of the first can be had without waiting for anybody, such as files; only
            they are begun ahead.
        needs: Whether the work on an input will be asked for; else nothing of it is done before.

    Yields:
        As it came and in the same order, each with a function that gives what came of the work or
        raises what it raised; not to be called where nothing arrived. Closing the iterator begins
        nothing new.
    """
    from concurrent.futures import ThreadPoolExecutor  # no child needs it, and it takes 10 ms

    first, begun = islice(arrived, ready), deque[tuple[Begun[Done], int]]()
    threads = ThreadPoolExecutor(readers, thread_name_prefix="ahead")
    most = 1 if readers == 1 else PER_READER * readers
    waiting = 0

    def begin(name: str, got: Received | LedgerError) -> int:
        if isinstance(got, LedgerError) or not got.body or not needs(got):
            begun.append((_later(name, got, work), 0))
            return 0
        begun.append(((name, got, threads.submit(work, got).result), len(got.body)))
        return len(got.body)

    try:
        for name, got in first:
            waiting += begin(name, got)
            while len(begun) > most or (len(begun) > 1 and waiting > ROOM):
                one, size = begun.popleft()
                waiting -= size
                yield one
        while begun:
            yield begun.popleft()[0]
    except BaseException:  # also when it is closed
        threads.shutdown(wait=False, cancel_futures=True)
        raise
    threads.shutdown(wait=False)
    for name, got in arrived:
        yield _later(name, got, work)


def _later(name: str, got: Received | LedgerError, work: Callable[[Received], Done]) -> Begun[Done]:
    """An input on which work begins when it is asked for."""
    if isinstance(got, LedgerError):
        return name, got, partial(_failing, got)
    return name, got, partial(work, got)


def _failing(error: LedgerError) -> NoReturn:
    raise error
