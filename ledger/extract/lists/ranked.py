"""Cells of a row -> what they say, and where they say how good the source is."""

import re

from ledger.patterns import later

_PARTS = later(r"(?<!\\)\|")
_RANK = (
    r"[*_]{0,2}(?:(?:very )?(?:high|medium|moderate|low)|primary|secondary|tertiary)"
    r"(?: (?:confidence|source))?[*_]{0,2}(?: \([^()|]{1,40}\))?"
)
"""How good a source is, and not what it is called: "High", "PRIMARY (standards body)"."""
_IS_RANK = later(_RANK, re.I)
RANKED = later(rf"\s\|\s{_RANK}\s\|(?=\s|\Z)", re.I)
"""The same as `said_in` gives it: no part of a title."""


def said_in(cells: str) -> str:
    """What cells with bars between them say; how good a source is keeps its bars: "Dams | High |".

    Not in the first cell, which is what the source is called.
    """
    first, *others = map(str.strip, _PARTS.split(cells))
    said = (f"| {cell} |" if _IS_RANK.fullmatch(cell) else cell for cell in others)
    return " ".join([first, *said])
