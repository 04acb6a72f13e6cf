"""Titles that still hold the number of their entry -> the titles without it.

Writers set the number in various places: "- [[3] Dams](https://…)", "- Dams [3] https://…".
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.patterns import later

_AHEAD = later(
    r"(?:(`?)\[([0-9]{1,4})\]\1|#([0-9]{1,3}):?(?=\s)|([0-9]{1,4})[.):：、](?!\d))[\s.:–—-]{0,4}(?=\S)"
)
_BEHIND = later(r"(?<=\S)[\s.,]{0,3}\[([0-9]{1,4})\]\Z")
_BARE = later(r"([0-9]{1,4})\s{1,2}(?=\S)")
"""The number of an entry where all of a list have theirs; alone it may be of the title's words."""
_FEWEST = 3
"""Entries that repeat their number: two titles may begin with theirs by chance, "3 Ways to …"."""


def without_own_numbers(references: Sequence[Reference]) -> list[Reference]:
    """The entries of a list, their own numbers taken from their titles. None is left out."""
    found = [_without_own(each) for each in references]
    bare = [
        match.end() if (match := _BARE.match(each.title or "")) and match[1] == each.marker else 0
        for each in found
    ]
    if sum(map(bool, bare)) < max(_FEWEST, len(found) / 2):
        return found
    return [
        replace(each, title=each.title[end:]) if end and each.title else each
        for each, end in zip(found, bare, strict=True)
    ]


def _without_own(reference: Reference) -> Reference:
    title, number = reference.title, reference.marker
    if not title or not number or number not in title:
        return reference
    if (match := _AHEAD.match(title)) and number in match.groups():
        return replace(reference, title=title[match.end() :])
    if (match := _BEHIND.search(title)) and number == match[1]:
        return replace(reference, title=title[: match.start()])
    return reference
