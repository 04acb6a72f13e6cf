"""Recorded pages -> which of them are one voice, kept in tables of their own (`comparisons`).

`compare` finds which pages have one text (`likeness`), and has noted what each says of `whose` it
is. Then the voices of all that is tied to it are settled anew: `ties` looks up what ties pages and
how outlets stand, `settle` writes what the rules of `ledger.clusters` make of that, also when
outlets were `merged`. None of it is a statement of its own, so all of it can be made again from the
entries, with the same outcome.

SQL is composed with SQLAlchemy and runs on both databases; the caller holds the transaction.
"""

from ledger.voices.compare import compare, count_anew, forget, is_compared, waiting
from ledger.voices.merged import settle_merged
from ledger.voices.settle import Changes, decided, resettle

__all__ = [
    "Changes",
    "compare",
    "count_anew",
    "decided",
    "forget",
    "is_compared",
    "resettle",
    "settle_merged",
    "waiting",
]
