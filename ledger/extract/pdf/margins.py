"""Where the lines of a column end -> which of them stop short: another paragraph or item follows.

A page made from HTML has its bullets as drawings, which no text has.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from ledger.extract.pdf.line import LETTER_WIDTH, Line, letters_wide

_NEAR = 60.0
"""Points from the left by which lines of one column differ: paragraphs, items, items of items."""
_RANK = 0.8
"""A column ends where this part of its lines have ended; some reach over it, such as its title."""
_LEAST = 5
"""Lines of which a column is made at least."""
_SHORT, _SHORT_WIDE = 0.75, 0.92
"""A line stops short that ends before this part of its column, with the first word of the next one:
letters differ in width, those of East Asia do not."""
_LAST_NARROW = "\u2fff"
"""Behind it come the letters of East Asia, but for signs that few lines have."""
_ALIKE, _COLONS = 3.0, (":", "：")
"""Points by which lines differ that begin alike; and what announces items that stand inside."""
_CLOSED = re.compile(r"(?:[.!?;。！？；]|\]|</sup>|\))[\"'”’）」』)]{0,2}\s{0,3}\Z")
_MARKED = re.compile(r"(?:\]|</sup>)[.;。；]?\Z")
_ADDRESS = re.compile(r"\s{0,20}[(<]?(?:https?://|www\.|doi)", re.I)


def right_margins(lines: Sequence[Line]) -> Mapping[float, float]:
    """By the left edges of the lines of a page where their columns end; few lines are none."""
    ordered = sorted((line.x, line.right()) for line in lines)
    lefts = [left for left, _ in ordered]
    margins: dict[float, float] = {}
    for left in dict.fromkeys(lefts):
        first, last = bisect_left(lefts, left - _NEAR), bisect_right(lefts, left + _NEAR)
        if last - first >= _LEAST:
            rights = sorted(right for _, right in ordered[first:last])
            margins[left] = rights[int(_RANK * (len(rights) - 1))]
    return margins


def stops_short(above: Line, below: Line, margins: Mapping[float, float]) -> bool:
    """Whether a line that ends a sentence, or in a marker, has room left for the next word."""
    margin = margins.get(above.x)
    if margin is None or _ADDRESS.match(below.text):
        return False
    if abs(below.x - above.x) < _ALIKE:
        closed = _CLOSED.search(above.shown) is not None
    else:  # so stand the lines of entries that hang from their first, too
        announces = below.x > above.x and above.shown.endswith(_COLONS)
        closed = announces or _MARKED.search(above.shown) is not None
    if not closed:
        return False
    word = below.text.split(maxsplit=1)[0] if below.text.strip() else ""
    first = letters_wide(word) if word.isascii() else letters_wide(word[:1])
    wide = sum(letter > _LAST_NARROW for letter in above.shown)
    short = _SHORT_WIDE if 2 * wide > len(above.shown) else _SHORT
    room = above.x + short * (margin - above.x)
    return above.right() + (first + 1) * LETTER_WIDTH * above.size < room
