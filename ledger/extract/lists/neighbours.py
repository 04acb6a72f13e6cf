"""Lines next to the entries of a list that carry on its numbers -> entries without a page.

A list without a head is recognised by its addresses. "[3] Platts, by phone" between [2] and [4], or
right before the first or behind the last of a list, belongs to it where the text cites [3], or
where no blank line is between. Otherwise it would be read as a claim that cites itself.
"""

from collections.abc import Mapping, Sequence, Set
from functools import cache, partial

from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.entries import CITED, Entry, indent
from ledger.extract.lists.open_entry import OpenEntry


def entries_beside(
    entries: Sequence[OpenEntry], taken: set[int], alone: Mapping[int, Entry], lines: Sequence[str]
) -> list[OpenEntry]:
    """The entries of the lists and those beside them, in order of lines; `taken` grows.

    Args:
        entries: Of lists, each with the lines it took.
        taken: The lines of lists.
        alone: The lines that may begin an entry, by number.
        lines: Of the document.
    """
    left = {
        number: entry
        for number, entry in alone.items()
        if number not in taken
        and not entry.authored
        and not CITED.search(entry.rest)
        and len(entry.labels) == 1
        and entry.labels[0].isdecimal()
    }
    if not left or not entries:
        return list(entries)
    cited = cache(partial(_cited, lines, taken | left.keys()))
    ends = {opened.lines[-1]: opened for opened in entries if opened.labels}
    begins = {opened.lines[0]: opened for opened in entries if opened.labels}
    found = list(entries)
    for number in (*sorted(left), *sorted(left, reverse=True)):
        entry = left[number]
        label = int(entry.labels[0])
        above, below = ends.get(_beside(lines, number, -1)), begins.get(_beside(lines, number, 1))
        follows = above is not None and above.labels[-1] == str(label - 1)
        leads = below is not None and below.labels[0] == str(label + 1)
        if number in taken or not (follows or leads):
            continue
        next_line = (follows and number - 1 in ends) or (leads and number + 1 in begins)
        if next_line or entry.labels[0] in cited():
            opened = OpenEntry(entry.labels, number, entry.rest, indent(lines[number]))
            ends[number] = begins[number] = opened
            taken.add(number)
            found.append(opened)
    return sorted(found, key=lambda opened: opened.lines[0])


def _cited(lines: Sequence[str], without: Set[int]) -> set[str]:
    """The numbers that a document cites, but for some of its lines."""
    text = Above()
    text.read("\n".join(line for number, line in enumerate(lines) if number not in without))
    return text.numbers("bracketed")


def _beside(lines: Sequence[str], number: int, step: int) -> int:
    """The line above (-1) or below (1) another one, or behind the blank line that is there."""
    near = number + step
    blank = 0 <= near < len(lines) and not lines[near].strip()
    return near + step if blank else near
