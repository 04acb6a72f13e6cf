"""Elements within a `<pre>` -> its parts: lines of code as they stand, or paragraphs of prose."""

import re
from collections.abc import Iterator

from ledger.extract.html.links import escaped, linked, targets
from ledger.extract.html.names import BLOCKS
from ledger.extract.html.part import Part
from ledger.extract.html.printed import is_prose
from ledger.extract.html.tree import Element

_BLANK_LINE = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s+")
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
        self._link: int | None = None  # the piece with which the open one begins
        self._links: list[tuple[int, int, str]] = []  # from which piece, before which, and where to

    def enter(self, element: Element) -> None:
        """Go into an element: a block of its own is a line of its own."""
        name = element.name
        if name == "pre":
            self.depth += 1
        elif name == "a":
            self._link = len(self.pieces)
        elif name == "br" or (name in BLOCKS and self.pieces and self.pieces[-1][-1:] != "\n"):
            self.pieces.append("\n")

    def leave(self, element: Element) -> Iterator[Part]:
        """Go out of an element; what was read is given behind the outermost of its kind."""
        self.depth -= element.name == "pre"
        if element.name == "a" and self._link is not None:
            address = next(iter(targets(element)), "#")
            if address[0] != "#" and len(self.pieces) > self._link:
                self._links.append((self._link, len(self.pieces), address))
            self._link = None
        if self.depth:
            return
        text = "".join(self.pieces).strip("\n")
        if is_prose(text):
            for paragraph in _BLANK_LINE.split(self._prose()):
                if line := " ".join(paragraph.split()):
                    yield Part("paragraph", 0, [line], element)
        elif text.strip():
            lines = [line.rstrip() for line in _LINE_END.split(text) if line.strip()]
            yield Part("code", 0, lines, element)
        self.pieces, self._links = [], []

    def _prose(self) -> str:
        """The text as Markdown, its links in it."""
        written: list[str] = []
        at = 0
        for begin, end, address in self._links:
            before, words = "".join(self.pieces[at:begin]), "".join(self.pieces[begin:end])
            words = escaped(_SPACE.sub(" ", words))
            written += escaped(before), linked(words, address) if words.strip() else words
            at = end
        return "".join([*written, escaped("".join(self.pieces[at:]))])
