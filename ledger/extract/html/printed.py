"""Text that a page shows as it was typed -> whether it is prose, and no code.

Offices publish releases so, in one element for code: sentences, broken into lines.
"""

import re

from ledger.patterns import later

_SENTENCE = later(r"[^\W\d_]{2,}[^.!?\n]{0,200}[\w)%\]][.!?][\"”’)\]]{0,2}(?=\s|\Z)")
_CODE = later(r"[{}<>=;|\\$#~^]|\w\(|^\s{0,20}(?://|--|import |def |from |\d+:)", re.M)
_FEWEST, _FOR_A_SIGN = 2, 200
"""Sentences of prose, and characters for each sign of code that it may have."""


def is_prose(text: str) -> bool:
    """Whether a text has sentences, nearly no signs of code, and mostly letters. Linear in it."""
    words = sum(map(str.isalpha, text)) + text.count(" ")
    if words * 10 < len(text.strip()) * 8:
        return False
    joined = " ".join(text.split())
    if sum(1 for _ in _SENTENCE.finditer(joined)) < _FEWEST:
        return False
    return sum(1 for _ in _CODE.finditer(text)) * _FOR_A_SIGN <= len(text)
