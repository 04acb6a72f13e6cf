"""A line -> the number that counts it as an entry of a list, in every way that lists are counted.

Most of these ways occur in prose as well ("1 in 3 houses fell"), so a single line proves nothing.
`cited_list` asks whether such lines follow one another, and whether the text cites their numbers.
"""

import re
from typing import NamedTuple

from ledger.extract.lists.addresses import ADDRESS
from ledger.extract.lists.entries import BRACKETED, RAISED_ENTRY, bracketed, indent, several
from ledger.extract.lists.table_rows import said_in
from ledger.extract.markers.numbers import (
    CIRCLED,
    IN_CIRCLES,
    NO_YEAR,
    NUMBER,
    SUPERS,
    plain_digits,
)
from ledger.patterns import later

_STRONG = r"(?:\*\*|__)?"
_LEAD = later(rf"\s{{0,8}}(?:[-*+•]\s+)?{_STRONG}(?:<a\s[^<>\n]{{1,120}}>\s?</a>\s?)?{_STRONG}")
"""A bullet, strong type, and the anchor that markers link to: '<a id="ref1"></a>1. ...'."""
_REST = r"\s{0,8}(?=\S)(.*)$"
_STOPPED = later(rf"({NO_YEAR}{NUMBER})\\?[.)）、]{_STRONG}{_REST}")
_PARTED = later(rf"({NO_YEAR}{NUMBER}){_STRONG}\s?[:：–—-]{_STRONG}\s{_REST}")
_BARE = later(rf"({NO_YEAR}{NUMBER}){_STRONG}(?:\s{{1,8}}(?=\S)(.*)|\s*)$")
_ROUNDED = later(rf"[(（]({NO_YEAR}{NUMBER})[)）]{_STRONG}{_REST}")
_CIRCLED = later(rf"([{IN_CIRCLES}]){_STRONG}{_REST}")
_NAMED = later(
    r"(?:source|ref(?:erence)?|note|footnote|quelle|fuente|fonte|注|註|来源|來源|出典)\.?"
    rf"\s?({NO_YEAR}{NUMBER})\s?[:：.)）–—-]{_STRONG}{_REST}",
    re.I,
)
_ROW = later(rf"\|\s*(?:\*\*|\[|\\\[)*({NO_YEAR}{NUMBER})[\].\\*]*\s*\|(.*)\|\s*$")

_Ways = tuple[tuple[str, re.Pattern[str]], ...]
_NUMBERED: _Ways = (("stopped", _STOPPED), ("parted", _PARTED), ("bare", _BARE))
_WAYS: dict[str, _Ways] = {
    **dict.fromkeys("(（", (("rounded", _ROUNDED),)),
    **dict.fromkeys(CIRCLED, (("circled", _CIRCLED),)),
    **dict.fromkeys("sSrRnNfFqQ注註来來出", (("named", _NAMED),)),
    **dict.fromkeys("<^⁰¹²³⁴⁵⁶⁷⁸⁹", (("raised", RAISED_ENTRY),)),
    "|": (("row", _ROW),),
}
"""The ways to count that begin with a character, behind what leads a line; digits: `_NUMBERED`."""
_BRACKETS = frozenset("[［【〔\\")
BEGINS = frozenset(_WAYS) | _BRACKETS | frozenset(" \t-*+•_>")
"""First characters of the lines that may be counted, besides digits."""


class Counted(NamedTuple):
    """A line that may be an entry.

    Attributes:
        way: How it is counted; the entries of one list are counted in the same way.
        labels: Its numbers, without leading zeros, one at least; some tools fold entries of one
            page into one with several.
        rest: What stands behind them.
        indent: Columns before it.
    """

    way: str
    labels: tuple[str, ...]
    rest: str
    indent: int


def counted(line: str) -> Counted | None:
    """The entry that a line may be; None when nothing counts it."""
    begin = 0
    if not line[:1].isalnum() and (lead := _LEAD.match(line)):
        begin = lead.end()
    first = line[begin : begin + 1]
    if first in _BRACKETS and (match := BRACKETED.match(line, begin)):
        labels, rest = bracketed(match)
        if labels and all(map(str.isdecimal, labels)):
            return Counted("bracketed", tuple(map(_plain, labels)), rest, indent(line))
    if first == "[" and "," in line and (folded := several(line)):
        return Counted("bracketed", tuple(map(_plain, folded.labels)), folded.rest, indent(line))
    for way, pattern in _NUMBERED if first.isdecimal() else _WAYS.get(first, ()):
        if match := pattern.match(line, begin):
            return _counted(way, match, line)
    return None


def _counted(way: str, match: re.Match[str], line: str) -> Counted | None:
    rest = match[2] or ""
    if way == "bare" and rest[:1].islower() and not ADDRESS.search(rest):
        return None  # "1 in 3 houses fell"
    if way == "row":
        rest = said_in(rest)
    return Counted(way, (_number(match[1]),), rest.strip(), indent(line))


def _number(label: str) -> str:
    if label in CIRCLED:
        return str(CIRCLED.index(label) + 1)
    return _plain(plain_digits(label).translate(SUPERS))


def _plain(label: str) -> str:
    return label.lstrip("0") or "0"
