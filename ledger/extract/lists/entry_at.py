"""A line of a list -> the entry that it begins, given the entries above it.

`entry_of` knows what can begin an entry when the line is looked at alone. Here the entries above
it, and the lines around it, decide whether it does.
"""

from collections.abc import Sequence

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.continues import continues
from ledger.extract.lists.entries import BULLET, Entry, entry_of, indent
from ledger.extract.lists.next_entry import LOOK_AHEAD, bare_entry, line_below
from ledger.extract.lists.open_entry import OpenEntry, is_remark
from ledger.extract.lists.parts_of_entry import (
    ends_as_entry,
    is_bare_address,
    names_own_file,
    titles_page,
)
from ledger.extract.lists.year_last import is_unfinished, lacks_year, year_last
from ledger.extract.markers.authored import is_work


def entry_at(
    found: list[OpenEntry], known: set[str], lines: Sequence[str], number: int
) -> Entry | None:
    """The entry that a line begins in a list; None where it belongs to the entry before it."""
    line = lines[number]
    entry = bare_entry(found, lines, number) or entry_of(line, under_head=True)
    nameless = entry is None or not entry.is_marked
    if nameless and (work := year_last(lines, number, first=not found)):
        return Entry((work,), entry.rest if entry else line.strip(), authored=True)
    if entry is None:
        first = not found or found[-1].is_bare_address
        alone = (first and is_bare_address(line)) or is_unmarked_entry(found, lines, number)
        alone = alone or _is_titled_page(found, lines, number)
        return Entry((), line.strip()) if alone else None
    if not found:
        return entry
    if _is_below_its_page(found[-1], entry, line):
        return None
    if not found[-1].labels:
        return entry
    nameless = not (entry.is_marked or has_address(entry.rest))
    deeper = indent(line) > found[-1].indent
    if deeper and not any(found[-1].parts):
        return None  # "[RFC1035]" on a line of its own
    beside = BULLET.match(line) and BULLET.match(lines[found[-1].lines[0]]) and not deeper
    if is_work(found[-1].labels[0]) and number == found[-1].lines[-1] + 1 and not beside:
        counted = bool(entry.labels) and entry.labels[0].isdecimal()
        if counted or lacks_year(found[-1]) or is_unfinished(found):
            return None  # the rest of a work: "235. North Press, 2009."
    wraps = entry.authored and (
        _wraps(found, known, lines, number) or _is_below_bullet(found[-1], lines, number)
    )
    if (nameless and deeper) or wraps:
        return None
    return entry


def _is_below_its_page(last: OpenEntry, entry: Entry, line: str) -> bool:
    """Whether an item says something of the page above it: "  - How the quay was built"."""
    paged = has_address(last.parts[0]) and indent(line) > last.indent
    return paged and not entry.is_marked and is_remark(line.strip())


def is_unmarked_entry(found: list[OpenEntry], lines: Sequence[str], number: int) -> bool:
    """Whether a line without a mark is an entry of a list that has none: "Roe, Dams, https://…".

    It ends in its address, and so does what is above and below it in the list, but for files. Where
    a copy lost the addresses, it ends with the day on which the page was read.
    """
    numbered = bool(found) and any(map(str.isdecimal, found[-1].labels))
    if not ends_as_entry(lines[number]):
        return not numbered and names_own_file(lines, number, found[-1] if found else None)
    if found:
        a_file = not (found[-1].labels or found[-1].addressed)
        return not numbered and (a_file or ends_as_entry(lines[found[-1].lines[-1]]))
    return ends_as_entry(line_below(lines, number))


def _is_titled_page(found: list[OpenEntry], lines: Sequence[str], number: int) -> bool:
    """Whether a title begins an entry of a list in which each has its address on a line below."""
    if not titles_page(lines, number, first=not found):
        return False
    if found:
        return found[-1].addressed and not found[-1].labels
    below = range(number + 2, min(number + 2 * LOOK_AHEAD, len(lines)))
    return any(titles_page(lines, other) for other in below)


def _wraps(found: list[OpenEntry], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a line that could begin a work by its author goes on with a numbered entry."""
    last = found[-1]
    numbered = bool(last.labels) and last.labels[-1].isdecimal()
    return numbered and number == last.lines[-1] + 1 and continues(found, known, lines, number)


def _is_below_bullet(last: OpenEntry, lines: Sequence[str], number: int) -> bool:
    """Whether a line goes on with a bullet that only names its work: "- Roe (2020)"."""
    alone = last.lines[-1] == last.lines[0] == number - 1 and not (last.addressed or last.stopped)
    return alone and bool(BULLET.match(lines[number - 1])) and not BULLET.match(lines[number])
