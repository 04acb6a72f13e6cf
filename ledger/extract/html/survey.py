"""Elements -> what stands in each, its descendants included: one pass from the end to the start."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import unquote

from ledger.extract.html.facts import (
    CELLS,
    FIGURE,
    HEAD,
    IMAGE,
    LAID_OUT,
    LINKED_HEAD,
    LISTED,
    Facts,
)
from ledger.extract.html.hints import LIST
from ledger.extract.html.names import (
    BLOCKS,
    HEADINGS,
    LIST_ROLES,
    LISTS,
    NEVER,
    is_furniture,
    is_hidden,
    is_hidden_remark,
    is_remark_of_editors,
    is_spoken_only,
    may_head,
    named_comments,
    named_furniture,
)
from ledger.extract.html.tree import Element
from ledger.extract.html.unfolded import unfolded
from ledger.extract.lists.heads import is_head
from ledger.patterns import later

_SPACE = re.compile(r"\s+")
_ENTRY = later(r"\[\^?[0-9]{1,4}\]|https?://")
_IMAGES = frozenset(["img", "picture", "video", "svg", "iframe", "canvas", "amp-img", "object"])
_LAYOUT = frozenset("table p div ul ol h1 h2 h3 h4 pre".split())
"""What stands in the cells of a table that only arranges a page."""
_LONGEST_HEAD = 80
"""Characters of an element that may be the head of a list, as many as `is_head` takes."""
_OPENING, _FIRST = 120, 16
"""Characters of an element that are looked at to tell a head, and of its first text an entry."""
_PROSE = 40
"""Characters outside links from which on a block that is no paragraph is prose, not a label."""
_SHOWN_BY: dict[str, int] = {
    **dict.fromkeys(_IMAGES, IMAGE),
    **dict.fromkeys(_LAYOUT, LAID_OUT),
    "table": FIGURE | LAID_OUT,
    "blockquote": FIGURE,
    "pre": FIGURE | LAID_OUT,
    "td": CELLS,
}
"""What an element of a name shows, for whatever it stands in."""


class Survey:
    """The elements of a page, and what stands in each.

    Attributes:
        elements: All of them, in page order.
        listed: Those with a reference list, its head or an entry of one in them.
        called: Those with text whose `rel`, `itemprop` or `role` says what they are.
        unseen: Those that are left out, by their name or because they are hidden.
    """

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements
        self._named: defaultdict[str, list[Element]] = defaultdict(list)
        for element in elements:
            self._named[element.name].append(element)
        self._hinted: list[Element] = []
        self.listed: list[Element] = []
        self.called: list[Element] = []
        self.unseen: list[Element] = []
        with_prose: list[Element] = []
        shown = unfolded(elements)
        remarked = any(each.get("href").startswith("#cmnt") for each in self.named("a"))
        for element in reversed(_shown(elements)):
            element.facts = facts = Facts()
            attrs = element.attrs
            hidden = is_hidden(attrs) and element.index not in shown
            hidden = hidden or (remarked and is_remark_of_editors(element))
            hidden = hidden or ("class" in attrs and is_hidden_remark(element))
            if element.name in NEVER or hidden or is_spoken_only(element):
                facts.left_out = True
                self.unseen.append(element)
            if element.children and element.name != "script":
                self._count(element, facts)
                if facts.shown & LISTED:
                    self.listed.append(element)
                if facts.prose:
                    with_prose.append(element)
                if facts.text and attrs:
                    if element.hints:
                        self._hinted.append(element)
                    if "rel" in attrs or "itemprop" in attrs or "role" in attrs:
                        self.called.append(element)
        self._hinted.reverse()
        self.listed.reverse()
        self.called.reverse()
        self.unseen.reverse()
        self._discount(with_prose)

    def close(self) -> None:
        """Give the page's memory back now: a tree whose elements know their parents is a circle."""
        for element in self.elements:
            element.parent = None

    def named(self, name: str) -> list[Element]:
        """The elements of a tag, in page order."""
        return self._named.get(name, [])

    def hinted(self, hint: int, within: Element) -> Iterator[Element]:
        """The elements with text in one, itself among them, that a class or id names so.

        In page order.
        """
        end = within.end
        for element in self._hinted:
            if element.index >= end:
                return
            if element.hints & hint and element.index >= within.index:
                yield element

    def keep_what_cites(self, markers: Iterable[int]) -> None:
        """Set `cites` of all that holds one of these links, given by index."""
        for index in markers:
            for above in self.elements[index].above():
                if above.facts.cites:
                    break
                above.facts.cites = True

    def is_beside(self, element: Element) -> bool:
        """Whether an element with prose is furniture."""
        return element.index in self._beside

    def own_prose(self, element: Element) -> int:
        """Characters of prose that stand in an element and in no block inside of it."""
        facts = element.facts
        if facts.left_out or element.name not in BLOCKS:
            return 0
        return facts.direct if facts.direct >= _PROSE or element.name == "p" else 0

    def _discount(self, with_prose: list[Element]) -> None:
        """Take out of each element's prose what stands in furniture; given are the last ones first.

        A name is a hint: what is named like furniture and holds half of the page's prose is none,
        unless it is named for what readers write.
        """
        total = self.elements[0].facts.prose
        lost = [0] * len(self.elements)
        self._beside: set[int] = set()
        for element in with_prose:
            facts = element.facts
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
        return element.facts

    def opening(self, element: Element) -> str:
        """The first characters in an element, a space between its blocks."""
        if len(element.children) == 1 and isinstance(only := element.children[0], str):
            return " ".join(only[: _OPENING * 4].split())[:_OPENING]
        pieces: list[str] = []
        missing = _OPENING
        stack: list[Element | str] = [element]
        while stack and missing > 0:
            node = stack.pop()
            if isinstance(node, str):
                words = _SPACE.sub(" ", node[: missing * 4])
                pieces.append(words)
                missing -= len(words)
            elif not node.facts.left_out:
                stack.extend(reversed(node.children))
                if node.name in BLOCKS or node.name == "br":
                    stack.append(" ")
        return " ".join("".join(pieces).split())[:_OPENING]

    def _count(self, element: Element, facts: Facts) -> None:  # noqa: C901 - calls cost most here
        """Add up what stands in an element, of whose inside all is counted."""
        if len(element.children) == 1 and isinstance(only := element.children[0], str):
            if words := only.strip():
                facts.text = facts.direct = len(words)
                facts.first = words[:_FIRST]
                self._settle(element, facts)
            return
        text = direct = linked = prose = heads = shown = 0
        first = ""
        for child in element.children:
            if isinstance(child, str):
                words = child.strip()
                if words:
                    text += len(words)
                    direct += len(words)
                    first = first or words
                continue
            inner, name = child.facts, child.name
            if inner.left_out:
                shown |= (inner.shown | _SHOWN_BY.get(name, 0)) & IMAGE
                continue
            if name in _SHOWN_BY:
                shown |= _SHOWN_BY[name]
            shown |= inner.shown
            if inner.text:
                text += inner.text
                linked += inner.linked
                prose += inner.prose
                heads += inner.heads
                first = first or inner.first
                if name not in BLOCKS:
                    direct += inner.direct
        if shown:
            facts.shown = shown
        if text:
            facts.text, facts.direct, facts.linked, facts.prose = text, direct, linked, prose
            facts.first, facts.heads = first[:_FIRST], heads
            self._settle(element, facts)

    def _settle(self, element: Element, facts: Facts) -> None:
        """What an element with text adds itself to what is in it."""
        name = element.name
        if name == "a":
            facts.linked, facts.direct = facts.text, 0
            facts.shown &= ~LINKED_HEAD
            if facts.heads and not self._leads_inside(element):
                facts.shown |= LINKED_HEAD
        elif name in BLOCKS:
            if name in HEADINGS:
                self._settle_heading(element, facts)
            if facts.direct >= _PROSE or name == "p":
                facts.prose += facts.direct
            if facts.text <= _LONGEST_HEAD and may_head(element) and is_head(self.opening(element)):
                facts.shown |= HEAD
            if name in LISTS:
                attrs = element.attrs
                called = bool(element.hints & LIST) or (
                    "role" in attrs and attrs["role"] in LIST_ROLES
                )
                # What a site says of itself at the foot of its pages begins so.
                facts.is_list = called and facts.first[0] != "©"
            begins = facts.first[0] in "[h" and _ENTRY.match(facts.first)
            if facts.is_list or facts.shown & HEAD or begins:
                facts.shown |= LISTED

    def _settle_heading(self, element: Element, facts: Facts) -> None:
        facts.heads = 1
        facts.shown &= ~LINKED_HEAD
        if facts.linked == facts.text:
            if self._leads_inside(element):
                facts.linked = 0  # its words are the page's own
            else:
                facts.shown |= LINKED_HEAD

    def _leads_inside(self, element: Element) -> bool:
        """Whether a link leads to a place of the page: to its contents, or to what it heads.

        A page of several files names its own in such a link. What leads on to a place farther down
        is an entry of the contents, a tab, or the card of what a script shows.
        """
        for each in self.elements[element.index : element.end]:
            file, _, name = each.get("href").partition("#") if each.name == "a" else ("", "", "")
            place = self._places.get(name) or self._places.get(unquote(name))
            if place is None or "/" in file:
                continue
            if element.holds(place) or (not file and place.index <= element.end):
                return True
        return False

    @cached_property
    def _places(self) -> dict[str, Element]:
        """The elements of the page by their ids and names."""
        found: dict[str, Element] = {}
        for each in self.elements:
            for name in ("id", "name"):
                if place := each.get(name):
                    found.setdefault(place, each)
        return found


def _shown(elements: list[Element]) -> list[Element]:
    """Those that are not in the head: an eighth of a page, and nothing that is shown."""
    if len(elements) > 1 and elements[1].name == "head":
        return [*elements[:2], *elements[elements[1].end :]]
    return elements
