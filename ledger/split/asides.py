"""What stands behind a stop and belongs to the sentence before it: nothing but its sources.

"It fell. (Reuters, BBC) More", "It fell. Source: Reuters.", "It fell. [Reuters](https://...) It".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.document import Mention
from ledger.letters import is_small
from ledger.patterns import later
from ledger.split.leads import (
    DATE,
    LEAD,
    LED,
    POINTS,
    READ,
    SURE,
    last_page,
    leads_to_page,
    to_the_end,
)
from ledger.split.named_links import (
    ADDRESS,
    LONGEST_NAME,
    STOPS,
    STOPS_INSIDE,
    YEAR,
    after,
    is_like_a_name,
    links_of,
    run,
)

_BRACKET = later(
    r"(?P<stop>[.!?…。！？][\"'”’»]{0,2})\s{0,4}\((?P<names>[^()\n]{1,200})\)(?=\s|$)\.?"
)
_NEXT_BRACKET = later(r"\s{0,2}\((?P<names>[^()\n]{1,200})\)(?=\s|$)\.?")
_WIDE_BRACKET = later(r"(?P<stop>[。！？][\"'”’»」』]{0,2})[(（](?P<names>[^()（）\n]{1,200})[)）]")
_LABELLED = later(
    r"(?P<stop>[.!?…。！？][\"'”’»]{0,2})\s{0,4}"
    r"[\[(](?P<said>(?:[^\[\]()\n]|\[[^\[\]()\n]{1,30}\]){1,80}+)[\])](?=\s|$)\.?"
)
"""What an author says of the sentence before, and of its sources: "[fact; source: https://…]"."""
_COMMA = later(r"[,;，；]\s")
_BEHIND_STOP = re.compile(
    r"(?P<stop>[.!?…。！？][\"'”’»]{0,2})\s{0,4}(?:[—–―]\s{0,2}|--\s)?"
    rf"(?:(?P<lead>(?:{SURE}\s?[|·;—–.]\s?)?{LEAD})|(?P<points>{POINTS}))?",
    re.I,
)
_MARKED_NAME = later(
    r"[^\W\d_a-z][^.!?()\n]{1,60}[\s,](?:(?:19|20)[0-9]{2}(?:[-./][0-9]{1,2}){0,2}|pp?\.\s?[0-9]{1,4})"
)
"""A name with a day or a page: "(Motley Fool, 2026-02-21)"."""
SPEAKERS = ('" (', "” (", "» (", '"（', "”（", "」（", "』（")
"""What may stand before whose words a quotation has, with no marker behind it."""
_NAME_BEFORE, _LONGEST_BEFORE = later(r"[^.!?\n]{2,80}[;,&]\s"), 82
"""A name before a link, and characters of it, by the pattern."""
_QUOTED, _LONGEST_SPEAKER = '"”»」』', 60
"""How a quotation ends, and characters of who may have said it. Chosen: more are a sentence."""
_TOLD = later(rf"(?:{DATE.pattern}|,\s[a-z][^.!?()\n]{{1,40}}){{1,2}}")
"""When it was published, or how one comes to it: ", 3 May", ", paywall"."""
_YEARED = later(YEAR)
_PLACE = attrgetter("at")
_STOP_BEFORE = later(r"[.!?…。！？][\"'”’»]{0,2}\s{0,4}(?:[—–―]\s{0,2}|--\s)?\[?\Z")
_REACH = 12
"""Characters before a link in which that stands: 11 at most, by the pattern."""
_OPENS = frozenset("[(")
_GOES_ON = frozenset(")]）,;，；")
"""What no sentence begins with: "(v. 3, cf. [notes.md](…)) and"."""
_JOINS = frozenset(
    "of the and on in for to de der die das und von du des la le les el los las y del di il e og "
    "och en van".split()
)
"""Words between those of a name."""


def asides(prose: str, offset: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Where the stop before such sources ends, and where they end.

    Args:
        prose: A block, which begins at `offset` of the text.
        mentions: Its markers and links, in reading order.
    """
    last = last_page(offset, mentions)
    if not (last or "(" in prose or "（" in prose):
        return  # as most
    links = links_of(offset, mentions)
    if "(" in prose:
        places = {mention.at - offset for mention in mentions}
        for match in _BRACKET.finditer(prose):
            end = match.end()
            if is_small(prose[end : end + 4].lstrip(" +&")[:1]) or prose.endswith(
                " al.", 0, match.end("stop")
            ):
                continue  # "Apple Inc. (Reuters) rose", "Roe et al. (2025) 发现"
            if (
                _holds_sources(prose, match, links, places)
                or _names_whom(prose, match, places)
                or _remarks(prose, match, mentions, offset)
            ):
                yield match.end("stop"), _with_brackets_behind(prose, end, links, places)
    if ("。" in prose or "！" in prose) and ("（" in prose or "(" in prose):
        yield from _wide(prose, offset, mentions, links)
    if last:
        yield from _linked(prose, links, last)
        if prose[:1] not in _OPENS and ("[" in prose or "(" in prose):
            yield from _labelled(prose, offset, mentions)


