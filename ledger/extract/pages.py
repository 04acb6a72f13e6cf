"""Lines of a text that was printed -> the same without the heads and numbers of its pages.

They stand in the middle of sentences and of reference lists. What shows them: the same words with
a number that counts on from page to page, or numbers alone that do.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ledger.extract.lists.heads import is_head
from ledger.patterns import later

_NUMBER = r"(?P<number>[0-9]{1,4})(?:\s?(?:of|/|von|de|sur|di|van|av|z|из|із)\s?[0-9]{1,4})?"
_PAGE = r"(?:page|pages|pagina|página|seite|p\.|pg\.|str\.|стр\.|с\.|sida|side|sivu|oldal|sayfa|第)"
_NUMBERED = later(
    rf"(?P<alone>[-–—]?\s?){_NUMBER}\s?[-–—页頁]?"
    rf"|(?P<front>[^\n]{{0,110}}\b{_PAGE}\s?){_NUMBER.replace('<number', '<paged')}[\])]?"
    rf"|(?P<before>[^\n]{{2,110}}?(?:\s{{2}}|[|·•–—]\s?|[|·•]\s(?:[^\W\d_]{{1,20}}\s){{1,6}}))"
    rf"{_NUMBER.replace('<number', '<closing')}"
    rf"|{_NUMBER.replace('<number', '<opening')}(?P<behind>(?:\s{{2}}|\s?[|·•–—])[^\n\d]{{2,110}})"
    r"|(?P<left>[0-9]{1,4})\s(?P<journal>[^\n\d\[\]]{2,90}\s\[vol\.\s?[0-9]{1,4}(?::[0-9]{1,5})?)"
    r"|(?P<article>[0-9]{4}\]\s[^\n\[\]]{2,90}?)\s(?P<right>[0-9]{1,4})",
    re.I,
)
"""A number alone, behind the word for a page, or far from the words before or behind it.

