"""Lines of a cell that are nothing but where their row is from: addresses, and linked names.

"| Jobs | It fell [1] | https://…/a (May 2025) |" says one thing, on two sources. Linked words are
names of sources under the head of a list, and in the last columns where these have no head;
elsewhere they may be what the row is about.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.extract.lists.heads import is_head
from ledger.extract.markers.close_up import Inline
from ledger.patterns import later

_HAS_WORD = later(r"\w")
_ADDRESS = later(r"(?:https?://|www\.)\S")
_ASIDE = later(r"[(（][^()（）]{1,80}[)）]")
_NUMBER = later(r"\s{0,4}[(\[]?[0-9]{1,3}[.)\]:、]")
_LEAD = later(r"[^\n.!?。！？]{1,60}[:：,–—-]\s{0,4}\Z")
"""What a short remark before an address ends with: "DEF 14A: https://…"."""
_MOST_WORDS = 4
"""Of such a remark, and of the name of a source."""
_LONGEST_NAME = 8
"""Words of the name of a source that has a marker."""
_MOST_OF_A_ROW = 12
"""Such lines; a row with more is a list of pages."""
_OF_LINKS = frozenset(
    "link url urls ref evidence quelle fonte fuente bron källa kilde kaynak źródło zdroj источник "
    "джерело 出处 出處".split()
)
"""What a column of sources is called, beside the heads of lists."""
_STOPS = frozenset(".!?。！？")
_SENTENCE, _STOPPED, _WIDE_SENTENCE = 5, 3, 8
"""Words of a cell that is no label, the same before a stop, and characters of Chinese before it."""


def sources_among(lines: Sequence[tuple[int, Inline]], heads: Mapping[int, str]) -> Sequence[int]:
    """The numbers of those lines of a row that say nothing but where the others are from.

    Args:
        lines: Each with the number of its cell.
        heads: What columns are called.
    """
    found: list[int] = []
    last = True
    for number, (cell, line) in reversed([*enumerate(lines)]):
        if not _HAS_WORD.search(line.text):
            continue
        head = heads.get(cell, "")
        headed = _is_of_sources(head)
        marked = any(mark.labels for mark in line.marks) and names_source(line, head)
        if marked or _only_sources(line, headed=headed, last=last and not head):
            found.append(number)
        else:
            last = False
    return found[::-1] if len(found) <= _MOST_OF_A_ROW else ()


def names_source(line: Inline, head: str) -> bool:
    """Whether a cell of a column of sources is a name and its marker: "Herald [1]".

    The marker is of the row: "| Tariff | 50% | Herald [1] |" says one thing.
    """
    short = len(line.text.split()) <= _LONGEST_NAME and line.text[-1:] not in _STOPS
    at_end = all(mark.at == len(line.text) and not mark.anchor for mark in line.marks)
    return short and at_end and _is_of_sources(head)


def _is_of_sources(head: str) -> bool:
    """Whether a column of this name has sources."""
    return is_head(head) or head.strip().lower() in _OF_LINKS


def makes_claim(line: Inline) -> bool:
    """Whether a line of a row with markers of its own says something that sources may carry."""
    words = len(line.text.split())
    stopped = line.text[-1:] in _STOPS
    wide = stopped and len(line.text) >= _WIDE_SENTENCE and not line.text.isascii()
    return bool(line.marks) or words >= _SENTENCE or (stopped and words >= _STOPPED) or wide


def _only_sources(line: Inline, *, headed: bool, last: bool) -> bool:
    """Whether a line says nothing but where the others of its row are from.

    One with a marker of its own is cited itself.

    Args:
        line: With words.
        headed: Whether its column is headed as sources are.
        last: Whether its column has no head, and no cell behind it says anything else.
    """
    linked = [mark for mark in line.marks if mark.anchor]
    if not linked or any(mark.labels for mark in line.marks):
        return False
    words = [line.text[mark.at - mark.anchor : mark.at] for mark in linked]
    bare = all(map(_ADDRESS.match, words))
    if not bare and not headed and not (last and all(map(_is_short, words))):
        return False
    outside = _outside(line, bare=bare)
    return not any(map(_HAS_WORD.search, outside))


def _outside(line: Inline, *, bare: bool) -> Iterator[str]:
    """What stands around the linked words, without remarks in brackets and numbers.

    Args:
        line: The line.
        bare: Whether only addresses are linked, so that short words may lead to each.
    """
    begin = 0
    for mark in line.marks:
        if not mark.anchor or mark.at - mark.anchor < begin:
            continue
        piece = _ASIDE.sub("", line.text[begin : mark.at - mark.anchor])
        numbered = _NUMBER.match(piece)
        piece = piece[numbered.end() :] if numbered else piece
        if not (bare and _LEAD.match(piece) and _is_short(piece)):
            yield piece
        begin = mark.at
    yield _ASIDE.sub("", line.text[begin:])


def _is_short(words: str) -> bool:
    return len(words.split()) <= _MOST_WORDS and words[-1:] not in _STOPS
