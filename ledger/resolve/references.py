"""Markers and references -> where each citation leads.

Nothing is guessed: a marker with two references that lead to different pages is a gap, as is a
marker without a reference.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from ledger import urls
from ledger.document import Mention, Reference
from ledger.patterns import later
from ledger.resolve.lead import Lead, lead_of

_HOST = later(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:|10\.[0-9]{4,9}/")
"""How an address begins that starts from no page, and an identifier, such as a bare DOI."""
_NO_PAGE = ("#", "mailto:", "tel:", "javascript:", "data:")


class References:
    """A reference list by marker.

    Args:
        listed: The article's own entries.
        given: Entries from outside. They stand beside the article's own: where the two lead to
            different pages, nobody here can say which is right.
        base: Address of the article, for entries that lead to pages of its site; without it they
            have no address.
    """

    def __init__(
        self,
        listed: Iterable[Reference],
        given: Iterable[Reference] = (),
        base: str | None = None,
    ) -> None:
        own = (_whole(reference, base) for reference in listed)
        self.entries: tuple[Reference, ...] = (*own, *given)
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
            leads = [lead_of(address) for address in found[0]]
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


def _whole(reference: Reference, base: str | None) -> Reference:
    """An entry with its addresses as wholes, without those of which nobody knows the start."""
    if all(map(_WHOLE.match, reference.urls)):
        return reference
    whole = (
        url if _WHOLE.match(url) else lead_of(url, base).url if base else None
        for url in reference.urls
    )
    urls = tuple(filter(None, whole))
    return replace(reference, url=urls[0] if urls else None, urls=urls)


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
