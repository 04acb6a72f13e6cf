"""Entries -> the derived tables by which questions over a million claims are answered at once.

`refresh` follows an append in its transaction, `make_anew` fills everything from the entries, and
`differences` says where the two do not agree. What each table holds: `ledger.derived`.
"""

from ledger.summaries.anew import make_anew
from ledger.summaries.compare import differences
from ledger.summaries.keep import refresh, restand
from ledger.summaries.words import words_anew

__all__ = ["differences", "make_anew", "refresh", "restand", "words_anew"]
