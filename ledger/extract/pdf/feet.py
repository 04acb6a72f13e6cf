"""Notes at the feet of pages and of their columns -> footnotes as Markdown writes them.

Notes called in one place stand side by side in the text, "fell.³⁴": which they are says the foot of
the page. It also says which raised numbers call none: exponents and the like.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise
from typing import NamedTuple

from ledger.extract.pdf.line import SMALLER, Line
from ledger.extract.pdf.paragraphs import NAMED, NOTE, Paragraph, paragraphs_of, rounded

_NOTE = re.compile(r"^\s{0,4}<sup>\[?([1-9]\d{0,2})\]?</sup>\s?(?=\S)", re.M)
_RAISED = re.compile(r"<sup>(\d{2,24})</sup>")
_CALL = re.compile(
    r"(?P<base>(?<![^\W_])[^\W\d_]\s?|[×·]\s?10)?<sup>(?P<numbers>\d{1,3}(?:,\d{1,3}){0,9})</sup>"
)
"""Raised numbers; behind a letter that stands alone, or such a ten, they may be exponents."""
_NEXT_COLUMN = 5
"""Sizes of the text by which a line stands above the one before it at least."""


class Page(NamedTuple):
    """The paragraphs of a page, or of a column that has notes of its own, and its notes."""

    text: list[Paragraph]
    notes: list[Paragraph]


def with_notes(pages: Sequence[Sequence[Line]], size: float) -> list[Page]:
    """The paragraphs of some pages, their notes apart; footnotes where one numbering goes on.

    Args:
        pages: The lines of each, without what stands on all of them.
        size: That of the letters of the text, in points.
    """
    parts = [_page(column, size) for page in pages for column in _columns(page, size)]
    return _as_footnotes([*_without_lists(parts, size)])


def _columns(lines: Sequence[Line], size: float) -> Iterator[Sequence[Line]]:
    """The lines of a page, parted where a column ends with notes and the next one begins."""
    begin = 0
    for number, (above, below) in enumerate(pairwise(lines), 1):
        next_one = below.y > above.y + _NEXT_COLUMN * size and above.size <= SMALLER * size
        if next_one and _has_notes(lines[begin:number], size):
            yield lines[begin:number]
            begin = number
    yield lines[begin:]


def _has_notes(column: Sequence[Line], size: float) -> bool:
    first = len(column)
    while first and column[first - 1].size <= SMALLER * size:
        first -= 1
    return first > 0 and any(NOTE.match(line.text) for line in column[first:])


def _page(lines: Sequence[Line], size: float) -> Page:
    paragraphs = list(paragraphs_of(lines, size))
    first = len(paragraphs)
    while first and all(line.size <= SMALLER * size for line in paragraphs[first - 1].lines):
        first -= 1
    above = first
    while first < len(paragraphs) and not NOTE.match(paragraphs[first].text):
        first += 1
    if not any(_NOTE.match(paragraph.text) for paragraph in paragraphs[first : first + 1]):
        above = first  # code in small letters may stand above a number set high only
    # Below a heading, or alone on a page, small letters are a list and no notes.
    own = above and all(rounded(line.size) == size for line in paragraphs[above - 1].lines)
    return Page(paragraphs[:first], paragraphs[first:]) if own else Page(paragraphs, [])


def _without_lists(pages: Sequence[Page], size: float) -> Iterator[Page]:
    """The pages; what looks like notes and fills the next page, too, is a list in small letters."""
    for page, following in pairwise([*pages, Page([], [])]):
        goes_on = following.text and following.text[0].lines[0].size <= SMALLER * size
        is_list = goes_on and page.notes and NAMED.match(page.notes[-1].text)
        yield Page([*page.text, *page.notes], []) if is_list else page


def _as_footnotes(pages: Sequence[Page]) -> list[Page]:
    below = [[n for note in page.notes for n in _numbers_of(note.text)] for page in pages]
    numbers = [*chain.from_iterable(below)]
    if not numbers or numbers != sorted(set(numbers)):
        return [*pages]
    whole = numbers == [*range(1, len(numbers) + 1)]
    return [
        Page(
            [each._replace(text=text) for each, text in zip(page.text, texts, strict=True)],
            [each._replace(text=_NOTE.sub(r"[^\1]: ", each.text)) for each in page.notes],
        )
        for page, own in zip(pages, below, strict=True)
        for texts in [_called([each.text for each in page.text], frozenset(own), whole=whole)]
    ]


def _numbers_of(notes: str) -> list[int]:
    """The numbers that begin lines of notes, in order."""
    return [int(number) for number in _NOTE.findall(notes)]


def _called(texts: Sequence[str], below: AbstractSet[int], *, whole: bool) -> list[str]:
    """The texts of a page, their raised numbers calls of the notes below, several of them apart.

    Args:
        texts: Those of its paragraphs.
        below: The numbers of the notes at its foot.
        whole: Whether the notes of all pages count from one, with no gap: raised numbers that call
            none of the page are then no calls, and a note is called in one place.
    """
    apart = [_called_apart(text, below) for text in texts]
    if not any("<sup>" in text for text in apart):
        return apart
    calls = {
        match["numbers"] for text in apart for match in _CALL.finditer(text) if not match["base"]
    }

    def as_said(match: re.Match[str]) -> str:
        base, numbers = match["base"] or "", match["numbers"].split(",")
        if all(int(number) in below for number in numbers):
            if not (base and match["numbers"] in calls):
                return base + "".join(f"[^{number}]" for number in numbers)
        elif not whole:
            return match[0]
        return f"{base}^{match['numbers']}"

    return [_CALL.sub(as_said, text) for text in apart]


def _called_apart(text: str, below: AbstractSet[int]) -> str:
    """A text, its raised numbers apart that are several of those of the notes below."""

    def apart(match: re.Match[str]) -> str:
        parts = [] if int(match[1]) in below else _in_turn(match[1], below)
        return f"<sup>{','.join(parts)}</sup>" if parts else match[0]

    return _RAISED.sub(apart, text) if below else text


def _in_turn(digits: str, below: AbstractSet[int]) -> list[str]:
    """The digits as numbers of notes, each one more than the last; none where they are not."""
    for length in range(1, len(digits)):
        parts, rest, number = [], digits, int(digits[:length])
        while rest.startswith(str(number)) and number in below:
            parts.append(str(number))
            rest = rest[len(str(number)) :]
            number += 1
        if not rest and len(parts) > 1:
            return parts
    return []
