"""The lines of a page -> its paragraphs, and within them its items and entries.

Where they part follows from gaps between lines, from the size of letters, from numbers that count
on, and from lines that hang from the first of an entry.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.extract.lists.broken_address import BREAKS, goes_on, runs_over
from ledger.extract.pages import one_sentence
from ledger.extract.pdf.line import SMALLER, Line
from ledger.extract.pdf.margins import right_margins, stops_short

GAP = 1.35
"""A step between lines that is so many times the usual one begins a paragraph."""
FULL = 0.7
"""A line of so much of the width of the widest one fills its column: widths are estimates."""
LARGER = 1.15
"""Letters that are so many times larger are those of a heading; smaller ones those of a note."""
_LEAST_OF_TEXT = 0.2
"""Part of all letters that have the size of the text at least: lists may have more, in small."""
LONGEST_ADDRESS = 2_000
"""Characters of an address that goes over several lines, of which so much is kept to ask whether it
goes on: each line asks again."""

_NAME = r"\[(?:\^?\d{1,4}|[A-Z][A-Za-z+]{0,8}\d{1,4}[a-z]?)\]"
"""What an entry is called in square brackets: a number, or as BibTeX makes it, "[GMS94a]"."""
_NO_MARKER = r"(?!\[|[,;)]|\.\s{0,9}\Z)"
"""What follows the name of an entry, and not a marker that begins a line: "[20][21]."."""
NAMED = re.compile(rf"\s{{0,20}}{_NAME}{_NO_MARKER}")
ITEM = re.compile(rf"\s{{0,20}}(?:{_NAME}{_NO_MARKER}|\(?\d{{1,3}}[.)]\s|[•●▪◦–*-]\s)")
_NAMED_OR_BULLET = re.compile(rf"{NAMED.pattern}|\s{{0,20}}[•●▪◦–*-]\s")
"""What begins an item left of the line above; a number there may be a day: "12. Mai"."""
_COUNTED = re.compile(
    rf"\s{{0,20}}(?:\[\^?(\d{{1,4}})\]{_NO_MARKER}:?\s{{0,9}}(?:\S|$)"
    r"|(\d{1,3})[.)]\s|<sup>\[?(\d{1,3})\]?</sup>\s?\S)"
)
NUMBERED, ADDRESS = re.compile(r"(?<!\S)\[\d{1,4}\]\s*\Z"), re.compile(r"\s*(?:https?://|www\.)")
"""The number of an entry that goes on below, and what it goes on with."""
ENTRY = re.compile(r"(?<!\S)\[(\d{1,4})\](?=\s)")
_ENDED = re.compile(
    r"[.:;!?)/\]]\s?(?:<sup>[^<]*</sup>)?\s{0,9}$|\bhttps?://\S{1,500}\s{0,9}$|^.{0,40}$"
)
"""A line after which an item can begin: it has a stop or an address at its end, or is short."""
_ENTRY_ENDED = re.compile(r"[.)\]]\s{0,9}$|\bhttps?://\S{1,500}\s{0,9}$")
_LEAST_INSIDE, _MOST_INSIDE, _FEWEST_INSIDE = 3, 45, 2
"""Points by which lines stand inside, and lines that do so at least."""
_DASHES = ("-", "–", "—")
_DASHED, _STOPPED = re.compile(r"\s{0,20}[-–—]\s"), re.compile(r"[.:;!?]\s{0,9}$")
"""A dash that parts an address that fills its line from what it leads to, or begins an item."""
_SCHEME = re.compile(r"(?<!\w)https?:(?://)?\Z")
_IN_ADDRESS = re.compile(r"\b\((\d{2})\)\b")
"""What names of articles have in addresses: "S0190-9622(22)00252-3"."""
NOTE = re.compile(
    r"\s{0,4}(?:<sup>\[?\d{1,3}\]?</sup>|\d{1,3}[.)]?\s|\[\d{1,4}\]|[•●▪◦–*-]\s|[∗*†‡§¶‖]{1,3}(?=\S))"
)
"""How a note at the foot of a page begins, or an item of one."""


class _Layout(NamedTuple):
    """What a page is set by.

    Attributes:
        usual: The step from one line of the text to the next, in points.
        full: Letters of a line that fills its column.
        margins: As `right_margins` has them.
        size: That of the letters of the text, in points.
    """

    usual: float
    full: float
    margins: Mapping[float, float]
    size: float


class Paragraph(NamedTuple):
    """Lines that belong together, and their text in one piece."""

    lines: list[Line]
    text: str


def rounded(size: float) -> float:
    """A size of letters, to half a point: that of one font differs by less."""
    return round(size * 2) / 2


def size_of_text(letters: Counter[float]) -> float:
    """The largest size that a good part of all letters have."""
    least = _LEAST_OF_TEXT * letters.total()
    return max((size for size, count in letters.items() if count >= least), default=0.0)


def paragraphs_of(lines: Sequence[Line], size: float) -> Iterator[Paragraph]:
    """The paragraphs of a page: lines with what parts them, a space or the end of an item.

    Args:
        lines: Those of a page, in order.
        size: That of the letters of the text, in points.
    """
    layout = _layout(lines, size)
    in_address, address = False, ""
    item: Line | None = None  # with which the item begins that is read
    of_one: list[Line] = []
    pieces: list[str] = []
    for line in lines:
        if of_one:
            above = of_one[-1]
            between = _parting(above, line, item, layout, in_address=in_address)
            begun = address + above.text.strip() if in_address else above.text
            address = begun[-LONGEST_ADDRESS:]
            full = above.width > layout.full
            in_address = between == " " and address_goes_on(address, line.text, full=full)
            if between == "\n\n":
                yield Paragraph(of_one, _joined(of_one, pieces))
                of_one, pieces = [], []
            else:
                whole = between == " " and (in_address or line.goes_on)
                pieces.append("" if whole else between)
        if not of_one or pieces[-1] == "\n":
            item = line
        of_one.append(line)
        pieces.append(line.text.strip())
    if of_one:
        yield Paragraph(of_one, _joined(of_one, pieces))


def address_goes_on(address: str, below: str, *, full: bool) -> bool:
    """Whether the line below goes on with an address.

    Args:
        address: What was read of it, or the line above.
        below: The next line.
        full: Whether the line above fills its column.
    """
    if _SCHEME.search(address[-10:].rstrip()):  # TeX breaks it in "https:", "//…"
        return below.lstrip().startswith("//") or address.rstrip().endswith("//")
    fills = full or address.rstrip().endswith(BREAKS)
    below = _IN_ADDRESS.sub(r"\1", below.strip())
    return goes_on(address, below) or (fills and runs_over(address, below))


def _layout(lines: Sequence[Line], size: float) -> _Layout:
    steps = [above.y - below.y for above, below in pairwise(lines)]
    down = sorted(step for step in steps if step > 0)
    usual = down[len(down) // 4] if down else 0.0  # paragraphs may be short, and steps between many
    full = FULL * max((line.width for line in lines), default=0)
    return _Layout(usual, full, right_margins(lines), size)


def _parting(
    above: Line, below: Line, item: Line | None, layout: _Layout, *, in_address: bool
) -> str:
    """What parts two lines of an item, or the last one of it from the next item.

    Args:
        above, below: The two.
        item: The line with which the item above begins.
        layout: Of the page.
        in_address: Whether an address goes on in the line above.
    """
    between = _between(above, below, layout.usual, layout.size)
    hangs = below.x - above.x > _LEAST_INSIDE and ITEM.match(above.text)
    if above.bold and not below.bold and above.width < layout.full and not hangs:
        between = "\n\n"
    # What stands inside of an entry that has its name in brackets is a part of it.
    named = item is not None and NAMED.match(item.text) and not NAMED.match(below.text)
    if item and named and below.x - item.x > _LEAST_INSIDE:
        return " " if between == "\n" else between
    if between == "\n" and _DASHED.match(below.text) and above.width > layout.full:
        return between if _STOPPED.search(above.text) or _DASHED.match(above.text) else " "
    if between == " " and stops_short(above, below, layout.margins):
        return "\n\n"
    number, count = number_of(below.text), number_of(item.text) if item else None
    if between == " " and (
        (in_address and ITEM.match(below.text))  # what ends with an address needs no stop
        or (number is not None and number - 1 == count)
    ):
        return "\n"
    return between


def number_of(text: str) -> int | None:
    """What counts an item that a line begins; None where it begins none, or has no number."""
    match = _COUNTED.match(text)
    return int(match[match.lastindex or 0]) if match else None


def _joined(lines: Sequence[Line], pieces: list[str]) -> str:
    """A paragraph in one piece; on one line where its entries begin anywhere in its lines."""
    text = "".join(_hanging(lines, pieces))
    if "\n[" not in text:
        return text
    entries = [(match.start(), int(match[1])) for match in ENTRY.finditer(text)]
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
    if above.x - below.x > _LEAST_INSIDE and _NAMED_OR_BULLET.match(below.text):
        return "\n"
    counted = NOTE if below.size <= SMALLER * size else ITEM
    ended = _ENDED.search(above.text) or counted.match(above.text)
    if counted.match(below.text) and ended and not above.text.rstrip().endswith(_DASHES):
        return "\n"
    return " "
