"""Notes kept in an attribute -> inline Markdown.

Some pages keep a footnote as markup in an attribute of its marker, and a script shows it beside
the text. Such a fragment was never part of the page's tree and is often broken; BeautifulSoup
reads whatever it is. It is short, so what a tree of Python objects costs is not felt.
"""

import re

from ledger.extract.html.links import escaped, linked, targets
from ledger.extract.html.names import BLOCKS
from ledger.extract.html.targets import LONGEST_NOTE
from ledger.extract.html.tree import Element

_WORTH = re.compile(r"https?://|<[a-z/]|\w\s+\w+\s+\w")
"""Markup, an address or three words: "note-3" is a name."""
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,2000}")
"""What an attribute beside it has: the page of the title that another one has."""
_SPACE = re.compile(r"\s+")


def in_attribute(element: Element) -> str | None:
    """The fragment that an element keeps as a note; None when none of its attributes holds one."""
    kept = [value for name, value in element.attrs.items() if name.startswith("data-") and value]
    for value in kept:
        if len(value) <= LONGEST_NOTE and _WORTH.search(value):
            address = "" if "://" in value else next(filter(_ADDRESS.fullmatch, kept), "")
            return f"{value} {address}".rstrip()
    return None


def line_of(fragment: str) -> str:
    """A fragment of a page as one line of inline Markdown. Never raises."""
    if "<" not in fragment and "&" not in fragment:
        return _SPACE.sub(" ", escaped(fragment)).strip()
    # Importing it takes 100 ms, and hardly any page keeps notes so.
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, Tag

    pieces: list[str] = []
    stack = list(reversed(BeautifulSoup(fragment, "lxml").contents))
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            addresses = []
            if node.name == "a":
                anchor = Element("a", {"href": str(node.get("href") or "")}, None, 0)
                addresses = targets(anchor)
            words = _SPACE.sub(" ", escaped(node.get_text(" "))).strip()
            if addresses and words:
                pieces.append(linked(words, addresses[0]))
            elif node.name not in ("script", "style"):
                pieces.append(" " if node.name in BLOCKS or node.name == "br" else "")
                stack.extend(reversed(node.contents))
        elif type(node) is NavigableString:
            pieces.append(escaped(node))
    return _SPACE.sub(" ", "".join(pieces)).strip()
