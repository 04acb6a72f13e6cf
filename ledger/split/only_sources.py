"""Whether a block says nothing but its sources: they are of the block above.

"Source: [Reuters](https://...)", "([Herald](…), [Post](…))", "— [Herald](…), 2 May 2020".
"""

import re
from collections.abc import Sequence

from ledger.document import Mention
from ledger.letters import WIDE, is_small
from ledger.patterns import later
from ledger.split.leads import DATE, LED, POINTS, closes, last_page, leads_to_page, to_the_end
from ledger.split.named_links import (
    ADDRESS,
    LONGEST_LINE,
    LONGEST_NAME,
    STOPS_INSIDE,
    is_like_a_name,
    links_of,
    run,
)

_POINTED = re.compile(rf"[\[(*_]{{0,3}}{POINTS}", re.I)
_POINTS_NOT = frozenset("CDGHIJKMNQWXYZcdghijkmnqwxyz0123456789")
"""How what points to links never begins, and most blocks do."""
_POINTS_WIDE = frozenset("参查阅閱原文新论論链鏈連网網元関")
"""The only Chinese letters that it begins with."""
_LONGEST_LED = 36
"""Characters of a word that leads to sources, with what stands before it and its colon."""
_SURE = later(
    r"[(\[]?(?:confidence|certainty)(?:\s(?:level|score))?\s?[:：]\s?(?:(?:very\s)?(?:high|medium|moderate"
    r"|low)(?:\s?[-–/]\s?(?:high|medium|low))?|[0-9.]{1,4}(?:\s?%|/[0-9]{1,3})?)[.)\]]{0,2}",
    re.I,
)
"""What is left of a line whose word for sources went with its markers: "Confidence: high."."""
_SIGNED = re.compile(r"(?:[—–―]|--)\s{0,2}")
_NAME_AND = later(r"[^\W\d_][^.!?,:;\n]{1,60}(?:,\s[^.!?,:;\n]{1,60})?,\s(?:in\s)?")
"""Who said it, before where: "Ann Roe, chair of the board, "."""
_HANDLE = later(r"[^\n]{1,60}\(@\w{1,30}\)\s")
"""Who posted it, before when: "Ann Roe (@annroe) "."""
_DAY = later(r"[0-9]|[^\W_a-z][^\n]{0,12}[0-9]")
_NAME_ALONE = later(r"[*_]{0,2}[^\W\d_a-z](?:[^.!?:;\n]|(?<=\b[^\W\d_])\.|(?<=r)\.(?=\s)){1,80}")
"""The same without a link: "Ann Roe, chair of the board"."""
_PARTS = later(r"\s?[,;/&]\s|\s(?:and|und|et|y|и)\s|[、，；]")
_REMARK = later(r"\s?(?:\[[^\[\]\n]{1,40}\]|\([^()\n]{1,40}\))\s?")
"""What may stand behind markers that are called sources: "Sources: [2] [unconfirmed]". What is
longer says more than where."""
_WIDE_SENTENCE = later(rf"(?=.{{0,12}}{WIDE}).{{13}}")
"""Longer than a name is in a script without spaces."""
_OPENS, _CLOSES = frozenset("(（[【"), frozenset(")）]】")


_BESIDE = later(r"\s?[·|｜•]\s?")
"""What parts a source and its day: "Herald · 3 May 2026 · https://…"."""


