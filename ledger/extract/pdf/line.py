"""A line of a page, the pieces of text that it is made of, and the element to which they belong."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

LETTER_WIDTH = 0.5
"""Mean width of a letter of running text, in sizes of its font; Helvetica and Times are near."""
SMALLER = 0.92
"""Letters of at most this part of another size are smaller."""
LINK = "Link"
"""The role of an element that leads somewhere."""
_WIDE = frozenset("WF")
"""Of the classes of Unicode (UAX 11) those of letters as wide as they are high."""
_NARROW_LETTERS, _BROAD_LETTERS = frozenset(" !'()*,-./:;I[]fijlrt{|}"), frozenset("%@MWmw—…")


@dataclass(slots=True, eq=False)
class Element:
    """A part of the structure of a tagged PDF.

    Attributes:
        role: What it is, by its standard name.
        parent: That in which it stands.
        depth: How many stand around it.
        parts: Elements in it, and None where the first of its own words stand.
        has_words: Whether it has some.
        lines: Those of its own words.
        behind: Lines that are of no element, drawn behind it.
        url: Where it leads, of a link.
        spans: Columns and rows over which it reaches, of a cell.
    """

    role: str
    parent: "Element | None" = None
    depth: int = 0
    parts: list["Element | None"] = field(default_factory=list)
    has_words: bool = False
    lines: list["Line"] = field(default_factory=list)
    behind: list["Line"] = field(default_factory=list)
    url: str = ""
    spans: tuple[int, int] = (1, 1)

    def around(self) -> Iterator["Element"]:
        """Itself, and those in which it stands, from the inside."""
        each: Element | None = self
        while each is not None:
            yield each
            each = each.parent

    def block(self) -> "Element":
        """The innermost that is no part of a line."""
        return next(each for each in self.around() if each.role != LINK)

    def link(self) -> "Element | None":
        """The link in which it stands, itself where it is one; None where it stands in none."""
        return next((each for each in self.around() if each.url), None)


class Piece(NamedTuple):
    """Letters of one font that are drawn in one go.

    Attributes:
        text: The letters.
        x, y: Where they begin, in points from the left and from below.
        size: Of the letters, in points.
        bold: Whether their font is.
        element: That of a tagged PDF in which they stand; None where there is none.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    element: Element | None = None

    @property
    def link(self) -> Element | None:
        """The link of whose words they are; None of other words, and without tags."""
        return self.element.link() if self.element else None


@dataclass(slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: Its letters; numbers set high are in the element of HTML for superscripts.
        x, y: Where it begins, in points from the left and from below.
        size: That of most of its letters, in points.
        bold: Whether all its letters are.
        begins: Of each piece the offset in the text, the place from the left, and the size.
        urls: Links: offsets in the text, and addresses.
        numbers: Offsets of those whose words are a number.
        opens: Addresses of those whose field begins with the line.
        goes_on: Whether it begins with the rest of a word that the line above begins.
        shown: What the page shows of it: `text` without the addresses of its links.
        width: Of that, in letters of running text, as `letters_wide`.
        element: Of a tagged PDF that of which it is.
        links: Of a tagged PDF the runs of its text: offsets, and the link each is of.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    begins: list[tuple[int, float, float]]
    urls: list[tuple[int, str]] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    opens: set[str] = field(default_factory=set)
    goes_on: bool = False
    shown: str = ""
    width: float = 0.0
    element: Element | None = None
    links: list[tuple[int, int, Element | None]] = field(default_factory=list)

    def right(self) -> float:
        """About where it ends, in points from the left."""
        return self.x + self.width * LETTER_WIDTH * self.size


def letters_wide(text: str) -> float:
    """The width of a text, in letters of running text."""
    return sum(map(letter_wide, text))


def letter_wide(letter: str) -> float:
    """About as in Helvetica and Times, where a mean one is half as wide as high."""
    if unicodedata.east_asian_width(letter) in _WIDE:
        return 2.0
    if letter in _NARROW_LETTERS:
        return 0.65
    if letter in _BROAD_LETTERS:
        return 1.75
    return 1.4 if letter.isupper() else 1.15
