"""Lines -> the same, with numbers that stand alone moved to the lines that they count.

Copies of numbered lists, from pages and printed files, often have "8." on one line and the entry on
the next.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.fences import fences
from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.heads import is_head
from ledger.patterns import later

_COUNTER = r"[ \t]{0,8}(?:\*\*)?\(?(\d{1,3})\\?[.)、](?:\*\*)?"
_ALONE = later(rf"^{_COUNTER}[ \t]*$", re.M)
_BARE = later(r"^[ \t]{0,8}(\d{1,3})[ \t]*$", re.M)
"""A number without a sign of counting: what it counts shall name a page, then."""
_BRACKETED = later(r"^[ \t]{0,8}\\?\[(\d{1,3})\\?\]:?[ \t]*$", re.M)
"""The same in brackets, where it may cite as well: it counts below the head of a list."""
_MAY_BE_ALONE = later(
    rf"\n(?=[ \t*(\d\\\[])(?:{_COUNTER}|[ \t]{{0,8}}(?:\\?\[)?\d{{1,3}}(?:\\?\]:?)?)[ \t]*$", re.M
)
"""Either, behind the end of the line above: that is found sooner than any beginning."""
_COUNTED = later(rf"{_COUNTER}(?:[ \t]|$)")
_NEAR = 8
"""Lines from one counter to the next: entries have a title, an address and a line or two more."""
_BELOW = 2
"""What is counted stands on the next line, or on the one after it."""


def with_lone_counters(text: str, lines: list[str]) -> list[str]:
    """As many lines; where a counter moves down, its own line is empty.

    A number alone counts something where the nearest counter above or below is the one before or
    behind it: what stands alone may also be the end of a sentence, "12.", or a cell of a table.

    Args:
        text: The lines as one text.
        lines: Of a document.
    """
    if not _MAY_BE_ALONE.search(f"\n{text}"):
        return lines
    code = fences(lines)
    if _ALONE.search(text):
        counters = [
            (number, int(match[1]))
            for number, line in enumerate(lines)
            if number not in code and (match := _COUNTED.match(line))
        ]
        lines = _moved(lines, [n for n in _in_turn(counters) if _ALONE.match(lines[n])], "")
    for pattern, sign in ((_BARE, "."), (_BRACKETED, "")):
        found = [
            (number, int(match[1]))
            for number, line in enumerate(lines)
            if line and number not in code and (match := pattern.fullmatch(line))
        ]
        paged = [each for each in found if _names_page(lines, each[0])]
        turns = _in_turn(paged)
        if turns and (sign or is_head(_above(lines, turns[0]))):
            lines = _moved(lines, turns, sign)
    return lines


def _above(lines: Sequence[str], number: int) -> str:
    """The last line above one that is not blank; "" for none."""
    return next((line for line in reversed(lines[max(0, number - _NEAR) : number]) if line), "")


def _in_turn(counters: Sequence[tuple[int, int]]) -> list[int]:
    """The lines, ascending, of counters that are beside the one before or behind them."""
    found = {
        number
        for one, other in pairwise(counters)
        if other[1] == one[1] + 1 and other[0] - one[0] <= _NEAR
        for number in (one[0], other[0])
    }
    return sorted(found)


def _names_page(lines: Sequence[str], number: int) -> bool:
    """Whether what stands under a number has an address, in its first paragraph."""
    below = _below(lines, number)
    while below is not None and below < len(lines) and lines[below].strip():
        if below - number > _NEAR or _is_number(lines[below]):
            return False
        if has_address(lines[below]):
            return True
        below += 1
    return False


def _is_number(line: str) -> bool:
    return bool(_BARE.fullmatch(line) or _BRACKETED.fullmatch(line))


def _moved(lines: list[str], counters: Sequence[int], sign: str) -> list[str]:
    """The lines, each counter at the head of what it counts, with `sign` behind it."""
    moved = list(lines)
    for number in counters:
        below = _below(lines, number)
        if below is not None:
            moved[below] = f"{lines[number].rstrip()}{sign} {lines[below].lstrip()}"
            moved[number] = ""
    return moved


def _below(lines: Sequence[str], number: int) -> int | None:
    """The line that a counter counts; None where there is none, or it is a counter itself."""
    for below in range(number + 1, min(len(lines), number + 1 + _BELOW)):
        if lines[below].strip():
            is_counter = _COUNTED.match(lines[below]) or _is_number(lines[below])
            return None if is_counter else below
    return None
