"""PDF -> plain text with its links, by pypdf (the extra `pdf`).

pypdf gives pieces of text with their places. Lines follow from its line ends, paragraphs from the
gaps between lines and from the size of letters. The address of a link is set in round brackets
behind the word at which its field ends, as people write it in plain text. Widths of letters are
not known, so that word is an estimate; the line is not.
"""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.errors import ExtractError
from ledger.extract.lines import breaks_word
from ledger.extract.lists.broken_address import runs_over
from ledger.extract.pages import one_sentence

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
MAX_LINKS = 2_000
"""For one page."""
LETTER_WIDTH = 0.5
"""Mean width of a letter of running text, in sizes of its font; Helvetica and Times are near."""
GAP = 1.35
"""A step between lines that is so many times the usual one begins a paragraph."""
FULL = 0.7
"""A line with so many of the letters of the longest fills its column; letters differ in width."""
SIZES_DIFFER = 1.15
"""Letters that are so many times larger or smaller are those of a heading or a note."""

_ITEM = re.compile(r"\s{0,20}(?:\[\d{1,4}\]|\(?\d{1,3}[.)]\s|[•●▪◦–*-]\s)")
_MARKER = re.compile(r"\[\d{1,4}\]$")
_ENDED = re.compile(r"[.:;!?)/\]]\s{0,9}$|\bhttps?://\S{1,500}\s{0,9}$|^.{0,40}$")
"""A line after which an item can begin: it has a stop or an address at its end, or is short."""

Matrix = list[float]


class Text(NamedTuple):
    """What a PDF says, and what was left out of it; `left_out` is None when nothing was."""

    text: str
    left_out: str | None


@dataclass(slots=True)
class _Line:
    """One line of a page: where it begins (points from below and from the left), and its size."""

    x: float
    y: float
    size: float
    text: str = ""
    urls: list[tuple[int, str]] = field(default_factory=list)


