"""The last lines of a document -> the reference list that closes it without a head."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.entries import ADDRESS, LABELS, LINK, Open, cites, indent

_NOTE = re.compile(r"\s{0,8}\[([0-9]{1,4})\]\s{1,4}(?=\S)(.*)$")
_COUNTED_ENTRY = re.compile(r"\s{0,8}([0-9]{1,4})[.)]\s{1,4}(?=\S)(.*)$")
_ENDS_IN_ADDRESS = re.compile(r"(?:^|[\s<])(?:https?://|www\.)[^\s<>()]{3,2000}+>?\s*$")
_ADDRESSES_ONLY = re.compile(r"\s{0,8}\[\s?(?=https?://|www\.)([^\[\]\n]{8,20000})\]\s*$")
_RAISED = re.compile(r"<sup|[⁰¹²³⁴-⁹]")


def closing_list(lines: Sequence[str]) -> list[Open]:
    """Counted entries that close a document without a head, where the text above cites them.

    Entries with addresses need one of their numbers above; entries in brackets need all of them,
    because a paragraph may begin with the marker of the one before.
    """
    found: list[Open] = []
    number = len(lines) - 1
    while number >= 0:
        match = _NOTE.match(lines[number]) or _COUNTED_ENTRY.match(lines[number])
        noted = match is not None and match[0].lstrip()[:1] == "["
        if match and (noted or _names_page(match[2])):
            found.append(Open((match[1],), number, match[2], indent(lines[number])))
        elif lines[number].strip():
            break
        number -= 1
    found.reverse()
    numbers = [int(opened.labels[0]) for opened in found]
    if len(found) < 2 or any(b != a + 1 for a, b in pairwise(numbers)):
        return []
    known = {label for opened in found for label in opened.labels}
    above = lines[: number + 1]
    if any(_NOTE.match(lines[opened.lines[0]]) for opened in found):
        cited = {label for line in above for label in LABELS.findall(line)}
        return found if known <= cited else []
    return found if any(cites(line, known) or _RAISED.search(line) for line in above) else []


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
