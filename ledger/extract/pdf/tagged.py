"""The lines of a tagged PDF, each in its element -> the inside of the body of a page of HTML."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from ledger.extract.pdf.broken_words import mend_words
from ledger.extract.pdf.line import Element, Line
from ledger.extract.pdf.links import links_of
from ledger.extract.pdf.page import HEAD_OR_FOOT, tagged_lines_of
from ledger.extract.pdf.paragraphs import (
    FULL,
    address_goes_on,
    paragraphs_of,
    rounded,
    size_of_text,
)
from ledger.extract.pdf.structure import CELLS, HEADS, OF_TEXT, structure_of

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_UNTAGGED = 0.02
_MOST_LEFT_OUT = 0.3
"""Parts of all letters: those that are of no element, and those of heads and feet."""

_FEWEST_WITHIN, _MOST_WITHIN = 3, 0.3
"""Paragraphs that begin with a small letter, at least; and their part of all at most."""
_ADDRESSES = ("http", "www.")
_SUP = re.compile(r"&lt;(/?sup)&gt;")
_NUMBER = re.compile(r"\(?(\d{1,5})[.)]?")
_BULLET = re.compile(r"[^\w\[(†‡§¶]{0,3}")
_WHOLE = OF_TEXT | {"L", "Table"}
"""Nothing that is of no element stands within them."""
_TAGS = {
    **{role: role.lower() for role in HEADS | CELLS},
    **dict.fromkeys(OF_TEXT - HEADS - CELLS - {"LBody", "LI"}, "p"),
    "Title": "h1",
    "H": "h2",
    "Table": "table",
    "TR": "tr",
    "BlockQuote": "blockquote",
    "LBody": "div",
}


class Tagged(NamedTuple):
    """What a tagged PDF draws, and the elements that it says its lines are of.

    Attributes:
        root: The element in which all others stand.
        pages: The lines of each page, without heads and feet.
        size: That of most letters.
    """

    root: Element
    pages: list[list[Line]]
    size: float


def tags_of(reader: "PdfReader", longest: int) -> Tagged | None:
    """What a tagged PDF draws; None where it has no tags, or they say too little.

    Too little says one with a link or many words that are in no element of it, one whose notes are
    elements (what calls them is found in a PDF without tags), and one of which each line is a
    paragraph. Nor is one read so that has more letters than `longest`.
    """
    structure = structure_of(reader)
    if structure is None:
        return None
    pages: list[list[Line]] = []
    letters: Counter[float] = Counter()
    of: Counter[Element | None] = Counter()
    for page in reader.pages:
        lines = tagged_lines_of(page, structure)
        if lines is None or not links_of(page) <= structure.linked or letters.total() > longest:
            return None
        pages.append(lines)
        for line in lines:
            letters[rounded(line.size)] += len(line.shown)
            of[line.element] += len(line.shown)
    most = letters.total()
    untagged = of[None] > _MOST_UNTAGGED * most or of[HEAD_OR_FOOT] > _MOST_LEFT_OUT * most
    if not most or untagged or _parts_sentences(pages):
        return None
    pages = [[line for line in page if line.element is not HEAD_OR_FOOT] for page in pages]
    return Tagged(structure.root, pages, size_of_text(letters))


def tagged_page(found: Tagged) -> str:
    """The inside of the body of a page. The elements are filled with their lines."""
    mend_words(found.pages)
    _place(found.pages, found.root)
    return "".join([*_behind(found.root), *_parts(found.root, found.size)])


def _parts_sentences(pages: Sequence[Sequence[Line]]) -> bool:
    """Whether each line is called a paragraph, as some programs have it."""
    first: dict[int, Line] = {}
    for line in chain.from_iterable(pages):
        if line.element is not None and line.element.role == "P":
            first.setdefault(id(line.element), line)
    said = (line.shown for line in first.values())
    within = sum(text[:1].islower() and not text.startswith(_ADDRESSES) for text in said)
    return within >= _FEWEST_WITHIN and within > _MOST_WITHIN * len(first)


def _place(pages: Sequence[Sequence[Line]], above: Element) -> None:
    """Put lines into their elements; one that has none stands behind the one above, if any.

    The head of a table that goes on over pages is drawn on each of them.
    """
    drawn: set[tuple[int, str]] = set()
    for page in pages:
        heads = {(id(each.element), each.shown) for each in page if _heads(each)}
        for line in page:
            if line.element is None:
                whole = [each for each in above.around() if each.role in _WHOLE]
                (whole[-1] if whole else above).behind.append(line)
                continue
            above = line.element
            if not (_heads(line) and (id(above), line.shown) in drawn):
                above.lines.append(line)
        drawn |= heads


def _heads(line: Line) -> bool:
    return line.element is not None and line.element.role == "TH"


def _parts(element: Element, size: float) -> Iterator[str]:
    """What stands in an element, in order."""
    body = _only_body(element)
    for is_item, run in groupby(element.parts, _is_item):
        if is_item:  # of no list
            yield from _list([*run], size)
            continue
        for part in run:
            if part is None:
                yield from _own(element, size)
            elif not (element.role == "LI" and _is_label(part)):  # the item has it in front
                yield from _part(part, size, bare=part is body)
                yield from _behind(part)


def _part(part: Element, size: float, *, bare: bool) -> Iterator[str]:
    """What stands in a part, in its tag, or `bare` of it."""
    if part.role == "L":
        yield from _list(part.parts, size)
    elif (tag := _TAGS.get(part.role)) and not bare:
        yield f"<{tag}{_spanned(part)}>"
        yield from _parts(part, size)
        yield f"</{tag}>"
    else:
        yield from _parts(part, size)


def _is_item(part: Element | None) -> bool:
    return part is not None and part.role == "LI"


def _only_body(element: Element) -> Element | None:
    """That of an item which has no other words."""
    bodies = [each for each in element.parts if each is None or each.role == "LBody"]
    return bodies[0] if element.role == "LI" and len(bodies) == 1 else None


def _behind(element: Element | None) -> Iterator[str]:
    yield from (f"<p>{_words([line])}</p>" for line in (element.behind if element else ()))


def _spanned(element: Element) -> str:
    columns, rows = element.spans
    return (f' colspan="{columns}"' if columns > 1 else "") + (
        f' rowspan="{rows}"' if rows > 1 else ""
    )


def _own(element: Element, size: float) -> Iterator[str]:
    """The words of an element itself: in one, or as a PDF without tags has them."""
    if element.role in OF_TEXT:
        text = _words(element.lines)
        bold = element.role == "P" and all(line.bold for line in element.lines)
        yield f"<strong>{text}</strong>" if bold and text else text
        return
    for paragraph in paragraphs_of(element.lines, size):
        yield f"<p>{_words(paragraph.lines)}</p>"


def _list(parts: Sequence[Element | None], size: float) -> Iterator[str]:
    items = [each for each in parts if each is not None]
    labels = [_label(item) if _is_item(item) else "" for item in items]
    counted = [_NUMBER.fullmatch(label) for label in labels]
    tag = "ol" if items and all(counted) else "ul"
    yield f"<{tag}>"
    for item, label, number in zip(items, labels, counted, strict=True):
        if item.role == "L":
            yield from _list(item.parts, size)
            continue
        if number and tag == "ol":
            yield f'<li value="{int(number[1])}">'
        else:
            yield f"<li>{'' if _BULLET.fullmatch(label) else f'{escape(label)} '}"
        yield from _parts(item, size)
        yield "</li>"
        yield from _behind(item)
    yield f"</{tag}>"


def _label(item: Element) -> str:
    """What an item is counted by, or its bullet."""
    lines = [line for part in item.parts if part and _is_label(part) for line in part.lines]
    return " ".join(line.text.strip() for line in lines)


def _is_label(part: Element) -> bool:
    return part.role == "Lbl" and not any(part.parts)


def _words(lines: Sequence[Line]) -> str:
    """Lines of one text, with their links."""
    runs: list[tuple[Element | None, str]] = []
    widest = max((line.width for line in lines), default=0.0)
    address = ""
    above: Line | None = None
    for line in lines:
        if above:
            full = above.width > FULL * widest
            whole = line.goes_on or address_goes_on(address, line.text, full=full)
            runs.append((line.links[0][2] if line.links[0][2] is runs[-1][0] else None, ""))
            runs[-1] = (runs[-1][0], "" if whole else " ")
            address = address + line.text.strip() if whole else line.text
        else:
            address = line.text
        address = address[-2_000:]
        runs += [(link, line.text[begin:end]) for begin, end, link in line.links]
        above = line
    said = ((link, "".join(text for _, text in run)) for link, run in groupby(runs, _link_of))
    return _SUP.sub(r"<\1>", "".join(_linked(link, text) for link, text in said)).strip()


def _link_of(run: tuple[Element | None, str]) -> Element | None:
    return run[0]


def _linked(link: Element | None, text: str) -> str:
    if link is None:
        return escape(text, quote=False)
    # An address that is broken over lines is one word.
    whole = "".join(text.split())
    if whole.startswith(_ADDRESSES) and whole in link.url:
        begin = text[: len(text) - len(text.lstrip())]
        text = f"{begin}{whole}{text[len(text.rstrip()) :]}"
    return f'<a href="{escape(link.url)}">{escape(text, quote=False)}</a>'
