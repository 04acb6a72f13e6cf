"""Clean text with signs around its code -> the text without them, and where the code stands.

Behind a stop code begins a sentence with a small letter, too ("It fails. `foo()` returns"), and a
stop in it ends none ("`INSERT ... ON CONFLICT`"); an empty pair of brackets that is code has lost
no marker ("`[]` is a list"). Other code needs no signs.
"""

import re
from bisect import bisect_left

from ledger.extract.markers.close_up import CUT, LINK, Inline
from ledger.patterns import later

SIGN = "\ufdd2"
"""A Unicode noncharacter, as the stand-ins of markers are."""
_BEHIND_STOP = later(r"[.!?…][\"'”’»)*_]{0,3}\s{1,3}\Z")
_STOP_INSIDE = later(r"[.!?…]\s")
_STAND_INS = later(f"[{CUT}{LINK}{SIGN}]")
_EMPTY = frozenset(("[]", "[ ]", "()"))
_REACH = 8
"""Characters before code in which a stop stands with its closers and spaces: 7 at most, by the
pattern."""


def signed(match: re.Match[str]) -> str:
    """The words of code, between signs where they could be taken for more than code."""
    words, at = _STAND_INS.sub("\ufffd", match[2]), match.start()
    before = _BEHIND_STOP.search(match.string, max(0, at - _REACH), at)
    alike = before or words in _EMPTY or _STOP_INSIDE.search(words)
    return f"{SIGN}{words}{SIGN}" if alike else words


def without_signs(inline: Inline) -> Inline:
    """The text without signs, its marks where they stand then, and from where to where code is."""
    pieces = inline.text.split(SIGN)
    signs: list[int] = []
    for piece in pieces[:-1]:
        signs.append((signs[-1] + 1 if signs else 0) + len(piece))

    def moved(at: int) -> int:
        return at - bisect_left(signs, at)

    marks = tuple(
        mark._replace(at=moved(mark.at), anchor=moved(mark.at) - moved(mark.at - mark.anchor))
        for mark in inline.marks
    )
    places = list(map(moved, signs)) if len(signs) % 2 == 0 else []
    return Inline("".join(pieces), marks, tuple(zip(places[::2], places[1::2], strict=True)))
