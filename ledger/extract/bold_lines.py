"""A line all in bold -> whether it is a sentence, or the heading of what stands below it."""

from collections.abc import Sequence

from ledger.extract.classify import LEAST_HEADING, Line, classify
from ledger.patterns import later

BOLD = later(r"\s{0,8}(\*\*|__)(?!\s)([^*_\n]{1,160})\1\s*+[:：]?+\s*+$")
_SENTENCE = later(r"(?:\S{1,60}+\s{1,3}+){5,80}+\S{0,60}[^\W_][.!][\"”’]?$|.{9,160}[。！]$")
"""A sentence in bold, and no heading: its words, and the stop at its end."""


def ends_as_sentence(line: str) -> bool:
    """Whether a line in bold is a sentence, and no heading."""
    return _SENTENCE.match(line) is not None


def numbered_title(lines: Sequence[str], number: int) -> Line | None:
    """The heading that a line all in bold with its number is: "**2. Costs**"; None for any other.

    It stands apart from what is above it, is no sentence and not cited, and opens no text itself.
    """
    line = lines[number]
    match = BOLD.match(line) if line[:2] == "**" else None
    if not match or "[" in match[2] or ends_as_sentence(match[2]):
        return None
    if number and lines[number - 1].strip():
        return None
    below = lines[number + 1] if number + 1 < len(lines) else ""
    opens = below[:2] == "**" or (below.strip() and classify(below).role == "paragraph")
    return None if opens else Line("heading", match[2], LEAST_HEADING)
