"""Chips that a copy of a page glued behind a stop -> marks of their own: "fell.reuters+1".

A chip is the name of a source, and how many more it hid; or the name alone.
"""

import re

from ledger.patterns import later

_CHIP_END = later(r"\+[0-9]{1,2}(?=\s|\.?$)")
_WORDS = r"[A-Z][A-Za-z0-9.&’'-]{1,30}(?: [A-Z][A-Za-z0-9.&’'-]{0,30}){0,3}"
_CHIP = later(
    r"[.!?…”\"’)。！？」）] ?[A-Za-z][A-Za-z0-9.-]{2,30}\+[0-9]{1,2}"
    r"(?=\s|$|[A-Z][A-Za-z0-9 .&’'-]{2,40}\+[0-9]{1,2}(?![0-9A-Za-z]))"
    rf"|[.!?…] {_WORDS}\+[0-9]{{1,2}}{_WORDS}\s*$",
    re.M,
)
_ENDS = "(?:com|org|net|edu|gov|info|html?|pdf|csv|json|txt)"
"""How hosts and files end, whose point is no stop: "see herald.com"."""
_LINKED = r"(?=\[[^\[\]\n]{2,40}\+[0-9]{1,2}\]\(http)"
"""What a chip without a link of its own stands before: "fell.youtube[reddit+1](https://…)"."""
_BESIDE_LINKED = later(rf"[^\W_][.!?][a-z][a-z0-9.-]{{2,30}}{_LINKED}")
_FILE_NAME = r"[A-Za-z0-9][\w-]{1,120}\.(?:md|txt|pdf|docx?|csv|json|xlsx|html)"
_FILE = rf"{_FILE_NAME}\+[0-9]{{1,2}}"
_CHIPS = later(
    rf"(?<=[.!?…”\"’)。！？」）]) ?({_FILE}|"
    r"(?:[A-Za-z][A-Za-z0-9.&’'-]{1,30}(?: [A-Z][A-Za-z0-9.&’'-]{0,30}){0,3}"
    rf"\+[0-9]{{1,2}}){{1,8}}(?:{_WORDS}(?=\s*$))?)(?:(?=\s|$)|\.(?=\s|$))"
    rf"|(?<=[a-z0-9%)”\"’][.!?])({_FILE_NAME})(?=\s+[A-Z]|\s*$)"
    rf"|(?<=[a-z0-9%)”\"’][.!?])(?!{_ENDS}\b)([a-z][a-z0-9.-]{{2,30}})(?=\s+[A-Z]|\s*$)"
    rf"|(?<=[^\W_][.!?])([a-z][a-z0-9.-]{{2,30}}){_LINKED}"
)
_EACH_CHIP = later(r"[^+]+(?:\+[0-9]{1,2})?")


def has_chips(text: str) -> bool:
    """Whether a text has surely such a chip: a name and a count behind a stop."""
    if "+" not in text:
        return False
    if "](http" in text and _BESIDE_LINKED.search(text):
        return True
    return bool(_CHIP_END.search(text) and _CHIP.search(text))


def with_chips_apart(raw: str) -> str:
    """The text of a block with its chips as the dialect "copied chip" writes them.

    One that is a single word is the name of a host: "reuters.com".
    """
    if "+" not in raw and " " not in raw.strip():
        return raw
    return _CHIPS.sub(_apart, raw)


def _apart(match: re.Match[str]) -> str:
    """Chips that are glued to each other stand each for itself: "Reuters+2BBC+1"."""
    return "".join(f"【chip:{chip}】" for chip in _EACH_CHIP.findall(match[match.lastindex or 0]))
