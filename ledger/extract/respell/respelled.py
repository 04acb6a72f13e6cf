"""A table of rare notations for markers and links, applied -> the text in the usual notation."""

import re
from collections.abc import Callable, Iterable

from ledger.letters import holds
from ledger.patterns import begins_line

Spelling = tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""The characters that a way to spell cannot do without, its pattern, and what stands for it."""


def respelled(text: str, spellings: Iterable[Spelling]) -> str:
    """The text, each of these put as most texts have it, one after the other."""
    for sign, pattern, plain in spellings:
        if holds(text, sign) and (pattern.pattern[0] != "^" or begins_line(pattern, text)):
            text = pattern.sub(plain, text)
    return text
