"""Entries of a document -> the same, with those of lists that only the text's citations reveal."""

from collections.abc import Sequence

from ledger.extract.lists.cited_list import cited_lists
from ledger.extract.lists.interrupted import whole_runs
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.page_notes import page_notes
from ledger.extract.lists.runs import Run, runs
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

_FOOTNOTE = later(r"\[\^([0-9]{1,4})\]")


def with_cited_lists(
    entries: list[OpenEntry], taken: set[int], lines: Sequence[str], most: int, *, left: bool
) -> list[OpenEntry]:
    """The entries of a document and those of lists that only its citations show, in order of lines.

    Args:
        entries: Those that are known.
        taken: The lines of lists; those of the lists found here are added.
        lines: Of the document.
        most: Not many more entries are read.
        left: Whether a line that begins as an entry is in no list.
    """
    # Works that are known by author and year are cited so, and notes by their numbers beside them.
    known = any(each.labels and each.addressed and not is_work(each.labels[0]) for each in entries)
    if known and not left:
        return entries
    found_runs = whole_runs(runs(lines, most, bracketed=known), lines)
    counted = [run for run in found_runs if not _has_notes(run)]
    notes: list[Run] = []
    others: list[Run] = []
    for run in counted:
        (notes if _FOOTNOTE.match(lines[run.start].lstrip()) else others).append(run)
    found = cited_lists(_without_footnotes(entries, lines), others, bracketed=known)
    if notes:
        found.extend(cited_lists(lines, notes, bracketed=known))
    if not known and len(counted) > len(found):
        # Of the pages of a document, only some have notes that look like lists by themselves.
        found = max(found, page_notes(lines, counted), key=len)
    inside = {line for each in found for opened in each.entries for line in opened.lines}
    kept = [opened for opened in entries if inside.isdisjoint(opened.lines)]
    for each in found:
        taken.update(each.lines)
        kept.extend(each.entries)
    taken.update(inside)
    return sorted(kept, key=lambda opened: opened.lines[0]) if found else entries


def _has_notes(run: Run) -> bool:
    """Whether half of some counted lines have a note within them: it cites, and they are prose."""
    noted = sum(any("^[" in part for part in opened.parts) for opened in run.entries)
    return 2 * noted >= len(run.entries)


def _without_footnotes(entries: Sequence[OpenEntry], lines: Sequence[str]) -> Sequence[str]:
    """The lines without the marks of footnotes that the document explains: they cite no list."""
    noted = {
        mark[1] for each in entries if (mark := _FOOTNOTE.match(lines[each.lines[0]].lstrip()))
    }
    if not noted:
        return lines
    return [
        _FOOTNOTE.sub(lambda mark: "" if mark[1] in noted else mark[0], line)
        if "[^" in line
        else line
        for line in lines
    ]
