"""Notes at the feet of pages -> footnotes as Markdown writes them.

Notes called in one place stand side by side in the text, "fell.³⁴": which they are says the foot of
the page.
"""

import re
from collections.abc import Set as AbstractSet

_NOTE = re.compile(r"^\s{0,4}<sup>\[?(\d{1,3})\]?</sup>\s?(?=\S)", re.M)
_RAISED = re.compile(r"<sup>(\d{2,24})</sup>")


def numbers_of(notes: str) -> list[int]:
    """The numbers that begin lines of notes, in order."""
    return [int(number) for number in _NOTE.findall(notes)]


def as_definitions(notes: str) -> str:
    """The notes as Markdown defines them: "[^3]: Roe, Dams."."""
    return _NOTE.sub(r"[^\1]: ", notes)


def called_apart(text: str, below: AbstractSet[int]) -> str:
    """The text of a page, its raised numbers apart that are several of those of the notes below."""

    def apart(match: re.Match[str]) -> str:
        parts = [] if int(match[1]) in below else _in_turn(match[1], below)
        return f"<sup>{','.join(parts)}</sup>" if parts else match[0]

    return _RAISED.sub(apart, text) if below else text


def _in_turn(digits: str, below: AbstractSet[int]) -> list[str]:
    """The digits as numbers of notes, each one more than the last; none where they are not."""
    for length in range(1, len(digits)):
        parts, rest, number = [], digits, int(digits[:length])
        while rest.startswith(str(number)) and number in below:
            parts.append(str(number))
            rest = rest[len(str(number)) :]
            number += 1
        if not rest and len(parts) > 1:
            return parts
    return []
