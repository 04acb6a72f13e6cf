"""Entries -> the derived tables by which questions over a million claims are answered at once.

What each table holds: `ledger.derived`. Whatever writes them holds the lock that it recorded with.

`keep` brings them up to date in the transaction of each append: `refresh` after one, `note` and
`follow` where it comes in many parts. `standing` says of each source which losses take it away,
`carried` what carries each claim of articles that are recorded (`fresh`: of those of the same
transaction, from the rows at hand), `patterns` which pattern that is, `words` by which words it is
found. `anew` makes all of it from the entries, and `compare` says where the two do not agree.
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
