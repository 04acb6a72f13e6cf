"""Recorded pages -> which of them are one voice, kept in tables of their own.

`compare` finds what ties pages, and notes what each says of whose it is; then the voices of all
that is tied to it are settled anew (`settle`, by the rules of `ledger.clusters`). None of it is a
statement of its own, so all of it can be made again from the entries, with the same outcome.

SQL is composed with SQLAlchemy and runs on both databases; the caller holds the transaction.
"""

from ledger.voices.compare import compare, forget, is_compared, waiting
from ledger.voices.merged import settle_merged
from ledger.voices.settle import Changes, decided, resettle

__all__ = [
    "Changes",
    "compare",
    "decided",
    "forget",
    "is_compared",
    "resettle",
    "settle_merged",
    "waiting",
]
