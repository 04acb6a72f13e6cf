"""Document -> where its code begins sentences, and where no sentence ends because code goes on."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from ledger.document import Document
from ledger.split.abbreviations import goes_on_behind

_CLOSES = "\"'”’»)"
_STOPS = frozenset(".!?…")
_OF_NO_SENTENCE = frozenset(
    "incl excl esp resp def sect sec ver vers etc bzw bspw inkl fig figs eq eqs tab abb cit ft "
    "args params min max jan feb mar apr jun jul aug sep sept oct okt nov dec dez".split()
)
"""What stands shortened before code, besides what is known to."""


def begun_by_code(document: Document) -> Iterator[int]:
    """Where sentences end before code, in order: "It fails. `foo()` returns" has two."""
    text = document.text
    for begin, _ in document.code:
        end = begin
        while end and text[end - 1].isspace():
            end -= 1
        stop = len(text[max(0, end - 3) : end].rstrip(_CLOSES)) + max(0, end - 3)
        if end == begin or text[stop - 1 : stop] not in _STOPS:
            continue
        word = text[max(0, stop - 12) : stop - 1].rpartition(" ")[2].lstrip("([“\"'").lower()
        if (
            len(word) <= 1
            or "." in word
            or word in _OF_NO_SENTENCE
            or (stop == end and goes_on_behind(text, begin, end, document.language))
        ):
            continue
        yield end


def outside_code(cuts: set[int], offset: int, code: Sequence[tuple[int, int]]) -> set[int]:
    """The cuts of a block that begins at `offset` but for those in code."""

    def inside(cut: int) -> bool:
        place = bisect_left(code, cut, key=itemgetter(1))
        return place < len(code) and code[place][0] < cut < code[place][1]

    return {cut for cut in cuts if not inside(cut + offset)}
