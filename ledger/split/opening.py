"""Markers that open a line or a block -> whose they are: of what is above, or of what follows."""

import re
from collections.abc import Container, Sequence

from ledger.document import Block, Document, Mention, Role
from ledger.letters import is_small

PROSE: frozenset[Role] = frozenset({"paragraph", "item", "quote", "row", "cell"})
_HAS_WORD = re.compile(r"\w")
_TAIL = 8
"""Characters that a marker can stand from the end of its block, before stops and brackets."""


def without_opening(document: Document, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, those that open a line moved to the line before, where that is the custom.

    A line break can stand between a sentence and its marker. Where most markers of a document
    follow what they close, one that opens a paragraph closes the paragraph before.
    """
    starts = {block.start: number for number, block in enumerate(document.blocks)}
    opening = {m.run for m in mentions if m.labels and m.at in starts}
    if not opening or len(opening) * 3 > len({m.run for m in mentions if m.labels}):
        return mentions

    def moved(mention: Mention) -> Mention:
        number = starts.get(mention.at, 0) if mention.run in opening else 0
        above = document.blocks[number - 1] if number else None
        if above is None or above.role not in PROSE or _is_subject(document, number):
            return mention
        return mention._replace(at=above.end)

    return tuple(map(moved, mentions))


def _is_subject(document: Document, number: int) -> bool:
    """Whether a marker that opens a block belongs to it: a heading, or words that need a subject.

    "[Roe 2020] define the term" begins with a small letter where the marker was.
    """
    block = document.blocks[number]
    return block.role in ("heading", "item") or is_small(document.text[block.start])


def opened_by_markers(document: Document, mentions: Sequence[Mention]) -> frozenset[int]:
    """The blocks whose markers open their sentences: "[1]据…报道，…。[2]另据…，…。".

    Such a block begins with a marker and does not end with one, and more do so than end with one.
    """
    places = {mention.at for mention in mentions if mention.labels}
    blocks = document.blocks
    opened = {number for number, block in enumerate(blocks) if block.start in places}
    if not opened:
        return frozenset()
    closed = {n for n, block in enumerate(blocks) if _is_closed(document.text, block, places)}
    return frozenset(opened - closed) if len(opened) > len(closed) else frozenset()


def _is_closed(text: str, block: Block, places: Container[int]) -> bool:
    """Whether a block ends with a marker, or with one and a stop."""
    ends = range(max(block.start, block.end - _TAIL), block.end + 1)
    return any(at in places and not _HAS_WORD.search(text, at, block.end) for at in ends)
