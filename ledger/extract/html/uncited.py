"""Notes of a page -> the entries of their lists that no marker leads to.

What stands among notes, is written as they are and counted on, is a note, too: else the entry that
nobody cites would read as a sentence with a link.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.extract.html.listing import Listing
from ledger.extract.html.note import Note, Notes, end_of
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.lists.works import authored
from ledger.patterns import later

_NUMBERED = later(r"[\[(]?([0-9]{1,4})[\])]?[.:]?\s")
_LABELLED = later(r"\[([^\[\]\s]{1,40})\]")
_KEY = later(r"\[?([A-Za-z][\w+.:-]{0,30}[0-9]{2}[0-9a-z]{0,3})\]?")
"""What a term is that a text cites in brackets: "Roe05"."""
_CITED = re.compile(r"\[([A-Za-z][\w+.:-]{2,35})\]")
_ENTRY = "doc-biblioentry"
"""What an element says that it is, as the rules of readers for the blind have it."""
_WIDEST_STEP = 3
"""Lists written by hand skip a number now and then."""
_FEWEST = 2
"""Notes of a list that show how it counts: one may have its number by chance."""


def add_uncited(survey: Survey, found: Notes) -> None:
    """Add to the notes the entries beside them that no marker leads to.

    Those are items of a list, numbered as they stand, what counts itself, and what says that it is
    an entry, with the label that it opens with.
    """
    lists: dict[int, Element] = {}
    others: dict[tuple[int, str], Element] = {}
    for note in found.notes:
        above, name = note.element.parent, note.element.name
        if above is not None and name == "li" and above.name == "ol":
            lists[above.index] = above
        elif above is not None:
            others[above.index, name] = above
    cited = {note.element.index for note in found.notes}
    taken = {note.label for note in found.notes}
    for above in lists.values():
        _add_items(survey, found, _children(above, "li"), cited, taken)
    for (_, name), above in others.items():
        found.notes.extend(_counted_on(survey, _children(above, name), cited, taken))
    cited = {note.element.index for note in found.notes}
    for entry in survey.elements:
        if entry.attrs.get("role") == _ENTRY and entry.index not in cited and survey[entry].text:
            label = _LABELLED.match(survey.opening(entry))
            if label and label[1] not in taken:
                found.notes.append(Note(label[1], entry, entry.index, entry.end))
    if not found.notes:
        found.notes.extend(_terms(survey))


def _terms(survey: Survey) -> list[Note]:
    """The terms below the head of a reference list that are keys, where the text cites one."""
    listing = Listing(survey)
    notes: list[Note] = []
    for term in survey.named("dt"):
        key, end = _KEY.fullmatch(term.facts.first), end_of(term, survey.elements)
        if key and end > term.end and listing.holds(term):
            notes.append(Note(key[1], term, term.index, end))
    text = text_of(survey.elements[0]) if notes else ""
    known = Counter(_CITED.findall(text))
    cited = any(known[note.label] > ("[" in note.element.facts.first) for note in notes)
    return notes if cited else []


def _children(above: Element, name: str) -> list[Element]:
    return [each for each in above.children if isinstance(each, Element) and each.name == name]


def _add_items(
    survey: Survey, found: Notes, items: Sequence[Element], cited: set[int], taken: set[str | None]
) -> None:
    """Where most items of a list are notes, or some by the numbers of their places, all are."""
    places = {item.index: str(number) for number, item in enumerate(items, 1)}
    counted = sum(places.get(note.element.index) == note.label for note in found.notes)
    if counted < _FEWEST and sum(item.index in cited for item in items) * 2 < len(items):
        return
    for number, item in enumerate(items, 1):
        if item.index not in cited and survey[item].text:
            work = authored(survey.opening(item)) if found.named else None
            label = work or (None if str(number) in taken else str(number))
            found.notes.append(Note(label, item, item.index, item.end))


def _counted_on(
    survey: Survey, items: Sequence[Element], cited: set[int], taken: set[str | None]
) -> Iterator[Note]:
    """Elements beside notes that open with the next number, or below the head of a list with one.

    Below a head, one note is enough for those that open with a number in brackets.
    """
    openings = [_opening(survey, item) for item in items]
    numbers = [int(match[1]) if (match := _NUMBERED.match(each)) else None for each in openings]
    notes = sum(
        item.index in cited and number is not None
        for item, number in zip(items, numbers, strict=True)
    )
    if not notes:
        return
    listing = Listing(survey)
    before: int | None = None
    for item, number, opening in zip(items, numbers, openings, strict=True):
        if number is None or item.index in cited:
            before = number
            continue
        follows = before is not None and 0 < number - before <= _WIDEST_STEP and notes >= _FEWEST
        listed = follows or (opening[0] == "[" and listing.holds(item))
        before = number if listed and str(number) not in taken else None
        if before is not None:
            yield Note(str(number), item, item.index, end_of(item, survey.elements))


def _opening(survey: Survey, item: Element) -> str:
    """How an element opens, with a space behind a number that has an element of its own."""
    first = item.facts.first
    return f"{first} " if _NUMBERED.fullmatch(f"{first} ") else survey.opening(item)
