"""Attributes of markers -> the notes that they keep, where no element of the page is the note."""

from collections.abc import Iterator
from itertools import chain

from ledger.extract.html.fragment import in_attribute
from ledger.extract.html.marks import BARE, LONGEST_LABEL, is_raised, label_of
from ledger.extract.html.note import Note, Notes
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element

_MAY_KEEP = ("a", "sup", "span")


def add_kept_notes(survey: Survey, found: Notes) -> None:
    """Add the notes that attributes hold to those that were found."""
    known = {note.label for note in found.notes}
    for element, fragment in sorted(_keepers(survey), key=lambda keeper: keeper[0].index):
        label, bracketed = label_of(element)
        sure = bracketed or element.name == "sup" or is_raised(element)
        if label is None or not sure or not BARE.fullmatch(label) or label in known:
            continue
        if any(index in found.note_of for index in range(element.index, element.end)):
            continue
        known.add(label)
        found.labels[element.index] = label
        found.note_of[element.index] = len(found.notes)
        found.notes.append(Note(label, element, element.index, element.end, fragment=fragment))


def _keepers(survey: Survey) -> Iterator[tuple[Element, str]]:
    """The elements that may be markers, and the fragment that each keeps."""
    for element in chain.from_iterable(map(survey.named, _MAY_KEEP)):
        facts = element.facts
        if element.attrs and 0 < facts.text <= LONGEST_LABEL and not facts.first[0].isalpha():
            fragment = in_attribute(element)
            if fragment:
                yield element, fragment
