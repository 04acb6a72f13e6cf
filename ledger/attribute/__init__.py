"""A sentence -> the outlets that it names as its origin.

`spaced` reads sentences of words with spaces, by `phrases` of several languages, `unspaced` those
of scripts without. `found` knows the names.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ledger.attribute import spaced, unspaced
from ledger.attribute.found import Found
from ledger.names import REGISTRY, Names

if TYPE_CHECKING:
    from ledger.model import Outlet
    from ledger.outlets import Publisher

_MOST_NAMED = 50
"""Names that are looked for in one sentence; who lists more of them says nothing by any."""


class Named(NamedTuple):
    """An outlet that a sentence names as its origin.

    Attributes:
        name: As written.
        outlet: None when several outlets bear the name.
        start, end: Offsets of the text, the end exclusive.
        together: Where the first of the names begins that one phrase joins ("Reuters and the BBC
            reported"), any of which may carry what is said; None of a name by itself.
    """

    name: str
    outlet: "Publisher | Outlet | None"
    start: int
    end: int
    together: int | None = None


class Attributor:
    """Finds what the sentences of one text name; each is asked for once, in any order.

    Args:
        text: The whole text.
        names: By which outlets are known.
    """

    def __init__(self, text: str, names: Names = REGISTRY) -> None:
        self._text = text
        self._names = names
        self._finders = (
            (unspaced.origins, [*unspaced.places(text), len(text)]),
            (spaced.reported, [*spaced.reporting(text), len(text)]),
            (spaced.credited, [*spaced.credits(text), len(text)]),
        )
        self._places = sorted(place for _, places in self._finders for place in places)

    def named_in(self, spans: Sequence[tuple[int, int]]) -> dict[int, list[Named]]:
        """What the spans of the text name, by their numbers; those that name nobody are left out.

        Args:
            spans: Starts and ends, in order, none overlapping another.
        """
        starts = [start for start, _ in spans]
        some = {bisect_right(starts, place) - 1 for place in self._places}
        found = {number: self.named(*spans[number]) for number in sorted(some) if number >= 0}
        return {number: named for number, named in found.items() if named}

    def named(self, start: int, end: int) -> list[Named]:
        """The outlets that the sentence `text[start:end]` names as its origin.

        Returns:
            In reading order, each place once. `start` and `end` count code points of the text; the
            name has a leading "The" only where the text writes it large.

        Never raises.
        """
        if not _has_place(self._places, start, end):
            return []
        sentence = self._text[start:end]
        found: dict[int, Found] = {}
        for find, places in self._finders:
            if _has_place(places, start, end):
                # Of "the BBC and Reuters said" both names come, then the second by itself.
                for each in islice(find(sentence, self._names), _MOST_NAMED):
                    found.setdefault(each.start, each)
        return list(self._in_order(sentence, start, found))

    def _in_order(self, sentence: str, offset: int, found: dict[int, Found]) -> Iterator[Named]:
        apart: list[Found] = []
        for at in sorted(found):
            if not apart or at >= apart[-1].end:
                apart.append(found[at])
        joined = [each.joined for each in apart]
        for each in apart:
            begin = _with_article(sentence, each.start)
            key = each.phrase.key
            outlet = self._names.outlet(key) if key else None
            together = None
            if each.joined is not None and joined.count(each.joined) > 1:
                together = offset + _with_article(sentence, each.joined)
            name = sentence[begin : each.end]
            yield Named(name, outlet, offset + begin, offset + each.end, together)


def _has_place(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, sorted ones, is there; the last is the end of the text."""
    return places[bisect_left(places, start)] < end


def _with_article(sentence: str, start: int) -> int:
    """Where the name begins with its "The", if the text writes that as part of the name."""
    return start - 4 if sentence[max(0, start - 4) : start] == "The " else start
