"""Inputs -> the result of each as it arrives: many hosts at once, one request at a time per host.

Addresses are got by a few threads, each of which takes the host that may be asked soonest. So a
batch takes as long as its longest host, and no host is asked for two things at a time. What has
come waits for whoever takes it: when too much of it waits, the threads wait too.
"""

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from ledger.inputs.receive import is_url

Got = TypeVar("Got")

ROOM = 64 * 1024 * 1024
"""Bytes of what has come and was not taken, above which nothing new is begun: 64 of the largest
usual pages, so that a disk that is slow for a while does not keep hosts waiting."""


def gather(
    names: Sequence[str],
    get: Callable[[str], Got],
    *,
    workers: int,
    wait_for: Callable[[str], float],
    greet: Callable[[str], None] = lambda _: None,
    weigh: Callable[[Got], int] = lambda _: 0,
    room: int = ROOM,
) -> Generator[tuple[str, Got], None, None]:
    """Get every input.

    Args:
        names: Each once. Files and the like first, one at a time, in the thread of the caller;
            then addresses, in order for each host.
        get: Called with a name; for addresses in other threads. What it raises ends the whole.
        workers: Threads at most, at least 1.
        wait_for: Seconds until the host of an address may be asked.
        greet: Called once for each host with its first address, before any `get`; what it asks of
            the host makes the host wait, but no thread.
        weigh: Bytes of memory that something takes which has come.
        room: How many of them may wait to be taken before the threads wait.

    Yields:
        Name and what `get` gave, in order of arrival. Closing the iterator begins nothing new; what
        is under way is given up.
    """
    addresses = [name for name in names if is_url(name)]
    crowd = _Crowd(addresses, get, wait_for, greet, weigh, room)
    try:
        crowd.start(workers)
        for name in names:
            if not is_url(name):
                yield name, get(name)
        for _ in addresses:
            yield crowd.take()
    finally:
        crowd.stop()


_Arrived = tuple[int, Callable[[], tuple[str, Got]]]
"""The weight of what came of an address, and what to call for it: that returns it or raises."""


class _Crowd(Generic[Got]):
    """Threads that take addresses off the lines of their hosts."""

    def __init__(
        self,
        addresses: Sequence[str],
        get: Callable[[str], Got],
        wait_for: Callable[[str], float],
        greet: Callable[[str], None],
        weigh: Callable[[Got], int],
        room: int,
    ) -> None:
        self._get = get
        self._wait_for = wait_for
        self._greet = greet
        self._weigh = weigh
        self._room = room
        self._lines: dict[str, deque[str]] = {}
        for address in addresses:
            self._lines.setdefault(_host(address), deque()).append(address)
        # When, a number that keeps the order of equals, and the host. A host whose address is
        # being got is not in it.
        self._free = [(0.0, number, host) for number, host in enumerate(self._lines)]
        self._busy = 0
        self._greeted: set[str] = set()
        self._arrived: deque[_Arrived[Got]] = deque()
        self._stopped = False
        self._changed = threading.Condition()

    def start(self, workers: int) -> None:
        for _ in range(min(workers, len(self._lines))):
            # Daemons: at an interrupt nobody waits for a slow server.
            threading.Thread(target=self._work, name="gather", daemon=True).start()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def take(self) -> tuple[str, Got]:
        """Wait for the next result that has not been taken, and give it."""
        with self._changed:
            while not self._arrived:
                self._changed.wait()
            weight, arrived = self._arrived.popleft()
            self._room += weight
            self._changed.notify_all()
        return arrived()

    def _work(self) -> None:
        while (chosen := self._next()) is not None:
            number, host = chosen
            if host in self._greeted:
                self._put(number, host, self._got(self._lines[host].popleft()))
            else:
                self._greeted.add(host)
                try:
                    self._greet(self._lines[host][0])
                except BaseException as error:  # noqa: BLE001 - the caller's thread raises it
                    self._put(number, host, (0, _failing(error)))
                else:
                    self._put(number, host, None)

    def _put(self, number: int, host: str, arrived: _Arrived[Got] | None) -> None:
        """Hand over what arrived, and let the host be chosen again when it is free."""
        with self._changed:
            self._busy -= 1
            if arrived is not None:
                self._room -= arrived[0]
                self._arrived.append(arrived)
            if self._lines[host]:
                free = time.monotonic() + self._wait_for(self._lines[host][0])
                heapq.heappush(self._free, (free, number, host))
            self._changed.notify_all()

    def _got(self, address: str) -> _Arrived[Got]:
        try:
            got = self._get(address)
        except BaseException as error:  # noqa: BLE001 - the caller's thread raises it
            return 0, _failing(error)
        return self._weigh(got), lambda: (address, got)

    def _next(self) -> tuple[int, str] | None:
        """The host that is free soonest, and its number; None when there is no more to do."""
        with self._changed:
            while not self._stopped and (self._free or self._busy):
                wait = self._free[0][0] - time.monotonic() if self._free else None
                if self._room <= 0:
                    wait = None
                elif wait is not None and wait <= 0:
                    _, number, host = heapq.heappop(self._free)
                    self._busy += 1
                    return number, host
                self._changed.wait(wait)
        return None


def _failing(error: BaseException) -> Callable[[], tuple[str, Any]]:
    def fail() -> tuple[str, Any]:
        raise error

    return fail


def _host(address: str) -> str:
    """The host of an address; those that name none stand in one line, and are refused there."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
