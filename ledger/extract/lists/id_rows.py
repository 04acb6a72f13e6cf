"""Lines and rows that begin with ids -> definitions: "| D1 | Charter | https://… |" -> "[D1]: …".

The ids of lines have no brackets: "- **S1** — Charter, https://…", "- src-001: https://…". Asked
only where no list has markers; the rows may stand anywhere, even above the text. They are a list
where each row has an id, half of the rows name a page, and the rest of the text cites half of the
ids. Rows that name files or works without a page are a list only where the ids are cited in
brackets and the head above the rows speaks of sources.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.table_rows import is_head_of_table, table_row
from ledger.extract.markers.keys import KEY, keys_in
from ledger.extract.markers.worded import KIND
from ledger.patterns import later

_ID = r"(?:[A-Z]{1,3}-?|[A-Za-z]{2,8}[-_])[0-9]{1,4}"
_CITED = later(
    rf"(?:[\[(（【|`,;/]|[Ss]ources?:|SOURCES?:)\s{{0,8}}({_ID})(?=\s{{0,8}}[\])）】|`,;/§])"
    rf"|[\[(（【]{KIND}([0-9]{{1,4}})(?=[\])）】,;，；、])"
)
_IN_BRACKETS = later(
    rf"(?:[\[(（【]|\|\s{{0,4}})({_ID}(?:\s?[,;/–-]\s?{_ID}){{0,9}})(?=[\])）】]|\s{{0,4}}\|)"
)
"""Or alone in a cell of a table."""
_ONE_ID = later(_ID)
_OF_SOURCES = later(
    r"(?i:\b(?:evidence|exhibits?|sources?|citations?|references?|documents?|bibliography)\b)"
)
_LINE = later(
    rf"\s{{0,8}}(?:[-*+•]\s{{1,4}})?(?P<mark>[*_`]{{0,3}})\[?(?P<id>{_ID}|{KEY})\]?"
    r"(?:[:.]?(?P=mark)(?<=[*_`])\s?[:.—–-]?|\s?[:—–]|\.)\s{1,4}(?P<rest>\S.*)$"
)
_MAY_BEGIN = frozenset("-*+•_`[ \t")
_FEWEST = 2
"""Rows, or lines, that are a list: one may be an item that happens to begin with an id."""
_END = "#"
_HEAD = "## Sources"


def cites_ids(text: str) -> bool:
    """Whether there are ids in brackets in a text: "[E-01]", "(S1; S3)"."""
    return _IN_BRACKETS.search(text) is not None or any(keys_in(text))


def with_id_rows(lines: Sequence[str]) -> Sequence[str] | None:
    """The lines; "| D1 | Charter |" of a list of sources becomes "[D1]: Charter". None without.

    The head of a table goes. Where the head above is not what lists of sources are headed by, it
    becomes one. A part of the list, under a head of its own, may have one line.
    """
    text = _Text(lines)
    for rows in _tables(lines):
        if head := text.proves(rows):
            return head.in_place(_with_table(lines, rows))
    for run in _runs(lines):
        if head := text.proves(run):
            more = (each for each in _runs(lines, fewest=1) if text.proves_part(each))
            return head.in_place(_with_run(lines, {*run, *chain.from_iterable(more)}))
    return None


def _with_table(lines: Sequence[str], rows: Mapping[int, tuple[str, str]]) -> list[str]:
    """The lines, these rows as definitions, and nothing in place of the names of their columns."""
    answer = list(lines)
    for number, (label, rest) in rows.items():
        answer[number] = f"[{label}]: {rest}"
    first = min(rows)
    for number in range(max(0, first - 2), first):
        if is_head_of_table(lines, number):
            answer[number] = ""
    return answer


def _with_run(lines: Sequence[str], run: Iterable[int]) -> list[str]:
    """The lines, those with these numbers as definitions."""
    answer = list(lines)
    for number in run:
        if match := _LINE.match(lines[number]):
            answer[number] = f"[{match['id']}]: {match['rest']}"
    return answer


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a list; `number` is None where the list needs none."""

    number: int | None = None

    def in_place(self, lines: list[str]) -> list[str]:
        """The lines with a head that every list may have."""
        if self.number is not None and not is_head(lines[self.number]):
            lines[self.number] = _HEAD
        return lines


