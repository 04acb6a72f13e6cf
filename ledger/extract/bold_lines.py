"""A line all in bold -> whether it is a sentence, or the heading of what stands below it."""

from collections.abc import Sequence

from ledger.extract.classify import LEAST_HEADING, Line, classify
from ledger.patterns import later

BOLD = later(r"\s{0,8}(\*\*|__)(?!\s)([^*_\n]{1,160})\1\s*+[:：]?+\s*+$")
_SENTENCE = later(r"(?:\S{1,60}+\s{1,3}+){5,80}+\S{0,60}[^\W_][.!][\"”’]?$|.{9,160}[。！]$")
"""A sentence in bold, and no heading: its words, and the stop at its end."""
_NEAR = 4
"""Lines in which the next one with text is."""


def ends_as_sentence(line: str) -> bool:
    """Whether a line in bold is a sentence, and no heading."""
    return _SENTENCE.match(line) is not None


def numbered_title(lines: Sequence[str], number: int) -> Line | None:
    """The heading that a line all in bold with its number is: "**2. Costs**"; None for any other.

    It stands apart from what is above it, and above what it heads; it is no sentence and not cited.
    Of such lines with nothing between them each is an item: "**1. Rents rose by a tenth**".
    """
    line = lines[number]
    match = BOLD.match(line) if line[:2] == "**" else None
    if not match or "[" in match[2] or ends_as_sentence(match[2]):
        return None
    if number and lines[number - 1].strip():
        return None
    below = lines[number + 1] if number + 1 < len(lines) else ""
    opens = below[:2] == "**" or (below.strip() and classify(below).role == "paragraph")
    if opens or not _heads(lines, number):
        return None
    return Line("heading", match[2], LEAST_HEADING)


def _heads(lines: Sequence[str], number: int) -> bool:
    """Whether text stands next below a line, and no item in bold next above or below."""
    above = next(filter(str.strip, reversed(lines[max(0, number - _NEAR) : number])), "")
    below = next(filter(str.strip, lines[number + 1 : number + 1 + _NEAR]), "")
    if not below or below.startswith(("#", "[")):
        return False
    return not any(BOLD.match(line) and classify(line).role == "item" for line in (above, below))
