"""Elements within a `<pre>` -> its parts: lines of code as they stand, or paragraphs of prose."""

import re
from collections.abc import Iterator

from ledger.extract.html.links import escaped
from ledger.extract.html.names import BLOCKS
from ledger.extract.html.part import Part
from ledger.extract.html.printed import is_prose
from ledger.extract.html.tree import Element

_BLANK_LINE = re.compile(r"\n\s*\n")
_LINE_END = re.compile(r"\r\n?|\n")


class Typed:
    """What is read of a text that stands as it was typed.

    Attributes:
        depth: How many elements of that kind are open; 0 outside of them.
        pieces: Its text so far.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.pieces: list[str] = []

    def enter(self, name: str) -> None:
        """Go into an element of this name: a block of its own is a line of its own."""
        if name == "pre":
            self.depth += 1
        elif name == "br" or (name in BLOCKS and self.pieces and self.pieces[-1][-1:] != "\n"):
            self.pieces.append("\n")

    def leave(self, element: Element) -> Iterator[Part]:
        """Go out of an element; what was read is given behind the outermost of its kind."""
        self.depth -= element.name == "pre"
        if self.depth:
            return
        text = "".join(self.pieces).strip("\n")
        self.pieces = []
        if is_prose(text):
            for paragraph in _BLANK_LINE.split(text):
                if line := " ".join(paragraph.split()):
                    yield Part("paragraph", 0, [escaped(line)], element)
        elif text.strip():
            lines = [line.rstrip() for line in _LINE_END.split(text) if line.strip()]
            yield Part("code", 0, lines, element)
