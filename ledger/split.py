"""Document -> sentences with their citation groups.

Sentence ends come from a library; what citations say about them is added here: a marker after a
stop ends the sentence before it, whatever stands behind.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from ledger.density import most_in_block, most_sentences
from ledger.model import Block, Document, Mention, Role

_PROSE: frozenset[Role] = frozenset({"paragraph", "item", "quote", "row", "cell"})
_STOPPED = re.compile(r"[.!?…。！？।؟۔][)\]\"'”’»）】」』]*$")
_CLOSERS = ")]\"'”’»）】」』"
_LEADS_ON = frozenset("?？؟:：")
"""What ends a question, or a sentence that only leads in what follows, before any closers."""
_TAIL = 8
"""Characters that a stop can stand from the end of its sentence, before quotes and brackets."""
_HAS_WORD = re.compile(r"\w")
_WIDE_STOP = re.compile(r"[。！？；｡]+[”’」』）)\"]*")
"""Chinese and Japanese stops need no space behind them; the semicolon parts whole clauses."""
_ABBREVIATIONS = frozenset(
    """
    vol no nos p pp fig figs eq ch sec ed eds al art arts para approx ca cf vs viz
    Gen M MM Mme Lt Col Maj Capt Sgt Adm Brig Gov Sen Rep Rev Hon Dr Mr Mrs Ms Prof St Mt Ft
    """.split()
)
"""After which, and their stop, the library ends a sentence."""
_SHORT_WORD = re.compile(r"\b[A-Za-z]{1,6}(?=\.\Z)")
_COUNTER = re.compile(r"(?:^|[:;]\s)\(?[0-9]{1,2}[.)]\Z")
"""An inline counter ("...: 1. First"), after which the library ends a sentence, too."""
_LONGEST_SHORT = 12
"""Characters before a cut in which those stand, with their bracket and space."""
_QUOTE = re.compile('[“”„«»「」『』"]')
"""The library never ends a sentence inside quotation marks; a quotation has sentences, too."""
_ROUND_COUNTER = re.compile(r"(?:^|(?<=[.!?] ))\(([0-9]{1,3}|[A-Za-z])\)(?=\s)")
"""Where a sentence begins with one, the library does not see its end."""
_BRACKETED = re.compile(
    r"\((?:(?<=^\()|(?<=[.!?…] \())[^()\n]{10,2000}[.!?…][\"'”’»]{0,2}\)(?=\s+[^\W\d_a-z])"
)
"""A whole sentence in brackets: the library never ends one inside of them."""
_ASIDE = re.compile(
    r"(?P<stop>[.!?…。！？][\"'”’»]{0,2})\s{1,4}\((?P<names>[^()\n]{1,200})\)(?=\s|$)\.?"
)
_STOPS_BEHIND = re.compile(r"(?P<stop>[.!?…][)\"'”’»]{0,2})\s++(?=[^\W\d_])")
"""A stop right behind a marker ends a sentence, behind a unit, too: "by 2 m [3]. It"."""
_NOTED = re.compile(r"[.!?…][\"'”’»]{0,2}(?:\[[^\[\]\n]{1,40}\]){1,6}(?=\s+[^\W\d_a-z])")
"""Brackets that are no markers, glued behind a stop: "fell.[a] It", "fell.[citation needed] It"."""
_SPOKEN = re.compile(r"[?!][\"”’»]\s*$")
"""How speech ends in the middle of a sentence: '"Was it avoidable?" she asked'."""
_COMMA = re.compile(r"[,;，；]\s")
_SOFT = re.compile(r"\s*+[a-z,;:)\]%–—-]")
_DEFAULT_LANGUAGE = "en"
_STATEMENT = 5
"""Words from which on a table cell without a stop is no label: most labels have up to three."""
_STRETCH = 20_000
"""Characters the library gets at once: it needs quadratic time where no white space is."""


class Sentence(NamedTuple):
    """One sentence of `Document.text`.

    Attributes:
        start, end: Code points of the text, end exclusive.
        section: Headings above it.
        asserts: Whether it can be a claim: headings, questions and lead-ins assert nothing.
        groups: Runs of adjacent markers and links, in reading order.
        covered: Whether it has no marker of its own, but its paragraph closes with one.
    """

    start: int
    end: int
    section: tuple[str, ...]
    asserts: bool
    groups: tuple[tuple[Mention, ...], ...] = ()
    covered: bool = False


def split(document: Document) -> Iterator[Sentence]:
    """Cut a document's prose into sentences.

    Markers belong to the sentence they close: in "It rained. [5][13] Nobody came." the first has
    one group of two and the second none.

    Yields:
        Sentences in reading order, never overlapping; `text[start:end]` has no space at its ends.
        Every mention of the document stands in exactly one of them, if there is any sentence.

    Never raises.
    """
    language = document.language or _DEFAULT_LANGUAGE
    mentions = _closing(document)
    left = most_sentences(len(document.text))
    begin = 0
    for number, block in enumerate(document.blocks):
        end = begin
        last = number + 1 == len(document.blocks)
        limit = len(document.text) if last else document.blocks[number + 1].start - 1
        while end < len(mentions) and mentions[end].at <= limit:
            end += 1
        here = mentions[begin:end]
        begin = end
        if block.role in _PROSE:
            found = _sentences(document.text, block, here, language, max(1, left))
            left -= len(found)
            yield from found
        elif here or block.role == "heading":
            yield Sentence(
                block.start, block.end, block.section, asserts=False, groups=_groups(here)
            )


def _closing(document: Document) -> tuple[Mention, ...]:
    """The mentions, those that open a line moved to the line before, where that is the custom.

    A line break can stand between a sentence and its marker. Where most markers of a document
    follow what they close, one that opens a paragraph closes the paragraph before.
    """
    starts = {block.start: number for number, block in enumerate(document.blocks)}
    opening = {m.run for m in document.mentions if m.labels and m.at in starts}
    if not opening or len(opening) * 3 > len({m.run for m in document.mentions if m.labels}):
        return document.mentions

    def moved(mention: Mention) -> Mention:
        number = starts.get(mention.at, 0) if mention.run in opening else 0
        above = document.blocks[number - 1] if number else None
        if above is None or above.role not in _PROSE:
            return mention
        return mention._replace(at=above.end)

    return tuple(map(moved, document.mentions))


def _sentences(
    text: str, block: Block, mentions: Sequence[Mention], language: str, most: int
) -> list[Sentence]:
    if block.role == "cell" and not mentions and not _is_statement(text[block.start : block.end]):
        return []
    spans = _spans(text, block, mentions, language, most)
    section = block.section
    if not mentions:
        return [Sentence(start, end, section, _asserts(text, start, end)) for start, end in spans]
    shares: list[list[Mention]] = [[] for _ in spans]
    which = 0
    for mention in mentions:
        while which + 1 < len(spans) and mention.at > spans[which][1]:
            which += 1
        shares[which].append(mention)
    closed = any(mention.labels for mention in shares[-1])
    return [
        Sentence(
            start,
            end,
            section,
            _asserts(text, start, end),
            _groups(share) if share else (),
            closed and not share,
        )
        for (start, end), share in zip(spans, shares, strict=True)
    ]


def _asserts(text: str, start: int, end: int) -> bool:
    """Whether a sentence is no question, and does not only lead in what follows."""
    last = text[end - 1]
    if last in _CLOSERS:
        last = text[max(start, end - _TAIL) : end].rstrip(_CLOSERS)[-1:]
    return last not in _LEADS_ON


def _is_statement(cell: str) -> bool:
    """Whether a cell without a marker says something, and is no label of its row."""
    words = len(cell.split())
    return words >= _STATEMENT or bool(_STOPPED.search(cell) and words > 1)


def _spans(
    text: str, block: Block, mentions: Sequence[Mention], language: str, most: int
) -> list[tuple[int, int]]:
    """Sentence spans of one block, trimmed, in order; at least one."""
    offset = block.start
    whole = [(offset, block.end)]
    if block.role == "row" or most == 1:
        return whole
    prose = text[offset : block.end]
    cuts = _cuts(prose, offset, mentions, language)
    if not cuts:
        return whole
    most = min(most, most_in_block(len(prose)))
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in (*sorted(cuts)[: most - 1], len(prose)):
        piece = prose[start:cut]
        end = offset + start + len(piece.rstrip())
        if _HAS_WORD.search(piece):
            spans.append((offset + cut - len(piece.lstrip()), end))
        elif spans and end > offset + start:
            spans[-1] = (spans[-1][0], end)
        start = cut
    return spans or whole


def _cuts(prose: str, offset: int, mentions: Sequence[Mention], language: str) -> set[int]:
    """Where sentences end in `prose`, which begins at `offset` of the text; not at its end."""
    ascii = prose.isascii()
    unquoted = prose.replace('"', " ") if ascii else _QUOTE.sub(" ", prose)
    if "(" in prose:
        unquoted = _ROUND_COUNTER.sub(r"X\1X", unquoted)
    cuts: set[int] = set()
    for cut in _boundaries(unquoted, language):
        end = cut
        while prose[end - 1].isspace():
            end -= 1
        if not _goes_on(prose, cut, end):
            cuts.add(end - 1 if _opens(prose, end) else cut)
    if not ascii:
        cuts.update([match.end() for match in _WIDE_STOP.finditer(prose)])
    if "(" in prose:
        cuts.update([match.end() for match in _BRACKETED.finditer(prose)])
    if "[" in prose:
        cuts.update([match.end() for match in _NOTED.finditer(prose)])
    if mentions:
        cuts.update(_beside([mention.at - offset for mention in mentions if mention.labels], prose))
        places = {mention.at - offset for mention in mentions}
        for start, end in _asides(prose, places) if "(" in prose else ():
            cuts = {cut for cut in cuts if not start <= cut < end} | {end}
    cuts.discard(len(prose))
    return cuts


def _goes_on(prose: str, cut: int, end: int) -> bool:
    """Whether a sentence goes on where the library cuts; its last character is before `end`."""
    if end == cut and prose[cut - 1] in ".!?:" and not prose[cut].isspace():
        return True
    if not prose[cut].isupper() and _speaks_on(prose, cut):
        return True
    last = prose[end - 1]
    if last not in ".)":
        return False
    begin = max(0, cut - _LONGEST_SHORT)
    word = _SHORT_WORD.search(prose, begin, end) if last == "." else None
    if word and word[0] in _ABBREVIATIONS:
        return True
    return prose[end - 2 : end - 1].isdigit() and bool(_COUNTER.search(prose, begin, end))


def _opens(prose: str, end: int) -> bool:
    """Whether the last character before `end` is a quotation mark that opens the next sentence."""
    last = prose[end - 1]
    return last in "“«「『„" or (last == '"' and prose[max(0, end - 2)].isspace())


def _beside(markers: Sequence[int], prose: str) -> Iterator[int]:
    """Sentence ends that markers show: a stop right before one, or right behind one."""
    for at in markers:
        if _ends_here(prose, at):
            yield at
        stop = _STOPS_BEHIND.match(prose, at)
        if stop and not prose[stop.end()].islower():
            yield stop.end("stop")


def _asides(prose: str, places: set[int]) -> Iterator[tuple[int, int]]:
    """Brackets behind a stop that hold nothing but cited names: "It fell. (Reuters, BBC) More".

    They belong to the sentence before. Gives the end of that stop, and the end of the bracket.
    """
    for match in _ASIDE.finditer(prose):
        names, begin = match["names"], match.start("names")
        ends = [begin + part.start() for part in _COMMA.finditer(names)] + [match.end("names")]
        if places.issuperset(ends):
            yield match.end("stop"), match.end()


def _boundaries(prose: str, language: str) -> Iterator[int]:
    """Where the library ends sentences, but for the last.

    It gets a long block in stretches, cut at white space.
    """
    begin = 0
    while begin < len(prose):
        end = min(len(prose), begin + _STRETCH)
        if end < len(prose):
            end = max(prose.rfind(" ", begin, end), prose.rfind("\n", begin, end)) + 1 or end
        for boundary in get_sentence_boundaries(language, prose[begin:end]):
            cut = begin + boundary["end_index"]
            if cut < end or (end < len(prose) and _is_stopped(prose[max(begin, end - 8) : end])):
                yield cut
        begin = end


def _is_stopped(text: str) -> bool:
    return bool(_STOPPED.search(text.rstrip()))


def _ends_here(prose: str, at: int) -> bool:
    """Whether a marker at `at` stands behind a stop and before what can begin a sentence."""
    if not _STOPPED.search(prose, max(0, at - 6), at):
        return False
    return not _SOFT.match(prose, at)


def _speaks_on(prose: str, cut: int) -> bool:
    """Whether a cut parts speech from the words that say whose it is."""
    rest = prose[cut : cut + 4].lstrip()
    return rest[:1].islower() and bool(_SPOKEN.search(prose, max(0, cut - 6), cut))


def _groups(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], ...]:
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.run, []).append(mention)
    return tuple(map(tuple, groups.values()))
