"""Document -> sentences with their citation groups.

Sentence ends come from a library; what citations say about them is added here: a marker after a
stop ends the sentence before it, whatever stands behind.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from ledger.model import Block, Document, Mention, Role

_PROSE: frozenset[Role] = frozenset({"paragraph", "item", "quote", "row", "cell"})
_STOPPED = re.compile(r"[.!?…。！？।؟۔][)\]\"'”’»）】」』]*$")
_ASKS = re.compile(r"[?？؟][)\]\"'”’»）】」』]*$")
_LEADS_IN = re.compile(r"[:：][)\]\"'”’»）】」』]*$")
_HAS_WORD = re.compile(r"\w")
_SOFT = re.compile(r"[a-z,;:)\]%–—-]")
_DEFAULT_LANGUAGE = "en"


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
    mentions = document.mentions
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
            yield from _sentences(document.text, block, here, language)
        elif here or block.role == "heading":
            yield Sentence(
                block.start, block.end, block.section, asserts=False, groups=_groups(here)
            )


def _sentences(
    text: str, block: Block, mentions: Sequence[Mention], language: str
) -> Iterator[Sentence]:
    spans = _spans(text, block, mentions, language)
    if block.role == "cell" and not mentions:
        return
    shares: list[list[Mention]] = [[] for _ in spans]
    which = 0
    for mention in mentions:
        while which + 1 < len(spans) and mention.at > spans[which][1]:
            which += 1
        shares[which].append(mention)
    closed = bool(shares and any(mention.labels for mention in shares[-1]))
    for (start, end), share in zip(spans, shares, strict=True):
        exact = text[start:end]
        yield Sentence(
            start,
            end,
            block.section,
            asserts=not (_ASKS.search(exact) or _LEADS_IN.search(exact)),
            groups=_groups(share),
            covered=closed and not share,
        )


def _spans(
    text: str, block: Block, mentions: Sequence[Mention], language: str
) -> list[tuple[int, int]]:
    """Sentence spans of one block, trimmed, in order; at least one."""
    prose = text[block.start : block.end]
    if block.role == "row":
        return [(block.start, block.end)]
    cuts = {b["end_index"] for b in get_sentence_boundaries(language, prose)}
    cuts.update(
        mention.at - block.start
        for mention in mentions
        if mention.labels and _ends_here(prose, mention.at - block.start)
    )
    spans = []
    start = 0
    for cut in sorted(cuts | {len(prose)}):
        piece = prose[start:cut]
        if _HAS_WORD.search(piece):
            left = start + len(piece) - len(piece.lstrip())
            spans.append((block.start + left, block.start + start + len(piece.rstrip())))
        elif spans and piece.strip():
            spans[-1] = (spans[-1][0], block.start + start + len(piece.rstrip()))
        start = cut
    return spans or [(block.start, block.end)]


def _ends_here(prose: str, at: int) -> bool:
    """Whether a marker at `at` stands behind a stop and before what can begin a sentence."""
    if not _STOPPED.search(prose, max(0, at - 6), at):
        return False
    return not _SOFT.match(prose[at:].lstrip()[:1])


def _groups(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], ...]:
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.run, []).append(mention)
    return tuple(map(tuple, groups.values()))
