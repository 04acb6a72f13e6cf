"""Lines of Markdown or plain text -> blocks of characters with a role.

Exports of answers and copied articles are not CommonMark: a line is a block there, a rule under
a paragraph is a rule and no heading, an indented line is a list item and no code, and a numbered
reference list is no link definition. So blocks are read line by line; docs/decisions has why.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.document import Role
from ledger.extract.bold_lines import BOLD, ends_as_sentence, numbered_title
from ledger.extract.classify import (
    FOLDED,
    LEAST_HEADING,
    NO_PROSE,
    QUOTES,
    Line,
    classify,
    is_closed,
)
from ledger.extract.columns import hard_wrapped
from ledger.extract.counters import counters
from ledger.extract.displays import displays
from ledger.extract.fences import fences
from ledger.extract.front.first_line import title_line
from ledger.extract.front.part_names import names_part
from ledger.extract.interface import above_report, captions, is_interface, is_of_contents
from ledger.extract.joined_lines import joined
from ledger.letters import is_small
from ledger.patterns import later


class Raw(NamedTuple):
    """A block before its markers are cut out.

    Attributes:
        role: As `document.Role`.
        text: Its characters, its lines joined; of a row with bars between the cells.
        level: A heading's depth; 1 for the header row of a table; else 0.
        cells: Of a row.
        line: The number of the line that it ends before, counted from 0.
    """

    role: Role
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    line: int = 0


_BADGE = later(r"\[!\[[^\[\]\n]{0,100}\]\([^()\n]{0,400}\)\]\([^()\n]{0,400}\)")
"""A picture that is a link: beside a heading it says how the tests of a program went."""
_DIVIDER = later(r"\s{0,8}+\|?+\s*+:?+-{1,5000}+:?+\s*+(?:\|\s*+:?+-{1,5000}+:?+\s*+)*+\|?+\s*+$")
_BOLD_MARKS = frozenset("*_")
_LABELLED = later(r"\*\*[^\s*][^*\n]{0,40}(?::\*\*|\*\*\s?:)")
"""How a line of a card begins, "**Source:** [1]": each is a block of its own."""
_MARKED_BREAK = later(r"(?:[\]】)](?:</a>)?(?:</sup>)?|</sup>)(?:  |\\)\s*$")
_MARKED_FOR_STOP = later(r"[^\W_]\s?(?:\[\^?[0-9][0-9, –-]{0,20}\]\s?){1,6}$")
"""How a line ends in which a marker stands for the stop: "Rents rose [1]"."""
_WIDEST_MARKERS = 80
"""Characters at the end of a line in which those markers stand. Chosen, for some fifteen."""
_LONGEST_GROUP = 80
"""Characters of an item that is the title of the paragraph below it. Chosen; it is a name."""
_TARGETS = later(r"\]\([^\s()]{1,2000}+\)")
_MID_SENTENCE = later(r"[a-z,;:.)’”]|\[[0-9][0-9,; –-]{0,20}\]\s?[.,;:]")
_MARKED_MID_SENTENCE = later(r"\[[0-9][0-9,; –-]{0,20}\]\s([^\W\d_]{1,30})[\s,;]")
_SIGNATURE = later(r"(?:—|―|--)\s?[^\W\d_a-z]")
_QUOTED = later(r"[\"”’»」』]\s*$")
_LEADS_ON, _LONGEST_WORD = (
    later(
        r"[^\W_],?\s(?:in|of|the|a|an|and|or|by|from|to|with|for|at|on|than|into|as|that|"
        r"which|its|their|der|die|das|den|dem|"
        r"und|von|im|mit|de|la|le|les|des|du|et|en|el|los|las|y|del|di|il|e|и|в|на|с|от|до|та|у|з)\s*$"
    ),
    10,
)
"""Words that no line of prose and no heading ends with, and characters they have at most."""
_FRAGMENT = 60
"""A name set apart from its sentence is shorter than this; a paragraph is longer."""
_CELL_TOKEN = later(r"\\.|(`{1,3}+)[^`\n]{1,2000}+\1(?!`)|`+|[^\\`|]++|(?P<bar>\|)|\\$")
_BLANK_ROW = "| \t"
_NAMES_COLUMN = later(r"[*_]{0,3}[^\W\d_][^\[\]|.。!！?？;；]{0,50}[*_]{0,3}")
"""A cell that may name a column: some words, without a stop and a marker."""
_BEFORE_BREAK = frozenset(".,;!?)")
"""What may stand before a stroke back that ends a paragraph, which breaks no line."""
_STOPPED = later(r"[.!?…。！？;；,，、]\s*$")
_STOPPED_AND_CITED = later(
    r"[^\W\d_)%\"”’»](?:[.!?]|(?<=[a-z)]),)[)\"”’»]?\s?[\[(]?[0-9]{1,3}(?:[,–-]\s?[0-9]{1,3}){0,5}[\])]?\s*$"
)
"""How a line ends that cites behind its stop: "of it.”2"; no version does, "Gates 3.1"."""

TITLE_LENGTH = 120
"""Longest plain line that can be a heading: four fifths of news headlines have under 90."""
_CITES_WITHIN = later(
    r"[^\W\d_)][.!?]\s?\[\^?[0-9]{1,3}\]\s[^\W\d_]|[^\W\d_]{3}\.[0-9]{1,3}\s[^\W\d_a-z]"
)
"""A sentence that ends and cites, before another one."""


def blocks(lines: Sequence[str], taken: frozenset[int], *, plain: bool) -> Iterator[Raw]:
    """Cut a document into blocks, in order.

    Args:
        lines: The document's lines.
        taken: Numbers of lines that are not prose (the reference list); they end a block.
        plain: Whether it is plain text, where a short line without a stop above a longer one is
            a heading.
    """
    wrapped = hard_wrapped(lines, taken)
    code = fences(lines) | dict.fromkeys(displays(lines), True)
    counted = counters(lines)
    title = title_line(lines, taken) if plain else None
    above = {above_report(lines, taken), *captions(lines)}
    pending: list[str] = []
    role: Role = "paragraph"
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=False)):
        if not line:
            if pending:
                yield from _flush(role, pending, number)
            continue
        if number in code:
            yield from _flush(role, pending, number)
            if code[number] and line.strip():
                yield Raw("code", line.rstrip(), line=number + 1)
            continue
        found = NO_PROSE if number in taken else _classified(line, counted=number in counted)
        found = numbered_title(lines, number) or found if found.role == "item" else found
        found = _titled(found) if number == title else found
        found = Line("furniture", found.text) if number in above else found
        goes_on = bool(pending) and found.role != "item" and not _interrupts(lines, number, pending)
        if goes_on and not wrapped:
            goes_on = _goes_on(lines[number - 1], found, below.strip(), plain=plain)
            headed = goes_on and role == "item" and _is_headed_by(pending, line)
            goes_on = goes_on and not headed
            yield from _flush("heading", pending if headed else [], number)
        may_head = found.role == "paragraph" and (
            plain or found.text[:1] in _BOLD_MARKS or _heads_part(found.text, below)
        )
        if may_head and _is_apart(lines, number, wrapped, goes_on=goes_on, plain=plain):
            found = _heading_like(found, below, first=number == 0, plain=plain)
        if found.role in ("heading", "row", "furniture") or not found.text:
            yield from _flush(role, pending, number)
            header = found.role == "row" and _is_header(lines, number)
            yield from _single(found, number + 1, header=header)
            continue
        if not goes_on:
            yield from _flush(role, pending, number)
            role = found.role
        text = found.text
        pending.append(_without_break(text, below) if not plain and text[-1:] == "\\" else text)
    yield from _flush(role, pending, len(lines))


def _without_break(text: str, below: str) -> str:
    """A line of Markdown that ends in a stroke back, without it where it breaks the line.

    One before an option is of a command, and one beside others of a formula.
    """
    under = below.strip()
    goes_on = under[0] != "-" if under else text[-2:-1].isalnum() or text[-2:-1] in _BEFORE_BREAK
    breaks = text.count("\\") == 1 and goes_on
    return text[:-1].rstrip() if breaks else text


def _classified(line: str, *, counted: bool) -> Line:
    """What a line is; what a service shows around an answer is furniture."""
    found = classify(line, counted=counted)
    shown = found.text and (is_interface(found.text) or is_of_contents(line))
    return Line("furniture", found.text) if shown else found


def _titled(line: Line) -> Line:
    return Line("heading", line.text, 1) if line.role == "paragraph" else line


def _interrupts(lines: Sequence[str], number: int, pending: Sequence[str]) -> bool:
    """Whether this line ends the block of those pending: it begins a quotation, or is labelled."""
    line = lines[number]
    if line[:2] == "**" and _LABELLED.match(line):
        return bool(_LABELLED.match(pending[0]))
    return ">" in line and bool(QUOTES.match(line)) and not QUOTES.match(lines[number - 1])


def _goes_on(above: str, line: Line, below: str, *, plain: bool) -> bool:
    """Whether a line belongs to the block that the line above it is part of.

    In Markdown it does, unless the line above ends in a marker and a hard break, or both end in
    markers. In plain text a line is a paragraph, unless it goes on in mid-sentence: it begins so,
    or it is a few words set apart (a ship's or a newspaper's name in italics on the page it was
    copied from).
    """
    if _is_mid_sentence(line.text) or _is_marked_mid_sentence(line.text, above):
        return not plain or not is_closed(above)
    if not plain:
        return not (_MARKED_BREAK.search(above) or _are_marked(above, line.text))
    if _SIGNATURE.match(line.text) and _QUOTED.search(above):
        return True  # whose words they are
    if len(above) > _FRAGMENT and _LEADS_ON.search(above, len(above) - _LONGEST_WORD):
        return True
    fragment = len(line.text) <= _FRAGMENT and not _STOPPED.search(line.text)
    return fragment and not is_closed(above) and _is_mid_sentence(below)


def _is_headed_by(pending: Sequence[str], line: str) -> bool:
    """Whether a long line at the margin is a paragraph, and the item above it its title."""
    if len(pending) > 1 or len(line) <= TITLE_LENGTH or not (line[0].isalpha() or line[0] in "*“"):
        return False
    if len(_TARGETS.sub("]", line)) <= TITLE_LENGTH:
        return False
    title = len(pending[0]) <= _LONGEST_GROUP and not is_closed(pending[0])
    return title and pending[0][-1:] not in ",;" and not _is_mid_sentence(line)


def _are_marked(above: str, line: str) -> bool:
    """Whether each of two lines ends in markers, and neither needs the other."""
    if above[-1:] != "]" or line[-1:] != "]" or not line[:1].isupper():
        return False
    return all(
        _MARKED_FOR_STOP.search(each, max(0, len(each) - _WIDEST_MARKERS)) for each in (above, line)
    )


def _is_mid_sentence(text: str) -> bool:
    return is_small(text[:1]) or bool(_MID_SENTENCE.match(text))


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
    if above.strip() and not is_closed(above):
        return False
    below = lines[number + 1] if number + 1 < len(lines) else ""
    word = below.strip().partition(" ")[0]
    return (len(lines[number].rstrip()) + 1 + len(word)) * 5 < column * 4


def _flush(role: Role, pending: list[str], number: int) -> Sequence[Raw]:
    """The lines that are pending, as one block if there are any; none is pending then."""
    if not pending:
        return ()
    text = joined(pending) if len(pending) > 1 else pending[0]
    pending.clear()
    return (tuple.__new__(Raw, (role, text, 0, (), number)),)


def _single(line: Line, end: int, *, header: bool) -> Sequence[Raw]:
    """A line that is a block of its own; none for one that shows nothing.

    The end of what was folded away is one: it ends a section.
    """
    text = line.text
    if line.role == "row":
        if _DIVIDER.match(text):
            return ()
        return (Raw("row", text, int(header), _cells(text), end),)
    if line.role == "heading" and "[![" in text:
        text = _BADGE.sub("", text).strip() or text
    if not text and line is not FOLDED:
        return ()
    return (tuple.__new__(Raw, (line.role, text, line.level, (), end)),)


def _is_header(lines: Sequence[str], number: int) -> bool:
    """Whether a row stands above the divider of its table, or below it where nothing stands above.

    So a table is pasted whose first row was no header. A pair of cells may be a name and its value,
    and so may more of them where the next row has nothing but such words. Some exports set a
    divider below each row: then only the first is a header.
    """
    parted = number > 1 and "|" in lines[number - 2] and _DIVIDER.match(lines[number - 1])
    bare = parted and not lines[number - 2].strip(_BLANK_ROW)
    if number + 1 < len(lines) and _DIVIDER.match(lines[number + 1]):
        return not parted or bool(bare) or "|" not in lines[number - 1]
    if not bare:
        return False
    cells, *below = (_cells(row) for row in lines[number : number + 2])
    if len(cells) < 3 or not all(map(_NAMES_COLUMN.fullmatch, cells)):
        return False
    return not all(_NAMES_COLUMN.fullmatch(cell) for row in below for cell in row if cell)


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
            parts.append(token[0].replace("\\|", "|") if token[1] else token[0])
    cells[-1] = "".join(parts).strip()
    return tuple(cells)


def _heads_part(text: str, below: str) -> bool:
    """Whether a line names a part, and nothing else: "Conclusion", next line its text."""
    return text[-1:].isalpha() and names_part(text) and classify(below).role == "paragraph"


def _heading_like(line: Line, below: str, *, first: bool, plain: bool) -> Line:
    """A short line without a stop above a longer one is a heading; so is a line in bold alone.

    A bold label with text right under it ("**Outlook**", next line its text) opens that text.
    """
    text = line.text
    if not plain and text[:1] not in _BOLD_MARKS:
        return Line("heading", text, LEAST_HEADING)
    if text[:1] in _BOLD_MARKS and (match := BOLD.match(text)):
        if below.strip() and classify(below).role == "paragraph":
            return line
        if ends_as_sentence(match[2]):
            return line
        return Line("heading", match[2], LEAST_HEADING)
    if not plain or len(text) > TITLE_LENGTH or "://" in text:
        return line
    if _STOPPED.search(text) or _STOPPED_AND_CITED.search(text) or _CITES_WITHIN.search(text):
        return line
    under = below.strip()
    opening = text.lstrip("“\"'‘(（").lstrip()[:1]
    if not opening or is_small(opening) or len(under) <= max(len(text), 40):
        return line
    if is_small(under[0]):
        return line  # a sentence that was broken into lines
    return Line("heading", text, 1 if first else 2)
