"""Elements -> the labels that they are, and whether their looks say so."""

import re

from ledger.extract.characters.invisible import without_blanks
from ledger.extract.html.names import BLOCKS
from ledger.extract.html.tree import Element, text_of
from ledger.patterns import later

SURE = later(
    r"\d{1,4}|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,7}|[*†‡§¶‖#]{1,3}|\*\d{1,3}"
    r"|[^\W\d_]{1,14}(?:[ .-][^\W\d_]{1,14})?[ .-]{0,2}(?:\d{1,4}|[a-z]{1,2})"
)
"""Labels of notes where brackets or height say that they are labels: 3, b, iv, *, note 2."""
SHORT = later(r"[^\W\d_].{1,50}[\s(](?:1[5-9]|20)[0-9]{2}[a-z]?\)?")
"""A work by its author and year: in a note, that is the note; "Roe 2015"."""
SIGN = later(r"[*†‡§¶‖]{1,3}|\*\d{1,3}")
"""Labels that no word looks like: "*2"."""
BARE = re.compile(r"\d{1,4}")
SEVERAL = later(r"[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){1,12}")
"""Several labels that lead to the first of them: "1–3", "1,4"."""
LONGEST_LABEL = 60
"""Characters of an element that is a label: `SHORT` allows 58."""
_BRACKETS = re.compile(r"[\[(［【〔]\s*(.{0,40}?)\s*[\])］】〕][.:,;]?")
_AGAIN = re.compile(r"(?<=\d):\d{1,3}$")
"""What the second marker of a note has behind its number: "[2:1]"."""
_RAISED_WORDS = frozenset("footnote footnotes noteref fnref fn reference endnote sup ref".split())
_OF_EVERY_LINK = {"internal": frozenset(["reference"]), "ltx": frozenset(["ref"])}
"""What Docutils and LaTeXML call every link in a page, by the word that shows who wrote it."""


def label_of(element: Element) -> tuple[str | None, bool]:
    """The label that an element's words are, without brackets, and whether it had some.

    None for an element without words.
    """
    shown = text_of(element, shown=True) or text_of(element)
    words = without_blanks(" ".join(shown.split()))
    match = _BRACKETS.fullmatch(words)
    label = match[1] if match else words.rstrip("." if "(" in words else ".)")
    return _AGAIN.sub("", label) or None, match is not None


def is_raised(link: Element) -> bool:
    """Whether a link is set high, or its classes call it a note's."""
    called = link.get("epub:type") == "noteref" or link.get("role") == "doc-noteref"
    if called or _is_named_so(link):
        return True
    inside = [child for child in link.children if isinstance(child, Element)]
    if len(inside) == 1 and inside[0].name == "sup":
        return True
    node: Element | None = link.parent
    for _ in range(3):
        if node is None or node.name in BLOCKS:
            return False
        if node.name == "sup" or _is_named_so(node):
            return True
        if "super" in node.get("style"):
            return True
        node = node.parent
    return False


def _is_named_so(element: Element) -> bool:
    """Whether classes call an element a note's, by more than every link of the page is called."""
    found = element.words & _RAISED_WORDS
    return bool(found) and not any(
        found == called and program in element.words for program, called in _OF_EVERY_LINK.items()
    )


def links_in_brackets(element: Element) -> set[int]:
    """Indices of its links that stand between square brackets: "[<a>1</a>, <a>2</a>]"."""
    found: set[int] = set()
    inside = False
    for child in element.children:
        if isinstance(child, str):
            opened, closed = child.rfind("["), child.rfind("]")
            inside = opened > closed if (opened, closed) != (-1, -1) else inside
        elif inside and child.name in ("a", "cite"):
            found.add(child.index)
    return found