Or as law reviews set it, "552 QUAY LAW REVIEW [Vol. 96" and "2025] DAMS AND THE LAW 551".
"""
_WORDS = ("front", "before", "behind", "journal", "article")
_OWN = ("number", "paged", "closing", "opening", "left", "right")
_LONGEST = 120
"""Characters of a line that may be a mark of a page: a line of print has fewer."""
_SHORTEST_PAGE, _FEWEST_ALONE, _FEWEST = 8, 3, 2
"""Lines between two marks of pages, and how many show that they are: entries of a list that has its
numbers on lines of their own are shorter."""
_BESIDE = 2
"""Lines between a mark and the words that stand at every page without a number."""
_PAGE_BREAK, _FROM_EDGE, _LONGEST_NUMBER = "\f", 3, 4
"""What programs set between pages, and how many lines from there its number stands."""
_GO_ON = frozenset(",–")
_STOPS = '.!?…:;”"»)]'


def without_page_marks(lines: Sequence[str]) -> list[str]:
    """The lines without the marks of pages; a sentence that went on behind one is whole again."""
    marks = _marks(lines)
    if any(line[:1] == _PAGE_BREAK for line in lines):
        marks |= _at_breaks(lines)
        marks.update(_beside(_places(lines), marks))
        lines = [line.lstrip(_PAGE_BREAK) for line in lines]
    if not marks:
        return list(lines)
    kept: list[str] = []
    parted = False
    for number, line in enumerate(lines):
        if number in marks:
            parted = True
            while kept and not kept[-1].strip():
                kept.pop()
        elif not parted or line.strip():
            if parted and kept and not one_sentence(kept[-1], line):
                kept.append("")
            parted = False
            kept.append(line)
    return kept


def one_sentence(above: str, below: str) -> bool:
    """Whether the last words of a page and the first of the next are one sentence."""
    above, below = above.rstrip(), below.lstrip()
    goes_on = above[-1:] in _GO_ON or below[:1].islower()
    return bool(above) and goes_on and above[-1:] not in _STOPS


def _places(lines: Sequence[str]) -> dict[str, list[int]]:
    """Where each line of words stands that is short enough to be a mark."""
    whole: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if len(line) <= _LONGEST and (bare := line.strip()):
            whole.setdefault(bare, []).append(number)
    return whole


def _at_breaks(lines: Sequence[str]) -> set[int]:
    """Lines beside the breaks of pages that are a number alone, and count on from page to page."""
    begins = [0, *(n for n, line in enumerate(lines) if line[:1] == _PAGE_BREAK), len(lines)]
    found: list[tuple[int, int]] = []
    for page, (begin, end) in enumerate(pairwise(begins)):
        said = [n for n in range(begin, end) if lines[n].strip()]
        for n in {*said[:_FROM_EDGE], *said[-_FROM_EDGE:]}:
            if (bare := lines[n].strip()).isdecimal() and len(bare) <= _LONGEST_NUMBER:
                found.append((n, int(bare) - page))
    first = Counter(first for _, first in found).most_common(1)
    if not first or first[0][1] < _FEWEST:
        return set()
    return {n for n, counted in found if counted == first[0][0]}


def _marks(lines: Sequence[str]) -> set[int]:
    places: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        bare = line.strip() if len(line) <= _LONGEST else ""
        if not bare:
            continue
        match = _NUMBERED.fullmatch(bare) if any(map(str.isdecimal, bare)) else None
        if match and (match["alone"] is None or _is_apart(lines, number)):
            words = next(filter(None, map(match.__getitem__, _WORDS)), "")
            own = next(filter(None, map(match.__getitem__, _OWN)))
            places.setdefault(" ".join(words.split()), []).append((number, int(own)))
    found = {number for words, at in places.items() for number in _pages(at, alone=not words)}
    numbered = {n: own for at in places.values() if _is_of_pages(at) for n, own in at}
    for words, at in places.items():
        if words:
            found.update(_alternate(lines, at, numbered))
    if found:
        found.update(_beside(_places(lines), found))
    return found


def _is_apart(lines: Sequence[str], number: int) -> bool:
    """Whether a blank line, or an end of the text, is above or below a line."""
    around = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
    return len(around) < 2 or not all(map(str.strip, around))


def _pages(places: Sequence[tuple[int, int]], *, alone: bool) -> Iterator[int]:
    """The lines of the runs of numbers that count on from page to page."""
    fewest = _FEWEST_ALONE if alone else _FEWEST
    run: list[int] = []
    before: tuple[int, int] | None = None
    for line, number in places:
        if before and (number != before[1] + 1 or line - before[0] < _SHORTEST_PAGE):
            if len(run) >= fewest:
                yield from run
            run = []
        run.append(line)
        before = line, number
    if len(run) >= fewest:
        yield from run


def _is_of_pages(places: Sequence[tuple[int, int]]) -> bool:
    """Whether words with numbers may stand at every second page: other figures rise otherwise.

    One such place is enough: a short document has no more.
    """
    return all(
        next_number > number
        and (next_number - number) % 2 == 0
        and next_line - line >= (next_number - number) * _SHORTEST_PAGE
        for (line, number), (next_line, next_number) in pairwise(places)
    )


def _alternate(
    lines: Sequence[str], places: Sequence[tuple[int, int]], numbered: dict[int, int]
) -> Iterator[int]:
    """The lines of words with the numbers of every second page, and the marks between them."""
    for (line, number), (next_line, next_number) in pairwise(places):
        if next_number == number + 2 and next_line - line >= 2 * _SHORTEST_PAGE:
            own = number + 1
            within = range(line + 1, next_line)
            said = [n for n in within if numbered.get(n) == own or lines[n].strip() == str(own)]
            if len(said) == 1:
                yield from (line, *said, next_line)


def _beside(whole: dict[str, list[int]], found: set[int]) -> Iterator[int]:
    """Lines that stand beside several marks, always the same; the first head of a list stays."""
    for words, at in whole.items():
        near = [n for n in at if any(n + step in found for step in range(-_BESIDE, _BESIDE + 1))]
        if len(near) > 1:
            yield from near[1:] if is_head(words) else near
