"""Ways to spell markers and links that few texts have -> the way that most have."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from ledger.letters import marks_of

Spelling = tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""The characters that a way to spell cannot do without, its pattern, and what stands for it."""


def respelled(text: str, spellings: Iterable[Spelling]) -> str:
    """The text, each of these put as most texts have it, one after the other."""
    marks = marks_of(text)
    for sign, pattern, plain in spellings:
        if _marks_in(sign) in marks and sign in text:
            text = pattern.sub(plain, text)
            marks = marks_of(text)  # remembered, if the text is still the same
    return text


@cache
def _marks_in(sign: str) -> str:
    return marks_of(sign)
