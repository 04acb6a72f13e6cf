"""A hostile HTTP/2 server on the loopback.

Good behaviours are spoken by h2; hostile ones are frames byte by byte, which h2 would not send.
"""

import gzip
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import h2.config
import h2.connection
import h2.events
import h2.exceptions
from hpack import Encoder
from loopback import MEBIBYTE, PAGE, TLS_FOLDER, gzip_bomb

DATA, HEADERS, RST, SETTINGS, PUSH, PING, GOAWAY, WINDOW, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 8, 9
END_STREAM, END_HEADERS, PADDED = 0x1, 0x4, 0x8


def frame(kind: int, payload: bytes = b"", flags: int = 0, stream: int = 1) -> bytes:
    return (
        struct.pack(">I", len(payload))[1:]
        + bytes([kind, flags])
        + struct.pack(">I", stream)
        + payload
    )


def head(*fields: tuple[str, str], status: str = "200") -> bytes:
    """A block of headers that leaves nothing in the table of the other side."""
    pairs = ((":status", status), *fields) if status else fields
    return bytes(Encoder().encode([(name, value, True) for name, value in pairs], huffman=False))


def answer(*fields: tuple[str, str], status: str = "200", flags: int = END_HEADERS) -> bytes:
    return frame(HEADERS, head(*fields, status=status), flags)


class Talk:
    """One connection on which a request has come, on stream 1, with a `body` if it had one."""

    def __init__(
        self,
        sock: ssl.SSLSocket,
        h2: h2.connection.H2Connection,
        closing: threading.Event,
        body: bytes,
    ) -> None:
        self.sock = sock
        self.h2 = h2
        self.closing = closing
        self.body = body

    def send(self, *frames: bytes) -> None:
        self.sock.sendall(b"".join(frames))

    def page(self, body: bytes, *fields: tuple[str, str], status: str = "200") -> None:
        self.h2.send_headers(1, [(":status", status), *fields])
        while body:
            size = min(self.h2.local_flow_control_window(1), self.h2.max_outbound_frame_size)
            if size == 0:
                self.sock.sendall(self.h2.data_to_send())
                self.h2.receive_data(self.sock.recv(65536))
                continue
            self.h2.send_data(
                1, body[:size], pad_length=3 if size > 1000 and len(body) < 900 else None
            )
            body = body[size:]
        self.h2.end_stream(1)
        self.sock.sendall(self.h2.data_to_send())


Behaviour = Callable[[Talk], None]
MANY = 500


def page(body: bytes, *fields: tuple[str, str], status: str = "200") -> Behaviour:
    return lambda talk: talk.page(body, *fields, status=status)


def sends(*frames: bytes) -> Behaviour:
    return lambda talk: talk.send(*frames)


def floods(*frames: bytes, first: bytes = b"") -> Behaviour:
    """`first`, then the frames until the other side has had enough."""

    def behave(talk: Talk) -> None:
        talk.send(first)
        while not talk.closing.is_set():
            talk.send(*frames)

    return behave


def drips(*frames: bytes, first: bytes = b"", pause_s: float = 0.03) -> Behaviour:
    """`first`, then the frames, each time after a pause."""

    def behave(talk: Talk) -> None:
        talk.send(first)
        while not talk.closing.wait(pause_s):
            talk.send(*frames)

    return behave


PINGED = frame(PING, b"12345678", stream=0)
SET = frame(SETTINGS, struct.pack(">HI", 3, 100), stream=0)
WHOLE = frame(DATA, PAGE, END_STREAM)
# One long field is put into the table once, then named by one byte again and again.
BOMB_BLOCK = head() + b"\x40\x01x\x7f\xa1\x1e" + b"y" * 4000 + b"\xbe" * 12_000

