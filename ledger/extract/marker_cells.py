"""Cells of a table that are nothing but numbers or ids of the list -> markers.

"| Prices rose by a third | 1, 3 |" cites where the column is headed "Source" and the reference list
has these numbers. Under another head, or without a list, a number is a number.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ledger.extract.lines import Raw
from ledger.extract.lists.heads import is_head
from ledger.extract.markers.authored import named_works
from ledger.extract.markers.numbers import NUMBERS, expand
from ledger.patterns import later

_NUMBERS = later(NUMBERS)
_SHORT_HEADS = frozenset("ref refs ref. refs. cite cites src quelle fuente fonte źródło".split())
_IDS = later(
    r"(?:(?:key|main|supporting) )?(?:snippet|source|reference|ref|citation)(?:\(s\)|s)? "
    r"(?:ids?|nos?\.?|numbers?)"
)
"""Names of columns that head no list."""
_OF_EVIDENCE = frozenset(
    "evidence|evidence used|supporting evidence|evidence ref|evidence refs|evidence id|"
    "evidence ids|support|supported by|basis|proof|traced to|beleg|belege|preuve|preuves|"
    "evidencia|evidência|prove|"
    "证据|依据|證據|依據|根拠|근거".split("|")
)
"""Names of columns that have ids of the list, where numbers may count something else."""
_OF_WORKS = frozenset(
    "study|studies|paper|papers|article|articles|publication|publications|trial|author|authors|"
    "author (year)|author, year|authors (year)|author and year|authors, year|studie|studien|"
    "étude|études|estudio|estudios|estudo|estudos|studio|исследование|研究|文献|論文|论文|연구".split(
        "|"
    )
)
"""Names of columns that have works or ids of the list, where numbers may count something else."""
_Cites = Literal["anything", "ids", "works"]
"""What cells of a column are markers of."""
_YEAR = later(r"\s?\(([0-9]{4}[a-z]?)\)")
"""The year of a work in brackets: "Roe et al. (2018)"."""
_BETWEEN = later(r"\s?[,;/]\s?|\s")


def mark_cells(raws: Iterable[Raw], listed: frozenset[str]) -> Iterator[Raw]:
    """The blocks, with brackets around the numbers and ids that columns of sources have.

    Args:
        raws: Blocks in reading order.
        listed: The identifiers of the reference list.
    """
    columns: dict[int, _Cites] = {}
    for raw in raws:
        if not raw.cells:
            columns = {}
        elif raw.level:
            columns = _columns(raw.cells)
        elif columns:
            cells = (
                _marked(cell, listed, columns[number]) if number in columns else cell
                for number, cell in enumerate(raw.cells)
            )
            raw = raw._replace(cells=tuple(cells))
        yield raw


def _columns(cells: Sequence[str]) -> dict[int, _Cites]:
    """The columns that cite, each with what its cells may be."""
    names = [cell.strip(" *_").casefold() for cell in cells]
    found: dict[int, _Cites] = {}
    for number, name in enumerate(names):
        if is_head(cells[number]) or name in _SHORT_HEADS or _IDS.fullmatch(name):
            found[number] = "anything"
        elif name in _OF_EVIDENCE or name in _OF_WORKS:
            found[number] = "ids" if name in _OF_EVIDENCE else "works"
    return found


def _marked(cell: str, listed: frozenset[str], cites: _Cites) -> str:
    if _NUMBERS.fullmatch(cell):
        known = cites == "anything" and listed.issuperset(expand(cell) or ("",))
        return f"[{cell}]" if known else cell
    named = _YEAR.sub(r", \1", cell.strip()) if cites != "ids" else ""
    works = named_works(named) if named else None
    if works and listed.issuperset(works):
        return f"({named})"
    ids = _BETWEEN.split(cell.replace("`", "").strip())
    return f"[{', '.join(ids)}]" if listed.issuperset(ids) else cell
