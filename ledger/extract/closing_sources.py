"""A last line that lists the sources once more -> no citation of the claim above it.

"**Sources:** [Reuters](…) · [BBC](…)" closes an answer whose sentences have cited each of them. A
line of sources that the text has not cited is of what stands above it, see `split.source_lines`;
so is the last of several such lines, and one of some of the sources in a section without others.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ledger.document import Block, Mention
from ledger.extract.markers.worded import SOURCE_IN_WORDS
from ledger.patterns import later

_CALLED = later(rf"\W{{0,4}}(?:{SOURCE_IN_WORDS})", re.I)
_LONGEST = 1_000
"""Characters of such a line at most; chosen, for some ten links with their addresses cut out."""
_NEARLY = 4
"""One in so many sources may be missing from a line of all of them."""
_FEWEST = 2
"""Citations of such a line: one alone is what its own words cite."""


def without_closing_sources(
    text: str, blocks: tuple[Block, ...], mentions: list[Mention]
) -> tuple[tuple[Block, ...], list[Mention]]:
    """The blocks and mentions of a document, its closing line of sources as furniture.

    Furniture cites nothing; where the document ends in no such line, what was given.

    What the line names is cited above, and not all by the block right above. No section above
    ends in such a line, and its own cites besides, or it names nearly all that the text does.
    """
    last = blocks[-1] if blocks else None
    if last is None or last.end - last.start > _LONGEST or not mentions:
        return blocks, mentions
    inside = [mention for mention in mentions if mention.at >= last.start]
    if len(inside) < _FEWEST or not _CALLED.match(text, last.start):
        return blocks, mentions
    above = mentions[: len(mentions) - len(inside)]
    beside = blocks[-2].start if len(blocks) > 1 else 0
    known = _named(above)
    if not _named(inside) <= known or _named(inside) <= _named_from(above, beside):
        return blocks, mentions
    nearly = len(known) - len(_named(inside)) <= len(known) // _NEARLY
    if _is_of_section(text, blocks, above, nearly_all=nearly):
        return blocks, mentions
    return (*blocks[:-1], last._replace(role="furniture")), above


def _is_of_section(
    text: str, blocks: Sequence[Block], above: Sequence[Mention], *, nearly_all: bool
) -> bool:
    """Whether the last line is of the section that it closes, and not of the whole text."""
    sections = [block.section for block in blocks]
    first = next((n for n, section in enumerate(sections) if section == sections[-1]), 0)
    if first and not nearly_all and above[-1].at < blocks[first].start:
        return True
    cited = [mention.at for mention in above]
    return any(
        block.end - block.start <= _LONGEST
        and _CALLED.match(text, block.start)
        and bisect_left(cited, block.start) < bisect_right(cited, block.end)
        for block in blocks[:-1]
    )


def _named(mentions: Sequence[Mention]) -> set[str]:
    """What mentions cite: labels, and addresses of links without one."""
    found = {label for mention in mentions for label in mention.labels}
    return found | {mention.url for mention in mentions if mention.url and not mention.labels}


def _named_from(mentions: Sequence[Mention], start: int) -> set[str]:
    return _named([mention for mention in mentions if mention.at >= start])
