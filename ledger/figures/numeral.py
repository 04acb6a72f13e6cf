"""Words and numbers that stand beside each other -> the one figure that they are.

"two hundred and five thousand" is one, "twenty, thirty" are two.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ledger.figures.words import Word

_GAP = re.compile(r"[ \n]?|[-\u2010]")
_PART_OF = re.compile(
    r"\s?(?:\Z|[.,;:!?)—–]|of\b|less\b|more\b|fewer\b|low|high|large|small|bigger|cheaper|to\b|in\b"
    r"|by\b|since\b|from\b|and\b|or\b|as\b|below\b|above\b|on\b|at\b|was\b|were\b|is\b|are\b|van\b"
    r"|von\b|di\b|de\b|del|dei\b|dos\b|das\b|des\b)"
)
"""What stands behind "a third" where it is a part, and counts nothing: "a third bridge"."""
_LONGEST = 16
"""Words of one figure."""
_BEHIND = {
    "": frozenset({"unit", "teen", "tens", "hundred", "scale", "half", "article", "number"}),
    "article": frozenset({"hundred", "scale", "part", "half"}),
    "unit": frozenset({"hundred", "scale", "part"}),
    "teen": frozenset({"hundred", "scale", "part"}),
    "tens": frozenset({"unit", "article", "scale", "part"}),
    "hundred": frozenset({"unit", "teen", "tens", "article", "scale", "part"}),
    "scale": frozenset({"unit", "teen", "tens", "hundred", "article", "scale"}),
    "number": frozenset({"hundred", "scale", "part"}),
    "half": frozenset({"article", "hundred", "scale"}),
    "part": frozenset({"scale"}),
}
"""Which kinds of words a figure goes on with, by the one before."""


class Part(NamedTuple):
    """A word or a number of a sentence that may be of a figure, and where it stands."""

    word: Word
    written: str
    start: int
    end: int


class _Sum:
    """What a figure is worth so far."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.part: Fraction | None = None
        self.last = ""
        self.worth = Fraction(0)
        self.scale = Fraction(0)
        self.sure = False

    def fits(self, word: Word, gap: str, *, joined: bool) -> bool:
        """Whether a figure goes on with a word."""
        kind, last = word.kind, self.last
        if last == "unit" and kind == "tens":
            return self.part == 4 and word.worth == 20 and gap == "-"  # quatre-vingt
        if kind in ("teen", "unit") and last in ("tens", "teen"):
            if last == "teen":
                return self.worth == 10 and kind == "unit" and word.worth > 6 and gap == "-"
            if kind == "teen":
                return self.worth in (20, 60) and gap == "-"  # quatre-vingt-dix, soixante-dix
        if kind == "hundred" and last == "unit" and (self.part or 0) > 9:
            return False
        if last not in ("", "half") and kind in ("unit", "teen", "article") and not word.sure:
            return gap == "-" or joined
        return kind in _BEHIND[last]

    def add(self, word: Word) -> None:
        """Goes on with a word that fits."""
        worth = word.worth
        if word.kind == "scale":
            self._multiply(worth)
        elif word.kind == "hundred":
            self.part = (1 if self.part is None else self.part) * worth
        elif word.kind == "part":
            self.part = (self.part or Fraction(1)) / worth
        elif self.last == "unit" and word.kind == "tens":
            self.part = Fraction(80)
        elif self.last == "half" and word.kind == "article":
            return  # "half a million"
        elif self.last == "article" and word.kind == "half":
            self.part = worth
        else:
            self.part = (self.part or 0) + worth
        self.last, self.worth = word.kind, worth
        self.sure |= word.sure and word.kind != "article"

    def _multiply(self, worth: Fraction) -> None:
        if self.total and worth > self.scale:
            self.total = (self.total + (self.part or 0)) * worth  # "tres mil millones"
        else:
            self.total += (1 if self.part is None else self.part) * worth
        self.part, self.scale = None, worth

    def all(self) -> Fraction:
        return self.total + (self.part or 0)


def numeral(plain: str, parts: Sequence[Part], at: int) -> tuple[int, str | None, bool]:
    """The figure that begins with a part: where the next may begin, its worth, and if it is sure.

    Args:
        plain: The sentence.
        parts: All that figures may be made of.
        at: The number of the part.
    """
    first = parts[at]
    word = first.word
    scaled = at + 1 < len(parts) and parts[at + 1].word.kind == "scale"
    if word.kind == "raw" and not (
        word.worth and scaled and _gap(plain, parts, at + 1) is not None
    ):
        return at + 1, first.written, True
    if word.kind == "raw":
        word = Word("number", word.worth)
    if word.kind == "whole":
        return at + 1, str(word.worth), word.sure
    if word.many:
        return at + 1, f"~{word.worth}", True
    if word.kind not in _BEHIND[""]:
        return at + 1, None, False
    figure = _Sum()
    figure.add(word)
    until = _go_on(plain, parts, at + 1, figure)
    return until, str(figure.all()), figure.sure


def _go_on(plain: str, parts: Sequence[Part], at: int, figure: _Sum) -> int:
    """Adds what belongs to a figure, and says where the next may begin."""
    until, joined = at, False
    while at < len(parts) and at - until < _LONGEST:
        gap = _gap(plain, parts, at)
        if gap is None:
            break
        part = parts[at]
        if part.word.kind == "joins" and not joined:
            joined = True
            at += 1
            continue
        word = _as_part(plain, part, figure, parts[at - 1].written)
        if joined and word.kind == "article" and at + 1 < len(parts):
            half = parts[at + 1].word
            if half.kind == "half" and _gap(plain, parts, at + 1) is not None:
                figure.part = (figure.part or 0) + half.worth  # "two and a half million"
                at += 2
                until, joined = at, False
                continue
        if joined and figure.last not in ("tens", "hundred", "scale"):
            break
        if word.many or not figure.fits(word, gap, joined=joined):
            break
        figure.add(word)
        at += 1
        until, joined = at, False
    return until


def _as_part(plain: str, part: Part, figure: _Sum, before: str) -> Word:
    """A word of a row as the part that it is behind an article: "a third of", "one fifth"."""
    word = part.word
    ordinal = not word.sure and word.kind in ("unit", "teen") and 3 <= word.worth <= 10
    if not ordinal or figure.last != "article":
        return word
    if before == "one" or _PART_OF.match(plain, part.end):
        return Word("part", word.worth)
    return word


def _gap(plain: str, parts: Sequence[Part], at: int) -> str | None:
    """What stands between a part and the one before it; None where they are apart."""
    match = _GAP.fullmatch(plain, parts[at - 1].end, parts[at].start)
    return None if match is None else match[0].replace("\u2010", "-")
