"""A counted list whose numbers nothing cites -> its entries by author and year, if the text is.

"1. Roe, A. (2015). Dams." is cited as "(Roe, 2015)": the count is the list's own.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.works import authored, settled
from ledger.extract.markers.authored import is_work, may_name_works

_FIRST = 2
"""Entries that are looked at first: most lists are of pages, and need no more."""


def with_counted_works(
    references: Sequence[Reference], lines: Sequence[str], taken: set[int]
) -> Sequence[Reference]:
    """The entries of a list, under author and year where the text names one of them so.

    Arguments as those of `ledger.extract.lists.works.settled`.
    """
    numbers = {each.marker for each in references if each.marker and each.marker.isdigit()}
    if len(numbers) < len(references) or not any(
        authored(each.raw) for each in references[:_FIRST]
    ):
        return references
    text = "\n".join(line for number, line in enumerate(lines) if number not in taken)
    if not may_name_works(text):
        return references
    above = Above()
    above.read(text)
    if above.numbers("bracketed") & numbers:
        return references
    works = [replace(each, marker=authored(each.raw)) for each in references]
    named = settled(works, lines, taken)
    return [
        by_work if is_work(by_work.marker) else by_number
        for by_number, by_work in zip(references, named, strict=True)
    ]
