"""A page of a PDF -> its lines: where each stands, and how large and how bold its letters are.

Lines follow from pypdf's line ends. The address of a link is set in round brackets behind the word
at which its field ends, as people write it in plain text. Widths of letters are not known, so that
word is an estimate; the line is not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.extract.pdf.fonts import without_visible_spaces

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_LINKS = 2_000
"""For one page."""
LETTER_WIDTH = 0.5
"""Mean width of a letter of running text, in sizes of its font; Helvetica and Times are near."""
RAISED, LOWERED = 0.15, 0.9
"""How far above its line a number set high stands at least and at most, in sizes of the line."""
SMALLER = 0.92
"""Letters of at most this part of another size are smaller."""

_NUMBERS = re.compile(r"(\s*)(\[?\d{1,24}(?:(?:\s?[,;–‒-]\s?|\s)\d{1,3}){0,12}\]?,?)(\s*)")
"""Numbers of notes, one, listed or in a range; ordinals ("st") and signs stay as they are."""
_APART = re.compile(r"(?<=\d)\s(?=\d)")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|cmbx|sfbx|medi(?:um)?\b|[-,]bd\b", re.I)
_BULLET = re.compile(r"\A\s{0,8}[\x80-\x9f\uf000-\uf0ff]\s?(?=\S)")
"""A bullet of a font whose signs have no names."""
_MARKER = re.compile(r"\[\d{1,4}\]\Z")
_WIDE = frozenset("WF")
"""Of the classes of Unicode (UAX 11) those of letters as wide as they are high."""
_NARROW_LETTERS, _BROAD_LETTERS = frozenset(" !'()*,-./:;I[]fijlrt{|}"), frozenset("%@MWmw—…")
_MARKED = re.compile(r"(?:\[\d{1,4}\]|</sup>)[.,;:!?]{0,2}\s{0,2}\Z")
_NARROW, _CLOSE = 3.0, 15
"""The widest field of a marker, in sizes of its letters; and how many letters away it may be."""
_PAGE = re.compile(r"https?://[^/%\s]+(?:/|$|[?#])", re.I)
"""The address of a page; in its host is no space, as in what some make of "https://a.b dot c"."""
_BLANK_END = re.compile(r"(?:;?(?:%C2%A0|%20);?){1,4}(?:https?://.*)?\Z", re.I)
"""A blank behind an address, and another address: some link two in one go."""
_CUT_OFF = ("...", "…")
_SHORTEST_PART = 5
_SCHEME = re.compile(r"(?<!\w)https?:\s?\Z", re.I)
_RAISED_MARKER = re.compile(r"<sup>(\d{1,4})</sup>\Z")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)

Matrix = list[float]


class Piece(NamedTuple):
    """Letters of one font in one go, and where they begin (points from the left and from below)."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: Its letters; numbers set high are in the element of HTML for superscripts.
        x, y: Where it begins, in points from the left and from below.
        size: That of most of its letters, in points.
        bold: Whether all its letters are.
        begins: Of each piece the offset in the text, the place from the left, and the size.
        urls: Links: offsets in the text, and addresses.
        opens: Addresses of those whose field begins with the line.
        goes_on: Whether it begins with the rest of a word that the line above begins.
        shown: What the page shows of it: `text` without the addresses of its links.
        width: Of that, in letters of running text, as `letters_wide`.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    begins: list[tuple[int, float, float]]
    urls: list[tuple[int, str]] = field(default_factory=list)
    opens: set[str] = field(default_factory=set)
    goes_on: bool = False
    shown: str = ""
    width: float = 0.0

    def right(self) -> float:
        """About where it ends, in points from the left."""
        return self.x + self.width * LETTER_WIDTH * self.size


