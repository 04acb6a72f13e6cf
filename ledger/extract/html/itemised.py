"""A paragraph -> the items in it, which are lines of their own: "Known are:<br>- Rents rose<br>-".

Programs that make pages of Markdown join its lines: no empty one stands above the first item, or
between two entries, "[1] https://…", "[2] https://…". The page still has the ends of its lines.
"""

import re
from collections.abc import Sequence

from ledger.extract.html.part import Part
from ledger.extract.html.tree import Element
from ledger.extract.lists.run_on import WIDEST_STEP
from ledger.extract.markers.numbers import CLOSE, OPEN, SUPERS
from ledger.patterns import later

_ITEM = later(r"(?:[-–]|\\?[*+])\s(?=\S)")
_MARK = (
    rf"(?:[-*+•](?=[ \t])|{OPEN}(?:[A-Za-z]{{1,6}}[-_]?)?(?P<bracketed>\d{{1,4}}){CLOSE}"
    r"|\((?P<rounded>\d{1,3})\)|(?P<counted>\d{1,3})[.)](?=[ \t])|(?P<raised>[⁰¹²³⁴-⁹]{1,3}))"
)
_OPENS = later(rf"[ \t]{{0,8}}{_MARK}")
_BEGINS_ITEM = later(rf"\n[ \t]{{0,8}}(?={re.sub(r'[?]P<[a-z]+>', '?:', _MARK)})")
_LINE = later(r"\n")
_BEGINS_LIST = later(r"\s{0,8}(?:\0\s{0,8}|[^\n\[:：\0]{2,60}[:：]\s{0,8})?\[1\]\s")
_COUNTED = later(r"\[([0-9]{1,4})\]\s")
_FEWEST, _FEWEST_AMONG_OTHERS = 2, 3
"""Lines that begin so: one may be a sentence that was broken before its dash, or two before their
markers."""
_ELEMENT = "\0"
"""What stands for an element among the characters of its paragraph; no page has it."""


def itemised(part: Part) -> list[Part]:
    """A part of several lines, with each item in it as a part of its own."""
    found_at = enumerate(map(_ITEM.match, part.lines))
    marks = [(number, mark.end()) for number, mark in found_at if mark]
    if len(marks) < _FEWEST or part.role == "heading":
        return [part]
    first, _ = marks[0]
    # not by `replace`, which takes a tenth of the time of a page that is nothing but items
    rest = (part.element, (), part.mark, part.quoted)
    found = [Part(part.role, part.level, part.lines[:first], *rest)] if first else []
    ends = [*(number for number, _ in marks[1:]), len(part.lines)]
    for (begin, words), end in zip(marks, ends, strict=True):
        lines = [part.lines[begin][words:], *part.lines[begin + 1 : end]]
        found.append(Part("item", part.level, lines, part.element, (), "- ", part.quoted))
    return found


def ends_of_lines(paragraph: Element) -> re.Pattern[str] | None:
    """Where a paragraph's lines, as its page was typed, are parted; None for one that is wrapped.

    Before items and entries that count, or everywhere, where all of them name their pages.
    """
    if paragraph.name != "p":
        return None
    typed = [child if isinstance(child, str) else _ELEMENT for child in paragraph.children]
    lines = "".join(typed).strip("\n").split("\n")
    if len(lines) < _FEWEST:
        return None
    if all("://" in line for line in lines):
        return _LINE
    marks = [match for line in lines if (match := _OPENS.match(line))]
    numbers = [int(match[match.lastgroup].translate(SUPERS)) for match in marks if match.lastgroup]
    itemised = len(marks) - len(numbers) >= _FEWEST or _count_on(numbers, len(lines) - len(numbers))
    return _BEGINS_ITEM if itemised and not _is_wrapped_list("".join(typed), numbers) else None


def _is_wrapped_list(whole: str, begun: Sequence[int]) -> bool:
    """Whether a paragraph is a list on one line, broken for its width: before a dash by chance.

    "Sources: [1] https://… - Dams [2] https://… - Mills": most numbers begin no line of it, and at
    least half of what they count has a page.
    """
    if not _BEGINS_LIST.match(whole):
        return False
    count = last = 0
    for number in map(int, _COUNTED.findall(whole)):
        if number <= last:
            return False
        if number <= last + WIDEST_STEP:  # others are of titles: "Schools [2025]"
            count, last = count + 1, number
    paged = 2 * (whole.count("://") + whole.count(_ELEMENT)) >= count
    return paged and count >= max(_FEWEST_AMONG_OTHERS, 2 * len(begun))


def _count_on(numbers: Sequence[int], others: int) -> bool:
    """Whether numbers rise by one, and there are enough beside the lines that have none."""
    enough = len(numbers) >= (_FEWEST if others < _FEWEST else _FEWEST_AMONG_OTHERS)
    return enough and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
