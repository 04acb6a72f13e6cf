"""Words behind the stop of a sentence that only lead to its sources, or say how sure it is.

"It fell. Sources: [Herald](…), [Post](…).", "It fell. (Confidence: high)": they are no words of the
claim, which ends at its stop, and what they cite is cited there.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ledger.document import Mention
from ledger.split.leads import LED, SURE

_TAIL = re.compile(
    rf"[—–―-]{{0,2}}\s{{0,4}}(?:{LED.pattern}|[\[(]?(?:{SURE}|[a-z]{{3,9}}\s(?:confidence|certainty))[.)\]]*\s*\Z)",
    re.I,
)

Span = tuple[int, int]


def without_tails(
    spans: Sequence[Span], prose: str, offset: int, sources: Sequence[Span]
) -> tuple[list[Span], list[tuple[Span, ...]]]:
    """The spans of sentences without such words at their ends, and where those of each stand.

    Args:
        spans: Of the text, in order.
        prose: The block, which begins at `offset` of the text.
        sources: What stands behind stops of it, in order: where each stop ends, and the source.
    """
    kept, tails = list(spans), list[tuple[Span, ...]]([()] * len(spans))
    starts = [start for start, _ in spans]
    for begin, end in reversed(sources):
        number = bisect_right(starts, begin + offset) - 1
        start, close = kept[number] if number >= 0 else (0, 0)
        alone = start < begin + offset < close and not prose[end : close - offset].strip()
        words = prose[begin : close - offset].lstrip() if alone else ""
        if alone and _TAIL.match(words):
            tails[number] = ((close - len(words), close), *tails[number])
            kept[number] = (start, begin + offset)
    for number, (start, stop) in enumerate(kept):
        if tails[number] and _is_open(prose[start - offset : stop - offset]):
            kept[number], tails[number] = spans[number], ()
    return kept, tails


def _is_open(words: str) -> bool:
    """Whether a bracket closes behind words: "[It fell. Source: Herald]"."""
    return any(words.count(begin) > words.count(end) for begin, end in ("()", "[]", "（）"))


def at_stops(
    mentions: Sequence[Mention], spans: Sequence[Span], tails: Sequence[Sequence[Span]]
) -> list[Mention]:
    """The mentions, those in such words at the stops of their sentences, as they stand there."""
    stops = {span: stop for (_, stop), each in zip(spans, tails, strict=True) for span in each}
    places = sorted(stops)
    moved: list[Mention] = []
    for mention in mentions:
        number = bisect_right(places, (mention.at, mention.at)) - 1
        behind = places[number] if number >= 0 else (0, 0)
        inside = behind in stops and mention.at <= behind[1]
        moved.append(mention._replace(at=stops[behind], anchor=0) if inside else mention)
    return moved
