"""Lines -> the reference lists that the text above them cites, whatever heads and counts them.

Neither a head in a known language nor a known way to write entries is needed where the text itself
shows what the lines are: they are counted without a gap, pages are named in them, the markers above
cite these numbers, and the list closes the document or its part.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.extract.address import goes_on
from ledger.extract.counted import Counted, counted
from ledger.extract.entries import ADDRESS, CITED, LINK, Open, indent
from ledger.extract.evidence import CIRCLED, CLOSE, FLAT_NUMBER, NUMBERS, OPEN, SUPERS, expand
from ledger.extract.heads import is_head

_HEADING = re.compile(r"\s{0,3}#{1,6}\s|\s{0,8}(\*\*|__)[^*_\n]{1,80}\1\s*[:：]?\s*$")
_RULE = re.compile(r"\s{0,3}[-*_=](?:\s?[-*_=]){2,100}\s*$")
_DIVIDER = re.compile(r"\s{0,8}\|[\s:|-]{3,400}\|\s*$")
_ROW = re.compile(r"\s{0,8}\|.*\|\s*$")
_BRACKETS = re.compile(rf"{OPEN}\s?\^?({NUMBERS})\^?\s?\\?{CLOSE}(?!\((?:https?:|www\.))")
_ROUND = re.compile(rf"(?<=\w)\s?\(({NUMBERS})\)(?=[.,;:!?。，；]|\s*$)", re.M)
_HIGH = re.compile(rf"<sup[^<>\n]{{0,100}}>\s?\[?({NUMBERS})|\^({NUMBERS})\^|([¹²³⁴-⁹][⁰¹²³⁴-⁹]{{0,3}})")
_CIRCLE = re.compile(r"[①-⑳]")
_PAGE = re.compile(rf"(?<!\]\()(?<!\]\(<){ADDRESS.pattern}")
"""An address written out, which is no target of linked words."""
_FEWEST = 2
_FEWEST_EXPLAINED, _NEARLY_ALL = 1 / 2, 3 / 4
_WIDEST_STEP = 30
"""How far the numbers of bracketed entries rise where entries of one page are folded into one."""


class Found(NamedTuple):
    """A list: its entries, and the lines of its head and of what belongs to no entry."""

    entries: list[Open]
    lines: frozenset[int]


class _Run:
    """Counted lines that follow one another, and what belongs to them."""

    def __init__(self, number: int, first: Counted) -> None:
        self.way = first.way
        self.entries: list[Open] = []
        self.closed = False  # whether the document or its part ends with it
        self.add(number, first)

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
        return max(map(int, self.entries[-1].labels[:1]))

    def counts_on(self, entry: Counted) -> bool:
        step = int(entry.labels[0]) - self.last
        folded = self.way == "bracketed" and 1 <= step <= _WIDEST_STEP
        return entry.way == self.way and (step == 1 or folded)

    def continues(self, number: int, line: str) -> bool:
        """Whether a line that counts nothing belongs to the entry before it."""
        last, text = self.entries[-1], line.strip()
        if self.way == "row":
            return False
        if number > last.lines[-1] + 1:
            return not last.addressed and bool(ADDRESS.match(text) or LINK.fullmatch(text))
        if indent(line) > last.indent or ADDRESS.match(text) or goes_on(last.parts[-1], text):
            return True
        return not last.addressed and not CITED.search(text)


def cited_lists(lines: Sequence[str], most: int) -> list[Found]:
    """The lists of a document that its text cites; not many more than `most` entries are read."""
    found: list[Found] = []
    begin = 0
    above = _Above()
    for run in _runs(lines, most):
        if not _is_listlike(run, lines):
            continue
        above.read("\n".join(lines[begin : run.start]))
        begin = run.start
        if _is_cited(run, above.numbers(run.way)):
            found.append(Found(run.entries, _around(lines, run)))
            begin = run.end + 1
            above = _Above()
    return found


def _runs(lines: Sequence[str], most: int) -> Iterator[_Run]:
    run: _Run | None = None
    read = 0
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        entry = counted(line)
        if entry and CITED.search(entry.rest):
            entry = None  # an item of prose: it cites a list
        if entry and run and run.counts_on(entry):
            run.add(number, entry)
            read += 1
        elif run and run.continues(number, line) and not (entry and entry.labels == ("1",)):
            run.entries[-1].add(number, line.strip())
        else:
            if run:
                run.closed = bool(_HEADING.match(line) or _RULE.match(line) or is_head(line))
                yield run
            run = _Run(number, entry) if entry else None
            read += 1
        if read > most:
            break
    if run:
        run.closed = True
        yield run


def _is_listlike(run: _Run, lines: Sequence[str]) -> bool:
    """Whether counted lines close their part or have a known head, and half of them name pages."""
    if len(run.entries) < _FEWEST or not (run.closed or _head_of(lines, run) is not None):
        return False
    return _paged(run) * 2 >= len(run.entries)


def _paged(run: _Run) -> int:
    return sum(_names_page(" ".join(opened.parts)) for opened in run.entries)


def _is_cited(run: _Run, cited: set[str]) -> bool:
    """Whether the numbers that the text above cites are those of a list.

    Half of the entries are cited, at least. Where each names its page, half of the citations are
    explained by them; where some name none, the text cites nothing beyond the list, or next to
    nothing (an exponent looks like a marker) and nearly all of the list.
    """
    known = {label for opened in run.entries for label in opened.labels}
    both = known & cited
    if not both or len(both) * 2 < len(known):
        return False
    explained = len(both) / len(cited)
    if _paged(run) == len(run.entries):
        return explained >= _FEWEST_EXPLAINED
    return explained == 1 or (explained >= _NEARLY_ALL and len(both) >= _NEARLY_ALL * len(known))


def _names_page(text: str) -> bool:
    """Whether an entry writes an address out, or is led by its linked title."""
    return bool(LINK.match(text.strip(" *_\"“")) or _PAGE.search(text) or LINK.search(text[-2300:]))


class _Above:
    """The numbers that a text cites, as far as it was read."""

    def __init__(self) -> None:
        self.sure: set[str] = set()
        self.circled: set[str] = set()
        self.flat: set[str] = set()
        self.rounded: set[str] = set()

    def read(self, text: str) -> None:
        self.sure.update(_expanded(_BRACKETS.findall(text)))
        high = (next(filter(None, each)) for each in _HIGH.findall(text))
        self.sure.update(_expanded(number.translate(SUPERS) for number in high))
        self.circled.update(str(CIRCLED.index(sign) + 1) for sign in _CIRCLE.findall(text))
        self.flat.update(FLAT_NUMBER.findall(text))
        self.rounded.update(_expanded(_ROUND.findall(text)))

    def numbers(self, way: str) -> set[str]:
        """Those in brackets or set high; without any those that may be markers, too."""
        if way == "circled":
            return self.circled
        return self.sure or self.flat or self.rounded


def _expanded(found: Iterable[str]) -> Iterator[str]:
    return (label for inside in found for label in expand(inside) or ())


def _head_of(lines: Sequence[str], run: _Run) -> int | None:
    """The line of the known head of a list, with a sentence between them at most."""
    above = [number for number in range(max(0, run.start - 8), run.start) if lines[number].strip()]
    above = [number for number in above if run.way != "row" or not _ROW.match(lines[number])]
    for number in reversed(above[-2:]):
        if is_head(lines[number]):
            return number
        if not lines[number].rstrip().endswith((":", "：", ".", "。")):
            break
    return None


def _around(lines: Sequence[str], run: _Run) -> frozenset[int]:
    """The lines of a list that belong to no entry: its head, of known words or a heading's look."""
    taken: set[int] = set()
    start = run.start
    while run.way == "row" and start > 0 and _ROW.match(lines[start - 1]):
        start -= 1
        taken.add(start)
    head = _head_of(lines, run)
    if head is None:
        above = start - 1
        while above >= 0 and not lines[above].strip():
            above -= 1
        first = next(number for number, line in enumerate(lines) if line.strip())
        if above > first and _HEADING.match(lines[above]):
            head = above
    if head is not None:
        taken.add(head)
    return frozenset(taken)
