"""Links from notes back to their markers, which prove that they are notes."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ledger.extract.html.note import Note
from ledger.extract.html.tree import Element

_Goals = dict[int, tuple[Element, Element]]
"""Links, each with what it leads to, by their places."""
_MOST_RETURNS = 50
"""Links of an entry to places above it that are kept: each is compared with each link of the page
that leads to the entry. Chosen; a source is hardly cited more often."""
_BESIDE = 2
"""Elements between a marker and the anchor beside it that the note leads back to."""


class Returns:
    """The links of a page that lead to where they stand, or to something before it.

    So do those of an entry above the text that cites it: they lead to a link that leads to theirs.

    Args:
        led: Links with what they lead to; None for what leads nowhere on the page.
    """

    def __init__(self, led: Iterable[tuple[Element, Element | None]]) -> None:
        goals = {link.index: (link, target) for link, target in led if target}
        self._goals = {
            index: target
            for index, (link, target) in goals.items()
            if target.index <= index or _is_marker_of(link, target, goals)
        }
        self._of_entry: dict[int, list[Element]] = {}

    def __contains__(self, link: Element) -> bool:
        return link.index in self._goals

    def lead_back(self, entry: Element, link: Element) -> bool:
        """Whether a link in the note leads to its marker, or to what stands around it."""
        goals = self._of_entry.get(entry.index)
        if goals is None:
            inside = range(entry.index, entry.end)
            goals = [self._goals[index] for index in inside if index in self._goals]
            goals = self._of_entry[entry.index] = goals[:_MOST_RETURNS]
        return any(
            goal.holds(link) or link.holds(goal) or abs(goal.index - link.index) <= _BESIDE
            for goal in goals
        )

    def inside(self, notes: Sequence[Note]) -> set[int]:
        """Indices of those that stand in notes, and do not lead to another note."""
        spans = sorted((note.begin, note.end) for note in notes)
        begins = [begin for begin, _ in spans]

        def note_at(index: int) -> int | None:
            place = bisect_right(begins, index) - 1
            return place if place >= 0 and index < spans[place][1] else None

        found: set[int] = set()
        for index, goal in self._goals.items():
            note = note_at(index)
            if note is not None and note_at(goal.index) in (None, note):
                found.add(index)
        return found


def _is_marker_of(link: Element, target: Element, goals: _Goals) -> bool:
    """Whether what a link leads to is the marker of the entry that the link stands in."""
    _, entry = goals.get(target.index, (target, target)) if target.name == "a" else (link, link)
    return entry.name != "a" and entry.holds(link)
