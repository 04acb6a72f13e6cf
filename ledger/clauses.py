"""A claim and the places of its groups -> the part of the sentence that each group stands behind.

"Prices rose [1], while wages fell [2]." has two groups, and each carries its own clause: what
stands between the group before it and itself. Words behind the last group are carried by none.
"""

import re
from collections.abc import Sequence

_LEADING = re.compile(r"[\s,;:.!?…)\]”’\"'»，、；：。）】」』–—-]*")


def clauses(exact: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """The stretch of a claim that each of its groups stands behind.

    Args:
        exact: The claim's words.
        places: Where the groups stand, as offsets into `exact`, in reading order.

    Returns:
        One stretch per place: offsets into `exact`, end exclusive, without the space and the
        punctuation that parted it from the group before. A group with nothing of its own before
        it (it opens the claim, or only punctuation parts it from another) stands behind the same
        stretch as its neighbour: the whole of what is before it.
    """
    found: list[tuple[int, int]] = []
    begin = 0
    for place in places:
        end = min(max(place, 0), len(exact))
        match = _LEADING.match(exact, begin, end)
        start = match.end() if match else begin
        if start >= end:
            start, end = found[-1] if found else (0, len(exact))
        found.append((start, end))
        begin = max(begin, end)
    return found
