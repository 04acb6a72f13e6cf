"""A list of works -> where it continues below a table or figure in the middle of a printed page.

Tables and figures are set where a page has room for them, even between two entries.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from ledger.extract.lists.head_note import KEYED
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.runs import HEADING_OR_BOLD, Run
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

_KNOWN, _FEWEST, _FURTHEST = 2, 3, 400
"""Entries in order before the break and behind it that show it, and lines of what stands between: a
figure drawn in letters has one for each number of its axes."""
_FOOT = 4
"""Lines that a printed page has at its foot and at its head, at most."""
_NUMBERED = later(r"\s{0,8}(?:\[(?P<bracketed>[0-9]{1,4})\]|(?P<stopped>[0-9]{1,4})\.)\s+[^\W\d]")


def goes_on_at(lines: Sequence[str], end: int, found: Sequence[OpenEntry]) -> int | None:
    """The number of the line on which a list goes on; None where nothing shows that it does.

    Args:
        lines: Of the document.
        end: The line after the last one of the list.
        found: Its entries, which are counted, or begin with keys, or are known by author and year
            and stand in the order of the alphabet.
    """
    if count := _count_of(lines, found):
        return _counts_on_at(lines, end, count)
    if found and all(KEYED.match(lines[each.lines[0]]) for each in found):
        near = islice(_up_to_a_head(lines, end), _FOOT)
        return next((number for number, line in near if KEYED.match(line)), None)
    labels = (each.labels[0] for each in found if each.labels)
    names = [_name(label) for label in labels if is_work(label)]
    if len(names) < _KNOWN or any(above > below for above, below in pairwise(names)):
        return None
    going_on: list[int] = []
    last = names[-1]
    for number, line in _up_to_a_head(lines, end):
        name = _name(authored(line) or "")
        going_on = [*going_on, number] if name >= last else []
        if len(going_on) == _FEWEST:
            return going_on[0]
        last = name if going_on else names[-1]
    return None


def whole_runs(counted: Iterable[Run], lines: Sequence[str]) -> list[Run]:
    """Runs of counted lines, those that go on behind the foot of a printed page joined.

    Numbers in brackets that count from one, a few lines that neither cite nor head, and the next
    number: "[12] Roe, Dams.", "Quay Notes 2021, 8, 9 of 10", "[13] Poe, Gates.".
    """
    found: list[Run] = []
    for run in counted:
        alone = len(found) > 1 and len(found[-1].entries) == 1  # the number of the page
        if alone and _goes_on(found[-2], run, lines):
            found.pop()
        if found and _goes_on(found[-1], run, lines):
            last = found[-1]
            last.entries.extend(run.entries)
            last.closed, last.ends = run.closed, run.ends
        else:
            found.append(run)
    return found


def _goes_on(above: Run, run: Run, lines: Sequence[str]) -> bool:
    if above.way != "bracketed" or run.way != "bracketed" or above.labels[0] != "1":
        return False
    if len(above.entries) < _FEWEST or run.labels[0] != str(above.last + 1):
        return False
    between = [line for line in lines[above.end + 1 : run.start] if line.strip()]
    return 0 < len(between) <= _FOOT and not any(
        HEADING_OR_BOLD.match(line) or is_head(line) or "[" in line for line in between
    )


def _count_of(lines: Sequence[str], found: Sequence[OpenEntry]) -> tuple[str, int] | None:
    """How a list counts, and its last number; None where its entries have none that count on."""
    counts = [match for each in found if (match := _NUMBERED.match(lines[each.lines[0]]))]
    ways = {match.lastgroup or "" for match in counts}
    numbers = [int(match[match.lastgroup or 0]) for match in counts]
    if len(counts) < len(found) or len(ways) > 1 or len(counts) < _KNOWN:
        return None
    in_turn = all(below == above + 1 for above, below in pairwise(numbers))
    return (ways.pop(), numbers[-1]) if in_turn else None


def _counts_on_at(lines: Sequence[str], end: int, count: tuple[str, int]) -> int | None:
    """The line of the next number; a stop may stand behind any, so that two are asked for."""
    way, last = count
    begins: int | None = None
    for number, line in _up_to_a_head(lines, end):
        match = _NUMBERED.match(line)
        if match is None or match.lastgroup != way:
            continue
        if begins is not None and int(match[way]) == last + 2:
            return begins
        if int(match[way]) == last + 1:
            begins = number
            if way == "bracketed":
                return begins
    return None


def _up_to_a_head(lines: Sequence[str], end: int) -> Iterator[tuple[int, str]]:
    """The lines near the end of a list that say something, with their numbers."""
    for number in range(end, min(len(lines), end + _FURTHEST)):
        if is_head(lines[number]):
            return
        if lines[number].strip():
            yield number, lines[number]


def _name(work: str) -> str:
    """The first word of the author of a work: "doe" of "Doe JQ 2017"."""
    return work.partition(" ")[0].casefold()
