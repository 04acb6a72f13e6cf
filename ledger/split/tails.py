"""Words behind the stop of a sentence that only lead to its sources, or say how sure it is.

"It fell. Sources: [Herald](…), [Post](…).", "It fell. (Confidence: high)": they are no words of the
claim, which ends at its stop, and what they cite is cited there. Such as say more stay words of it:
"(Sources: officials said that two men died [1])", "Verdict: guilty. Source: [Herald](…)".
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ledger.document import Mention
from ledger.letters import is_small
from ledger.patterns import later
from ledger.split.leads import LEAD
from ledger.split.named_links import links_of

_LEVEL = r"(?:very\s)?(?:high|medium|moderate|low)(?:\s?[-–/]\s?(?:high|medium|moderate|low))?"
_SURE = (
    r"(?:confidence|certainty|reliability)(?:\s(?:level|score))?\s?[:：=]\s?"
    rf"(?:{_LEVEL}|[0-9.]{{1,4}}(?:\s?%|/[0-9]{{1,3}})?)"
)
_TAIL = later(
    rf"[—–―-]{{0,2}}\s{{0,4}}(?:(?:[\[(]?{_SURE}\s?[|·｜;—–.]\s?)?[\[(（【*_]{{0,3}}{LEAD}[*_]{{0,2}}\s{{0,2}}"
    rf"|[\[(]?(?:{_SURE}|{_LEVEL}\s(?:confidence|certainty))[.)\]]*\s*\Z)",
    re.I,
)
_WORD = later(r"(?<![\w./:@-])[^\W\d_]+(?=[\s,;:.)\]]|\Z)(?!\.\w)")
_BETWEEN_NAMES = frozenset("of the and on in for to an by at with from via".split())
_SAYS = later(r"\s([^\W\d_]{2,24})(?<![^\W\d_]ed)(?=[\s.])")
"""Right behind a linked name: "[Herald](…) says so", but "[Herald](…) accessed 3 May"."""
_FEWEST_SAID = 3
"""Words in small letters that say more than which source it is: "(Source: Herald, own sums)"."""
_SAYS_WIDE = later(r"[称稱说說讲講]|[认認][为為]|表示|指出|[显顯]示|[たるだ](?=[、。\s]|\Z)")
"""What somebody says in Chinese and Japanese."""

Span = tuple[int, int]


def without_tails(
    spans: Sequence[Span],
    prose: str,
    offset: int,
    sources: Sequence[Span],
    mentions: Sequence[Mention],
) -> tuple[list[Span], list[tuple[Span, ...]]]:
    """The spans of sentences without such words at their ends, and where those of each stand.

    Args:
        spans: Of the text, in order.
        prose: The block, which begins at `offset` of the text.
        sources: What stands behind stops of it, in order: where each stop ends, and the source.
        mentions: The markers and links of the block.
    """
    links = sorted(links_of(offset, mentions).items())
    kept, tails = list(spans), list[tuple[Span, ...]]([()] * len(spans))
    starts = [start for start, _ in spans]
    for begin, end in reversed(sources):
        number = bisect_right(starts, begin + offset) - 1
        start, close = kept[number] if number >= 0 else (0, 0)
        alone = start < begin + offset < close and not prose[end : close - offset].strip()
        words = prose[begin : close - offset].lstrip() if alone else ""
        if alone and _only_leads(prose, close - offset - len(words), close - offset, links):
            tails[number] = ((close - len(words), close), *tails[number])
            kept[number] = (start, begin + offset)
    for number, (start, stop) in enumerate(kept):
        if tails[number] and _is_open(prose[start - offset : stop - offset]):
            kept[number], tails[number] = spans[number], ()
    return kept, tails


def _only_leads(prose: str, begin: int, end: int, links: Sequence[Span]) -> bool:
    """Whether words lead to sources, or say how sure it is, and say no more than short remarks."""
    led = _TAIL.match(prose[begin:end])
    if led is None:
        return False
    at, bare = begin + led.end(), ""
    inside = slice(bisect_left(links, (at, at)), bisect_left(links, (end, end)))
    for opens, closes in links[inside]:
        bare, at = f"{bare}{prose[at:opens]} ", closes
        goes_on = _SAYS.match(prose, closes, end)
        if goes_on and is_small(goes_on[1][:1]) and goes_on[1] not in _BETWEEN_NAMES:
            return False
    bare += prose[at:end]
    said = (word for word in _WORD.findall(bare) if is_small(word[:1]))
    few = sum(word not in _BETWEEN_NAMES for word in said) < _FEWEST_SAID
    return few and _SAYS_WIDE.search(bare) is None


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