def lines_of(page: "PageObject") -> list[Line]:
    """The lines of a page in the order in which it draws them, with the addresses of its links."""
    rows: list[list[Piece]] = [[]]

    def visit(text: str, cm: Matrix, tm: Matrix, font: Any, size: float) -> None:
        x, y = _place(cm, tm)
        bold = bool(font) and _BOLD.search(str(font.get("/BaseFont"))) is not None
        for number, part in enumerate(text.split("\n")):
            if number:
                rows.append([])
            if part:
                letters = part.translate(_LIGATURES)
                rows[-1].append(Piece(letters, x, y, abs(size * _scale(cm, tm)), bold))

    without_visible_spaces(page)
    page.extract_text(visitor_text=visit)
    lines = [_line(row) for row in rows if any(piece.text.strip() for piece in row)]
    for link in _links(page):
        _attach(lines, link)
    for above, line in pairwise(lines):
        if above.urls and line.urls:
            _join_address(above, line)
            _join_words(above, line)
    for line in lines:
        line.shown = line.text.strip()
        line.width = letters_wide(line.shown)
        _write_addresses(line)
        line.text = _BULLET.sub("• ", line.text)
    return lines


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
        return piece.size <= SMALLER * size and RAISED * size <= up <= LOWERED * size

    text = ""
    begins: list[tuple[int, float, float]] = []
    for raised, run in groupby(worded if len(worded) == len(row) else row, is_raised):
        pieces = list(run)
        said = "".join(piece.text for piece in pieces)
        if raised and (match := _NUMBERS.fullmatch(said)):
            begins.append((len(text), pieces[0].x, pieces[0].size))
            text += f"{match[1]}<sup>{_APART.sub(',', match[2])}</sup>{match[3]}"
            continue
        for piece in pieces:
            if piece.text.strip():
                begins.append((len(text), piece.x, piece.size))
            text += piece.text
    first = worded[0]
    return Line(text, first.x, base.y, size, all(piece.bold for piece in worded), begins)


class Link(NamedTuple):
    """The field of a link to a page of the web, and its address."""

    left: float
    right: float
    bottom: float
    top: float
    url: str


def _links(page: "PageObject") -> Iterator[Link]:
    for each in list(page.get("/Annots") or ())[:MAX_LINKS]:
        annotation = each.get_object()
        action = annotation.get("/A") if hasattr(annotation, "get") else None
        url = action.get_object().get("/URI") if action is not None else None
        rectangle = annotation.get("/Rect") if url else None
        if rectangle is None or not _PAGE.match(str(url)):
            continue
        x1, y1, x2, y2 = (float(number) for number in rectangle)
        address = _BLANK_END.sub("", "".join(str(url).split()))
        yield Link(min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2), address)


def _attach(lines: list[Line], link: Link) -> None:
    """Give a link to the line in its field, behind the word that ends nearest to its right edge.

    A word that is a part of the address is what is linked; and a field as narrow as a marker is one
    of a marker that stands close by.
    """
    left, right, bottom, top, url = link
    inside = [line for line in lines if bottom - 3 <= line.y <= top]
    if not inside:
        return
    # Of columns side by side the one that begins last before the right edge.
    before = [line for line in inside if line.x <= right] or inside
    line = max(before, key=lambda each: (each.x, -abs(each.y - bottom)))
    if url.partition("://")[2].rstrip("/") in line.text:
        return
    within = [each for each in line.begins if each[1] + 1 < right] or line.begins[:1]
    start, x, size = max(within, key=lambda each: each[1])
    wanted = _reached(line.text, start, (right - x) / (LETTER_WIDTH * size or 1.0))
    ends = [at for at in range(start + 1, len(line.text) + 1) if _ends_word(line.text, at)]
    shown = [end for end in ends if _is_part(line.text[:end], url)]
    if not shown and right - left < _NARROW * size:
        close = (end for end in ends if abs(end - wanted) <= _CLOSE)
        shown = [end for end in close if _MARKED.search(line.text, max(0, end - 12), end)]
    at = min(shown or ends, key=lambda end: abs(end - wanted), default=len(line.text))
    if _SCHEME.search(line.text, max(0, at - 10), at):  # the rest of the address is written below
        return
    line.urls.append((at, url))
    if left <= line.x + 1:
        line.opens.add(url)


