"""The last line of a document -> the addresses in it, which are its reference list."""

import re
from collections.abc import Sequence, Set

from ledger.extract.lists.addresses import ADDRESS, addresses_in
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.markers.worded import SOURCE_IN_WORDS
from ledger.patterns import later

_ADDRESSES_ONLY = later(r"\s{0,8}\[\s?(?=https?://|www\.)([^\[\]\n]{8,20000})\]\s*$")

_SAYS_SOURCE = later(rf"[\s*_>]{{0,8}}{SOURCE_IN_WORDS}[*_]{{0,3}}\s{{0,3}}([^\n]{{8,600}})$")
_LONGEST_NAME = 60
"""Characters of the name of a page beside its address."""


def closing_addresses(lines: Sequence[str]) -> list[OpenEntry]:
    """The entries of a last line that is nothing but addresses in brackets, counted from 1."""
    number = _last_said(lines, len(lines))
    match = _ADDRESSES_ONLY.match(lines[number]) if lines else None
    parts = re.split(r"[,;]\s+", match[1]) if match else []
    if not parts or not all(ADDRESS.fullmatch(part.strip("'\" ")) for part in parts):
        return []
    return [OpenEntry((str(n),), number, part.strip("'\" ")) for n, part in enumerate(parts, 1)]


def source_below(
    entries: Sequence[OpenEntry], taken: Set[int], lines: Sequence[str]
) -> list[OpenEntry]:
    """The last line, below a list, that says where its page is from: "Source: https://…".

    It carries no claim. Below an entry without an address it may be the address of that.
    """
    number = _last_said(lines, len(lines))
    match = _SAYS_SOURCE.match(lines[number]) if number not in taken else None
    above = _last_said(lines, number) if match else 0
    if not match or above not in taken:
        return []
    found, title = addresses_in(match[1])
    listed = any(opened.lines[-1] == above and opened.addressed for opened in entries)
    alone = len(found) == 1 and len(title or "") <= _LONGEST_NAME
    return [OpenEntry((), number, match[1])] if listed and alone else []


def _last_said(lines: Sequence[str], end: int) -> int:
    """The last line before `end` that has a letter or digit; 0 where none has."""
    return next((n for n in range(end - 1, 0, -1) if any(map(str.isalnum, lines[n]))), 0)
