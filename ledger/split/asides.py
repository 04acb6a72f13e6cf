"""What stands behind a stop and belongs to the sentence before it: nothing but its sources.

"It fell. (Reuters, BBC) More", "It fell. Source: Reuters.", "It fell. [Reuters](https://...) It".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger import outlets
from ledger.document import Mention
from ledger.letters import is_small
from ledger.patterns import later

_BRACKET = later(
    r"(?P<stop>[.!?…。！？][\"'”’»]{0,2})\s{0,4}\((?P<names>[^()\n]{1,200})\)(?=\s|$)\.?"
)
_NEXT_BRACKET = later(r"\s{0,2}\((?P<names>[^()\n]{1,200})\)(?=\s|$)\.?")
_WIDE_BRACKET = later(r"(?P<stop>[。！？][\"'”’»」』]{0,2})[(（](?P<names>[^()（）\n]{1,200})[)）]")
_SURE = (
    r"(?:confidence|certainty|reliability|status|verdict|rating)(?:\s(?:level|score))?\s?[:：]\s?"
    r"[^|·:：\n]{1,30}?"
)
"""How sure a source, or who read it, is: "Confidence: high"."""
_COMMA = later(r"[,;，；]\s")
SOURCES = (
    r"(?:(?:(?:data|main|key|primary)\s)?sources?"
    r"(?:\s(?:consulted|used|cited"
    r"|for\sthis\s(?:section|subsection|part|chapter|table|answer)))?|"
    r"source\(s\)|(?:daten)?quellen?|fuentes?|fontes?|fonti|fonte|"
    r"bron(?:nen)?|kilder?|käll(?:a|or)|źródł[oa]|zdroje?|kaynak(?:lar)?|джерел[оа]|источники?|"
    r"извори?|източни(?:к|ци)|πηγ(?:ή|ές)|forrás(?:ok)?|surs[aăe]|läh(?:de|teet)|izvori?|"
    r"allik(?:as|ad)|šaltini(?:s|ai)|avot[si]|sumber|nguồn|स्रोत|ที่มา|"
    r"(?:资料|資料|数据|數據|主要)?(?:来源|來源|出典|出所|引用元|参照元)|情報源|출처|المصدر|מקור(?:ות)?)"
)
"""What sources are called, in small letters."""
_LEAD = rf"(?:{SOURCES}|via|citations?|references?)\s?[:：]\s{{0,2}}"
_POINTS = (
    r"(?:(?:evidence|proof|refs?\.?|belege?|preuves?|参考(?:リンク)?|참고)\s?[:：]"
    r"|(?:as\s)?reported\s(?:by|in)\b|[📎🔗📰🌐📄📌👉➡→↳]\ufe0f?)[*_]{0,2}\s{0,2}"
)
"""What leads to links and nothing else; with other words behind it, it says something."""
_BEHIND_STOP = re.compile(
    r"(?P<stop>[.!?…。！？][\"'”’»]{0,2})\s{0,4}(?:[—–―]\s{0,2}|--\s)?"
    rf"(?:(?P<lead>(?:{_SURE}\s?[|·;—–]\s?)?{_LEAD})|(?P<points>{_POINTS}))?",
    re.I,
)
_LED = re.compile(rf"(?:{_SURE}\s?[|·;—–]\s?)?[\[(（【*_]{{0,3}}{_LEAD}[*_]{{0,2}}\s{{0,2}}", re.I)
_OF_ANYTHING = re.compile(r"[\[(（【*_]{0,3}(?:main|key|primary)\s", re.I)
"""What may lead to where anything is from, unless a page stands behind it: "Main sources: milk"."""
_POINTED = re.compile(rf"[\[(*_]{{0,3}}{_POINTS}", re.I)
_POINTS_NOT = frozenset("CDGHIJKLMNOQSTUVWXYZcdghijklmnoqstuvwxyz0123456789")
"""How what points to links never begins, and most blocks do."""
_LONGEST_LED = 36
"""Characters of a word that leads to sources, with what stands before it and its colon."""
STOPS_INSIDE = later(r"[.!?…][\"”’)]{0,2}\s{1,4}[^\W\d_a-z]|[。！？].")
"""Another sentence behind the first: then a line says more than its sources."""
_LONGEST_LINE = 300
_DATE = later(
    r"[\s|·,;(–—-]{0,4}(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:[0-9]{1,2}\.?\s)?[^\W\d_]{3,12}\.?\s(?:[0-9]{1,2},\s)?[0-9]{4}"
    r"|[0-9]{1,2}\.?\s[^\W\d_]{3,12}|[^\W\d_]{3,12}\.?\s[0-9]{1,2}|[0-9]{4})"
)
"""When a source was published, behind its name: "| 3 May 2026", ", 3 May"."""
_TOLD = later(rf"(?:{_DATE.pattern}|,\s[a-z][^.!?()\n]{{1,40}}){{1,2}}")
"""When it was published, or how one comes to it: ", 3 May", ", paywall"."""
_REMARK = later(
    r"(?:\s{1,2}\([^()]{1,80}\)|,?\s(?:ex|thm|sec|fig|ch|pp?|tab|theorem|table|section|chapter)\.?\s"
    r"[0-9][0-9.–-]{0,10}){1,3}[\s.]{0,3}"
    rf"|\s?[|·;—–]\s?{_SURE}\s?\Z",
    re.I,
)
"""What is said of the last source of a line: "(both in print)", "Thm 2.2"."""
_YEAR = r"(?:,?\s(?:1[5-9]|20)[0-9]{2}[a-z]?)?"
_YEARED = later(_YEAR)
_SIGNED = re.compile(r"(?:[—–―]|--)\s{0,2}")
_PLACE = attrgetter("at")
_NAME_AND = later(r"[^\W\d_][^.!?,:;\n]{1,60}(?:,\s[^.!?,:;\n]{1,60})?,\s(?:in\s)?")
"""Who said it, before where: "Ann Roe, chair of the board, "."""
_OPENS, _CLOSES = frozenset("(（[【"), frozenset(")）]】")
_STOP_BEFORE = later(r"[.!?…。！？][\"'”’»]{0,2}\s{0,4}(?:[—–―]\s{0,2}|--\s)?\[?\Z")
_REACH = 12
_STOPS = frozenset(".!?…。！？")
_JOINS = frozenset(
    "of the and on in for to de der die das und von du des la le les el los las y del di il e og "
    "och en van".split()
)
"""Words between those of a name."""
_LONGEST_NAME = 5
"""Words of the name of a source."""
_BETWEEN = later(
    rf"{_YEAR}\]?\s{{0,3}}(?:[,;|/&·•，；、]|and\b|und\b|et\b|y\b|и\b)?\s{{0,3}}\[?", re.I
)
_GENERIC = frozenset("source sources link here quelle fuente fonte источник 来源 출처 출典".split())
_ADDRESS = later(r"(?:https?://|www\.)\S+|(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}", re.I)


def asides(prose: str, offset: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Where the stop before such sources ends, and where they end.

    Args:
        prose: A block, which begins at `offset` of the text.
        mentions: Its markers and links, in reading order.
    """
    links = {m.at - m.anchor - offset: m.at - offset for m in mentions if m.anchor}
    if "(" in prose:
        places = {mention.at - offset for mention in mentions}
        for match in _BRACKET.finditer(prose):
            end = match.end()
            if is_small(prose[end : end + 4].lstrip()[:1]):
                continue  # "Apple Inc. (Reuters) rose"
            if _holds_sources(prose, match, links, places) or _remarks(
                prose, match, mentions, offset
            ):
                yield match.end("stop"), _with_brackets_behind(prose, end, links, places)
    if ("。" in prose or "！" in prose) and ("（" in prose or "(" in prose):
        yield from _wide(prose, offset, mentions, links)
    if last := _last_page(offset, mentions):
        yield from _linked(prose, links, last)


