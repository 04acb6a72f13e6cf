"""Document -> sentences with their citation groups."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ledger.density import most_in_block, most_sentences
from ledger.document import Block, Document, Mention
from ledger.forms import IDLE
from ledger.patterns import TEXTUAL, later
from ledger.split.asides import SPEAKERS, asides
from ledger.split.cards import items_closed
from ledger.split.cuts import cuts
from ledger.split.habits import Habits, habits_of
from ledger.split.named_sources import may_name_sources, named_sources
from ledger.split.one_sentence import is_one
from ledger.split.opening import PROSE, opened_by_markers, without_opening
from ledger.split.source_lines import moved_up, source_lines, sources_apart
from ledger.split.spans import spans_between
from ledger.split.statements import asserts, is_statement
from ledger.split.tails import at_stops, without_tails

_PLACE = attrgetter("at")
_INDEX = later(
    r"(?:key\s?words?|index terms|mots[- ]clés|palabras clave|palavras-chave|parole chiave"
    r"|schlüsselwörter|schlagwörter|trefwoorden|słowa kluczowe|ключевые слова|ключові слова"
    r"|anahtar kelimeler|关键[词字]|關鍵[詞字]|キーワード|키워드|主题词)"
    r"\s?[:：—–][^.!?。\n]{1,600}\.?",
    re.I,
)
"""What a text is filed under, and no statement: "Keywords: dams; walls"."""
_INDEX_BEGINS = frozenset("KkIiMmPpSsTtAaКк关關キ키主")


class Sentence(NamedTuple):
    """One sentence of `Document.text`.

    Attributes:
        start, end: Code points of the text, end exclusive.
        section: Headings above it.
        asserts: Whether it can be a claim: headings, labels, questions and lead-ins assert nothing.
        groups: Runs of adjacent markers and links, in reading order.
        covered: Whether it has no marker of its own, but its paragraph closes with one.
        sourced: Where the text says beside it, and of it alone, from whom it is.
    """

    start: int
    end: int
    section: tuple[str, ...]
    asserts: bool
    groups: tuple[tuple[Mention, ...], ...] = ()
    covered: bool = False
    sourced: tuple[tuple[int, int], ...] = ()


class _Place(NamedTuple):
    """A block of a text, and how its markers stand.

    Attributes:
        opened: Whether they open its sentences.
        covered: Whether the sources of all items of its list stand below the last.
    """

    text: str
    block: Block
    opened: bool
    covered: bool


def split(document: Document) -> Iterator[Sentence]:
    """Cut a document's prose into sentences.

    Markers belong to the sentence they close: in "It rained. [5][13] Nobody came." the first has
    one group of two and the second none.

    Yields:
        Sentences in reading order, never overlapping; `text[start:end]` has no space at its ends.
        Every mention of the document stands in exactly one of them, if there is any sentence.

    Never raises.
    """
    document = sources_apart(document)
    habits = habits_of(document)
    sourced = source_lines(document)
    mentions = _closing(document, sourced)
    places = [mention.at for mention in mentions]
    opened = opened_by_markers(document, mentions)
    listed = items_closed(document, sourced, places) if sourced or document.alone else ()
    text = document.text
    limits = [*(block.start - 1 for block in document.blocks[1:]), len(text)]
    named = _places_by_block(document, sourced)
    left = most_sentences(len(text))
    begin = 0
    for number, block in enumerate(document.blocks):
        end = bisect_right(places, limits[number], begin)
        here = mentions[begin:end]
        begin = end
        if number in sourced:
            continue
        role = block.role
        if role in PROSE:
            place = tuple.__new__(_Place, (text, block, number in opened, number in listed))
            found = _sentences(place, here, habits, left)
            left -= len(found)
            if number in named and found:
                found[-1] = found[-1]._replace(sourced=(*found[-1].sourced, *named[number]))
            yield from found
        elif here or role == "heading":
            said = (block.start, block.end, block.section, False, _groups(here), False, ())
            yield tuple.__new__(Sentence, said)


def _closing(document: Document, sourced: Mapping[int, int]) -> tuple[Mention, ...]:
    """The mentions, those of lines of sources and those that open a line moved to the one above."""
    mentions = document.mentions
    if sourced:
        mentions = tuple(sorted(moved_up(document, sourced), key=_PLACE))
    return without_opening(document, mentions)


def _sentences(
    place: _Place, mentions: Sequence[Mention], habits: Habits, most: int
) -> list[Sentence]:
    """The sentences of a block.

    Args:
        place: Where they are.
        mentions: Those in it.
        habits: How the document is written.
        most: How many there may be.
    """
    text, block, _, covered = place
    offset, _, role, section = block
    prose = text[offset : block.end]
    if not mentions and prose[:1] in _INDEX_BEGINS and _INDEX.fullmatch(prose):
        return [Sentence(offset, block.end, section, asserts=False)]
    if role == "cell" and not mentions and not is_statement(prose):
        return []
    if mentions and role != "row" and is_one(prose, habits.language, marked=True):
        # It has no stop behind which a source could stand.
        says, groups = asserts(text, offset, block.end), _groups(mentions)
        return [Sentence(offset, block.end, section, says, groups)]
    sources = _sources(prose, offset, mentions)
    spans = _cut(prose, place, mentions, sources, habits, most)
    tails: Sequence[tuple[tuple[int, int], ...]] = [()] * len(spans)
    if sources:
        mentions = _as_one_run(mentions, offset, sources)
        spans, tails = without_tails(spans, prose, offset, sources, mentions)
        mentions = at_stops(mentions, spans, tails) if any(tails) else mentions
    if not mentions:
        return [
            tuple.__new__(
                Sentence, (start, end, section, asserts(text, start, end), (), covered, behind)
            )
            for (start, end), behind in zip(spans, tails, strict=True)
        ]
    return _with_mentions(place, mentions, spans, tails, sources)


def _with_mentions(
    place: _Place,
    mentions: Sequence[Mention],
    spans: Sequence[tuple[int, int]],
    tails: Sequence[Sequence[tuple[int, int]]],
    sources: Sequence[tuple[int, int]],
) -> list[Sentence]:
    """The sentences of a block with mentions, each with its own.

    Args:
        place: Where they are.
        mentions: Those in it.
        spans: Where each begins and ends.
        tails: For each, where the text says behind it from whom it is.
        sources: As `_sources` gives them.
    """
    text, (offset, _, _, section), opened, _ = place
    shares = _shared(mentions, spans, opened=opened)
    last = spans[-1][0]
    closed = not all(shares) and any(
        mention.form not in IDLE
        and (mention.labels or not mention.anchor or _stands_behind(mention.at - offset, sources))
        and text[last : mention.at] != mention.raw  # else the sentence is about it
        for mention in shares[-1]
    )
    return [
        tuple.__new__(
            Sentence,
            (
                start,
                end,
                section,
                asserts(text, start, end),
                _groups(share) if share else (),
                closed and not share,
                behind,
            ),
        )
        for (start, end), share, behind in zip(spans, shares, tails, strict=True)
    ]


def _cut(
    prose: str,
    place: _Place,
    mentions: Sequence[Mention],
    sources: Sequence[tuple[int, int]],
    habits: Habits,
    most: int,
) -> list[tuple[int, int]]:
    """Where the sentences of a block begin and end; all of it where nothing parts it.

    Args:
        prose: The block.
        sources: As `_sources` gives them; the others as those of `_sentences`.
    """
    offset, end, role, _ = place.block
    whole = [(offset, end)]
    if role == "row" or most <= 1:
        return whole
    if not (sources or mentions) and is_one(prose, habits.language, marked=False):
        return whole
    most = min(most, most_in_block(len(prose)))
    markers = [m.at - offset for m in mentions if m.labels or not m.anchor]
    found = cuts(prose, offset, markers, sources, habits, most)
    return (found and spans_between(prose, offset, found, markers, most)) or whole


def _shared(
    mentions: Sequence[Mention], spans: Sequence[tuple[int, int]], *, opened: bool
) -> list[list[Mention]]:
    """The mentions of each sentence of a block; `opened` as in `_Place`."""
    shares: list[list[Mention]] = [[] for _ in spans]
    which, last = 0, len(spans) - 1
    for mention in mentions:
        at = mention.at
        while (
            which < last
            and at >= spans[which][1]
            and (opened or _is_behind(mention, spans[which][1]))
        ):
            which += 1
        begin = spans[which][0]  # what is a word of a sentence stands in it
        shares[which].append(mention if at >= begin else mention._replace(at=begin))
    return shares


def _sources(prose: str, offset: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where sources stand behind a stop, linked or named, in order."""
    bracketed = "(" in prose or "（" in prose
    said = mentions or (bracketed and any(sign in prose for sign in SPEAKERS))
    found = dict(asides(prose, offset, mentions)) if said else {}
    if may_name_sources(prose):
        named = {begin: end for begin, end in named_sources(prose) if begin not in found}
        found = dict(sorted((found | named).items()))
    return list(found.items())


