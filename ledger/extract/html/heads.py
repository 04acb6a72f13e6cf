"""Heads of reference lists: put where a list lacks one, left out where its entries are notes."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set

from ledger.extract.html.numbered import Numbered
from ledger.extract.html.part import Part
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.references import find_references

_TOGGLE = re.compile(r"\s{0,3}\[?\s{0,3}[+−▾▼▸►▶]\s{0,3}\]?\s*$")
"""What unfolds a list, behind its head: "References [+]"."""
_LONGEST = 200
"""Characters of the first line of a part in which a head and what unfolds it stand. Chosen;
`is_head` takes 80."""
_FRAMES = 8
"""Elements between the head of a list and its first note that only hold what follows."""


def heads_notes(survey: Survey, part: Part, notes: Set[int]) -> bool:
    """Whether a part that is no heading by its tag says what stands right below it: the notes."""
    if (
        not notes
        or part.role == "heading"
        or not is_head(_TOGGLE.sub("", part.lines[0][:_LONGEST]))
    ):
        return False
    place = part.element.end
    for element in survey.elements[place : place + _FRAMES]:
        if element.index in notes:
            return True
        said = element.facts.direct and not element.facts.left_out
        if said and not is_head(survey.opening(element)):
            return False
    return False


def is_counted(parts: Sequence[Part], place: int, counted: Numbered) -> bool:
    """Whether a part is an entry of a list that counts, or says that one follows."""
    if place in counted.parts:
        return True
    part = parts[place]
    return part.role != "heading" and place + 1 in counted.parts and is_head(part.lines[0])


def headed(survey: Survey, parts: list[Part]) -> list[Part]:
    """The parts, with a head above what is a reference list by its class or role and has none."""
    order = {one.index: n for n, one in enumerate(survey.listed) if one.facts.is_list}
    if not order:
        return parts
    around = [_lists_around(part.element, order) for part in parts]
    held: dict[int, list[int]] = {}  # the places of the parts of a list, by its index
    for place, lists in enumerate(around):
        for one in lists:
            held.setdefault(one.index, []).append(place)
    headed: list[Part] = []
    previous: Element | None = None
    under_head = False
    for place, part in enumerate(parts):
        inside = next(iter(around[place]), None)
        if inside is not None and inside is not previous and not under_head:
            places = held[inside.index]
            here = [parts[p] for p in places[bisect_left(places, place) :]]
            if here[0].role != "heading" and find_references(_as_list(here)).references:
                headed.append(Part("heading", 2, ["References"], inside))
        previous = inside
        under_head = part.role == "heading" and is_head(part.lines[0])
        headed.append(part)
    return headed


def _lists_around(element: Element, order: Mapping[int, int]) -> list[Element]:
    """The lists that an element is or stands in, in their order."""
    found = [each for each in (element, *element.above()) if each.index in order]
    return sorted(found, key=lambda each: order[each.index])


def _as_list(parts: list[Part]) -> list[str]:
    return ["## References", *(part.mark + line for part in parts for line in part.lines)]
