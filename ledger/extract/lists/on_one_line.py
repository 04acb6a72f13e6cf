"""A line -> the entries of a list that follow one another on it, or on the lines of its paragraph.

"Sources: [1] Roe, https://… [2] Doe," may go on below, where a text is broken for its width.
"""

from collections.abc import Sequence
from itertools import takewhile

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.open_entry import STOPPED, Open
from ledger.extract.lists.run_on import is_led, run_on
from ledger.patterns import later

_Labelled = tuple[tuple[str, ...], str]
"""The labels of an entry, and what is behind them."""
_MOST_WRAPPED = 30
"""Lines of a paragraph that is a list."""
_OPENS = later(r"\s{0,8}(?:[-*+•>|#]|\[[0-9]{1,4}\]|[0-9]{1,3}[.)])\s")


def on_one_line(lines: Sequence[str], number: int) -> list[Open]:
    """The entries that follow one another on a line, or on the lines of its paragraph."""
    several, end = run_on(lines[number], under_head=False), number + 1
    if is_led(lines[number]):
        below = lines[end : end + _MOST_WRAPPED]
        wrapped = [*takewhile(_goes_on, below)]
        for taken in (len(wrapped), 1) if wrapped else ():
            whole = run_on(" ".join([lines[number], *wrapped[:taken]]), under_head=False)
            if len(whole) > len(several) or (taken == 1 and _is_completed(several, whole)):
                several, end = whole, number + 1 + taken
                break
    found = [Open(labels, number, rest) for labels, rest in several]
    for opened in found:
        opened.lines.extend(range(number + 1, end))
    return found


def _is_completed(several: Sequence[_Labelled], whole: Sequence[_Labelled]) -> bool:
    """Whether the last entry stops nowhere, and has its address on the line below."""
    if not several or len(several) != len(whole) or STOPPED.search(several[-1][1]):
        return False
    return has_address(whole[-1][1]) and not has_address(several[-1][1])


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _OPENS.match(line) and not is_led(line)
