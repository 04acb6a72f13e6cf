"""Numbers in brackets that no list explains -> whether they stand where citations stand.

Only their places say what they are. Citations stand behind what they prove, at the end of a
sentence or of a part of it. Seeds of a draw, scenes, options, rows of a plan and members of a set
stand anywhere; so do characters that a pattern or an array has in brackets.
"""

import re
from itertools import islice

from ledger.extract.markers.numbers import CLOSE, NUMBERS, OPEN, expand, plausible

_RUN = re.compile(
    rf"{OPEN}\^?(?P<inside>{NUMBERS}){CLOSE}"
    rf"(?:[ ,]{{0,2}}{OPEN}\^?{NUMBERS}{CLOSE}){{0,40}}+(?!\()"
)
"""Brackets side by side, which say one thing; no links."""
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]{1,200}`", re.M | re.S)
_MARKS = " \t*_"
"""What may stand between a citation and its words: white space and signs of emphasis."""
_WINDOW = 4
_MOST = 2_000
"""Places that are looked at; no answer seen has more."""
_CARRIES_NONE = frozenset(":,;=<>+-−–*/({[|\n")
"""What no citation stands behind: signs, and what begins a list or goes on with one."""
_ENDS = frozenset('.!?。！？…”"»')
_CLOSES = frozenset('.,;:!?)\n”"»。，；、）|')


def stand_as_citations(text: str) -> bool:
    """Whether at least half of the bracketed numbers of a text stand as citations do.

    On some 400 answers without a list whose citations are known it held for all but three. True
    when there are none.
    """
    prose = _CODE.sub("", text)
    places = [
        _is_cited(prose, run)
        for run in islice(_RUN.finditer(prose), _MOST)
        if _is_plausible(run["inside"])
    ]
    return 2 * sum(places) >= len(places)


def _is_plausible(inside: str) -> bool:
    return all(map(plausible, expand(inside) or ("0",)))


def _is_cited(prose: str, run: re.Match[str]) -> bool:
    before = prose[max(0, run.start() - _WINDOW) : run.start()].rstrip(_MARKS)[-1:]
    behind = prose[run.end() : run.end() + _WINDOW].lstrip(_MARKS)[:1]
    at_end = behind in _CLOSES or not behind
    if before in (":", "", "\n"):  # "Reference: [1]", or a line of its own below what it closes
        return behind in ("", "\n")
    if before in _CARRIES_NONE:
        return False
    return at_end or before in _ENDS
