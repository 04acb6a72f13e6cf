"""The reference list of an article -> its entries, each with the claims whose citations lead to it.

To which part of an article a claim belongs is not in the record. Where its citation leads is, and
that tells which of several entries of one number is meant; where it does not, the claim is told
as doubtful beside each of them.
"""

from collections.abc import Iterable, Iterator, Sequence

from ledger.audit.claims import AuditedCitation, AuditedClaim, carriers
from ledger.audit.parts import ListedReference
from ledger.reader import Row

Ids = dict[str, None]
"""Of claims, each once, in reading order."""


def listed_references(
    recorded: Sequence[Row], claims: Iterable[AuditedClaim]
) -> tuple[ListedReference, ...]:
    """The entries in list order.

    One without a marker is cited by whatever cites its address, and one whose marker nobody uses by
    links to it.
    """
    by_marker: dict[str, list[tuple[str, AuditedCitation]]] = {}
    by_page: dict[str, list[tuple[str, AuditedCitation]]] = {}
    for claim in claims:
        for citation in carriers(claim):
            if citation.marker is not None:
                by_marker.setdefault(citation.marker, []).append((claim.id, citation))
            if citation.source is not None:
                by_page.setdefault(citation.source, []).append((claim.id, citation))
    sure: list[Ids] = [{} for _ in recorded]
    doubtful: list[Ids] = [{} for _ in recorded]
    for marker, lists in _by_marker(recorded).items():
        several = [_Entries(of_part) for of_part in lists] if _is_several(lists) else None
        for id, citation in by_marker.get(marker, ()):
            places, known = _meant(several, citation) if several else ([lists[0][0][0]], True)
            for place in places:
                (sure if known else doubtful)[place][id] = None
    answer: list[ListedReference] = []
    for entry, citing, maybe in zip(recorded, sure, doubtful, strict=True):
        urls = _urls(entry)
        if not citing and not maybe:
            leading = (lead for url in urls for lead in by_page.get(_page_of(url) or "", ()))
            citing = {
                id: None for id, by in leading if by.marker is None or entry["marker"] is None
            }
        only_maybe = tuple(id for id in maybe if id not in citing)
        words = entry["marker"], entry["raw"], entry["title"], urls, tuple(citing), only_maybe
        answer.append(ListedReference(*words))
    return tuple(answer)


class _Entries:
    """What one number stands for in one list of an article: of a part, as `Reference.part`.

    Entries are one where their first addresses lead to one page, as for `resolve.References`.

    Attributes:
        pages: Place of each entry in the record to the pages that it leads to.
        has_address: Whether any entry has one; it need not lead to a page.
        conflict: Whether they lead to different pages.
    """

    def __init__(self, entries: Iterable[tuple[int, Row]]) -> None:
        urls = {place: _urls(entry) for place, entry in entries}
        self.pages = {
            place: {page for page in map(_page_of, of_one) if page}
            for place, of_one in urls.items()
        }
        firsts = {_page_of(of_one[0]) or of_one[0] for of_one in urls.values() if of_one}
        self.has_address, self.conflict = bool(firsts), len(firsts) > 1

    def leading_to(self, pages: set[str | None]) -> list[int]:
        """The entries that are meant by who is led to one of these pages."""
        found = [place for place, own in self.pages.items() if own & pages]
        return found if self.conflict or not found else list(self.pages)


def _by_marker(recorded: Sequence[Row]) -> dict[str, list[list[tuple[int, Row]]]]:
    """Each marker to its entries, each with its place, in each of the lists that have it."""
    found: dict[str, dict[int, list[tuple[int, Row]]]] = {}
    for place, entry in enumerate(recorded):
        if entry["marker"] is not None:
            of_marker = found.setdefault(entry["marker"], {})
            of_marker.setdefault(entry.get("part", 0), []).append((place, entry))
    return {marker: list(lists.values()) for marker, lists in found.items()}


def _is_several(lists: Sequence[Sequence[object]]) -> bool:
    return len(lists) > 1 or len(lists[0]) > 1


def _meant(lists: Sequence[_Entries], citation: AuditedCitation) -> tuple[list[int], bool]:
    """Which entries a citation means, and whether that is known; if not, it is one of them."""
    pages = set(map(_page_of, citation.read_as)) or {citation.source}
    led = [place for entries in lists for place in entries.leading_to(pages)]
    if led:
        return led, True
    may = list(lists) if len(lists) == 1 else list(_possible(lists, citation)) or list(lists)
    known = len(may) == 1 and not may[0].conflict
    return [place for entries in may for place in entries.pages], known


def _possible(lists: Sequence[_Entries], citation: AuditedCitation) -> Iterator[_Entries]:
    """The lists of which a citation may be that leads to a page of none of them."""
    for entries in lists:
        nowhere = not any(entries.pages.values())
        if citation.gap == "conflicting-references":
            may = entries.conflict
        elif citation.gap == "unusable-address":
            may = entries.has_address and nowhere
        elif citation.gap is not None:
            may = not entries.has_address
        else:  # a person says where it leads
            may = nowhere or entries.conflict
        if may:
            yield entries


def _urls(entry: Row) -> tuple[str, ...]:
    return tuple(entry["urls"] or filter(None, [entry["url"]]))


def _page_of(url: str) -> str | None:
    """The page that an entry's address leads to, as citations name it; None for none."""
    from ledger.resolve import lead_of

    return lead_of(url).source
