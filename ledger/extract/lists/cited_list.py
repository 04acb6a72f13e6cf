"""Lines -> the reference lists that the text above them cites, whatever heads and counts them.

Neither a head in a known language nor a known way to write entries is needed where the text itself
shows what the lines are: they are counted without a gap, pages are named in them, the markers above
cite these numbers, and the list closes the document or its part.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.extract.lists.address import goes_on
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.counted import BEGINS, Counted, counted
from ledger.extract.lists.entries import ADDRESS, CITED, LINK, Open, indent
from ledger.extract.lists.heads import is_head
from ledger.extract.markers.numbers import OPEN

_HEADING = re.compile(r"\s{0,3}#{1,6}\s|\s{0,8}(\*\*|__)[^*_\n]{1,80}\1\s*[:：]?\s*$")
_RULE = re.compile(r"\s{0,3}(?:[-*_=](?:\s?[-*_=]){2,100}|--)\s*$")
"""A line drawn across, and the one that a mail has above its signature."""
_ROW = re.compile(r"\s{0,8}\|.*\|\s*$")
_BULLETS = frozenset(("- ", "* ", "+ "))
_BRACKET = re.compile(rf"[^\w]{{0,12}}{OPEN}")
_BAR = re.compile(r"(?<!\\)\|")
_PAGE = re.compile(rf"(?<!\]\()(?<!\]\(<){ADDRESS.pattern}")
"""An address written out, which is no target of linked words."""
_FEWEST = 2
_FEWEST_EXPLAINED, _NEARLY_ALL = 1 / 2, 3 / 4
"""Parts of the citations that a list explains, or of the entries that are cited."""
_LOOK_AHEAD = 4
"""Lines below a sentence in which an entry's address or the next entry is."""
_LOOK_ABOVE = 8
"""Lines above a list in which its head is."""
_ROWS_OF_HEAD = 2
"""Names of columns, and the rule below them."""
_WIDEST_STEP = 30
"""How far the numbers of bracketed entries rise where entries of one page are folded into one."""


class Found(NamedTuple):
    """A list: its entries, and the lines of its head and of what belongs to no entry."""

    entries: list[Open]
    lines: frozenset[int]


class Run:
    """Counted lines that follow one another, and what belongs to them."""

    def __init__(self, number: int, first: Counted) -> None:
        self.way = first.way
        self.entries: list[Open] = []
        self.closed = False  # whether the document or its part ends with it
        self.add(number, first)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for opened in self.entries for label in opened.labels)

    def add(self, number: int, entry: Counted) -> None:
        self.entries.append(Open(entry.labels, number, entry.rest, entry.indent))

    @property
    def start(self) -> int:
        return self.entries[0].lines[0]

    @property
    def end(self) -> int:
        """The number of its last line."""
        return self.entries[-1].lines[-1]

    @property
    def last(self) -> int:
        return int(self.entries[-1].labels[0])

    def counts_on(self, entry: Counted) -> bool:
        step = int(entry.labels[0]) - self.last
        folded = self.way == "bracketed" and 1 <= step <= _WIDEST_STEP
        return entry.way == self.way and (step == 1 or folded)

    def continues(self, number: int, lines: Sequence[str]) -> bool:
        """Whether a line that counts nothing belongs to the entry before it."""
        last, line = self.entries[-1], lines[number]
        text = line.strip()
        if self.way == "row":
            return False
        if number > last.lines[-1] + 1:
            return not last.addressed and bool(ADDRESS.match(text) or LINK.fullmatch(text))
        if indent(line) > last.indent or ADDRESS.match(text) or goes_on(last.parts[-1], text):
            return True
        if last.addressed or CITED.search(text):
            return False
        return not last.stopped or self._leads_on(lines[number : number + _LOOK_AHEAD])

    def _leads_on(self, below: Sequence[str]) -> bool:
        """Whether an address or the next entry is near below, behind a sentence that ended."""
        for line in below:
            entry = counted(line)
            if ADDRESS.search(line) or (entry is not None and self.counts_on(entry)):
                return True
        return False


def cited_lists(lines: Sequence[str], most: int, *, bracketed: bool = False) -> list[Found]:
    """The lists of a document that its text cites.

    Args:
        lines: Of the document.
        most: Not many more entries are read.
        bracketed: Whether only entries with numbers in brackets are looked for, because the
            document has another list.
    """
    found: list[Found] = []
    begin = 0
    above = Above()
    for run in runs(lines, most, bracketed=bracketed):
        if not _is_listlike(run, lines, alone=not bracketed):
            continue
        above.read("\n".join(lines[begin : run.start]))
        begin = run.start
        if _is_cited(run, above.numbers(run.way)):
            found.append(Found(run.entries, _around(lines, run)))
            begin = run.end + 1
            above = Above()
    return found


