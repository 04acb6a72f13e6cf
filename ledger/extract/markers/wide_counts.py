"""Numbers right behind the stops and commas of Chinese and Japanese -> which count what follows.

"開かれた 1。3つの埠頭が", "人口 4，5组": where a text sets its numbers before its stops, a count of
things is all that stands behind one.
"""

import re
from collections.abc import Collection, Set

from ledger.extract.markers.doubtful import DOUBTFUL
from ledger.letters import WIDE
from ledger.patterns import later

_STOPS, _COMMAS = frozenset("。！？"), frozenset("，、；")
_OPENED = later(WIDE)
_COUNTED = later(rf"\s?{WIDE}")
"""What a figure behind a comma counts: "4 人，5 组", "、1アクション"."""


def stand_before(text: str, glued: Collection[re.Match[str]], apart: int, full: Set[str]) -> bool:
    """Whether a text has at least as many numbers before its wide stops as behind them.

    Args:
        text: The document.
        glued: The numbers glued behind stops.
        apart: How many stand apart before wide stops.
        full: The words of a text full of numbers glued to words, as `dense` gives them.
    """
    behind = sum(map(_opens_next, glued))
    if not behind:
        return False
    found = DOUBTFUL.finditer(text) if full else ()
    return apart + sum(bool(match["w"]) and match[0] in full for match in found) >= behind


def counts_next(match: re.Match[str], *, before: bool) -> bool:
    """Whether a number glued behind a wide stop or comma counts what follows: "，3大", "。3つ".

    Args:
        match: The stop, with the number behind it.
        before: As `stand_before` says it of the text.
    """
    if match["stop"][0] in _COMMAS:
        return _COUNTED.match(match.string, match.end()) is not None
    return before and _opens_next(match)


def _opens_next(match: re.Match[str]) -> bool:
    """Whether a number stands between a wide stop and a letter of what comes next."""
    return match["stop"][0] in _STOPS and _OPENED.match(match.string, match.end()) is not None
