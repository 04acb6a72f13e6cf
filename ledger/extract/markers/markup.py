"""Markup of Markdown and HTML that is no marker -> what stands for it in clean prose."""

import html
import re
from collections.abc import Callable
from functools import lru_cache

from ledger.extract.characters.invisible import without_blanks
from ledger.extract.characters.raised import raised
from ledger.extract.markers.code_spans import CODE
from ledger.extract.markers.coded import signed
from ledger.extract.markers.pictures import PICTURE
from ledger.patterns import later

_ESCAPE = later(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = later(r"<span style=\"display:\s?none;?\">[^\n]{0,4000}?</span>")
"""Perplexity lists here what it found and did not cite."""
_TAG = later(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>\n]{0,500})?/?>")
_ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink "
    "blockquote body br button canvas caption center cite code col colgroup data datalist dd del "
    "details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame "
    "frameset head header hgroup hr html i iframe img input ins kbd label legend li link main map "
    "mark marquee math menu meta meter nav nobr noscript object ol optgroup option output p param "
    "picture pre progress q rp rt ruby s samp script search section select slot small source span "
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr think thinking thought reasoning answer response".split()
)
"""Those of HTML, with such as it no longer has, and of models that say where they think."""
_LONGEST_ELEMENT = 2_000
"""Characters up to the end of an element that is not known, and of a block that is nothing but one.
Chosen, for a long paragraph."""
_WORDS = later(r"<[^=/\"<>]{1,80}>")
_SET_HIGH = later(r"<sup[^<>\n]{0,100}>([^<>\[\]\n]{1,20})</sup>")
_IN_CARETS = later(r"(?<=[^\W_])\^([0-9]{1,3})\^")
_ENTITY = later(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PAIR = r"\[-?[0-9.]{1,9}(?:,\s?-?[0-9.]{1,9}){1,20}+\]"
_ROWS = later(rf"\[{_PAIR}(?:,\s?{_PAIR}){{1,50}}+\]")
"""Several numbers in each bracket, and brackets around them all: a matrix, "[[0, 1], [2, 3]]"."""
_NO_ENTRY = r"(?<![0-9.])(?:0(?![0-9])|-[0-9]|[0-9]{0,4}\.[0-9])"
_PAIRS = later(
    rf"(?=\[[0-9,\s]{{0,60}}{_NO_ENTRY}){_PAIR}(?:(?:,\s?(?:and\s)?|\s(?:and|or)\s){_PAIR}){{1,50}}+"
)
"""The same without those, where the first has a number that no entry has: "[0, 1], [2, 3]"."""
_UNDERSCORE = later(r"_(?<!__)(?!_)")
_WITHIN_ADDRESS = "/=?&-#.%+"
"""What stands before an underscore of an address."""


def emphasis_at(raw: str, at: int) -> tuple[str, int]:
    """What stands for the stars, underscores or waves at a place, and where they end.

    Nothing for markup; a star between numbers or spaces, a lone wave, `snake_case`, what opens and
    is never closed, as in "_config.yml", and a blank to be filled in stay.
    """
    sign = raw[at]
    end = at + (1 if raw[at + 1 : at + 2] != sign else 2 if raw[at + 2 : at + 3] != sign else 3)
    if sign == "~":
        if end == at + 1:
            return sign, end
        end = at + 2
    before = raw[at - 1] if at else " "
    if sign == "_" and end == at + 3 and (blank := _BLANK.match(raw, at)) and before in " \n(":
        return blank[0], blank.end()
    after = raw[end] if end < len(raw) else " "
    if before.isspace() and after.isspace():
        return raw[at:end], end
    if sign == "_" and before.isalnum() and (after.isalnum() or after == "{"):
        return raw[at:end], end
    if sign == "_" and after.isalnum() and at in _never_closed(raw):
        return sign, end
    if end - at == 1 and before.isdecimal() and after.isdecimal():
        return sign, end
    return "", end


_BLANK = later(r"_{3,60}+(?=[\s,.;:)]|$)")
"""What is left to be filled in: "580 U. S. ___, ___ (2017)"."""


@lru_cache(maxsize=4)
def _never_closed(raw: str) -> frozenset[int]:
    """The places of underscores that open, and that no other closes; none of an address."""
    within = _WITHIN_ADDRESS if "://" in raw else ""
    opened: list[int] = []
    for match in _UNDERSCORE.finditer(raw):
        at, end = match.span()
        if raw[end : end + 1].isalnum():
            before = raw[at - 1] if at else " "
            if not before.isalnum() and before not in within:
                opened.append(at)
        elif opened and not raw[at - 1].isspace():
            opened.pop()
    return frozenset(opened)


def _put_tag(match: re.Match[str]) -> str:
    """A space for a break that has none beside it; nothing for other elements.

    A word that no element is called by is said: "<roe> I have", "Dear <name>, you won".
    """
    at, end = match.span()
    if _WORDS.fullmatch(match[0]) and not _is_element(match):
        return match[0]
    beside = match.string[max(0, at - 1) : at] + match.string[end : end + 1]
    is_break = match[0][:3].lower() == "<br"
    return " " if is_break and " " not in beside else ""


def _is_element(match: re.Match[str]) -> bool:
    """Whether words in angle brackets are an element: it is known, ends in the block, or is all."""
    raw, end = match.string, match.end()
    name = match[0][1:-1].split(None, 1)[0]
    if name.lower() in _ELEMENTS or raw.find(f"</{name}>", end, end + _LONGEST_ELEMENT) >= 0:
        return True
    return len(raw) < _LONGEST_ELEMENT and raw.strip() == match[0]


_Put = Callable[[re.Match[str]], str]
MARKUP: dict[str, tuple[tuple[re.Pattern[str], _Put], ...]] = {
    "`": ((CODE, signed),),
    "!": ((PICTURE, lambda _: ""),),
    "<": (
        (_HIDDEN, lambda _: ""),
        (_SET_HIGH, lambda match: raised(match[1])),
        (_TAG, _put_tag),
    ),
    "&": ((_ENTITY, lambda match: without_blanks(html.unescape(match[0]))),),
    "^": ((_IN_CARETS, lambda match: raised(match[1])),),
    "\\": ((_ESCAPE, lambda match: match[1]),),
    "[": ((_ROWS, lambda match: match[0]), (_PAIRS, lambda match: match[0])),
}
"""What takes other markup off, by its first character."""
EMPHASIS = frozenset("*_~")
"""First characters of emphasis, by far the most usual markup."""
