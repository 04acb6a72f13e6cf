"""A ledger and the registry -> outlets whose recorded facts come from an older registry.

What the registry says of an outlet is recorded with the articles that cite it. So under a later
version of this program, whose registry says otherwise, an old ledger would hold both: the new word
of outlets that were cited since, the old one of all others.
"""

from typing import TYPE_CHECKING, NamedTuple

from ledger.queries.knowledge import FACTS, current_outlets
from ledger.reader import Reader, Row

if TYPE_CHECKING:
    from ledger.model import Outlet


class Outdated(NamedTuple):
    """An outlet as it is recorded, a row of `outlet`, and as the registry has it."""

    recorded: Row
    listed: "Outlet"


def outdated(reader: Reader) -> list[Outdated]:
    """Listed outlets whose recorded facts differ from the registry, by key.

    Without those of which a person spoke, whose word stands, and without a word that the registry
    takes back: its entry is there already.
    """
    from ledger import outlets  # most questions need neither this nor the model

    listed = {found.key: found for found in outlets.listed()}
    known = (
        "SELECT k.key, k.name, k.kind, k.country, k.owner FROM known_outlet k WHERE k.key IN :ids"
    )
    other = [
        listed[row["key"]]
        for row in reader.rows_for(known, list(listed))
        if any(row[fact] != getattr(listed[row["key"]], fact) for fact in FACTS)
    ]
    if not other:
        return []
    from ledger.model import Outlet

    entries = {found.key: Outlet.make(**found._asdict()) for found in other}
    ids = [entry.id for entry in entries.values()]
    there = reader.rows_for("SELECT o.key FROM outlet o WHERE o.id IN :ids", ids)
    keys = sorted(entries.keys() - {row["key"] for row in there})
    return [
        Outdated(row, entries[row["key"]])
        for row in sorted(current_outlets(reader, keys), key=lambda row: str(row["key"]))
        if row["because"] is None
    ]