def read_pdf(body: bytes, name: str) -> Text:
    """The text of a PDF, paragraphs separated by blank lines.

    Args:
        body: The file.
        name: What it is called, for messages.

    Raises:
        ExtractError: Codes "needs-pdf" (pypdf is not installed), "encrypted", "bad-pdf", "no-text".
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise ExtractError(
            name,
            "needs-pdf",
            "this is a PDF, which is read only with pypdf",
            remedy="Install it: pip install 'claim-ledger[pdf]'",
        ) from error
    # What pypdf complains of is in the text that it gives, or in the error; not on stderr.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractError(
                name, "encrypted", "this PDF asks for a password", remedy="Save it without one"
            )
        found = _text(reader)
    except ExtractError:
        raise
    except Exception as error:
        raise ExtractError(
            name,
            "bad-pdf",
            f"this PDF cannot be read ({type(error).__name__}: {str(error)[:100]})",
            remedy="Open it and save it anew, or give its text",
        ) from error
    if not found.text.strip():
        raise ExtractError(
            name,
            "no-text",
            "this PDF holds no text: its pages are pictures",
            remedy="Run text recognition over it first",
        )
    return found


def _text(reader: "PdfReader") -> Text:
    pages: list[str] = []
    size = 0
    total = len(reader.pages)
    for number, page in enumerate(reader.pages):
        if number == MAX_PAGES or size > MAX_CHARACTERS:
            return Text(_in_one(pages), f"read up to page {number} of {total}")
        pages.append(_page_text(page))
        size += len(pages[-1])
    return Text(_in_one(pages), None)


def _in_one(pages: list[str]) -> str:
    """The pages, with a sentence or an address whole that goes on from one to the next."""
    pieces: list[str] = []
    above = ""
    for page in filter(None, pages):
        if above:
            pieces.append(_over_pages(above, page.partition("\n")[0]))
        pieces.append(page)
        above = page.rpartition("\n")[2]
    return "".join(pieces)


def _over_pages(above: str, below: str) -> str:
    """What parts the last paragraph of a page from the first of the next."""
    if runs_over(above, below):
        return ""
    return " " if one_sentence(above, below) else "\n\n"


def _page_text(page: "PageObject") -> str:
    lines = [_Line(0.0, 0.0, 0.0)]

    def visit(text: str, cm: Matrix, tm: Matrix, _: Any, size: float) -> None:
        # Not before there are letters: pypdf reports the end of a line with the place of the next.
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append(_Line(0.0, 0.0, 0.0))
            if part.strip() and not lines[-1].text.strip():
                lines[-1].x, lines[-1].y = _place(cm, tm)
                lines[-1].size = abs(size * _scale(cm, tm))
            lines[-1].text += part

    page.extract_text(visitor_text=visit)
    lines = [line for line in lines if line.text.strip()]
    for right, bottom, top, url in _links(page):
        _attach(lines, right, bottom, top, url)
    return "".join(_joined(lines))


def _place(cm: Matrix, tm: Matrix) -> tuple[float, float]:
    """Where a piece of text begins on the page: its own matrix within the one of the page."""
    return (
        tm[4] * cm[0] + tm[5] * cm[2] + cm[4],
        tm[4] * cm[1] + tm[5] * cm[3] + cm[5],
    )


def _scale(cm: Matrix, tm: Matrix) -> float:
    return (tm[3] or tm[1] or 1.0) * (cm[3] or cm[1] or 1.0)


def _links(page: "PageObject") -> Iterator[tuple[float, float, float, str]]:
    """Right, bottom and top of the field of each link to a page of the web, and its address."""
    for each in list(page.get("/Annots") or ())[:MAX_LINKS]:
        annotation = each.get_object()
        action = annotation.get("/A") if hasattr(annotation, "get") else None
        url = action.get_object().get("/URI") if action is not None else None
        rectangle = annotation.get("/Rect") if url else None
        if rectangle is None or not str(url).lower().startswith(("http://", "https://")):
            continue
        x1, y1, x2, y2 = (float(number) for number in rectangle)
        yield max(x1, x2), min(y1, y2), max(y1, y2), "".join(str(url).split())


def _attach(lines: list[_Line], right: float, bottom: float, top: float, url: str) -> None:
    """Give a link to the line in its field, behind the word that ends nearest to its right edge."""
    inside = [line for line in lines if bottom - 3 <= line.y <= top]
    if not inside:
        return
    # Of columns side by side the one that begins last before the right edge.
    before = [line for line in inside if line.x <= right] or inside
    line = max(before, key=lambda each: (each.x, -abs(each.y - bottom)))
    if url.partition("://")[2].rstrip("/") in line.text:
        return
    wanted = (right - line.x) / (LETTER_WIDTH * line.size or 1.0)
    ends = [at for at in range(1, len(line.text) + 1) if _ends_word(line.text, at)]
    at = min(ends, key=lambda end: abs(end - wanted), default=len(line.text))
    line.urls.append((at, url))


def _ends_word(text: str, at: int) -> bool:
    return not text[at - 1].isspace() and (at == len(text) or text[at].isspace())


def _joined(lines: list[_Line]) -> Iterator[str]:
    """The lines with what parts them: a space, a line end before an item, or a blank line."""
    steps = [above.y - below.y for above, below in pairwise(lines)]
    down = sorted(step for step in steps if step > 0)
    usual = down[len(down) // 4] if down else 0.0  # paragraphs may be short, and steps between many
    full = FULL * max(len(line.text.strip()) for line in lines) if lines else 0.0
    in_address = False
    for number, line in enumerate(lines):
        if number:
            above = lines[number - 1]
            between = _between(above, line, usual)
            if between == " " and in_address and _ITEM.match(line.text):
                between = "\n"  # what ends with an address needs no stop
            fills = between == " " and len(above.text.strip()) > full
            in_address = fills and runs_over(above.text, line.text)
            broken = between == " " and breaks_word(above.text.rstrip(), line.text.lstrip())
            yield "" if in_address or broken else between
        text = line.text.strip()
        for at, url in sorted(line.urls, reverse=True):
            text = _with_address(text, at, url)
        yield text


def _between(above: _Line, below: _Line, usual: float) -> str:
    """What parts two lines, where `usual` is the step from one line to the next."""
    step = above.y - below.y
    smaller, larger = sorted((above.size or 1.0, below.size or 1.0))
    another_column = step < -usual / 2
    if step > GAP * usual or another_column or larger > SIZES_DIFFER * smaller:
        return "\n\n"
    if _ITEM.match(below.text) and (_ENDED.search(above.text) or _ITEM.match(above.text)):
        return "\n"
    return " "


def _with_address(text: str, at: int, url: str) -> str:
    """The address behind a word, and before the stop that closes it.

    Behind a marker it makes a linked number, as in Markdown.
    """
    at = min(at, len(text))
    while at > 1 and text[at - 1] in ".,;:!?":
        at -= 1
    space = "" if _MARKER.search(text, max(0, at - 8), at) else " "
    return f"{text[:at]}{space}({url}){text[at:]}"