BEHAVIOURS: dict[str, Behaviour] = {
    # good
    "ok": page(PAGE, ("content-type", "text/html"), ("etag", '"v2"'), ("set-cookie", "secret=1")),
    "padded": page(b"x" * 800),
    "gzip": page(gzip.compress(PAGE), ("content-encoding", "gzip")),
    "large": page(b"x" * MEBIBYTE),
    "missing": page(b"no such page", status="404"),
    "moved": page(b"", ("location", "/ok"), status="301"),
    "interim": sends(answer(("link", "</x>"), status="103") * 3, answer(), WHOLE),
    "settings-first": sends(SET * 3, answer(), WHOLE),
    # endless
    "endless-data": floods(*[frame(DATA, b"x" * 16000)] * 10, first=answer()),
    "endless-padding": floods(*[frame(DATA, b"\xff" + b"\0" * 255, PADDED)] * MANY, first=answer()),
    "endless-empty-data": floods(*[frame(DATA)] * MANY, first=answer()),
    "endless-pings": floods(*[PINGED] * MANY),
    "endless-pings-in-body": floods(*[PINGED] * MANY, first=answer()),
    "endless-settings": floods(*[SET] * MANY),
    "endless-interim": floods(*[answer(status="103")] * MANY),
    "endless-continuation": floods(
        frame(CONTINUATION, b"\x00\x01a\x01b" * 100), first=answer(flags=0)
    ),
    "unknown-frames": floods(frame(0xEE, b"x" * 1000)),
    "window-updates": floods(frame(WINDOW, struct.pack(">I", 2**31 - 1), stream=0)),
    "big-head": sends(answer(*[(f"x-{number}", "y" * 1000) for number in range(15)] * 5)),
    "header-bomb": sends(frame(HEADERS, BOMB_BLOCK, END_HEADERS)),
    # slow
    "silent": drips(pause_s=5),
    "stalled": drips(first=answer() + frame(DATA, b"x" * 100), pause_s=5),
    "slow-body": drips(frame(DATA, b"x"), first=answer()),
    "slow-pings": drips(PINGED),
    # broken
    "hang-up": sends(),
    "hang-up-in-body": sends(answer(), frame(DATA, b"x" * 100)),
    "goaway": sends(frame(GOAWAY, struct.pack(">II", 0, 0), stream=0)),
    "goaway-in-body": sends(
        answer(), frame(DATA, b"x"), frame(GOAWAY, struct.pack(">II", 1, 2), stream=0)
    ),
    "reset": sends(frame(RST, struct.pack(">I", 7))),
    "reset-in-body": sends(answer(), frame(DATA, b"x"), frame(RST, struct.pack(">I", 7))),
    "no-status": sends(answer(status=""), WHOLE),
    "status-word": sends(answer(status="fine"), WHOLE),
    "status-0": sends(answer(status="0"), WHOLE),
    "status-20000": sends(answer(status="20000"), WHOLE),
    "newline": sends(answer(("location", "/ok\r\nX: 1"), status="302"), WHOLE),
    "nul": sends(answer(("etag", 'a"\0"')), WHOLE),
    "too-long": sends(answer(("content-length", "5")), frame(DATA, b"123456", END_STREAM)),
    "too-short": sends(answer(("content-length", "5")), frame(DATA, b"1234", END_STREAM)),
    "no-length": sends(answer(("content-length", "five")), frame(DATA, b"12345", END_STREAM)),
    "announces": sends(answer(("content-length", "99999999"))),
    "bad-block": sends(frame(HEADERS, b"\xff\xff\xff\xff\xff\xff", END_HEADERS)),
    "data-first": sends(WHOLE),
    "other-stream": sends(frame(HEADERS, head(), END_HEADERS, stream=7)),
    "stream-of-its-own": sends(frame(HEADERS, head(), END_HEADERS, stream=2)),
    "push": sends(frame(PUSH, struct.pack(">I", 2) + head((":path", "/"), status=""), END_HEADERS)),
    "large-frame": sends(answer(), frame(DATA, b"x" * 20_000)),
    "http-1": sends(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"),
    "garbage": sends(b"\xff" * 100),
    "bomb": page(gzip_bomb(), ("content-encoding", "gzip")),
}


class LoopbackH2Server:
    """Serves `BEHAVIOURS` over TLS to who speaks HTTP/2; `requests` holds the headers of each."""

    def __init__(self) -> None:
        self.requests: list[dict[str, str]] = []
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(TLS_FOLDER / "good.pem")
        self._tls.set_alpn_protocols(["h2"])
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def url(self, path: str) -> str:
        return f"https://news.example:{self.port}{path}"

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
                sock.settimeout(30)  # who counts every frame is slow on a busy machine
                thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, sock: socket.socket) -> None:
        # The client hangs up whenever it has seen enough: that is what most tests are about.
        with (
            suppress(OSError, h2.exceptions.ProtocolError),
            sock,
            self._tls.wrap_socket(sock, server_side=True) as wrapped,
        ):
            config = h2.config.H2Configuration(client_side=False)
            connection = h2.connection.H2Connection(config)
            connection.initiate_connection()
            wrapped.sendall(connection.data_to_send())
            sent: dict[str, str] = {}
            body = b""
            while True:
                for event in connection.receive_data(wrapped.recv(65536)):
                    if isinstance(event, h2.events.RequestReceived):
                        sent = {name.decode(): value.decode() for name, value in event.headers}
                        self.requests.append(sent)
                    elif isinstance(event, h2.events.DataReceived):
                        body += event.data
                    elif isinstance(event, h2.events.StreamEnded):
                        wrapped.sendall(connection.data_to_send())
                        behave = BEHAVIOURS[sent[":path"].removeprefix("/")]
                        behave(Talk(wrapped, connection, self._closing, body))
                        _hang_up(wrapped)
                        return
                wrapped.sendall(connection.data_to_send())


def _hang_up(wrapped: ssl.SSLSocket) -> None:
    """Close as servers do: what was not read would make a reset of it, and lose what was sent."""
    wrapped.shutdown(socket.SHUT_WR)
    while wrapped.recv(65536):
        pass
