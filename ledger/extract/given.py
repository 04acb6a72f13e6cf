"""A file of references -> the reference list of an article that comes without one."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from ledger.errors import UsageError
from ledger.model import Reference

_MARKER_KEYS = ("index", "number", "id", "citation_number", "citation-number")
"""What other programs call the marker in their lists of sources."""
_COLUMNS = "It needs the columns marker, url and, if there is one, title"


def read_references(text: str, name: str) -> tuple[Reference, ...]:
    """Read references from CSV (with a header line) or JSON (a list of objects).

    Args:
        text: The file's text.
        name: The file's name, for errors; its ending does not matter.

    Returns:
        Entries in file order. An empty `url` is None: the reference has no address.

    Raises:
        UsageError: A column is missing, a row has no marker, or it is neither CSV nor JSON.
    """
    rows = _json_rows(text, name) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text, name)
    found = tuple(_reference(number, row, name) for number, row in rows)
    if not found:
        raise UsageError(name, "the file lists no references", remedy=_COLUMNS)
    return found


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = [str(column).strip().lower() for column in reader.fieldnames or ()]
        missing = [column for column in ("marker", "url") if column not in header]
        if missing:
            raise UsageError(
                name,
                f"the column {' and '.join(missing)} is missing; "
                f"it has {', '.join(header) or 'none'}",
                remedy=_COLUMNS,
            )
        reader.fieldnames = header
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise UsageError(name, f"line {reader.line_num} is no CSV: {error}") from error


def _json_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise UsageError(name, f"this is no JSON: {error}") from error
    if isinstance(rows, dict):
        rows = _mapped(rows)
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict) and "marker" not in row:
            other = next((key for key in _MARKER_KEYS if key in row), None)
            row = {**row, "marker": row[other]} if other else row
        if not isinstance(row, dict) or not {"marker", "url"} <= row.keys():
            raise UsageError(name, f"entry {number} lacks marker or url", remedy=_COLUMNS)
        yield number, row


def _mapped(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of an object: identifier to address, or the `url_to_info.json` that STORM writes."""
    numbers, infos = found.get("url_to_unified_index"), found.get("url_to_info")
    if not isinstance(numbers, dict):
        return [{"marker": marker, "url": url} for marker, url in found.items()]
    infos = infos if isinstance(infos, dict) else {}
    return [
        {"marker": number, "url": url, "title": _title(infos.get(url))}
        for url, number in numbers.items()
    ]


def _title(info: object) -> object:
    return info.get("title") if isinstance(info, dict) else None


def _reference(number: int, row: dict[str, Any], name: str) -> Reference:
    marker, url, title = (_cell(row.get(key)) for key in ("marker", "url", "title"))
    marker = (marker or "").strip("[]")
    if not marker:
        raise UsageError(name, f"row {number} has no marker", remedy=_COLUMNS)
    return Reference(
        marker=marker, raw=url or title or marker, url=url, urls=(url,) if url else (), title=title
    )


def _cell(value: object) -> str | None:
    """Text of a cell; None when it is empty."""
    return None if value is None else str(value).strip() or None
