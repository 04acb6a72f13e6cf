"""Numbers apart behind the last stop of a cell -> which of them are markers: "| It is out. 11 |".

So exports of reports set them in tables whose text has its numbers glued behind stops.
"""

import re
from collections.abc import Set

from ledger.extract.markers.doubtful import NUMBERS
from ledger.patterns import later

_CLOSING = later(
    rf"(?P<stop>(?<![^\W\d_])(?P<word>[^\W\d_]{{5,24}})[.!?…]) (?P<numbers>{NUMBERS})"
    r"(?=\s{0,2}(?:\||\Z))"
)
_SENTENCE = later(r"(?:[^\s|]{1,40} ){3,40}[^\s|]{0,40}\Z")
"""What a sentence has before its last word: three more, in the same cell."""
_BAR = later(r"\s{0,2}\|")
_SHORTENED = frozenset("approx circa sept table tables".split())
_REACH = 200
"""Characters before a number in its cell that show that they are a sentence. Chosen."""
_FEWEST_SURE, _FEWEST_WORDS = 3, 2
"""Numbers that the text cites behind stops, and different words at the ends of its cells."""


def closing_cells(text: str, sure: Set[str], listed: frozenset[str]) -> frozenset[str]:
    """The last words of cells with such numbers, as `raise_closing` finds them again.

    Args:
        text: The document.
        sure: The numbers that it cites glued behind stops.
        listed: The identifiers of its list.
    """
    if len(sure & listed) < _FEWEST_SURE:
        return frozenset()
    found = [
        match
        for match in _CLOSING.finditer(text)
        if match["word"].lower() not in _SHORTENED
        and _BAR.match(text, match.end())
        and _SENTENCE.search(text, max(0, match.start() - _REACH), match.start())
    ]
    of_list = all(listed.issuperset(_labels(match)) for match in found)
    several = len({match["word"] for match in found}) >= _FEWEST_WORDS
    return frozenset(match[0] for match in found) if of_list and several else frozenset()


def raise_closing(raw: str, due: Set[str]) -> str:
    """The characters of a block with those numbers set high, in tags, where they end it."""

    def closing(match: re.Match[str]) -> str:
        raised = f"{match['stop']}<sup>{match['numbers']}</sup>"
        return raised if match[0] in due else match[0]

    return _CLOSING.sub(closing, raw)


def _labels(match: re.Match[str]) -> list[str]:
    return match["numbers"].replace(",", " ").split()
