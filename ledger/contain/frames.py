"""Bytes over a socket, each message with its length before it: nothing is read beyond a limit."""

import socket
import struct
import time

_HEAD = struct.Struct(">4sQ")
_MARK = b"LDGR"
"""Begins each message: anything else is none, and what follows it is not read."""
_PIECE = 1 << 20
"""Most that is asked of a socket at once, so that a size that is a lie takes up no memory."""


class FrameError(Exception):
    """What came is no message that may be read, and what follows it means nothing.

    `size` is what it announced, in bytes, where that is too much; None where no message begins.
    """

    def __init__(self, size: int | None = None) -> None:
        super().__init__(size)
        self.size = size


def send(channel: socket.socket, *messages: bytes, deadline: float | None = None) -> None:
    """Send messages one after another.

    Args:
        channel: A connected stream.
        messages: What to send.
        deadline: By `time.monotonic`; None waits for ever. What can be done without waiting is
            done after it too: whoever was stopped for a while has not lost what came meanwhile.

    Raises:
        TimeoutError: The other side did not take all of it in time.
        OSError: The other side is gone.
    """
    try:
        for message in messages:
            _wait_until(channel, deadline)
            channel.sendall(_HEAD.pack(_MARK, len(message)))
            _wait_until(channel, deadline)
            channel.sendall(message)
    except BlockingIOError as error:
        raise TimeoutError from error


def receive(channel: socket.socket, most: int, deadline: float | None = None) -> bytes:
    """The next message, of at most `most` bytes.

    Raises:
        EOFError: The other side is gone.
        TimeoutError: It was not complete by `deadline` (see `send`).
        FrameError: It is longer than `most`, or no message.
    """
    mark, size = _HEAD.unpack(_exactly(channel, _HEAD.size, deadline))
    if mark != _MARK:
        raise FrameError
    if size > most:
        raise FrameError(size)
    return _exactly(channel, size, deadline)


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    # A length is only a claim: memory is taken as the bytes come.
    pieces: list[bytes] = []
    missing = size
    try:
        while missing:
            _wait_until(channel, deadline)
            piece = channel.recv(min(missing, _PIECE))
            if not piece:
                raise EOFError
            pieces.append(piece)
            missing -= len(piece)
    except BlockingIOError as error:
        raise TimeoutError from error
    return b"".join(pieces)


def _wait_until(channel: socket.socket, deadline: float | None) -> None:
    """Let the next call on a channel wait so long; past the deadline it raises BlockingIOError."""
    channel.settimeout(None if deadline is None else max(0.0, deadline - time.monotonic()))
