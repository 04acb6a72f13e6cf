"""One request -> its answer: the HTTP client, without its surprises.

Only the client's transport is used: what follows redirects, keeps cookies, reads netrc, takes
proxies from the environment or decodes bodies is not in the path. One connection serves one
request, so that no server can leave bytes behind for the next. This file and `guard` alone import
the client; docs/decisions/own-reading-of-the-raw-stream.md has the reasons.

Over TLS a server may choose HTTP/2. Every byte still comes through the guard, so the limits of time
and size hold for frames as for lines. What h2 does not check is checked here.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import NamedTuple

import h2.exceptions
import httpcore
import httpx

from ledger.fetch.guard import GuardedBackend, World, system_addresses
from ledger.fetch.trip import Trip

IN_A_FIELD = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""What no header holds (RFC 9110, 5.5). HTTP/2 could carry it, and its library lets it pass."""


class Answer(NamedTuple):
    """Status, all headers (names lower case, in order) and the raw body still to be read."""

    status: int
    headers: tuple[tuple[str, str], ...]
    chunks: Iterator[bytes]

    def values(self, name: str) -> list[str]:
        """All values of the header `name` (lower case)."""
        return [value for key, value in self.headers if key == name]


def real_world() -> World:
    """The system's resolver and sockets, and the client's own list of authorities (certifi)."""
    return World(
        system_addresses, httpcore.SyncBackend(), httpx.create_ssl_context(trust_env=False)
    )


@contextmanager
def exchange(
    url: str, headers: Mapping[str, str], trip: Trip, world: World, body: bytes | None = None
) -> Iterator[Answer]:
    """Ask `url` once and give what comes back; its body is read inside the `with`.

    Args:
        url: Checked by `address.check_shape`.
        headers: All headers sent, but for Host and Content-Length.
        trip: The account of this fetch, at the beginning of a hop.
        world: What connections are made of.
        body: What is sent, by POST; None for GET.

    Raises:
        FetchError, RefusedError: with any code that stands for the network; also by reading.
    """
    try:
        target = httpx.URL(url)
        host = target.netloc.decode()
    except (httpx.InvalidURL, ValueError) as error:  # the latter of odd hosts in brackets
        raise trip.refused("malformed", "the address is not a URL") from error
    # With a Host of ours the client does not decode the name, which fails for emoji domains.
    request = httpx.Request(
        "GET" if body is None else "POST",
        target,
        headers={"Host": host, **headers},
        content=body,
    )
    guard = GuardedBackend(trip, world)
    with _Transport(guard, world.tls, http2=trip.settings.http2) as transport, _judged(trip):
        response = transport.handle_request(request)
        with closing(response):
            fields = _fields(response, trip)
            trip.head_is_in()
            yield Answer(response.status_code, fields, response.iter_raw())


def _fields(response: httpx.Response, trip: Trip) -> tuple[tuple[str, str], ...]:
    """The headers, names lower case, in order."""
    fields = tuple((name.lower(), value) for name, value in response.headers.multi_items())
    if not 200 <= response.status_code <= 999:
        raise trip.failed("bad-response", f"answers with status {response.status_code}")
    if any(IN_A_FIELD.search(part) for field in fields for part in field):
        raise trip.failed("bad-response", "a header has a control character in it")
    return fields


@contextmanager
def _judged(trip: Trip) -> Iterator[None]:
    """Say what an answer is that the client cannot read.

    ValueError: a status that is no number, which its HTTP/2 side does not look at.
    """
    try:
        yield
    except (httpcore.ProtocolError, h2.exceptions.H2Error) as error:
        if trip.ended:
            raise trip.failed("incomplete", "the connection ended during the answer") from error
        raise trip.failed("bad-response", f"not an HTTP answer ({str(error)[:80]})") from error
    except ValueError as error:
        raise trip.failed("bad-response", "not an HTTP answer") from error


def joined(base: str, location: str, trip: Trip) -> str:
    """The address that a Location header means, in ASCII; a fragment of `base` is inherited.

    Raises:
        FetchError: bad-response.
    """
    fragment = base.partition("#")[2]
    try:
        target = httpx.URL(base).join(location.strip())
        if fragment and not target.fragment:  # RFC 9110, 10.2.2
            target = target.copy_with(fragment=fragment)
    except (httpx.InvalidURL, ValueError) as error:  # the latter of odd hosts in brackets
        raise trip.failed("bad-response", "redirects to something that is not a URL") from error
    return str(target)


class _Transport(httpx.BaseTransport):
    """The client over one pool whose every connection goes through the guard."""

    def __init__(
        self, backend: httpcore.NetworkBackend, tls: ssl.SSLContext, *, http2: bool
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, network_backend=backend, max_connections=1, retries=0, http2=http2
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.content,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_RawStream(answer), request=request
        )

    def close(self) -> None:
        self._pool.close()


class _RawStream(httpx.SyncByteStream):
    """The body of an answer, as it comes off the wire."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