def _holds_sources(
    prose: str, match: re.Match[str], links: dict[int, int], places: set[int]
) -> bool:
    """Whether brackets hold sources and nothing else, but for when or how they are to be read."""
    names, begin, end = match["names"], *match.span("names")
    if begin in links:
        rest, _ = _run(prose, begin, links)
        if _YEARED.fullmatch(prose, rest, end) or _TOLD.fullmatch(prose, rest, end):
            return True
    ends = [begin + part.start() for part in _COMMA.finditer(names)] + [end]
    return places.issuperset(ends) or (end in places and _names_page(names))


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
        led = end in cited and _LED.match(match["names"]) is not None
        led |= _remarks(prose, match, mentions, offset)
        if led or (begin in links and _run(prose, begin, links)[0] == end):
            yield match.end("stop"), match.end()


def _remarks(prose: str, match: re.Match[str], mentions: Sequence[Mention], offset: int) -> bool:
    """Whether brackets are led by "Source:" and cite, whatever else they say of the source.

    "(Source: [6], reprinted with permission.)"
    """
    begin, end = match.span("names")
    led = _LED.match(prose, begin, end)
    if not led or STOPS_INSIDE.search(prose, begin, end):
        return False
    at = bisect_left(mentions, offset + led.end(), key=_PLACE)
    return at < len(mentions) and mentions[at].at <= offset + end


