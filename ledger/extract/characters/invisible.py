"""Characters that take no place -> nothing: the same words are the same claim with and without.

Joiners that shape letters and signs (U+200C, U+200D) are no such characters.
"""

from ledger.letters import beyond_ascii

_NOTHING = dict.fromkeys((0x200B, 0x2060, 0xFEFF))
"""Zero-width space, word joiner, and the byte order mark that copying leaves inside of texts."""


def without_blanks(text: str) -> str:
    """A text without blanks of no width."""
    beyond = beyond_ascii(text)
    if not beyond or not any(map(beyond.__contains__, ("\u200b", "\u2060", "\ufeff"))):
        return text
    return text.translate(_NOTHING)
