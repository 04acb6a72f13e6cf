"""What a note of a page is, and what is known of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.extract.html.tree import Element


class Note(NamedTuple):
    """One entry of a list of notes: the elements from `begin` up to `end`, as numbered in the page.

    Attributes:
        label: What markers call it; None for an entry that no marker leads to.
        element: The first of them.
        begin, end: Indices of elements, the end exclusive.
        part: As in `document.Reference`: where one label stands for several notes, each is of a
            part.
        fragment: The markup of a note that an attribute of its marker holds, and that stands
            nowhere in the page; None for all others.
    """

    label: str | None
    element: Element
    begin: int
    end: int
    part: int = 0
    fragment: str | None = None

    def blocks(self, elements: Sequence[Element]) -> list[Element]:
        """The element, and the ones behind it that go on with the note, of those of the page."""
        found = [self.element]
        while (end := found[-1].end) < self.end:
            found.append(elements[end])
        return found


@dataclass(slots=True)
class Notes:
    """What links inside the page say.

    Attributes:
        labels: By the index of a link that is a marker: its label.
        further: By the index of such a link: what it cites besides, as "1–3" leads to the first.
        note_of: By the index of such a link: the note it leads to, as a place in `notes`. A marker
            that leads nowhere on this page has none.
        backs: Indices of what leads from a note back to its marker, or repeats its number there.
        works: By the place of a note in `notes`: the entries of a bibliography that it leads on to.
        copies: Indices of elements that say once more what a note says.
        notes: As they were found; `begin` says where in the page each stands.
        named: Indices of markers that are words of their sentence: "Roe (2021)".
        parts: Indices of links that look like markers and lead to parts of the page: "Table [2]".
    """

    labels: dict[int, str] = field(default_factory=dict)
    further: dict[int, tuple[str, ...]] = field(default_factory=dict)
    note_of: dict[int, int] = field(default_factory=dict)
    backs: set[int] = field(default_factory=set)
    works: dict[int, list[Element]] = field(default_factory=dict)
    copies: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    named: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)


def end_of(entry: Element, elements: Sequence[Element]) -> int:
    """Where a note ends: that of a term (`dt`) with the last definition behind it."""
    end = entry.end
    while entry.name == "dt" and end < len(elements):
        behind = elements[end]
        if behind.name != "dd" or behind.parent is not entry.parent:
            break
        end = behind.end
    return end
