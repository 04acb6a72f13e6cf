"""Lines -> the notes at the foot of printed pages, which the text above them cites.

They have no head, and the text continues below them. They are notes where they count on from page
to page and each page cites just the numbers of its own notes; on a single page, a rule drawn above
them is needed as well.
"""

from collections.abc import Iterable, Iterator, Sequence

from ledger.extract.lists.cited_list import Found
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.counted import Counted, counted
from ledger.extract.lists.runs import Run
from ledger.patterns import later

_WAYS = frozenset(("bare", "stopped", "raised"))
_FEWEST_PAGES = 2
"""Pages with notes below a text: one may be the list of the document."""
_BEGINS = later(r"\s{0,8}[0-9]{1,4}(?:\.\s|\s{1,8})[^\s\d]")
_LONGEST_FOOT, _MOST_AGAIN = 80, 4
"""Lines of the notes of one page, at most; and how often each line of a text is looked at."""
_RULE = later(r"\s{0,8}(?:_{5,200}|[—–─]{3,100}|-{8,200})\s*$")
"""What printers draw between a page and its notes."""


def page_notes(lines: Sequence[str], runs: Sequence[Run]) -> list[Found]:
    """The notes of the pages of a document that has no other list, among its counted lines."""
    return max(_of_pages(lines, runs), _of_pages(lines, _feet(lines)), key=_size)


def _size(found: Sequence[Found]) -> tuple[int, int]:
    entries = [opened for each in found for opened in each.entries]
    return len(entries), sum(len(opened.lines) for opened in entries)


def _of_pages(lines: Sequence[str], runs: Iterable[Run]) -> list[Found]:
    found: list[Found] = []
    begin, due = 0, 0
    ruled = False
    above = Above()
    for run in runs:
        if run.start < begin or run.way not in _WAYS or due not in (0, int(run.labels[0])):
            continue
        above.read("\n".join(lines[begin : run.start]))
        begin = run.start
        if not _is_cited(run, above, counts_on=bool(due)):
            continue
        rule = _rule_above(lines, run.start)
        ruled = ruled or (bool(rule) and set(run.labels) == above.numbers(run.way))
        found.append(Found(run.entries, rule))
        begin, due = run.end + 1, run.last + 1
        above = Above()
    return found if ruled or len(found) >= _FEWEST_PAGES else []


def _is_cited(run: Run, above: Above, *, counts_on: bool) -> bool:
    """Whether a page cites half of its notes, and nothing else; the first, unless that is due."""
    labels = run.labels
    cited = above.numbers(run.way)
    first = counts_on or labels[0] in {"1", *cited}
    return first and cited <= set(labels) and len(cited) * 2 >= len(labels)


def _feet(lines: Sequence[str]) -> Iterator[Run]:
    """Paragraphs, or their ends, whose first line has a number from which further lines count on.

    What stands between those is theirs, whatever it looks like: notes are wrapped anywhere.
    """
    within: set[int] = set()
    left = _MOST_AGAIN * len(lines)
    for number, line in enumerate(lines):
        first = None if number in within else _note_in(line)
        if first is None or left < 0:
            continue
        run = Run(number, first)
        for below in range(number + 1, min(number + _LONGEST_FOOT, len(lines))):
            if not lines[below].strip():
                break
            left -= 1
            note = _note_in(lines[below])
            if note and note.way == run.way and int(note.labels[0]) == run.last + 1:
                run.add(below, note)
                within.add(below)
            else:
                run.entries[-1].add(below, lines[below].strip())
        yield run


def _note_in(line: str) -> Counted | None:
    note = counted(line) if _BEGINS.match(line) else None
    return note if note and note.way in _WAYS and note.rest else None


def _rule_above(lines: Sequence[str], start: int) -> frozenset[int]:
    """The line of the rule that is drawn above the notes of a page; empty without."""
    near = [number for number in range(max(0, start - 2), start) if lines[number].strip()]
    return frozenset(number for number in near[-1:] if _RULE.match(lines[number]))