def _holds_sources(
    prose: str, match: re.Match[str], links: dict[int, int], places: set[int]
) -> bool:
    """Whether brackets hold sources and nothing else, but for when or how they are to be read."""
    names, begin, end = match["names"], *match.span("names")
    if begin in links:
        rest, _ = run(prose, begin, links)
        if _YEARED.fullmatch(prose, rest, end) or _TOLD.fullmatch(prose, rest, end):
            return True
    ends = [begin + part.start() for part in _COMMA.finditer(names)] + [end]
    return places.issuperset(ends) or (end in places and _names_page(names))


def _names_whom(prose: str, match: re.Match[str], places: set[int]) -> bool:
    """Whether brackets say whose words a quotation has, or name a source that a marker is of.

    "“It fell.” (Herald)", "It fell. (Herald, 2024) [3]".
    """
    names = match["names"]
    if match["stop"][-1] in _QUOTED:
        short = len(names) <= _LONGEST_SPEAKER
        return short and STOPS_INSIDE.search(prose, *match.span("names")) is None
    return match.end() in places and _MARKED_NAME.fullmatch(names) is not None


def _with_brackets_behind(prose: str, end: int, links: dict[int, int], places: set[int]) -> int:
    """The end of the last of the brackets with sources that follow one another."""
    while (match := _NEXT_BRACKET.match(prose, end)) and _holds_sources(
        prose, match, links, places
    ):
        end = match.end()
    return end


