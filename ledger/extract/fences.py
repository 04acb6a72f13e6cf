"""Lines -> those of fenced code."""

import re
from collections.abc import Sequence

from ledger.patterns import later

_FENCE = later(r"\s{0,40}(?P<fence>`{3,}+(?=[^`]*$)|~{3,}+)(?P<info>.*)$")

_MARKS = later(r"(?::contentReference\[oaicite:[0-9]{1,4}\]\{index=[0-9]{1,4}\}\s{0,3}){1,9}")


def fences(lines: Sequence[str]) -> dict[int, bool]:
    """The lines of fenced code by number: False for a fence, True for what is between two.

    As CommonMark has it, an info string behind backticks holds none ("```rm``` is deadly" is
    prose). A fence that nothing closes opens no code: what follows it is not lost.
    """
    text = "\n".join(lines)
    # One character is found ten times as fast as three.
    if not (("`" in text and "```" in text) or ("~" in text and "~~~" in text)):
        return {}
    fenced = ((n, line) for n, line in enumerate(lines) if "```" in line or "~~~" in line)
    marks = [(number, match) for number, line in fenced if (match := _FENCE.match(line))]
    longest = _longest_closing([match for _, match in marks])
    found: dict[int, bool] = {}
    open_with = ""
    begin = 0
    for place, (number, match) in enumerate(marks):
        fence = match["fence"]
        if open_with:
            if fence.startswith(open_with) and _closes(match):
                found.update(dict.fromkeys(range(begin + 1, number), True))
                found[number] = False
                open_with = ""
        elif longest[fence[0]][place + 1] >= len(fence):
            found[number] = False
            open_with, begin = fence, number
        elif len(match["info"].split()) <= 1:
            found[number] = False
    return found


def _closes(match: re.Match[str]) -> bool:
    """Whether nothing stands behind a fence, or but the marks of a machine."""
    info = match["info"].strip()
    return not info or _MARKS.fullmatch(info) is not None


def _longest_closing(marks: Sequence[re.Match[str]]) -> dict[str, list[int]]:
    """For each fence, the longest from it on that can close one, by its character."""
    longest = {char: [0] * (len(marks) + 1) for char in "`~"}
    for place in range(len(marks) - 1, -1, -1):
        fence = marks[place]["fence"] if _closes(marks[place]) else ""
        for char, lengths in longest.items():
            lengths[place] = max(lengths[place + 1], len(fence) if char in fence else 0)
    return longest
