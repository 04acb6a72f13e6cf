"""A text -> the numbers that it cites, before anything is known of its list."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ledger.document import Reference
from ledger.extract.lists.parts_of_entry import is_dated
from ledger.extract.lists.title import says_when_read
from ledger.extract.markers.authored import is_work
from ledger.extract.markers.glued import due_numbers, glued_numbers
from ledger.extract.markers.high_numbers import every_high
from ledger.extract.markers.in_brackets import expanded, has_brackets, in_brackets
from ledger.extract.markers.numbers import CIRCLED, IN_CIRCLES, NUMBERS, plausible
from ledger.extract.markers.odd import HALF_OPEN, numbers_by_way
from ledger.extract.markers.rounded import rounded_in
from ledger.patterns import later

_LINKED = later(r"\[([0-9]{1,4})\\?\]{1,2}\((?:https?:|www\.)")
_NAMED = later(
    r"[\[(（【、,;]\s?(?:(?:sources?|refs?|references?|notes?)\b\.?|[注註])\s?"
    rf"({NUMBERS})(?=\s?[\])）】、,;])",
    re.I,
)
"""As "(Source 3)" and "（注3）" cite."""
_CIRCLE = later(f"[{IN_CIRCLES}]")
_HALVED = later(rf"{HALF_OPEN}({NUMBERS})[)）]")
"""As "少ない1)。" cites, and "었다.2) 그"."""
_ODD_SIGN = later(r"[{〈⟨⟦‹《（⁽<#№][0-9 ]")
"""What opens some odd ways, told quickly."""


class Above:
    """A text, and the numbers that it cites, each way to cite looked for where it is asked for."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._read = dict.fromkeys(_WAYS, 0)
        self._found: dict[str, set[str]] = {way: set() for way in _WAYS}

    def read(self, text: str) -> None:
        """Go on with the text."""
        self._texts.append(text)

    def numbers(self, way: str) -> set[str]:
        """The numbers that it cites as the entries of a list are counted in a way.

        Those in brackets or set high; without any those that may be markers, too.
        """
        if way in ("circled", "halved") or (way == "named" and self._cited(way)):
            return self._cited(way)
        return self.surely() or next(
            filter(None, map(self._cited, ("glued", "rounded", "named", "halved"))), set()
        )

    def surely(self) -> set[str]:
        """The numbers that it has in brackets, or set high."""
        return self._cited("brackets") | self._cited("high")

    def anyhow(self, way: str) -> set[str]:
        """The same; where there are none, those in a way of the house: "{1}", "〈1〉"."""
        return self.numbers(way) or self._cited("odd")

    def linked(self) -> set[str]:
        """The numbers that it has as words of links."""
        return self._cited("linked")

    def _cited(self, way: str) -> set[str]:
        for text in self._texts[self._read[way] :]:
            labels = filter(str.isdecimal, _WAYS[way](text))  # "(R1)" is round, and no number
            self._found[way].update(filter(plausible, labels))
        self._read[way] = len(self._texts)
        return self._found[way]


def only_links(text: str) -> bool:
    """Whether the numbers in brackets of a text are links, and so lead to no list."""
    return bool(_LINKED.search(text)) and not has_brackets(text)


def _odd(text: str) -> set[str]:
    """Those in a way of the house, "{1}", "〈1〉", "[#1]"; none where a text has two such ways."""
    ways = numbers_by_way(text) if _ODD_SIGN.search(text) else {}
    return next(iter(ways.values())) if len(ways) == 1 else set()


_WAYS: dict[str, Callable[[str], Iterable[str]]] = {
    "brackets": in_brackets,
    "linked": lambda text: _LINKED.findall(text),
    "high": every_high,
    "circled": lambda text: [str(CIRCLED.index(sign) + 1) for sign in _CIRCLE.findall(text)],
    "named": lambda text: expanded(_NAMED.findall(text)),
    "glued": glued_numbers,
    "rounded": rounded_in,
    "halved": lambda text: expanded(_HALVED.findall(text)),
    "odd": _odd,
}
"""How numbers are cited, each with how those of a text are found."""


_OF_PAPER = later(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,2})?")
"""What arXiv sets before the title of a paper: "[1407.7073] Dams"."""
_FEWEST_RISING, _SOME, _OFTEN, _MOSTLY = 5, 1 / 3, 2 / 3, 9 / 10
"""Numbers glued to words that are evidence of a list whose entries have none: so many, for so large
a part of its places; and how large a part of them must rise, where each entry says when its page
was read, and where none does."""
_LEFT_OUT = 1 / 5
"""Of the places of a list, how many at most no number cites that is found so early."""


def placed(references: Sequence[Reference], text: str) -> list[Reference]:
    """The entries of a list, numbered by place where the text cites just as many.

    Args:
        references: In the order of the list.
        text: Without its list.

    Entries with a label of their own stay as they are, and all do where the text cites a number
    beyond the list, or leaves out more places than a long list may and does not count up to its
    end. What an entry begins with may look like an author with a year, or like a key, and be none.
    One without a page may be no entry: where there is such, the text cites the last of all; and
    where no entry has a page, each of them, in brackets. One that says when its page was read has
    one whose address a copy lost.
    """
    places = {str(place) for place in range(1, len(references) + 1)}
    paged = [bool(entry.urls) or says_when_read(entry.raw) for entry in references]
    if not any(paged):
        nameless = references and all(entry.marker is None for entry in references)
        if not nameless or places != set(in_brackets(text)):
            return list(references)
    elif not all(map(_is_unnumbered, references)):
        return list(references)
    above = Above()
    above.read(text)
    cited = above.numbers("bracketed") or due_numbers(text, frozenset(places))
    several = len(places - cited) <= _LEFT_OUT * len(places)
    dated = [is_dated(entry.raw) for entry in references]
    whole = 2 * sum(dated) > len(dated) and all(
        says or not entry.urls for says, entry in zip(dated, references, strict=True)
    )
    enough = several or _rises_to(len(references), text, whole=whole)
    if not cited <= places or not enough:
        return list(references)
    if not (whole or all(paged)) and str(len(references)) not in cited:
        return list(references)
    return [replace(entry, marker=str(place)) for place, entry in enumerate(references, 1)]


def _rises_to(last: int, text: str, *, whole: bool) -> bool:
    """Whether the numbers glued behind stops rise as they first come, up to the last of a list.

    Reports number what they read so, and leave out of their sentences what others say better. Where
    each entry says when its page was read, none of them can be missing: then the last one need not
    be cited there.
    """
    first = list(map(int, dict.fromkeys(filter(str.isdecimal, glued_numbers(text)))))
    rising = sum(before < after for before, after in pairwise(first))
    if len(first) < max(_FEWEST_RISING, _SOME * last):
        return False
    if whole:
        return max(first) <= last and rising >= _OFTEN * (len(first) - 1)
    return max(first) == last and rising >= _MOSTLY * (len(first) - 1)


def _is_unnumbered(entry: Reference) -> bool:
    return entry.marker is None or is_work(entry.marker) or bool(_OF_PAPER.fullmatch(entry.marker))
