"""Elements that say once more what a note says: in the margin, in a tip, in a list at the end."""

from bisect import bisect_left

from ledger.extract.html.hints import NOTE
from ledger.extract.html.note import Notes
from ledger.extract.html.survey import Survey
from ledger.extract.html.targets import LONGEST_NOTE
from ledger.extract.html.tree import Element, text_of

_AGAIN = ("tr", "li", "dd", "p")
_BLOCKS = frozenset("li p div aside span".split())
_MOST_INSIDE = 400
"""Elements in a block that may be a copy, which all are looked through. Chosen, far above what a
note has."""
_OPENING = 24
"""Letters and digits by which a note is known where it stands once more."""


def opening_of(words: str) -> str:
    """What an opening is known by: its first letters and digits behind its number."""
    head = words[: 10 * _OPENING].casefold()
    return "".join(filter(str.isalnum, head)).lstrip("0123456789")[:_OPENING]


def move_into_list(survey: Survey, found: Notes, added: list[int]) -> None:
    """Take the entries of a list that say once more what notes at marks say, in their place."""
    places: dict[str, list[int]] = {}
    for place in reversed(added):
        places.setdefault(opening_of(text_of(found.notes[place].element)), []).append(place)
    for element in (each for name in _AGAIN for each in survey.named(name)):
        if not 0 < element.facts.text <= LONGEST_NOTE or element.facts.left_out:
            continue
        if same := places.get(opening_of(survey.opening(element))):
            place = same.pop()
            note = found.notes[place]
            found.copies.add(note.begin)
            found.notes[place] = note._replace(
                element=element, begin=element.index, end=element.end
            )


def add_copies(survey: Survey, found: Notes) -> None:
    """Add what is named as a note and says what a note says that a marker leads to."""
    notes = [note for note in found.notes if note.fragment is None]
    known = {opening_of(text_of(note.element)) for note in notes} - {""}
    spans = sorted((note.begin, note.end) for note in notes)
    begins = [begin for begin, _ in spans]
    held = sorted([*begins, *found.labels])

    def is_apart(element: Element) -> bool:
        """Whether an element neither stands in a note nor holds one, or a marker."""
        place = bisect_left(begins, element.index)
        inside = place > 0 and element.index < spans[place - 1][1]
        return not inside and bisect_left(held, element.index) == bisect_left(held, element.end)

    end = 0
    for named in survey.hinted(NOTE, survey.elements[0]) if known else ():
        for element in survey.elements[max(named.index, end) : named.end]:
            if element.index < end or element.name not in _BLOCKS or not is_apart(element):
                continue
            short = element.end - element.index < _MOST_INSIDE and element.facts.text
            if 0 < short <= LONGEST_NOTE and opening_of(text_of(element)) in known:
                found.copies.add(element.index)
                end = element.end
        end = max(end, named.end)
