"""Brackets that name the work before, "(ibid., p. 33)" -> the same with its author and year.

Only where a list names works so: what stands in notes is read by `lists.point_back`.
"""

import re
from collections.abc import Iterable, Iterator

from ledger.extract.lines import Raw
from ledger.extract.markers.authored import PAGES, last_work_in, named_works
from ledger.extract.markers.place import LEAD, SAME
from ledger.patterns import later

_AGAIN = later(
    rf"(?P<open>[(（\[](?:{LEAD})?)[*_]{{0,2}}{SAME}[*_]{{0,2}}"
    rf"(?P<place>{PAGES}|\s[0-9]{{1,4}}(?:[-–][0-9]{{1,4}})?|)\.?\s?(?=[)）\];])",
    re.I,
)


def with_works_again(raws: Iterable[Raw], listed: frozenset[str]) -> Iterator[Raw]:
    """The blocks of a document; where brackets name the work before, its author and year instead.

    Args:
        raws: In reading order.
        listed: The labels of the list, "Roe 2012". What names another work stays as it is.
    """
    last: str | None = None
    above: list[str] = []
    for raw in raws:
        pieces: list[str] = []
        done = seen = 0
        for match in _AGAIN.finditer(raw.text) if raw.role != "code" else ():
            pieces.append(raw.text[done : match.start()])
            last = _last_of((*above, "".join(pieces[seen:])), listed) or last
            above, seen = [], len(pieces)
            pieces.append(_named(match, last, listed))
            done = match.end()
        pieces.append(raw.text[done:])
        above.append("".join(pieces[seen:]))
        yield raw._replace(text="".join(pieces)) if done else raw


def _last_of(texts: tuple[str, ...], listed: frozenset[str]) -> str | None:
    return next((work for text in reversed(texts) if (work := last_work_in(text, listed))), None)


def _named(match: re.Match[str], work: str | None, listed: frozenset[str]) -> str:
    if work is None or work not in listed:
        return match[0]
    name, _, year = work.rpartition(" ")
    place = match["place"]
    place = f",{place}" if place[1:2].isdecimal() and place[0].isspace() else place
    said = f"{name}, {year}{place}"
    return f"{match['open']}{said}" if named_works(said) == (work,) else match[0]
