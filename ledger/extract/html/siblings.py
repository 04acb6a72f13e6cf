"""What stands right before an element, in the one around it."""

from ledger.extract.html.hints import NOTE
from ledger.extract.html.names import HEADINGS
from ledger.extract.html.tree import Element


class Before:
    """What stands before the elements of a page; each parent is looked through once."""

    def __init__(self) -> None:
        self._known: dict[int, dict[int, Element | str | None]] = {}

    def of(self, element: Element) -> Element | str | None:
        """The last sibling before an element that is not empty; None for the first one.

        Headings, labels of a form and marks of notes count without text: what they show may be a
        button, or counted by a style.
        """
        above = element.parent
        if above is None:
            return None
        known = self._known.get(above.index)
        if known is None:
            known = self._known[above.index] = {}
            before: Element | str | None = None
            for child in above.children:
                if isinstance(child, Element):
                    known[child.index] = before
                    if child.facts.text or _may_show(child):
                        before = child
                elif child.strip():
                    before = child
        return known[element.index]


def _may_show(element: Element) -> bool:
    if element.name in HEADINGS or (element.name == "label" and element.get("for")):
        return True
    return element.name in ("span", "sup", "a") and bool(element.hints & NOTE)