def is_source_line(prose: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block says nothing but "Source:" and which, or has links in brackets and no more.

    It belongs to the block above. Arguments as those of `asides`.
    """
    if prose[:1] in _OPENS and prose[-1:] in _CLOSES:
        links = links_of(offset, mentions)
        begin = led.end() if (led := LED.match(prose)) else 1
        if led and mentions and len(prose) <= LONGEST_LINE:
            return not STOPS_INSIDE.search(prose, begin, len(prose) - 1)
        return not is_small(prose[1:2]) and run(prose, begin, links)[0] == len(prose) - 1
    head = prose[:_LONGEST_LED]
    lead = LED.match(prose) if ":" in head or "：" in head else None
    if lead is None:
        if _SURE.fullmatch(prose) and all(mention.labels for mention in mentions):
            return bool(mentions)
        return _only_points(prose, offset, mentions)
    if _are_names(prose, lead.end(), offset, mentions):
        return True
    if not prose[lead.end() :].strip(" .;,·|/)]*_"):
        return any(mention.labels or mention.url for mention in mentions)
    if _REMARK.fullmatch(prose, lead.end()):
        return bool(mentions) and all(m.labels and m.at - offset <= lead.end() for m in mentions)
    links = links_of(offset, mentions)
    if not leads_to_page(prose, 0, lead.end(), links):
        return False
    return _are_pages(prose, lead.end(), offset, mentions)


def behind_sources(prose: str, offset: int, mentions: Sequence[Mention]) -> int | None:
    """Where another sentence begins in a block that "Source:" opens; None where there is none.

    No stop in the words of a link ends one. Where more than a name stands before the first of the
    sources, both say something: "Sources: The dams are well described in [Herald](…). They leak."
    Arguments as those of `asides`.
    """
    head = prose[:_LONGEST_LED]
    lead = LED.match(prose) if ":" in head or "：" in head else None
    if lead is None or prose[0] in _OPENS:
        return None
    links = links_of(offset, mentions)
    first = min((mention.at - mention.anchor - offset for mention in mentions), default=0)
    if any(len(part.split()) > LONGEST_NAME for part in _PARTS.split(prose[lead.end() : first])):
        return None
    for stop in STOPS_INSIDE.finditer(prose, lead.end()):
        if not any(begin < stop.start() < end for begin, end in links.items()):
            return stop.end() - 1
    return None


def _are_pages(prose: str, begin: int, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block has names and links only from `begin` on; stops in several links are of them.

    "Sources: [The wall. A history](…); [Dams](…)"
    """
    last = last_page(offset, mentions)
    if len(mentions) == 1:
        titled = 0 < last - mentions[0].anchor <= begin < last and closes(prose, last)
        return titled or to_the_end(prose, begin, last) > begin
    if last <= begin or len(prose) - begin > LONGEST_LINE * len(mentions):
        return False
    between, at = list[str](), begin
    for mention in mentions:
        end = mention.at - offset
        between.append(prose[at : max(at, end - mention.anchor)])
        at = max(at, end)
    return not STOPS_INSIDE.search(" ".join(between)) and closes(prose, last)


def _are_names(prose: str, begin: int, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block has names from `begin` on, and markers behind or before them.

    "Sources: Roe [2]", "Sources: [2] Roe, [5] Doe".
    """
    end = len(prose.rstrip(" .。)*_"))
    if not all(mention.labels for mention in mentions):
        return False
    places = [mention.at - offset for mention in mentions]
    parts = [
        (begin + part.start(), begin + part.end()) for part in _PARTS.finditer(prose[begin:end])
    ]
    ends, starts = {part[0] for part in parts}, {begin, *(part[1] for part in parts)}
    if len(places) > 1 and all(not starts.isdisjoint((at, at + 1)) for at in places):
        named = all(map(_is_titled, _PARTS.split(prose[begin:end])))
        return named and not STOPS_INSIDE.search(prose, begin, end)
    if not all(at > begin and (at in ends or at >= end) for at in places):
        return False
    names = _PARTS.split(prose[begin:end])
    if any(map(_WIDE_SENTENCE.match, names)) or (len(names) == 1 and prose[-1] == "。"):
        return False
    return all(is_like_a_name(name) or ADDRESS.fullmatch(name) for name in names)


def _is_titled(name: str) -> bool:
    """Whether words begin with no small letter, and most of many words do so, as in a title."""
    small = [is_small(word[0]) for word in name.split()]
    return not any(small[:1]) and (len(small) <= LONGEST_NAME or 2 * sum(small) <= len(small))


def _only_points(prose: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block is an arrow, a paper clip or "Evidence:", and links or markers behind it."""
    first = prose[:1]
    if first in _POINTS_NOT or ("\u3400" <= first <= "\u9fff" and first not in _POINTS_WIDE):
        return False
    led = _POINTED.match(prose)
    if led is None:
        return False
    if not prose[led.end() :].strip(" .;,)]*_"):
        return any(mention.labels for mention in mentions)
    links = links_of(offset, mentions)
    end, _ = run(prose, led.end(), links)
    return end > led.end() and not prose[end:].strip(" .;)]*_")


def is_dated_source(prose: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block is a source, its day and its address side by side and nothing else.

    "Herald · 3 May 2026 · https://…", "[Reuters](…) | 2026-05-03".
    """
    parted = "|" in prose or "·" in prose or "•" in prose or "｜" in prose
    if not parted or len(prose) > LONGEST_LINE:
        return False
    links = links_of(offset, mentions)
    begin, dated, led = 0, False, False
    for beside in (*_BESIDE.finditer(prose), None):
        end = beside.start() if beside else len(prose)
        part = prose[begin:end]
        if links.get(begin) == end:
            led = led or run(prose, begin, {begin: end})[1]
        elif DATE.fullmatch(part):
            dated = True
        elif not is_like_a_name(part):
            return False
        begin = beside.end() if beside else end
    behind = any(m.url and not m.anchor and m.at - offset == begin for m in mentions)
    return dated and (led or behind)


def is_only_names(prose: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a block is links side by side, each the name of a source, and nothing else.

    No address alone: it may be an entry of a list without a head, or say whose page it is.
    """
    links = links_of(offset, mentions)
    end, named = run(prose, 0, links)
    if not named or not end or prose[end:].strip(" ."):
        return False
    return not any(ADDRESS.fullmatch(prose, *words) for words in links.items())


def is_signature(prose: str, offset: int, mentions: Sequence[Mention], *, inside: bool) -> bool:
    """Whether a block says nothing but whose words are above: "— [Herald](…), 2 May 2020".

    Or "— Ann Roe, the board [2]". A link alone says it without a dash `inside` the quotation.
    Others as those of `asides`.
    """
    links = links_of(offset, mentions)
    signed = _SIGNED.match(prose)
    if not signed:
        return inside and links == {0: len(prose)} and is_like_a_name(prose)
    if not links:
        end = len(prose.rstrip(" .)]*_"))
        named = all(mention.at - offset >= end for mention in mentions)
        return named and _NAME_ALONE.fullmatch(prose, signed.end(), end) is not None
    begin = min(links, default=0)
    if begin != signed.end() and not _NAME_AND.fullmatch(prose, signed.end(), begin):
        posted = _HANDLE.fullmatch(prose, signed.end(), begin)
        if not (posted and _DAY.match(prose, begin)):
            return False
    end, _ = run(prose, begin, links)
    rest = prose[end:].strip(" .)]*_")
    return end > begin and bool(not rest or DATE.fullmatch(rest))
