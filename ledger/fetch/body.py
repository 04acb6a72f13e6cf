"""Raw chunks -> the body, with at most one content coding undone, within limits.

An answer of 1,827 bytes in two layers of gzip becomes one chunk of 1 GiB in the client's own
decoder, before any cap can look at it. So the stream is taken raw, a second coding is refused, and
zlib is told with each call how much it may give.
"""

import zlib
from collections.abc import Generator, Iterable, Iterator

from ledger.fetch.trip import Trip

STEP = 64 * 1024
"""Most bytes that one call of zlib may give."""
GZIP = 16 + zlib.MAX_WBITS
"""How zlib is told that a stream has the head and check sum of gzip."""
RAW_DEFLATE = -zlib.MAX_WBITS
"""The same of one that has none."""
GZIP_MAGIC = b"\x1f\x8b"
CODINGS = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}  # RFC 9110, 8.4.1


def read_body(
    chunks: Iterable[bytes], content_encoding: str, trip: Trip, enough: int | None = None
) -> bytes:
    """Read a body to its end and undo its content coding.

    Args:
        chunks: The body as sent, transfer coding undone, in pieces of any size.
        content_encoding: Value of Content-Encoding, several joined by commas; "" for none. gzip and
            deflate (with zlib's header or, as some servers send it, without) are understood.
        trip: The account that time is asked of; its settings hold the limits.
        enough: So many decoded bytes from the beginning are wanted, the rest is not read; None for
            all of it.

    Returns:
        The body; b"" for an empty one, whatever its coding claims.

    Raises:
        FetchError: content-coding (unknown, or more than one), too-large, incomplete (the coded
            body stops before its end), bad-response (it is not what its coding claims), timeout.
    """
    coding = _coding(content_encoding, trip)
    reader = _Reader(trip)
    raw = reader.counted(chunks)
    pieces = raw if coding is None else _inflated(coding, raw, trip)
    for piece in pieces:
        reader.keep(piece)
        if enough is not None and len(reader.body) >= enough:
            break
    return bytes(reader.body[:enough])


def _coding(content_encoding: str, trip: Trip) -> str | None:
    """The one coding to undo; None for none."""
    named = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in named if name not in ("", "identity")]
    if not codings:
        return None
    if len(codings) > 1:
        raise trip.failed("content-coding", f"the body is encoded {len(codings)} times over")
    if codings[0] not in CODINGS:
        raise trip.failed(
            "content-coding",
            (f"the body came encoded as {codings[0][:40]!r}, which was not asked for"),
        )
    return CODINGS[codings[0]]


class _Reader:
    """The body so far, and what it took."""

    def __init__(self, trip: Trip) -> None:
        self.body = bytearray()
        self._raw = 0
        self._trip = trip

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks that are not empty, as long as they are within the raw limit and the time."""
        limit = self._trip.settings.max_raw_bytes
        for chunk in chunks:
            self._trip.time_left()
            self._raw += len(chunk)
            if self._raw > limit:
                raise self._trip.failed("too-large", f"more than {limit:,} bytes of body")
            if chunk:
                yield chunk

    def keep(self, piece: bytes) -> None:
        """Add decoded bytes, as long as they are within the decoded limit and the ratio."""
        limits = self._trip.settings
        size = len(self.body) + len(piece)
        if size > limits.max_decoded_bytes:
            raise self._trip.failed(
                "too-large", f"more than {limits.max_decoded_bytes:,} bytes of decoded body"
            )
        if size > limits.ratio_free_bytes and size > limits.max_ratio * self._raw:
            raise self._trip.failed(
                "too-large", f"the body unpacks to more than {limits.max_ratio} times its size"
            )
        self.body += piece


def _inflated(coding: str, raw: Iterator[bytes], trip: Trip) -> Iterator[bytes]:
    """The decoded body in pieces of at most `STEP` bytes, or little more."""
    head = next(raw, b"")
    while len(head) < 2 and (more := next(raw, b"")):
        head += more
    if not head:
        return
    window = GZIP if coding == "gzip" else _deflate_window(head)
    try:
        whole = yield from _members(window, _chained(head, raw))
    except zlib.error as error:
        raise trip.failed("bad-response", f"the body is not {coding}, as it claims") from error
    if not whole:
        raise trip.failed("incomplete", f"the {coding} body stops before its end")


def _members(window: int, chunks: Iterator[bytes]) -> Generator[bytes, None, bool]:
    """The decoded bytes; True when the last member came to its end.

    A gzip file is a series of members (RFC 1952). What follows the last one and is none is padding,
    which browsers and gzip itself pass over.
    """
    machine = zlib.decompressobj(window)
    data = b""
    for chunk in chunks:
        data += chunk
        while data:
            if machine.eof and len(data) < len(GZIP_MAGIC):
                break
            if machine.eof:
                if window != GZIP or not data.startswith(GZIP_MAGIC):
                    return True
                machine = zlib.decompressobj(window)
            yield machine.decompress(data, STEP)
            data = machine.unused_data if machine.eof else machine.unconsumed_tail
    # With all input taken, at most a few kilobytes can still be inside.
    yield machine.flush()
    return machine.eof


def _deflate_window(head: bytes) -> int:
    """The header of zlib is 2 bytes: method 8 in the low bits, and a multiple of 31 (RFC 1950)."""
    has_header = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else RAW_DEFLATE


def _chained(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
