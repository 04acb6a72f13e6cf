"""Entries -> the derived tables by which questions over a million claims are answered at once.

`refresh` follows an append in its transaction, `note` and `follow` one that comes in many parts,
`make_anew` fills everything from the entries, and `differences` says where the two do not agree.
What each table holds: `ledger.derived`.
"""

from ledger.summaries.anew import make_anew
from ledger.summaries.compare import differences
from ledger.summaries.keep import follow, note, refresh, restand
from ledger.summaries.words import words_anew

__all__ = [
    "differences",
    "follow",
    "make_anew",
    "note",
    "refresh",
    "restand",
    "words_anew",
]
