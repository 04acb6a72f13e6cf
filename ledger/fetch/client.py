"""One request, one answer: the HTTP client and nothing of it that could surprise.

Only the client's transport is used: what follows redirects, keeps cookies, reads netrc, takes
proxies from the environment or decodes bodies is not in the path. One connection serves one
request, so that no server can leave bytes behind for the next. This file and `guard` alone import
the client; docs/decisions/own-reading-of-the-raw-stream.md has the reasons.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import NamedTuple

import httpcore
import httpx

from ledger.fetch.guard import GuardedBackend, World, system_addresses
from ledger.fetch.trip import Trip


class Answer(NamedTuple):
    """Status, all headers (names lower case, in order) and the raw body still to be read."""

    status: int
    headers: tuple[tuple[str, str], ...]
    chunks: Iterator[bytes]

    def values(self, name: str) -> list[str]:
        """All values of the header `name` (lower case)."""
        return [value for key, value in self.headers if key == name]


def real_world() -> World:
    """The system's resolver, sockets, and the authorities of the client's own list (certifi)."""
    return World(
        system_addresses, httpcore.SyncBackend(), httpx.create_ssl_context(trust_env=False)
    )


@contextmanager
def exchange(url: str, headers: Mapping[str, str], trip: Trip, world: World) -> Iterator[Answer]:
    """Ask `url` once and give what comes back; its body is read inside the `with`.

    Args:
        url: Checked by `address.check_shape`.
        headers: All headers sent, but for Host.
        trip: The account of this fetch, at the beginning of a hop.
        world: What connections are made of.

    Raises:
        FetchError, RefusedError: with any code that stands for the network; also by reading.
    """
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise trip.refused("malformed", "the address is not a URL") from error
    # With a Host of ours the client does not decode the name, which fails for emoji domains.
    request = httpx.Request("GET", target, headers={"Host": target.netloc.decode(), **headers})
    with _Transport(GuardedBackend(trip, world), world.tls) as transport:
        try:
            response = transport.handle_request(request)
            trip.head_is_in()
            with closing(response):
                fields = tuple(
                    (name.lower(), value) for name, value in response.headers.multi_items()
                )
                yield Answer(response.status_code, fields, response.iter_raw())
        except httpcore.ProtocolError as error:
            if trip.ended:
                raise trip.failed("incomplete", "the connection ended in mid-answer") from error
            raise trip.failed("bad-response", f"not an HTTP answer ({str(error)[:80]})") from error


def joined(base: str, location: str, trip: Trip) -> str:
    """The address that a Location header means, in ASCII; a fragment of `base` is inherited.

    Raises:
        FetchError: bad-response.
    """
    try:
        target = httpx.URL(base).join(location.strip())
    except httpx.InvalidURL as error:
        raise trip.failed("bad-response", "redirects to what is no URL") from error
    fragment = base.partition("#")[2]
    if fragment and not target.fragment:  # RFC 9110, 10.2.2
        target = target.copy_with(fragment=fragment)
    return str(target)


class _Transport(httpx.BaseTransport):
    """The client over one pool whose every connection goes through the guard."""

    def __init__(self, backend: httpcore.NetworkBackend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, network_backend=backend, max_connections=1, retries=0
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
