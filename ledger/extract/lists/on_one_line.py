"""A line, or a paragraph of several -> the entries of a list that stand in it one behind another.

"Sources: [1] Roe, https://… [2] Doe," goes on below where the text is wrapped.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.broken_address import joined
from ledger.extract.lists.open_entry import STOPPED, OpenEntry
from ledger.extract.lists.run_on import WIDEST_STEP, is_led, run_on
from ledger.patterns import later

_Labelled = tuple[tuple[str, ...], str]
"""The labels of an entry, and what is behind them."""
_MOST_WRAPPED = 30
"""Lines of a paragraph that is a list."""
_MOST_REFLOWED = 400
"""The same of one whose entries begin anywhere in its lines: it says itself how far it goes."""
_WIDEST_GAP = 4
"""Numbers from one entry to the next: some are left out, since nothing cites them."""
_WITHIN = 6
"""Lines in which the first entry has its page."""
_COUNTED = later(r"[\\\[](?<!\S.)(?:(?<=\[)|(?<=\\)\[)([0-9]{1,4})\\?\](?!\S)")
"""A number in brackets that begins an entry; programs that write Markdown escape it: "\\[2\\]"."""
_FIRST = ("[1] ", "\\[1\\] ")
_BEHIND_PAGE = later(r"https?://[^\s\]]{3,2000}+ ([0-9]{1,3})\\?\.(?: |$)")
"""The number of an entry right behind the page of the one before: "https://… 2. Roe"."""
_BROKEN = later(
    r"(https?://\S{3,2000}+)\n(?![0-9]{1,3}\\?\. )(?=[^\s\[\](){}]{1,80}+ [0-9]{1,3}\\?\.(?: |$))"
)
"""A page that a line broke: nothing else stands before the number behind it."""
_OPENS = later(r"\s{0,8}(?:[-*+•>|#]|\[[0-9]{1,4}\]|[0-9]{1,3}[.)])\s")


def on_one_line(lines: Sequence[str], number: int) -> list[OpenEntry]:
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
    found = [OpenEntry(labels, number, rest) for labels, rest in several]
    for opened in found:
        opened.lines.extend(range(number + 1, end))
    return found


def reflowed(lines: Sequence[str], number: int) -> list[OpenEntry]:
    """The entries of a paragraph that was broken for its width: they begin anywhere in its lines.

    "[1] Roe, Dams. https://… [2] Doe," goes on with "Quays. https://… [3] Poe, …": the numbers rise
    from one, which is on the first line, to the end, and a line at least has one inside. An empty
    list where the line at `number` begins no such paragraph.
    """
    if lines[number].lstrip().startswith(("1. ", "1\\. ")):
        return _behind_pages(lines, number)
    led = is_led(lines[number])
    if not led and not lines[number].lstrip().startswith(_FIRST):
        return []
    block = [*takewhile(str.strip, lines[number : number + _MOST_REFLOWED])]
    first = _COUNTED.search(lines[number])
    numbers = _rising("\n".join(block)) if first and first[1] == "1" else []
    starts = sum(_COUNTED.match(line.lstrip()) is not None for line in block)
    count = len(numbers)
    if count < 3 or starts + led == count:
        return []
    if numbers[-1] > count > 2 * sum(line.count("://") for line in block):
        return []  # a sentence may cite some numbers, and rise
    found = run_on(joined([line.strip() for line in block]), under_head=True)
    opened = [OpenEntry(labels, number, rest) for labels, rest in found]
    for each in opened:
        each.lines.extend(range(number + 1, number + len(block)))
    return opened


def _rising(paragraph: str) -> list[int]:
    """The numbers in brackets that count entries; none where they do not rise from one to the next.

    Some are left out of a list, and numbers far off are of titles: "Schools [2025]".
    """
    numbers: list[int] = []
    for mark in _COUNTED.finditer(paragraph):
        number, last = int(mark[1]), numbers[-1] if numbers else 0
        if number > last + WIDEST_STEP and numbers:
            continue
        if not last < number <= last + _WIDEST_GAP:
            return []
        numbers.append(number)
    return numbers


def _behind_pages(lines: Sequence[str], number: int) -> list[OpenEntry]:
    """The same, "1. Roe, Dams, https://… 2. Doe," each number right behind the page before it.

    One stands inside a line at least. A page may end inside: the paragraph below goes on where it
    has the next number.
    """
    if not any("://" in line for line in lines[number : number + _WITHIN]):
        return []
    first = takewhile(str.strip, lines[number : number + 2 * _WITHIN])
    if not _BEHIND_PAGE.search(joined([line.strip() for line in first])):
        return []  # what is far behind cannot be the second
    taken: list[int] = []
    whole, marks, end = "", list[re.Match[str]](), number
    while paragraph := [*takewhile(str.strip, lines[end : number + _MOST_REFLOWED])]:
        mended = _BROKEN.sub(r"\1", "\n".join(map(str.strip, paragraph)))
        more = joined([whole, *mended.split("\n")])
        found = list(_BEHIND_PAGE.finditer(more))
        if len(found) == len(marks) or not _count_on(found):
            break
        whole, marks = more, found
        taken.extend(range(end, end + len(paragraph)))
        end += len(paragraph)
        while end < len(lines) and not lines[end].strip():
            end += 1
    if len(marks) < 2 or not any(_BEHIND_PAGE.search(lines[line]) for line in taken):
        return []
    begins = [whole.index(" ") + 1, *(mark.end() for mark in marks)]
    ends = [*(mark.start(1) for mark in marks), len(whole)]
    opened = [
        OpenEntry((str(count),), number, whole[begin:close].strip())
        for count, (begin, close) in enumerate(zip(begins, ends, strict=True), 1)
    ]
    for each in opened:
        each.lines.extend(taken[1:])
    return opened


def _count_on(marks: Sequence[re.Match[str]]) -> bool:
    return [int(mark[1]) for mark in marks] == [*range(2, len(marks) + 2)]


def _is_completed(several: Sequence[_Labelled], whole: Sequence[_Labelled]) -> bool:
    """Whether the last entry stops nowhere, and has its address on the line below."""
    if not several or len(several) != len(whole) or STOPPED.search(several[-1][1]):
        return False
    return has_address(whole[-1][1]) and not has_address(several[-1][1])


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _OPENS.match(line) and not is_led(line)
