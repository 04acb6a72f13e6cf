"""The guard through which every connection goes.

What is judged is the address that is about to be connected to, after the one look-up of its name.
Every other check (of the URL, of the name, of an earlier look-up) is of something else.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from typing import Any, NamedTuple

import httpcore

from ledger.errors import FetchError
from ledger.fetch.address import Address, covering, is_public
from ledger.fetch.trip import Trip

MAX_TRIED = 8
"""Addresses of one host that are tried in turn; all of them are judged."""

Resolver = Callable[[str, int], Sequence[Address]]


class World(NamedTuple):
    """What connections are made of; tests put their own in its place.

    Attributes:
        resolver: (host, port) -> addresses, best first. It may hang and may raise OSError or
            UnicodeError for a name that is none.
        backend: Makes a connection to a literal address that has been judged.
        tls: What certificates are checked against.
    """

    resolver: Resolver
    backend: httpcore.NetworkBackend
    tls: ssl.SSLContext


def system_addresses(host: str, port: int) -> Sequence[Address]:
    """What the system's resolver says `host` stands for.

    Raises:
        OSError: The name is not known.
        UnicodeError: The name cannot be one (a label of more than 63 characters).
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(address[0]) for *_, address in found]


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a name up once, judges every address, and connects to exactly one that was judged.

    Host header and TLS name stay those of the URL. The name is not asked twice: it may stand for
    another address by then (DNS rebinding).
    """

    def __init__(self, trip: Trip, world: World) -> None:
        self._trip = trip
        self._world = world

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the trip has its own
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._look_up(host, port)
        for address in addresses:
            self._judge(host, address, port)
        tried = addresses[:MAX_TRIED]
        reason: Exception | None = None
        for left, address in zip(range(len(tried), 0, -1), tried, strict=True):
            # An address that swallows packets must not eat the time of the others.
            share = self._trip.time_left() / left
            try:
                stream = self._world.backend.connect_tcp(
                    str(address), port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                reason = error
            else:
                return GuardedStream(stream, self._trip)
        self._trip.time_left()
        raise self._trip.failed(
            "connect", f"no connection to port {port} ({reason})", "Try again later"
        ) from reason

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 - refused, whichever it is
        timeout: float | None = None,  # noqa: ARG002 - httpcore asks for it
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - httpcore asks for it
    ) -> httpcore.NetworkStream:
        raise self._trip.refused("private-address", "a Unix socket is not a public address")

    def _look_up(self, host: str, port: int) -> Sequence[Address]:
        """All addresses of `host`, asked once, in a thread: the system's resolver has no limit."""
        found: Future[Sequence[Address]] = Future()

        def ask() -> None:
            try:
                found.set_result(self._world.resolver(host, port))
            except (OSError, UnicodeError) as error:
                found.set_exception(error)

        threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
        try:
            addresses = found.result(self._trip.time_left())
        except TimeoutError as error:
            raise self._trip.overdue() from error
        except (OSError, UnicodeError) as error:
            if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
                raise self._trip.failed(
                    "resolver",
                    f"the address of {host!r} cannot be looked up at the moment",
                    "Check your connection, or try again later",
                ) from error
            raise self._unknown(host) from error
        if not addresses:
            raise self._unknown(host)
        return addresses

    def _unknown(self, host: str) -> FetchError:
        return self._trip.failed(
            "name", f"no address is known for {host!r}", "Check the spelling and your connection"
        )

    def _judge(self, host: str, address: Address, port: int) -> None:
        """Let `address` pass, or refuse the whole host for it.

        Raises:
            RefusedError: private-address, port.
        """
        settings = self._trip.settings
        public = is_public(address)
        if public and port in settings.ports:
            return
        network = covering(address, settings.allow_private)
        if network is not None:
            self._trip.allowed = str(network)
        elif public:
            raise self._trip.refused("port", f"port {port} is not allowed")
        else:
            named = f"{host!r} stands for {address}, which" if host != str(address) else host
            raise self._trip.refused(
                "private-address",
                f"{named} is not a public address",
                f"If it is yours, allow it: --allow-private {address}",
            )


class GuardedStream(httpcore.NetworkStream):
    """One connection, read and written within the account of its trip.

    The timeouts that the client hands over are per operation and are ignored for the trip's.
    """

    def __init__(self, stream: httpcore.NetworkStream, trip: Trip) -> None:
        self._stream = stream
        self._trip = trip

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - httpcore asks for it
        while True:
            wanted = self._trip.allowance(max_bytes)
            try:
                data = self._stream.read(wanted, self._trip.patience())
            except httpcore.ReadTimeout:
                data = None
            except httpcore.ReadError as error:
                raise self._trip.failed(
                    "incomplete", f"the connection broke during the answer ({error})"
                ) from error
            self._trip.received(len(data or b""))
            if data is not None:
                self._trip.ended = not data
                return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - httpcore asks for it
        try:
            self._stream.write(buffer, self._trip.time_left())
        except httpcore.WriteTimeout as error:
            raise self._trip.overdue() from error
        except httpcore.WriteError:
            # Who has answered and gone does not take the acknowledgement: reading says what came.
            return

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - httpcore asks for it
    ) -> httpcore.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._trip.time_left())
        except httpcore.ConnectTimeout as error:
            raise self._trip.overdue() from error
        except (httpcore.ConnectError, ValueError) as error:
            cause = error.__cause__
            why = cause.verify_message if isinstance(cause, ssl.SSLCertVerificationError) else error
            raise self._trip.failed("tls", f"no secure connection ({why})") from error
        return GuardedStream(stream, self._trip)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
