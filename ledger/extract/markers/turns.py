"""A text that numbers its sources as it first cites them -> which doubtful numbers are markers.

Numbers that lost their height stand in places where counts stand, too: "Windows 11, which", "sank
in 202314 –", "below $400.11 The". Where numbers count up from first citation to first citation,
the next one due is a marker in such a place, and one far ahead of its turn is none.
"""

import re
import sys
from collections import Counter
from collections.abc import Collection
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ledger.extract.markers.doubtful import COUNTS, doubtful
from ledger.patterns import later

_NAMED = later(
    r"([A-ZÀ-Þ](?<![^\W\d_].)[A-Za-zÀ-ÿ-]{2,23} [0-9]{1,3})"
    r"(?=\s(?!and |or |but |while |whereas |which |where |because |although |though |including |"
    r"such |is |are |was |were |can |may |makes? |has |have |to )[a-z]{3}"
    r"|\*{0,2}(?: [A-Z(|]|\s*[:|]|$))",
    re.M,
)
"""A name with a number where no marker stands: a heading, "Pathfinder 1 flew"."""
_IN_ORDER, _OFTEN = 9 / 10, 2 / 3
"""How many of the numbers that a text first cites rise, where it numbers by first appearance: with
the doubtful ones, and already without them."""
_SPOKEN = {
    "apart": 3,
    "glued": 0,
    "wide": 3,
    "cell": 0,
    "line": 3,
    "decimal": sys.maxsize,
    "named": sys.maxsize,
    "inside": sys.maxsize,
}
"""How many doubtful numbers of one form come in their turn before others of it are believed, that
are cited before; a decimal never is."""
_IF_SKIPPED = frozenset(("named", "inside"))
"""Forms in which a number is only believed that sure markers leave out."""
_BELIEVED, _WIDEST_GAP = 3, 3
"""How many numbers glued to words come in their turn before one is believed that is early, and by
how much it rises: those between stand where no marker is known ("at 1,500 RPD6.")."""
_MANY_ELSEWHERE = 3
"""Sure markers of a text that show how it cites: then words with numbers are names, "Python 3"."""


class Turns(NamedTuple):
    """What the order of first citations says of doubtful numbers, by their characters.

    Attributes:
        ahead: Words with numbers behind them ("Windows 11", "Toy Boats” 3") whose number no
            citation can have there: it comes before its turn, or the words are a name elsewhere.
        due: Places with numbers that are markers although counts stand so, too.
        bold: Whether numbers apart behind bold words in Chinese are markers, and not values.
        before: Whether numbers stand before the stops of Chinese and Japanese, so that those right
            behind such a stop count what follows.
        amid: Whether numbers apart amid the sentences of Chinese and Japanese are markers.
    """

    ahead: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()
    bold: bool = False
    before: bool = False
    amid: bool = False


def turns_of(
    text: str,
    sure: Collection[tuple[int, list[str]]],
    apart: Collection[tuple[int, str, list[str]]],
    listed: frozenset[str],
) -> Turns:
    """What the order says; nothing where a text numbers its sources otherwise.

    Args:
        text: The document.
        sure: Where numbers stand that are markers, and which, in reading order.
        apart: Where words with numbers behind them stand, which, and the numbers.
        listed: The identifiers of the list.
    """
    named = frozenset(match[1] for match in _NAMED.finditer(text))
    if not _rise(sure, _OFTEN):
        return Turns(named)
    found = [*doubtful(text, listed, named)]
    places = _before_stops(sure, found, apart) if len(sure) < _MANY_ELSEWHERE else sure
    ahead = _ahead(places, apart)
    due, taken = _due(sure, [place for place in found if place[2] not in ahead])
    return Turns(named | ahead, due) if _rise(taken, _IN_ORDER) else Turns(named)