def _places_by_block(
    document: Document, sourced: Mapping[int, int]
) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Where the lines of sources of a block stand, by its number."""
    found: dict[int, list[tuple[int, int]]] = {}
    for line, number in sourced.items():
        block = document.blocks[line]
        found.setdefault(number, []).append((block.start, block.end))
    return found


def _as_one_run(
    mentions: Sequence[Mention], offset: int, sources: Sequence[tuple[int, int]]
) -> list[Mention]:
    """The mentions, links in one place behind a stop as one run: each of them says the same."""
    found = list(mentions)
    places = [each.at - offset for each in found]
    for start, end in sources:
        inside = range(bisect_right(places, start), bisect_right(places, end))
        for number in inside:
            if found[number].anchor:
                found[number] = found[number]._replace(run=found[inside[0]].run)
    return found


def _stands_behind(place: int, sources: Sequence[tuple[int, int]]) -> bool:
    """Whether a link is one of sources behind a stop: then it is no word of its sentence."""
    return any(stop < place <= end for stop, end in sources)


def _is_behind(mention: Mention, end: int) -> bool:
    """Whether a mention belongs to what follows a sentence: one that is a word of it does."""
    return mention.at > end or (mention.at == end and bool(TEXTUAL.match(mention.raw)))


def _groups(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], ...]:
    if len(mentions) == 1:
        return (tuple(mentions),)
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.run, []).append(mention)
    return tuple(map(tuple, groups.values()))
