"""A text without a stop -> whether it says something, or is a label."""

from ledger.split.boundaries import STOPPED
from ledger.split.short_words import AMOUNTS, CURRENCIES

_STATEMENT = 5
"""Words from which on a table cell without a stop is no label: most labels have up to three."""
_WIDE_STATEMENT = 8
"""Characters from which on one of Chinese or Japanese that ends with its stop is none, either."""


def is_statement(cell: str) -> bool:
    """Whether a cell without a marker says something, and is no label of its row."""
    words = cell.split()
    if len(words) >= _STATEMENT or (cell[-1:] == "。" and len(cell) >= _WIDE_STATEMENT):
        return True
    if not STOPPED.search(cell) or len(words) < 2:
        return False
    # "520 тыс. руб.": the stop is of its unit.
    return not (words[0][:1].isdigit() and words[-1].rstrip(".").lower() in AMOUNTS | CURRENCIES)
