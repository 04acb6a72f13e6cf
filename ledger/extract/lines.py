"""Lines of Markdown or plain text -> blocks of characters with a role.

Exports of answers and copied articles are not CommonMark: a line is a block there, a rule under
a paragraph is a rule and no heading, an indented line is a list item and no code, and a numbered
reference list is no link definition. So blocks are read line by line; docs/decisions has why.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from ledger.model import Role
from ledger.patterns import later


class Line(NamedTuple):
    """One line without its indent and marks. `level` is a heading's depth, else 0."""

    role: Role
    text: str
    level: int = 0


class Raw(NamedTuple):
    """A block before its markers are cut: role, characters, cells of a row.

    `level` is a heading's depth, and 1 for the header row of a table; `line` the number of the
    line that it ends before, counted from 0.
    """

    role: Role
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    line: int = 0


_NO_PROSE = Line("furniture", "")
_QUOTES = later(r"(?:\s{0,8}+>)++\s?")
_CALLOUT = later(r"\[![A-Za-z-]{2,30}\][+-]?\s*+(.*)$")
"""The head of a quotation that is set apart: "> [!info] Status"."""
_HEADING = later(r"\s{0,3}(#{1,6})\s++(\S.*)?$")
_BULLET = later(r"\s{0,40}[-*+•‣◦▪●–]\s++(?:\[[ xX]\]\s++)?(?=\S)")
"""A bullet, with the box of a task list: an empty one is no lost citation."""
_BULLETS, _RULES = frozenset("-*+•‣◦▪●–"), frozenset("-*_=")
"""First characters of items, and of rules."""
_COUNTER = later(
    r"(?P<indent>\s{0,40})(?P<mark>\*\*)?(?P<open>\(?)"
    r"(?:(?P<number>[0-9]{1,3})|(?(mark)(?!)|(?P<letter>[a-zA-Z])))"
    r"(?:(?P<close>[.)])\s++(?=\S)|(?<=[0-9])、\s*+(?=[^\s0-9]))"
)
_COUNTS_NOTHING = frozenset('#|-+•[<>!_`“"')
_RULE = later(
    r"\s{0,3}(?:(?:-\s*+){3,100}+|(?:\*\s*+){3,100}+|(?:_\s*+){3,100}+|(?:=\s*+){3,100}+|--\s?)$"
)
"""A line drawn across, or the one that a mail has above its signature."""
_FENCE = later(r"\s{0,40}(?P<fence>`{3,}+(?=[^`]*$)|~{3,}+)(?P<info>.*)$")
_ROW = later(r"\s{0,8}\|.*\|\s*$")
_DIVIDER = later(r"\s{0,8}+\|?+\s*+:?+-{1,200}+:?+\s*+(?:\|\s*+:?+-{1,200}+:?+\s*+)*+\|?+\s*+$")
_BOLD = later(r"\s{0,8}(\*\*|__)(?!\s)([^*_\n]{1,160})\1\s*+[:：]?+\s*+$")
_BOLD_MARKS = frozenset("*_")
_CLOSED = later(r"(?:[.!?…。！？:：;；][)\"'”’»）」』*_]{0,4}|[\]】])\s*$")
_MARKED_BREAK = later(r"[\]】)](?:  |\\)\s*$")
_MID_SENTENCE = later(r"[a-z,;:.)’”]|\[[0-9][0-9,; –-]{0,20}\]\s?[.,;:]")
_MARKED_MID_SENTENCE = later(r"\[[0-9][0-9,; –-]{0,20}\]\s([^\W\d_]{1,30})[\s,;]")
_SIGNATURE = later(r"(?:—|―|--)\s?[^\W\d_a-z]")
_QUOTED = later(r"[\"”’»」』]\s*$")
_LEADS_ON, _LONGEST_WORD = (
    later(
        r"[^\W_],?\s(?:in|of|the|a|an|and|or|by|from|to|with|for|at|on|than|into|der|die|das|den|dem|"
        r"und|von|im|mit|de|la|le|les|des|du|et|en|el|los|las|y|del|di|il|e|и|в|на|с|от|до|та|у|з)\s*$"
    ),
    10,
)
"""Words that no line of prose and no heading ends with, and characters they have at most."""
_FRAGMENT = 60
"""A name set apart from its sentence is shorter than this; a paragraph is longer."""
_CELL_TOKEN = later(r"\\.|(`{1,3}+)[^`\n]{1,2000}+\1(?!`)|`+|[^\\`|]++|(?P<bar>\|)|\\$")
_WIDEST_COLUMN, _FEWEST_WRAPPED, _SHOW_HABIT = 100, 3, 2_000
"""Characters of the widest column that editors wrap at, and lines that show such a habit: the
fewest, and the most that are looked at."""
_NARROWEST, _FEWEST_BROKEN = 28, 5
"""Characters of the narrowest column of a printed page, and broken lines that show one."""
_SIBLING_NUMBERS, _SIBLING_LETTERS = 60, 12
"""In how many lines the next item of a list is found: items have paragraphs of their own."""
_STOPPED = later(r"[.!?…。！？;；,，、]\s*$")

