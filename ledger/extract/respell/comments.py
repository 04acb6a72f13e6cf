"""A text -> the text without HTML comments: "<!-- checked by Roe -->".

No reader of the page sees them, so they state nothing. A comment may have several lines, and one
that begins a line may have several paragraphs. Code stays as it is, and so does a comment without
an end.
"""

from collections.abc import Sequence

from ledger.extract.fences import fences
from ledger.letters import holds

_OPENS, _CLOSES = "<!--", "-->"
_MARKS = " \t>-*+"
"""What may stand before a comment that begins a line: marks of quotations and of items."""


def without_comments(text: str) -> str:
    """The text without its comments, with as many lines; one that held nothing else is blank."""
    if not holds(text, _OPENS) or _CLOSES not in text:
        return text
    lines = text.split("\n")
    code = fences(lines)
    last = max(number for number, line in enumerate(lines) if _CLOSES in line)
    closed = _closed_in_their_paragraph(lines)
    is_open = False
    for number, line in enumerate(lines):
        if is_open or (_OPENS in line and number not in code):
            block = line.lstrip(_MARKS).startswith(_OPENS)
            below = number < last if block else number in closed
            lines[number], is_open = _shown(line, is_open=is_open, closed_below=below)
    return "\n".join(lines)


def _closed_in_their_paragraph(lines: Sequence[str]) -> set[int]:
    """Lines below which a comment ends before a blank line does the paragraph."""
    found: set[int] = set()
    ends = False
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if ends:
            found.add(number)
        ends = bool(line.strip()) and (ends or _CLOSES in line)
    return found


def _shown(line: str, *, is_open: bool, closed_below: bool) -> tuple[str, bool]:
    """What a line shows, and whether a comment goes on behind it."""
    shown: list[str] = []
    ticks = 0
    at = 0
    while True:
        if is_open:
            close = line.find(_CLOSES, at)
            if close < 0:
                return "".join(shown).rstrip(), True
            at = close + len(_CLOSES)
        begin = line.find(_OPENS, at)
        end = len(line) if begin < 0 else begin
        piece = line[at:end]
        shown.append(piece)
        ticks += piece.count("`")
        if begin < 0:
            return "".join(shown).rstrip(), False
        at = begin + len(_OPENS)
        is_open = ticks % 2 == 0 and (closed_below or line.find(_CLOSES, at) >= 0)
        if not is_open:
            shown.append(_OPENS)
