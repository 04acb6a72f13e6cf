"""A line of a list that begins no entry -> whether it continues the entry above it.

What follows an entry and is no entry itself belongs to it, so that a title and its address may
stand on different lines; but a sentence right below the list stays prose.
"""

from collections.abc import Sequence

from ledger.extract.lists.addresses import ADDRESS
from ledger.extract.lists.entries import cites, entry_of, indent
from ledger.extract.lists.fields import is_field_of_page
from ledger.extract.lists.next_entry import LOOK_AHEAD, bare_entry, is_next
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.parts_of_entry import is_bare_address, is_of_paragraph
from ledger.extract.lists.works import authored
from ledger.extract.lists.year_last import lacks_year, year_last
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

_PARAGRAPH_INDENT = 3
"""Columns by which a line is deeper, at least, that goes on with an entry behind a blank line."""
_TARGET = later(r"\s{0,8}<a\s(?:id|name)=[^<>\n]{1,100}>(?:</a>)?\s{0,8}")
"""A line that is nothing but the place that a link leads to."""
_FURTHEST_WORK = 9
"""How far below a line of a work the next work begins at most: works may be long."""


def continues(found: list[OpenEntry], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a line that is no entry belongs to the entry before it.

    It is indented, or is its address, or the entry is not complete without it, or other entries
    go on in the same way. A line that cites the list is prose.
    """
    last, text = found[-1], lines[number].strip()
    deeper = indent(lines[number]) - last.indent
    if number > last.lines[-1] + 1:
        paged = not last.addressed and (
            ADDRESS.match(text) or (last.labels and is_field_of_page(text))
        )
        own = deeper >= _PARAGRAPH_INDENT or paged
        return bool(own) or not any(last.parts) or _is_between(last, known, lines, number)
    if deeper > 0 or ADDRESS.match(text):
        return True
    if cites(text, known):
        return False
    if lacks_year(last):
        return True
    if (not last.addressed and not last.stopped) or is_of_paragraph(found, number):
        return True
    habit = len(found) > 1 and len(last.lines) < len(found[-2].lines)
    return habit or _leads_on(found, lines, number)


def _is_between(last: OpenEntry, known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a paragraph stands between a note and the next one, and so is of the first."""
    line = lines[number]
    below = lines[number + 1 : number + LOOK_AHEAD]
    next_one = next((line for line in below if line.strip() and not _TARGET.fullmatch(line)), "")
    return not (cites(line, known) or is_bare_address(line)) and is_next(last, next_one)


def _leads_on(found: list[OpenEntry], lines: Sequence[str], number: int) -> bool:
    """Whether the entry's address or the next entry is near below."""
    last = found[-1]
    if last.labels and is_work(last.labels[0]):
        further = range(number + 1, min(number + _FURTHEST_WORK, len(lines)))
        if any(authored(lines[at]) or year_last(lines, at, first=False) for at in further):
            return True
    for at, below in enumerate(lines[number + 1 : number + LOOK_AHEAD], number + 1):
        if below[:1].isdecimal() and bare_entry(found, lines, at):
            return True
        if not last.addressed and (ADDRESS.match(below.strip()) or is_field_of_page(below.strip())):
            return True
        entry = entry_of(below, under_head=True) if last.labels else None
        if entry and entry.labels and last.labels[-1].isdecimal() and entry.labels[0].isdecimal():
            return int(entry.labels[0]) == int(last.labels[-1]) + 1
    return False
