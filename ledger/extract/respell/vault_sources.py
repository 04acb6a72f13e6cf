"""Pages of the same vault that a text names as its sources -> markers with their names.

"Sources: [[rents-2024]], [[Wages]]" below a paragraph gives the sources of that paragraph. Pages
that are listed below a head "Sources" are cited where a sentence has them in brackets: "Rents rose
([[rents-2024]])." Links to other notes only suggest further reading, and become words.
"""

import re
from collections.abc import Iterator, Sequence

from ledger.extract.fences import fences
from ledger.extract.lists.heads import is_head
from ledger.extract.markers.code_spans import HIDDEN
from ledger.extract.markers.place import SOURCE
from ledger.letters import holds
from ledger.patterns import later

_PAGE = r"\[\[([^\[\]|#\n]{1,160})(?:#[^\[\]|\n]{0,160})?(?:\|[^\[\]\n]{1,160})?\]\]"
_EACH = later(_PAGE)
_PAGES = rf"{_PAGE}(?:\s?[,;·|/&、，]?\s?(?:and\s)?{_PAGE}){{0,20}}"
_LINE = later(
    rf"\s{{0,8}}(?:[-*+>]\s{{1,4}})?[*_]{{0,3}}(?:{SOURCE}|[Cc]itations?|[Rr]ef(?:erence)?s?)"
    rf"[*_]{{0,3}}\s?[:：]{{1,2}}[*_]{{0,3}}\s{{0,4}}({_PAGES})[*_.。\s]{{0,6}}$"
)
_ITEM = later(
    rf"\s{{0,8}}(?:[-*+•]|[0-9]{{1,3}}[.)])\s{{1,4}}{_PAGE}\s?(?:[—–:：-]{{1,2}}\s)?(.*)$"
)
_FIELD = later(rf"([(\[]{SOURCE}):: ?(?=\[\[)")
"""A field of a note: "[source:: [[rents-2024]]]"."""
_CITED = later(rf"\s?[(（\[^]{{1,2}}({_PAGES})[)）\]]")
_AMID = later(r"\[\[([^\[\]|#\n]{1,160})\]\](?=\s{1,2}[a-z])")
_AMID_NAMED = later(r"\[\[([^\[\]|\n]{1,300})\|([^\[\]\n]{1,160})\]\](?=\s{1,2}[a-z])")
"""A page whose name is a word of its sentence: "see [[rents-2024]] for more"."""
_NO_TEXT = later(rf"\s{{0,3}}(?:#{{1,6}}\s|[-*_]{{3,100}}\s*$|\||>?\s*$|{HIDDEN}\s*$)")
"""A heading, a rule, a row, an empty line, or code."""
_MOST_ABOVE = 4
"""Lines from such a line to the one that it is of: a blank one, a rule, another blank one."""


def with_vault_sources(text: str) -> str:
    """The text, a page of the vault that is a source as "[Source: rents-2024]". Never raises."""
    if not holds(text, "[["):
        return text
    text = _FIELD.sub(r"\1: ", text) if ":: [[" in text else text
    lines = text.split("\n")
    code = fences(lines)
    changed = False
    for number, line in enumerate(lines):
        if "[[" not in line or number in code or not (called := _LINE.match(line)):
            continue
        above = _above(lines, number)
        if above is not None and above not in code:
            lines[above] = f"{lines[above].rstrip()} {_named(called[1])}"
            lines[number] = ""
            changed = True
    listed = dict(_listed(lines))
    pages = {page for page, _ in listed.values()}
    if listed and any(
        number not in listed and number not in code and _cites(line, pages)
        for number, line in enumerate(lines)
    ):
        changed = True
        for number, line in enumerate(lines):
            if number in listed:
                page, remark = listed[number]
                lines[number] = f"- [{page}] {remark or page}"
            elif number not in code and "[[" in line:
                line = _CITED.sub(lambda cited: _if_listed(cited, pages), line)
                lines[number] = _AMID.sub(r"\1", _AMID_NAMED.sub(r"\2", line))
    return "\n".join(lines) if changed else text


def _above(lines: Sequence[str], number: int) -> int | None:
    """The line with text near above; None where a heading, a table or code is there."""
    for above in range(number - 1, max(-1, number - 1 - _MOST_ABOVE), -1):
        line = lines[above]
        if not line.strip() or (line.strip(" -*_") == "" and len(line.strip()) > 2):
            continue
        return None if _NO_TEXT.match(line) else above
    return None


def _listed(lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The items that are pages under heads of lists, with their pages and what is said of them."""
    headed = False
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        item = _ITEM.match(line) if headed and "[[" in line else None
        if item:
            yield number, (item[1].strip(), item[2].strip())
        else:
            headed = is_head(line)


def _cites(line: str, pages: set[str]) -> bool:
    return "[[" in line and any(
        pages.issuperset(_pages(cited[1])) for cited in _CITED.finditer(line)
    )


def _if_listed(cited: re.Match[str], pages: set[str]) -> str:
    return f" {_named(cited[1])}" if pages.issuperset(_pages(cited[1])) else cited[0]


def _pages(said: str) -> list[str]:
    return [page.strip() for page in _EACH.findall(said)]


def _named(said: str) -> str:
    return f"[Source: {'; '.join(_pages(said))}]"