TITLE_LENGTH = 120
"""Longest plain line that can be a heading: four fifths of news headlines have under 90."""


def classify(line: str, *, counted: bool = True) -> Line:
    """What one line of Markdown is, taken alone.

    Args:
        line: The line.
        counted: Whether a number or letter that opens it is an item's; `counters` knows.
    """
    bare = line.strip()
    first = bare[:1]
    if first.isalpha() and bare[1:2] not in (".", ")"):
        return Line("paragraph", bare)  # most lines: a letter that counts nothing begins no mark
    if first == "#" and (match := _HEADING.match(line)):
        return Line("heading", _without_closing_run(match[2] or ""), len(match[1]))
    quote = _QUOTES.match(line) if first == ">" else None
    if quote:
        line = line[quote.end() :]
        first = line.lstrip()[:1]
        if match := _CALLOUT.match(line):
            return Line("furniture", match[1])
    if first in _RULES and _RULE.match(line):
        return _NO_PROSE
    if first == "|" and _ROW.match(line):
        return Line("row", line.strip())
    bullet = _BULLET.match(line) if first in _BULLETS else None
    if match := bullet or (_COUNTER.match(line) if counted else None):
        return Line("item", line[match.end() :].strip())
    return Line("quote" if quote else "paragraph", line.strip())


def _without_closing_run(title: str) -> str:
    """A heading's text without the "##" that closes it, which has a space before it: not "C#"."""
    title = title.rstrip()
    kept = title.rstrip("#")
    return kept.rstrip() if not kept or kept[-1].isspace() else title


def fences(lines: Sequence[str]) -> dict[int, bool]:
    """The lines of fenced code: False for the two fences, True for what is between them.

    As CommonMark has it, an info string behind backticks holds none ("```rm``` is deadly" is
    prose). A fence that nothing closes opens no code: what follows it is not lost.
    """
    text = "\n".join(lines)
    # One character is found ten times as fast as three.
    if not (("`" in text and "```" in text) or ("~" in text and "~~~" in text)):
        return {}
    marks = [_FENCE.match(line) if "```" in line or "~~~" in line else None for line in lines]
    longest = _longest_closing(marks)
    found: dict[int, bool] = {}
    open_with = ""
    for number, match in enumerate(marks):
        fence = match["fence"] if match else ""
        if open_with:
            closes = bool(match) and fence.startswith(open_with) and _closes(match)
            found[number] = not closes
            open_with = "" if closes else open_with
        elif match and longest[fence[0]][number + 1] >= len(fence):
            found[number] = False
            open_with = fence
        elif match and len(match["info"].split()) <= 1:
            found[number] = False
    return found


def _closes(match: re.Match[str] | None) -> bool:
    return match is not None and not match["info"].strip()


def _longest_closing(marks: Sequence[re.Match[str] | None]) -> dict[str, list[int]]:
    """For each line, the longest fence at or below it that can close one, by its character."""
    longest = {char: [0] * (len(marks) + 1) for char in "`~"}
    for number in range(len(marks) - 1, -1, -1):
        match = marks[number]
        for char, lengths in longest.items():
            own = len(match["fence"]) if match and _closes(match) and char in match["fence"] else 0
            lengths[number] = max(lengths[number + 1], own)
    return longest


