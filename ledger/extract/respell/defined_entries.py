"""Entries that are linked by their own number, defined below -> entries with their addresses.

"1. [Dams][1] - Old dams…", and "[1]: https://…" at the end: a list and its definitions are one.
"""

import re

from ledger.patterns import later

_ENTRY = later(
    r"^([ \t]{0,3}(?:<a [^<>\n]{1,100}>[ \t]?</a>[ \t]?)?)([0-9]{1,3})([.)][ \t]{1,4})"
    r"(\[(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){1,400}+\])\[\2\]",
    re.M,
)
_DEFINED = later(r"^ {0,3}\[([0-9]{1,3})\]:[ \t]{1,4}<?(https?://[^\s<>]{3,2000}+)>?[ \t]*$", re.M)
_FEWEST = 2


def with_defined_entries(text: str) -> str:
    """The text, its entries with their addresses, and without the definitions. Never raises."""
    pages = dict(_DEFINED.findall(text))
    entries = {match[2] for match in _ENTRY.finditer(text)} if len(pages) >= _FEWEST else set()
    if len(entries) < _FEWEST or not entries <= pages.keys():
        return text
    text = _ENTRY.sub(lambda match: f"{match[2]}{match[3]}{match[4]}({pages[match[2]]})", text)
    return _DEFINED.sub(lambda match: "" if match[1] in entries else match[0], text)
