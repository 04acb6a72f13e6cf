"""What a redaction leaves of a page -> one digest, which its judgement carries.

The digests of the journal are of what was recorded, words and all, so they say nothing any more of
rows that have lost them. Where a citation leads, dates, kinds and places are held by this one.
Why so: docs/decisions/redaction.md.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from ledger.erasure import READ_FROM, without_words
from ledger.errors import IntegrityError
from ledger.ids import canonical
from ledger.journal import spelled
from ledger.tables import content_of
from ledger.tree import Ask

_CAPTURES = "SELECT c.id FROM capture c WHERE c.payload_digest = :digest"


class Remains:
    """What is left of some entries, in the order of the journal."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, seq: int, kind: str, content: Mapping[str, Any]) -> None:
        """Add one more entry that was read from the page, without its words.

        Raises:
            ValueError, TypeError: No entry has such a content.
        """
        self._hash.update(canonical([seq, kind]) + spelled(content) + b"\n")

    def digest(self) -> str:
        """The digest of everything added: "sha256:" and 64 hex digits."""
        return f"sha256:{self._hash.hexdigest()}"


def remains_of(ask: Ask, digest: str, before: int, *, erased: bool) -> str:
    """The digest of what a redaction of these bytes leaves, or has left.

    Args:
        ask: How to ask the ledger.
        digest: Of the bytes.
        before: Number of the journal record of the judgement: what was recorded later is not
            erased by it.
        erased: Whether the words are gone already; else they are left out here.

    Raises:
        IntegrityError: A row holds what no entry has.
    """
    found: list[tuple[int, str, Mapping[str, Any]]] = []
    for kind, condition in READ_FROM.items():
        rows = ask(
            f'SELECT j.seq AS in_order, entry.* FROM (SELECT * FROM "{kind}"'  # noqa: S608 - our names
            f" WHERE {condition.format(captures=_CAPTURES)}) entry"
            " JOIN journal j ON j.entry_id = entry.id WHERE j.seq < :before",
            {"digest": digest, "before": before},
        )
        found += [(row["in_order"], kind, row) for row in rows]
    remains = Remains()
    for seq, kind, row in sorted(found, key=lambda one: one[0]):
        try:
            columns = {name: value for name, value in row.items() if name != "in_order"}
            content = content_of(kind, columns)
            remains.add(seq, kind, content if erased else without_words(kind, content))
        except (ValueError, TypeError) as error:
            raise IntegrityError(f"{kind} {row['id']} is not what a redaction left") from error
    return remains.digest()
