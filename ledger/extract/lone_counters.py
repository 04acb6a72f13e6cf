"""Lines -> the same, numbers that stand alone on a line before what they count.

Whoever copies a numbered list out of a page or a printed file often gets "8." on one line and the
entry on the next one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.fences import fences
from ledger.patterns import later

_COUNTER = r"[ \t]{0,8}(?:\*\*)?\(?(\d{1,3})\\?[.)、](?:\*\*)?"
_ALONE = later(rf"\n{_COUNTER}[ \t]*$", re.M)
"""A line with one, behind the end of the line above: that is found sooner than any beginning."""
_COUNTED = later(rf"{_COUNTER}(?:[ \t]|$)")
_NEAR = 8
"""Lines from one counter to the next: entries have a title, an address and a line or two more."""
_BELOW = 2
"""What is counted stands on the next line, or on the one after it."""


def with_lone_counters(text: str, lines: list[str]) -> list[str]:
    """As many lines; where a counter moves down, its own line is empty.

    A number alone counts something where the nearest counter above or below is the one before or
    behind it: what stands alone may also be the end of a sentence, "12.".

    Args:
        text: The lines as one text.
        lines: Of a document.
    """
    if not _ALONE.search(f"\n{text}"):
        return lines
    code = fences(lines)
    counters = [
        (number, int(match[1]))
        for number, line in enumerate(lines)
        if number not in code and (match := _COUNTED.match(line))
    ]
    in_turn = {
        number
        for one, other in pairwise(counters)
        if other[1] == one[1] + 1 and other[0] - one[0] <= _NEAR
        for number in (one[0], other[0])
    }
    moved = list(lines)
    for number in sorted(in_turn):
        below = _below(lines, number) if _ALONE.match(f"\n{lines[number]}") else None
        if below is not None:
            moved[below] = f"{lines[number].rstrip()} {lines[below].lstrip()}"
            moved[number] = ""
    return moved


def _below(lines: Sequence[str], number: int) -> int | None:
    """The line that a counter counts; None where there is none, or it is a counter itself."""
    for below in range(number + 1, min(len(lines), number + 1 + _BELOW)):
        if lines[below].strip():
            return None if _COUNTED.match(lines[below]) else below
    return None
