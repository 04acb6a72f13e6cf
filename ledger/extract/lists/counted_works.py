"""A numbered list whose numbers are not cited -> its entries by author and year, where these are.

"1. Roe, A. (2015). Dams." and "1. Dams (Roe et al., 2015)" are cited as "(Roe, 2015)": the numbers
only count the list. Where the text cites some of the numbers as well, those entries are known by
both names.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.works import authored, settled
from ledger.extract.markers.authored import are_surely_works, is_work, may_name_works, named_works
from ledger.extract.markers.names_inside import works_in
from ledger.patterns import later

_BEHIND_TITLE = later(r"[^\W_] \(([^()\n]{3,80}[,\s](?:19|20)[0-9]{2}[a-z]?)\)")
_FIRST = 2
"""Entries that are looked at first: most lists are of pages, and need no more."""


def with_counted_works(
    references: Sequence[Reference], lines: Sequence[str], taken: set[int]
) -> Sequence[Sequence[Reference]]:
    """The entries of a list, under author and year where the text names one of them so.

    Arguments as those of `ledger.extract.lists.works.settled`.

    Returns:
        For each entry, in their order, the entry once for every name that it has.
    """
    alone = [(each,) for each in references]
    numbers = {each.marker for each in references if each.marker and each.marker.isdecimal()}
    if len(numbers) < len(references) or not any(_work(each.raw) for each in references[:_FIRST]):
        return alone
    text = "\n".join([line for number, line in enumerate(lines) if number not in taken])
    if not may_name_works(text):
        return alone
    above = Above()
    above.read(text)
    counted = (above.numbers("bracketed") | above.linked()) & numbers
    if counted == numbers:
        return alone
    works = [replace(each, marker=_work(each.raw)) for each in references]
    named = settled(works, lines, taken)
    labels = frozenset(each.marker for each in named if each.marker and is_work(each.marker))
    cited = labels & set(works_in(text.replace("\n", " "), labels)) if counted else labels
    called = [
        _called(by_number, by_work, counted, cited)
        for by_number, by_work in zip(references, named, strict=True)
    ]
    only = any(len(names) == 1 and is_work(names[0].marker) for names in called)
    return called if only else alone


def _called(
    by_number: Reference, by_work: Reference, counted: Set[str], cited: Set[str]
) -> tuple[Reference, ...]:
    """An entry by its number, and by author and year where the text names it so; or only so."""
    if by_work.marker not in cited:
        return (by_number,)
    return (by_number, by_work) if by_number.marker in counted else (by_work,)


def _work(raw: str) -> str | None:
    """The label of an entry that begins with an author, or has author and year behind its title."""
    match = _BEHIND_TITLE.search(raw)
    if match is None or not are_surely_works(f"({match[1]})"):
        return authored(raw)
    works = named_works(match[1]) or ()
    return works[0] if len(works) == 1 else None
