"""The last line of a document -> the addresses in it, which are its reference list."""

import re
from collections.abc import Sequence

from ledger.extract.lists.addresses import ADDRESS
from ledger.extract.lists.open_entry import OpenEntry
from ledger.patterns import later

_ADDRESSES_ONLY = later(r"\s{0,8}\[\s?(?=https?://|www\.)([^\[\]\n]{8,20000})\]\s*$")


def closing_addresses(lines: Sequence[str]) -> list[OpenEntry]:
    """The entries of a last line that is nothing but addresses in brackets, counted from 1."""
    number = len(lines) - 1
    while number > 0 and not lines[number].strip():
        number -= 1
    match = _ADDRESSES_ONLY.match(lines[number]) if lines else None
    parts = re.split(r"[,;]\s+", match[1]) if match else []
    if not parts or not all(ADDRESS.fullmatch(part.strip("'\" ")) for part in parts):
        return []
    return [OpenEntry((str(n),), number, part.strip("'\" ")) for n, part in enumerate(parts, 1)]
