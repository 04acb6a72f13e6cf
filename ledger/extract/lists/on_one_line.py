"""A line -> the entries of a list that follow one another on it, or on the lines of its paragraph.

"Sources: [1] Roe, https://… [2] Doe," may go on below, where a text is broken for its width.
"""

from collections.abc import Sequence
from itertools import takewhile

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.broken_address import joined
from ledger.extract.lists.open_entry import STOPPED, Open
from ledger.extract.lists.run_on import is_led, run_on
from ledger.patterns import later

_Labelled = tuple[tuple[str, ...], str]
"""The labels of an entry, and what is behind them."""
_MOST_WRAPPED = 30
"""Lines of a paragraph that is a list."""
_MOST_REFLOWED = 400
"""The same of one whose entries begin anywhere in its lines: it says itself how far it goes."""
_COUNTED = later(r"\[(?<!\S\[)([0-9]{1,4})\](?!\S)")
_OPENS = later(r"\s{0,8}(?:[-*+•>|#]|\[[0-9]{1,4}\]|[0-9]{1,3}[.)])\s")


def on_one_line(lines: Sequence[str], number: int) -> list[Open]:
    """The entries that follow one another on a line, or on the lines of its paragraph."""
    several, end = run_on(lines[number], under_head=False), number + 1
    if is_led(lines[number]):
        if whole_paragraph := reflowed(lines, number):
            return whole_paragraph
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


def reflowed(lines: Sequence[str], number: int) -> list[Open]:
    """The entries of a paragraph that was broken for its width: they begin anywhere in its lines.

    "[1] Roe, Dams. https://… [2] Doe," goes on with "Quays. https://… [3] Poe, …": the numbers
    count from one, which is on the first line, to the end, and a line at least has one inside. None
    where the line at `number` begins no such paragraph.
    """
    led = is_led(lines[number])
    if not led and not lines[number].lstrip().startswith("[1] "):
        return []
    block: list[str] = []
    count = starts = 0
    for line in takewhile(str.strip, lines[number : number + _MOST_REFLOWED]):
        for mark in _COUNTED.finditer(line):
            count += 1
            if int(mark[1]) != count:
                return []
        if not count:
            return []
        starts += _COUNTED.match(line.lstrip()) is not None
        block.append(line)
    if count < 3 or starts + led == count:
        return []
    found = run_on(joined([line.strip() for line in block]), under_head=True)
    opened = [Open(labels, number, rest) for labels, rest in found]
    for each in opened:
        each.lines.extend(range(number + 1, number + len(block)))
    return opened


def _is_completed(several: Sequence[_Labelled], whole: Sequence[_Labelled]) -> bool:
    """Whether the last entry stops nowhere, and has its address on the line below."""
    if not several or len(several) != len(whole) or STOPPED.search(several[-1][1]):
        return False
    return has_address(whole[-1][1]) and not has_address(several[-1][1])


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _OPENS.match(line) and not is_led(line)
