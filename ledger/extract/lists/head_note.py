"""A remark between a head and its list, "All sources were read in May." -> where it ends."""

from collections.abc import Sequence

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.entries import entry_of
from ledger.patterns import later

_ENDS = later(r"[.:。：][*_)\]]{0,4}\s*$")
_FIRST = later(r"(?:[A-Za-z]{1,3}-?)?0{0,2}1$")
_HEADING = later(r"\s{0,3}#{2,6}\s")
KEYED = later(
    r"\s{0,3}\\?\[[A-Z][\w.:+/&-]{0,29}[A-Z0-9]\\?\]\s{1,4}"
    r"(?:[\"“][^\W\d_]|[^\W\d_][^,.!?\n]{1,90},(?:\s[\"“]|\s[A-Z]\.|\s*$))"
)
"""How an entry of a standard begins: "[RFC2119] Roe, A., Words"; what people say does not:
"[ROE] We begin now."."""
_NEAR = 12
"""Lines in which the second of two entries begins."""
_LONGEST = 4
"""Lines of a remark, and of an entry until its address."""


def behind_note(lines: Sequence[str], number: int) -> int | None:
    """The number of the line behind a remark that begins at `number`; None where there is none.

    It is a paragraph of sentences, and the first of a counted list stands below it, with its page,
    maybe under a heading of its own; or two entries with keys do, as those of a standard.
    """
    end = _end_of(lines, number)
    if end >= len(lines) or lines[end].strip() or not _ENDS.search(lines[end - 1]):
        return None
    if any(entry_of(line, under_head=True) for line in lines[number:end]):
        return None
    below = _next(lines, end)
    if below is not None and _HEADING.match(lines[below]):
        below = _next(lines, below + 1)
    if below is not None and _are_keyed(lines[below : below + _NEAR]):
        return end
    entry = entry_of(lines[below], under_head=True) if below is not None else None
    if below is None or entry is None or not any(map(_FIRST.match, entry.labels)):
        return None
    paged = any(map(has_address, lines[below : _end_of(lines, below)]))
    return end if paged else None


def _are_keyed(lines: Sequence[str]) -> bool:
    """Whether the first of some lines and another one begin with keys: "[RFC2119] Roe, Words"."""
    keyed = [KEYED.match(line) is not None for line in lines]
    return keyed[0] and sum(keyed) > 1


def note_below(lines: Sequence[str], head: int, first: int) -> range:
    """The lines of such a remark below a head, of which the first entry stands at `first`."""
    begin = next((n for n in range(head + 1, first) if lines[n].strip()), first)
    behind = behind_note(lines, begin) if begin < first else None
    return range(begin, behind or begin)


def _next(lines: Sequence[str], number: int) -> int | None:
    """The number of the first of two lines that is not blank."""
    return next((n for n in range(number, min(number + 2, len(lines))) if lines[n].strip()), None)


def _end_of(lines: Sequence[str], number: int) -> int:
    """The number of the line behind a paragraph, or behind as much of it as is looked at."""
    end = number
    while end < min(number + _LONGEST, len(lines)) and lines[end].strip():
        end += 1
    return end
