"""RFC 9162, section 2.1, written down a second time as its definitions read: recursive, slow."""

from collections.abc import Sequence
from hashlib import sha256


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d: Sequence[bytes]) -> bytes:
    """2.1.1: the Merkle Tree Hash of a list of inputs."""
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: Sequence[bytes]) -> list[bytes]:
    """2.1.3.1: the inclusion path of input m."""
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def root_by(leaf: bytes, m: int, n: int, steps: Sequence[bytes]) -> bytes:
    """Where a path leads, by the same recursion as `path`; the number of steps must be right."""
    if n == 1:
        assert not steps
        return leaf
    k = split(n)
    *below, last = steps
    if m < k:
        return sha256(b"\x01" + root_by(leaf, m, k, below) + last).digest()
    return sha256(b"\x01" + last + root_by(leaf, m - k, n - k, below)).digest()
