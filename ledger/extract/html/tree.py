"""Characters -> elements: the page as a tree of our own, each element numbered in page order.

lexbor parses as browsers do and 25 times as fast as a tree of Python objects is built; so what no
reader of the article needs (styles, drawings, forms) stays behind in it, and the rest is copied
once, without recursion.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ledger.extract.html.facts import Facts
from ledger.extract.html.hints import COMMENTS, HINTS, OF_SECTIONS, RELATED, words_of
from ledger.patterns import later

_OPAQUE = frozenset(
    "style svg math iframe canvas object embed select textarea video audio map noscript noembed "
    "noframes template".split()
)
"""What holds no text of the article, whatever stands in it: its inside is not copied."""
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


def tree_of(page: bytes) -> list[Element]:
    """The elements of a page in order, the root first.

    Args:
        page: HTML in UTF-8 that `guard` let through: lexbor needs quadratic time in depth and in
            the number of attributes.
    """
    parser = LexborHTMLParser(page)
    top = parser.root
    root = Element("html", dict(top.attributes) if top is not None else {}, None, 0)
    elements = [root]
    node = top.first_child if top is not None else None
    parent = root
    stack: list[tuple[LexborNode | None, Element]] = []  # what follows each element that is open
    while node is not None:
        number = node.tag_id
        name = _TAGS[number] if number in _TAGS else _tag_of(node)
        if name == "-text":
            parent.children.append(node.text_content or "")
        elif name == "math" or (name == "img" and node.attributes.get("class") in _DRAWN):
            _put_formula(node, _shown_in(parent), elements)
        elif name:
            attrs = node.attributes
            if name == "button":
                name, attrs = _shown_by(node, attrs, parent)
            elif name in _MAY_BE_CITED or "-" in name or (name == "a" and "href" not in attrs):
                name, attrs = _cited_in(name, node, attrs)
            element = Element(name, attrs, parent, len(elements))
            if name != "script" or is_data(element):
                elements.append(element)
                parent.children.append(element)
                if name not in _OPAQUE and (child := node.first_child) is not None:
                    stack.append((node.next, parent))
                    node, parent = child, element
                    continue
        node = node.next
        while node is None and stack:
            parent.end = len(elements)
            node, parent = stack.pop()
    root.end = len(elements)
    return elements


def _put_formula(math: LexborNode, parent: Element, elements: list[Element]) -> None:
    """Put a formula into an element; one that would be taken for a marker is kept as code."""
    formula = _formula(math)
    if _INTERVAL.search(formula):
        parent.children.append(coded := Element("code", {}, parent, len(elements)))
        elements.append(coded)
        parent = coded
    parent.children.append(formula)


def _shown_in(parent: Element) -> Element:
    """Where a formula is read: MediaWiki hides its signs in an element, and shows a picture."""
    unseen = parent.parent is not None and _UNSEEN in parent.get("class")
    return parent.parent if unseen and parent.parent is not None else parent


def _formula(math: LexborNode) -> str:
    """A formula in one line: its signs in a row, or in TeX where their places say more.

    A picture of one says it in TeX.
    """
    tex = math.attributes.get("alttext") or math.attributes.get("alt") or ""
    if math.tag == "img":
        return tex
    if not tex and (annotation := math.css_first("annotation")) is not None:
        tex = annotation.text(deep=True)
    if math.css_first(_LAID_OUT) is not None:
        return _STYLED.sub(r"\1", " ".join(tex.split()))
    return "".join(sign.text(deep=True).strip() for sign in math.css("mi, mn, mo, mtext"))


def _cited_in(
    name: str, node: LexborNode, attrs: dict[str, str | None]
) -> tuple[str, dict[str, str | None]]:
    """What a span, or a tag that a site made up, is besides: a chip, or a number set high."""
    if not _TARGETS.isdisjoint(attrs) and (chip := _chip(attrs)):
        return "a", chip
    return ("sup" if _is_number(name, node, attrs) else name), attrs


def _shown_by(
    button: LexborNode, attrs: dict[str, str | None], parent: Element
) -> tuple[str, dict[str, str | None]]:
    """What a button is besides: a chip, a number, a head, or words of one; else a button."""
    if chip := _chip(attrs):
        return "a", chip
    note = next((attrs[name] for name in _EXPLAINS if attrs.get(name)), None)
    if note and _NUMBER.fullmatch(button.text(deep=True)):
        return "a", {**attrs, "href": f"#{note}", "role": "doc-noteref"}
    if _is_number("button", button, attrs) or _counts_in_prose(button, parent):
        return "sup", attrs
    called = not _CITING.isdisjoint(words_of(attrs.get("class") or ""))
    if called and _BRACKETED.fullmatch(button.text(deep=True)):
        return "span", attrs
    if _UNFOLDS.fullmatch(button.text(deep=True)):
        return "summary", attrs  # it unfolds the list below it
    folds = parent.name in _MAY_UNFOLD and "aria-controls" in attrs
    return "span" if folds else "button", attrs


def _counts_in_prose(button: LexborNode, parent: Element) -> bool:
    """Whether a button is a number right behind words of a sentence, or behind another such one.

    It may be all of an element that sets it high or names it.
    """
    siblings = parent.children
    if not siblings and parent.name in _AROUND and parent.parent is not None:
        siblings = parent.parent.children[:-1]
    before = siblings[-1] if siblings else ""
    if isinstance(before, str):
        behind = len(before.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS
    else:
        behind = before.name == "sup"
    return behind and _NUMBER.fullmatch(button.text(deep=True)) is not None


def _chip(attrs: dict[str, str | None]) -> dict[str, str | None] | None:
    """The attributes of a link for a button or a span that a page calls a citation of an address.

    None for any other. Its words are the name of the source.
    """
    if _CITING.isdisjoint(words_of(attrs.get("class") or "")):
        return None
    found = (attrs[name] or "" for name in sorted(_TARGETS.intersection(attrs)))
    target = next((each for each in found if each.startswith(("https://", "http://"))), None)
    return {**attrs, "href": target, "class": f"{attrs['class']} chip"} if target else None


def _is_number(name: str, node: LexborNode, attrs: dict[str, str | None]) -> bool:
    """Whether an element that a page calls a citation shows a number and nothing else."""
    called = attrs.get("class") or ""
    called_so = _MAY_CITE.search(called) is not None and not _CITING.isdisjoint(words_of(called))
    if not called_so and name != "cite":
        return False
    return _NUMBER.fullmatch(node.text(deep=True)) is not None


_AROUND = frozenset(["span", "sup"])
"""What may hold the button of a note and nothing else."""
_MAY_UNFOLD = frozenset(["h2", "h3", "h4", "h5", "h6", "dt"])
_DRAWN = frozenset(["latex", "tex"])
"""The class of a picture of a formula, as WordPress and older MediaWiki write it: its alternative
text is the formula."""
_UNSEEN = "mwe-math-mathml-a11y"
_INTERVAL = re.compile(r"\[\s?-?[0-9]")
_STYLED = re.compile(r"^\{\\(?:display|text)style (.*)\}$")
"""A formula in TeX as MediaWiki gives it, with how large it is set."""
_LAID_OUT = "mfrac, msup, msub, msubsup, msqrt, mroot, munder, mover, munderover, mtable"
_NUMBER = later(r"[\s\u200b\u2060\ufeff]*\[?[0-9]{1,3}\]?[\s\u200b\u2060\ufeff]*")
"""A number, maybe in brackets; what keeps it on the line of the word before it has no width."""
_BRACKETED = later(r"\s*\[[^\[\]]{1,120}\]\s*")
_FEWEST_WORDS = 3
"""Words of a sentence at least: "Likes", "View comments" are the names of what is counted."""
_UNFOLDS = later(
    r"\W{0,20}(?:(?:show|view|see|hide|all) )?(?:[0-9]{1,3} )?(?:sources?|references|citations"
    r"|works cited|footnotes|quellen|références|fuentes|referencias|fonti|fontes|bronnen"
    r"|источники|来源|來源|参考资料|参考文献|參考資料|出典|출처)(?:\s?[(（]?[0-9]{1,3}[)）]?)?\W{0,20}",
    re.I,
)
_EXPLAINS = ("aria-describedby", "popovertarget")
"""How a button names the note that it shows."""
_MAY_CITE = later(r"cit|ref|source", re.I)
_CITING = frozenset("cite cites citation citations source sources reference references".split())
_MAY_BE_CITED = frozenset(["span", "cite"])
_TARGETS = frozenset(
    ("data-url", "data-href", "data-source-url", "data-link", "data-pplx-citation-url")
)
_TAGS: dict[int | None, str] = {}
"""What `_tag_of` gave, by the number that lexbor has for a tag: most are met a thousand times."""
_NUMBERED = 1024
"""lexbor numbers the tags it knows, some 200; the number of any other is a place in memory."""


def _tag_of(node: LexborNode) -> str:
    """The tag of an element, "-text" for text, "" for comments and the like."""
    name = node.tag or ""
    tag = "" if name.startswith("-") and name != "-text" else name
    if node.tag_id is not None and node.tag_id < _NUMBERED:
        _TAGS[node.tag_id] = tag
    return tag


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
