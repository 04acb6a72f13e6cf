"""A claim and the places of its groups -> the part of the sentence that each group stands behind.

"Prices rose [1], while wages fell [2]." has two groups, and each carries its own clause: what
stands between the group before it and itself. Words behind the last group are carried by none.
A work that the sentence tells of has the words behind its author, or behind its marker: "Roe (2019)
found that it rose", "[1] uses three tests, [2] uses two".
"""

import re
from collections.abc import Sequence

_LEADING = re.compile(r"[\s,;:.!?…)\]”’\"'»，、；：。）】」』–—-]*")
_WORK = re.compile(r"([^\W\d_].{0,80})\s(?:\d{4}[a-z]?|n\.d\..{0,3})")
_SUBJECT = re.compile(
    r"(?:^|[,;:.!?][\"”’)]{0,2}\s|\b(?:and|but|while|whereas)\s)(?=\[([^\[\]]{1,60})\]\Z)"
)
_DOES = re.compile(r"\s[a-z]")
_REACH = 160
"""Characters before a year in which the names of its authors stand, or a marker begins."""
_BESIDE = r"(?:,? (?:et al\.?|(?:and|&|und|et|y|e|и) [^\W\d_][\w'’.-]{0,40}))?(?:['’]s?)?\s*\Z"


def clauses(
    exact: str, places: Sequence[int], markers: Sequence[str | None] = ()
) -> list[tuple[int, int]]:
    """The stretch of a claim that each of its groups stands behind.

    Args:
        exact: The claim's words.
        places: Where the groups stand, as offsets into `exact`, in reading order.
        markers: The first marker of each group; none when they are not known.

    Returns:
        One stretch per place: offsets into `exact`, end exclusive, without the space and the
        punctuation that parted it from the group before. A group with nothing of its own before
        it (it opens the claim, or only punctuation parts it from another) stands behind the same
        stretch as its neighbour: the whole of what is before it.
    """
    told = [_told(exact, *each) for each in zip(places, markers, strict=False)]
    found: list[tuple[int, int]] = []
    begin = 0
    for number, place in enumerate(places):
        end = min(max(place, 0), len(exact))
        name = told[number] if number < len(told) else None
        if name is not None and name >= begin:
            found.append((name, _end_behind(exact, places, told, number)))
            begin = max(begin, end)
            continue
        match = _LEADING.match(exact, begin, end)
        start = match.end() if match else begin
        if start >= end:
            start, end = found[-1] if found else (0, len(exact))
        found.append((start, end))
        begin = max(begin, end)
    return found


def _told(exact: str, place: int, marker: str | None) -> int | None:
    """Where a work is named that the sentence tells of; None where it tells of none.

    At the author who stands right before its year, or at a marker that is a subject.
    """
    if marker and place > 0 and exact.endswith("]", 0, place) and _DOES.match(exact, place):
        subject = _SUBJECT.search(exact, max(0, place - _REACH), place)
        return subject.end() if subject and marker in subject[1] else None
    work = _WORK.fullmatch(marker or "")
    if work is None or place <= 0:
        return None
    named = re.compile(re.escape(work[1]) + _BESIDE).search(exact, max(0, place - _REACH), place)
    return named.start() if named else None


def _end_behind(exact: str, places: Sequence[int], told: Sequence[int | None], number: int) -> int:
    """Where the words of a work end that the sentence tells of: at the next one, or group."""
    if number + 1 == len(places):
        return len(exact)
    following = told[number + 1] if number + 1 < len(told) else None
    end = places[number + 1] if following is None else following
    return max(min(places[number], len(exact)), len(exact[:end].rstrip(" ,;:")))
