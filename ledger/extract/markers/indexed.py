"""A text -> the names in it that have an index, as arrays have: "buf[2]" behind "buf[0]".

And whether it has vectors: "[1 2]" beside "[1 0]" is one.

"word[2]" is how an encyclopedia cites, so nothing but the text's own use of a name tells the two
apart: an index that no citation is, an index in code, or a value that is given to it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ledger.patterns import later

_INDEX = later(
    r"\[(?<=[A-Za-z0-9_\]]\[)(?:0|[ijkmnxy](?:\s?[-+*]\s?[0-9a-z]{1,3})?|-[0-9]{1,2}|[0-9]{0,3}:[0-9]{0,3}"
    r"|[a-z_]{1,20}\s?[-+]\s?[0-9]{1,3}|\"[^\"\]\n]{0,40}\"|'[^'\]\n]{0,40}')\](?!\()"
)
"""What stands in brackets behind a name and is no citation: "[0]", "[i+1]", "[-1]", "['key']"."""
_GIVEN = later(
    r"\[(?<=[A-Za-z0-9_\]]\[)[0-9]{1,4}\]"
    r"(?:\s?[-+*/%|&^<>!=]?=\s|\.[a-z_][A-Za-z0-9_]{0,30}(?=[\s(),;.]))"
)
"""A number in brackets to which a value is given, with which one is compared, or that has parts."""
_NAME = later(r"(?<![A-Za-z0-9_])([A-Za-z_][A-Za-z0-9_]{0,30})(?:\[[^\[\]\n]{1,10}\]){0,3}$")
_LONGEST = 64
"""Characters of a name, 31 at most, with the indexes behind it, of which one may have 12. Chosen:
three as long as that are rare."""
_IN_CODE = later(r"`([^`\n]{1,200})`")
_OF_CODE = later(r"([A-Za-z_][A-Za-z0-9_]{0,30})\[")
_GLUED = later(r"\[(?<=[A-Za-z0-9_]\[)[0-9]{1,4}\](?=[.,;:!?)]{0,2}(?:\s|$))")
_ROW = later(r"\[([0-9]{1,4}(?: [0-9]{1,4}){1,20})[\];]")
"""Numbers between which nothing but blanks stand."""
_COMMAS = later(r"\[([0-9]{1,4}(?:, ?[0-9]{1,4}){1,20})\]")
_APART = later(r"\[(?<=[\s.,;:!?)\"”]\[)[0-9]{1,4}\]")


def indexed(text: str, listed: frozenset[str]) -> frozenset[str]:
    """The names; `listed` are the identifiers of the reference list, which may be letters, too."""
    return frozenset(_names(text, listed))


def name_before(before: str) -> str | None:
    """The name that stands right behind the brackets that follow `before`; None for none."""
    name = _NAME.search(before)
    return name[1] if name else None


def has_vectors(text: str, listed: frozenset[str]) -> bool:
    """Whether numbers with blanks between them are no markers: "[1 2]", where "[1 0]" stands, too.

    One such row cites nothing, as it has a zero or does not rise; or the text parts what it cites
    by commas: "[1, 2]".
    """
    rows = [list(map(int, row.split())) for row in _ROW.findall(text)]
    if any(row[0] == 0 or any(a >= b for a, b in pairwise(row)) for row in rows):
        return True
    return bool(rows) and any(
        listed.issuperset(group.replace(" ", "").split(",")) for group in _COMMAS.findall(text)
    )


def is_row(raw: str) -> bool:
    """Whether brackets hold numbers with blanks between them and nothing else."""
    return _ROW.match(raw) is not None


def _names(text: str, listed: frozenset[str]) -> Iterator[str]:
    for code in _IN_CODE.findall(text) if "`" in text else ():
        yield from _OF_CODE.findall(code)
    certain = {_name(index) for index in _INDEX.finditer(text) if index[0][1:-1] not in listed}
    yield from filter(None, certain)
    given = {_name(index) for index in _GIVEN.finditer(text)} - certain
    if any(given):
        # Where words are cited so, "GDP[1] = C + I" is one of them.
        others = [name for each in _GLUED.finditer(text) if len(name := _name(each) or "") > 1]
        cited = sum(name not in certain and name not in given for name in others)
        if len(_APART.findall(text)) > cited:
            yield from filter(None, given)


def _name(index: re.Match[str]) -> str | None:
    begin = index.start()
    name = _NAME.search(index.string, max(0, begin - _LONGEST), begin)
    return name[1] if name else None