def _names_page(names: str) -> bool:
    """Whether brackets hold a name and an address: "(Source: WHO, https://…)"."""
    lead = _LED.match(names)
    *before, last = _COMMA.split(names[lead.end() if lead else 0 :])
    return bool(_ADDRESS.fullmatch(last)) and all(
        len(name.split()) <= _LONGEST_NAME and not is_small(name[:1]) for name in before
    )


def _last_page(offset: int, mentions: Sequence[Mention]) -> int:
    """Where the last link or address of a block ends; 0 where it has none."""
    return max((m.at - offset for m in mentions if m.anchor or (m.url and not m.labels)), default=0)


def _linked(prose: str, links: dict[int, int], last: int) -> Iterator[tuple[int, int]]:
    """Links behind a stop, led by "Source:" or each the name of a source, before another sentence.

    Names that nobody knows are sources where a block ends so: "It fell. [Dam Board](…) It rose.
    [Quay Board](…)". Elsewhere a linked name begins a sentence.

    Args:
        prose: A block.
        links: Where the words of each link begin and end.
        last: As `_last_page`.
    """
    at = 0
    rest = prose[last:].strip(" .)]*_")
    dated = bool(_DATE.fullmatch(rest))
    closes = bool(links) and (dated or not rest) and _ends_in_names(prose, links)
    while match := _BEHIND_STOP.search(prose, at):
        at = match.end("stop")
        begin = match.end()
        begin += prose[begin : begin + 1] == "["
        end, named = _run(prose, begin, links)
        end += prose[end : end + 1] == "]"
        if match["lead"] and _leads_to_page(prose, match.start("lead"), begin, links):
            end = max(end, _to_the_end(prose, begin, last))
        alike = closes or _are_side_by_side(prose, begin, links)
        named = named or (alike and _are_like_names(prose, begin, end, links))
        if end == begin or not (match["lead"] or match["points"] or named):
            continue
        end = len(prose) if closes and dated and end == last else end
        end += prose[end : end + 1] == "."
        rest = prose[end : end + 4].lstrip()[:1]
        if not rest or not (is_small(rest) or prose[end].isalnum()):
            yield match.end("stop"), end
            at = end


def _ends_in_names(prose: str, links: dict[int, int]) -> bool:
    """Whether the last links of a block stand behind a stop, and each is like a name."""
    first = len(prose)
    for begin, end in reversed(links.items()):
        if first < len(prose) and _after(prose, end) != first:
            break
        if not _is_like_a_name(prose[begin:end]) or _is_a_sentence(prose, begin, end):
            return False
        first = begin
    return bool(_STOP_BEFORE.search(prose, max(0, first - _REACH), first))


def _is_a_sentence(prose: str, begin: int, end: int) -> bool:
    """Whether linked words that a stop follows are a sentence: "[It rose in 2021](…).", no name."""
    if prose[end : end + 1] not in _STOPS:
        return False
    words = prose[begin:end].split()
    return sum(is_small(word[:1]) and word not in _JOINS for word in words) > 1


def _are_side_by_side(prose: str, begin: int, links: dict[int, int]) -> bool:
    """Whether two links have nothing but white space between them: so no sentence begins."""
    end = links.get(begin, len(prose))
    place = end
    while prose[place : place + 1].isspace():
        place += 1
    return place > end and place in links


def _are_like_names(prose: str, begin: int, end: int, links: dict[int, int]) -> bool:
    """Whether each of the links side by side from `begin` to `end` is like a name."""
    while begin in links and begin < end:
        if not _is_like_a_name(prose[begin : links[begin]]):
            return False
        begin = _after(prose, links[begin])
    return True


def _is_like_a_name(words: str) -> bool:
    """Whether the words of a link are few, begin with no small letter, and end no sentence."""
    name = words.strip(" []()*_")
    return (
        len(words) <= _LONGEST_LINE
        and len(name.split()) <= _LONGEST_NAME
        and not is_small(name[:1])
        and any(map(str.isalpha, name))
        and name[-1:] not in _STOPS
        and not STOPS_INSIDE.search(name)
    )


def _to_the_end(prose: str, begin: int, last: int) -> int:
    """The end of the block where it has names and links only: "Source: Reuters, https://...".

    `begin` where it says more: behind its last link, in another sentence, or at length.
    """
    if last <= begin or len(prose) - begin > _LONGEST_LINE:
        return begin
    if not _closes(prose, last) or STOPS_INSIDE.search(prose, begin):
        return begin
    return len(prose)


