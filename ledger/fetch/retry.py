"""An attempt -> the outcome of the last try: tries again where that may help.

Asked again: a resolver that cannot say, no connection, no answer before the headers were complete,
and the answers that say "not now" (429, 502, 503, 504). Never: what policy refuses, TLS, sizes, any
other status. stamina counts and spaces the attempts; how long a host asked to wait goes before its
own measure.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from ledger.errors import FetchError
from ledger.fetch.response import Response
from ledger.fetch.settings import FetchSettings

PASSING_STATUSES = frozenset({429, 502, 503, 504})
"""Too many requests, and three ways of a server to say that it or another one is not there now."""
PASSING_FAILURES = frozenset({"resolver", "connect", "timeout", "incomplete"})
"""Codes of failures that may pass, as long as no headers had come."""

MAX_BACKOFF_S = 30.0
"""The longest wait that a host did not ask for: as long as an attempt may take."""

logging.getLogger("stamina").addHandler(logging.NullHandler())
# Without a handler, each retry is a line on the terminal of whoever has not set up logging.


class PassingError(Exception):
    """A failure that may pass: the same request may succeed later.

    Attributes:
        outcome: What came of it: the answer, or why there is none.
        wait_s: How long the host asked to wait; None when it did not say.
    """

    def __init__(self, outcome: Response | FetchError, wait_s: float | None = None) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.wait_s = wait_s


def retry(attempt: Callable[[], Response], settings: FetchSettings) -> Response:
    """Call `attempt` until it gives an answer to keep, at most `settings.tries` times.

    Returns:
        The answer; the last one when all of them said "not now", or the first one whose host asked
        for a longer wait than `settings.patience_s`.

    Raises:
        FetchError: What the last attempt raised.
    """
    import stamina

    def again(error: Exception) -> bool | float:
        if not isinstance(error, PassingError):
            return False
        if error.wait_s is None:
            return True
        return error.wait_s if error.wait_s <= settings.patience_s else False

    tries = stamina.retry_context(
        on=again,
        attempts=settings.tries,
        timeout=None,
        wait_initial=settings.backoff_s,
        wait_max=max(MAX_BACKOFF_S, settings.backoff_s),
        wait_jitter=settings.backoff_s / 2,
    )
    try:
        for each in tries:
            with each:
                return attempt()
    except PassingError as last:
        if isinstance(last.outcome, FetchError):
            raise last.outcome from last.outcome.__cause__
        return last.outcome
    raise AssertionError("stamina gives at least one attempt")


def asked_wait(response: Response, settings: FetchSettings, now: datetime) -> float | None:
    """Seconds that Retry-After asks for (RFC 9110, 10.2.3): a number, or a date from `now`.

    Returns:
        0 to `settings.max_pause_s`; None when it was not sent, or says nothing that can be read.
    """
    from email.utils import parsedate_to_datetime

    asked = (response.header("retry-after") or "").strip()
    if asked.isascii() and asked.isdecimal():
        # Longer numbers are above the limit anyway, and int() refuses thousands of digits.
        wait = float(int(asked[:12]))
    else:
        try:
            date = parsedate_to_datetime(asked)
        except (ValueError, OverflowError):
            return None
        wait = ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(wait, 0.0), settings.max_pause_s)
