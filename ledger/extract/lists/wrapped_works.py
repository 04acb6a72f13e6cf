"""A paragraph of several lines below a head -> the one entry that it is, wrapped to fit the page.

"Roe, Anna, 'Dams of the North', Quay blog (3", "May 2014)", "<https://quay.example/dams>": such
entries have no numbers, and only the last line ends as an entry does.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.entries import BULLET, entry_of
from ledger.extract.lists.open_entry import STOPPED, OpenEntry
from ledger.extract.lists.parts_of_entry import ends_in_page, is_bare_address
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

_MOST_LINES = 8
"""Lines of a paragraph that may be an entry, broken for its width. Chosen."""
_NEAR = 3
"""How far below a paragraph the next one begins at most."""
_OPENS_OTHERS = ("#", "|", ">", "```", "[", "<", "http", "www.")
_DATED = later(r"(?:\([^()\n]{0,30}(?:19|20)[0-9]{2}[a-z]?\)|,\s(?:19|20)[0-9]{2}\b)")
"""How a work says its year: "(May 2014)", ", 2003"; a sentence says "in 2003"."""


def wrapped_work(found: Sequence[OpenEntry], lines: Sequence[str], number: int) -> OpenEntry | None:
    """The entry of the paragraph that begins at a line; None where it is none, or is one line.

    Its last line ends in its address, and so does that of the paragraph beside it: the entry above,
    or what follows the first. Between two such one may be without, that says its year.
    """
    above = lines[number - 1].strip() if number else ""
    if found and (above or len(found[-1].lines) < 2 or not _is_uncounted(found[-1])):
        return None
    block = _block(lines, number)
    if len(block) < 2 or not _may_be_one(block):
        return None
    paged = _ends_in_page(block)
    if not paged and not (found and _is_dated(block)):
        return None
    if not (found and paged) and not any(map(_ends_in_page, _below(lines, number + len(block)))):
        return None
    entry = OpenEntry((), number, block[0])
    for at, line in enumerate(block[1:], number + 1):
        entry.add(at, line)
    return entry


def _is_uncounted(entry: OpenEntry) -> bool:
    return not entry.labels or is_work(entry.labels[0])


def _block(lines: Sequence[str], number: int) -> list[str]:
    """The lines of a paragraph; none where they are too many."""
    near = lines[number : number + _MOST_LINES + 1]
    block = [line.strip() for line in takewhile(str.strip, near)]
    return block if len(block) <= _MOST_LINES else []


def _below(lines: Sequence[str], end: int) -> Iterator[list[str]]:
    """The next paragraph, if one is near."""
    near = range(end, min(end + _NEAR, len(lines)))
    below = next((number for number in near if lines[number].strip()), None)
    if below is not None and (block := _block(lines, below)) and _may_be_one(block):
        yield block


def _may_be_one(block: Sequence[str]) -> bool:
    """Whether no line is an item, a heading or an entry of its own, and no address is inside."""
    if any(line.startswith(_OPENS_OTHERS) or BULLET.match(line) for line in block[:-1]):
        return False
    return entry_of(block[0], under_head=True) is None and not any(map(has_address, block[:-1]))


def _ends_in_page(block: Sequence[str]) -> bool:
    return is_bare_address(block[-1]) or ends_in_page(" ".join(block))


def _is_dated(block: Sequence[str]) -> bool:
    said = " ".join(block)
    return _DATED.search(said) is not None and STOPPED.search(said) is not None
