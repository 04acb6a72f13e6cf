"""Entries whose numbers are links, "[1][4] name" -> definitions.

The list at the end of a report may link its numbers just as the text links its markers: "[1] [4]
name", each number a link, and the address below it. A paragraph of prose may begin with linked
numbers as well; an entry is one that is followed by its own address alone, or by the end of the
document.
"""

import re
from collections.abc import Sequence

from ledger.extract.lists.addresses import ADDRESS, LINK
from ledger.extract.lists.open_entry import STOPPED
from ledger.patterns import later

_LINKED = r"\[\\?(\[[0-9]{1,4})\\?\]\]\(<?([^\s<>()]{4,2000}+)>?\)"
_NUMBER = later(_LINKED)
_ENTRY = later(rf"\s{{0,3}}(?:[-*+] )?(?P<numbers>(?:{_LINKED}[ ,]{{0,2}}){{1,40}}+)(?P<rest>.*)$")
_GOES_ON = " " * 4
"""What a further line of a definition is indented by."""


def with_linked_numbers(lines: Sequence[str]) -> Sequence[str]:
    """The lines, those changed that entries with linked numbers take. Linear in the text.

    Entries follow one another, and none is followed by anything else before the text ends or a
    heading stands there. The text above cites one of them in the same way.
    """
    found: dict[int, str] = {}
    run: dict[int, str] = {}
    cited: set[tuple[str, str]] = set()
    ours: set[tuple[str, str]] = set()
    whole, lost = _unwrapped(lines)
    filled = [number for number, line in enumerate(whole) if line.strip()]
    for number, below in zip(filled, [*filled[1:], None], strict=True):
        line, following = whole[number], whole[below].strip() if below is not None else ""
        entry = _ENTRY.match(line)
        if entry and _is_entry(entry, following):
            run[number] = _definition(entry)
            further = f"{_GOES_ON}<{_NUMBER.findall(entry['numbers'])[0][1]}>"
            run |= dict.fromkeys(range(number + 1, number + 1 + lost.get(number, 0)), further)
            ours.update(_NUMBER.findall(entry["numbers"]))
        elif run and (address := _address_alone(line.strip())):
            run[number] = f"{_GOES_ON}<{address}>"
        else:
            cited.update(_NUMBER.findall(line))
            run, ours = {}, set()
        if below is None or following.startswith("#"):
            found.update(run if not cited.isdisjoint(ours) else {})
            run, ours = {}, set()
    return [found.get(number, line) for number, line in enumerate(whole)] if found else lines


def _unwrapped(lines: Sequence[str]) -> tuple[list[str], dict[int, int]]:
    """The lines, an entry that goes on over several of them on the first, and the others empty.

    It has its numbers, one on a line or several, and then a title, up to its address.

    Returns:
        With how many lines went into each that took some.
    """
    whole = list(lines)
    taken: dict[int, int] = {}
    first: int | None = None
    for number, line in enumerate(lines):
        entry = _ENTRY.match(line)
        above = _ENTRY.match(whole[first]) if first is not None else None
        if not line.strip() or _address_alone(line.strip()):
            first = None
        elif above and first is not None and not (entry and above["rest"].strip()):
            whole[first] = f"{whole[first].rstrip()} {line.strip()}"
            whole[number] = ""
            taken[first] = number - first
        else:
            first = number if entry and (number == 0 or not lines[number - 1].strip()) else None
    return whole, taken


def _is_entry(entry: re.Match[str], below: str) -> bool:
    """Whether linked numbers of one address open a title, or stand above that address alone."""
    addresses = {_page(address) for _, address in _NUMBER.findall(entry["numbers"])}
    if len(addresses) > 1:
        return False
    address = _address_alone(below)
    if address and _page(address) in addresses:
        return True
    rest = entry["rest"].strip()
    return bool(rest) and not STOPPED.search(rest)


def _page(address: str) -> str:
    """An address without the words on its page that it leads to: "…#:~:text=heap"."""
    return address.partition("#:~:")[0]


def _address_alone(line: str) -> str | None:
    """The address that a line is, as linked or as written; None for any other line."""
    if match := LINK.fullmatch(line):
        return match["target"] if ADDRESS.fullmatch(match["words"]) else None
    match = ADDRESS.fullmatch(line)
    return match["plain"] if match else None


def _definition(entry: re.Match[str]) -> str:
    """An entry as a definition, its address behind its title."""
    numbers = _NUMBER.findall(entry["numbers"])
    labels = "".join(f"{number}]" for number, _ in numbers)
    return f"{labels}: {entry['rest'].strip()} <{numbers[0][1]}>"
