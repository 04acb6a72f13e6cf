"""Markers and references -> where each citation leads, or why it leads nowhere.

Nothing is guessed: a marker with two references that lead to different pages is a gap, as is a
marker without a reference. What does not add up between text and list becomes a finding.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from ledger import urls
from ledger.document import Document, Finding, Mention, Reference
from ledger.forms import Form
from ledger.patterns import later

if TYPE_CHECKING:
    from ledger.model import Gap

_WHOLE = re.compile(r"\s{0,20}(?:https?://|www\.)", re.I)
"""How an address begins that starts from no page; prose and careless links leave the scheme out."""
_IDENTIFIER = re.compile(r"\s*(?:arxiv|doi):", re.I)
_HOST = later(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_HIDDEN = {
    "archive": "an archived copy under a code",
    "redirect": "a redirect",
    "short-link": "a short link",
}
_FEWEST_UNUSED = 3
"""Entries of a list of which the text cites none: fewer may stand there by chance."""
_NO_PAGE = ("#", "mailto:", "tel:", "javascript:", "data:")


class Lead(NamedTuple):
    """Where one citation leads.

    Attributes:
        url: As cited, repaired; None with a gap.
        source: `url` in the one spelling of `urls.normalise`; None with a gap.
        gap: Why it leads nowhere; None when it leads to `source`.
        form: As `model.Form`.
    """

    url: str | None
    source: str | None
    gap: "Gap | None" = None
    form: Form = "marker"


class References:
    """A reference list by marker.

    Args:
        listed: The article's own entries.
        given: Entries from outside. They stand beside the article's own: where the two lead to
            different pages, nobody here can say which is right.
    """

    def __init__(self, listed: Iterable[Reference], given: Iterable[Reference] = ()) -> None:
        self.entries: tuple[Reference, ...] = (*listed, *given)
        self.by_marker: dict[str, list[Reference]] = {}
        self._of_part: dict[tuple[str, int], list[Reference]] = {}
        self._addresses: dict[tuple[str, int], list[tuple[str, ...]]] = {}
        self._leads: dict[tuple[str, int], list[Lead]] = {}
        for reference in self.entries:
            self._add(reference)

    def _add(self, reference: Reference) -> None:
        if reference.marker is not None:
            self.by_marker.setdefault(reference.marker, []).append(reference)
            self._of_part.setdefault((reference.marker, reference.part), []).append(reference)

    def leads(self, marker: str, part: int) -> list[Lead]:
        """Where a marker of a part leads, or the one gap that says why it leads nowhere."""
        found = self._leads.get((marker, part))
        if found is None:
            found = self._leads[marker, part] = self._led(marker, part)
        return found

    def _led(self, marker: str, part: int) -> list[Lead]:
        found = self.addresses(marker, part)
        if len(found) > 1:
            return [Lead(None, None, "conflicting-references")]
        if found:
            leads = [lead_of(address, None) for address in found[0]]
            return [lead for lead in leads if lead.source] or leads[:1]
        if (marker, part) in self._of_part:
            return [Lead(None, None, "no-address")]
        return [Lead(None, None, "no-reference" if self.entries else "no-reference-list")]

    def addresses(self, marker: str, part: int = 0) -> list[tuple[str, ...]]:
        """The addresses of each entry under `marker` that has any, different entries only.

        Where parts of the article have lists of their own, only the entries of `part` count;
        those given from outside are of part 0.

        Entries are the same when their first addresses are one page. A placeholder without an
        address beside an entry that has one says nothing against it.
        """
        found = self._addresses.get((marker, part))
        if found is None:
            distinct: dict[str, tuple[str, ...]] = {}
            for reference in self._of_part.get((marker, part), ()):
                if reference.url is not None:
                    page = lead_of(reference.url).source or reference.url
                    distinct.setdefault(page, reference.urls or (reference.url,))
            found = self._addresses[marker, part] = list(distinct.values())
        return found


def resolve(mention: Mention, references: References, base: str | None) -> list[list[Lead]]:
    """Where a mention leads: per identifier, one lead for each address of its reference.

    Args:
        mention: A marker, or a link (which has no identifier and gives one list, empty when it
            leads to no page).
        references: The article's list.
        base: Address of the article, for relative links; None when it has none.
    """
    if not mention.labels:
        return [_link(mention, base)]
    if mention.url is not None:
        return [[lead_of(mention.url, base)] for _ in mention.labels]
    return [references.leads(label, mention.part) for label in mention.labels]


def _link(mention: Mention, base: str | None) -> list[Lead]:
    """The lead of a link; none for one that leads to no page (a place in this one, a mail)."""
    target = (mention.url or "").strip()
    if not target or target.lower().startswith(_NO_PAGE):
        return []
    return [lead_of(target, base)._replace(form=mention.form)]


@lru_cache(maxsize=4096)
def lead_of(address: str, base: str | None = None) -> Lead:
    """Where an address leads: freed of what stands around it, and of archives and redirectors.

    Args:
        address: As written.
        base: Address of the page it stands on, for a relative one; None when it has none.
    """
    repaired = urls.repair(_absolute(address, base))
    source = urls.unwrap(repaired).url if repaired else None
    if source is None:
        return Lead(None, None, "unusable-address")
    # "arXiv:2305.12773" is what was cited; the page it stands for is the source.
    return Lead(address.strip() if _IDENTIFIER.match(address) else repaired, source)


def _absolute(address: str, base: str | None) -> str:
    if base is None or _WHOLE.match(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[": no address at all, which `repair` will say
        return address


def hides_its_page(address: str) -> bool:
    """Whether an address does not say which page it leads to: a redirect, a short link, a code."""
    return urls.unwrap(address).hidden is not None


def behind(references: References) -> dict[str, str]:
    """Addresses of a list that hide their page, to the host that the entry's title names.

    Search services hide a page behind a redirect of their own, with its host as title ("dw.com").
    Where the title is something else, who publishes is not known.
    """
    found: dict[str, str] = {}
    for entry in references.entries:
        unwrapped = urls.unwrap(entry.url) if entry.url else None
        if unwrapped and unwrapped.url and unwrapped.hidden:
            title = (entry.title or "").strip()
            host = urls.host(f"https://{title}") if _HOST.fullmatch(title) else None
            if host:
                found[unwrapped.url] = host
    return found


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
                detail=f"[{label}] is cited, and the reference list has no such entry",
                at=at,
            )
    named = cited.keys() | {label for m in document.mentions if m.url for label in m.labels}
    linked: frozenset[str] = frozenset()
    if not references.by_marker.keys() <= named:
        linked = frozenset((*_linked_entries(document, references), *_lent(references, named)))
    yield from _notice_list(references, named, linked)


def _linked_entries(document: Document, references: References) -> Iterator[str]:
    """The identifiers of entries whose page the text links: "([Roe, 2021](https://...))"."""
    pages = {
        lead_of(mention.url).source
        for mention in document.mentions
        if mention.url is not None and mention.form == "link"
    }
    for label, entries in references.by_marker.items():
        if any(lead_of(url).source in pages for entry in entries for url in entry.urls):
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
    references: References, cited: set[str], linked: frozenset[str]
) -> Iterator[Finding]:
    # An entry from outside may be cited by its key, and as a work ("Roe 2021") elsewhere.
    also = {
        (entry.raw, " " not in label)
        for label in cited
        for entry in references.by_marker.get(label, ())
    }
    left = [label for label in references.by_marker if label not in linked]
    unused = not cited and len(left) >= _FEWEST_UNUSED
    if unused:
        yield Finding(
            code="list-not-cited",
            detail=f"none of the {len(left)} references is cited by its number: {_some(left)}",
        )
    for label, entries in references.by_marker.items():
        parts = {entry.part for entry in entries}
        different = _different_pages(references, label, parts) if len(entries) > 1 else []
        if different:
            yield Finding(
                code="duplicate-reference-number",
                detail=f"[{label}] stands for {len(entries)} entries that lead to different pages: "
                + _some(different),
            )
        elif len(entries) > len(parts):
            yield Finding(
                code="duplicate-reference-number",
                detail=f"[{label}] stands {len(entries)} times in the reference list",
            )
        is_cited = label in cited or all((each.raw, " " in label) in also for each in entries)
        if not (is_cited or unused) and label not in linked:
            yield Finding(
                code="reference-never-cited",
                detail=f"[{label}] is listed and never cited: {_title(entries[0])}",
            )
        for part in sorted(parts):
            of_part = [entry for entry in entries if entry.part == part]
            if all(entry.url is None for entry in of_part):
                yield Finding(
                    code="reference-without-address",
                    detail=f"[{label}] has no address: {_title(of_part[0])}",
                )
            elif all(map(_names_site_only, of_part)):
                yield Finding(
                    code="reference-names-only-site",
                    detail=f"[{label}] names a site and no page of it: {_title(of_part[0])}",
                )


def _names_site_only(entry: Reference) -> bool:
    """Whether the site of a page is all that words say of where it is: "Dam falls (bbc.com)"."""
    if entry.url is None or _IDENTIFIER.match(entry.url):
        return False
    return entry.url.count("/") == 2 and "://" not in entry.raw


def _different_pages(references: References, label: str, parts: set[int]) -> list[str]:
    """Addresses of the entries of one number that disagree within a part; each once, shortened."""
    of_parts = [references.addresses(label, part) for part in sorted(parts)]
    first = (entry[0] for pages in of_parts if len(pages) > 1 for entry in pages)
    return [_shortened(urls.redact(address)) for address in dict.fromkeys(first)]


def _title(reference: Reference) -> str:
    text = reference.title or reference.url or reference.raw
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _some(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:12])
    return shown if len(labels) <= 12 else f"{shown} …"
