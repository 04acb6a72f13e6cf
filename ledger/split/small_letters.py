"""A document -> whether its writer begins sentences with small letters."""

import re

from ledger.document import Document
from ledger.patterns import later

_BEGUN = later(r"(?:^|[^\W\d_]{4}[.!?]\s)(?:(?P<small>[a-zа-яё])|[^\W\d_])", re.M)
"""How a line begins, or what stands behind a word that is no abbreviation and its stop."""


def begins_small(document: Document) -> bool:
    """Whether most paragraphs begin so, and most sentences: chats and notes of some writers do.

    Where paragraphs begin with capitals, what follows a stop with a small letter begins nothing.
    """
    text = document.text
    first = [
        text[block.start].islower()
        for block in document.blocks
        if block.role in ("paragraph", "quote", "item") and block.start < block.end
    ]
    if sum(first) * 2 <= len(first):
        return False
    begun = [match["small"] is not None for match in _BEGUN.finditer(text)]
    return sum(begun) * 2 > len(begun)
