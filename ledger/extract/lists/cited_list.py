"""Lines -> the reference lists that the text above them cites, under any head and in any notation.

The list needs no head in a known language and no known way to write entries where the text itself
shows what the lines are: they are counted without a gap, they name pages, the markers above cite
their numbers, and they end the document or a part of it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.extract.lists.addresses import LINK
from ledger.extract.lists.cited_numbers import Above, only_links
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.runs import HEADING_OR_BOLD, Run, is_page
from ledger.patterns import later

_ROW = later(r"\s{0,8}\|.*\|\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_FEWEST = 2
"""Entries of a list: one alone must be a note that the text cites."""
_FEWEST_EXPLAINED, _NEARLY_ALL = 1 / 2, 3 / 4
"""Parts of the citations that a list explains, or of the entries that are cited."""
_LOOK_ABOVE = 8
"""Lines above a list in which its head is."""
_LEADS_ON = (":", "：")
"""What stands at the end of a step that says what to do, or of a line above items."""
_ROWS_OF_HEAD = 2
"""Names of columns, and the rule below them."""


class Found(NamedTuple):
    """A list: its entries, and the lines of its head and of what belongs to no entry."""

    entries: list[OpenEntry]
    lines: frozenset[int]


def cited_lists(lines: Sequence[str], counted: Sequence[Run], *, bracketed: bool) -> list[Found]:
    """The lists of a document that its text cites.

    Args:
        lines: Of the document.
        counted: Their runs of counted lines.
        bracketed: Whether these are only of numbers in brackets, because the document has another
            list.
    """
    found: list[Found] = []
    begin = 0
    linked = only_links("\n".join(lines))
    above = Above()
    for run in counted:
        listlike = _is_listlike(run, lines, alone=not bracketed)
        noted = not listlike and _may_be_notes_of_a_page(run, lines)
        if not listlike and not noted and not _may_be_last_notes(run):
            continue
        above.read("\n".join(lines[begin : run.start]))
        begin = run.start
        if listlike:
            cited = above.linked() if linked else above.anyhow(run.way)
            known = _explains(run, cited, lines) or (not linked and _is_cited(run, cited))
        else:
            labels = set(run.labels)
            way = run.way if noted and run.paged * 2 >= len(run.entries) else "halved"
            known = labels == above.numbers(way)
            known = known or (_may_be_notes(run, lines) and labels == above.surely())
        if known:
            found.append(Found(run.entries, _around(lines, run)))
            begin = run.end + 1
            above = Above()
    return found


def _is_listlike(run: Run, lines: Sequence[str], *, alone: bool) -> bool:
    """Whether counted lines close their part or have a known head, and half of them name pages.

    Where it is the list of the document `alone`, none needs to: then all of them must be cited.
    """
    if len(run.entries) < _FEWEST:
        if run.ends and run.way in ("bracketed", "stopped", "raised"):
            return is_page(run.entries[0].parts[-1]) or (alone and _is_lone_note(run, lines))
        # A note set high under its own part: "³ Gazette, https://…".
        noted = run.paged > 0 or run.labels == ("1",)
        return run.way == "raised" and noted and _stands_apart(run, lines)
    if run.way == "bracketed" and run.paged == len(run.entries):
        return True  # no item of prose begins so
    first = run.way in ("bracketed", "raised") and run.entries[0].labels == ("1",)
    if alone and first and _stands_apart(run, lines):
        return True
    if run.paged * 2 < len(run.entries):
        headed = run.way == "row" and _head_of(lines, run) is not None
        return headed or (run.way == "bare" and run.closed and run.entries[0].labels == ("1",))
    if run.way == "row":
        return _is_table_of_sources(lines, run)
    return run.closed or _stands_apart(run, lines) or _head_of(lines, run) is not None


def _is_lone_note(run: Run, lines: Sequence[str]) -> bool:
    """Whether the last paragraph may be the only note: "[1] Quay Times, https://…".

    What "[1] shows that" opens is a sentence about a source.
    """
    if not run.paged or run.way != "bracketed" or run.labels != ("1",):
        return False
    small = run.entries[0].parts[0].lstrip()[:1].islower()
    return not small and _stands_apart(run, lines)


def _may_be_notes(run: Run, lines: Sequence[str]) -> bool:
    """Whether nothing above counted lines says that they are items of something else.

    Where none of them has a link, two are too few.
    """
    near = range(max(0, run.start - _LOOK_ABOVE), run.start)
    above = next((lines[number] for number in reversed(near) if lines[number].strip()), "")
    leads = HEADING_OR_BOLD.match(above) or above.rstrip(" \t*_").endswith(_LEADS_ON)
    if leads and not is_head(above):
        return False
    linked = run.paged or any(LINK.search(" ".join(each.parts)) for each in run.entries)
    return bool(linked) or len(run.entries) > _FEWEST


def _may_be_last_notes(run: Run) -> bool:
    """Whether counted lines end a document and may be notes, of which its text cites all."""
    return run.ends and run.way == "stopped" and run.labels[0] == "1" and len(run.entries) > 1


def _may_be_notes_of_a_page(run: Run, lines: Sequence[str]) -> bool:
    """Whether counted lines may be all notes of a text that goes on: with thanks, or a page's foot.

    Half of them name pages, or have links; then the text above cites these numbers, and no others.
    """
    around = (run.start - 1, run.end + 1)
    blank = all(not 0 <= number < len(lines) or not lines[number].strip() for number in around)
    notes = run.way in ("bare", "stopped") and run.labels[0] == "1" and len(run.entries) > 1
    if not blank or not notes or run.entries[-1].parts[-1].rstrip().endswith(_LEADS_ON):
        return False
    linked = sum(LINK.search(" ".join(each.parts)) is not None for each in run.entries)
    return max(run.paged, linked) * 2 >= len(run.entries)


def _stands_apart(run: Run, lines: Sequence[str]) -> bool:
    """Whether blank lines are around a list that is counted as no items of prose are.

    Or a word with a colon above what closes the document, "Enclosures:".
    """
    above = lines[run.start - 1].strip() if run.start else ""
    below = lines[run.end + 1].strip() if run.end + 1 < len(lines) else ""
    blank = not below and (not above or (run.ends and above.endswith(":") and above[:-1].isalpha()))
    return blank and run.way not in ("stopped", "bare", "parted", "row")


def _is_table_of_sources(lines: Sequence[str], run: Run) -> bool:
    """Whether a table stands under the head of a list or has a column of such a name."""
    start = _top(lines, run)
    named = start < run.start and any(map(is_head, _BAR.split(lines[start])))
    return named or _head_of(lines, run) is not None


def _is_cited(run: Run, cited: set[str]) -> bool:
    """Whether the numbers that the text above cites are those of a list.

    Half of the entries are cited, at least. Where each names its page, half of the citations are
    explained by them; where some name none, the text cites nothing beyond the list, or next to
    nothing (an exponent looks like a marker) and nearly all of the list. Where most name none, it
    cites all of the list, unless that ends the document with numbers in brackets.
    """
    known = {label for opened in run.entries for label in opened.labels}
    both = known & cited
    if not both or len(both) * 2 < len(known):
        return False
    if run.paged * 2 < len(run.entries):
        return known == cited or (run.ends and run.way == "bracketed" and known > cited)
    explained = len(both) / len(cited)
    if run.paged == len(run.entries):
        return explained >= _FEWEST_EXPLAINED
    return explained == 1 or (explained >= _NEARLY_ALL and len(both) >= _NEARLY_ALL * len(known))


def _explains(run: Run, cited: set[str], lines: Sequence[str]) -> bool:
    """Whether a list has every number that the text above cites, however few those are.

    Where each entry names its page, and the list stands under a known head or closes the document.
    A table under a known head at its end is one also where the text cites in a way of its own.
    """
    known = {label for opened in run.entries for label in opened.labels}
    if not known.issuperset(cited) or run.paged < len(run.entries):
        return False
    if not cited:
        return run.way == "row" and run.closed and _head_of(lines, run) is not None
    closes = run.closed and run.entries[0].labels == ("1",)
    return closes or _head_of(lines, run) is not None


def _head_of(lines: Sequence[str], run: Run) -> int | None:
    """The line of the known head of a list, with a sentence between them at most."""
    near = range(max(0, run.start - _LOOK_ABOVE), run.start)
    above = [number for number in near if lines[number].strip()]
    above = [number for number in above if run.way != "row" or not _ROW.match(lines[number])]
    for number in reversed(above[-2:]):
        if is_head(lines[number]):
            return number
        if not lines[number].rstrip(" \t*_)").endswith((":", "：", ".", "。")):
            break
    return None


def _top(lines: Sequence[str], run: Run) -> int:
    """The first line of a list, with the head of its table."""
    start = run.start
    above = range(start - 1, max(-1, start - 1 - _ROWS_OF_HEAD), -1) if run.way == "row" else ()
    for number in above:
        if not _ROW.match(lines[number]):
            break
        start = number
    return start


def _around(lines: Sequence[str], run: Run) -> frozenset[int]:
    """The lines of a list that belong to no entry: its head, of known words or a heading's look."""
    start = _top(lines, run)
    taken = set(range(start, run.start))
    head = _head_of(lines, run)
    if head is None:
        above = start - 1
        while above >= 0 and not lines[above].strip():
            above -= 1
        title = not any(line.strip() for line in lines[max(0, above - _LOOK_ABOVE) : above])
        if above >= 0 and not title and HEADING_OR_BOLD.match(lines[above]):
            head = above
    if head is not None:
        taken.add(head)
    return frozenset(taken)
