"""A loss and what stands withdrawn -> that of it which carries something all the same.

Somebody's withdrawal takes nothing away. So whoever is told what is left without one outlet may be
told that a claim keeps another, which stands withdrawn.
"""

from collections.abc import Sequence

from ledger.provenance.impact import touched
from ledger.provenance.losses import Losses, as_they_stand
from ledger.provenance.support import members
from ledger.provenance.withdrawn import Withdrawal, addresses, leaning, withdrawals
from ledger.reader import CHUNK, Reader


def still_counting(
    reader: Reader, losses: Losses, *, article: str | None = None
) -> list[Withdrawal]:
    """What stands withdrawn, is not among `losses` and carries a claim that these touch.

    Args:
        reader: An open ledger.
        losses: What is taken away.
        article: Only claims of this article, by id; None for all.
    """
    gone = _not_taken(reader, losses)
    if not gone:  # as nearly always
        return []
    leans = leaning(reader, gone)
    ids = [id for id in touched(reader, losses, article=article) if id in leans]
    waiting = {name for each in gone for name in addresses(each)}
    found: set[str] = set()
    for first in range(0, len(ids), CHUNK):
        found |= _kept(reader, ids[first : first + CHUNK], losses) & waiting
        if found == waiting:
            break
    return [each for each in gone if not found.isdisjoint(addresses(each))]


def _not_taken(reader: Reader, losses: Losses) -> list[Withdrawal]:
    """What stands withdrawn and is not taken away by its name: that is lost wherever it is."""
    gone = withdrawals(reader)
    if not gone:
        return []
    rows = reader.rows_for("SELECT s.url FROM source s WHERE s.id IN :ids", losses.sources)
    named = {*as_they_stand(reader, losses).outlets}
    if not losses.kept:
        named |= {row["url"] for row in rows}
    return [each for each in gone if named.isdisjoint(addresses(each))]


def _kept(reader: Reader, claims: Sequence[str], losses: Losses) -> set[str]:
    """Keys of outlets and addresses of pages that claims have, and that may be kept."""
    return {
        name
        for groups in members(reader, claims, losses).values()
        for group in groups
        for member in group
        if member["lost"] is not True
        for name in (member["key"], member["origin"], member["url"])
        if name is not None
    }
