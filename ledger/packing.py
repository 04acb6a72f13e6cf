"""The bytes of a capture -> as the table of payloads has them, and back."""

import zlib

from ledger.ids import payload_digest


def packed(body: bytes) -> bytes:
    """What is stored of some bytes."""
    return zlib.compress(body)


def unpacked(stored: object, digest: str, most: int | None = None) -> bytes | None:
    """The bytes with this digest.

    Args:
        stored: What the database holds; anything, since it may come from a stranger.
        digest: `Capture.payload_digest`.
        most: `Capture.size`, so that no more is unfolded than there should be; None for no bound.

    Returns:
        None when it is not those bytes, or has anything behind them.
    """
    inflate = zlib.decompressobj()
    # One byte more than there should be is enough to know; 0 is no bound.
    bound = 0 if most is None else max(most, 0) + 1
    try:
        body = inflate.decompress(stored, bound)  # type: ignore[arg-type] # see TypeError
    except (zlib.error, TypeError):
        return None
    whole = inflate.eof and not inflate.unused_data  # nothing is hidden behind it
    return body if whole and payload_digest(body) == digest else None
