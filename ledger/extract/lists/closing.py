"""The last lines of a document -> the reference list that closes it without a head."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.lists.entries import ADDRESS, LABELS, LINK, RAISED_ENTRY, Open, cites, indent
from ledger.extract.markers.evidence import RAISED_NUMBER
from ledger.extract.markers.glued import glued_numbers
from ledger.extract.markers.numbers import SUPERS
from ledger.patterns import later

_NOTE = later(r"\s{0,8}\[([0-9]{1,4})\]\s{1,4}(?=\S)(.*)$")
_COUNTED_ENTRY = later(r"\s{0,8}([0-9]{1,4})[.)]\s{1,4}(?=\S)(.*)$")
_ENDS_IN_ADDRESS = later(
    r"(?:^|[\s<])(?:https?://|www\.)[^\s<>()]{3,2000}+>?(?:\s?[(\[][^()\[\]\n]{1,60}[)\]])?\.?\s*$"
)
"""Behind it at most when it was read: "https://a.example/b (accessed 5 May 2024)."."""
_ADDRESSES_ONLY = later(r"\s{0,8}\[\s?(?=https?://|www\.)([^\[\]\n]{8,20000})\]\s*$")
_RAISED = later(r"<sup|[⁰¹²³⁴-⁹]")
_FEWEST_UNADDRESSED = 2
"""A single entry must name its page: one line in brackets may be anything."""


def closing_list(lines: Sequence[str]) -> list[Open]:
    """Counted entries that close a document without a head, where the text above cites them.

    Entries with addresses need one of their numbers above; entries in brackets or set high need all
    of them, because a paragraph may begin with the marker of the one before.
    """
    found: list[Open] = []
    ways: set[re.Pattern[str]] = set()
    number = len(lines) - 1
    while number >= 0:
        line = lines[number]
        if match := _closing_entry(line):
            ways.add(match.re)
            label = match[1].translate(SUPERS)
            found.append(Open((label,), number, match[2], indent(line)))
        elif line.strip():
            break
        number -= 1
    found.reverse()
    above = lines[: number + 1]
    return found if _is_numbering(found) and _points_here(above, found, ways) else []


def _closing_entry(line: str) -> re.Match[str] | None:
    if match := _NOTE.match(line) or RAISED_ENTRY.match(line):
        return match
    match = _COUNTED_ENTRY.match(line)
    return match if match and _names_page(match[2]) else None


def _points_here(above: Sequence[str], found: Sequence[Open], ways: set[re.Pattern[str]]) -> bool:
    """Whether the text above cites such entries, in the way they are numbered."""
    known = {label for opened in found for label in opened.labels}
    if RAISED_ENTRY in ways:
        return known <= _set_high(above)
    if _NOTE in ways:
        return known <= {label for line in above for label in LABELS.findall(line)}
    if any(cites(line, known) or _RAISED.search(line) for line in above):
        return True
    flat = {number for line in above for number in glued_numbers(line)}
    return len(known) > 1 and known <= flat


def _is_numbering(found: Sequence[Open]) -> bool:
    """Whether entries are counted without a gap, and a single one names its page."""
    numbers = [int(opened.labels[0]) for opened in found]
    if any(b != a + 1 for a, b in pairwise(numbers)):
        return False
    return len(found) >= _FEWEST_UNADDRESSED or (bool(found) and _names_page(found[0].parts[0]))


def _set_high(lines: Sequence[str]) -> set[str]:
    """The numbers that are set high in some lines."""
    found = (RAISED_NUMBER.findall(line) for line in lines)
    return {(one or other).translate(SUPERS) for each in found for one, other in each}


def _names_page(rest: str) -> bool:
    """Whether an entry begins with its address or ends with one written out; prose links words."""
    return bool(ADDRESS.match(rest) or LINK.match(rest) or _ENDS_IN_ADDRESS.search(rest))


def closing_addresses(lines: Sequence[str]) -> list[Open]:
    """The entries of a last line that is nothing but addresses in brackets, counted from 1."""
    number = len(lines) - 1
    while number > 0 and not lines[number].strip():
        number -= 1
    match = _ADDRESSES_ONLY.match(lines[number]) if lines else None
    parts = re.split(r"[,;]\s+", match[1]) if match else []
    if not parts or not all(ADDRESS.fullmatch(part.strip("'\" ")) for part in parts):
        return []
    return [Open((str(n),), number, part.strip("'\" ")) for n, part in enumerate(parts, 1)]
