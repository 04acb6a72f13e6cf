"""What does not add up between a text and its reference list -> findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from ledger import urls
from ledger.document import Document, Finding, Reference
from ledger.finding_words import nowhere
from ledger.resolve.lead import IDENTIFIER, lead_of
from ledger.resolve.references import References

_HIDDEN = {
    "archive": "an archived copy under a code",
    "redirect": "a redirect",
    "short-link": "a short link",
}
_FEWEST_UNUSED = 3
"""Entries of a list of which the text cites none: fewer may stand there by chance."""


def notice_references(document: Document, references: References) -> Iterator[Finding]:
    """What does not add up between the markers of a text and its reference list."""
    cited: dict[str, int] = {}
    for mention in document.mentions:
        if mention.url is None:
            for label in mention.labels:
                cited.setdefault(label, mention.at)
    if cited and not references.entries:
        yield Finding(
            code="no-reference-list",
            detail=f"there is no list in which to look up {_some(list(cited))}",
        )
        return
    for label, at in cited.items():
        if label not in references.by_marker:
            yield Finding(
                code="marker-without-reference",
                detail=nowhere(label),
                at=at,
            )
    yield from _notice_unnumbered(document, references)
    named = cited.keys() | {label for m in document.mentions if m.url for label in m.labels}
    linked: frozenset[str] = frozenset()
    if not references.by_marker.keys() <= named:
        linked = frozenset((*_linked_entries(document, references), *_lent(references, named)))
    yield from _notice_list(references, named, linked, paged=named - cited.keys())


def _notice_unnumbered(document: Document, references: References) -> Iterator[Finding]:
    """That a list, none of whose entries can be cited by a number or a name, is cited by no link.

    Lists of what was read, as some services write them below a text.
    """
    entries = [entry for entry in references.entries if entry.url is not None]
    if references.by_marker or len(entries) < _FEWEST_UNUSED:
        return
    linked = _linked_pages(document)
    if linked.isdisjoint(lead_of(url).source for entry in entries for url in entry.urls):
        yield Finding(
            code="unnumbered-list",
            detail=f"none of the {len(entries)} pages of the list is linked in the text: "
            f"{_some([_title(entry) for entry in entries], 3)}",
        )


def _linked_pages(document: Document) -> set[str | None]:
    """The pages that the text links as sources."""
    return {
        lead_of(mention.url).source
        for mention in document.mentions
        if mention.url is not None and mention.form == "link"
    }


def _linked_entries(document: Document, references: References) -> Iterator[str]:
    """The identifiers of entries whose page the text links: "([Roe, 2021](https://...))".

    And of those that the words of a link name: "[Roe (2021)](https://…)", whatever its page.
    """
    pages = _linked_pages(document)
    links = [each for each in document.mentions if each.url is not None and each.form == "link"]
    words = [document.text[each.at - each.anchor : each.at] for each in links]
    dated = [each for each in words if any(map(str.isdecimal, each))]
    for label, entries in references.by_marker.items():
        name, _, year = label.rpartition(" ")
        named = name and any(year in each and name in each for each in dated)
        if named or any(lead_of(url).source in pages for entry in entries for url in entry.urls):
            yield label


def _lent(references: References, cited: Set[str]) -> Iterator[str]:
    """The identifiers of entries whose page another has that is cited, and does not name it.

    A note that closes with the marker of an entry, "So the county.[3]", leads where that leads.
    """
    borrowed = {
        url
        for entry in references.entries
        if entry.marker in cited
        for url in entry.urls
        if url not in entry.raw
    }
    for label, entries in references.by_marker.items():
        if any(url in borrowed for entry in entries for url in entry.urls):
            yield label


def notice_hidden(pages: Iterable[str], known: Mapping[str, str]) -> Iterator[Finding]:
    """The cited pages whose addresses do not say which pages they are.

    Args:
        pages: Addresses, normalised, each once.
        known: As `behind` gives it.
    """
    for address in pages:
        hidden = urls.unwrap(address).hidden
        if hidden is None:
            continue
        host = known.get(address)
        whose = f"its title names {host}" if host else "nothing says whose page is behind it"
        if hidden == "expiring":
            yield Finding(
                code="expiring-address",
                detail="this address stops leading to its page after some days; "
                f"{whose}: {address}",
            )
        else:
            yield Finding(
                code="hidden-address",
                detail=f"this address ({_HIDDEN[hidden]}) does not show its page; "
                f"{whose}: {address}",
            )


def _notice_list(
    references: References, cited: set[str], linked: frozenset[str], *, paged: set[str]
) -> Iterator[Finding]:
    # Of a label in `paged`, each marker has a page of its own.
    # An entry from outside may be cited by its key, and as a work ("Roe 2021") elsewhere.
    also = {
        (entry.raw, " " not in label)
        for label in cited
        for entry in references.by_marker.get(label, ())
    }
    left = [label for label in references.by_marker if label not in linked]
    many = sum(len(references.by_marker[label]) for label in left)
    unused = not cited and many >= _FEWEST_UNUSED
    if unused:
        yield Finding(
            code="list-not-cited",
            detail=f"none of the {many} references is cited by its number: {_some(left)}",
        )
    for label, entries in references.by_marker.items():
        parts = {entry.part for entry in entries}
        if cited:  # else its numbers only count it
            yield from _notice_number(references, label, parts)
        is_cited = label in cited or all((each.raw, " " in label) in also for each in entries)
        if not (is_cited or unused) and label not in linked:
            different = {entry.url: entry for entry in reversed(entries) if entry.url}
            several = len(different) > 1  # one may stand in a list of titles and one of addresses
            for entry in reversed(different.values()) if several else entries[:1]:
                yield Finding(
                    code="reference-never-cited",
                    detail=f"[{label}] is listed and never cited: {_title(entry)}",
                )
        for part in sorted(parts) if label not in paged else ():
            yield from _notice_address(label, [each for each in entries if each.part == part])


def _notice_number(references: References, label: str, parts: set[int]) -> Iterator[Finding]:
    """That one number stands for several entries of a part."""
    entries = references.by_marker[label]
    different = _different_pages(references, label, parts) if len(entries) > 1 else []
    if different:
        yield Finding(
            code="duplicate-reference-number",
            detail=f"[{label}] stands for {_in_conflict(references, label, parts)} entries, and "
            f"they lead to {len(different)} different pages: {_some(different)}",
        )
    elif len(entries) > len(parts):
        yield Finding(
            code="duplicate-reference-number",
            detail=f"[{label}] stands {len(entries)} times in the reference list",
        )


def _notice_address(label: str, entries: Sequence[Reference]) -> Iterator[Finding]:
    """That the entries of one number of a part lead to no page."""
    if all(entry.url is None for entry in entries):
        yield Finding(
            code="reference-without-address",
            detail=f"[{label}] has no address: {_title(entries[0])}",
        )
    elif all(map(_names_site_only, entries)):
        yield Finding(
            code="reference-names-only-site",
            detail=f"[{label}] names a site and no page of it: {_title(entries[0])}",
        )


def _names_site_only(entry: Reference) -> bool:
    """Whether the site of a page is all that words say of where it is: "Dam falls (bbc.com)"."""
    if entry.url is None or IDENTIFIER.match(entry.url):
        return False
    return entry.url.count("/") == 2 and "://" not in entry.raw


def _different_pages(references: References, label: str, parts: set[int]) -> list[str]:
    """Addresses of the entries of one number that disagree within a part; each once, shortened."""
    of_parts = [references.addresses(label, part) for part in sorted(parts)]
    first = (entry[0] for pages in of_parts if len(pages) > 1 for entry in pages)
    return [_shortened(urls.redact(address)) for address in dict.fromkeys(first)]


def _in_conflict(references: References, label: str, parts: set[int]) -> int:
    """How many entries of one number stand in parts in which they disagree."""
    conflicts = {part for part in parts if len(references.addresses(label, part)) > 1}
    return sum(entry.part in conflicts for entry in references.by_marker[label])


def _title(reference: Reference) -> str:
    text = reference.title or reference.url or reference.raw
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _some(labels: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(labels[:most])
    return shown if len(labels) <= most else f"{shown} …"
