"""A hostile web server on the loopback, and fetchers that may ask it.

A behaviour is a function of the connection, one for each first part of a path. It says what goes
over the wire byte by byte, because what is to be tested is what well-behaved servers never send.
"""

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any, Self

import httpcore

from ledger.fetch import Fetcher, FetchSettings
from ledger.fetch.guard import World

PAGE = "<!doctype html><title>Zürich</title><p>It rained. [5][13]</p>".encode()
MEBIBYTE = 1024 * 1024

Address = IPv4Address | IPv6Address

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
BLUNT = FetchSettings(obey_robots=False, pause_s=0, tries=1, backoff_s=0.01)
"""One fetch is one request: manners have tests of their own."""
SMALL = replace(
    BLUNT,
    total_time_s=20,
    max_raw_bytes=MEBIBYTE,
    max_decoded_bytes=2 * MEBIBYTE,
    allow_private=(ip_network("127.0.0.0/8"),),
)
HASTY = replace(SMALL, total_time_s=0.3)
STRICT = replace(SMALL, rate_window_s=0.15)
"""These two only for servers that are to be left: a busy machine may be as slow with a good one."""
TLS_FOLDER = Path(__file__).parent / "tls"
TRUSTING_TEST_AUTHORITY = ssl.create_default_context(cafile=TLS_FOLDER / "authority.pem")

Behaviour = Callable[["Connection"], None]
BEHAVIOURS: dict[str, Behaviour] = {}


class Connection:
    """One accepted connection whose request head has been read."""

    def __init__(
        self, sock: socket.socket, target: str, closing: threading.Event, request: str, turn: int
    ) -> None:
        self.sock = sock
        self.target = target
        self.request = request
        self.turn = turn
        """How often this target was asked before."""
        self.rest = target.removeprefix("/").partition("/")[2]
        self.closing = closing

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def head(self, status: str = "200 OK", *lines: str) -> None:
        self.send("\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1"))

    def answer(self, body: bytes, *lines: str, status: str = "200 OK") -> None:
        self.head(status, f"Content-Length: {len(body)}", *lines)
        self.send(body)

    def drip(self, data: bytes, pause_s: float) -> None:
        for byte in data:
            if self.closing.wait(pause_s):
                return
            self.send(bytes([byte]))

    def forever(self, data: bytes) -> None:
        """Until the other side has had enough."""
        while not self.closing.is_set():
            self.send(data)


def no_robots(connection: Connection) -> None:
    connection.answer(b"there is none", status="404 Not Found")