def _wide(
    prose: str, offset: int, mentions: Sequence[Mention], links: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Such sources right behind a wide stop, where another sentence in brackets stands, too."""
    cited = {mention.at - offset for mention in mentions}
    for match in _WIDE_BRACKET.finditer(prose):
        begin, end = match.span("names")
        led = end in cited and LED.match(match["names"]) is not None
        led |= _remarks(prose, match, mentions, offset) or _names_whom(prose, match, cited)
        if led or (begin in links and run(prose, begin, links)[0] == end):
            close = match.end()
            yield match.end("stop"), close + (prose[close : close + 1] in (";", "；"))


def _labelled(prose: str, offset: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Brackets that end in addresses apart from the text, whatever the words before them are.

    None where a block begins with such brackets: they open its sentences.
    """
    apart = {m.at - offset for m in mentions if m.url and not m.anchor and not m.labels}
    for match in _LABELLED.finditer(prose) if apart else ():
        if match.end("said") in apart:
            yield match.end("stop"), match.end()


def _remarks(prose: str, match: re.Match[str], mentions: Sequence[Mention], offset: int) -> bool:
    """Whether brackets are led by "Source:" and cite, whatever else they say of the source.

    "(Source: [6], reprinted with permission.)"
    """
    begin, end = match.span("names")
    led = LED.match(prose, begin, end)
    if not led or STOPS_INSIDE.search(prose, led.end(), end):
        return False
    at = bisect_left(mentions, offset + led.end(), key=_PLACE)
    return at < len(mentions) and mentions[at].at <= offset + end


def _names_page(names: str) -> bool:
    """Whether brackets hold a name and an address: "(Source: WHO, https://…)"."""
    lead = LED.match(names)
    *before, last = _COMMA.split(names[lead.end() if lead else 0 :])
    return bool(ADDRESS.fullmatch(last)) and all(
        len(name.split()) <= LONGEST_NAME and not is_small(name[:1]) for name in before
    )


def _linked(prose: str, links: dict[int, int], last: int) -> Iterator[tuple[int, int]]:
    """Links behind a stop, led by "Source:" or each the name of a source, before another sentence.

    Names that nobody knows are sources where a block ends so: "It fell. [Dam Board](…) It rose.
    [Quay Board](…)". Elsewhere a linked name begins a sentence.

    Args:
        prose: A block.
        links: Where the words of each link begin and end.
        last: As `last_page`.
    """
    at = 0
    rest = prose[last:].strip(" .)]*_")
    dated = bool(DATE.fullmatch(rest))
    closes = bool(links) and (dated or not rest) and _ends_in_names(prose, links)
    while match := _BEHIND_STOP.search(prose, at):
        at = match.end("stop")
        begin = match.end()
        begin += prose[begin : begin + 1] == "["
        lead = match["lead"]
        if not lead and begin not in links and prose[begin : begin + 1] != "]":
            continue  # most stops
        end, named = run(prose, begin, links)
        if lead and end == begin:
            end = _behind_a_name(prose, begin, links)
        end += prose[end : end + 1] == "]"
        if lead and leads_to_page(prose, match.start("lead"), begin, links):
            end = max(end, to_the_end(prose, begin, last))
        if lead and end > begin and (read := READ.match(prose, end)):
            end = read.end()
        alike = closes or _are_side_by_side(prose, begin, links)
        named = named or (alike and _are_like_names(prose, begin, end, links))
        if end == begin or not (lead or match["points"] or named):
            continue
        end = len(prose) if closes and dated and end == last else end
        end += prose[end : end + 1] == "."
        rest = prose[end : end + 4].lstrip()[:1]
        if not rest or not (is_small(rest) or rest in _GOES_ON or prose[end].isalnum()):
            yield match.end("stop"), end
            at = end


def _behind_a_name(prose: str, begin: int, links: dict[int, int]) -> int:
    """Where links behind a name without one end: "Source: the mill; [Herald](…)"; else `begin`."""
    near = range(begin + 1, begin + _LONGEST_BEFORE + 1)
    linked = next(filter(links.__contains__, near), None)
    if linked is None or not _NAME_BEFORE.fullmatch(prose, begin, linked):
        return begin
    return run(prose, linked, links)[0]


def _ends_in_names(prose: str, links: dict[int, int]) -> bool:
    """Whether the last links of a block stand behind a stop, and each is like a name."""
    first = len(prose)
    ends = [-1, *links.values()]
    for before, (begin, end) in zip(reversed(ends[:-1]), reversed(links.items()), strict=True):
        if first < len(prose) and after(prose, end) != first:
            break
        if not _is_like_one(prose, begin, end, before) or _is_a_sentence(prose, begin, end):
            return False
        first = begin
    return bool(_STOP_BEFORE.search(prose, max(0, first - _REACH), first))


def _is_a_sentence(prose: str, begin: int, end: int) -> bool:
    """Whether linked words that a stop follows are a sentence: "[It rose in 2021](…).", no name."""
    if prose[end : end + 1] not in STOPS:
        return False
    words = prose[begin:end].split()
    return sum(is_small(word[:1]) and word not in _JOINS for word in words) > 1


def _is_like_one(prose: str, begin: int, end: int, before: int) -> bool:
    """Whether linked words are like a name; behind another link one may begin with a small letter.

    "It failed. [Harness](…), [tests](…)". The link before them ends at `before`.
    """
    words = prose[begin:end]
    beside = before == begin - 2 and prose[before:begin] == ", "
    return is_like_a_name(words[:1].upper() + words[1:] if beside else words)


def _are_side_by_side(prose: str, begin: int, links: dict[int, int]) -> bool:
    """Whether two links have nothing but white space between them: so no sentence begins."""
    end = links.get(begin, len(prose))
    place = end
    while prose[place : place + 1].isspace():
        place += 1
    return place > end and place in links


def _are_like_names(prose: str, begin: int, end: int, links: dict[int, int]) -> bool:
    """Whether each of the links side by side from `begin` to `end` is like a name."""
    before = -1
    while begin in links and begin < end:
        if not _is_like_one(prose, begin, links[begin], before):
            return False
        before = links[begin]
        begin = after(prose, before)
    return True
