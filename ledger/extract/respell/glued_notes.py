"""Numbers joined to words, with the notes at the end of the text -> footnotes of Markdown.

Converters to plain text lose that a number was raised: "In Smith,2 however, the water3 was cold".
Such a number proves nothing by itself. They are markers where the text ends with notes that count
from 1 without a gap, and has each of their numbers joined to a word, in the same order.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from ledger.extract.lists.heads import is_head
from ledger.extract.markers.carried_glued import GOES_ON
from ledger.extract.markers.doubtful import MONTHS
from ledger.extract.markers.numbers import SUPERS
from ledger.letters import holds
from ledger.patterns import later

_NOTE = later(
    r"\s{0,4}([0-9]{1,3})(?:[.)]?\s{1,4}|(?=[A-Z]))(?=[^\W\d_]|[\"“„«(§]|[0-9]{1,4}\s[A-Z])(\S.{5,})$"
)
_OTHER_FIRST = later(r"\s{0,4}(?:[-*+]\s)?(?:\*\*)?(?:\\?\[1\\?\]|\(1\)|\|\s?\[?1\]?\s?\||¹|①)")
_FIRST = later(r"\n[^\S\n]{0,4}1")
"""How the first of them begins, or what looks like it."""
_GLUED = later(
    r"(?:(?<=[^\W\d_]{2})|(?<=[.!?;,:%)»”“\"’'…])|(?<=(?:1[5-9]|20)[0-9]{2}))"
    r"(?:(?<!(?<![0-9]{3})[0-9],)|(?<=[a-z] [0-9],)|(?<=[a-z] [0-9]{2},))"
    r"(?<![0-9]\.(?=[0-9]{1,3}\s[a-zà-ÿа-я]))([1-9][0-9]{0,2})"
    r"(?![\w%°/]|[.,:][0-9]|-[^\W\d_])"
)
"""Behind a word, what closes one, a stop or a year; no part of a figure: "3,1 Mio.". A comma behind
the day of a month is none of a figure, either: "On May 7,3 he"."""
_DAY, _LONGEST_DAY = later(r"(?<![^\W_])(?P<month>[A-Z][a-z]{2,8}) [0-9]{1,2},\Z"), 13
_IN_FIGURE = later(r"(?<![0-9])[0-9]{1,2},\Z")
_TOKEN = later(r"(?<![^\W_])[^\W\d_]{1,24}[0-9]{1,3}(?![^\W_])")
_OTHERWISE = later(r"\[(?:\^|[a-z]{2,12}:\s?)?[0-9]|<sup|\^[0-9]")
_RAISED = later(r"(?<=[^\s⁰¹²³⁴-⁹])([¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2})(?![⁰¹²³⁴-⁹⁻⁺])")
_FEWEST, _LONGEST_NOTE = 3, 40
"""Notes that are a proof, and lines of one."""
_MOST = 2_000
"""Numbers of a text that are looked at for those that count the notes: tables may have any number.
Chosen, for the time."""


def with_glued_notes(text: str) -> str:
    """The text, its closing notes and the numbers glued to its words as footnotes: "[^1]".

    As it is where one of the notes has no such number, or the text cites in another way.
    """
    if not (text.startswith("1") or holds(text, "\n1")):
        return text
    begun = _FIRST.search(f"\n{text}")
    if begun and _OTHERWISE.search(text, 0, max(0, begun.start() - 1)):
        return text  # as most
    lines = text.split("\n")
    first = _first_note(lines)
    if first is None:
        return text
    above = "\n".join(lines[:first])
    if _OTHERWISE.search(above):
        return text
    notes = _numbered(lines, first)
    pattern = _RAISED if _RAISED.search(above) else _GLUED
    places = _in_turn(above, len(notes), pattern) if len(notes) >= _FEWEST else None
    if places is None:
        return text
    pieces: list[str] = []
    done = 0
    rounded = lines[first].lstrip()[1:2] == ")"  # "1) Roe. Dams." is "fell.1)" in the text
    for number, (begin, end) in enumerate(places, 1):
        pieces += (above[done:begin], f"[^{number}]")
        done = end + (rounded and above[end : end + 1] == ")")
    pieces.append(above[done:])
    for number, note in notes.items():
        lines[number] = f"[^{note[1]}]: {note[2]}"
    return "\n".join(("".join(pieces), *lines[first:]))


def _first_note(lines: Sequence[str]) -> int | None:
    """The line of note 1 of those that close the text; None where a head is above it, or none."""
    for number in range(len(lines) - 1, -1, -1):
        match = _NOTE.match(lines[number])
        if match and match[1] == "1":
            above = next((lines[n] for n in range(number - 1, -1, -1) if lines[n].strip()), "")
            return number if above and not is_head(above) and "\n".join(lines[:number]) else None
    return None


def _numbered(lines: Sequence[str], first: int) -> dict[int, re.Match[str]]:
    """The lines from the first on that begin with the next number; none where one is missing."""
    found: dict[int, re.Match[str]] = {}
    last = first
    for number in range(first, len(lines)):
        match = _NOTE.match(lines[number])
        due = len(found) + 1
        if match and int(match[1]) == due:
            found[number] = match
            last = number
        elif number - last > _LONGEST_NOTE or _begins_list(lines[number]):
            return {}
        elif match and int(match[1]) > due and "://" in "".join(lines[number : number + 2]):
            return {}  # a list of pages that leaves some out
    return found


def _begins_list(line: str) -> bool:
    """Whether a line is the head of a list, or an entry 1 that is counted in another way."""
    return is_head(line) or _OTHER_FIRST.match(line) is not None


def _in_turn(text: str, count: int, pattern: re.Pattern[str]) -> list[tuple[int, int]] | None:
    """Where the numbers from 1 to a count stand, each behind the one before; None if not all do."""
    tokens = Counter(_TOKEN.findall(text))
    found: list[tuple[int, int]] = []
    for match in islice(pattern.finditer(text), _MOST):
        if int(match[1].translate(SUPERS)) != len(found) + 1:
            continue
        token = _TOKEN.search(text, max(0, match.start() - 25), match.end())
        named = token is not None and token.end() == match.end() and tokens[token[0]] > 1
        if not named and not _is_decimal(match):  # "CO2" and "G7" come back
            found.append(match.span(1))
            if len(found) == count:
                return found
    return None


def _is_decimal(match: re.Match[str]) -> bool:
    """Whether a number goes on with a figure before its comma, and not with the day of a month."""
    text, at = match.string, match.start()
    begin = max(0, at - _LONGEST_DAY)
    if not _IN_FIGURE.search(text, begin, at):
        return False
    day = _DAY.search(text, begin, at)
    known = day is not None and day["month"].lower() in MONTHS
    return not known or GOES_ON.match(text, match.end()) is not None
