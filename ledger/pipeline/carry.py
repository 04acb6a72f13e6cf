"""Links of the version before + a new reading -> citations that keep them.

What a person decided about a marker stays true as long as the marker stands for the same thing.
A number may mean another source in another version, so a link is kept only where a claim in the
same words still cites the marker; and only where the new version leaves it open.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ledger.model import Citation, Reading

if TYPE_CHECKING:  # see `ingest`
    from ledger.latest import LatestLink


class Carried(NamedTuple):
    """What becomes of the links.

    Attributes:
        citations: Revisions of the new reading's gaps, because of the judgements of before.
        lost: Markers with a link that does not apply to the new version, in order of their names.
    """

    citations: tuple[Citation, ...]
    lost: tuple[str, ...]


def carry(links: "Sequence[LatestLink]", reading: Reading) -> Carried:
    """Keep the links of the version before.

    Args:
        links: The current citations of that version that people decided.
        reading: The new version.
    """
    links = [each for each in links if each.marker is not None]  # of a redacted page: it is gone
    keys = {claim.id: claim.key for claim in reading.claims}
    places = {(keys[each.claim_id], each.marker) for each in reading.citations}
    kept = {each.marker: each for each in links if (each.key, each.marker) in places}
    listed = {each.marker for each in reading.citations if each.gap is None}
    citations = tuple(
        _revised(each, kept[each.marker])
        for each in reading.citations
        if each.gap is not None and each.marker in kept
    )
    stays = kept.keys() | listed
    lost = sorted({each.marker for each in links if each.marker and each.marker not in stays})
    return Carried(citations, tuple(lost))


def _revised(gap: Citation, link: "LatestLink") -> Citation:
    return Citation.make(
        **{
            **gap.model_dump(exclude={"id"}),
            "url": link.url,
            "source_id": link.source_id,
            "gap": None,
            "revises": gap.id,
            "because": link.because,
        }
    )
