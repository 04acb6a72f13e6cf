"""The lines of all pages -> one plain text: paragraphs, headings, and notes where they do not part.

Paragraphs follow from the gaps between lines and from the size of letters, headings from letters
that are larger than those of the text, or bold.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from ledger.extract.lists.broken_address import BREAKS, runs_over
from ledger.extract.pages import one_sentence
from ledger.extract.pdf.broken_words import mend_words
from ledger.extract.pdf.feet import as_definitions, called_apart, numbers_of
from ledger.extract.pdf.margins import right_margins, stops_short
from ledger.extract.pdf.page import SMALLER, Line
from ledger.extract.pdf.running import without_running

GAP = 1.35
"""A step between lines that is so many times the usual one begins a paragraph."""
FULL = 0.7
"""A line of so much of the width of the widest one fills its column: widths are estimates."""
LARGER = 1.15
"""Letters that are so many times larger are those of a heading; smaller ones those of a note."""
_LEAST_OF_TEXT = 0.2
"""Part of all letters that have the size of the text at least: lists may have more, in small."""
_BOLD = -1.0
"""Stands for a size: bold letters are those of a heading where most of the text has none."""
_LONGEST_ADDRESS = 2_000
_LONGEST_HEADING, _MOST_LINES, _MOST_LEVELS = 160, 3, 4

_ITEM = re.compile(r"\s{0,20}(?:\[\^?\d{1,4}\]|\(?\d{1,3}[.)]\s|[•●▪◦–*-]\s)")
_COUNTED = re.compile(
    r"\s{0,20}(?:\[\^?(\d{1,4})\]:?\s{0,9}(?:\S|$)|(\d{1,3})[.)]\s|<sup>\[?(\d{1,3})\]?</sup>\s?\S)"
)
_NUMBERED, _ADDRESS = re.compile(r"(?<!\S)\[\d{1,4}\]\s*\Z"), re.compile(r"\s*(?:https?://|www\.)")
"""The number of an entry that goes on below, and what it goes on with."""
_ENTRY = re.compile(r"(?<!\S)\[(\d{1,4})\](?=\s)")
_ENDED = re.compile(
    r"[.:;!?)/\]]\s?(?:<sup>[^<]*</sup>)?\s{0,9}$|\bhttps?://\S{1,500}\s{0,9}$|^.{0,40}$"
)
"""A line after which an item can begin: it has a stop or an address at its end, or is short."""
_HAN = "\u2018-\u201d\u3001-\u3011\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e"
_COMBINING = dict(zip("¨´ˆ˜ˇ˚˝", "\u0308\u0301\u0302\u0303\u030c\u030a\u030b", strict=True))
_ACCENT_APART = re.compile(r"(?<![^\W\d_]\s)([¨´ˆ˜ˇ˚˝])([^\W\d_])")
_LETTERS_APART = re.compile(rf"(?:[{_HAN}] ){{2,}}[{_HAN}]")
"""Letters of Chinese and Japanese that are set one by one, as bold ones often are."""
_ENTRY_ENDED = re.compile(r"[.)\]]\s{0,9}$|\bhttps?://\S{1,500}\s{0,9}$")
_LEAST_INSIDE, _MOST_INSIDE, _FEWEST_INSIDE = 3, 45, 2
"""Points by which lines stand inside, and lines that do so at least."""
_DASHES = ("-", "–", "—")
_NOTE = re.compile(r"\s{0,4}(?:<sup>\[?\d{1,3}\]?</sup>|\d{1,3}[.)]?\s|\[\d{1,4}\]|[•●▪◦–*-]\s)")
_GLUED = re.compile(r"^\s{0,4}(\d{1,3})(?=[^\W\d_])")
"""The number of a note before its first word, where it is as large as its letters."""
_HEADED = re.compile(r"[^\W_]")
_STOPS = (".", ",", ";", ":", "…", "。", "，", "；", "：", ")", "]", ">")


class _Paragraph(NamedTuple):
    """Lines that belong together, and their text in one piece."""

    lines: list[Line]
    text: str


class _Page(NamedTuple):
    text: list[_Paragraph]
    notes: list[_Paragraph]


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """The text of some pages, paragraphs separated by blank lines.

    A sentence or an address that goes on from one page to the next is whole; the notes of the
    first page stand behind it.
    """
    parts = without_running(pages)
    mend_words(parts)
    letters: Counter[float] = Counter()
    for page in parts:
        for line in page:
            letters[_rounded(line.size)] += len(line.text)
    size = _size_of_text(letters)
    for line in chain.from_iterable(parts):
        line.text = _LETTERS_APART.sub(lambda run: run[0].replace(" ", ""), line.text)
        line.text = _ACCENT_APART.sub(_with_accent, line.text)
        if line.size <= SMALLER * size:
            line.text = _GLUED.sub(r"<sup>\1</sup>", line.text, count=1)
    larger = sorted({s for s in letters if s >= LARGER * size}, reverse=True)
    levels = {each: min(rank, _MOST_LEVELS) for rank, each in enumerate(larger, 1)}
    if 2 * sum(len(line.text) for page in parts for line in page if line.bold) < letters.total():
        levels[_BOLD] = min(len(larger) + 1, _MOST_LEVELS)
    whole = _as_footnotes([_page(page, size) for page in parts])
    return "".join(_in_one(whole, size, levels))


def _with_accent(match: re.Match[str]) -> str:
    """A letter with the accent that a typesetter set before it; both where there is no such."""
    accent = _COMBINING[match[1]]
    letter = unicodedata.normalize("NFC", ("i" if match[2] == "ı" else match[2]) + accent)
    return letter if len(letter) == 1 else match[0]


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _size_of_text(letters: Counter[float]) -> float:
    """The largest size that a good part of all letters have."""
    least = _LEAST_OF_TEXT * letters.total()
    return max((size for size, count in letters.items() if count >= least), default=0.0)


def _in_one(pages: Sequence[_Page], size: float, levels: dict[float, int]) -> Iterator[str]:
    """The paragraphs in order, notes where the paragraph ends that they stand below."""
    above = ""
    notes: list[_Paragraph] = []
    for page in pages:
        for number, paragraph in enumerate(page.text):
            level = _level(paragraph, size, levels)
            below = paragraph.text.partition("\n")[0]
            joint = "\n\n" if number or level else _over_pages(above, below)
            if joint == "\n\n":
                yield from _as_paragraphs(notes)
                notes = []
            text = f"{'#' * level} {paragraph.text}" if level else paragraph.text
            yield joint + text if above else text
            whole = text if joint == "\n\n" else f"{above[-_LONGEST_ADDRESS:]}{joint}{text}"
            above = whole.rpartition("\n")[2]
        notes += page.notes
    yield from _as_paragraphs(notes)


def _as_paragraphs(notes: Sequence[_Paragraph]) -> Iterator[str]:
    yield from (f"\n\n{note.text}" for note in notes)


def _over_pages(above: str, below: str) -> str:
    """What parts the last paragraph of a page from the first of the next."""
    if runs_over(above, below):
        return ""
    if (_NUMBERED.search(above) and _ADDRESS.match(below)) or _lists_on(above, below):
        return " "
    return " " if one_sentence(above, below) else "\n\n"


def _lists_on(above: str, below: str) -> bool:
    """Whether entries that follow one another on a line go on counting below."""
    numbers = [int(number) for number in _ENTRY.findall(above)]
    further = _ENTRY.search(below)
    if len(numbers) < 3 or further is None or "://" not in above:
        return False
    return [*numbers, int(further[1])] == [*range(numbers[0], int(further[1]) + 1)]


def _level(paragraph: _Paragraph, size: float, levels: dict[float, int]) -> int:
    """The depth of a heading; 0 for what is none: what ends in a stop says something."""
    lines, text = paragraph
    if len(text) > _LONGEST_HEADING or len(lines) > _MOST_LINES or text.endswith(_STOPS):
        return 0
    if not _HEADED.search(text) or _ITEM.match(text) or "\n" in text:
        return 0
    if level := min((levels.get(_rounded(line.size), 0) for line in lines), default=0):
        return level
    bold = all(line.bold and line.size >= SMALLER * size for line in lines)
    return levels.get(_BOLD, 0) if bold else 0


def _page(lines: Sequence[Line], size: float) -> _Page:
    paragraphs = list(_paragraphs(lines, size))
    first = len(paragraphs)
    while first and all(line.size <= SMALLER * size for line in paragraphs[first - 1].lines):
        first -= 1
    while first < len(paragraphs) and not _NOTE.match(paragraphs[first].text):
        first += 1
    # Below a heading, or alone on a page, small letters are a list and no notes.
    own = first and all(_rounded(line.size) == size for line in paragraphs[first - 1].lines)
    return _Page(paragraphs[:first], paragraphs[first:]) if own else _Page(paragraphs, [])


def _as_footnotes(pages: Sequence[_Page]) -> Sequence[_Page]:
    """The pages, their notes written as footnotes of Markdown where one numbering goes on."""
    below = [[n for note in page.notes for n in numbers_of(note.text)] for page in pages]
    numbers = [*chain.from_iterable(below)]
    if not numbers or numbers != sorted(set(numbers)):
        return pages
    return [
        _Page(
            [each._replace(text=called_apart(each.text, frozenset(own))) for each in page.text],
            [each._replace(text=as_definitions(each.text)) for each in page.notes],
        )
        for page, own in zip(pages, below, strict=True)
    ]


def _paragraphs(lines: Sequence[Line], size: float) -> Iterator[_Paragraph]:
    """The paragraphs of a page: lines with what parts them, a space or the end of an item."""
    steps = [above.y - below.y for above, below in pairwise(lines)]
    down = sorted(step for step in steps if step > 0)
    usual = down[len(down) // 4] if down else 0.0  # paragraphs may be short, and steps between many
    full = FULL * max((line.width for line in lines), default=0)
    margins = right_margins(lines)
    in_address, address = False, ""
    count: int | None = None
    of_one: list[Line] = []
    pieces: list[str] = []
    for line in lines:
        if of_one:
            above = of_one[-1]
            between = _between(above, line, usual, size)
            if above.bold and not line.bold and above.width < full:
                between = "\n\n"
            if between == " " and stops_short(above, line, margins):
                between = "\n\n"
            number = _number(line.text)
            if between == " " and (
                (in_address and _ITEM.match(line.text))  # what ends with an address needs no stop
                or (number is not None and number - 1 == count)
            ):
                between = "\n"
            begun = address + above.text.strip() if in_address else above.text
            address = begun[-_LONGEST_ADDRESS:]
            whole = above.width <= full and not address.rstrip().endswith(BREAKS)
            in_address = between == " " and not whole and runs_over(address, line.text)
            broken = between == " " and (line.goes_on or _parts_scheme(above.text, line.text))
            if between == "\n\n":
                yield _Paragraph(of_one, _joined(of_one, pieces))
                of_one, pieces = [], []
            else:
                pieces.append("" if in_address or broken else between)
        if not of_one or pieces[-1] == "\n":
            count = _number(line.text)
        of_one.append(line)
        pieces.append(line.text.strip())
    if of_one:
        yield _Paragraph(of_one, _joined(of_one, pieces))


def _parts_scheme(above: str, below: str) -> bool:
    """Whether an address is broken right behind its scheme, as TeX does: "https:", "//…"."""
    return below.lstrip().startswith("//") and above.rstrip().endswith(("http:", "https:"))


def _number(text: str) -> int | None:
    """What counts an item that a line begins; None where it begins none, or has no number."""
    match = _COUNTED.match(text)
    return int(match[match.lastindex or 0]) if match else None


def _joined(lines: Sequence[Line], pieces: list[str]) -> str:
    """A paragraph in one piece; on one line where its entries begin anywhere in its lines."""
    text = "".join(_hanging(lines, pieces))
    if "\n[" not in text:
        return text
    entries = [(match.start(), int(match[1])) for match in _ENTRY.finditer(text)]
    in_turn = all(after == before + 1 for (_, before), (_, after) in pairwise(entries))
    inside = any(at and text[at - 1] == " " for at, _ in entries[1:])
    return text.replace("\n", " ") if in_turn and inside and len(entries) > 2 else text


def _hanging(lines: Sequence[Line], pieces: list[str]) -> list[str]:
    """The pieces of a paragraph, parted where its lines hang from the first of an entry each.

    The lines of lists of works stand so: the first of an entry at the margin, the others inside.
    """
    margin = lines[0].x
    inside = sum(_LEAST_INSIDE < line.x - margin < _MOST_INSIDE for line in lines)
    left = any(line.x < margin - 1 for line in lines)
    if left or inside < _FEWEST_INSIDE or inside * 4 < len(lines):
        return pieces
    for number, (above, line) in enumerate(pairwise(lines), 1):
        begins = abs(line.x - margin) < _LEAST_INSIDE / 2 and not line.text.lstrip()[:1].islower()
        if begins and pieces[2 * number - 1] == " " and _ENTRY_ENDED.search(above.text):
            pieces[2 * number - 1] = "\n"
    return pieces


def _between(above: Line, below: Line, usual: float, size: float) -> str:
    """What parts two lines, where `usual` is the step from one line of the text to the next."""
    step = above.y - below.y
    smaller, larger = sorted((above.size or 1.0, below.size or 1.0))
    if step < -usual / 2 and larger <= LARGER * smaller:  # the next column
        return " " if one_sentence(above.text, below.text) else "\n\n"
    if size and smaller >= LARGER * size:
        usual *= smaller / size  # the lines of a heading
    if step > GAP * usual or larger > LARGER * smaller:
        return "\n\n"
    counted = _NOTE if below.size <= SMALLER * size else _ITEM
    ended = _ENDED.search(above.text) or counted.match(above.text)
    if counted.match(below.text) and ended and not above.text.rstrip().endswith(_DASHES):
        return "\n"
    return " "
