"""A notebook (Jupyter, nbformat 4 and 3) -> the Markdown in it.

Its cells of Markdown are the text, and what its code shows as Markdown. Code is none; what code
printed may be anything, from a log to an answer, and a raw cell is for a program: they are not
read, and that is told.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_SHOWN = "text/markdown"
_PRINTED = ("text/plain", "text/html", "text/latex")
_TAG = re.compile(r"<(?:script|style)\b[^<>]*+>[^<]*+|<[^<>]*+>")
_FEWEST_WORDS = 20
"""Words that code prints: what is shorter is a number, a name or the shape of a table."""


class Notebook(NamedTuple):
    """The text of a notebook; how many of its cells printed something, or are raw, that is not."""

    text: str
    printed: int
    raw: int


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
    raw = sum(_is_raw(cell) and _says_much(_joined(cell.get("source"))) for cell in cells)
    return Notebook("\n\n".join(said), printed, raw)


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _said(cell: dict[str, Any]) -> Iterator[str]:
    kind, level = cell.get("cell_type"), cell.get("level")
    if kind == "markdown" or (kind == "raw" and not _is_raw(cell)):
        yield _joined(cell.get("source"))
    elif kind == "heading" and isinstance(level, int):  # before nbformat 4
        heading = " ".join(_joined(cell.get("source")).split())
        yield f"{'#' * min(max(level, 1), 6)} {heading}"
    for output in _dicts(cell.get("outputs")):
        data = output.get("data")
        if isinstance(data, dict) and _SHOWN in data:
            yield _joined(data[_SHOWN])


def _is_raw(cell: dict[str, Any]) -> bool:
    """Whether a cell is for a program that makes something of the notebook."""
    about = cell.get("metadata")
    said = about.get("raw_mimetype", about.get("format")) if isinstance(about, dict) else None
    return cell.get("cell_type") == "raw" and said != _SHOWN


def _is_printed(output: dict[str, Any]) -> bool:
    data = output.get("data")
    if _is_long(_joined(output.get("text"))):
        return True
    shown = data if isinstance(data, dict) and _SHOWN not in data else {}
    return any(_is_long(_TAG.sub(" ", _joined(shown.get(kind)))) for kind in _PRINTED)


def _says_much(raw: str) -> bool:
    """Whether a raw cell says much; what tells of the notebook itself, as YAML, does not."""
    return _is_long(raw) and not raw.lstrip().startswith("---")


def _is_long(words: str) -> bool:
    return len(words.split()) > _FEWEST_WORDS


def _joined(lines: Any) -> str:
    """Text as nbformat keeps it: whole, or in lines with their ends."""
    if isinstance(lines, list):
        return "".join(each for each in lines if isinstance(each, str))
    return lines if isinstance(lines, str) else ""
