"""A first letter set over several lines of a PDF -> the beginning of its word."""

import re
from collections import Counter
from collections.abc import Sequence

from ledger.extract.pdf.line import Line

_LARGER = 1.7
"""Sizes of the lines beside it."""
_NEAR = 1.6
"""How far to the right the lines beside it begin at most, in its own size."""
_MOST = 20
"""Such letters on a page: more are a table, or a picture."""
_LETTER = re.compile(r"[\"“‘«„¿¡]?[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = frozenset("AIOEYÀÉÓУИЯВКСО")
"""Letters that may be words of their own."""


def with_first_letters(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, a letter over several of them in front of the highest of those.

    Those begin where the letter does. A letter that may be a word stays one where the page has the
    word behind it elsewhere, and not the two in one.
    """
    alone = [line for line in lines if _is_letter(line)]
    if not 0 < len(alone) <= min(_MOST, len(lines) // 3):
        return list(lines)
    taken: set[int] = set()
    said = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    for letter in alone:
        beside = [line for line in lines if _stands_beside(line, letter)]
        if len(beside) < 2:
            continue
        first = max(beside, key=lambda line: line.y)
        if not (rest := _WORD.match(first.text.lstrip())):
            continue
        between = " " if _are_two_words(letter.text.strip(), rest[0], said) else ""
        glued = f"{letter.text.strip()}{between}"
        further = len(glued) - (len(first.text) - len(first.text.lstrip()))
        first.text = glued + first.text.lstrip()
        first.begins = [(max(0, at + further), x, size) for at, x, size in first.begins]
        first.urls = [(at + further, url) for at, url in first.urls]
        for line in beside:
            line.x = letter.x
        taken.add(id(letter))
    return [line for line in lines if id(line) not in taken]


def _is_letter(line: Line) -> bool:
    text = line.text.strip()
    return bool(_LETTER.fullmatch(text)) and text[-1].isupper()


def _stands_beside(line: Line, letter: Line) -> bool:
    if line is letter or letter.size < _LARGER * line.size:
        return False
    right = 0 < line.x - letter.x <= _NEAR * letter.size
    return right and letter.y - line.size <= line.y <= letter.y + letter.size


def _are_two_words(letter: str, rest: str, said: Counter[str]) -> bool:
    """Whether "A" and "dam" are two words, where the page has "dam" elsewhere and no "adam"."""
    if letter[-1] not in _WORDS or not rest[0].islower():
        return False
    return said[rest] > 1 and not said[f"{letter[-1]}{rest}".casefold()]
