"""A text -> the numbers that it cites, before anything is known of its list."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ledger.extract.evidence import (
    CIRCLED,
    CLOSE,
    FLAT_NUMBER,
    NUMBERS,
    OPEN,
    SUPERS,
    expand,
    plausible,
)
from ledger.model import Reference

_BRACKETS = re.compile(rf"{OPEN}\s?\^?({NUMBERS})\^?\s?\\?{CLOSE}(?!\((?:https?:|www\.))")
_ROUND = re.compile(rf"(?<=\w)\s?\(({NUMBERS})\)(?=[.,;:!?。，；]|\s*$)", re.M)
_HIGH = re.compile(
    rf"<sup[^<>\n]{{0,100}}>\s?\[?({NUMBERS})|\^({NUMBERS})\^|([¹²³⁴-⁹][⁰¹²³⁴-⁹]{{0,3}})"
)
_NAMED = re.compile(
    r"[\[(（【、,;]\s?(?:(?:sources?|refs?|references?|notes?)\b\.?|[注註])\s?"
    rf"({NUMBERS})(?=\s?[\])）】、,;])",
    re.I,
)
"""As "(Source 3)" and "（注3）" cite."""
_CIRCLE = re.compile(r"[①-⑳]")


class Above:
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
        self.sure.update(_expanded(_NAMED.findall(text)))

    def numbers(self, way: str) -> set[str]:
        """Those in brackets or set high; without any those that may be markers, too."""
        if way == "circled":
            return self.circled
        return self.sure or self.flat or self.rounded


def _expanded(found: Iterable[str]) -> Iterator[str]:
    labels = (label for inside in found for label in expand(inside) or ())
    return filter(plausible, labels)


def placed(references: Sequence[Reference], lines: Sequence[str]) -> list[Reference]:
    """The entries of a list, numbered by place where the text cites just as many.

    Entries with a label of their own, or none of which names a page, stay as they are: and all do
    where the text does not cite each place, or cites a number beyond the list.
    """
    if not references or not all(entry.urls and entry.marker is None for entry in references):
        return list(references)
    above = Above()
    above.read("\n".join(lines))
    if above.sure != {str(place) for place in range(1, len(references) + 1)}:
        return list(references)
    return [
        entry.model_copy(update={"marker": str(place)}) for place, entry in enumerate(references, 1)
    ]
