"""An entry that is being read, line by line -> its references."""

import re
from collections.abc import Sequence

from ledger.document import Reference
from ledger.extract.lists.addresses import ADDRESS, addresses_in, has_address
from ledger.extract.lists.broken_address import joined
from ledger.extract.lists.fields import is_field_of_page
from ledger.patterns import later

STOPPED = later(r"[.!?。！？][\"'”’»)）]{0,3}$")
"""How a text ends that ends a sentence."""


class OpenEntry:
    """An entry that is being read.

    Attributes:
        labels: Its identifiers; empty where it has none.
        lines: Numbers of the lines that belong to it, in order; never empty.
        parts: What each of them says.
        indent: Of its first line, in columns.
        backlinked: Whether it begins with a way back to the text.
        addressed: Whether a part has an address.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        number: int,
        rest: str,
        indent: int = 0,
        *,
        backlinked: bool = False,
    ) -> None:
        self.labels = labels
        self.backlinked = backlinked
        self.lines = [number]
        self.parts = [rest]
        self.indent = indent
        self.addressed = has_address(rest)

    @property
    def stopped(self) -> bool:
        """Whether what was read last ends a sentence."""
        return bool(STOPPED.search(self.parts[-1].rstrip()))

    @property
    def is_bare_address(self) -> bool:
        """Whether it is nothing but an address."""
        return not self.labels and len(self.parts) == 1 and bool(ADDRESS.fullmatch(self.parts[0]))

    def add(self, number: int, text: str) -> None:
        """One more line, and what it says."""
        self.lines.append(number)
        self.parts.append(text)
        self.addressed = self.addressed or has_address(text)


_SEARCH = later(r"https?://(?:scholar\.google\.[a-z.]{2,6}/|[^/?#]+/search\?)", re.I)
"""The address of a search."""
_LOOKUP = later(
    r"https?://(?:scholar\.google\.[a-z.]{2,6}/scholar(?:_lookup)?\?|www\.scopus\.com/inward/"
    r"|gateway\.(?:webofknowledge|isiknowledge)\.com/|chemport\.cas\.org/)",
    re.I,
)
"""One that journals put beside each entry: it leads to no work."""
_LOOKED_UP = "/lookup/google-scholar?", "{openurl}", "%7bopenurl%7d"
"""The same on a journal's own site."""


_OPENS_PAGE = r"[\[<(`*_]{0,3}(?:https?:|www\.)|\[|\W?[0-9]"
"""How a page of its own begins, or a number."""
_FIELD = later(
    r"[-*•+]\s{1,3}(?!https?:|[*_]{0,3}(?:[Tt]it|[Tt]ít))[*_]{0,3}[^\W\d_][^:：\n]{0,30}[:：]"
)
"""What an item below an entry says of it: "- Last read: 3 May", "- **Type**: report"."""
_REMARK = later(rf"[-*•+◦▪–]\s{{1,3}}(?!{_OPENS_PAGE})[^\n]{{1,4000}}")
"""Words below the page of an entry that say something of it: "- How the quay was built"."""
_WAY_BACK = later(
    r"\s?(?:\[[↩↑⤴⏎^]\ufe0e?\]\(#[^\s()]{1,100}\)"
    r"|<a\s[^<>\n]{0,200}\bhref=\"#[^<>\n]{1,300}>[↩↑⤴⏎^]\ufe0e?</a>)"
)
"""A link from a note back to its place in the text."""


def references_of(opened: OpenEntry) -> list[Reference]:
    """The references of an entry: one for each of its labels, else one; none of an empty item."""
    raw = _as_one_line(opened.parts)
    if not opened.labels and not raw.strip(" -*+•"):
        return []
    first, *further = opened.parts
    paged = has_address(first)
    said = [first, *(part for part in further if not (paged and is_remark(part)))]
    found, title = addresses_in(raw if len(said) == len(opened.parts) else _as_one_line(said))
    fields = (n for n, p in enumerate(said) if n and (_FIELD.match(p) or is_field_of_page(p)))
    if title and (field := next(fields, 0)):
        title = addresses_in(_as_one_line(said[:field]))[1] or title
    found = tuple(address for address in found if not _is_lookup(address))
    # Journals link a search for a work before the work itself.
    addresses = found
    if len(found) > 1:
        addresses = tuple(sorted(found, key=lambda each: _SEARCH.match(each) is not None))
    return [
        Reference(
            marker=label,
            raw=raw,
            url=addresses[0] if addresses else None,
            urls=addresses,
            title=title,
        )
        for label in (opened.labels or (None,))
    ]


def is_remark(part: str) -> bool:
    """Whether an item below the page of an entry only says something of it.

    One that begins or ends with an address is another page, or leads to the same.
    """
    if not _REMARK.fullmatch(part) or _FIELD.match(part) or is_field_of_page(part):
        return False
    return not has_address(part) or STOPPED.search(part.rstrip()) is not None


def _as_one_line(parts: Sequence[str]) -> str:
    raw = joined(parts)
    return _WAY_BACK.sub("", raw) if "](#" in raw or 'href="#' in raw else raw


def _is_lookup(address: str) -> bool:
    small = address.lower()
    if ("openurl" in small or "/lookup/" in small) and any(sign in small for sign in _LOOKED_UP):
        return True
    return _LOOKUP.match(address) is not None
