"""Characters -> elements: the page as a tree of our own, each element numbered in page order.

lexbor parses as browsers do and 25 times as fast as a tree of Python objects is built; so what no
reader of the article needs (styles, drawings, forms) stays behind in it, and the rest is copied
once, without recursion.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ledger.extract.html.citing_tags import cited_in, shown_by
from ledger.extract.html.tree import Element, is_data

_OPAQUE = frozenset(
    "style svg math iframe canvas object embed select textarea video audio map noscript noembed "
    "noframes template".split()
)
"""What holds no text of the article, whatever stands in it: its inside is not copied."""
_MAY_BE_CITATIONS = frozenset(["span", "cite"])
_DRAWN = frozenset(["latex", "tex"])
"""The class of a picture of a formula, as WordPress and older MediaWiki write it: its alternative
text is the formula."""
_UNSEEN = "mwe-math-mathml-a11y"
_INTERVAL = re.compile(r"\[\s?-?[0-9]")
_STYLED = re.compile(r"^\{\\(?:display|text)style (.*)\}$")
"""A formula in TeX as MediaWiki gives it, with how large it is set."""
_LAID_OUT = "mfrac, msup, msub, msubsup, msqrt, mroot, munder, mover, munderover, mtable"
_TAGS: dict[int | None, str] = {}
"""What `_tag_of` gave, by the number that lexbor has for a tag: most are met a thousand times."""
_NUMBERED = 1024
"""lexbor numbers the tags it knows, some 200; the number of any other is a place in memory."""


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
                name, attrs = shown_by(node, attrs, parent)
            elif name in _MAY_BE_CITATIONS or "-" in name or (name == "a" and "href" not in attrs):
                name, attrs = cited_in(name, node, attrs)
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


def _tag_of(node: LexborNode) -> str:
    """The tag of an element, "-text" for text, "" for comments and the like."""
    name = node.tag or ""
    tag = "" if name.startswith("-") and name != "-text" else name
    if node.tag_id is not None and node.tag_id < _NUMBERED:
        _TAGS[node.tag_id] = tag
    return tag
