"""Lines -> those that a number or a letter makes items of a list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ledger.extract.classify import BULLET, COUNTER, QUOTES

_COUNTS_NOTHING = frozenset('#|-+•[<>!_`“"')
_SIBLING_NUMBERS, _SIBLING_LETTERS = 60, 12
"""In how many lines the next item of a list is found: items have paragraphs of their own."""


def counters(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that a counter makes items: "2." of a list, not of "2. Mai 1945".

    A counter is known by its bracket, bold type or indent, by another one that counts on from it
    nearby, or by an item on the next line with text. An initial ("J. K. Rowling") has none.
    """
    bare = [
        line[quote.end() :] if ">" in line and (quote := QUOTES.match(line)) else line
        for line in lines
    ]
    may_count = (
        number
        for number, line in enumerate(bare)
        # By its first two characters: most lines cannot begin with a counter.
        if line
        and (line[1:2] in (".", ")") if line[0].isalpha() else line[0] not in _COUNTS_NOTHING)
    )
    marks = {
        number: match
        for number in may_count
        if (match := COUNTER.match(bare[number])) and not _closes(bare, number, match)
    }
    if not marks:
        return frozenset()
    found = {number for number, match in marks.items() if _marked(match)}
    for step, ordered in ((1, iter(marks)), (-1, reversed(marks))):
        seen: dict[tuple[str, int], int] = {}
        for number in ordered:
            kind, value = _count(marks[number])
            width = _SIBLING_NUMBERS if kind == "number" else _SIBLING_LETTERS
            near = seen.get((kind, value - step))
            if near is not None and abs(near - number) <= width:
                found.add(number)
            seen[kind, value] = number
    if len(found) < len(marks):
        filled = [number for number, line in enumerate(bare) if line and not line.isspace()]
        for one, other in pairwise(filled):
            if one in marks or other in marks:
                found.update(_beside_items(bare, marks, one, other))
    return frozenset(found)


def _closes(lines: Sequence[str], number: int, match: re.Match[str]) -> bool:
    """Whether the bracket of a number closes one of the line above: "(of 16 to", "24) of"."""
    if match["close"] != ")" or match["open"] or not number:
        return False
    above = lines[number - 1].rstrip()
    return above.rfind("(") > above.rfind(")") and above[-1:] != ":"


def _beside_items(
    bare: Sequence[str], marks: Mapping[int, re.Match[str]], *lines: int
) -> Iterator[int]:
    """Which of two neighbouring lines has a number that an item on the other one confirms."""
    for one, other in (lines, lines[::-1]):
        if one in marks and marks[one]["number"]:
            same = other in marks and marks[other]["number"] == marks[one]["number"]
            if same or BULLET.match(bare[other]):
                yield one


def _marked(match: re.Match[str]) -> bool:
    """Whether a counter is one by its own looks."""
    indented = match["number"] and len(match["indent"]) > 1
    return bool(match["close"] == ")" or match["open"] or match["mark"] or indented)


def _count(match: re.Match[str]) -> tuple[str, int]:
    if match["number"]:
        return "number", int(match["number"])
    return "capital" if match["letter"].isupper() else "letter", ord(match["letter"])
