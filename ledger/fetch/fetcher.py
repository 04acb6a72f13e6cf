"""URL -> Response: the hops, one after another.

Redirects are followed by hand so that each hop is checked anew, asks its own robots.txt, waits for
the turn of its own host and sends the same few headers. The body of a redirect is never read, so
nothing in it can do harm. A Fetcher may be used from several threads: they share what hosts allow
and when they may be asked, everything else lives in one call.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ledger.errors import FetchError
from ledger.fetch.address import check_shape
from ledger.fetch.body import read_body
from ledger.fetch.pacing import Pace, host_of
from ledger.fetch.response import EVIDENCE_HEADERS, REDIRECTS, Response
from ledger.fetch.retry import (
    PASSING_FAILURES,
    PASSING_STATUSES,
    PassingError,
    asked_wait,
    retry,
)
from ledger.fetch.robots import Robots
from ledger.fetch.settings import FetchSettings, agent
from ledger.fetch.trip import Trip
from ledger.fetch.validators import Validators

if TYPE_CHECKING:
    from ledger.fetch.client import Answer
    from ledger.fetch.guard import World

ACCEPT = (
    "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,application/json;q=0.8,"
    "application/pdf;q=0.8,*/*;q=0.1"
)

_BY_HAND = "If a browser shows the page, save it there, and ingest that file with --url"


def now() -> datetime:
    """The system's clock, UTC."""
    return datetime.now(UTC)


class Fetcher:
    """Fetches URLs under one set of limits."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Callable[[], datetime] = now,
        world: "World | None" = None,
    ) -> None:
        """Nothing is opened, and the HTTP client is not yet loaded.

        Args:
            settings: The limits, and where it may go.
            clock: Gives `Response.fetched_at`.
            world: What connections are made of; None for the system's resolver, sockets, and the
                certificate authorities that come with the client.
        """
        self._settings = settings
        self._clock = clock
        self._given_world = world
        self._pace = Pace(settings)
        self._robots = Robots(settings, self._robots_txt, self._pace.slow_down)

    def fetch(self, url: str, unless: Validators | None = None) -> Response:
        """Ask `url`, follow its redirects, and give the final response.

        Args:
            url: http or https, without credentials; a fragment is kept but not sent.
            unless: Of what is recorded of the page; a server that has nothing newer answers 304.

        Returns:
            The answer of whatever status; 404 and 500 are answers. When the host asked to wait
            longer than the settings allow, the answer that said so.

        Raises:
            RefusedError: Policy forbids `url`, or a hop it leads to; nothing was sent there.
            FetchError: No answer, or none that could be read whole. The codes are listed in
                `ledger.fetch`.
        """
        return retry(lambda: self._attempt(url, unless), self._settings)

    def greet(self, url: str) -> None:
        """Read the robots.txt for `url` if that has not been done; `fetch` reports what it says.

        For who has other hosts to ask meanwhile: afterwards `wait_for` tells the pause it made.
        """
        if self._settings.obey_robots:
            with suppress(FetchError):
                check_shape(url, Trip(url, self._settings))
                self._robots.learn(url)

    def wait_for(self, url: str) -> float:
        """Seconds until the host of `url` may be asked, 0 or more.

        0 also where the host asks for more than the settings allow: `fetch` then says so at once.
        """
        wait = max(0.0, self._pace.free_at(host_of(url)) - time.monotonic())
        return wait if wait <= self._settings.patience_s else 0.0

    def _robots_txt(self, url: str) -> Response:
        enough = self._settings.max_robots_bytes
        return retry(lambda: self._attempt(url, enough=enough, bound=False), self._settings)

    def _attempt(
        self,
        url: str,
        unless: Validators | None = None,
        *,
        enough: int | None = None,
        bound: bool = True,
    ) -> Response:
        """One walk over all hops; `bound` by robots.txt, and reading `enough` bytes or all.

        Raises:
            PassingError: It may go better later.
            FetchError, RefusedError: It will not.
        """
        trip = Trip(url, self._settings)
        try:
            response = self._walk(url, trip, unless, enough=enough, bound=bound)
        except FetchError as error:
            if error.code in PASSING_FAILURES and trip.in_head:
                raise PassingError(error) from error
            raise
        if response.status in PASSING_STATUSES:
            wait = asked_wait(response, self._settings, self._clock())
            if wait:
                self._pace.hold(host_of(response.final_url), wait)
            raise PassingError(response, wait)
        return response

    def _walk(
        self, url: str, trip: Trip, unless: Validators | None, *, enough: int | None, bound: bool
    ) -> Response:
        from ledger.fetch.client import exchange, joined

        hops = [url]
        while True:
            here = hops[-1]
            check_shape(here, trip)
            if bound and self._settings.obey_robots:
                self._robots.check(here, trip)
            headers = {**self._headers(here), **(unless.sent_to(here) if unless else {})}
            with (
                self._pace.turn(here, trip),
                exchange(here, headers, trip, self._world) as answer,
            ):
                location = _location(answer)
                if location is None:
                    return self._response(hops, answer, trip, enough)
            hops.append(joined(here, location, trip))
            trip.start_hop(hops[-1])
            self._check_course(hops, trip)

    def _check_course(self, hops: list[str], trip: Trip) -> None:
        """Refuse a course that is too long, or comes back to where it was."""
        limit = self._settings.max_redirects
        if len(hops) > limit + 1:
            said = f"redirects more than {limit} times"
            raise trip.failed("too-many-redirects", said, _BY_HAND)
        asked = [hop.partition("#")[0] for hop in hops]
        if asked[-1] in asked[:-1]:
            raise trip.failed("too-many-redirects", "redirects in a circle", _BY_HAND)

    def _response(
        self, hops: list[str], answer: "Answer", trip: Trip, enough: int | None
    ) -> Response:
        limit = self._settings.max_raw_bytes
        lengths = answer.values("content-length") if enough is None else []
        if any(length.isdecimal() and int(length) > limit for length in lengths):
            raise trip.failed("too-large", f"announces more than {limit:,} bytes", _BY_HAND)
        coding = ",".join(answer.values("content-encoding"))
        body = read_body(answer.chunks, coding, trip, enough)
        return Response(
            requested_url=hops[0],
            final_url=hops[-1],
            redirects=tuple(hops[1:-1]),
            status=answer.status,
            headers=tuple(pair for pair in answer.headers if pair[0] in EVIDENCE_HEADERS),
            body=body,
            fetched_at=self._clock(),
            allowed_private=trip.allowed,
            robots=None if self._settings.obey_robots else "ignored",
        )

    @cached_property
    def _world(self) -> "World":
        from ledger.fetch.client import real_world

        return self._given_world or real_world()

    def _headers(self, url: str) -> dict[str, str]:
        """Everything that is sent to every hop alike, but for Host."""
        sent = {
            "User-Agent": self._agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
        }
        # Over TLS the server may choose HTTP/2, which knows no such header and refuses it.
        return sent if url.lower().startswith("https:") else {**sent, "Connection": "close"}

    @cached_property
    def _agent(self) -> str:
        return agent(self._settings.contact)


def _location(answer: "Answer") -> str | None:
    """Where a redirect points; None when this is no redirect, or one that points nowhere."""
    if answer.status not in REDIRECTS:
        return None
    return next(iter(answer.values("location")), None) or None
