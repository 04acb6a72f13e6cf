"""Where a block is cut -> its sentences from their first to their last character."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ledger.patterns import later
from ledger.split.cuts import RANK, SURENESS

_HAS_WORD = re.compile(r"\w")
_OPENS_REMARK = frozenset("[(")
_BULLETS = "•●○▪■ \t\xa0"
_COUNTER = later(r"[0-9]{1,3}(?:[-–][0-9]{1,3})?\.|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.")
_LONGEST_COUNT = 12
"""Characters of what only counts the next sentence, by the pattern; most sentences are longer."""
_REMARK = re.compile(
    rf"(?:{RANK}"
    rf"|\((?=[^()\n]{{0,30}}{SURENESS})[^()\n]{{1,40}}\)"
    r"|\((?:pages?|pp?\.|s\.|стр\.|с\.|p[áa]gs?\.|seiten?)\s?[0-9ivx]{1,6}(?:\s?[-–]\s?[0-9ivx]{1,6})?\))"
    r"[\s.—–-]{0,3}",
    re.I,
)
"""What is said of the sentence before and of nothing else: "[HIGH]", "(page 318)"."""


def spans_between(
    prose: str, offset: int, found: set[int], markers: Sequence[int], most: int
) -> list[tuple[int, int]]:
    """Where the sentences of a block begin and end, in order, as characters of the whole text.

    Each has a word, and no white space at its ends. A remark on a sentence, "[HIGH]", is a part of
    it. What only counts the next one, without a marker, is none: "It fell. 2. It rose.".

    Args:
        prose: The block.
        offset: Where it begins in the text.
        found: Where it is cut, as characters of `prose`.
        markers: Where its markers stand in `prose`, in order.
        most: How many there may be.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in (*sorted(found)[: most - 1], len(prose)):
        end = cut
        while end > start and prose[end - 1].isspace():
            end -= 1
        if end - start > _LONGEST_COUNT and prose[start].isalnum():  # as most
            spans.append((offset + start, offset + end))
            start = cut
            continue
        begun = prose[start:cut].lstrip()
        if begun[:1] in _BULLETS:  # of an item in a cell
            begun = begun.lstrip(_BULLETS)
        begin = offset + cut - len(begun)
        bare = begun.rstrip()
        end = begin + len(bare)
        if len(bare) <= _LONGEST_COUNT and cut < len(prose) and _COUNTER.fullmatch(bare):
            inside = bisect_right(markers, begin - offset)
            if inside == len(markers) or markers[inside] >= cut:  # not "1[1]."
                start = cut
                continue
        remark = spans and bare[:1] in _OPENS_REMARK and _REMARK.fullmatch(bare)
        if not remark and (bare[:1].isalnum() or _HAS_WORD.search(bare)):
            spans.append((begin, end))
        elif spans and bare:
            spans[-1] = (spans[-1][0], end)
        start = cut
    return spans
