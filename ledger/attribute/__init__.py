"""A sentence -> the outlets that it names as its origin."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ledger.attribute import spaced, unspaced
from ledger.attribute.found import Found
from ledger.attribute.phrases import REPORTING
from ledger.model import Outlet
from ledger.names import REGISTRY, Names

_MOST_NAMED = 50
"""Names that are looked for in one sentence; who lists more of them says nothing by any."""
_POINTS = ".,;:!?…()[]“”\"‘'’«»—"


class Named(NamedTuple):
    """An outlet named as origin; `outlet` is None when several outlets bear the name."""

    name: str
    outlet: Outlet | None
    start: int
    end: int


class Attributor:
    """Finds what the sentences of one text name; each is asked for once, in any order.

    Args:
        text: The whole text.
        names: By which outlets are known.
    """

    def __init__(self, text: str, names: Names = REGISTRY) -> None:
        self._text = text
        self._names = names
        self._words = _plain(text)
        self._unspaced = unspaced.speaks(text)

    def named(self, start: int, end: int) -> list[Named]:
        """The outlets that the sentence `text[start:end]` names as its origin.

        Returns:
            In reading order, each place once. `start` and `end` count code points of the text; the
            name has a leading "The" only where the text writes it large.

        Never raises.
        """
        reporting = not REPORTING.isdisjoint(self._words[start:end].split())
        if not reporting and not self._unspaced and "(" not in self._text:
            return []
        sentence = self._text[start:end]
        found: dict[int, Found] = {}
        if reporting or "(" in sentence:
            origins = spaced.origins(sentence, self._names, reporting=reporting)
            found = {each.start: each for each in islice(origins, _MOST_NAMED)}
        if self._unspaced and unspaced.reports(sentence):
            origins = unspaced.origins(sentence, self._names)
            found |= {each.start: each for each in islice(origins, _MOST_NAMED)}
        return list(self._in_order(sentence, start, found)) if found else []

    def _in_order(self, sentence: str, offset: int, found: dict[int, Found]) -> Iterator[Named]:
        covered = 0
        for at in sorted(found):
            if at < covered:
                continue
            each = found[at]
            covered = each.end
            begin = _with_article(sentence, each.start)
            key = each.phrase.key
            outlet = self._names.outlet(key) if key else None
            yield Named(sentence[begin : each.end], outlet, offset + begin, offset + each.end)


def _plain(text: str) -> str:
    """The text in small letters, of the same length, with a space for each point and quote."""
    plain = text.replace("İ", "i").lower()  # the only letter whose small form has two characters
    for point in _POINTS:
        if point in plain:
            plain = plain.replace(point, " ")
    return plain


def _with_article(sentence: str, start: int) -> int:
    """Where the name begins with its "The", if the text writes that as part of the name."""
    return start - 4 if sentence[max(0, start - 4) : start] == "The " else start
