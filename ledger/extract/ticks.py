"""Markers between the signs of code -> markers: "the goal `[S1][S2]`" -> "the goal [S1][S2]".

Only where the reference list has each of their labels, or where they are sources with an address,
"`[Source: https://…]`": else they are code.
"""

import re
from collections.abc import Sequence

from ledger.extract.fences import fences
from ledger.extract.markers.worded import SOURCE_IN_WORDS, VOUCHED
from ledger.patterns import later

_TICKED = later(r"(?<!`)`((?:\[[\w.-]{1,20}(?:[,;] ?[\w.-]{1,20}){0,9}\] ?){1,12})`(?!`)")
_TICKED_SOURCE = later(
    rf"(?<!`)`(\[(?:{SOURCE_IN_WORDS}|{VOUCHED})[^\[\]`\n]{{0,60}}https?://[^\[\]`\n]{{3,500}}\])`(?!`)"
)
_LABEL = later(r"[\w.-]+")


def without_ticks(lines: Sequence[str], listed: frozenset[str]) -> Sequence[str]:
    """The lines of a document, in which markers of the list stand as text; fenced code is kept."""

    def plain(match: re.Match[str]) -> str:
        return match[1] if listed.issuperset(_LABEL.findall(match[1])) else match[0]

    code = fences(lines)
    return [
        _TICKED_SOURCE.sub(r"\1", _TICKED.sub(plain, line))
        if "`[" in line and number not in code
        else line
        for number, line in enumerate(lines)
    ]
