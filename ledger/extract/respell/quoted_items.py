"""Items that Pandoc wrote as quotations -> items.

A list of a word processor whose paragraphs are indented becomes "1.  > Roe, Dams of the", or the
same without ">", and each line below "    > north, https://…", though nobody is quoted.
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_ITEM = later(
    r"^(?P<head>[ \t]{0,8}(?:[-*+]|[0-9]{1,3}[.)])[ \t]{1,4})(?P<quoted>> ?)?"
    r"(?P<first>[^\n]{1,2000})(?P<below>(?:\n[ \t]{2,12}>[^\n]{0,2000}){1,60}+)",
    re.M,
)
_SIGN = later(r"\n([ \t]{2,12})> ?")
_CLOSED = later(r"[.!?:;。！？：；][*_\"”’)\]]{0,3}[ \t]*\Z")
_FEWEST = 2
"""Items of a text that are written so."""


def with_plain_items(text: str) -> str:
    """The text, items that are set as quotations without the signs of those. Never raises.

    An item whose first line is closed may quote below it, and stays as it is.
    """
    if not holds(text, "\n    >", "\n   >", "\n  >"):
        return text
    found = sum(map(_is_plain, _ITEM.finditer(text)))
    return _ITEM.sub(_unquoted, text) if found >= _FEWEST else text


def _is_plain(match: re.Match[str]) -> bool:
    return bool(match["quoted"]) or not _CLOSED.search(match["first"])


def _unquoted(match: re.Match[str]) -> str:
    if not _is_plain(match):
        return match[0]
    return match["head"] + match["first"] + _SIGN.sub(r"\n\1", match["below"])