def _before_stops(
    sure: Collection[tuple[int, list[str]]],
    found: Collection[tuple[int, str, str, list[str]]],
    apart: Collection[tuple[int, str, list[str]]],
) -> Collection[tuple[int, list[str]]]:
    """The places that come in their turn, but for those within sentences: "late 3, and".

    Where a text sets all its numbers apart, they are what tells which of those come too early.
    """
    within = {at for at, _, _ in apart}
    return [place for place in _due(sure, found)[1] if place[0] not in within]


def _rise(places: Collection[tuple[int, list[str]]], share: float) -> bool:
    """Whether at least this share of the numbers that are first cited rise."""
    order = [int(label) for label in dict.fromkeys(label for _, found in places for label in found)]
    return sum(b > a for a, b in pairwise(order)) >= share * (len(order) - 1)


def _due(
    sure: Collection[tuple[int, list[str]]], found: Collection[tuple[int, str, str, list[str]]]
) -> tuple[frozenset[str], list[tuple[int, list[str]]]]:
    """The doubtful places that hold markers, and all places that do, in reading order."""
    due: set[str] = set()
    taken: list[tuple[int, list[str]]] = []
    kinds: Counter[str] = Counter()
    late: list[tuple[str, str]] = []
    in_turn = _in_turn(sure)
    highest = 0
    for at, kind, words, labels in sorted([(at, "", "", labels) for at, labels in sure] + [*found]):
        numbers = [int(label) for label in labels]
        new = sorted({number for number in numbers if number > highest})
        sure_of = kind == "glued" and kinds[kind] >= _BELIEVED
        steps = range(1, _WIDEST_GAP + 1 if sure_of else 2)
        if kind == "apart" and new and words[:1].isupper() and in_turn.issuperset(new):
            continue  # "of Model 2. Then", where a sure marker cites 2 in its turn
        if kind in _IF_SKIPPED and not all(map(partial(_is_skipped, in_turn), new)):
            continue
        if kind and new and new[-1] - new[0] == len(new) - 1 and new[0] - highest in steps:
            due.add(words)
            kinds[kind] += 1
        elif kind and not new:
            late.append((kind, words))
        if not kind or words in due:
            taken.append((at, labels))
            highest = max(highest, *numbers)
    spoken = {kind for kind, fewest in _SPOKEN.items() if kinds[kind] >= fewest}
    due.update(words for kind, words in late if kind in spoken)
    return frozenset(due), taken


def _in_turn(sure: Collection[tuple[int, list[str]]]) -> frozenset[int]:
    """The numbers that sure markers cite before any larger one."""
    found: set[int] = set()
    highest = 0
    for _, labels in sure:
        for number in map(int, labels):
            if number > highest:
                found.add(number)
                highest = number
    return frozenset(found)


def _is_skipped(in_turn: frozenset[int], number: int) -> bool:
    """Whether sure markers leave a number out that would be between those that they cite."""
    return number not in in_turn and not in_turn.isdisjoint((number + 1, number + 2))


def _ahead(
    sure: Collection[tuple[int, list[str]]], apart: Collection[tuple[int, str, list[str]]]
) -> frozenset[str]:
    """The words whose numbers are no markers: they come long before their turn.

    Names, where a sure marker cites that number before or in its turn: "Formula 1, which". Those
    of all words where many numbers stand otherwise, and none of these comes in its turn.
    """
    ahead: set[str] = set()
    places = list(sure)
    surely = _in_turn(sure)
    place = highest = in_turn = 0
    for at, words, labels in apart:
        while place < len(places) and places[place][0] < at:
            highest = max(highest, *map(int, places[place][1]))
            place += 1
        numbers = [int(label) for label in labels]
        elsewhere = max(numbers) <= highest or surely.issuperset(numbers)
        if max(numbers) > highest + len(numbers) or (words[0].isupper() and elsewhere):
            ahead.add(words)
        elif words.split(" ", 1)[0].lower() not in COUNTS:
            in_turn += not elsewhere
            highest = max(highest, *numbers)
    if not in_turn and len(places) >= _MANY_ELSEWHERE:
        ahead.update(words for _, words, labels in apart if len(labels) == 1)
    return frozenset(ahead)
