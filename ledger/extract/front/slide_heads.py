"""Slides in one file -> their text, without the heads that say how each of them is shown.

Slidev parts slides by rules, and a slide may have front matter of its own: "---", "layout: cover",
"---". In other Markdown the same three lines are a rule and a heading.
"""

import re
from collections.abc import Iterator

from ledger.patterns import later

_RULE = "---"
_SHOWS = later(
    r"(?:layout(?:Class)?|class|transition|background|image|clicks|level|name|title|src|zoom|"
    r"hide(?:InToc)?|disabled|routeAlias|theme)\s?:(?:\s|$)"
)
"""A key that a slide may begin its head with."""
_LAID_OUT = later(r"^---[ \t]*\n(?:layout|transition)\s?: [a-z][\w-]{2,40}$", re.M)
"""What only slides have: a head that says how one is laid out."""
_GOES_ON = later(r"[A-Za-z][\w-]{0,30}\s?:(?:\s|$)|\s|#|$")
_FENCE = ("```", "~~~")
_LONGEST = 40
"""Lines of a head."""


def without_slide_heads(text: str) -> str:
    """The text; the front matter of a slide becomes a rule. As it is where only the first has one.

    Posts of blogs have a layout at the top, too.
    """
    if not text.startswith(_RULE) or not _LAID_OUT.search(text, len(_RULE)):
        return text
    return "\n".join(_kept(text.split("\n")))


def _kept(lines: list[str]) -> Iterator[str]:
    """The lines of a text without those of heads behind the first, and outside of code."""
    skip, fenced = 0, False
    for number, line in enumerate(lines):
        if number < skip:
            continue
        fenced ^= line.lstrip().startswith(_FENCE)
        yield line
        if number and not fenced and line.rstrip() == _RULE:
            skip = _end_of_head(lines, number + 1)


def _end_of_head(lines: list[str], first: int) -> int:
    """The line behind a head that begins at `first`; 0 where none does."""
    if first >= len(lines) or not _SHOWS.match(lines[first]):
        return 0
    for number in range(first + 1, min(first + _LONGEST, len(lines))):
        if lines[number].rstrip() == _RULE:
            return number + 1
        if not _GOES_ON.match(lines[number]):
            return 0
    return 0
