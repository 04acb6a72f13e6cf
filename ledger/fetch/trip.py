"""A URL with all its redirects -> the time and the bytes that are left for it.

The HTTP client limits single operations only, so the account is kept here and asked before and
after each of them. One trip belongs to one fetch and to one thread.
"""

from time import monotonic

from ledger import urls
from ledger.errors import FetchError, RefusedError
from ledger.fetch.settings import FetchSettings


class Trip:
    """The account of one fetch.

    Attributes:
        settings: The limits.
        requested: The address first asked, without credentials; errors are about this one.
        allowed: Allowed private network that a hop used, as CIDR; None so far.
        ended: The server has closed the connection of this hop.
        in_head: The headers of this hop are not complete yet.
    """

    def __init__(self, url: str, settings: FetchSettings) -> None:
        self.settings = settings
        self.requested = urls.redact(url)
        self.allowed: str | None = None
        self._ends = monotonic() + settings.total_time_s
        self.start_hop(url)

    def start_hop(self, url: str) -> None:
        """The next request goes to `url`: the byte counts begin anew, the time does not."""
        self._hop = urls.redact(url)
        self.ended = False
        self.in_head = True
        self._left = self.settings.max_header_bytes
        self._window_ends: float | None = None
        self._in_window = 0

    def head_is_in(self) -> None:
        """The headers of this hop are read; what follows is body.

        `body` counts the body exactly. Here only the wire is bounded, because a server can wrap
        each byte of body in kilobytes of chunk framing: twice the body is more than any real one.
        """
        self.in_head = False
        self._left = 2 * self.settings.max_raw_bytes + self.settings.max_header_bytes

    def rested(self, seconds: float) -> None:
        """Leave out of account so many seconds spent waiting for the host's turn."""
        self._ends += seconds

    def time_left(self) -> float:
        """Seconds left for everything still to do, above 0.

        Raises:
            FetchError: timeout.
        """
        left = self._ends - monotonic()
        if left <= 0:
            raise self.overdue()
        return left

    def patience(self) -> float:
        """Seconds that the next read may wait, above 0: to the end of the rate window or of all."""
        left = self.time_left()
        if self._window_ends is None:
            return left
        return max(min(left, self._window_ends - monotonic()), 0.001)

    def allowance(self, wanted: int) -> int:
        """How many bytes the next read may ask for, at least 1.

        Raises:
            FetchError: too-large.
        """
        if self._left <= 0:
            part, limit = (
                ("headers", self.settings.max_header_bytes)
                if self.in_head
                else ("body", self.settings.max_raw_bytes)
            )
            raise self.failed("too-large", f"more than {limit:,} bytes of {part}")
        return min(wanted, self._left)

    def received(self, count: int) -> None:
        """Account for `count` bytes, or for a wait that brought none.

        Raises:
            FetchError: timeout, or too-slow when a window ended with too few bytes.
        """
        now = monotonic()
        self.time_left()
        self._left -= count
        self._in_window += count
        if self._window_ends is None:
            self._window_ends = now + self.settings.rate_window_s
        elif now >= self._window_ends:
            if self._in_window < self.settings.min_rate * self.settings.rate_window_s:
                raise self.failed(
                    "too-slow",
                    f"{_of(self._in_window, 'byte')} in "
                    f"{_of(self.settings.rate_window_s, 'second')}",
                    "Try again later",
                )
            self._window_ends, self._in_window = now + self.settings.rate_window_s, 0

    def overdue(self) -> FetchError:
        """The error to raise when the time is over."""
        return self.failed(
            "timeout",
            f"no complete answer within {_of(self.settings.total_time_s, 'second')}",
            "Try again later, or allow more time",
        )

    def failed(self, code: str, message: str, remedy: str | None = None) -> FetchError:
        """The error to raise when no response came back."""
        return FetchError(self.requested, code, self._placed(message), remedy=remedy)

    def refused(self, code: str, message: str, remedy: str | None = None) -> RefusedError:
        """The error to raise when policy forbids to ask."""
        return RefusedError(self.requested, code, self._placed(message), remedy=remedy)

    def _placed(self, message: str) -> str:
        """`message`, naming the hop it is about when that is not the first."""
        if self._hop == self.requested:
            return message
        return f"after a redirect to {self._hop}: {message}"


def _of(number: float, unit: str) -> str:
    said = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{said} {unit}{'' if number == 1 else 's'}"
