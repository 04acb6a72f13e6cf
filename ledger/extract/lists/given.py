"""A file of references -> the reference list of an article that comes without one.

Lists come from spreadsheets and other programs, so the usual shapes are read: CSV with commas,
semicolons or tabs, and JSON as a list, an object or a mapping; bibliographies as CSL-JSON, RIS and
BibTeX (`bibliography`). What fits none is refused, because a list that is read wrongly leads claims
to the wrong pages.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ledger.counting import counted
from ledger.document import Reference
from ledger.errors import UsageError
from ledger.extract.characters.decode import clean_text
from ledger.extract.characters.loaded import with_texts
from ledger.extract.lists.bibliography import (
    csl_reference,
    has_ris_id,
    is_bibtex,
    is_csl,
    is_ris,
    read_bibtex,
    read_ris,
)

_MARKER_KEYS = ("index", "number", "id", "citation_number", "citation-number")
"""What other programs call the marker in their lists of sources."""
_LIST_KEYS = ("references", "sources", "items")
_READ = ("marker", "url", "title")
"""The columns that are read."""
_DELIMITERS = (",", ";", "\t")
_FENCED = re.compile(r"\s*```[A-Za-z]{0,10}[ \t]*\n(.*)\n```\s*", re.S)
"""Models put a file that they write into a fence of Markdown."""
_SHAPES = "Write a list of objects with marker and url, or one object of markers and addresses"
_MOST_SHOWN, _LONGEST_SHOWN = 8, 40
"""Columns that a message names, and characters of each."""
_AS_PRINTED = (
    "A reference list as printed is read only at the end of its article: put it there, or "
    "write CSV with the columns marker, url and title"
)
_COLUMNS = "It needs the columns marker, url and, if there is one, title"

_RIS = "Export it again with its works: each begins with a line 'TY  - ' and ends with 'ER  - '"
_BIBTEX = "Export it again with its works: each begins like this: @article{key, title = {...}"
"""What to do about a file in which there is none."""


def read_references(text: str, name: str) -> tuple[Reference, ...]:
    """Read references from CSV (with a header line), JSON, CSL-JSON, RIS or BibTeX.

    Args:
        text: The file's text. JSON may be a list of objects with marker and url, such a list under
            "references", "sources" or "items", one such object, a mapping from marker to address
            (null for none), or CSL-JSON.
        name: The file's name, for errors. The endings .ris and .bib are believed; for all other
            names the text decides.

    Returns:
        Entries in file order. An empty `url` is None: the reference has no address.

    Raises:
        UsageError: A column is missing, a row has no marker, a value is no text, or it is none of
            these formats.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UsageError(name, "it is empty", remedy=_COLUMNS)
    fenced = _FENCED.fullmatch(text)
    text = fenced[1] if fenced else text
    if is_ris(text, name):
        found, remedy = read_ris(text, name), _RIS
    elif is_bibtex(text, name):
        found, remedy = read_bibtex(text, name), _BIBTEX
    else:
        is_json = text.lstrip()[:1] in ("[", "{")
        rows = _json_rows(text, name) if is_json else _csv_rows(text, name)
        found = tuple(_reference(number, row, name) for number, row in rows)
        remedy = f"{_SHAPES}, or CSL-JSON" if is_json else _COLUMNS
    if not found:
        raise UsageError(name, "the file contains no references", remedy=remedy)
    return found


def are_counted(text: str, name: str, found: Sequence[Reference]) -> bool:
    """Whether references were numbered by their places, as their file has no ids: RIS alone may.

    Args: As for `read_references`, and what that gave.
    """
    return is_ris(text, name) and not any(map(has_ris_id, found))


