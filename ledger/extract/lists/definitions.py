"""Lines -> lines in which entries that other readers would miss are definitions: "[2]: name".

Each way to write them has a sign that most documents lack, and is looked for where it is.
"""

from collections.abc import Sequence

from ledger.extract.lists.counted_files import with_counted_files
from ledger.extract.lists.counted_links import with_counted_links
from ledger.extract.lists.linked_numbers import with_linked_numbers


def with_definitions(lines: Sequence[str], text: str) -> Sequence[str]:
    """The lines of a text, those changed that such entries take. Linear in the text."""
    if "[1. " in text or "[1) " in text:
        lines = with_counted_links(lines)
    if "**File:** " in text:
        lines = with_counted_files(lines)
    if "[[" in text or "[\\[" in text:
        lines = with_linked_numbers(lines)
    return lines
