"""Which host may be asked when: one request at a time, and a pause after each.

Politeness is owed to a host, whatever its port or scheme and whoever asks: pages, redirects that
lead there and its robots.txt wait in one line. Times are those of the monotonic clock.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from ledger.counting import counted
from ledger.fetch.settings import FetchSettings
from ledger.fetch.trip import Trip


def host_of(url: str) -> str:
    """The host whose turn a request for `url` needs, lower case; "" when it names none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


class _Line:
    """The requests to one host, one after another."""

    def __init__(self, pause_s: float) -> None:
        self.turn = threading.Lock()
        self.pause_s = pause_s
        self.free_at = 0.0


class Pace:
    """Keeps the requests to each host apart; shared by all threads of one run."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._now = now
        self._sleep = sleep
        self._lines: dict[str, _Line] = {}
        self._opening = threading.Lock()

    def free_at(self, host: str) -> float:
        """The time at which `host` may be asked next, as far as known; 0 if it was never asked."""
        return self._line(host).free_at

    def slow_down(self, host: str, pause_s: float) -> None:
        """Note that the host asked for this pause (Crawl-delay); it can only grow."""
        line = self._line(host)
        longer = min(pause_s, self._settings.max_pause_s) - line.pause_s
        if longer > 0:
            line.pause_s += longer
            line.free_at += longer

    def hold(self, host: str, wait_s: float) -> None:
        """Note that the host asked to be left alone for so long from now (Retry-After)."""
        line = self._line(host)
        line.free_at = max(line.free_at, self._now() + min(wait_s, self._settings.max_pause_s))

    @contextmanager
    def turn(self, url: str, trip: Trip) -> Iterator[None]:
        """Wait for the turn of the host of `url`; what is done inside is its one request.

        Raises:
            FetchError: asked-to-wait, when the host asked for a longer wait than `patience_s`.
        """
        line = self._line(host_of(url))
        began = self._now()
        with line.turn:
            # A clock may wake a little early, and the host may have asked for more meanwhile.
            while (wait := line.free_at - self._now()) > 0:
                if wait > max(self._settings.patience_s, self._settings.pause_s):
                    raise trip.failed(
                        "asked-to-wait",
                        f"the host asks to be left alone for {counted(round(wait), 'more second')}",
                        "Run the same command again later, or allow more with --patience",
                    )
                self._sleep(wait)
            trip.rested(self._now() - began)
            try:
                yield
            finally:
                line.free_at = max(line.free_at, self._now() + line.pause_s)

    def _line(self, host: str) -> _Line:
        with self._opening:
            return self._lines.setdefault(host, _Line(self._settings.pause_s))
