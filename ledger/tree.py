"""The journal -> its Merkle tree, as it is stored: kept with every append, asked for by readers.

Of the complete subtrees those of `LOWEST` and more levels are stored: an eighth of a row for each
record. What lies below is recomputed from at most 2^LOWEST records of the journal, so that an
append and a proof read and write a number of rows that grows with the logarithm of its length.
Why this form: docs/decisions/a-tree-over-the-journal.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ledger.errors import IntegrityError
from ledger.journal import Link, leaf
from ledger.merkle import Edge, edge_places, inclusion_path

LOWEST = 4
"""The lowest level that is stored: 2^4 leaves."""

Ask = Callable[[str, Mapping[str, object]], Sequence[Mapping[str, Any]]]
"""A statement and its parameters -> the rows: `Reader.rows`, or the same of a connection."""


_LINKS = (
    "SELECT seq, entry_id, kind, recorded_at, content_digest, previous, digest FROM journal"
    " WHERE seq > :first AND seq <= :last ORDER BY seq"
)
_SUBTREE = "SELECT digest FROM tree WHERE level = :level AND position = :position"


def grown(
    ask: Ask, links: Sequence[Link], leaves: Iterable[bytes] | None = None
) -> list[dict[str, Any]]:
    """The rows of the tree that these links, which follow all that are recorded, complete.

    Args:
        ask: Asks the ledger as it was before.
        links: At least one.
        leaves: Theirs, by whoever has them; None to work them out.

    Raises:
        IntegrityError: A record or a row of the tree is missing or damaged.
    """
    edge = edge_at(ask, links[0].seq - 1)
    completed = edge.extend(map(leaf, links) if leaves is None else leaves, LOWEST)
    return [
        {"level": level, "position": position, "digest": digest.hex()}
        for level, position, digest in completed
    ]


def edge_at(ask: Ask, size: int) -> Edge:
    """The right edge of the tree over the first `size` records, by two statements.

    Raises:
        IntegrityError: A record or a row of the tree is missing or damaged.
    """
    places = list(edge_places(size))
    conditions = [
        f"(level = {level} AND position = {position})"
        for level, position in places
        if level >= LOWEST
    ]
    asked = f"SELECT level, digest FROM tree WHERE {' OR '.join(conditions) or '1 = 0'}"  # noqa: S608 - our numbers
    complete = {row["level"]: row["digest"] for row in ask(asked, {})}
    first = size >> LOWEST << LOWEST
    leaves = _leaves(ask, first, size)
    digests = []
    for level, position in places:
        if level < LOWEST:
            at = (position << level) - first
            digests.append(_over(leaves[at : at + (1 << level)], 1 << level))
        else:
            digests.append(_bytes(complete.get(level)))
    return Edge(size, digests)


def path_of(ask: Ask, seq: int, size: int) -> tuple[bytes, ...]:
    """The path from the record `seq` to the root over the first `size`; raises as `edge_at`."""
    return inclusion_path(seq - 1, size, _digests(ask))


def _digests(ask: Ask) -> Callable[[int, int], bytes]:
    """What gives the digest of a complete subtree by level and position."""
    read: dict[int, list[bytes]] = {}

    def digest_at(level: int, position: int) -> bytes:
        if level >= LOWEST:
            rows = ask(_SUBTREE, {"level": level, "position": position})
            return _bytes(rows[0]["digest"] if rows else None)
        block = position << level >> LOWEST
        if block not in read:
            first = block << LOWEST
            read[block] = _leaves(ask, first, first + (1 << LOWEST))
        first = (position << level) - (block << LOWEST)
        return _over(read[block][first : first + (1 << level)], 1 << level)

    return digest_at


def _leaves(ask: Ask, first: int, last: int) -> list[bytes]:
    """Of the records after `first`, up to `last`."""
    return [leaf(Link(**row)) for row in ask(_LINKS, {"first": first, "last": last})]


def _over(leaves: Sequence[bytes], count: int) -> bytes:
    if len(leaves) != count:
        raise IntegrityError("records of the journal are missing")
    edge = Edge()
    for each in leaves:
        edge.add(each)
    return edge.root()


def _bytes(digest: Any) -> bytes:
    if digest is None:
        raise IntegrityError("a part of the tree over the journal is missing")
    try:
        return bytes.fromhex(digest)
    except (TypeError, ValueError) as error:
        raise IntegrityError("a part of the tree over the journal was changed") from error
