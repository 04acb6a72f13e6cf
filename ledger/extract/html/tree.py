"""Elements: what a page is made of, each of them numbered in page order, and its words."""

import re
from collections.abc import Iterator

from ledger.extract.html.facts import Facts
from ledger.extract.html.hints import COMMENTS, HINTS, OF_SECTIONS, RELATED, words_of
from ledger.patterns import later

_DATA = "ld+json"
"""What the type of a script says that holds data about the page; no other script is copied."""
_LEVEL = later(r"(?:section )?level[1-6](?:\s|$)")
"""How the class of a section begins that Pandoc makes of a heading, or R Markdown does."""

_RANK, _PLACES = re.compile(r"h[1-6]\Z"), frozenset(["span", "a"])
"""A heading; and what may stand before it in its section: older places of the same."""
_NO_WORDS: frozenset[str] = frozenset()
_LONGEST_BOX = 2
"""Words that a box is called by at most, where none of them is one of `_OF_BOXES`."""
_OF_BOXES = frozenset(
    "our us this your you now author authors newsletter newsletters subscribe subscription signup"
    " share sharing cookie cookies advertisement advertising sponsor sponsored copyright credits"
    " trending".split()
)
"""Words of boxes, which speak to their readers or of their page: "share-this-article"."""
_MOST_BESIDE = 200
"""What is looked at in an element to find a section and its heading: texts and elements."""


class Element:
    """One element of a page.

    Attributes:
        name: Its tag, in lower case.
        attrs: Its attributes; None for one without a value.
        parent: None for the root.
        children: Elements and stretches of text, in order. Comments are none.
        index: Its place among the elements of the page.
        end: One more than the index of the last element in it.
        facts: What stands in it; nothing before the page was surveyed.
    """

    __slots__ = ("_hints", "attrs", "children", "end", "facts", "index", "name", "parent")

    def __init__(
        self, name: str, attrs: dict[str, str | None], parent: "Element | None", index: int
    ) -> None:
        self.name = name
        self.attrs = attrs
        self.parent = parent
        self.children: list[Element | str] = []
        self.index = index
        self.end = index + 1
        self.facts = _NO_FACTS
        self._hints: int | None = None

    @property
    def words(self) -> frozenset[str]:
        """The words that its class and id are put together from, in lower case."""
        attrs = self.attrs
        if "class" not in attrs and "id" not in attrs:  # as most
            return _NO_WORDS
        return frozenset([*words_of(self.get("class")), *words_of(self.get("id"))])

    @property
    def hints(self) -> int:
        """What its class and id say that it is or holds, as bits of `hints`."""
        hints = self._hints
        if hints is None:
            attrs = self.attrs
            hints = HINTS[attrs["class"] or ""] if "class" in attrs else 0
            if "id" in attrs:
                own = HINTS[attrs["id"] or ""]
                hints |= own & OF_SECTIONS if own and _is_called_by_its_words(self) else own
            self._hints = hints
        return hints

    def get(self, name: str) -> str:
        """An attribute; "" when it has none of that name."""
        return self.attrs.get(name) or ""

    def holds(self, other: "Element") -> bool:
        """Whether `other` is this element or stands in it."""
        return self.index <= other.index < self.end

    def above(self) -> "Iterator[Element]":
        """The elements it stands in, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def is_headed_section(element: Element) -> bool:
    """Whether it is a section as programs make it of a heading, whose place it is.

    Pandoc and R Markdown say so in its class; in pages of Sphinx and of the W3C, a link in the
    heading or beside it leads to the section itself; Docutils makes its id of the heading's words,
    as that of the whole of the title's. A box beside an article may be called by its words, too.
    """
    if _is_of_a_level(element) or _is_headed(element, spelled=False):
        return True
    return _is_headed(element) and any(map(_is_headed, element.above()))


def _is_of_a_level(element: Element) -> bool:
    named = element.name in ("section", "div") and "class" in element.attrs
    return named and _LEVEL.match(element.get("class")) is not None


def _is_headed(section: Element, *, spelled: bool = True) -> bool:
    """Whether a heading opens it that leads to it or, where `spelled`, says what its id says."""
    place = section.get("id") if section.name in ("section", "div") else ""
    first = next((each for each in _elements(section) if each.name not in _PLACES), None)
    if not place or first is None:
        return False
    inside = [first, *_elements(first)]  # a heading with its link, or a frame around both
    heading = next((each for each in inside if _RANK.match(each.name)), None)
    if heading is None:
        return False
    if any(each.get("href") == f"#{place}" for each in inside):
        return True
    return spelled and _spells(place, heading)


def _spells(place: str, heading: Element) -> bool:
    """Whether a place has the words of its heading: "player-of-games", "Player of Games".

    Several words where they sound like a box, which is called by one or two: "latest-comments";
    and none that only boxes have.
    """
    hints, named = HINTS[place], words_of(place)
    if hints and (
        hints & (COMMENTS | RELATED)
        or len(named) <= _LONGEST_BOX
        or not _OF_BOXES.isdisjoint(named)
    ):
        return False
    said = words_of("".join(each for each in heading.children if isinstance(each, str)))
    return bool(named) and "".join(named) == "".join(said)


def _is_called_by_its_words(element: Element) -> bool:
    """Whether the id of an element is made of its heading, and says nothing of its place.

    A heading that leads to its section, or has its words in the id, says so where the page has
    others such, around it or beside it: one alone is a box, as comments or a newsletter may be.
    """
    if _is_of_a_level(element):
        return True
    place, above = element.get("id"), element.parent
    if (HINTS[place] & COMMENTS and len(words_of(place)) == 1) or not _is_headed(element):
        return False
    beside = _elements(above) if above is not None else ()
    return any(map(_is_headed, element.above())) or any(
        not HINTS[each.get("id")] and _is_headed(each) for each in beside
    )


def _elements(element: Element) -> "Iterator[Element]":
    """The first elements right in one: headings have few, and stand in front."""
    return (each for each in element.children[:_MOST_BESIDE] if isinstance(each, Element))


_NO_FACTS = Facts()


def is_data(script: Element) -> bool:
    """Whether a script holds data about the page."""
    return _DATA in script.get("type").lower()


def text_of(element: Element, *, shown: bool = False, at_break: str = "") -> str:
    """All characters in an element, in order; only those that are `shown` once it was surveyed.

    `at_break` stands for each break of a line.
    """
    if len(element.children) == 1 and isinstance(only := element.children[0], str):
        return only
    pieces: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif at_break and node.name == "br":
            pieces.append(at_break)
        elif not (shown and node.facts.left_out and node is not element):
            stack.extend(reversed(node.children))
    return "".join(pieces)
