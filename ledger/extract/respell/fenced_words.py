"""Words that MyST sets apart -> those of others: "```{note}" opens no code, nor does "{ref}`dam`".

Its fences hold code as well, and so do those of Quarto and knitr, "```{r}": only what is known to
be words is taken out of them. The names of places, "(dams)=", go.
"""

import re
from collections.abc import Iterator, Sequence

from ledger.extract.respell.directives import opened_words, words_of_role
from ledger.extract.respell.listed_tables import TABLES, table_rows
from ledger.extract.respell.parts_of_pages import HEADED, TOLD
from ledger.letters import holds
from ledger.patterns import later

_FENCE = later(
    r"[ \t]{0,8}(?P<fence>(?P<sign>[`:~])(?P=sign){2,20})\{(?P<kind>[a-z][\w:+-]{0,40})\}"
    r"[ \t]{0,8}(?P<said>[^\n`]{0,300})$"
)
_CLOSES = later(r"[ \t]{0,8}(?P<fence>(?P<sign>[`:~])(?P=sign){2,20})[ \t]*$")
_OPTION = later(r"[ \t]{0,8}:[\w-]{1,40}:(?:[ \t]|$)")
_PLACE = later(r"^\([\w.:-]{1,100}\)=[ \t]*$", re.M)
_ROLE = later(
    r"(?<![\w`{])\{(?P<role>ref|numref|eq|doc|term|abbr|prf:ref)\}`(?P<said>[^`\n]{1,300})`(?!`)"
)
_WORDS = HEADED | TOLD | frozenset("figure iframe margin aside exercise solution proof".split())
_DEEPEST, _RULE = 4, "---"
"""Fences within fences whose marks are looked at; what is around the options of one."""


def with_fenced_words(text: str) -> str:
    """The text without roles and fences of what is words, and names of places. Never raises."""
    if holds(text, ")=\n"):
        text = _PLACE.sub("", text)
    if holds(text, "}`"):
        text = _ROLE.sub(words_of_role, text)
    if not holds(text, "```{", ":::{", "~~~{"):
        return text
    return "\n".join(_written(text.split("\n"), _DEEPEST))


def _written(lines: Sequence[str], depth: int) -> Iterator[str]:
    ends = _ends(lines)
    at = 0
    while at < len(lines):
        match = _FENCE.match(lines[at]) if "{" in lines[at] else None
        end = ends.get(at)
        if match is None or end is None:
            yield lines[at]
            at += 1
            continue
        kind = match["kind"]
        inside = lines[at + 1 : end]
        rows = table_rows(kind, inside, _without_options(inside)) if kind in TABLES else None
        if rows:
            yield from ("", *opened_words(kind, match["said"].strip(), ["", *rows]), "")
        elif depth and (kind in _WORDS or kind.startswith("prf:")):
            body = _without_options(inside)
            yield from ("", *_written(opened_words(kind, match["said"].strip(), body), depth - 1))
            yield ""
        else:
            yield from lines[at : end + 1]
        at = end + 1


def _ends(lines: Sequence[str]) -> dict[int, int]:
    """The line that closes each fence with a kind: the first below it that is drawn as it is."""
    closing: dict[str, int] = {}
    found: dict[int, int] = {}
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if match := _CLOSES.match(line):
            closing[match["fence"]] = number
        elif "{" in line and (match := _FENCE.match(line)) and match["fence"] in closing:
            found[number] = closing[match["fence"]]
    return found


def _without_options(lines: Sequence[str]) -> list[str]:
    """The lines of a fence behind what sets how it is shown."""
    at = 0
    if lines and lines[0].strip() == _RULE:
        at = next((n + 1 for n, line in enumerate(lines) if n and line.strip() == _RULE), 0)
    while at < len(lines) and _OPTION.match(lines[at]):
        at += 1
    return list(lines[at:])
