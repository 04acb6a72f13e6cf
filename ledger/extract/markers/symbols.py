"""Symbols behind words and stops that lead to a note: "on consultants.* A spokesperson", "less.†".

A star may be emphasis, and "§ 12" a law: a symbol is a marker only where the document has a line
that begins with it, and such a line is a note only where the text has the symbol glued to a word.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from ledger.patterns import later

SYMBOL = r"(?:\*{1,3}|[†‡§¶]{1,3})"
_NOTE_SIGNS = frozenset("*†‡§¶")
_GLUED = later(r"(?<=[\w.,;:!?…)\]\"”’»%])(?P<symbol>(?:\\?\*){1,3}|[†‡§¶]{1,3})(?=[\s.,;:)]|$)")
_RAISED = later(rf"(?:<sup[^<>\n]{{0,100}}>|\[\^)({SYMBOL})(?:</sup>|\])")
_VARIABLE = later(r"(?:^|\W)[A-Za-z]$")
"""Behind one letter a star is a part of it: "the A* search"."""
_STARS = later(r"(?<![\\*])\*{1,3}(?!\*)")
_BULLET_STAR, _NOTE_SIGN = later(r"\*[ \t]+\S"), later(r"[†‡§¶]")
_T = TypeVar("_T", bound=tuple[object, ...])


def is_symbol(label: str | None) -> bool:
    """Whether a label is signs of a note such as "*" and "†"; None is none."""
    return label is not None and not _NOTE_SIGNS.isdisjoint(label[:1])


def without_uncited_symbols(notes: Mapping[int, _T], lines: Sequence[str]) -> dict[int, _T]:
    """The notes by their line, those of symbols only where another line has them behind a word.

    Args:
        notes: Tuples that begin with the labels of a note, by the number of its line.
        lines: Of the document.
    """
    symbols = {number for number, note in notes.items() if is_symbol(_first(note))}
    if not symbols:
        return dict(notes)
    cited = {
        symbol
        for number, line in enumerate(lines)
        if number not in symbols and not _NOTE_SIGNS.isdisjoint(line)
        for symbol in _glued(line)
    }
    return {n: note for n, note in notes.items() if n not in symbols or _first(note) in cited}


def with_note_of_a_star(lines: Sequence[str]) -> Sequence[str]:
    """The lines, "* Roe" as a note's: the one such line, beside a note of another symbol."""
    stars = [n for n, line in enumerate(lines) if line[:1] == "*" and _BULLET_STAR.match(line)]
    if len(stars) != 1:
        return lines
    near = (*lines[max(0, stars[0] - 1) : stars[0]], *lines[stars[0] + 1 : stars[0] + 2])
    if not any(map(_NOTE_SIGN.match, near)):
        return lines
    found = list(lines)
    found[stars[0]] = f"\\{found[stars[0]]}"
    return found


def raise_symbols(raw: str, listed: frozenset[str]) -> str:
    """The text with the symbols of a list set high where they stand behind words."""
    emphasis = _closing_stars(raw) if "*" in raw else frozenset()

    def raised(match: re.Match[str]) -> str:
        symbol = match["symbol"].replace("\\", "")
        known = symbol in listed and match.start() not in emphasis
        known = known and not _VARIABLE.search(raw, max(0, match.start() - 2), match.start())
        return f"<sup>{symbol}</sup>" if known else match[0]

    return _GLUED.sub(raised, raw)


def _first(note: tuple[object, ...]) -> str:
    labels = note[0]
    return str(labels[0]) if isinstance(labels, tuple) and labels else ""


def _glued(line: str) -> list[str]:
    """The symbols that stand behind words of a line, or are set high in it."""
    emphasis = _closing_stars(line) if "*" in line else frozenset()
    glued = (match for match in _GLUED.finditer(line) if match.start() not in emphasis)
    return [*(match["symbol"].replace("\\", "") for match in glued), *_RAISED.findall(line)]


def _closing_stars(raw: str) -> frozenset[int]:
    """Where stars end an emphasis that stars before them began."""
    closing: set[int] = set()
    opened: list[str] = []
    for match in _STARS.finditer(raw):
        before, behind = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
        if match[0] in opened and not before.isspace():
            opened.remove(match[0])
            closing.add(match.start())
        elif behind and not behind.isspace() and not before.isalnum() and before != "^":
            opened.append(match[0])
    return frozenset(closing)
