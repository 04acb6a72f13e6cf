"""A line -> whether it is a work of which no author is known, as the MLA lists it."""

from ledger.patterns import later

_OPENS = frozenset('"“«„h')
_TITLED = later(
    r"\s{0,3}(?:[\"“«„][^\"“”«»„\n]{3,300}[.!?][\"”»“]\s[*_]?[^\W\d_a-z]"
    r"(?=[^\n]{0,300}(?:https?://|\bAccessed\b"
    r"|,\s(?:[A-Z0-9][\w.–-]{0,9},?\s){0,3}(?:19|20)[0-9]{2}\.?\s*$))"
    r"|https?://\S{4,2000}\s(?:Accessed|Retrieved|Archived)\b)[^\n]{2,400}$"
)
"""'"Shark Follows Kayak." *Africa Geographic*, Sept. 2005.', "https://… Accessed 3 Mar. 2021.".
No sentence: '"It is gone." Roe said so in 2019.'."""


def is_titled(line: str) -> bool:
    """Whether a line is a title in quotation marks, or a page, with what published it and when."""
    return line.lstrip()[:1] in _OPENS and _TITLED.match(line) is not None