def _closes(prose: str, last: int) -> bool:
    """Whether nothing follows the last link but when it was published, or a remark on it."""
    rest = prose[last:].strip(" .)]）】*_")
    return not rest or bool(_DATE.fullmatch(rest) or _REMARK.fullmatch(prose, last))


def is_source_line(prose: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block says nothing but "Source:" and which, or has links in brackets and no more.

    It belongs to the block above. Arguments as those of `asides`.
    """
    if prose[:1] in _OPENS and prose[-1:] in _CLOSES:
        links = {m.at - m.anchor - offset: m.at - offset for m in mentions if m.anchor}
        begin = led.end() if (led := _LED.match(prose)) else 1
        if led and mentions and len(prose) <= _LONGEST_LINE:
            return not STOPS_INSIDE.search(prose, begin, len(prose) - 1)
        return not is_small(prose[1:2]) and _run(prose, begin, links)[0] == len(prose) - 1
    head = prose[:_LONGEST_LED]
    lead = _LED.match(prose) if ":" in head or "：" in head else None
    if lead is None:
        return _only_points(prose, offset, mentions)
    if not prose[lead.end() :].strip(" .;,·|/)]*_"):
        return any(mention.labels for mention in mentions)
    links = {m.at - m.anchor - offset: m.at - offset for m in mentions if m.anchor}
    if not _leads_to_page(prose, 0, lead.end(), links):
        return False
    return _are_pages(prose, lead.end(), offset, mentions)


def _leads_to_page(prose: str, lead: int, begin: int, links: dict[int, int]) -> bool:
    """Whether what leads to sources from `lead` to `begin` cannot lead to anything else."""
    if not _OF_ANYTHING.match(prose, lead):
        return True
    return begin in links or prose.startswith(("http", "["), begin)


def _are_pages(prose: str, begin: int, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block has names and links only from `begin` on; stops in several links are of them.

    "Sources: [The wall. A history](…); [Dams](…)"
    """
    last = _last_page(offset, mentions)
    if len(mentions) == 1:
        return _to_the_end(prose, begin, last) > begin
    if last <= begin or len(prose) - begin > _LONGEST_LINE * len(mentions):
        return False
    between, at = list[str](), begin
    for mention in mentions:
        end = mention.at - offset
        between.append(prose[at : max(at, end - mention.anchor)])
        at = max(at, end)
    return not STOPS_INSIDE.search(" ".join([*between, prose[at:]])) and _closes(prose, last)


def _only_points(prose: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block is an arrow, a paper clip or "Evidence:", and links behind it."""
    led = _POINTED.match(prose) if prose[:1] not in _POINTS_NOT else None
    if led is None:
        return False
    links = {m.at - m.anchor - offset: m.at - offset for m in mentions if m.anchor}
    end, _ = _run(prose, led.end(), links)
    return end > led.end() and not prose[end:].strip(" .;)]*_")


def is_signature(prose: str, offset: int, mentions: Sequence[Mention], *, inside: bool) -> bool:
    """Whether a block says nothing but whose words are above: "— [Herald](…), 2 May 2020".

    A link alone says it without a dash `inside` the quotation. Others as those of `asides`.
    """
    links = {m.at - m.anchor - offset: m.at - offset for m in mentions if m.anchor}
    signed = _SIGNED.match(prose)
    if not signed:
        return inside and links == {0: len(prose)} and _is_like_a_name(prose)
    begin = min(links, default=0)
    if begin != signed.end() and not _NAME_AND.fullmatch(prose, signed.end(), begin):
        return False
    end, _ = _run(prose, begin, links)
    rest = prose[end:].strip(" .)]*_")
    return end > begin and bool(not rest or _DATE.fullmatch(rest))


def _run(prose: str, begin: int, links: dict[int, int]) -> tuple[int, bool]:
    """Where links side by side end, with their stop, and whether each names a source."""
    end, named = begin, True
    while begin in links:
        end = links[begin]
        named = named and _names_source(prose[begin:end])
        begin = _after(prose, end)
    return end, named


def _after(prose: str, end: int) -> int:
    between = _BETWEEN.match(prose, end)
    return between.end() if between else end


def _names_source(words: str) -> bool:
    """Whether the words of a link name an outlet, a page, or nothing but "source"."""
    name = words.strip(" []()*_")
    if name.casefold() in _GENERIC or _ADDRESS.fullmatch(name):
        return True
    return is_outlet(name)


def is_outlet(name: str) -> bool:
    """Whether this is all of a name of an outlet that everybody knows."""
    tokens = outlets.words(name)
    known = outlets.phrases_of(tokens[0]) if tokens else ()
    return any(phrase.tokens == tokens for phrase in known)
