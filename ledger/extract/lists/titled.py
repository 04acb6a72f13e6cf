"""A line -> whether it is a work without an author, as the style of the MLA lists it.

Or an entry that says only what kind of document it is and its date, as fact checks list them.
"""

from collections.abc import Sequence

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


_OF_A_DAY = later(
    r",[\"”’']?\s(?:[^\W\d_]{3,10}\.?\s[0-9]{1,2},\s|[0-9]{1,2}\s[^\W\d_]{3,10}\.?\s)"
    r"(?:19|20)[0-9]{2}\s*$"
)
_LONGEST_DAY, _FEWEST_OF_DAYS = 24, 2
"""Characters of such an end, with its comma; and how many entries that have it are a habit."""
_SPEAKS = later(
    r"\s{0,3}(?:We|I|This|These|It|He|She|They|You|Our|My)\s"
    r"|[^\"“”\n]{0,300}\s(?:is|are|was|were|has|have|had|said)\s"
)
"""How a sentence begins, and no name of a source; or its verb, outside of a title in quotes."""


def is_titled(line: str) -> bool:
    """Whether a line is a title in quotation marks, or a page, with what published it and when."""
    return line.lstrip()[:1] in _OPENS and _TITLED.match(line) is not None


def is_of_a_day_as(others: Sequence[str], line: str) -> bool:
    """Whether a line ends with its day behind a comma, as half of the entries above it do.

    "Interview with Ann Roe, keeper of the gate, Jan. 9, 2031".
    """
    if _OF_A_DAY.search(line[-_LONGEST_DAY:]) is None or _SPEAKS.match(line):
        return False
    alike = sum(_OF_A_DAY.search(other[-_LONGEST_DAY:]) is not None for other in others)
    return alike >= _FEWEST_OF_DAYS and 2 * alike >= len(others)
