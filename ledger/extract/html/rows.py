"""Blocks side by side that count up, each by a number in an element of its own -> entries.

Cells of a table, a term and its definition, a margin and what stands to the right of it: the number
and the entry are two blocks to whoever reads lines. Tables of data are counted so, too; what a text
cites tells the one from the other, and that is for the reader of the page to find out.
"""

import re

from ledger.extract.html.note import Note, end_of
from ledger.extract.html.siblings import Before
from ledger.extract.html.survey import Survey
from ledger.extract.html.targets import LONGEST_NOTE
from ledger.extract.html.tree import Element, text_of

_NUMBER = re.compile(r"[\[(]?([0-9]{1,3})[\])]?[.:]?")
_MOST_INSIDE = 400
"""Elements of a row that are looked at."""
_MOST_LISTS = 50
"""A list may begin anew in each part; a page that counts more often counts something else."""
_FEWEST, _SHORTEST = 2, 8
"""How many entries are a list, and how many characters an entry has at least."""


def counted_rows(survey: Survey) -> list[list[Note]]:
    """Every run of rows that count from 1, of which half have an address, in page order.

    An empty list where they are many.
    """
    before = Before()
    runs: list[list[Note]] = []
    last: dict[int, list[Note]] = {}  # by the index of the last row of a run: the run
    for element in survey.elements:
        row = _row(survey, element)
        if row is None or row.label is None:
            continue
        above = before.of(element)
        while element.name == "dt" and isinstance(above, Element) and above.name == "dd":
            above = before.of(above)
        run = last.pop(above.index, []) if isinstance(above, Element) else []
        if run and int(row.label) != len(run) + 1:
            run = []
        if not run:
            if row.label != "1":
                continue
            runs.append(run)
        run.append(row)
        last[element.index] = run
    found = [run for run in runs if _is_list(survey, run)]
    return found if len(found) <= _MOST_LISTS else []


def _row(survey: Survey, element: Element) -> Note | None:
    """An element that opens with a number which is not its own text; None for any other."""
    facts = element.facts
    number = _NUMBER.fullmatch(facts.first) if facts.text else None
    if number is None or facts.text > LONGEST_NOTE:
        return None
    if element.name == "dt":
        end = end_of(element, survey.elements)
        return Note(number[1], element, element.index, end) if end > element.end else None
    opens = next((child for child in element.children if not _is_blank(child)), "")
    if isinstance(opens, str) or facts.text < len(number[0]) + _SHORTEST:
        return None
    return Note(number[1], element, element.index, element.end)


def _is_blank(child: Element | str) -> bool:
    return not (child.strip() if isinstance(child, str) else child.facts.text)


def _is_list(survey: Survey, run: list[Note]) -> bool:
    addressed = sum(_has_address(survey, row) for row in run)
    return len(run) >= _FEWEST and addressed * 2 >= len(run)


def _has_address(survey: Survey, row: Note) -> bool:
    inside = survey.elements[row.begin : min(row.end, row.begin + _MOST_INSIDE)]
    if any(each.name == "a" and each.get("href").startswith("http") for each in inside):
        return True
    return any("http" in text_of(block) for block in row.blocks(survey.elements))
