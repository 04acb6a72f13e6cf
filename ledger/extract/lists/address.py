"""Two lines -> whether the second goes on with the address that the first breaks off."""

import re
from collections.abc import Sequence

_BROKEN_OFF = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"“”，。；、]{3,2000}[/_=-]$")
_TAIL = re.compile(r"[A-Za-z0-9%~_#?&=+./-]{2,2000}[A-Za-z0-9/=_-]\.?$")
_INNER = re.compile(r"[A-Za-z0-9][./_=%&?#~+-]+[A-Za-z0-9]")
"""A sign that no word and no number alone has inside."""


def goes_on(line: str, below: str) -> bool:
    """Whether an address that ends a line is broken there, and the line below is its tail.

    Args:
        line: Any line or part of an entry.
        below: The line below it, without its indent.

    The evidence is sure only where the address ends in a sign that parts its words and the whole
    line below is one word with such a sign inside.
    """
    if not below or line.rstrip()[-1:] not in ("/", "_", "=", "-") or " " in below.strip():
        return False
    tail = below.strip()
    if not _TAIL.fullmatch(tail) or not _INNER.search(tail) or tail.startswith(("http", "www.")):
        return False
    broken = line.rstrip()
    return bool(_BROKEN_OFF.fullmatch(broken[max(broken.rfind(" "), -2100) + 1 :]))


def joined(parts: Sequence[str]) -> str:
    """The parts of an entry as one line, with the addresses whole that were broken."""
    pieces: list[str] = []
    for part in filter(None, parts):
        if pieces and not goes_on(pieces[-1], part):
            pieces.append(" ")
        pieces.append(part)
    return "".join(pieces).strip()
