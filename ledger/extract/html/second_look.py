"""Where the markers of a page lead nowhere: the lists that a first look leaves alone.

A table of data counts as a list of sources does, and what a page hides may be of another page. So
these are read only if the page then leads more of its markers to an entry.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ledger.document import Document, Reference
from ledger.extract.html.composed import composed
from ledger.extract.html.entries import entries_of
from ledger.extract.html.heads import heads_notes
from ledger.extract.html.hidden import hidden_lists
from ledger.extract.html.listing import Listing
from ledger.extract.html.note import Note, Notes
from ledger.extract.html.rows import counted_rows
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.html.walk import Part, Walk
from ledger.extract.lists.heads import is_head


def second_look(
    first: Document,
    survey: Survey,
    parts: list[Part],
    stands: Stands,
    entries: Sequence[Reference],
    known: Sequence[str],
) -> Document:
    """The document that leads most markers to an entry: the first one, where that is enough."""
    if any(reference.url for reference in first.references if reference.marker):
        return first
    best, most = first, _led(first)
    rows = _rows(first, survey)
    for shown, further in (
        _with_rows(rows, survey, parts, stands),
        _with_hidden(survey, parts, stands),
    ):
        if shown:
            document = composed(shown, stands, (*entries, *further), known)
            if (led := _led(document)) > most:
                best, most = document, led
    return best


def _led(document: Document) -> tuple[int, int]:
    """How many markers lead to an address, and how many to an entry."""
    listed = {each.marker for each in document.references}
    addressed = {each.marker for each in document.references if each.url}
    labels = [label for mention in document.mentions for label in mention.labels]
    return sum(label in addressed for label in labels), sum(label in listed for label in labels)


def _rows(document: Document, survey: Survey) -> list[Note]:
    """The rows that are entries: below the head of a list, or all that is cited, and half of it."""
    cited = {label for mention in document.mentions for label in mention.labels if label.isdigit()}
    if not cited:
        return []
    listing = Listing(survey)
    found: list[Note] = []
    for run in counted_rows(survey):
        labels = {row.label for row in run}
        if listing.holds(run[0].element) or (cited <= labels and len(cited) * 2 >= len(labels)):
            found.extend(run)
    return sorted(found, key=lambda row: row.begin)


def _with_rows(
    rows: list[Note], survey: Survey, parts: list[Part], stands: Stands
) -> tuple[list[Part], tuple[Reference, ...]]:
    """The parts without the rows, and the references that these are; none without rows."""
    if not rows:
        return [], ()
    begins = [_begin(row) for row in rows]

    def is_row(part: Part) -> bool:
        place = bisect_right(begins, part.element.index) - 1
        return place >= 0 and part.element.index < rows[place].end

    places = {element.index for row in rows for element in row.blocks(survey.elements)}
    kept = [part for part in parts if not is_row(part) and not heads_notes(survey, part, places)]
    return kept, entries_of(survey, Notes(notes=rows), stands)


def _begin(row: Note) -> int:
    """Where a row begins; the first one of a table with the heads of its columns."""
    tables = (above.index for above in row.element.above() if above.name == "table")
    first = row.label == "1" and row.element.name == "tr"
    return next(tables, row.begin) if first else row.begin


def _with_hidden(
    survey: Survey, parts: list[Part], stands: Stands
) -> tuple[list[Part], tuple[Reference, ...]]:
    """The parts of a page and of the lists that it hides; none where it hides none."""
    lists = hidden_lists(survey)
    hidden: list[Part] = []
    for element in lists:
        element.facts.left_out = False
        inside = Walk(survey, stands, lambda _: False).read([element])
        if inside and not is_head(inside[0].lines[0]):
            hidden.append(Part("heading", 2, ["References"], element, beside=True))
        hidden.extend(replace(part, beside=True) for part in inside)
    places = {element.index for element in lists}
    shown = [part for part in parts if not heads_notes(survey, part, places)]
    return ([*shown, *hidden] if hidden else []), ()
