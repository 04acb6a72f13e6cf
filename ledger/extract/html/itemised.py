"""A paragraph -> the items in it, which are lines of their own: "Known are:<br>- Rents rose<br>- …".

Programs that make pages of Markdown leave them so where no empty line stands above the first.
"""

from dataclasses import replace

from ledger.extract.html.part import Part
from ledger.extract.html.tree import Element
from ledger.patterns import later

_ITEM = later(r"(?:[-–]|\\?[*+])\s(?=\S)")
_BEGINS_ITEM = later(r"\n[ \t]{0,8}(?=[-*+•][ \t])")
_FEWEST = 2
"""Lines that begin so; one may be a sentence that was broken before its dash."""


def itemised(part: Part) -> list[Part]:
    """A part of several lines, with each item in it as a part of its own."""
    begins = [number for number, line in enumerate(part.lines) if _ITEM.match(line)]
    if len(begins) < _FEWEST or part.role == "heading":
        return [part]
    found = [replace(part, lines=part.lines[: begins[0]])] if begins[0] else []
    for begin, end in zip(begins, [*begins[1:], len(part.lines)], strict=True):
        first, *more = part.lines[begin:end]
        lines = [_ITEM.sub("", first, count=1), *more]
        found.append(replace(part, role="item", lines=lines, mark="- "))
    return found


def has_items(paragraph: Element) -> bool:
    """Whether lines of a paragraph, as its page was typed, begin items; a browser joins them."""
    if paragraph.name != "p":
        return False
    typed = (child for child in paragraph.children if isinstance(child, str))
    return sum(len(_BEGINS_ITEM.findall(text)) for text in typed) >= _FEWEST


def lines_at_items(text: str) -> list[str]:
    """The characters of such a paragraph, parted where a line begins an item."""
    return _BEGINS_ITEM.split(text)
