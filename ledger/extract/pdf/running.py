"""The lines of pages -> the same without heads and feet: what stands at the edge of each page.

A head has the same words at the same height on several pages; numbers in it may count. What a
browser prints around a page, its day and its address, is known by what it says.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ledger.extract.markers.place import SAME
from ledger.extract.pdf.line import Line
from ledger.patterns import later

_EDGE = 2
"""Heights, from above and from below, at which a head or a foot may stand."""
_FEWEST, _FEWEST_WORDED, _WORDED = 3, 2, 4
"""Pages that show it; fewer where it has so many letters."""
_LONGEST = 200
"""Characters of a head or a foot: a line of print has some 100, and one of two columns more."""
_NUMBER = later(r"[0-9]+|\b[ivxlIVXL]{1,6}\b")
_DAY = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4},?\s[0-9]{1,2}:[0-9]{2}(?:\s?[AP]M)?"
_PRINTED = later(
    rf"{_DAY}(?:\s[^\n]{{1,160}})?|(?:https?|file)://\S{{1,160}}(?:\s[0-9]{{1,4}}/[0-9]{{1,4}})?"
    rf"|[0-9]{{1,4}} (?:of|von|de|sur|di|van|z|из) [0-9]{{1,4}}\s{_DAY}|[0-9]{{1,4}}/[0-9]{{1,4}}"
)
_SAME_WORK = later(rf"(?:<sup>)?[0-9]{{0,4}}(?:</sup>)?[.\s]{{0,3}}{SAME}.*", re.I)
"""A note may well say so at the foot of several pages."""
_NOTED = later(r"\s{0,4}<sup>\[?[0-9]")
"""How a note at the foot of a page begins."""
_PAGE = later(
    r"\W{0,3}(?:Page|Seite|Página|Pagina|Strona|Sida|Side|Стр\.|S\.|p\.)\s?[0-9]{1,4}"
    r"(?:\s?(?:of|von|de|di|sur|van|av|z|из|/)\s?[0-9]{1,4})?\W{0,3}",
    re.I,
)
_COUNTED = later(r"[0-9]{1,4}/[0-9]{1,4}\Z|\A[0-9]{1,4} \w{1,3} [0-9]{1,4}\s")


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page that are neither heads nor feet."""
    edges = [_at_the_edge(page) for page in pages]
    seen = Counter(key for edge in edges for key in {_key(line) for line in edge})
    left: list[list[Line]] = []
    for page, edge in zip(pages, edges, strict=True):
        noted = max((line.y for line in edge if _NOTED.match(line.text)), default=0.0)
        of_notes = {id(line) for line in edge if line.y <= noted}
        running = {
            id(line)
            for line in edge
            if _is_running(_key(line), seen, of_notes=id(line) in of_notes)
        }
        running |= _printed(edge) | _counted(edge)
        left.append([line for line in page if id(line) not in running])
    return left


def _is_running(key: tuple[int, str], seen: Counter[tuple[int, str]], *, of_notes: bool) -> bool:
    """Whether a line is a head or a foot; notes may well name the same source on two pages."""
    if of_notes and (_NOTED.match(key[1]) or seen[key] < _FEWEST):
        return False
    worded = sum(map(str.isalpha, key[1])) >= _WORDED
    return seen[key] >= (_FEWEST_WORDED if worded else _FEWEST) and not _SAME_WORK.match(key[1])


def _at_the_edge(page: Sequence[Line]) -> list[Line]:
    heights = sorted({round(line.y) for line in page})
    edge = {*heights[:_EDGE], *heights[-_EDGE:]}
    return [line for line in page if round(line.y) in edge and len(line.text) <= _LONGEST]


def _key(line: Line) -> tuple[int, str]:
    return round(line.y / 3), _NUMBER.sub("0", " ".join(line.text.split()))


def _printed(edge: Sequence[Line]) -> set[int]:
    """What a browser prints around a page: a day with an hour, an address, and a page's number."""
    found = [line for line in edge if _PRINTED.fullmatch(line.text.strip())]
    counted = any(_COUNTED.search(line.text.strip()) for line in found)
    return {id(line) for line in found} if counted and len(found) > 1 else set()


def _counted(edge: Sequence[Line]) -> set[int]:
    """A line that says of which page it is, and nothing else."""
    return {id(line) for line in edge if _PAGE.fullmatch(line.text.strip())}
