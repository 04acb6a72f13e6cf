"""Lines -> the list of works that the text above them cites by author and year, whatever its head.

The text cites "(Roe, 2021)", and a line below begins "Roe, A. (2021)". A run of such lines is a
list where the text cites most of them in this way.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from ledger.extract.lists.headed_list import HEADING, headed_list
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import may_name_works, without_letter
from ledger.extract.markers.names_inside import works_in
from ledger.extract.markers.place import YEARS
from ledger.patterns import later

_YEAR = later(rf"{YEARS}|n\.\s?d\.")
_FEWEST = 2
"""Entries of such a list, and works of it that the text cites: one is chance."""
_MOST_RUNS = 3
"""From the end: a list closes a document, and each is compared with all above it."""
_MOST_BETWEEN = 3
"""Lines of an entry behind its first."""
_LONGEST_HEAD = 60
"""Characters of a line that heads such a list in words that are not known; chosen, as headings have
fewer and sentences more."""
_STOPPED = frozenset(".!?。")


def cited_works(lines: Sequence[str], most: int) -> tuple[list[OpenEntry], set[int]]:
    """The entries of the last list that is cited so, and its lines with its head; none without."""
    if not may_name_works("\n".join(lines)):
        return [], set()
    for run in islice(reversed([*_runs(lines)]), _MOST_RUNS):
        first = min(run)
        if len(run) < _FEWEST or not _is_cited(set(run.values()), "\n".join(lines[:first])):
            continue
        head = _head_of(lines, first)
        end, found = headed_list(lines, first - 1 if head is None else head, most)
        if found and found[0].lines[0] == first:
            return found, set(range(first if head is None else head, end))
    return [], set()


def _runs(lines: Sequence[str]) -> Iterator[dict[int, str]]:
    """Lines that begin as an entry does, with its label, one soon behind the other."""
    run: dict[int, str] = {}
    between = 0
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        work = authored(line) if _YEAR.search(line) else None
        if work:
            run[number] = work
            between = 0
            continue
        between += 1
        if run and (between > _MOST_BETWEEN or HEADING.match(line)):
            yield run
            run = {}
    if run:
        yield run


def _is_cited(works: set[str], above: str) -> bool:
    """Whether the text above a list cites half of it, two works at least."""
    families = {_family(work): work for work in works}
    named = set(works_in(above, frozenset(works) | frozenset(families)))
    cited = named | set(map(without_letter, named))
    both = sum(work in cited or family in cited for family, work in families.items())
    return both >= _FEWEST and both * 2 >= len(works)


def _family(work: str) -> str:
    """The label by the last word of the name: "van Roe 2020" is cited as "Roe 2020", too."""
    name, _, year = work.rpartition(" ")
    return f"{name.split()[-1]} {year}" if name else work


def _head_of(lines: Sequence[str], first: int) -> int | None:
    """The line above a list that heads it, by its look; None where prose or nothing is above."""
    above = next((n for n in range(first - 1, -1, -1) if lines[n].strip()), None)
    if above is None:
        return None
    text = lines[above].strip()
    short = len(text) <= _LONGEST_HEAD and text.rstrip("*_ ")[-1:] not in _STOPPED
    return above if HEADING.match(lines[above]) or (short and first - above <= 2) else None
