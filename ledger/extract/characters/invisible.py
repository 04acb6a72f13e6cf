"""Characters that take no place -> nothing: the same words are the same claim with and without.

Joiners that shape letters and signs (U+200C, U+200D) are no such characters.
"""

_NOTHING = ("\u200b", "\u2060", "\ufeff")
"""Zero-width space, word joiner, and the byte order mark that copying leaves inside of texts."""


def without_blanks(text: str) -> str:
    """A text without blanks of no width."""
    for blank in () if text.isascii() else _NOTHING:
        text = text.replace(blank, "")
    return text
