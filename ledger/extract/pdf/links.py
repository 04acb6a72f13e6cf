"""The links of a page -> their addresses in its lines, as people write them in plain text.

An address stands in round brackets behind the word at which the field of its link ends. Widths of
letters are not known, so that word is an estimate; the line is not.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.extract.pdf.fonts import entry
from ledger.extract.pdf.line import LETTER_WIDTH, Line, letter_wide

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_LINKS = 2_000
"""For one page."""
_MARKER = re.compile(r"\[\d{1,4}\]\Z")
_MARKED = re.compile(r"(?:\[\d{1,4}\]|</sup>)[.,;:!?]{0,2}\s{0,2}\Z")
_NARROW, _CLOSE = 3.0, 15
"""The widest field of a marker, in sizes of its letters; and how many letters away it may be."""
_PAGE = re.compile(r"https?://[^/%\s]+(?:/|$|[?#])", re.I)
"""The address of a page; in its host is no space, as in what some make of "https://a.b dot c"."""
_BLANK_END = re.compile(r"(?:;?(?:%C2%A0|%20);?){1,4}(?:https?://.*)?\Z", re.I)
"""A blank behind an address, and another address: some link two in one go."""
_CUT_OFF = ("...", "…")
_SHORTEST_PART = 5
"""Characters of a part of an address that names it. Chosen: "a.is" may be a word of the next
sentence."""
_NUMBER, _NUMBER_BEFORE = re.compile(r"\s{0,2}(\d{1,3})(?!\d)"), re.compile(r"\d{1,3}\Z")
_ALIKE = 1.0
"""Points by which places differ that are the same."""
_SCHEME = re.compile(r"(?<!\w)https?:\s?\Z", re.I)
_RAISED_MARKER = re.compile(r"<sup>(\d{1,4})</sup>\Z")


class Link(NamedTuple):
    """The field of a link to a page of the web.

    Attributes:
        left, right, bottom, top: Its edges, in points from the left and from below.
        url: Where it leads.
    """

    left: float
    right: float
    bottom: float
    top: float
    url: str


def links_of(page: "PageObject") -> set[int]:
    """The numbers of the objects that lead from a page to others of the web."""
    fields = list(page.get("/Annots") or ())[:MAX_LINKS]
    leads = (each for each in fields if _PAGE.match(_address(each.get_object())))
    return {getattr(each, "idnum", 0) for each in leads}


def place_addresses(page: "PageObject", lines: list[Line]) -> None:
    """Find the place of each link of a page in its lines."""
    for link in _links(page):
        _attach(lines, link)
    for above, line in pairwise(lines):
        if above.urls and line.urls:
            _join_address(above, line)
            _join_words(above, line)


def write_addresses(line: Line) -> None:
    """Set the addresses of its links into a line."""
    for at, url in sorted(line.urls, reverse=True):
        if at in line.numbers and (number := _NUMBER_BEFORE.search(line.text, max(0, at - 3), at)):
            line.text = f"{line.text[: number.start()]}[{number[0]}]({url}){line.text[at:]}"
        else:
            line.text = _with_address(line.text, at, url)


def _address(annotation: Any) -> str:
    return str(entry(entry(annotation, "/A"), "/URI") or "")


def _links(page: "PageObject") -> Iterator[Link]:
    for each in list(page.get("/Annots") or ())[:MAX_LINKS]:
        annotation = each.get_object()
        url = _address(annotation)
        rectangle = annotation.get("/Rect") if url else None
        if rectangle is None or not _PAGE.match(url):
            continue
        x1, y1, x2, y2 = (float(number) for number in rectangle)
        address = _BLANK_END.sub("", "".join(url.split()))
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
    if number := _number_at(line, left, right):
        line.urls.append((number.end(), url))
        line.numbers.add(number.end())
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


def _number_at(line: Line, left: float, right: float) -> re.Match[str] | None:
    """The number that is all that is linked: it begins where the field does, and is as wide."""
    for start, x, size in line.begins:
        number = _NUMBER.match(line.text, start) if abs(x - left) < _ALIKE else None
        if number and right - left < (len(number[1]) + 1) * LETTER_WIDTH * size:
            return number
    return None


def _reached(text: str, start: int, letters: float) -> float:
    """Where so many letters behind `start` end."""
    at = start
    while letters > 0 and at < len(text):
        letters -= letter_wide(text[at])
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
        if not above.text.strip():  # the address was all that it had
            line.x, line.y = above.x, above.y
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
