"""Elements -> what stands in each, its descendants included: one pass from the end to the start."""

import re
from collections.abc import Iterable

from ledger.extract.heads import is_head
from ledger.extract.html.names import (
    BLOCKS,
    HEADINGS,
    LIST_ROLES,
    LIST_WORDS,
    LISTS,
    MAY_HEAD,
    NEVER,
    is_furniture,
    is_hidden,
    named_comments,
    named_furniture,
)
from ledger.extract.html.tree import Element

_SPACE = re.compile(r"\s+")
_STOP = re.compile(r"[.!?…。！？।؟۔](?:(?<=[。！？।؟۔])|[\"'”’»)\]]{0,4}(?:\s|$))")
_ENTRY = re.compile(r"\[\^?[0-9]{1,4}\]|https?://")
_IMAGES = frozenset(["img", "picture", "video", "svg", "iframe", "canvas", "amp-img", "object"])
_FIGURES = frozenset(["table", "blockquote", "pre"])
"""What a figure may show beside images."""
_LAYOUT = frozenset("table p div ul ol h1 h2 h3 h4 pre".split())
"""What stands in the cells of a table that only arranges a page."""
_LONGEST_HEAD = 80
_OPENING = 120
_FIRST = 16
_PROSE = 40
"""Characters outside links from which on a block that is no paragraph is prose, not a label."""


class Facts:
    """What stands in an element.

    Attributes:
        text: Characters; `linked` of them in links.
        direct: Characters outside links that stand in no block inside of it.
        prose: Characters of paragraphs outside links, those of furniture left out.
        first: The first characters that stand in it without an element between them.
        stops, open_stops: Whether a sentence ends in it, and whether one does outside links.
        left_out: Whether it is shown to nobody, or holds nothing of the article.
        heads: How many headings are in it; `linked_head` says whether one is a link as a whole.
        head: Whether the head of a reference list is in it.
        cites: Whether a marker that leads to a note is in it; set by `keep_what_cites`.
        listed: Whether a reference list, its head or an entry of one is in it.
        is_list: Whether it is a reference list by its role or class, or by links that lead to it.
    """

    # Defaults stand on the class: most elements hold little, and a page has thousands.
    text: int = 0
    linked: int = 0
    direct: int = 0
    prose: int = 0
    first: str = ""
    stops: bool = False
    open_stops: bool = False
    left_out: bool = False
    layout: bool = False
    cells: bool = False
    image: bool = False
    figure: bool = False
    heads: int = 0
    linked_head: bool = False
    head: bool = False
    listed: bool = False
    cites: bool = False
    is_list: bool = False


class Survey:
    """The elements of a page, and what stands in each."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements
        self.facts = [Facts() for _ in elements]
        for element in reversed(elements):
            self._count(element, self.facts[element.index])
        self._discount()

    def keep_what_cites(self, markers: Iterable[int]) -> None:
        """Set `cites` of all that holds one of these links, given by index."""
        for index in markers:
            for above in self.elements[index].above():
                if self[above].cites:
                    break
                self[above].cites = True

    def is_beside(self, element: Element) -> bool:
        """Whether an element with prose is furniture."""
        return element.index in self._beside

    def own_prose(self, element: Element) -> int:
        """Characters of prose that stand in an element and in no block inside of it."""
        facts = self.facts[element.index]
        if facts.left_out or element.name not in BLOCKS:
            return 0
        return facts.direct if facts.direct >= _PROSE or element.name == "p" else 0

    def _discount(self) -> None:
        """Take out of each element's prose what stands in furniture.

        A name is a hint: what is named like furniture and holds half of the page's prose is none,
        unless it is named for what readers write.
        """
        total = self.facts[0].prose
        lost = [0] * len(self.elements)
        self._beside: set[int] = set()
        for element in reversed(self.elements):
            facts = self.facts[element.index]
            if not facts.prose:
                continue
            hidden = lost[element.index]
            facts.prose -= hidden
            if is_furniture(element) or named_furniture(element):
                share = 0.9 if named_comments(element) else 0.5
                if facts.prose < total * share:
                    hidden += facts.prose
                    self._beside.add(element.index)
            if element.parent is not None:
                lost[element.parent.index] += hidden

    def __getitem__(self, element: Element) -> Facts:
        return self.facts[element.index]

    def opening(self, element: Element) -> str:
        """The first characters in an element, a space between its blocks."""
        pieces: list[str] = []
        missing = _OPENING
        stack: list[Element | str] = [element]
        while stack and missing > 0:
            node = stack.pop()
            if isinstance(node, str):
                words = _SPACE.sub(" ", node[: missing * 4])
                pieces.append(words)
                missing -= len(words)
            elif not self[node].left_out:
                stack.extend(reversed(node.children))
                if node.name in BLOCKS or node.name == "br":
                    stack.append(" ")
        return " ".join("".join(pieces).split())[:_OPENING]

    def _count(self, element: Element, facts: Facts) -> None:
        if element.name in NEVER or (element.attrs and is_hidden(element)):
            facts.left_out = True
        if element.name == "script":
            return
        for child in element.children:
            if not isinstance(child, str):
                self._add(child, facts)
                continue
            words = child.strip()
            if not words:
                continue
            length = len(words)
            facts.text += length
            facts.direct += length
            if not facts.first:
                facts.first = words[:_FIRST]
            if not facts.open_stops and _STOP.search(words):
                facts.stops = facts.open_stops = True
        self._settle(element, facts)

    def _add(self, child: Element, facts: Facts) -> None:
        inner, name = self.facts[child.index], child.name
        if inner.image or name in _IMAGES:
            facts.image = True
        if inner.left_out:
            return
        if inner.layout or name in _LAYOUT:
            facts.layout = True
        if inner.cells or name == "td":
            facts.cells = True
        if inner.figure or name in _FIGURES:
            facts.figure = True
        if inner.text:
            self._add_text(name, inner, facts)

    def _add_text(self, name: str, inner: Facts, facts: Facts) -> None:
        """What only an element with text can add."""
        if not facts.first:
            facts.first = inner.first
        facts.text += inner.text
        facts.linked += inner.linked
        facts.prose += inner.prose
        if name not in BLOCKS:
            facts.direct += inner.direct
        facts.stops = facts.stops or inner.stops
        facts.open_stops = facts.open_stops or inner.open_stops
        facts.head = facts.head or inner.head
        facts.heads += inner.heads
        facts.linked_head = facts.linked_head or inner.linked_head
        facts.listed = facts.listed or inner.listed

    def _settle(self, element: Element, facts: Facts) -> None:
        """What the element itself adds to what is in it."""
        name = element.name
        if name == "a":
            facts.linked, facts.direct, facts.open_stops = facts.text, 0, False
            facts.linked_head = facts.heads > 0
        elif name in BLOCKS:
            if name in HEADINGS and facts.text:
                facts.heads = 1
                facts.linked_head = facts.linked == facts.text
            if facts.direct >= _PROSE or name == "p":
                facts.prose += facts.direct
            if name in MAY_HEAD and 0 < facts.text <= _LONGEST_HEAD:
                facts.head |= is_head(self.opening(element))
            if name in LISTS and facts.text:
                facts.is_list |= element.get("role") in LIST_ROLES
                facts.is_list |= not LIST_WORDS.isdisjoint(element.words)
            facts.listed |= facts.head or facts.is_list or bool(_ENTRY.match(facts.first))