class _Text:
    """What is asked of a text for each of its runs, found out once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def proves(self, rows: Mapping[int, tuple[str, str]]) -> _Head | None:
        """The head of the list that rows are; None where they are none."""
        head = None
        addressed = 2 * sum(has_address(rest) for _, rest in rows.values()) >= len(rows)
        if not addressed and (head := self._head_of_sources(min(rows))) is None:
            return None
        cited = self._cited if addressed else self._cited_in_brackets
        ids = {label for label, _ in rows.values()}
        outside = sum(any(line not in rows for line in cited.get(each, ())) for each in ids)
        return _Head(head) if 2 * outside >= len(ids) else None

    def proves_part(self, rows: Mapping[int, tuple[str, str]]) -> bool:
        """Whether rows are a part of a list that another one proved: each has a page."""
        return all(has_address(rest) for _, rest in rows.values()) and self.proves(rows) is not None

    def _head_of_sources(self, first: int) -> int | None:
        """The last head above a line, if it is one of a list, or speaks of sources at all."""
        at = bisect_left(self._heads, first)
        head = self._heads[at - 1] if at else None
        if head is None or is_head(self._lines[head]):
            return head
        return head if _OF_SOURCES.search(self._lines[head]) else None

    @cached_property
    def _heads(self) -> Sequence[int]:
        lines = enumerate(self._lines)
        return [number for number, line in lines if line.startswith(_END) or is_head(line)]

    @cached_property
    def _cited(self) -> Mapping[str, Sequence[int]]:
        """Each id with the lines that cite it, in any way."""
        return self._lines_of(
            lambda line: [
                *(match[1] or match[2] for match in _CITED.finditer(line)),
                *keys_in(line),
            ]
        )

    @cached_property
    def _cited_in_brackets(self) -> Mapping[str, Sequence[int]]:
        return self._lines_of(
            lambda line: [
                *(
                    label
                    for match in _IN_BRACKETS.finditer(line)
                    for label in _ONE_ID.findall(match[1])
                ),
                *keys_in(line),
            ]
        )

    def _lines_of(self, cited: Callable[[str], list[str]]) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            for label in cited(line):
                found.setdefault(label, []).append(number)
        return found


def _tables(lines: Sequence[str]) -> Iterator[dict[int, tuple[str, str]]]:
    """Rows one below the other, each with its id and what it says."""
    rows: dict[int, tuple[str, str]] = {}
    for number, line in enumerate((*lines, _END)):
        if row := table_row(line):
            rows[number] = row
        elif rows:
            if len(rows) >= _FEWEST:
                yield rows
            rows = {}


def _runs(lines: Sequence[str], *, fewest: int = _FEWEST) -> Iterator[dict[int, tuple[str, str]]]:
    """Lines that begin with an id, one below the other; one alone is enough under a head.

    Each with its id, and what it says with the indented lines below it.
    """
    run: dict[int, tuple[str, str]] = {}
    headed = False
    above = ""
    for number, line in enumerate((*lines, _END)):
        if not line.strip():
            continue
        match = _LINE.match(line) if line[0] in _MAY_BEGIN or line[0].isalpha() else None
        if match:
            headed = headed or (not run and is_head(above))
            last = number
            run[number] = match["id"], match["rest"]
        elif run and line[0].isspace():
            run[last] = run[last][0], f"{run[last][1]} {line.strip()}"
        elif run:
            if headed or len(run) >= fewest:
                yield run
            run, headed = {}, False
        above = line
