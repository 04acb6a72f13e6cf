"""Parts -> the list that closes an article: paragraphs that count "[1]", "[2]", "[3]"... on.

Such a list has no head and no element of its own, and some of its entries are sentences without
an address ("[36] Footage of the bridge"). The count says what they are: entries of which half have
an address, or all of which the text above cites. Where the text above raises just these numbers,
one entry is enough: no sentence opens with a raised number, or with one in brackets where the
others are raised.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.extract.html.part import Part

_ENTRY = re.compile(r"\s*(?:\[([0-9]{1,4})\][.:]?|<sup>([0-9]{1,4})</sup>[.:]?)\s*")
_ADDRESSED = re.compile(r"https?://|\]\(<")
_CITED = re.compile(r"(?<!^)\[([0-9]{1,4})\]")
_CITED_HIGH = re.compile(r"(?<!^)<sup>([0-9]{1,4})</sup>")
_FEWEST = 3
"""Entries of a list that counts, half of them with an address, whatever the text cites."""
_FEWEST_CITED = 2
"""Entries of a list that counts from 1 and is cited in full."""
_WIDEST_STEP = 3
"""Lists written by hand skip a number now and then."""
_WIDEST_GAP = 3
"""Parts between two entries that belong to the first: its further lines."""


class Numbered(NamedTuple):
    """The entries of lists that count.

    Attributes:
        entries: Label and inline Markdown of each, in page order.
        parts: The places, among all parts, of those that held them.
    """

    entries: tuple[tuple[str, str], ...]
    parts: frozenset[int]


class _Entry(NamedTuple):
    """A part that may be an entry: its place, number and rest, and whether the number is raised."""

    place: int
    number: int
    rest: str
    high: bool


def numbered(parts: Sequence[Part]) -> Numbered:
    """Every run of parts that count on. Linear in the parts."""
    entries: list[tuple[str, str]] = []
    taken: set[int] = set()
    run: list[_Entry] = []
    cited, high = set[str](), set[str]()
    for place, part in enumerate(parts):
        entry = _entry(place, part)
        for line in part.lines:
            if "[" in line:
                cited.update(_CITED.findall(line))
            if entry is None and "<sup>" in line:
                high.update(_CITED_HIGH.findall(line))
        if entry is None:
            continue
        if run and not _follows(run[-1], entry):
            _take(run, parts, cited, high, entries, taken)
            run = []
        run.append(entry)
    _take(run, parts, cited, high, entries, taken)
    return Numbered(tuple(entries), frozenset(taken))


def _entry(place: int, part: Part) -> _Entry | None:
    """What a part is that opens with a number; one that holds several entries is left alone."""
    match = _ENTRY.match(part.lines[0]) if part.role in ("paragraph", "item") else None
    if match is None or (match[2] and any(map(_ENTRY.match, part.lines[1:]))):
        return None
    rest = " ".join([part.lines[0][match.end() :], *part.lines[1:]])
    return _Entry(place, int(match[1] or match[2]), rest, match[2] is not None)


def _follows(one: _Entry, other: _Entry) -> bool:
    """Whether one entry counts on from another near above it, and is written as that is."""
    near = other.place - one.place <= _WIDEST_GAP + 1
    return near and one.high is other.high and 0 < other.number - one.number <= _WIDEST_STEP


def _take(
    run: Sequence[_Entry],
    parts: Sequence[Part],
    cited: set[str],
    high: set[str],
    entries: list[tuple[str, str]],
    taken: set[int],
) -> None:
    if not any(entry.rest for entry in run) or not _is_list(run, cited, high):
        return
    high.clear()
    last = run[-1].place + 1
    while last < len(parts) and _goes_on(parts[last]):
        last += 1
    ends = [entry.place for entry in run[1:]] + [last]
    for entry, end in zip(run, ends, strict=True):
        taken.add(entry.place)
        further = [entry.rest]
        for between in range(entry.place + 1, end):
            if _goes_on(parts[between]):
                taken.add(between)
                further.extend(parts[between].lines)
        entries.append((str(entry.number), " ".join(further)))


def _is_list(run: Sequence[_Entry], cited: set[str], high: set[str]) -> bool:
    counts = [entry.number for entry in run]
    labels = set(map(str, counts))
    if labels == high or run[0].high:
        return labels == high
    if counts == list(range(1, len(run) + 1)) and cited >= labels and len(run) >= _FEWEST_CITED:
        return True
    addressed = sum(bool(_ADDRESSED.search(entry.rest)) for entry in run)
    return len(run) >= _FEWEST and addressed * 2 >= len(run)


def _goes_on(part: Part) -> bool:
    """Whether a part between two entries is a further line of the first."""
    return part.role in ("paragraph", "item") and bool(_ADDRESSED.match(part.lines[0].lstrip("[")))