def runs(lines: Sequence[str], most: int, *, bracketed: bool) -> Iterator[Run]:
    run: Run | None = None
    read = 0
    for number, line in enumerate(lines):
        if run is None and line[2 * (line[:2] in _BULLETS) :][:1] not in BEGINS:
            continue  # most lines
        if not line.strip():
            continue
        entry = counted(line) if not bracketed or _BRACKET.match(line) else None
        if entry and CITED.search(entry.rest):
            entry = None  # an item of prose: it cites a list
        if entry and run and run.counts_on(entry):
            run.add(number, entry)
            read += 1
        elif run and run.continues(number, lines) and not (entry and entry.labels == ("1",)):
            run.entries[-1].add(number, line.strip())
        else:
            if run:
                run.closed = bool(_HEADING.match(line) or _RULE.match(line) or is_head(line))
                yield run
            run = Run(number, entry) if entry else None
            read += 1
        if read > most:
            break
    if run:
        run.closed = True
        yield run


def _is_listlike(run: Run, lines: Sequence[str], *, alone: bool) -> bool:
    """Whether counted lines close their part or have a known head, and half of them name pages.

    Where it is the list of the document `alone`, none needs to: then all of them must be cited.
    """
    paged = _paged(run)
    if len(run.entries) < _FEWEST:  # a note set high under its own part: "³ Gazette, https://…"
        return run.way == "raised" and paged > 0 and _stands_apart(run, lines)
    if run.way == "bracketed" and paged == len(run.entries):
        return True  # no item of prose begins so
    first = run.way == "bracketed" and run.entries[0].labels == ("1",)
    if alone and first and _stands_apart(run, lines):
        return True
    if paged * 2 < len(run.entries):
        return run.way == "bare" and run.closed and run.entries[0].labels == ("1",)
    if run.way == "row":
        return _is_table_of_sources(lines, run)
    return run.closed or _stands_apart(run, lines) or _head_of(lines, run) is not None


def _stands_apart(run: Run, lines: Sequence[str]) -> bool:
    """Whether blank lines are around a list that is counted as no items of prose are."""
    around = (run.start - 1, run.end + 1)
    blank = all(not 0 <= number < len(lines) or not lines[number].strip() for number in around)
    return blank and run.way not in ("stopped", "bare", "parted", "row")


def _is_table_of_sources(lines: Sequence[str], run: Run) -> bool:
    """Whether a table stands under the head of a list or has a column of such a name."""
    start = _top(lines, run)
    named = start < run.start and any(map(is_head, _BAR.split(lines[start])))
    return named or _head_of(lines, run) is not None


def _paged(run: Run) -> int:
    return sum(_names_page(" ".join(opened.parts).strip(), run.way) for opened in run.entries)


def _is_cited(run: Run, cited: set[str]) -> bool:
    """Whether the numbers that the text above cites are those of a list.

    Half of the entries are cited, at least. Where each names its page, half of the citations are
    explained by them; where some name none, the text cites nothing beyond the list, or next to
    nothing (an exponent looks like a marker) and nearly all of the list.
    """
    known = {label for opened in run.entries for label in opened.labels}
    both = known & cited
    if not both or len(both) * 2 < len(known):
        return False
    if _paged(run) * 2 < len(run.entries):
        return known == cited
    explained = len(both) / len(cited)
    if _paged(run) == len(run.entries):
        return explained >= _FEWEST_EXPLAINED
    return explained == 1 or (explained >= _NEARLY_ALL and len(both) >= _NEARLY_ALL * len(known))


def _names_page(text: str, way: str) -> bool:
    """Whether an entry writes an address out, or begins or ends with linked words.

    Prose links words inside its sentences, or in brackets at their ends.
    """
    if way == "row" and LINK.search(text):
        return True
    if LINK.match(text.lstrip(' *_"“')) or _PAGE.search(text):
        return True
    return any(match.end() == len(text) for match in LINK.finditer(text))


def _head_of(lines: Sequence[str], run: Run) -> int | None:
    """The line of the known head of a list, with a sentence between them at most."""
    near = range(max(0, run.start - _LOOK_ABOVE), run.start)
    above = [number for number in near if lines[number].strip()]
    above = [number for number in above if run.way != "row" or not _ROW.match(lines[number])]
    for number in reversed(above[-2:]):
        if is_head(lines[number]):
            return number
        if not lines[number].rstrip().endswith((":", "：", ".", "。")):
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
        if above >= 0 and not title and _HEADING.match(lines[above]):
            head = above
    if head is not None:
        taken.add(head)
    return frozenset(taken)
