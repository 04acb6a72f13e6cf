"""Lists and mentions -> which list each mention refers to, where numbers begin again at 1.

Each part of a long document may end with a list of its own, counted from 1 again. A list belongs to
a part where text that cites stands before it. A second list right behind the first, with nothing
between them, is no such list: where the two disagree, that is reported as a conflict.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain

from ledger.document import Mention, Reference
from ledger.extract.lists.references import Listed
from ledger.patterns import later

_TWO_NUMBERS = later(r"\[\^[0-9]{1,4}\^\]\[")
"""How Copilot cites, "[^1^][4]": the list of its second number stands above the answer, and below
it another one of the same pages, of its first numbers."""
_WORD = later(r"\w{3,}")
_FEWEST_WORDS, _SHARE = 4, 4
"""Words of a title at least, and which part of them two entries of one work have in common."""


def number_parts(
    listed: Listed, mentions: Sequence[Mention], lines: Sequence[int]
) -> tuple[tuple[Reference, ...], list[Mention]]:
    """Set `part` of references and mentions; unchanged where there is one numbering.

    Args:
        listed: The reference lists of a document, in its order.
        mentions: In reading order.
        lines: For each mention, the number of the line that its block ends before.
    """
    begins = _begins(listed, lines)
    if len(begins) < 2:
        return listed.references, list(mentions)
    references = tuple(
        replace(reference, part=bisect_right(begins, start) - 1)
        for reference, start in zip(listed.references, listed.starts, strict=True)
    )
    labels: list[set[str]] = [set() for _ in begins]
    pages: list[set[str]] = [set() for _ in begins]
    having: dict[str, list[int]] = {}
    for reference in references:
        pages[reference.part].update(reference.urls)
        if reference.marker is not None:
            labels[reference.part].add(reference.marker)
    for part, known in enumerate(labels):
        for label in known:
            having.setdefault(label, []).append(part)
    again = {part for part in range(1, len(pages)) if pages[part] <= pages[part - 1]}
    return references, [
        mention._replace(part=_part(mention, bisect_right(begins, line - 1), labels, having, again))
        for mention, line in zip(mentions, lines, strict=True)
    ]


def _part(
    mention: Mention,
    following: int,
    labels: Sequence[set[str]],
    having: Mapping[str, Sequence[int]],
    again: Set[int],
) -> int:
    """The list behind a mention, or the nearest that has its labels; behind the last, the last.

    Of two numbers it is the list above, where the one behind has pages of that.

    Args:
        mention: Of which it is asked.
        following: The first list behind it; how many there are where none is.
        labels: Those of each list.
        having: By label the lists that have it, ascending.
        again: The lists that have no page beyond those of the list before them.
    """
    nearest = min(following, len(labels) - 1)
    if not mention.labels:
        return nearest
    parts = min((having.get(label, ()) for label in mention.labels), key=len)
    behind = bisect_left(parts, following)
    above = (parts[place] for place in reversed(range(behind)))
    below = (parts[place] for place in range(behind, len(parts)))
    order = chain(below, above)
    if following in again and _TWO_NUMBERS.match(mention.raw):
        order = chain(above, below)
    return next((part for part in order if labels[part].issuperset(mention.labels)), nearest)


def _begins(listed: Listed, lines: Sequence[int]) -> list[int]:
    """First lines of the lists that begin the numbering anew.

    Text that cites stands before such a list, and one of its numbers is of another work than in
    the list before.
    """
    begins: list[int] = []
    own: dict[str, Reference] = {}  # entries of the part so far
    run: dict[str, Reference] = {}  # entries since the last text that cites
    first, cited = 0, bisect_right(lines, 0)  # what cites above the entry before
    for reference, start in zip(listed.references, listed.starts, strict=True):
        if not begins:
            begins.append(start)
        if bisect_right(lines, start) > cited:
            own, run, first = own | run, {}, start
        if reference.marker is not None and (reference.url or reference.title):
            if _are_two(own.get(reference.marker, reference), reference):
                begins.append(first)
                own = {}
            known = run.setdefault(reference.marker, reference)
            if known.url is None and reference.url is not None:
                run[reference.marker] = reference
        cited = bisect_right(lines, start + 1)
    return begins


def _are_two(one: Reference, other: Reference) -> bool:
    """Whether entries are of different works: by their addresses, else by what they say.

    An entry without an address or words of a title is a placeholder and says nothing.
    """
    if one.url is not None and other.url is not None:
        return one.url != other.url
    said, also = (frozenset(_WORD.findall((each.title or "").casefold())) for each in (one, other))
    fewest = min(len(said), len(also))
    return fewest >= _FEWEST_WORDS and _SHARE * len(said & also) < fewest
