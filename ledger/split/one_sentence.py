"""Whether a block is one sentence, as most are: then nobody need look for its ends."""

import re

_INERT = re.compile(
    r"[ \"-)+,\-/->@-~\u00a0-\u0233\u0370-\u0482\u048a-\u0556\u2010-\u201f\u2070-\u20bf"
    r"\u2190-\u22ff\u3001\u3005-\u3029\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff08-\uff0c\uff10-\uff1a]*+"
)
"""Characters of widespread scripts at which the library ends no sentence, nor anybody else here: no
stop, no bullet, no sign of a note. A bracket may close a counter."""
_OTHER_STOPS = frozenset(("el", "hy", "hyw", "pnt"))
"""Languages in which a colon or a semicolon ends sentences."""
_LONGEST_COUNTER = 24
"""Characters before a bracket that may be a counter: "(mdccclxxxviii)" has 13. Chosen, for the
time."""
_ROMAN = frozenset("ivxlcdmIVXLCDM")


def is_one(prose: str, language: str | None, *, marked: bool) -> bool:
    """Whether a block has no stop but at its end, and no counter, as most items and cells.

    Args:
        prose: The block.
        language: As in `Habits`.
        marked: Whether it has markers or links: behind a stop they end a sentence anywhere.
    """
    last = len(prose) - 1
    if prose.find(". ", 0, last) >= 0 or prose.find("。", 0, last) >= 0:
        return False
    if ")" in prose and _has_counter(prose):
        return False
    if prose.isascii():
        if "\n" in prose or "*" in prose:
            return False
        if prose.find("?", 0, last) >= 0 or prose.find("!", 0, last) >= 0:
            return False
        at = prose.find(".", 0, last)
    else:
        at = _inert_from(prose, 0)
        if language in _OTHER_STOPS:
            return False
    while 0 <= at < last:
        if marked or prose[at] != "." or not prose[at + 1].isalnum():
            return False
        at = prose.find(".", at + 1, last) if prose.isascii() else _inert_from(prose, at + 1)
    return True


def _inert_from(prose: str, at: int) -> int:
    """Where the characters end at which no sentence ends."""
    inert = _INERT.match(prose, at)
    return inert.end() if inert else at


def _has_counter(prose: str) -> bool:
    """Whether a bracket may close a counter: a number, a letter, or a Roman number."""
    if "\t" in prose:
        return True
    at = prose.find(")")
    while at >= 0:
        begin = at
        while begin > max(0, at - _LONGEST_COUNTER) and prose[begin - 1].isalnum():
            begin -= 1
        word = prose[begin:at]
        if word.isdigit() or len(word) == 1 or (word and _ROMAN.issuperset(word)):
            return True
        at = prose.find(")", at + 1)
    return False
