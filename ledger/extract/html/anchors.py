"""A link of a page -> inline Markdown, or the chip, the number set high or nothing that it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.extract.html.chips import as_chip
from ledger.extract.html.links import linked
from ledger.extract.html.tree import Element
from ledger.patterns import later

COUNT = re.compile(r"\s*[0-9]{1,9}\s*")
"""Words of a link that only count (comments, pages): a marker only in brackets of its own."""
_BEFORE_NOTE = frozenset(".,;:!?…。，”’»\"')%>")
_OPENED = later(r"[(\[（［,;]\s*$")
_BACK = later(r"[\s↑^↩⏎⤴\ufe0e\ufe0f]+")
_PERMALINKS = frozenset("¶ § # 🔗".split())
"""What a heading has behind it, for whoever wants its address."""
_LABELLED = re.compile(r"\s*\[[0-9]{1,4}\]")
_NUMBERS = re.compile(r"(?:\s?\[[0-9]{1,4}\]){2,40}")
"""Several markers that lead to one page: what writes Word files makes one link of them."""


@dataclass(slots=True)
class Anchor:
    """A link that is open.

    Attributes:
        element: The link.
        addresses: Where it leads, and where the links inside of it lead.
        begin: Where its words begin, as a place among the pieces of its line.
    """

    element: Element
    addresses: list[str] = field(default_factory=list)
    begin: int = 0


def write_link(
    pieces: list[str],
    anchor: Anchor,
    above: Sequence[str],
    *,
    into_list: bool,
    numbered: bool,
    in_heading: bool,
    may_be_high: bool,
) -> None:
    """Make the last pieces of a line, the words of a link, a link; further words have their own.

    Args:
        pieces: Of the line so far; changed in place.
        anchor: The link.
        above: The first line of the block, where that is another one.
        into_list, numbered: As of `Walk`.
        in_heading: Whether the line is one of a heading.
        may_be_high: As of `Stands`.
    """
    words = "".join(pieces[anchor.begin :])
    begin, anchor.begin = anchor.begin, 0
    if not anchor.addresses:
        return
    target, *further = anchor.addresses
    empty = not anchor.element.facts.text
    beside: list[str] = []
    if (further or empty) and (into_list or _opens_entry(above, pieces[:begin])):
        beside = [*(f" <{address}>" for address in further), *([f"<{target}>"] if empty else ())]
    if not words.strip():
        pieces.extend(beside)
        return
    if target[0] == "#" and (_BACK.fullmatch(words) or (in_heading and words in _PERMALINKS)):
        pieces[begin:] = []
    elif target[0] == "#" and may_be_high and _is_glued_number(words, pieces, begin):
        pieces[begin:] = [f"<sup>{words}</sup>"]  # an entry of a list of the page
    elif not into_list and (chip := _chip(anchor.element, words, target, pieces, begin)):
        pieces[begin:] = [chip]
    else:
        anywhere = numbered and target.startswith("http")
        may_cite = anywhere or _is_raised(anchor.element) or _is_opened(pieces, begin)
        pieces[begin:] = [*_links(words, target, may_cite=may_cite), *beside]


def _chip(
    element: Element, words: str, target: str, pieces: Sequence[str], begin: int
) -> str | None:
    return as_chip(element, words, target, "".join(pieces[max(0, begin - 4) : begin]))


def _links(words: str, target: str, *, may_cite: bool) -> list[str]:
    """The words as a link; a number that may be no marker is spelled as none."""
    if not may_cite and COUNT.fullmatch(words):
        words = f"&#{ord(words.strip()[0])};{words.strip()[1:]}"
    several = words.split("]")[:-1] if _NUMBERS.fullmatch(words.strip()) else ()
    return [linked(f"{number}]", target) for number in several] or [linked(words, target)]


def _is_raised(element: Element) -> bool:
    return element.parent is not None and element.parent.name == "sup"


def _is_glued_number(words: str, pieces: Sequence[str], begin: int) -> bool:
    """Whether the words of a link are a number right behind a word, or behind its stop."""
    before = "".join(pieces[max(0, begin - 2) : begin])[-1:]
    glued = before.isalpha() or before in _BEFORE_NOTE
    return bool(before and glued and COUNT.fullmatch(words))


def _opens_entry(above: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a block begins as an entry of a list: there every address counts."""
    return _LABELLED.match(above[0] if above else "".join(before)) is not None


def _is_opened(pieces: Sequence[str], begin: int) -> bool:
    """Whether a linked number stands right behind a bracket or comma."""
    while begin and not pieces[begin - 1].strip():
        begin -= 1
    return begin > 0 and bool(_OPENED.search(pieces[begin - 1][-9:]))


def is_of_links(block: Element) -> bool:
    """Whether an element has several links, and nothing besides."""
    within = [child for child in block.children if isinstance(child, Element) or child.strip()]
    return len(within) > 1 and all(
        isinstance(child, Element) and child.name == "a" for child in within
    )
