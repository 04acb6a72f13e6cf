"""An answer -> the same with its certificates in the order that DER asks for.

The set of certificates that comes with a time stamp is not signed, and most authorities write it
in the order of their chain. The library reads strict DER, in which a set is sorted. Only whole
certificates change places, so no length changes and nothing that is signed.
"""

from collections.abc import Sequence
from typing import NamedTuple

CERTIFICATES = 0xA0
"""Tag of the certificates in a `SignedData` (RFC 5652, 5.1); no other field of it has this one."""


class _Part(NamedTuple):
    """Where an element of DER begins, where its content does, and where both end."""

    start: int
    content: int
    end: int


def in_order(answer: bytes) -> bytes:
    """`answer` with its certificates sorted; as it is where they are not found.

    Args:
        answer: A `TimeStampResp`, or whatever came instead.
    """
    try:
        (response,) = _parts(answer, 0, len(answer))
        _, token, *_ = _inside(answer, response)
        _, explicit, *_ = _inside(answer, token)
        (signed, *_) = _inside(answer, explicit)
        (found,) = (each for each in _inside(answer, signed) if answer[each.start] == CERTIFICATES)
        held = sorted(answer[each.start : each.end] for each in _inside(answer, found))
    except (ValueError, IndexError):
        return answer
    return answer[: found.content] + b"".join(held) + answer[found.end :]


def _inside(data: bytes, part: _Part) -> Sequence[_Part]:
    return _parts(data, part.content, part.end)


def _parts(data: bytes, start: int, end: int) -> Sequence[_Part]:
    """The elements that fill `data` from `start` to `end`, not what is inside them.

    Raises:
        ValueError: They do not end there.
        IndexError: The last one is cut off.
    """
    found = []
    while start < end:
        # A first byte of length above 128 counts the bytes of the length itself (X.690, 8.1.3).
        size, content = data[start + 1], start + 2
        if size > 0x80:
            content += size - 0x80
            size = int.from_bytes(data[start + 2 : content], "big")
        found.append(_Part(start, content, content + size))
        start = content + size
    if start != end:
        raise ValueError("the elements do not end where they should")
    return found
