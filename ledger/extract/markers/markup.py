"""Markup of Markdown and HTML that is no marker -> what stands for it in clean prose."""

import html
import re
from collections.abc import Callable

from ledger.extract.characters.invisible import without_blanks
from ledger.extract.characters.raised import raised
from ledger.extract.markers.code_spans import CODE
from ledger.extract.markers.pictures import PICTURE
from ledger.patterns import later

_EMPHASIS = later(r"\*{1,3}|_{1,3}|~~")
_ESCAPE = later(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = later(r"<span style=\"display:\s?none;?\">[^\n]{0,4000}?</span>")
"""Perplexity lists here what it found and did not cite."""
_TAG = later(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>\n]{0,500})?/?>")
_SET_HIGH = later(r"<sup[^<>\n]{0,100}>([^<>\[\]\n]{1,20})</sup>")
_IN_CARETS = later(r"(?<=[^\W_])\^([0-9]{1,3})\^")
_ENTITY = later(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _put_emphasis(match: re.Match[str]) -> str:
    """Nothing for markup; a star between numbers or spaces and `snake_case` stay."""
    raw, at, end = match.string, match.start(), match.end()
    before = raw[at - 1] if at else " "
    after = raw[end] if end < len(raw) else " "
    if before.isspace() and after.isspace():
        return match[0]
    if raw[at] == "_" and before.isalnum() and (after.isalnum() or after == "{"):
        return match[0]
    if end - at == 1 and before.isdigit() and after.isdigit():
        return match[0]
    return ""


def _put_tag(match: re.Match[str]) -> str:
    """A space for a break that has none beside it; nothing for other elements."""
    at, end = match.span()
    beside = match.string[max(0, at - 1) : at] + match.string[end : end + 1]
    is_break = match[0][:3].lower() == "<br"
    return " " if is_break and " " not in beside else ""


_Put = Callable[[re.Match[str]], str]
_EMPHASISED: tuple[tuple[re.Pattern[str], _Put], ...] = ((_EMPHASIS, _put_emphasis),)
MARKUP: dict[str, tuple[tuple[re.Pattern[str], _Put], ...]] = {
    "`": ((CODE, lambda match: match[2]),),
    "!": ((PICTURE, lambda _: ""),),
    "<": (
        (_HIDDEN, lambda _: ""),
        (_SET_HIGH, lambda match: raised(match[1])),
        (_TAG, _put_tag),
    ),
    "&": ((_ENTITY, lambda match: without_blanks(html.unescape(match[0]))),),
    "^": ((_IN_CARETS, lambda match: raised(match[1])),),
    "\\": ((_ESCAPE, lambda match: match[1]),),
    "*": _EMPHASISED,
    "_": _EMPHASISED,
    "~": _EMPHASISED,
}
"""What takes markup off, by its first character."""
