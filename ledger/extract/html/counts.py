"""The lists that are open on a page -> the numbers of their items."""

import re

from ledger.extract.html.tree import Element

LISTS = frozenset(("ol", "ul"))
_START = re.compile(r"\s{0,9}([0-9]{1,4})(?![0-9])")
"""With what a browser counts from: "18.0" is 18."""


class Counts:
    """What the items of open lists are counted with, the innermost list last."""

    def __init__(self) -> None:
        self._next: list[int] = []  # below 0 for bullets, whose numbers may be typed

    def open(self, element: Element) -> None:
        """Go into a list."""
        if element.name == "ul":
            self._next.append(-1)
            return
        start = _START.match(element.get("start"))
        self._next.append(int(start[1]) if start else 1)

    def close(self) -> None:
        """Go out of the innermost list, if one is open."""
        del self._next[-1:]

    def item(self) -> str:
        """The mark of the next item."""
        if not self._next or self._next[-1] < 0:
            return "- "
        self._next[-1] += 1
        return f"{self._next[-1] - 1}. "

    def typed(self, number: int) -> bool:
        """Whether a number is the next of a list of bullets whose items are numbered by hand.

        They are counted from 1.
        """
        if not self._next or number != -self._next[-1]:
            return False
        self._next[-1] -= 1
        return True