def letters_wide(text: str) -> float:
    """The width of a text, in letters of running text."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    """About as in Helvetica and Times, where a mean one is half as wide as high."""
    if unicodedata.east_asian_width(letter) in _WIDE:
        return 2.0
    if letter in _NARROW_LETTERS:
        return 0.65
    if letter in _BROAD_LETTERS:
        return 1.75
    return 1.4 if letter.isupper() else 1.15


def _reached(text: str, start: int, letters: float) -> float:
    """Where so many letters behind `start` end."""
    at = start
    while letters > 0 and at < len(text):
        letters -= _width(text[at])
        at += 1
    return at + max(letters, 0.0)


def _is_part(text: str, url: str) -> bool:
    """Whether a text ends with a word that is a part of an address, and none of prose."""
    word = text[-len(url) - 2 :].split()[-1:]
    said = word[0].rstrip(".,;:)") if word else ""
    return len(said) >= _SHORTEST_PART and not said.isalnum() and said in url


def _ends_word(text: str, at: int) -> bool:
    if text[at - 1].isspace():
        return False
    if text[at - 1] == "]" and _MARKER.search(text, max(0, at - 6), at):
        return True
    return at == len(text) or text[at].isspace() or text.startswith("<sup>", at)


def _join_address(above: Line, line: Line) -> None:
    """Set an address whole on the line that begins with its rest; the one above loses its part.

    Both parts are fields of one link.
    """
    (at, url), (end, other) = max(above.urls), min(line.urls)
    begun, rest = above.text[:at].split()[-1:], line.text[:end].strip().rstrip(".,;:)")
    if url != other or at < len(above.text.rstrip()) or not begun or not rest:
        return
    whole = f"{begun[0]}{rest}"
    if begun[0].startswith("http") and url.startswith(whole):
        above.text = above.text[:at].removesuffix(begun[0])
        above.urls.remove((at, url))
        line.text = line.text.replace(rest, whole, 1)
        further = len(whole) - len(rest)
        done = end if whole == url else None  # else the next line goes on with it
        line.urls = [(place + further, each) for place, each in line.urls if place != done]


def _join_words(above: Line, line: Line) -> None:
    """Words linked over two lines are one link, whose address stands behind the last of them."""
    if not above.urls:
        return
    at, url = max(above.urls)
    if url in line.opens and not _MARKED.search(above.text, max(0, at - 12), at):
        above.urls.remove((at, url))


def _write_addresses(line: Line) -> None:
    for at, url in sorted(line.urls, reverse=True):
        line.text = _with_address(line.text, at, url)


def _shows_part(word: str, url: str) -> bool:
    """Whether a word is the beginning of an address, which some pages cut off."""
    return "://" in word and url.startswith(word)


def _with_address(text: str, at: int, url: str) -> str:
    """The address behind a word, and before the stop that closes it.

    Behind a marker it makes a linked number, as in Markdown.
    """
    at = min(at, len(text))
    while at > 1 and text[at - 1] in ".,;:!?":
        at -= 1
    if raised := _RAISED_MARKER.search(text, max(0, at - 20), at):
        return f"{text[: raised.start()]}[{raised[1]}]({url}){text[at:]}"
    begin = text.rfind("http", 0, at)
    if text.startswith(_CUT_OFF, at) and begin >= 0 and _shows_part(text[begin:at], url):
        rest = text[at:].removeprefix(_CUT_OFF[0]).removeprefix(_CUT_OFF[1])
        return f"{text[:begin]}{url}{rest}"
    space = "" if _MARKER.search(text, max(0, at - 8), at) else " "
    return f"{text[:at]}{space}({url}){text[at:]}"
