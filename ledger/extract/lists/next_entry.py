"""A line below an entry -> whether it begins the next one: by the next number, or a key in bold."""

from collections.abc import Sequence

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.entries import WIDEST_STEP, Entry, entry_of
from ledger.extract.lists.open_entry import OpenEntry
from ledger.patterns import later

LOOK_AHEAD = 6
"""How far the next entry begins below a line at most: author, title, journal, year, a gap."""
NEAR = 4
"""How far what a line stands above begins below it at most: two blank lines are between."""
_BARE = later(r"\s{0,8}([0-9]{1,3})\s{1,6}(?=[^\s.,;:)\]|–-])(.*)$")
"""A number with nothing but space behind it."""
_BOLD_KEY = "**["
"""How an entry begins whose key is a word, as its neighbours' are: "**[Roe20]** Dams."."""


def line_below(lines: Sequence[str], number: int) -> str:
    """The line near below another one that says something; "" where there is none."""
    return next((line for line in lines[number + 1 : number + NEAR] if line.strip()), "")


def is_next(last: OpenEntry, line: str) -> bool:
    """Whether a line begins the entry behind `last`: counted on, or with a key in bold."""
    entry = entry_of(line, under_head=True) if last.labels else None
    if entry is None or not entry.labels:
        return False
    label, before = entry.labels[0], last.labels[-1]
    if before.isdecimal():
        return label.isdecimal() and int(label) == int(before) + 1
    return last.addressed and line.startswith(_BOLD_KEY) and has_address(entry.rest)


def bare_entry(found: list[OpenEntry], lines: Sequence[str], number: int) -> Entry | None:
    """The entry of a list that counts with numbers alone, "1 Roe. Dams.", "2 Doe. Quays.", or None.

    A chapter may count on from the one before it: three that count on are a list, too. Numbers are
    left out where the next has an address.
    """
    match = _BARE.match(lines[number])
    if match is None or (match[2][0].islower() and not has_address(match[2])):
        return None
    if found:
        last = found[-1].labels
        step = int(match[1]) - int(last[-1]) if last and last[-1].isdecimal() else 0
        due = step == 1 or (1 < step <= WIDEST_STEP and has_address(match[2]))
        bare = due and _BARE.match(lines[found[0].lines[0]]) is not None
        return Entry((match[1],), match[2]) if bare else None
    more = 1 if match[1] == "1" else 2
    below = lines[number + 1 : number + more * LOOK_AHEAD]
    counts = {int(other[1]) for line in below if (other := _BARE.match(line))}
    first = int(match[1])
    counts_on = counts.issuperset(range(first + 1, first + 1 + more))
    return Entry((match[1],), match[2]) if counts_on else None
