"""Lines of a list -> the works that begin there and have their year at the end, some lines below.

Papers are often printed so: "J. Roe and A. Doe. Gates and weirs that close by themselves in a" on
one line, "storm. *Water*, 12:30–40, 1998." on the next. A line that begins with names begins a work
if the line above ends with a year, or if the paragraph of the line begins with several names.
"""

from collections.abc import Sequence

from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import NAME, YEAR, is_work
from ledger.patterns import later

_INITIALS = r"(?:[^\W\d_a-z]\.[\s-]?){1,4}"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|di|da|la|le|ter|d['’])\s?){0,3}"
_NAMES = later(
    rf"(?:{_INITIALS}{_PARTICLE}(?=[^\W\d_a-z]){NAME}"
    rf"|[^\W\d_a-z][^\W\d_A-Z]{{1,20}}\s(?:{_INITIALS})?{_PARTICLE}(?=[^\W\d_a-z]){NAME})"
    r"(?:,\s|\sand\s|(?<=\.)\s|\.\s)"
)
_FAMILY_FIRST = later(
    rf"{_PARTICLE}(?=[^\W\d_a-z]){NAME}(?:\s{NAME}){{0,2}},\s[^\W\d_a-z]\.(?:[\s-]?[^\W\d_a-z]\.){{0,3}},?(?:\s|$)"
)
_BULLET = later(r"\s{0,8}[-*+•]\s{1,4}")
_ENDS_YEAR = later(rf"(?:{YEAR}|[Ff]orthcoming|[Ii]n press|[Tt]o appear)\.?\s*$")
_MOST_LINES, _MOST_COMPARED, _FEWEST = 5, 8, 3
"""Lines of one work, works at the end of a list that are compared with the last, and how many of
these must have ended with a stop. Chosen: a work fills two or three lines."""


def year_last(lines: Sequence[str], number: int, *, first: bool) -> str | None:
    """The label of the work that a line begins, whose year is on a line below; None without one.

    Args:
        lines: Of the document.
        number: Of the line.
        first: Whether it is the first below the head of its list.
    """
    bullet = _BULLET.match(lines[number])
    text = lines[number][bullet.end() :] if bullet else lines[number]
    above = lines[number - 1] if number else ""
    begins = first or bullet or not above.strip()
    family = begins and _FAMILY_FIRST.match(text)
    if not family and not _NAMES.match(text):
        return None
    above = next((line for line in reversed(lines[max(0, number - 2) : number]) if line), "")
    if not family and not begins and not _ENDS_YEAR.search(above):
        return None
    said = [text.strip()]
    for line in lines[number + 1 : number + _MOST_LINES]:
        if not line.strip() or _BULLET.match(line) or _ENDS_YEAR.search(said[-1]):
            break
        said.append(line.strip())
    return authored(" ".join(said)) if len(said) > 1 else None


def lacks_year(last: OpenEntry) -> bool:
    """Whether the year by which a work is known is on a line below those read so far."""
    if not (last.labels and is_work(last.labels[0])):
        return False
    year = last.labels[0].rpartition(" ")[2]
    return year[:1].isdecimal() and not any(year in part for part in last.parts)


def is_unfinished(found: Sequence[OpenEntry]) -> bool:
    """Whether the last of some works goes on below, since all before it end with a stop."""
    *before, last = found[-_MOST_COMPARED:]
    ended = [each.stopped or each.addressed for each in before]
    return len(ended) >= _FEWEST and all(ended) and not (last.stopped or last.addressed)
