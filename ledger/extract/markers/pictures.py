"""How a picture is written, and what of it is kept: the markers in its words, and those words."""

import re

from ledger.extract.markers.dialect import TARGET
from ledger.letters import holds
from ledger.patterns import later

PICTURE = later(
    r"!\[(?:[^\[\]\n]|\[(?!\^?[0-9]|-?@)[^\[\]\n]{0,80}\]){0,2000}+\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)"
    r"(?:\{(?:[#.]|[a-z-]{2,20}=)[^{}\n]{0,200}\})?|!(?<![^\s\[(]!)\[[^\[\]\n]{0,300}\]\[(?![0-9^])[^\[\]\n]{1,80}\]"
)
"""A picture whose words have no marker: nothing of it is read."""
_MARKED = rf"!\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{{0,80}}\]){{1,2000}}+)\]{TARGET}"
MARKED_PICTURE = later(rf"(?P<link>\[)?{_MARKED}(?(link)\]{TARGET})")
"""One whose words may have a marker: "![Rents by year [1]](rents.png)"; a link, if it is in one."""
_ALONE = later(rf"\s*{_MARKED}\s*")

_BEGUN = later(r"^ {0,3}!\[(?=[^\n]{0,3000}\n[ \t]{0,20}\S)", re.M)
_TURNS = later(r"[\[\]]|\n {0,3}!\[|\n[ \t]{0,20}\n(?!\]\()")
_LONGEST_WORDS = 3000
"""Characters of the words of a picture that go over lines, as many as `_BEGUN` looks over."""


def is_marked_picture(text: str) -> bool:
    """Whether a block is nothing but a picture whose words may have a marker."""
    return text.startswith("![") and _ALONE.fullmatch(text) is not None


def with_whole_pictures(text: str) -> str:
    """The text, pictures whose words go over several lines on one. Never raises."""
    if not holds(text, "!["):
        return text
    parts, done = [], 0
    for match in _BEGUN.finditer(text):
        if match.start() >= done and (end := _end_of_words(text, match.end())):
            parts += [text[done : match.start()], text[match.start() : end].replace("\n", " ")]
            done = end
    return "".join([*parts, text[done:]]) if parts else text


def _end_of_words(text: str, at: int) -> int | None:
    """Where the address begins behind the words that begin there; None of a paragraph's end."""
    depth = 1
    for match in _TURNS.finditer(text, at, at + _LONGEST_WORDS):
        sign = match[0]
        depth += (sign == "[") - (sign == "]")
        if sign not in "[]":
            return None
        if not depth:
            return match.end() if text.startswith("(", match.end()) else None
    return None
