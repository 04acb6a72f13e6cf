"""A recorded ledger -> rows.

Reading starts often and must start fast, so it goes straight to the standard library's sqlite3
(20 ms), or to psycopg, and not through an object mapper (400 ms). The SQL it is given is standard
SQL with named parameters (`:name`); whatever differs between databases belongs in this folder
alone: `reader` is what callers have, `databases` are the two kinds, `binding` is for statements
about many ids, `spelling` for texts as SQL compares them.
"""

from ledger.reader.binding import CHUNK, listed
from ledger.reader.databases import Row
from ledger.reader.reader import Reader
from ledger.reader.spelling import BORDER, UNSPACED, lower, scripts_apart, unaccented

__all__ = [
    "BORDER",
    "CHUNK",
    "UNSPACED",
    "Reader",
    "Row",
    "listed",
    "lower",
    "scripts_apart",
    "unaccented",
]
