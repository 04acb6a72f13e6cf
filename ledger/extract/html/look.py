"""One look at a page: its parts without what is read elsewhere, and the document they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ledger.document import Document, Reference
from ledger.extract.front.about import credit_to, day_of
from ledger.extract.html.abstract import abstract_of
from ledger.extract.html.article import Body
from ledger.extract.html.beside import blocks_beside
from ledger.extract.html.composed import composed
from ledger.extract.html.entries import entries_of, references_of
from ledger.extract.html.heads import headed, heads_notes, is_counted
from ledger.extract.html.lead import lead_of, said_above
from ledger.extract.html.links import cites_by_numbers
from ledger.extract.html.navigation import host_of
from ledger.extract.html.note import Note, Notes
from ledger.extract.html.numbered import numbered
from ledger.extract.html.part import Part
from ledger.extract.html.sift import sift
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.extract.html.walk import Walk
from ledger.extract.lists.heads import is_head


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page before it is read.

    Attributes:
        survey: Its elements.
        notes: Its markers and notes.
        stands: The stand-ins for them.
        root: The element that holds the article.
        headlines: The titles that it gives itself, the names of its authors and its site.
        own: Its address as it says; None when it does not.
        known: Markers of a list that comes from outside.
    """

    survey: Survey
    notes: Notes
    stands: Stands
    root: Element
    headlines: Sequence[str]
    own: str | None
    known: Sequence[str]

    def look(
        self,
        rows: Sequence[Note] = (),
        apart: Iterable[int] = (),
        hidden: Sequence[Element] = (),
    ) -> Document:
        """The document that the page is.

        Args:
            rows: What are entries of its list beside the notes.
            apart: Indices of what belongs to these rows and is no text.
            hidden: What nobody is shown of it, and is read for its references.
        """
        notes = replace(self.notes, notes=[*self.notes.notes, *rows])
        taken = {element.index for element in hidden}.union(apart, notes.copies)
        for note in notes.notes:
            if note.fragment is None:
                taken.update(block.index for block in note.blocks(self.survey.elements))
        parts = self._parts(taken)
        counted = numbered(parts)
        parts = [part for place, part in enumerate(parts) if not is_counted(parts, place, counted)]
        parts, said = sift(parts, self.stands, self.headlines, self.own)
        for element in hidden:
            parts.extend(self._hidden(element))
        entries = (*entries_of(self.survey, notes, self.stands), *references_of(counted.entries))
        said = [*said_above(self.survey, self.root), *said]
        linked = self._linked(notes)
        document = composed(parts, self.stands, entries, self.known, linked)
        document = replace(document, references=_listed_once(document, notes, entries))
        credits = (credit_to(each.source) for each in said if each.source)
        return replace(
            document,
            findings=(*document.findings, *credits),
            byline=next((each.names for each in said if each.names), ()),
            published=day_of(said),
        )

    def _linked(self, notes: Notes) -> frozenset[int]:
        """The places of the entries that links lead to, in page order."""
        led = set(self.notes.note_of.values())
        ordered = sorted(range(len(notes.notes)), key=lambda place: notes.notes[place].begin)
        return frozenset(at for at, place in enumerate(ordered) if place in led)

    def _parts(self, taken: set[int]) -> list[Part]:
        """The parts of the body, and of the reference lists beside it."""
        body = Body(self.survey, self.root)
        above = self._above()
        before, behind = blocks_beside(self.survey, self.root, above, host_of(self.own))
        parts = Walk(
            self.survey,
            self.stands,
            body.left_out,
            elsewhere=taken,
            numbered=cites_by_numbers(self.survey.named("a")),
        ).read([*above, *before, self.root, *behind])
        parts = [part for part in parts if not heads_notes(self.survey, part, taken)]
        for beside in [*body.lists_beside()]:
            inside = [element for element in beside if element.index not in taken]
            walk = Walk(self.survey, self.stands, lambda _: False, elsewhere=taken)
            parts.extend(replace(part, beside=True) for part in walk.read(inside))
        return headed(self.survey, parts)

    def _above(self) -> list[Element]:
        """What belongs to the article and stands above its body."""
        abstract = abstract_of(self.survey, self.root)
        return [abstract] if abstract else lead_of(self.survey, self.root)

    def _hidden(self, element: Element) -> list[Part]:
        """The parts of a list that nobody is shown, below a head."""
        element.facts.left_out = False
        inside = Walk(self.survey, self.stands, lambda _: False).read([element])
        if inside and not is_head(inside[0].lines[0]):
            inside.insert(0, Part("heading", 2, ["References"], element))
        return [replace(part, beside=True) for part in inside]


def _listed_once(
    document: Document, notes: Notes, entries: Sequence[Reference]
) -> tuple[Reference, ...]:
    """The references without the notes of attributes, of the first entries, that a list has too."""
    references, said = document.references, {each.raw for each in entries}
    first = next((at for at, each in enumerate(references) if each.raw not in said), len(entries))
    kept = {note.label for note in notes.notes if note.fragment is not None}
    again = kept.intersection(each.marker for each in references[first:] if each.url)
    if not again:
        return references
    once = (each for each in references[:first] if each.marker not in again)
    return (*once, *references[first:])
