"""Parts -> the list that closes an article: paragraphs that count "[1]", "[2]", "[3]"... on.

Such a list has no head and no element of its own, and some of its entries are sentences without
an address ("[36] Footage of the bridge"). The count says what they are: entries of which half have
an address, or all of which the text above cites.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.extract.html.walk import Part

_ENTRY = re.compile(r"\s*\[([0-9]{1,4})\][.:]?\s*")
_ADDRESSED = re.compile(r"https?://|\]\(<")
_CITED = re.compile(r"(?<!^)\[([0-9]{1,4})\]")
_FEWEST = 3
_FEWEST_CITED = 2
_WIDEST_STEP = 3
"""Lists written by hand skip a number now and then."""
_WIDEST_GAP = 3
"""Parts between two entries that belong to the first: its further lines."""


class Numbered(NamedTuple):
    """Entries of such a list: label and characters; and the numbers of the parts that held them."""

    entries: tuple[tuple[str, str], ...]
    parts: frozenset[int]


def numbered(parts: Sequence[Part]) -> Numbered:
    """Every run of parts that count on. Linear in the parts."""
    entries: list[tuple[str, str]] = []
    taken: set[int] = set()
    run: list[tuple[int, int, str]] = []
    cited: set[str] = set()
    for place, part in enumerate(parts):
        match = _ENTRY.match(part.lines[0]) if part.role in ("paragraph", "item") else None
        cited.update(label for line in part.lines for label in _CITED.findall(line))
        if match is None:
            continue
        number = int(match[1])
        rest = " ".join([part.lines[0][match.end() :], *part.lines[1:]])
        if run and not (
            0 < number - run[-1][1] <= _WIDEST_STEP and place - run[-1][0] <= _WIDEST_GAP + 1
        ):
            _take(run, parts, cited, entries, taken)
            run = []
        run.append((place, number, rest))
    _take(run, parts, cited, entries, taken)
    return Numbered(tuple(entries), frozenset(taken))


def _take(
    run: Sequence[tuple[int, int, str]],
    parts: Sequence[Part],
    cited: set[str],
    entries: list[tuple[str, str]],
    taken: set[int],
) -> None:
    addressed = sum(bool(_ADDRESSED.search(rest)) for _, _, rest in run)
    counts = [number for _, number, _ in run]
    known = counts == list(range(1, len(run) + 1)) and cited.issuperset(map(str, counts))
    if not (known and len(run) >= _FEWEST_CITED) and (
        len(run) < _FEWEST or addressed * 2 < len(run)
    ):
        return
    last = run[-1][0] + 1
    while last < len(parts) and _goes_on(parts[last]):
        last += 1
    ends = [place for place, _, _ in run[1:]] + [last]
    for (place, number, rest), end in zip(run, ends, strict=True):
        taken.add(place)
        further = [rest]
        for between in range(place + 1, end):
            if _goes_on(parts[between]):
                taken.add(between)
                further.extend(parts[between].lines)
        entries.append((str(number), " ".join(further)))


def _goes_on(part: Part) -> bool:
    """Whether a part between two entries is a further line of the first."""
    return part.role in ("paragraph", "item") and bool(_ADDRESSED.match(part.lines[0].lstrip("[")))