def counters(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that a counter makes items: "2." of a list, not of "2. Mai 1945".

    A counter is known by its bracket, bold type or indent, by another one that counts on from it
    nearby, or by an item on the next line with text. An initial ("J. K. Rowling") has none.
    """
    bare = [
        line[quote.end() :] if ">" in line and (quote := _QUOTES.match(line)) else line
        for line in lines
    ]
    may_count = [number for number, line in enumerate(bare) if line and _may_count(line)]
    marks = {number: match for number in may_count if (match := _COUNTER.match(bare[number]))}
    if not marks:
        return frozenset()
    found = {number for number, match in marks.items() if _marked(match)}
    for step in (1, -1):
        seen: dict[tuple[str, int], int] = {}
        for number in sorted(marks, reverse=step < 0):
            kind, value = _count(marks[number])
            width = _SIBLING_NUMBERS if kind == "number" else _SIBLING_LETTERS
            near = seen.get((kind, value - step))
            if near is not None and abs(near - number) <= width:
                found.add(number)
            seen[kind, value] = number
    filled = [number for number, line in enumerate(bare) if line and not line.isspace()]
    for one, other in pairwise(filled):
        if one in marks or other in marks:
            found.update(_beside_items(bare, marks, one, other))
    return frozenset(found)


def _may_count(line: str) -> bool:
    """Whether a line can begin with a counter: by its first two characters, most cannot."""
    first = line[0]
    return line[1:2] in (".", ")") if first.isalpha() else first not in _COUNTS_NOTHING


def _beside_items(
    bare: Sequence[str], marks: Mapping[int, re.Match[str]], *lines: int
) -> Iterator[int]:
    """Which of two neighbouring lines has a number that an item on the other one confirms."""
    for one, other in (lines, lines[::-1]):
        if one in marks and marks[one]["number"]:
            same = other in marks and marks[other]["number"] == marks[one]["number"]
            if same or _BULLET.match(bare[other]):
                yield one


def _marked(match: re.Match[str]) -> bool:
    """Whether a counter is one by its own looks."""
    indented = match["number"] and len(match["indent"]) > 1
    return bool(match["close"] == ")" or match["open"] or match["mark"] or indented)


def _count(match: re.Match[str]) -> tuple[str, int]:
    if match["number"]:
        return "number", int(match["number"])
    return "capital" if match["letter"].isupper() else "letter", ord(match["letter"])


def blocks(lines: Sequence[str], taken: frozenset[int], *, plain: bool) -> Iterator[Raw]:
    """Cut a document into blocks, in order.

    Args:
        lines: The document's lines.
        taken: Numbers of lines that are not prose (the reference list); they end a block.
        plain: Whether it is plain text, where a short line without a stop above a longer one is
            a heading.
    """
    wrapped = _hard_wrapped(lines, taken)
    code, counted = fences(lines), counters(lines)
    pending: list[str] = []
    role: Role = "paragraph"
    for number, line in enumerate(lines):
        if not line:
            if pending:
                yield from _flush(role, pending, number)
            continue
        if number in code:
            yield from _flush(role, pending, number)
            if code[number] and line.strip():
                yield Raw("code", line.rstrip(), line=number + 1)
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        found = _NO_PROSE if number in taken else classify(line, counted=number in counted)
        goes_on = bool(pending) and found.role != "item" and not _interrupts(lines, number)
        if goes_on and not wrapped:
            goes_on = _goes_on(lines[number - 1], found, below.strip(), plain=plain)
        may_head = found.role == "paragraph" and (plain or found.text[:1] in _BOLD_MARKS)
        if may_head and _is_apart(lines, number, wrapped, goes_on=goes_on, plain=plain):
            found = _heading_like(found, below, first=number == 0, plain=plain)
        if found.role in ("heading", "row", "furniture") or not found.text:
            yield from _flush(role, pending, number)
            yield from _single(found, number + 1, below)
            continue
        if not goes_on:
            yield from _flush(role, pending, number)
            role = found.role
        pending.append(found.text)
    yield from _flush(role, pending, len(lines))


def _interrupts(lines: Sequence[str], number: int) -> bool:
    """Whether a quotation begins with this line: it ends the paragraph above."""
    line = lines[number]
    return ">" in line and bool(_QUOTES.match(line)) and not _QUOTES.match(lines[number - 1])


def _goes_on(above: str, line: Line, below: str, *, plain: bool) -> bool:
    """Whether a line belongs to the block that the line above it is part of.

    In Markdown it does, unless the line above ends in a marker and a hard break. In plain text a
    line is a paragraph, unless it goes on in mid-sentence: it begins so, or it is a few words set
    apart (a ship's or a newspaper's name in italics on the page it was copied from).
    """
    if _is_mid_sentence(line.text) or _is_marked_mid_sentence(line.text, above):
        return not plain or not _CLOSED.search(above)
    if not plain:
        return not _MARKED_BREAK.search(above)
    if _SIGNATURE.match(line.text) and _QUOTED.search(above):
        return True  # whose words they are
    if len(above) > _FRAGMENT and _LEADS_ON.search(above, len(above) - _LONGEST_WORD):
        return True
    fragment = len(line.text) <= _FRAGMENT and not _STOPPED.search(line.text)
    return fragment and not _CLOSED.search(above) and _is_mid_sentence(below)


def _is_mid_sentence(text: str) -> bool:
    return text[:1].islower() or bool(_MID_SENTENCE.match(text))


def _is_marked_mid_sentence(text: str, above: str) -> bool:
    """Whether a line begins with a marker of the sentence above; an entry has others above."""
    match = _MARKED_MID_SENTENCE.match(text) if text[:1] == "[" else None
    return match is not None and match[1].islower() and above.lstrip()[:1] != "["


def _is_apart(
    lines: Sequence[str], number: int, column: int, *, goes_on: bool, plain: bool
) -> bool:
    """Whether a line can be a heading by its place: it goes on with nothing.

    One of wrapped text ends where more of the next would have fitted, and nothing stands above it,
    or a line that ends its sentence.
    """
    if not column or not plain:
        return not column and not goes_on
    above = lines[number - 1] if number else ""
    if above.strip() and not _CLOSED.search(above):
        return False
    below = lines[number + 1] if number + 1 < len(lines) else ""
    word = below.strip().partition(" ")[0]
    return (len(lines[number].rstrip()) + 1 + len(word)) * 5 < column * 4


def _flush(role: Role, pending: list[str], number: int) -> Sequence[Raw]:
    """The lines that are pending, as one block if there are any; none is pending then."""
    if not pending:
        return ()
    raw = Raw(role, " ".join(pending), 0, (), number)
    pending.clear()
    return (raw,)


def _single(line: Line, end: int, below: str) -> Sequence[Raw]:
    """A line that is a block of its own; none for one that shows nothing."""
    if line.role == "row":
        if _DIVIDER.match(line.text):
            return ()
        header = _DIVIDER.match(below) is not None
        return (Raw("row", line.text, int(header), _cells(line.text), end),)
    return (Raw(line.role, line.text, line.level, (), end),) if line.text else ()


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a row; a bar that is escaped or in code parts none."""
    cells = [""]
    inner = row.strip().removeprefix("|").removesuffix("|")
    parts: list[str] = []
    for token in _CELL_TOKEN.finditer(inner):
        if token["bar"]:
            cells[-1] = "".join(parts).strip()
            cells.append("")
            parts.clear()
        else:
            parts.append(token[0])
    cells[-1] = "".join(parts).strip()
    return tuple(cells)


def _heading_like(line: Line, below: str, *, first: bool, plain: bool) -> Line:
    """A short line without a stop above a longer one is a heading; so is a line in bold alone.

    A bold label with text right under it ("**Outlook**", next line its text) opens that text.
    """
    text = line.text
    if text[:1] in _BOLD_MARKS and (match := _BOLD.match(text)):
        if below.strip() and classify(below).role == "paragraph":
            return line
        return Line("heading", match[2], 6)
    if not plain or len(text) > TITLE_LENGTH or _STOPPED.search(text) or "://" in text:
        return line
    under = below.strip()
    opening = text.lstrip("“\"'‘(（").lstrip()[:1]
    if not opening or opening.islower() or len(under) <= max(len(text), 40):
        return line
    if under[0].islower():
        return line  # a sentence that was broken into lines
    return Line("heading", text, 1 if first else 2)


def _is_prose(line: str) -> bool:
    return classify(line).role in ("paragraph", "quote", "item")


def _hard_wrapped(lines: Sequence[str], taken: frozenset[int]) -> int:
    """How long lines are where paragraphs are broken into lines of one width; else 0.

    E-mail, man pages and LaTeX are.

    Evidence: of the lines that another line follows, most end in mid-sentence and none is longer
    than 100 characters, the widest column that editors wrap at. The first of them show the habit.
    """
    followed = (n for n in range(len(lines) - 1) if lines[n + 1] and lines[n] and n not in taken)
    first = islice(followed, _SHOW_HABIT)
    inner = [lines[n].rstrip() for n in first if lines[n + 1].strip() and lines[n].strip()]
    if any(len(line) > _WIDEST_COLUMN and _is_prose(line) for line in inner):
        return 0
    inner = [line for line in inner if _is_prose(line)]
    if len(inner) < _FEWEST_WRAPPED:
        return 0
    open_ended = sorted(len(line) for line in inner if len(line) >= 50 and not _CLOSED.search(line))
    if len(open_ended) * 2 > len(inner):
        return open_ended[len(open_ended) // 2]
    return _narrow_column(lines, taken) if not open_ended else 0


def _narrow_column(lines: Sequence[str], taken: frozenset[int]) -> int:
    """The same for a column of a printed page, where verses are as short; else 0.

    Lines of verse begin with capitals and differ in length: sentences that are broken do not.
    """
    pairs = [
        (lines[n].rstrip(), lines[n + 1].lstrip())
        for n in range(min(len(lines) - 1, _SHOW_HABIT))
        if n not in taken and lines[n].strip() and lines[n + 1].strip() and _is_prose(lines[n])
    ]
    broken = [(len(above), below) for above, below in pairs if not _CLOSED.search(above)]
    if len(broken) < _FEWEST_BROKEN or len(broken) * 2 < len(pairs):
        return 0
    widest = max(length for length, _ in broken)
    even = sum(length * 4 >= widest * 3 for length, _ in broken)
    going_on = sum(not below[:1].isupper() for _, below in broken)
    if widest < _NARROWEST or even * 4 < len(broken) * 3 or going_on * 2 < len(broken):
        return 0
    return sorted(length for length, _ in broken)[len(broken) // 2]
