"""Lines of Markdown or plain text -> blocks of characters with a role.

Exports of answers and copied articles are not CommonMark: a line is a block there, a rule under
a paragraph is a rule and no heading, an indented line is a list item and no code, and a numbered
reference list is no link definition. So blocks are read line by line; docs/decisions has why.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.model import Role


class Line(NamedTuple):
    """One line without its indent and marks. `level` is a heading's depth, else 0."""

    role: Role
    text: str
    level: int = 0


class Raw(NamedTuple):
    """A block before its markers are cut: role, characters, cells of a row.

    `level` is a heading's depth, and 1 for the header row of a table.
    """

    role: Role
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()


_QUOTE = re.compile(r"\s{0,8}>\s?")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"\s{0,40}(?:[-*+•‣◦▪●–]|(?:\*\*)?\(?[0-9]{1,3}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,100}|(?:\*\s*){3,100}|(?:_\s*){3,100}|(?:=\s*){3,100})$")
_FENCE = re.compile(r"\s{0,40}(`{3,}|~{3,})")
_ROW = re.compile(r"\s{0,8}\|.*\|\s*$")
_DIVIDER = re.compile(r"\s{0,8}\|?\s*:?-{1,200}:?\s*(?:\|\s*:?-{1,200}:?\s*)*\|?\s*$")
_BOLD = re.compile(r"\s{0,8}(\*\*|__)(?!\s)([^*_\n]{1,160})\1\s*[:：]?\s*$")
_CLOSED = re.compile(r"(?:[.!?…。！？:：;；][)\"'”’»）」』*_]{0,4}|[\]】])\s*$")
_MARKED_BREAK = re.compile(r"[\]】)](?:  |\\)\s*$")
_MID_SENTENCE = re.compile(r"[a-z,;:.)’”]")
_FRAGMENT = 60
"""A name set apart from its sentence is shorter than this; a paragraph is longer."""
_CELL = re.compile(r"(?<!\\)\|")
_STOPPED = re.compile(r"[.!?…。！？;；,，、]\s*$")

TITLE_LENGTH = 120
"""Longest plain line that can be a heading: four fifths of news headlines have under 90."""


def classify(line: str) -> Line:
    """What one line of Markdown is, taken alone."""
    if match := _HEADING.match(line):
        return Line("heading", match[2], len(match[1]))
    quoted = False
    while match := _QUOTE.match(line):
        line, quoted = line[match.end() :], True
        if len(line) == 0:
            break
    if _RULE.match(line):
        return Line("furniture", "")
    if _ROW.match(line):
        return Line("row", line.strip())
    if match := _ITEM.match(line):
        return Line("item", line[match.end() :].strip())
    return Line("quote" if quoted else "paragraph", line.strip())


def blocks(lines: Sequence[str], taken: frozenset[int], *, plain: bool) -> Iterator[Raw]:
    """Cut a document into blocks, in order.

    Args:
        lines: The document's lines.
        taken: Numbers of lines that are not prose (the reference list); they end a block.
        plain: Whether it is plain text, where a short line without a stop above a longer one is
            a heading.
    """
    wrapped = _hard_wrapped(lines, taken)
    pending: list[str] = []
    role: Role = "paragraph"
    fence = ""
    for number, line in enumerate(lines):
        if fence or _FENCE.match(line):
            yield from _flush(role, pending)
            fence, code = _fenced(fence, line)
            if code:
                yield Raw("code", code)
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        found = Line("furniture", "") if number in taken else classify(line)
        goes_on = bool(pending) and found.role != "item"
        if goes_on and not wrapped:
            after = lines[number + 1].strip() if number + 1 < len(lines) else ""
            goes_on = _goes_on(lines[number - 1], found, after, plain=plain)
        if found.role == "paragraph" and not goes_on and not wrapped:
            found = _heading_like(found, below, first=number == 0, plain=plain)
        if found.role in ("heading", "row", "furniture") or not found.text:
            yield from _flush(role, pending)
            yield from _single(found, header=bool(_DIVIDER.match(below)))
            continue
        if not goes_on:
            yield from _flush(role, pending)
            role = found.role
        pending.append(found.text)
    yield from _flush(role, pending)


def _goes_on(above: str, line: Line, below: str, *, plain: bool) -> bool:
    """Whether a line belongs to the block that the line above it is part of.

    In Markdown it does, unless the line above ends in a marker and a hard break. In plain text a
    line is a paragraph, unless it goes on in mid-sentence: it begins so, or it is a few words set
    apart (a ship's or a newspaper's name in italics on the page it was copied from).
    """
    if _MID_SENTENCE.match(line.text):
        return not plain or not _CLOSED.search(above)
    if not plain:
        return not _MARKED_BREAK.search(above)
    fragment = len(line.text) <= _FRAGMENT and not _STOPPED.search(line.text)
    return fragment and not _CLOSED.search(above) and bool(_MID_SENTENCE.match(below))


def _flush(role: Role, pending: list[str]) -> Iterator[Raw]:
    if pending:
        yield Raw(role, " ".join(pending))
        pending.clear()


def _single(line: Line, *, header: bool) -> Iterator[Raw]:
    if line.role == "row":
        if not _DIVIDER.match(line.text):
            cells = tuple(cell.strip() for cell in _CELL.split(line.text.strip().strip("|")))
            yield Raw("row", line.text, int(header), cells)
    elif line.text:
        yield Raw(line.role, line.text, line.level)


def _fenced(fence: str, line: str) -> tuple[str, str]:
    """The fence that is open after this line ("" for none), and the code on the line."""
    match = _FENCE.match(line)
    if not fence:
        return (match[1] if match else ""), ""
    if match and match[1].startswith(fence) and not line.strip(" `~"):
        return "", ""
    return fence, line.rstrip()


def _heading_like(line: Line, below: str, *, first: bool, plain: bool) -> Line:
    """A short line without a stop above a longer one is a heading; so is a line in bold alone.

    A bold label with text right under it ("**Outlook**", next line its text) opens that text.
    """
    under = below.strip()
    if match := _BOLD.match(line.text):
        if under and classify(below).role == "paragraph":
            return line
        return Line("heading", match[2], 6)
    text = line.text
    if not plain or len(text) > TITLE_LENGTH or _STOPPED.search(text) or "://" in text:
        return line
    opening = text.lstrip("“\"'‘(（").lstrip()[:1]
    if not opening or opening.islower() or len(under) <= max(len(text), 40):
        return line
    return Line("heading", text, 1 if first else 2)


def _hard_wrapped(lines: Sequence[str], taken: frozenset[int]) -> bool:
    """Whether paragraphs are broken into lines of one width (e-mail, man pages, LaTeX).

    Evidence: of the lines that another line follows, most end in mid-sentence and none is longer
    than 100 characters, the widest column that editors wrap at.
    """
    prose = [n for n, line in enumerate(lines) if n not in taken and line.strip()]
    inner = [lines[n].rstrip() for n in prose if n + 1 < len(lines) and lines[n + 1].strip()]
    inner = [line for line in inner if classify(line).role in ("paragraph", "quote", "item")]
    if len(inner) < 3 or max(map(len, inner)) > 100:
        return False
    open_ended = sum(not _CLOSED.search(line) and len(line) >= 50 for line in inner)
    return open_ended * 2 > len(inner)
