"""Numbers that a printed page set high and its text sets apart -> numbers in brackets.

Programs that take the text out of a PDF leave spaces around what was high: "a third 4 , while",
"in March. 5 The". They count where a text has no other markers, its list has them all, and they
rise as sources are first cited.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from ledger.extract.markers.doubtful import COUNTS
from ledger.patterns import later

_NUMBERS = r"[0-9]{1,3}(?: ?, ?[0-9]{1,3}){0,11}"
_APART = later(
    rf"(?:(?P<word>(?<![^\W_])[^\W_]{{1,24}})|[)\]\"”’»%]) (?P<inside>{_NUMBERS})"
    r"(?= [.,;:](?:\s|$)| [—–](?! ?[0-9]))"
    r"|(?:(?P<last>(?<![^\W_])[^\W_]{3,24})|[)\]%])[\"”’»]?[.!?…][\"”’»)]{0,2} "
    rf"(?P<behind>{_NUMBERS})(?= {{0,4}}(?:\n|$)| {{1,2}}[\"“«(•]?[^\W\d_a-z])"
)
_FIGURES = later(r"[ ,]([0-9]{1,3})(?![0-9])")
"""All figures that may be such numbers."""
_SHORTENED = frozenset("fig figs tab eqs nos vol vols art arts sec chap abb".split())
"""What counts before a stop: "Fig. 2 The river"."""
_MOST = 10_000
"""Numbers apart that are looked at, as evidence. Chosen, for the time."""
_FEWEST, _HALF, _IN_ORDER = 3, 1 / 2, 9 / 10
"""Numbers that show the habit: how many, of the list, and how many of the first citations rise."""


def cites_spaced(text: str, listed: frozenset[str]) -> bool:
    """Whether a text cites its list by numbers that stand apart.

    Args:
        text: Without its list.
        listed: The identifiers of the list.
    """
    numbers = {label for label in listed if label.isdecimal()}
    fewest = max(_FEWEST, _HALF * len(numbers))
    if len(numbers & set(_FIGURES.findall(text))) < fewest:
        return False  # as in most texts without markers
    found = (label for _, labels in _marks(text, listed) for label in labels)
    order = list(map(int, dict.fromkeys(found)))
    if len(order) < fewest:
        return False
    return sum(b > a for a, b in pairwise(order)) >= _IN_ORDER * (len(order) - 1)


def raise_spaced(raw: str, listed: frozenset[str]) -> str:
    """The text with brackets around the numbers of the list that stand apart.

    Args:
        raw: The characters of a block.
        listed: The identifiers of the list.
    """
    pieces: list[str] = []
    at = 0
    for match, labels in _marks(raw, listed):
        begin = match.start("inside") if match["inside"] else match.start("behind")
        pieces += (raw[at : begin - 1], f" [{','.join(labels)}]")
        at = match.end()
    return "".join([*pieces, raw[at:]])


def _marks(text: str, listed: frozenset[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Where numbers of the list stand apart, and which."""
    for match in islice(_APART.finditer(text), _MOST):
        labels = [label.strip() for label in (match["inside"] or match["behind"]).split(",")]
        counts = (match["word"] or "").lower() in COUNTS
        counts = counts or (match["last"] or "").lower() in _SHORTENED
        if listed.issuperset(labels) and not counts:
            yield match, labels
