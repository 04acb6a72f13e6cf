"""Lines -> the notes at the foot of printed pages, which the text above each of them cites.

They have no head, and the text goes on below them. What shows them: they count on from page to
page, and the numbers that a page cites are those of its notes.
"""

from collections.abc import Sequence

from ledger.extract.lists.cited_list import Found
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.runs import Run

_WAYS = frozenset(("bare", "stopped", "raised"))
_FEWEST_PAGES = 2
"""Pages with notes below a text: one may be the list of the document."""


def page_notes(lines: Sequence[str], counted: Sequence[Run]) -> list[Found]:
    """The notes of the pages of a document that has no other list, among its counted lines."""
    found: list[Run] = []
    begin, due = 0, 0
    above = Above()
    for run in counted:
        if run.way not in _WAYS or due not in (0, int(run.entries[0].labels[0])):
            continue
        above.read("\n".join(lines[begin : run.start]))
        begin = run.start
        if not _is_cited(run, above, counts_on=bool(due)):
            continue
        found.append(run)
        begin, due = run.end + 1, run.last + 1
        above = Above()
    if len(found) < _FEWEST_PAGES:
        return []
    return [Found(run.entries, frozenset()) for run in found]


def _is_cited(run: Run, above: Above, *, counts_on: bool) -> bool:
    """Whether a page cites half of its notes, and nothing else; the first, unless it counts on."""
    labels = run.labels
    cited = above.numbers(run.way)
    first = counts_on or labels[0] in cited
    return first and cited <= set(labels) and len(cited) * 2 >= len(labels)
