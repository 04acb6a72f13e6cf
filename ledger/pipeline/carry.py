"""Links made in the previous version and a new reading -> citations that keep the links.

What a person decided about a marker stays true as long as the marker stands for the same thing.
A number may mean another source in another version, so a link is kept only where a claim in the
same words still cites the marker. There it stands, also where a list that was read since says
otherwise: what the list says is kept beside it, and that the two contradict each other is told.
What was said of single claims stands in these alone.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ledger.model import Citation, Reading
from ledger.pipeline.meanings import meanings
from ledger.resolve import hides_its_page

if TYPE_CHECKING:  # see `ingest`
    from ledger.latest import Latest, LatestLink


class Contradicted(NamedTuple):
    """A link that contradicts what was read.

    Attributes:
        marker: As cited.
        url: Where a person said that it leads.
        read: Where the list says that it leads: addresses as cited, each once.
    """

    marker: str
    url: str
    read: tuple[str, ...]


class Carried(NamedTuple):
    """What happened to the links.

    Attributes:
        citations: Revisions of the new reading's citations, because of the judgements of before.
        lost: Markers with a link that does not apply to the new version, in order of their names.
        contradicted: Links that stand against what was read, in reading order.
    """

    citations: tuple[Citation, ...]
    lost: tuple[str, ...]
    contradicted: tuple[Contradicted, ...]


def carry(seen: "Latest", reading: Reading) -> Carried:
    """Carry over the links of the previous version.

    Args:
        seen: What is recorded of the page: that version, and what people decided about it.
        reading: The new version.
    """
    said = [(each.marker, each) for each in seen.links if each.marker is not None]  # else redacted
    keys = {claim.id: claim.key for claim in reading.claims}
    decided = {(link.key, marker): link for marker, link in said}
    there = [each for each in reading.citations if (keys[each.claim_id], each.marker) in decided]
    places = {(keys[each.claim_id], each.marker) for each in there}
    limited = _limited(seen, reading)
    kept = {marker: link for marker, link in said if (link.key, marker) in places}
    # What the list means by a marker there: another part's list may mean something else by it.
    meant = {(each.marker, each.source_id) for each in there}
    revised = [
        (each, decided[keys[each.claim_id], each.marker])
        for each in there
        if each.marker in limited
    ] + [
        (each, kept[each.marker])
        for each in reading.citations
        if each.marker in kept.keys() - limited
        and (each.gap is not None or (each.marker, each.source_id) in meant)
    ]
    listed = {(each.marker, each.source_id) for each in reading.citations}
    lost = {
        marker
        for marker, link in said
        if (marker not in kept or (marker in limited and (link.key, marker) not in places))
        and (marker, link.source_id) not in listed
    }
    return Carried(
        tuple(_revised(each, link) for each, link in revised),
        tuple(sorted(lost)),
        tuple(_contradicted(revised)),
    )


def _limited(seen: "Latest", reading: Reading) -> set[str]:
    """Markers of which what a person said is true only in the claims where it was said.

    Of others nothing was said, or something else; or the list that is read now has several works
    for the marker.
    """
    led: dict[str, set[str | None]] = {}
    for link in seen.links:
        if link.marker is not None:
            led.setdefault(link.marker, set()).add(link.source_id)
    references = reading.article.references if reading.article else ()
    return {
        marker
        for marker, pages in led.items()
        if marker in seen.partly or len(pages) > 1 or len(meanings(references, marker)) > 1
    }


def _revised(read: Citation, link: "LatestLink") -> Citation:
    content = {**read.model_dump(exclude={"id"}), "revises": read.id, "because": link.because}
    if read.alternative:  # its reference has several pages: the others are listed, no more
        return Citation.make(**{**content, "form": "listed"})
    return Citation.make(**{**content, "url": link.url, "source_id": link.source_id, "gap": None})


def _contradicted(revised: "Sequence[tuple[Citation, LatestLink]]") -> Iterator[Contradicted]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    for read, link in revised:
        if read.source_id not in (None, link.source_id) and not hides_its_page(str(read.url)):
            said = (str(read.marker), str(link.url))
            found.setdefault(said, {})[str(read.url)] = None
    return (Contradicted(*said, tuple(urls)) for said, urls in found.items())