class LoopbackServer:
    """Serves `BEHAVIOURS` on 127.0.0.1 until closed; `requests` holds the head of each request.

    `robots` answers for /robots.txt. `came` holds when each request came.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, *, robots: Behaviour = no_robots) -> None:
        self.requests: list[bytes] = []
        self.came: list[float] = []
        self.robots = robots
        self._tls = tls
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._threads: list[threading.Thread] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._accepting.join()
        self._listener.close()
        for thread in self._threads:
            thread.join(2)

    def _accept(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                sock, _ = self._listener.accept()
                sock.settimeout(5)
                thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, sock: socket.socket) -> None:
        # The client hangs up whenever it has seen enough: that is what most tests are about.
        with suppress(OSError), sock:
            if self._tls is None:
                self._behave(sock)
            else:
                with self._tls.wrap_socket(sock, server_side=True) as wrapped:
                    self._behave(wrapped)

    def _behave(self, sock: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = sock.recv(65536)
            if not more:
                return
            head += more
        self.came.append(time.monotonic())
        target = head.split(b" ", 2)[1].decode("ascii")
        turn = self.targets.count(target)
        self.requests.append(head)
        name = target.removeprefix("/").partition("/")[0].partition("?")[0]
        answer = self.robots if target == "/robots.txt" else BEHAVIOURS[name]
        answer(Connection(sock, target, self._closing, head.decode("latin-1"), turn))

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [head.split(b" ", 2)[1].decode("ascii") for head in self.requests]


def behaviour(name: str) -> Callable[[Behaviour], Behaviour]:
    def keep(function: Behaviour) -> Behaviour:
        BEHAVIOURS[name] = function
        return function

    return keep


@contextmanager
def silent_listener() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


class CountingBackend(httpcore.NetworkBackend):
    """Counts connections. Without a real backend behind it, it answers each with a small page."""

    def __init__(self, real: httpcore.NetworkBackend | None = None) -> None:
        self.connected: list[tuple[str, int]] = []
        self.real = real

    def connect_tcp(self, host: str, port: int, *args: Any) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        if self.real is not None:
            return self.real.connect_tcp(host, port, *args)
        return httpcore.MockStream([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"])


def fetcher(
    settings: FetchSettings = SMALL,
    *,
    answers: Callable[[str, int], Sequence[Address]] | None = None,
    backend: httpcore.NetworkBackend | None = None,
    tls: ssl.SSLContext = TRUSTING_TEST_AUTHORITY,
) -> Fetcher:
    """A fetcher for which every name stands for 127.0.0.1, literal addresses for themselves."""
    world = World(answers or literal_or_loopback, backend or httpcore.SyncBackend(), tls)
    return Fetcher(settings, clock=lambda: NOON, world=world)


def literal_or_loopback(host: str, port: int) -> Sequence[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return [ip_address("127.0.0.1")]
    return [ip_address(address[0]) for *_, address in found]


# --- good manners -------------------------------------------------------------------------------


@behaviour("ok")
def _ok(connection: Connection) -> None:
    connection.answer(
        PAGE,
        "Content-Type: Text/HTML; Charset=UTF-8",
        'ETag: "v1"',
        "Last-Modified: Fri, 23 May 2025 10:00:00 GMT",
        "Link: </a>; rel=first",
        "Link: </b>; rel=last",
        "Set-Cookie: secret=1",
        "X-Trace: 7",
    )


@behaviour("status")
def _status(connection: Connection) -> None:
    connection.answer(b"so be it", status=f"{connection.rest} Whatever")


@behaviour("turns")
def _turns(connection: Connection) -> None:
    """/turns/429,retry-after=7/503/200: an answer for each time it is asked, the last for good."""
    answers = connection.rest.split("/")
    status, _, header = answers[min(connection.turn, len(answers) - 1)].partition(",")
    if status == "cut":
        return
    name, _, value = header.replace("%20", " ").partition("=")
    connection.answer(PAGE, *([f"{name}: {value}"] if name else []), status=f"{status} Whatever")


@behaviour("versions")
def _versions(connection: Connection) -> None:
    """A page with an entity tag; 304 for who has it, as its first argument says."""
    tag = f'"{connection.rest or "v1"}"'
    if f"If-None-Match: {tag}" in connection.request:
        connection.head("304 Not Modified", f"ETag: {tag}")
    else:
        connection.answer(PAGE, f"ETag: {tag}", "Content-Type: text/html")


@behaviour("empty")
def _empty(connection: Connection) -> None:
    connection.answer(b"", "Content-Encoding: gzip")


@behaviour("chunked")
def _chunked(connection: Connection) -> None:
    connection.head("200 OK", "Transfer-Encoding: chunked")
    for start in range(0, len(PAGE), 7):
        piece = PAGE[start : start + 7]
        connection.send(b"%x;ext=1\r\n%b\r\n" % (len(piece), piece))
    connection.send(b"0\r\nTrailer: x\r\n\r\n")


@behaviour("until-close")
def _until_close(connection: Connection) -> None:
    connection.head("200 OK", "Content-Type: text/plain")
    connection.send(PAGE)


@behaviour("interim")
def _interim(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3)
    connection.answer(PAGE)


@behaviour("size")
def _size(connection: Connection) -> None:
    connection.answer(b"x" * int(connection.rest))


# --- redirects ----------------------------------------------------------------------------------


@behaviour("to")
def _to(connection: Connection) -> None:
    """/to/302/LOCATION, with %-escapes of the location undone."""
    status, _, location = connection.rest.partition("/")
    for escaped, plain in (("%20", " "), ("%7C", "|"), ("%23", "#"), ("%5C", "\\")):
        location = location.replace(escaped, plain)
    connection.answer(b"moved", f"Location: {location}", status=f"{status} Moved")


@behaviour("hops")
def _hops(connection: Connection) -> None:
    left = int(connection.rest)
    if left:
        connection.answer(b"", f"Location: /hops/{left - 1}", status="301 Moved")
    else:
        connection.answer(PAGE)


@behaviour("relative")
def _relative(connection: Connection) -> None:
    connection.answer(b"", "Location: ../ok", status=f"{connection.rest} Moved")


@behaviour("self")
def _self(connection: Connection) -> None:
    connection.answer(b"", f"Location: {connection.target}#here", status="303 See Other")


@behaviour("grow")
def _grow(connection: Connection) -> None:
    connection.answer(b"", f"Location: {connection.target}/x", status="307 Again")


@behaviour("ping")
def _ping(connection: Connection) -> None:
    connection.answer(b"", "Location: /pong", status="302 Found")


@behaviour("pong")
def _pong(connection: Connection) -> None:
    connection.answer(b"", "Location: /ping", status="302 Found")


@behaviour("refresh")
def _refresh(connection: Connection) -> None:
    target = "http://10.0.0.1/"
    connection.answer(
        f'<meta http-equiv=refresh content="0;url={target}">'.encode(), f"Refresh: 0; url={target}"
    )


@behaviour("redirect-bomb")
def _redirect_bomb(connection: Connection) -> None:
    connection.head("302 Found", "Location: /ok", "Content-Encoding: gzip", "Connection: close")
    connection.send(gzip_bomb())


@behaviour("two-locations")
def _two_locations(connection: Connection) -> None:
    connection.answer(b"", "Location: /ok", "Location: http://10.0.0.1/", status="302 Found")


# --- slow and endless ---------------------------------------------------------------------------


@behaviour("silent")
def _silent(connection: Connection) -> None:
    connection.closing.wait(5)


@behaviour("thinking")
def _thinking(connection: Connection) -> None:
    connection.closing.wait(float(connection.rest))
    connection.answer(PAGE)


@behaviour("slow-head")
def _slow_head(connection: Connection) -> None:
    connection.drip(b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 500, 0.03)


@behaviour("slow-body")
def _slow_body(connection: Connection) -> None:
    connection.head("200 OK", "Content-Length: 500")
    connection.drip(b"x" * 500, 0.03)


@behaviour("stalled")
def _stalled(connection: Connection) -> None:
    connection.head("200 OK", "Content-Length: 500")
    connection.send(b"x" * 100)
    connection.closing.wait(5)


@behaviour("steady")
def _steady(connection: Connection) -> None:
    connection.head("200 OK", "Content-Length: 4000")
    for _ in range(10):
        connection.send(b"x" * 400)
        time.sleep(0.05)


@behaviour("endless")
def _endless(connection: Connection) -> None:
    connection.head()
    connection.forever(b"x" * 65536)


@behaviour("endless-head")
def _endless_head(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\n")
    connection.forever(b"X-Padding: y\r\n" * 100)


@behaviour("endless-interim")
def _endless_interim(connection: Connection) -> None:
    connection.forever(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)


@behaviour("endless-trailer")
def _endless_trailer(connection: Connection) -> None:
    connection.head("200 OK", "Transfer-Encoding: chunked")
    connection.send(b"1\r\nx\r\n0\r\n")
    connection.forever(b"X-Padding: y\r\n" * 100)


@behaviour("chunk-flood")
def _chunk_flood(connection: Connection) -> None:
    """One byte of body for each kilobyte of framing."""
    connection.head("200 OK", "Transfer-Encoding: chunked")
    connection.forever((b"1;" + b"e" * 1000 + b"\r\nx\r\n") * 50)


@behaviour("big-head")
def _big_head(connection: Connection) -> None:
    connection.answer(PAGE, "X-Padding: " + "y" * int(connection.rest))


# --- lies ---------------------------------------------------------------------------------------


@behaviour("announces")
def _announces(connection: Connection) -> None:
    connection.head("200 OK", f"Content-Length: {connection.rest}")
    connection.send(PAGE)


@behaviour("two-lengths")
def _two_lengths(connection: Connection) -> None:
    connection.head("200 OK", "Content-Length: 5", "Content-Length: 6")
    connection.send(b"123456")


@behaviour("cut-chunk")
def _cut_chunk(connection: Connection) -> None:
    connection.head("200 OK", "Transfer-Encoding: chunked")
    connection.send(b"ff\r\nonly this")


@behaviour("bad-chunk")
def _bad_chunk(connection: Connection) -> None:
    connection.head("200 OK", "Transfer-Encoding: chunked")
    connection.send(b"-1\r\nx\r\n0\r\n\r\n")


@behaviour("hang-up")
def _hang_up(connection: Connection) -> None:
    del connection


@behaviour("hang-up-in-head")
def _hang_up_in_head(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-")


@behaviour("reset")
def _reset(connection: Connection) -> None:
    connection.head("200 OK", "Content-Length: 500")
    connection.send(b"x" * 100)
    time.sleep(0.05)
    # Linger of zero seconds: closing sends a reset.
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@behaviour("garbage")
def _garbage(connection: Connection) -> None:
    connection.send(b"\x16\x03\x01 no HTTP at all \r\n\r\n")


@behaviour("banner")
def _banner(connection: Connection) -> None:
    connection.send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


@behaviour("other-protocol")
def _other_protocol(connection: Connection) -> None:
    connection.head("101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")


@behaviour("extra")
def _extra(connection: Connection) -> None:
    """Says keep-alive, and leaves a second answer behind for whoever asks next."""
    connection.answer(PAGE, "Connection: keep-alive")
    connection.answer(b"smuggled")


# --- content codings ----------------------------------------------------------------------------


@cache
def gzip_bomb() -> bytes:
    """64 MiB of zeros in about 64 KiB."""
    return gzip.compress(bytes(64 * MEBIBYTE), 9)


def _deflated(body: bytes, window: int) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, window)
    return machine.compress(body) + machine.flush()


def coded_bodies() -> dict[str, tuple[str, bytes]]:
    """Name -> (Content-Encoding, body as sent)."""
    packed = gzip.compress(PAGE)
    bomb = bytes(32 * MEBIBYTE)
    return {
        "gzip": ("gzip", packed),
        "x-gzip": ("X-GZip", packed),
        "identity": ("identity", PAGE),
        "deflate": ("deflate", zlib.compress(PAGE)),
        "raw-deflate": ("deflate", _deflated(PAGE, -15)),
        "members": ("gzip", gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])),
        "padded": ("gzip", packed + bytes(64)),
        "trailing": ("gzip", packed + b"and more"),
        "truncated": ("gzip", packed[:-12]),
        "not-gzip": ("gzip", PAGE),
        "broken": ("gzip", packed[:20] + b"\xff" * 20 + packed[40:]),
        "twice": ("gzip, gzip", gzip.compress(packed)),
        "six-times": (", ".join(["gzip"] * 6), packed),
        "brotli": ("br", b"\x0b\x02\x80hello\x03"),
        "bomb": ("gzip", gzip_bomb()),
        "bomb-twice": ("gzip, gzip", gzip.compress(gzip_bomb())),
        "bomb-deflate": ("deflate", zlib.compress(bomb, 9)),
        "bomb-raw-deflate": ("deflate", _deflated(bomb, -15)),
        "bomb-truncated": ("gzip", gzip_bomb()[:-20]),
        "bomb-trailing": ("gzip", gzip_bomb() + b"garbage"),
        "bomb-members": ("gzip", gzip.compress(bytes(MEBIBYTE), 9) * 64),
    }


@behaviour("coded")
def _coded(connection: Connection) -> None:
    """/coded/NAME, or /coded/NAME/STATUS."""
    name, _, status = connection.rest.partition("/")
    coding, body = CODED[name]
    connection.answer(body, f"Content-Encoding: {coding}", status=f"{status or 200} So")


@behaviour("coded-drip")
def _coded_drip(connection: Connection) -> None:
    """A body in pieces of one byte, each in a chunk of its own."""
    coding, body = CODED[connection.rest]
    connection.head("200 OK", f"Content-Encoding: {coding}", "Transfer-Encoding: chunked")
    for start in range(0, len(body), 1000):
        connection.send(b"".join(b"1\r\n%c\r\n" % byte for byte in body[start : start + 1000]))
    connection.send(b"0\r\n\r\n")


CODED = coded_bodies()
