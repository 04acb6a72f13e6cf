"""A page of a PDF -> its lines: where each stands, and how large and how bold its letters are.

Lines follow from pypdf's line ends; those of a tagged PDF are parted where another element begins.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger.extract.pdf.fonts import entry, mend_fonts
from ledger.extract.pdf.line import SMALLER, Element, Line, Piece, letters_wide
from ledger.extract.pdf.links import place_addresses, write_addresses
from ledger.extract.pdf.marks import LEFT_OUT, Marks
from ledger.extract.pdf.structure import Structure

if TYPE_CHECKING:
    from pypdf import PageObject

RAISED, WELL_RAISED, LOWERED = 0.15, 0.3, 0.9
"""How far above its line a number set high stands at least, where it is hardly smaller, and at
most, in sizes of the line."""

_NUMBERS = re.compile(r"(\s*)(\[?\d{1,24}(?:(?:\s?[,;–‒-]\s?|\s)\d{1,3}){0,12}\]?,?)(\s*)")
"""Numbers of notes, one, listed or in a range; ordinals ("st") and signs stay as they are."""
_AGAIN = re.compile(r"(?<=\d):\d{1,3}\]")
"""What markdown-it adds to the number of a note that is called again: "[4:1]"."""
_APART = re.compile(r"(?<=\d)\s(?=\d)")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|cmbx|sfbx|medi(?:um)?\b|[-,]bd\b", re.I)
_BULLET = re.compile(r"\A\s{0,8}[\x80-\x9f\uf000-\uf0ff]\s?(?=\S)")
"""A bullet of a font whose signs have no names."""
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)

HEAD_OR_FOOT = Element("Artifact")
"""Of which are those of tagged PDFs."""
_MIDDLE = (0.25, 0.75)
"""Parts of the height of a page between which no head or foot stands, whatever a file says."""

Matrix = list[float]


def _no_one() -> None:
    """The element of a piece where none are known."""


def lines_of(page: "PageObject") -> list[Line]:
    """The lines of a page in the order in which it draws them, with the addresses of its links."""
    lines = [_line(row) for row in _rows(page)]
    place_addresses(page, lines)
    lines = [line for line in lines if line.text.strip()]
    for line in lines:
        line.shown = line.text.strip()
        line.width = letters_wide(line.shown)
        write_addresses(line)
        line.text = _BULLET.sub("• ", line.text)
    return lines


def tagged_lines_of(page: "PageObject", structure: Structure) -> list[Line] | None:
    """The lines of a page, each of one element of its structure.

    None where nobody can say which words are of which element.
    """
    marks = Marks(entry(entry(page, "/Resources"), "/Properties"))
    number = getattr(page.indirect_reference, "idnum", 0)

    def element() -> Element | None:
        if marks.number == LEFT_OUT:
            return HEAD_OR_FOOT
        return structure.marks.get((number, marks.number)) if marks.number is not None else None

    rows = _rows(page, marks, element)
    if marks.unclear:
        return None
    lines: list[Line] = []
    for row in rows:
        for block, run in groupby(row, lambda piece: piece.element and piece.element.block()):
            pieces = list(run)
            if any(piece.text.strip() for piece in pieces):
                line = _line(pieces)
                outside = block is HEAD_OR_FOOT and _in_middle(line, page)
                line.element, line.shown = None if outside else block, line.text.strip()
                line.width = letters_wide(line.shown)
                lines.append(line)
    return lines


def _in_middle(line: Line, page: "PageObject") -> bool:
    upright = page.rotation % 180 == 0
    up = (line.y - page.cropbox.bottom) / (page.cropbox.height or 1)
    return upright and _MIDDLE[0] < up < _MIDDLE[1]


def _rows(
    page: "PageObject", marks: Marks | None = None, element: Callable[[], Element | None] = _no_one
) -> list[list[Piece]]:
    """The pieces of each line, which are not all blank.

    Args:
        page: The page.
        marks: What is to know which mark stands open.
        element: What says of which element a piece is that is drawn now.
    """
    rows: list[list[Piece]] = [[]]

    def visit(text: str, cm: Matrix, tm: Matrix, font: Any, size: float) -> None:
        x, y = _place(cm, tm)
        bold = bool(font) and _BOLD.search(str(font.get("/BaseFont"))) is not None
        for number, part in enumerate(text.split("\n")):
            if number:
                rows.append([])
            if part:
                letters = part.translate(_LIGATURES)
                high = abs(size * _scale(cm, tm))
                rows[-1].append(Piece(letters, x, y, high, bold, element()))

    mend_fonts(page)
    page.extract_text(
        visitor_text=visit,
        visitor_operand_before=marks.before if marks else None,
        visitor_operand_after=marks.after if marks else None,
    )
    return [row for row in rows if any(piece.text.strip() for piece in row)]


def _place(cm: Matrix, tm: Matrix) -> tuple[float, float]:
    """Where a piece of text begins on the page: its own matrix within the one of the page."""
    return (
        tm[4] * cm[0] + tm[5] * cm[2] + cm[4],
        tm[4] * cm[1] + tm[5] * cm[3] + cm[5],
    )


def _scale(cm: Matrix, tm: Matrix) -> float:
    return (tm[3] or tm[1] or 1.0) * (cm[3] or cm[1] or 1.0)


def _line(row: Sequence[Piece]) -> Line:
    """The line of some pieces. Those that are blank may have the place of the next line."""
    worded = [piece for piece in row if piece.text.strip()]
    letters: Counter[float] = Counter()
    for piece in worded:
        letters[round(piece.size, 1)] += len(piece.text.strip())
    size = letters.most_common(1)[0][0]
    base = next(piece for piece in worded if round(piece.size, 1) == size)

    def is_raised(piece: Piece) -> bool:
        up = piece.y - base.y
        least = RAISED if piece.size <= SMALLER * size else WELL_RAISED
        return piece.size < size and least * size <= up <= LOWERED * size

    text = ""
    begins: list[tuple[int, float, float]] = []
    links: list[tuple[int, int, Element | None]] = []
    of_line = worded if len(worded) == len(row) else row
    for (raised, link), run in groupby(of_line, lambda piece: (is_raised(piece), piece.link)):
        pieces = list(run)
        if raised:
            pieces = [piece._replace(text=_AGAIN.sub("]", piece.text)) for piece in pieces]
        begin = len(text)
        said = "".join(piece.text for piece in pieces)
        if raised and (match := _NUMBERS.fullmatch(said)):
            begins.append((len(text), pieces[0].x, pieces[0].size))
            text += f"{match[1]}<sup>{_APART.sub(',', match[2])}</sup>{match[3]}"
        else:
            for piece in pieces:
                if piece.text.strip():
                    begins.append((len(text), piece.x, piece.size))
                text += piece.text
        links.append((begin, len(text), link))
    first = worded[0]
    bold = all(piece.bold for piece in worded)
    return Line(text, first.x, base.y, size, bold, begins, links=links)
