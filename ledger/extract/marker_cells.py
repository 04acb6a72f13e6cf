"""Cells of a table that are nothing but numbers or ids of the list -> markers.

"| Prices rose by a third | 1, 3 |" cites where the column is headed "Source" and the reference list
has these numbers. Under another head, or without a list, a number is a number.
"""

from collections.abc import Iterable, Iterator

from ledger.extract.lines import Raw
from ledger.extract.lists.heads import is_head
from ledger.extract.markers.numbers import NUMBERS, expand
from ledger.patterns import later

_NUMBERS = later(NUMBERS)
_SHORT_HEADS = frozenset("ref refs ref. refs. cite cites src quelle fuente fonte źródło".split())
_IDS = later(
    r"(?:(?:key|main|supporting) )?(?:snippet|source|reference|ref|citation)(?:\(s\)|s)? "
    r"(?:ids?|nos?\.?|numbers?)"
)
"""Names of columns that head no list."""
_BETWEEN = later(r"\s?[,;/]\s?|\s")


def mark_cells(raws: Iterable[Raw], listed: frozenset[str]) -> Iterator[Raw]:
    """The blocks, with brackets around the numbers and ids that columns of sources have.

    Args:
        raws: Blocks in reading order.
        listed: The identifiers of the reference list.
    """
    columns: frozenset[int] = frozenset()
    for raw in raws:
        if not raw.cells:
            columns = frozenset()
        elif raw.level:
            columns = frozenset(n for n, cell in enumerate(raw.cells) if _heads_sources(cell))
        elif columns:
            cells = (
                _marked(cell, listed) if number in columns else cell
                for number, cell in enumerate(raw.cells)
            )
            raw = raw._replace(cells=tuple(cells))
        yield raw


def _heads_sources(cell: str) -> bool:
    name = cell.strip(" *_").casefold()
    return is_head(cell) or name in _SHORT_HEADS or bool(_IDS.fullmatch(name))


def _marked(cell: str, listed: frozenset[str]) -> str:
    if _NUMBERS.fullmatch(cell):
        return f"[{cell}]" if listed.issuperset(expand(cell) or ("",)) else cell
    ids = _BETWEEN.split(cell.replace("`", "").strip())
    return f"[{', '.join(ids)}]" if listed.issuperset(ids) else cell