def is_uncited(
    given: Sequence[Reference],
    listed: Iterable[tuple[str | None, str]],
    cited: Iterable[str | None],
) -> bool:
    """Whether a text cites no entry of a list that was given for it.

    Args:
        given: The list; False where it is empty.
        listed: Marker and `raw` of the entries that the text was read with: it may have other names
            for those of the list.
        cited: The markers of its citations.
    """
    raws = {each.raw for each in given}
    markers = {each.marker for each in given}
    markers.update(marker for marker, raw in listed if raw in raws)
    return bool(given) and markers.isdisjoint(cited)


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)  # the header has no other use for them
    reader = csv.reader(io.StringIO(text), strict=True, delimiter=delimiter)
    begins = 1
    try:
        header = _columns([cell.strip().lower() for cell in next(reader, [])], name)
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells[len(header) :]):
                raise UsageError(
                    name,
                    f"line {begins}: {counted(len(cells), 'cell')} under "
                    f"{counted(len(header), 'column')}",
                    remedy="Put a cell that holds the delimiter into quotes",
                )
            if cells:
                yield begins, dict(zip(header, cells, strict=False))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(name, f"line {begins} is not CSV: {error}") from error


def _columns(header: list[str], name: str) -> list[str]:
    """What the columns are called; one of those that are read is there once."""
    missing = [column for column in ("marker", "url") if column not in header]
    if missing:
        lacking = "columns marker and url are" if missing[1:] else f"column {missing[0]} is"
        raise UsageError(
            name,
            f"the {lacking} missing; it has {_shown(header) or 'none'}",
            remedy=_COLUMNS,
        )
    twice = next((column for column in _READ if header.count(column) > 1), None)
    if twice is not None:
        raise UsageError(name, f"line 1: the column {twice!r} is there twice", remedy=_COLUMNS)
    return header


def _shown(header: Sequence[str]) -> str:
    """Names of columns within a sentence: what is no table has a sentence for a name."""
    named = ", ".join(column[:_LONGEST_SHOWN] for column in header[:_MOST_SHOWN])
    return named.rstrip(" .") + (", …" if len(header) > _MOST_SHOWN else "")


def _json_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = with_texts(json.loads(text), clean_text)
    except ValueError as error:
        raise UsageError(name, f"this is not JSON: {error}", remedy=_AS_PRINTED) from error
    except RecursionError as error:
        raise UsageError(
            name, "this is not a list of references: it is nested too deeply"
        ) from error
    if isinstance(rows, dict):
        rows = _mapped(rows, name)
    for number, row in enumerate(rows, 1):
        if is_csl(row):
            yield number, row
            continue
        if isinstance(row, dict) and "marker" not in row:
            other = next((key for key in _MARKER_KEYS if key in row), None)
            row = {**row, "marker": row[other]} if other else row
        if not isinstance(row, dict) or not {"marker", "url"} <= row.keys():
            raise UsageError(name, f"entry {number} lacks marker or url", remedy=_COLUMNS)
        yield number, row


def _mapped(found: dict[str, Any], name: str) -> list[Any]:
    """Rows of an object: one row, a list of rows, a mapping, or what STORM writes."""
    if "url" in found and any(key in found for key in ("marker", *_MARKER_KEYS)):
        return [found]
    if is_csl(found):
        return [found]
    for key in _LIST_KEYS:
        if isinstance(found.get(key), list):
            return list(found[key])
    numbers, infos = found.get("url_to_unified_index"), found.get("url_to_info")
    if isinstance(numbers, dict):
        infos = infos if isinstance(infos, dict) else {}
        return [
            {"marker": number, "url": url, "title": _title(infos.get(url))}
            for url, number in numbers.items()
        ]
    for marker, url in found.items():
        if url is not None and not isinstance(url, str):
            raise UsageError(name, f"the value of {marker!r} is no address", remedy=_SHAPES)
    return [{"marker": marker, "url": url} for marker, url in found.items()]


def _title(info: object) -> object:
    return info.get("title") if isinstance(info, dict) else None


def _reference(number: int, row: dict[str, Any], name: str) -> Reference:
    if is_csl(row):
        return csl_reference(row, name)
    for key in ("marker", "url"):
        if isinstance(row.get(key), dict | list | bool):
            raise UsageError(name, f"row {number}: the {key} is no text", remedy=_SHAPES)
    marker, url, title = (_cell(row.get(key)) for key in _READ)
    marker = (marker or "").strip("[]^ ")
    if not marker:
        raise UsageError(name, f"row {number} has no marker", remedy=_COLUMNS)
    return Reference(
        marker=marker, raw=url or title or marker, url=url, urls=(url,) if url else (), title=title
    )


def _cell(value: object) -> str | None:
    """Text of a cell; None when it is empty, or no single value."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).strip() or None
