"""A text that is indented, quoted or fenced as a whole -> the text without that.

An assistant puts its whole answer between fences, a forum quotes it line by line, an editor indents
it. The words are the same, and are neither code nor a quotation.
"""

import re
from collections.abc import Sequence

from ledger.letters import holds
from ledger.patterns import later

_FENCE = later(r" {0,3}(?P<fence>`{3,}+(?=[^`]*$)|~{3,}+)[ \t]*(?P<info>.*)$")
_OF_TEXT = frozenset(("markdown", "md", "text", "txt", "plaintext", "plain", "wikitext"))
"""What a block says that holds text to be copied."""
_QUOTED = later(r"[ \t]{0,3}>[ \t]?")
_MARGIN = 4
"""Spaces that make code of a line."""


def unwrapped(text: str) -> str:
    """The text without what all of it is wrapped in; each line stays in its place. Never raises."""
    begin = text[:80].lstrip("\n")[:1]
    if begin == ">":
        text = _without_quotes(text)
    elif begin in (" ", "\t"):
        text = _without_margin(text)
    if holds(text, "```", "~~~"):
        text = _without_fence(text)
    return text


def _without_quotes(text: str) -> str:
    lines = text.split("\n")
    if not all(_QUOTED.match(line) for line in lines if line.strip()):
        return text
    return "\n".join(_QUOTED.sub("", line, count=1) for line in lines)


def _without_margin(text: str) -> str:
    lines = text.split("\n")
    widths = [len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()]
    tabbed = all(line[0] == "\t" for line in lines if line.strip())
    least = 1 if tabbed else min(widths, default=0)
    if not tabbed and (least < _MARGIN or "\t" in text):
        return text
    return "\n".join(line[least:] for line in lines)


def _without_fence(text: str) -> str:
    """The text without the fences of a block of text in which most of it stands."""
    lines = text.split("\n")
    fences = {n: match for n, line in enumerate(lines) if (match := _FENCE.match(line))}
    first = next(iter(fences), None)
    if first is None or not _holds_text(lines, first, fences[first]):
        return text
    around = not "".join(lines[:first]).strip() and not "".join(lines[max(fences) + 1 :]).strip()
    last = max(fences) if around and _is_whole(fences) else _closing(fences, first)
    inside = sum(map(len, lines[first + 1 : last]))
    if inside * 2 < len(text):
        return text
    for number in (first, last):
        if number is not None:
            lines[number] = ""
    return "\n".join(lines)


def _holds_text(lines: Sequence[str], first: int, fence: re.Match[str]) -> bool:
    """Whether a block says that it holds text, or says nothing and begins with a title."""
    info = fence["info"].strip().casefold()
    below = next((line for line in lines[first + 1 :] if line.strip()), "")
    return info in _OF_TEXT or (not info and below.startswith("# ") and "```" not in below)


def _is_whole(fences: dict[int, re.Match[str]]) -> bool:
    """Whether the first fence and the last one can be a pair, with pairs between them."""
    return len(fences) % 2 == 0 and not fences[max(fences)]["info"].strip()


def _closing(fences: dict[int, re.Match[str]], first: int) -> int | None:
    """The line that closes the block, behind those of code inside of it; None where none does."""
    opens, inner = fences[first]["fence"], False
    for number, match in fences.items():
        same = match["fence"].startswith(opens)
        if number == first or not same:
            continue
        if match["info"].strip():
            inner = True
        elif inner:
            inner = False
        else:
            return number
    return None
