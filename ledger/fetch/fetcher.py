"""URL -> Response: the hops, one after another.

Redirects are followed by hand so that each hop is checked anew and sends the same few headers.
The body of a redirect is never read, so nothing in it can do harm. State lives in one call; a
Fetcher may be used from several threads.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ledger.fetch.address import check_shape
from ledger.fetch.body import read_body
from ledger.fetch.response import EVIDENCE_HEADERS, Response
from ledger.fetch.settings import FetchSettings
from ledger.fetch.trip import Trip

if TYPE_CHECKING:
    from ledger.fetch.client import Answer
    from ledger.fetch.guard import World

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = (
    "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,application/json;q=0.8,"
    "application/pdf;q=0.8,*/*;q=0.1"
)


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

    def fetch(self, url: str) -> Response:
        """Ask `url`, follow its redirects, and keep what answers in the end.

        Args:
            url: http or https, without credentials; a fragment is kept but not sent.

        Returns:
            The answer of whatever status; 404 and 500 are answers.

        Raises:
            RefusedError: Policy forbids `url`, or a hop it leads to; nothing was sent there.
            FetchError: No answer, or none that could be read whole. The codes are listed in
                `ledger.fetch`.
        """
        from ledger.fetch.client import exchange, joined

        trip = Trip(url, self._settings)
        hops = [url]
        while True:
            check_shape(hops[-1], trip)
            with exchange(hops[-1], self._headers, trip, self._world) as answer:
                location = _location(answer)
                if location is None:
                    return self._response(hops, answer, trip)
            hops.append(joined(hops[-1], location, trip))
            trip.start_hop(hops[-1])
            self._check_course(hops, trip)

    def _check_course(self, hops: list[str], trip: Trip) -> None:
        """Refuse a course that is too long, or comes back to where it was."""
        limit = self._settings.max_redirects
        if len(hops) > limit + 1:
            raise trip.failed("too-many-redirects", f"redirects more than {limit} times")
        asked = [hop.partition("#")[0] for hop in hops]
        if asked[-1] in asked[:-1]:
            raise trip.failed("too-many-redirects", "redirects in a circle")

    def _response(self, hops: list[str], answer: "Answer", trip: Trip) -> Response:
        limit = self._settings.max_raw_bytes
        lengths = answer.values("content-length")
        if any(length.isdecimal() and int(length) > limit for length in lengths):
            raise trip.failed("too-large", f"announces more than {limit:,} bytes")
        body = read_body(answer.chunks, ",".join(answer.values("content-encoding")), trip)
        return Response(
            requested_url=hops[0],
            final_url=hops[-1],
            redirects=tuple(hops[1:-1]),
            status=answer.status,
            headers=tuple(pair for pair in answer.headers if pair[0] in EVIDENCE_HEADERS),
            body=body,
            fetched_at=self._clock(),
            allowed_private=trip.allowed,
        )

    @cached_property
    def _world(self) -> "World":
        from ledger.fetch.client import real_world

        return self._given_world or real_world()

    @cached_property
    def _headers(self) -> dict[str, str]:
        """Everything that is sent, to every hop alike, but for Host."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("claim-ledger")
        except PackageNotFoundError:  # a checkout that is not installed
            number = "0"
        contact = self._settings.contact
        return {
            "User-Agent": f"claim-ledger/{number}" + (f" (+{contact})" if contact else ""),
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }


def _location(answer: "Answer") -> str | None:
    """Where a redirect points; None when this is no redirect, or one that points nowhere."""
    if answer.status not in REDIRECTS:
        return None
    return next(iter(answer.values("location")), None) or None
