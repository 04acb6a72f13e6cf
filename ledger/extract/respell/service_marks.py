"""Marks of an AI service that cite nothing -> the words that were shown for them.

Between private-use characters the service writes its citations, but also names that it knows, links
with their words, and pictures, prices and lists that its page draws. A copy of an answer may have
these without the characters: 'entity["people","Ann Roe"]'.
"""

import re

from ledger.extract.characters.loaded import loaded
from ledger.letters import holds
from ledger.patterns import later

_PART = r"[^\ue200-\ue20f\n]"
_ENTITY = later(rf"\ue200entity\ue202({_PART}{{1,400}})\ue201")
_LINK = later(rf"\ue200url\ue202({_PART}{{1,300}})\ue202({_PART}{{1,2000}})\ue201")
_DRAWN_NAMES = (
    "i|image_group|finance|forecast|weather|schedule|standing|sports|video|products?|navlist|genui"
)
_DRAWN = later(rf"\ue200(?:{_DRAWN_NAMES})(?:\ue202{_PART}{{1,4000}}){{0,60}}\ue201")
_BARE_ENTITY = later(
    r"\bentity(\[\"[a-z_ ]{2,40}\",\s?\"[^\"\n\[\]]{1,120}\""
    r"(?:,\s?(?:\"[^\"\n]{0,300}\"|[0-9]{1,4})){0,3}\])"
)
_TURN = r"turn[0-9]{1,7}[a-z]{2,12}[0-9]{1,3}"
_BARE_DRAWN = later(
    rf"^[ \t]{{0,4}}(?:(?:i|finance|forecast|schedule|standing|video)(?:{_TURN}){{1,20}}"
    rf"|navlist[^\n]{{1,300}}?{_TURN}(?:,{_TURN}){{0,20}}"
    r"|(?:image_group|products?|genui)\{\"[^\n]{1,4000}\})[ \t]*$",
    re.M,
)


_FOUND = (
    r"(?:turn[0-9]{1,7}(?:search|news|view|fetch|open|file|academia|reddit|forum|mcp)[0-9]{1,3})"
)
_BARE_TURN = later(
    rf"((?:【{_FOUND}{{1,30}}+】){{1,30}})|(?<![\w`\"'/:#\ue200\ue202-])\ue202?({_FOUND}(?:\ue202?{_FOUND}){{0,30}}+)(?![\w`\"']|\.[a-z])"
)
"""What a search found, where even the word "cite" is lost: "It fell.【turn0search1】"."""
_IN_BRACKETS = later(
    rf"(?<!`)\[(?:file)?cite:\s?({_TURN}(?:[,;\s]{{0,3}}{_TURN}){{0,30}}+)"
    r"(?::L[0-9]{1,6}(?:-L?[0-9]{1,6})?)?\s?(?:\]|—\s([^\[\]\n]{2,300}\]\(https?://))",
    re.I,
)
"""The mark as programs that save a chat write it: "[cite: turn0search3, turn1news0]"; some link it,
with the title behind it."""
_NUMBERED_TURN = later(r"turn[0-9]")
_SPELLED = later(r"\\u(e20[0-9a-f])")
"""A character of private use as programs spell it."""
_PARTS = later(r"[,;\s]")
_BETWEEN = str.maketrans("", "", "\ue202【】")
_OPENS_LINE = " \t-*•>|[(【"
_START = later(r"(?<=\S)[ \t]{0,4}\n(?=[ \t]{0,3}\[cite_start\])")
"""A line that a claim opens, below another one: neither goes on with the other's sentence."""


