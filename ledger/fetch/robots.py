"""Origin -> what its robots.txt allows us, after RFC 9309.

Protego reads it: after RFC 9309, with wildcards and Crawl-delay, and in linear time. The file comes
through the same guard and under the same limits as every page, and is kept in memory for a day.
"""

import re
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ledger.errors import FetchError, RefusedError
from ledger.fetch.response import Response
from ledger.fetch.settings import AGENT, FetchSettings
from ledger.fetch.trip import Trip

if TYPE_CHECKING:
    from protego import Protego

UNREACHABLE_AGE_S = 600.0
"""How long a robots.txt that could not be read keeps a host closed: a run, not a day."""

_OF_EACH_PAGE = frozenset({"private-address", "port", "asked-to-wait"})
"""What would also be said if the page itself were asked for: it is no matter of robots.txt."""
OF_THE_HOST = frozenset({"name", "resolver", "connect", "tls"})
"""Codes of failures that say as much of the page as of the robots.txt beside it."""

# As generous with its spelling as Protego.
_AGENT_LINE = re.compile(
    r"^[ \t]{0,99}user[- ]?agent[ \t]{0,99}:?[ \t]{0,99}([^#\r\n]*)", re.I | re.M
)
_OTHER = "User-agent: another"

REMEDY = "Save the page and give the file, ask the site for permission, or use --ignore-robots"


class Rules(NamedTuple):
    """What is known of one robots.txt.

    Attributes:
        until: When to ask again, on the monotonic clock.
        parsed: None when it forbids nothing, or could not be read.
        failure: Why it could not be read; None when it could, or is none there.
    """

    until: float
    parsed: "Protego | None" = None
    failure: FetchError | None = None


class Robots:
    """The robots.txt of every origin that was met; shared by all threads of one run."""

    def __init__(
        self,
        settings: FetchSettings,
        ask: Callable[[str], Response],
        slow_down: Callable[[str, float], None],
    ) -> None:
        """Nothing is asked yet.

        Args:
            settings: How much is read, and how long it is believed.
            ask: Gets a robots.txt by its address; of a long one, the first bytes are enough.
            slow_down: Is told the host of a Crawl-delay and its seconds.
        """
        self._settings = settings
        self._ask = ask
        self._slow_down = slow_down
        self._known: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._opening = threading.Lock()

    def check(self, url: str, trip: Trip) -> None:
        """Do nothing when `url` may be asked. The time this takes is not the trip's.

        Raises:
            RefusedError: robots, when it is forbidden, or when the file cannot be read for reasons
                of the server (RFC 9309, 2.3.1.4: then everything is forbidden).
            FetchError: What kept the file from being asked for, and the page with it.
        """
        began = time.monotonic()
        rules = self.learn(url)
        trip.rested(time.monotonic() - began)
        if rules.failure is not None:
            raise _unread(rules.failure, trip)
        if rules.parsed is not None and not rules.parsed.can_fetch(url, AGENT):
            raise trip.refused("robots", "its robots.txt forbids this page", REMEDY)

    def learn(self, url: str) -> Rules:
        """What is known of the robots.txt for `url`, asked for if it is not known yet."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        with self._opening:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            known = self._known.get(origin)
            if known is None or known.until < time.monotonic():
                known = self._known[origin] = self._read(f"{origin}/robots.txt")
                delay = known.parsed.crawl_delay(AGENT) if known.parsed else None
                if delay is not None:
                    self._slow_down(parts.hostname or "", delay)
            return known

    def _read(self, url: str) -> Rules:
        until = time.monotonic() + self._settings.robots_age_s
        try:
            response = self._ask(url)
        except FetchError as error:
            if error.code == "too-many-redirects":  # RFC 9309, 2.3.1.2
                return Rules(until)
            return Rules(time.monotonic() + UNREACHABLE_AGE_S, failure=error)
        if 200 <= response.status < 300:
            return Rules(until, parsed=_parsed(response.body))
        if 400 <= response.status < 500:  # RFC 9309, 2.3.1.3
            return Rules(until)
        failure = FetchError(url, "robots", f"the server answers {response.status}")
        return Rules(time.monotonic() + UNREACHABLE_AGE_S, failure=failure)


def _parsed(body: bytes) -> "Protego":
    """The rules for us and for all; those for others are put together.

    A file with thousands of names before thousands of rules would hold each rule for each name.
    """
    from protego import Protego

    def kept(line: "re.Match[str]") -> str:
        name = line[1].lower().partition("/")[0].strip()
        if name == AGENT:
            return f"User-agent: {AGENT}"  # it may have come with a version
        return line[0] if name in ("", "*") else _OTHER

    return Protego.parse(_AGENT_LINE.sub(kept, body.decode("utf-8-sig", "replace")))


def _unread(failure: FetchError, trip: Trip) -> FetchError:
    message = failure.message
    if failure.code not in _OF_EACH_PAGE or message.startswith("after a redirect"):
        message = f"its robots.txt cannot be read: {message}"
    if isinstance(failure, RefusedError):
        return trip.refused(failure.code, message, failure.remedy)
    if failure.code in OF_THE_HOST | _OF_EACH_PAGE:
        return trip.failed(failure.code, message, failure.remedy)
    return trip.refused("robots", message, REMEDY)
