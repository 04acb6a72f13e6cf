"""The lines of all pages -> one plain text: paragraphs, headings, and notes where they do not part.

Paragraphs follow from the gaps between lines and from the size of letters, headings from letters
that are larger than those of the text, or bold.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from ledger.extract.lists.heads import is_head
from ledger.extract.pages import one_sentence
from ledger.extract.pdf.broken_words import mend_words
from ledger.extract.pdf.feet import Page, with_notes
from ledger.extract.pdf.line import SMALLER, Line
from ledger.extract.pdf.paragraphs import (
    ADDRESS,
    ENTRY,
    ITEM,
    LARGER,
    LONGEST_ADDRESS,
    NAMED,
    NUMBERED,
    Paragraph,
    address_goes_on,
    number_of,
    rounded,
    size_of_text,
)
from ledger.extract.pdf.running import without_running

_BOLD = -1.0
"""Stands for a size: bold letters are those of a heading where most of the text has none."""
_LONGEST_HEADING, _MOST_LINES, _MOST_LEVELS = 160, 3, 4
"""Characters and lines of a heading, and depths that are told apart: below the fourth, sizes are
too near each other. Chosen."""

_HAN = "\u2018-\u201d\u3001-\u3011\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e"
_COMBINING = dict(zip("¨´ˆ˜ˇ˚˝", "\u0308\u0301\u0302\u0303\u030c\u030a\u030b", strict=True))
_ACCENT_APART = re.compile(r"(?<![^\W\d_]\s)([¨´ˆ˜ˇ˚˝])([^\W\d_])")
_LETTERS_APART = re.compile(rf"(?:[{_HAN}] ){{2,}}[{_HAN}]")
"""Letters of Chinese and Japanese that are set one by one, as bold ones often are."""
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{1,3}(?:\s[A-ZÀ-Þ]{1,20}){1,40}")
"""A line of capitals that a typesetter has set apart, or of which it has made the first larger."""
_LONGEST_CAPITALS = 50
"""Characters of a line of capitals set apart that may be a head, two for each letter: "B I B L I O
G R A P H Y"."""
_GLUED = re.compile(r"^\s{0,4}([1-9]\d{0,2})(?!(?:st|nd|rd|th|e)\b)(?=[^\W\d_])")
"""The number of a note before its first word, where it is as large as its letters; no ordinal."""
_HEADED, _NUMBER = re.compile(r"[^\W_]"), re.compile(r"\[\d")
_STOPS = (".", ",", ";", ":", "…", "。", "，", "；", "：", ")", "]", ">")


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
            letters[rounded(line.size)] += len(line.text)
    size = size_of_text(letters)
    for line in chain.from_iterable(parts):
        line.text = _LETTERS_APART.sub(lambda run: run[0].replace(" ", ""), line.text)
        line.text = _ACCENT_APART.sub(_with_accent, line.text)
        if line.text.isupper() and len(line.text) < _LONGEST_CAPITALS:
            line.text = _as_head(line.text)
        if line.size <= SMALLER * size:
            line.text = _GLUED.sub(r"<sup>\1</sup>", line.text, count=1)
    larger = sorted({s for s in letters if s >= LARGER * size}, reverse=True)
    levels = {each: min(rank, _MOST_LEVELS) for rank, each in enumerate(larger, 1)}
    if 2 * sum(len(line.text) for page in parts for line in page if line.bold) < letters.total():
        levels[_BOLD] = min(len(larger) + 1, _MOST_LEVELS)
    whole = with_notes(parts, size)
    return "".join(_in_one(whole, size, levels))


def _as_head(text: str) -> str:
    """Capitals set apart, "R EFERENCES", as the head of a list if they are one."""
    whole = "".join(text.split())
    return whole if _CAPITALS.fullmatch(text.strip()) and is_head(whole) else text


def _with_accent(match: re.Match[str]) -> str:
    """A letter with the accent that a typesetter set before it; both where there is no such."""
    accent = _COMBINING[match[1]]
    letter = unicodedata.normalize("NFC", ("i" if match[2] == "ı" else match[2]) + accent)
    return letter if len(letter) == 1 else match[0]


def _in_one(pages: Sequence[Page], size: float, levels: dict[float, int]) -> Iterator[str]:
    """The paragraphs in order, notes where the paragraph ends that they stand below."""
    above = ""
    notes: list[Paragraph] = []
    for page in pages:
        for number, paragraph in enumerate(page.text):
            level = _level(paragraph, size, levels)
            below = paragraph.text.partition("\n")[0]
            joint = "\n\n" if number or level else _over_pages(above, below)
            if joint == "\n\n" and not _counts_on(above, below):
                yield from _as_paragraphs(notes)
                notes = []
            text = f"{'#' * level} {paragraph.text}" if level else paragraph.text
            yield joint + text if above else text
            whole = text if joint == "\n\n" else f"{above[-LONGEST_ADDRESS:]}{joint}{text}"
            above = whole.rpartition("\n")[2]
        notes += page.notes
    yield from _as_paragraphs(notes)


def _as_paragraphs(notes: Sequence[Paragraph]) -> Iterator[str]:
    yield from (f"\n\n{note.text}" for note in notes)


def _over_pages(above: str, below: str) -> str:
    """What parts the last paragraph of a page from the first of the next."""
    if address_goes_on(above, below, full=True):
        return ""
    if (NUMBERED.search(above) and ADDRESS.match(below)) or _lists_on(above, below):
        return " "
    marked = _NUMBER.match(below) and not NAMED.match(below)  # no entry begins so
    return " " if marked or one_sentence(above, below) else "\n\n"


def _counts_on(above: str, below: str) -> bool:
    """Whether two entries of a list follow one another, which no note parts."""
    number = number_of(above)
    return number is not None and number_of(below) == number + 1


def _lists_on(above: str, below: str) -> bool:
    """Whether entries that follow one another on a line go on counting below."""
    numbers = [int(number) for number in ENTRY.findall(above)]
    further = ENTRY.search(below)
    if len(numbers) < 3 or further is None or "://" not in above:
        return False
    return [*numbers, int(further[1])] == [*range(numbers[0], int(further[1]) + 1)]


def _level(paragraph: Paragraph, size: float, levels: dict[float, int]) -> int:
    """The depth of a heading; 0 for what is none: what ends in a stop says something."""
    lines, text = paragraph
    if len(text) > _LONGEST_HEADING or len(lines) > _MOST_LINES or text.endswith(_STOPS):
        return 0
    if not _HEADED.search(text) or NAMED.match(text) or "\n" in text:
        return 0
    if level := min((levels.get(rounded(line.size), 0) for line in lines), default=0):
        return level
    bold = all(line.bold and line.size >= SMALLER * size for line in lines)
    return levels.get(_BOLD, 0) if bold and not ITEM.match(text) else 0