_ESCAPED_SPAN = later(r"\\\[span\\_([0-9]{1,5})\\\]\((start|end)\\_span\)")
"""The mark of a span as a word processor escapes it: "\\[span\\_4\\](end\\_span)"."""
_IN_WORD = later(
    r"((?:\[(?<=[A-Za-zÀ-ÿА-яё\)]\[)span_[0-9]{1,5}\]\((?:start|end)_span\)){1,60}+)([a-zà-öø-ÿа-яё]{1,40}+)"
)
"""Marks of spans within a word, which goes on behind them: "deploy[span_4](end_span)ment"."""
_ICON_CHIP = later(
    r"(?<=[^\s#|\]])\s{1,4}!\[[^\[\]\n]{0,40}\]\(https?://[^\s()]{4,60}/s2/favicons[^\s()]{0,200}\)\n{1,3}"
    r"([^\W_][^\n【】\[\]()<>|:]{1,39}[^\n【】\[\]()<>|:.!?…。！？])"
    r"(?:\n{1,3}(\+[0-9]{1,2}))?(?=\s{0,4}(?:\n|\Z))(?!\s{0,6}https?://)"
)
"""The icon of a site and its name, each in a paragraph of its own below what they carry."""
_LETTER_OF_ICON = later(
    r"(?<=[.!?…] )[A-Z](?=!\[[^\[\]\n]{0,40}\]\(https?://[^\s()]{4,60}/s2/favicons)"
    r"|(?<=[.!?…] )[A-Z]!(?=(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}(?:\+[0-9]{1,2})?\s*$)",
    re.M,
)
"""What a copy shows for the icon of a site: "It fell. E!example.org+1"."""
_TEXT_OF_PAGE = later(r"(?<=#:~:text=)[^()\n]{1,600}(?=\))")
"""What an address says of the words of its page, which copies write with blanks."""


def without_service_marks(text: str) -> str:
    """The text; names and links are words in it, and what a page draws is gone. Never raises."""
    if holds(text, "\\[span\\_"):
        text = _ESCAPED_SPAN.sub(r"[span_\1](\2_span)", text)
    if holds(text, "_span)"):
        text = _IN_WORD.sub(r"\2\1", text)
    if holds(text, "\\ue20"):
        text = _SPELLED.sub(lambda match: chr(int(match[1], 16)), text)
    if holds(text, ":~:text="):
        text = _TEXT_OF_PAGE.sub(lambda match: match[0].replace(" ", "%20"), text)
    if holds(text, "/s2/favicons"):
        text = _LETTER_OF_ICON.sub("", text)
        text = _ICON_CHIP.sub(lambda match: f"【chip:{match[1]}{match[2] or ''}】", text)
    if holds(text, "\ue200"):
        text = _LINK.sub(_linked, _ENTITY.sub(lambda match: _named(match[1], match[0]), text))
        text = _DRAWN.sub("", text)
    if holds(text, 'entity["'):
        text = _BARE_ENTITY.sub(lambda match: _named(match[1], match[0]), text)
    if holds(text, "[cite_start]"):
        text = _START.sub("\n\n", text)
    if _NUMBERED_TURN.search(text):
        return _with_turns(text)
    return _BARE_DRAWN.sub("", text) if holds(text, '{"') else text


def _with_turns(text: str) -> str:
    """The text, what searches found as marks, whatever stands around it."""
    text = _IN_BRACKETS.sub(_unbracketed, _BARE_DRAWN.sub("", text))
    return _BARE_TURN.sub(_found, text)


def _unbracketed(match: re.Match[str]) -> str:
    """What stands in brackets as its mark; a link as one that is called a citation."""
    return f"[citation:{match[2]}" if match[2] else f"cite{_PARTS.sub('', match[1])}"


def _found(match: re.Match[str]) -> str:
    """What was found as its mark; at the begin of a line it names an entry and stays."""
    begin = match.start()
    before = match.string[max(0, begin - 40) : begin].rpartition("\n")[2]
    found = (match[1] or match[2]).translate(_BETWEEN)
    return f"cite{found}" if before.strip(_OPENS_LINE) else match[0]


def _named(said: str, whole: str) -> str:
    """The name in '["people","Ann Roe","mayor"]'; all of it where there is none."""
    try:
        parts = loaded(said)
    except ValueError:
        return whole
    names = [part for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    return next(iter(names[1:2] or names), whole)


def _linked(match: re.Match[str]) -> str:
    words, target = match[1], match[2].strip()
    if target.startswith(("http://", "https://")):
        return f"[{words}]({target})"
    return f"{words} \ue200cite\ue202{target}\ue201" if target.startswith("turn") else words
