"""Characters that take no place -> nothing: the same words are the same claim with and without.

Joiners that shape letters and signs (U+200C, U+200D) are no such characters.
"""

from ledger.letters import beyond_ascii

_NOTHING = (
    "\u200b\u2060\ufeff"  # zero-width space, word joiner, byte order mark left inside of texts
    "\u00ad"  # where a word may be broken
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # directions
)
_LINE_ENDS = {"\u2028": "\n", "\u2029": "\n\n", "\v": "\n"}
"""How programs end lines and paragraphs within one field."""


def without_blanks(text: str) -> str:
    """A text without characters that show nothing and take no place; joiners stay."""
    beyond = beyond_ascii(text)
    if "\u00ad" in beyond:
        text = text.replace("\u00ad\n", "")
    for blank in _NOTHING:
        if blank in beyond:
            text = text.replace(blank, "")
    return text


def with_line_ends(text: str) -> str:
    """A text with LF for U+2028 and the vertical tab, and a blank line for U+2029."""
    for end, plain in _LINE_ENDS.items():
        text = text.replace(end, plain)
    return text
