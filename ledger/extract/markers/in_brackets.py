"""A text -> the numbers that it has in brackets, as markers have them."""

from collections.abc import Iterable, Iterator
from itertools import islice

from ledger.extract.markers.numbers import CLOSE, NUMBERS, OPEN, OPENING, expand
from ledger.patterns import begun_with, later

_BRACKETS = later(
    rf"{OPEN}\s?(?:\^|(?:cite|citation|ref|source|document|chunk|passage|snippet|result|id|web|search|file)[:_]\s?)?({NUMBERS})(?:\^|†[^\]］】〕〗\n]{{0,80}}+)?\s?\\?{CLOSE}"
    r"(?!\]?\((?:https?:|www\.))"
)
_BEGINS = r"\s?[\^\dcdfiprsw]"
"""What is behind the bracket in each of them: a number, or the first letter of what calls it."""
_MOST = 100_000
"""Numbers that are asked for: ranges may stand for any number of them, and no list is so long."""


def has_brackets(text: str) -> bool:
    """Whether a text has a number in brackets."""
    return _BRACKETS.search(text) is not None


def in_brackets(text: str) -> Iterator[str]:
    """The numbers that a text has in brackets."""
    return expanded(match[1] for match in begun_with(OPENING, _BRACKETS, text, _BEGINS))


def behind_words(text: str) -> Iterator[str]:
    """Which of them stand behind something on their line: one that opens it may count it."""
    found = begun_with(OPENING, _BRACKETS, text, _BEGINS)
    return expanded({match[1] for match in found if _is_behind(text, match.start())})


def _is_behind(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    if before == " ":
        before = text[at - 2 : at - 1] if at > 1 else ""
    return before not in ("", "[") and not before.isspace()


def expanded(found: Iterable[str]) -> Iterator[str]:
    """The numbers of markers that are lists or ranges: 1, 3, 4 and 5 for "1, 3-5"."""
    each = dict.fromkeys(found)
    return islice((label for inside in each for label in expand(inside) or ()), _MOST)
