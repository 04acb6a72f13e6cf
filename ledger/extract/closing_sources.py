"""A last line that lists the sources once more -> no citation of the claim above it.

"**Sources:** [Reuters](…) · [BBC](…)" closes an answer whose sentences have cited each of them. A
line of sources that the text has not cited is of what stands above it, see `split.source_lines`.
"""

import re
from collections.abc import Sequence

from ledger.document import Block, Mention
from ledger.extract.markers.worded import SOURCE_IN_WORDS
from ledger.patterns import later

_CALLED = later(rf"\W{{0,4}}(?:{SOURCE_IN_WORDS})", re.I)
_LONGEST = 1_000
_FEWEST = 2


def without_closing_sources(
    text: str, blocks: tuple[Block, ...], mentions: list[Mention]
) -> tuple[tuple[Block, ...], list[Mention]]:
    """The blocks and mentions of a document, such a line as furniture that cites nothing.

    Its sources are cited above, and not all of them by the block right above.
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
    return (*blocks[:-1], last._replace(role="furniture")), above


def _named(mentions: Sequence[Mention]) -> set[str]:
    """What mentions cite: labels, and addresses of links without one."""
    found = {label for mention in mentions for label in mention.labels}
    return found | {mention.url for mention in mentions if mention.url and not mention.labels}


def _named_from(mentions: Sequence[Mention], start: int) -> set[str]:
    return _named([mention for mention in mentions if mention.at >= start])
