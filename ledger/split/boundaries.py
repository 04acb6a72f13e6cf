"""One block -> where a library ends its sentences, which knows the stops and most abbreviations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from sentencex import segment

from ledger.patterns import later
from ledger.split.habits import Habits

STOPPED = re.compile(r"[.!?…。！？।؟۔։።။។៕][)\]\"'”“’»）】」』]*$")
_ROUND_COUNTER = re.compile(r"\(([0-9]{1,3}|[A-Za-z]|[ivx]{2,4})\)(?=\s)")
"""Where a sentence begins with one, the library does not see its end; in one it sees ends that are
none: "The plan names (1) Costs, (2) Time"."""
_ASIDE_END = later(r"\(([^().!?\n]{1,80}\s[0-9]{1,3}|[^()\n]{2,80}\s[12][0-9]{3})\)(?=\s)")
"""Brackets that end with a number: "3 (children 2) euros", "(Roe et al., 2017)" count nothing."""
_NUMBER_CLOSED = later(r"\)(?<=[0-9]\))")
"""How each of them ends: with most brackets it need not be tried where they begin."""
_ROUND = later(r"[()]")
_SINGLE_QUOTE = later(r"'(?:(?<![^\s(]')(?=[^\W\d_])|(?<=[.,!?]')(?=\s|$))")
"""A straight mark that opens or closes a quotation, and is no apostrophe."""
_DEFAULT_LANGUAGE = "en"
_NEIGHBOURS = {"da": "no", "ca": "es"}
"""Languages for which the library takes 0.2 ms for each stop, a hundred times what it takes for
others, and another that ends sentences so; their abbreviations are known in `abbreviations`."""
STRETCH = 20_000
"""Characters the library gets at once: it needs quadratic time where no white space is."""


def boundaries(prose: str, habits: Habits) -> Iterable[int]:
    """Where the library ends the sentences of a block, but for the last, in order."""
    bare = _unquoted(prose, habits.blanked)
    language = habits.language or _DEFAULT_LANGUAGE
    return _in_stretches(bare, language) if len(bare) > STRETCH else _ends(bare, language)


def _unquoted(bare: str, blanked: Sequence[str]) -> str:
    """A block as the library gets it, as long as it is: without quotes and rounded counters."""
    for sign in blanked:
        if sign in bare:
            bare = bare.replace(sign, " ")
    if "'" in bare:
        bare = _SINGLE_QUOTE.sub(" ", bare)
    if "<" in bare:
        bare = bare.replace("<", "=")  # between "S < 2" and "S > 3" it would end none either
    if "(" in bare:
        bare = _ROUND_COUNTER.sub(r"X\1X", bare)
        if _NUMBER_CLOSED.search(bare):
            bare = _ASIDE_END.sub(r"X\1X", bare)
        if bare.count("(") > bare.count(")"):
            bare = _without_unclosed(bare)
    return bare


def _without_unclosed(bare: str) -> str:
    """A block without brackets that nothing closes: the library ends none up to the next that do.

    "The data (see the map, (read in May) were used. They were taken of boats (small ones)."
    """
    opened: list[int] = []
    for match in _ROUND.finditer(bare):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            opened.pop()
    last = bare.rfind(")")
    signs = list(bare)
    for at in opened:
        if at < last:
            signs[at] = " "
    return "".join(signs)


def _in_stretches(prose: str, language: str) -> Iterator[int]:
    """The same of a long block, which the library gets in stretches, cut at white space."""
    begin = 0
    while len(prose) - begin > STRETCH:
        end = begin + STRETCH
        end = max(prose.rfind(" ", begin, end), prose.rfind("\n", begin, end)) + 1 or end
        yield from (begin + cut for cut in _ends(prose[begin:end], language))
        if _is_stopped(prose[max(begin, end - 8) : end]):
            yield end
        begin = end
    yield from (begin + cut for cut in _ends(prose[begin:], language))


def _ends(prose: str, language: str) -> list[int]:
    """Where the library ends sentences of a block that is not long, but for the last."""
    neighbour = _NEIGHBOURS.get(language, language)
    return list(accumulate(map(len, segment(neighbour, prose)[:-1])))


def _is_stopped(text: str) -> bool:
    return bool(STOPPED.search(text.rstrip()))
