"""Leaves -> the root of a Merkle tree, and the short path that shows one leaf to be in it.

RFC 9162, section 2.1, with SHA-256, and nothing else: pure arithmetic on digests of 32 bytes.
Leaves are numbered from 0. A subtree of level L covers 2^L leaves and is complete; `position`
counts the subtrees of its level from the left.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

LONGEST_PATH = 64
"""Digests in the longest path that is looked at: more leaves than 2^64 are in no tree."""


class Subtree(NamedTuple):
    """One complete subtree: its place, and its digest."""

    level: int
    position: int
    digest: bytes


def leaf_digest(data: bytes) -> bytes:
    """The digest of a leaf: SHA-256 over a zero byte and its bytes."""
    return hashlib.sha256(b"\0" + data).digest()


def node_digest(left: bytes, right: bytes) -> bytes:
    """The digest of a node: SHA-256 over a one byte and the digests below it."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Edge:
    """The right edge of a tree that grows: all that is needed of it to add leaves.

    Args:
        size: Leaves so far.
        digests: Of the complete subtrees that they make up, the largest first: one for each
            binary digit 1 of `size`.
    """

    def __init__(self, size: int = 0, digests: Sequence[bytes] = ()) -> None:
        self.size = size
        self._digests = list(digests)

    def add(self, leaf: bytes) -> list[Subtree]:
        """One more leaf, by its digest. Returns what it completes above it, the lowest first."""
        completed: list[Subtree] = []
        digest, level, position = leaf, 0, self.size
        while position & 1:
            digest = node_digest(self._digests.pop(), digest)
            level, position = level + 1, position >> 1
            completed.append(Subtree(level, position, digest))
        self._digests.append(digest)
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes], lowest: int) -> list[Subtree]:
        """As `add` for each of many leaves. Returns what they complete from level `lowest` on.

        Level by level, the lowest first, and from the left.
        """
        completed: list[Subtree] = []
        edge: list[bytes] = []  # of the levels that are done, the smallest first
        digests, level, position = list(leaves), 0, self.size
        self.size += len(digests)
        while digests:
            if level >= lowest:
                completed += [Subtree(level, at, each) for at, each in enumerate(digests, position)]
            if position & 1:
                digests.insert(0, self._digests.pop())
            if len(digests) & 1:
                edge.append(digests.pop())
            # node_digest, without the call: this is the inner loop of recording
            digests = [
                hashlib.sha256(b"\1" + left + right).digest()
                for left, right in zip(digests[::2], digests[1::2], strict=True)
            ]
            level, position = level + 1, position >> 1
        self._digests += reversed(edge)
        return completed

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return _joined(self._digests)


def edge_places(size: int) -> Iterator[tuple[int, int]]:
    """Level and position of each subtree whose digest `Edge` takes, in its order."""
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, (size >> level) - 1


def inclusion_path(
    index: int, size: int, digest_at: Callable[[int, int], bytes]
) -> tuple[bytes, ...]:
    """The digests that lead from leaf `index` to the root of the first `size` leaves, leaf first.

    Args:
        index: Below `size`.
        size: Leaves in the tree.
        digest_at: The digest of the complete subtree at a level and position.
    """
    first, last = 0, size
    path: list[bytes] = []
    while last - first > 1:
        middle = first + (1 << (last - first - 1).bit_length() - 1)
        if index < middle:
            path.append(_digest_of(middle, last, digest_at))
            last = middle
        else:
            path.append(_digest_of(first, middle, digest_at))
            first = middle
    return tuple(reversed(path))


def root_over(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its path lead to (RFC 9162, section 2.1.3.2).

    Returns:
        None when no tree of `size` leaves has such a path for leaf `index`.
    """
    if not 0 <= index < size or len(path) > LONGEST_PATH:
        return None
    digest, here, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            digest = node_digest(sibling, digest)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            digest = node_digest(digest, sibling)
        here, last = here >> 1, last >> 1
    return digest if last == 0 else None


def _digest_of(first: int, last: int, digest_at: Callable[[int, int], bytes]) -> bytes:
    """The digest over the leaves from `first` up to `last`, where a subtree of the tree begins."""
    return _joined(
        [digest_at(level, (first >> level) + at) for level, at in edge_places(last - first)]
    )


def _joined(digests: Sequence[bytes]) -> bytes:
    if not digests:
        return EMPTY
    *rest, joined = digests
    for left in reversed(rest):
        joined = node_digest(left, joined)
    return joined
