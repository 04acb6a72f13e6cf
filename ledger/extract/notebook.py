"""A notebook (Jupyter, nbformat 4 and 3) -> the Markdown in it.

Its cells of Markdown are the text, and what its code shows as Markdown. Code is none; what code
printed may be anything, from a log to an answer: it is not read, and that is told.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

_SHOWN = "text/markdown"
_FEW = 20
"""Words that code prints: what is shorter is a number, a name or the shape of a table."""


class Notebook(NamedTuple):
    """The text of a notebook, and how many of its cells printed something that is not in it."""

    text: str
    printed: int


def read_notebook(text: str) -> Notebook | None:
    """Read a notebook; None when some JSON is none."""
    if '"nbformat"' not in text:
        return None
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict) or not isinstance(whole.get("nbformat"), int):
        return None
    sheets = (whole, *_dicts(whole.get("worksheets")))  # which had the cells before nbformat 4
    cells = [cell for sheet in sheets for cell in _dicts(sheet.get("cells"))]
    said = [part for cell in cells for part in _said(cell)]
    printed = sum(any(_is_printed(each) for each in _dicts(cell.get("outputs"))) for cell in cells)
    return Notebook("\n\n".join(said), printed)


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _said(cell: dict[str, Any]) -> Iterator[str]:
    if cell.get("cell_type") == "markdown":
        yield _joined(cell.get("source"))
    for output in _dicts(cell.get("outputs")):
        data = output.get("data")
        if isinstance(data, dict) and _SHOWN in data:
            yield _joined(data[_SHOWN])


def _is_printed(output: dict[str, Any]) -> bool:
    data = output.get("data")
    words = _joined(output.get("text"))
    if isinstance(data, dict) and _SHOWN not in data:
        words += _joined(data.get("text/plain"))
    return len(words.split()) > _FEW


def _joined(lines: Any) -> str:
    """Text as nbformat keeps it: whole, or in lines with their ends."""
    if isinstance(lines, list):
        return "".join(each for each in lines if isinstance(each, str))
    return lines if isinstance(lines, str) else ""
