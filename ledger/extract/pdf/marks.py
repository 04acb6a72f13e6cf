"""What a PDF marks in the content of a page -> the number of the mark in which text is drawn.

A tagged PDF (ISO 32000-1, 14.7 and 14.8) numbers the parts of a page's content; its structure says
by these numbers which paragraph, cell or link each is of.
"""

from typing import Any

LEFT_OUT = -1
"""Stands for a number: what is drawn at the edge of every page."""


class Marks:
    """The mark that stands open while a page is drawn.

    Attributes:
        number: That of the innermost; None outside of all.
        unclear: Whether marks change within one text object. pypdf tells its pieces only at its
            end, so nobody can say which of them are in which.
    """

    def __init__(self, properties: Any) -> None:
        self.number: int | None = None
        self.unclear = False
        self._named = properties if isinstance(properties, dict) else {}
        self._open: list[int | None] = []
        self._has_shown = False  # in this text object
        self._forms = 0  # those that are drawn within one another: each numbers its own marks

    def before(self, operator: bytes, operands: Any, *_: Any) -> None:
        """What pypdf calls with each operator before it goes by it."""
        if operator in (b"Tj", b"TJ", b"'", b'"'):
            self._has_shown = True
        elif operator in (b"BT", b"ET"):
            self._has_shown = False
        elif operator == b"Do":
            self._forms += 1
        elif operator in (b"BDC", b"BMC"):
            self._open.append(self.number)
            self._set(self._number(operands))
        elif operator == b"EMC" and self._open:
            self._set(self._open.pop())

    def after(self, operator: bytes, *_: Any) -> None:
        """What it calls behind."""
        if operator == b"Do":
            self._forms -= 1

    def _set(self, number: int | None) -> None:
        self.unclear |= self._has_shown and number != self.number
        self.number = number

    def _number(self, operands: Any) -> int | None:
        kind, said = (*operands, None, None)[:2]
        if isinstance(said, str):
            said = self._named.get(said)
        said = said.get_object() if hasattr(said, "get_object") else said
        if self._forms or not isinstance(said, dict):
            return self.number
        if kind == "/Artifact" and said.get("/Type") == "/Pagination":
            return LEFT_OUT
        number = said.get("/MCID")
        return number if isinstance(number, int) and number >= 0 else self.number
