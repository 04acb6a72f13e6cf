"""Marks without text, which an attribute numbers -> the cards of sources that they count.

A script draws the number of such a mark. The cards are links in a container that is named for
sources, and the numbers are their places in it.
"""

import re
from bisect import bisect_left

from ledger.extract.html.hints import SOURCES
from ledger.extract.html.note import Note, Notes
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element

_NUMBERING = ("index", "number")
_INDEX = re.compile(r"[1-9][0-9]{0,3}")


def add_indexed_notes(survey: Survey, found: Notes) -> None:
    """Add such marks and their cards to the markers and notes of a page. Linear in the page."""
    marks = [(mark, number) for mark in survey.named("sup") if (number := _number(mark))]
    if not marks:
        return
    for mark, number in marks:
        found.labels[mark.index] = str(number)
    cards = _cards(survey, max(number for _, number in marks))
    if not cards:
        return
    first = len(found.notes)
    for count, card in enumerate(cards, 1):
        found.notes.append(Note(str(count), card, card.index, card.end))
    for mark, number in marks:
        found.note_of[mark.index] = first + number - 1


def _number(mark: Element) -> int:
    """The number that an attribute gives a mark without text; 0 for none."""
    if mark.facts.text:
        return 0
    for name, value in mark.attrs.items():
        numbers = name.startswith("data-") and name.endswith(_NUMBERING)
        if numbers and value and _INDEX.fullmatch(value):
            return int(value)
    return 0


def _cards(survey: Survey, most: int) -> list[Element]:
    """The links out of the smallest container of sources that has so many; none without one."""
    links = [link for link in survey.named("a") if link.facts.text and _leads_out(link)]
    places = [link.index for link in links]
    best = range(0)
    for element in survey.hinted(SOURCES, survey.elements[0]):
        held = range(bisect_left(places, element.index), bisect_left(places, element.end))
        if len(held) >= most and (not best or len(held) < len(best)):
            best = held
    return links[best.start : best.stop]


def _leads_out(link: Element) -> bool:
    return link.get("href").startswith(("http://", "https://"))
