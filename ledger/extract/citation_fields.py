"""What citation programs keep in an office file behind a citation -> addresses of its entries.

Zotero and Mendeley put the whole record of a work there, as CSL-JSON; many styles print a list that
has no addresses. The record of an entry is the one whose title stands in it.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ledger.document import Reference
from ledger.errors import UsageError
from ledger.extract.characters.decode import clean_text
from ledger.extract.lists.bibliography import csl_reference

FIELD = "CSL_CITATION"
"""What Zotero and Mendeley call such a field."""
_PIECE = re.compile(
    rb"<w:fldChar [^<>]{0,200}?w:fldCharType=\"(?P<mark>begin|separate|end)\""
    rb"|<w:instrText(?: [^<>]*)?>(?P<said>[^<]*)"
    rb"|<w:tag w:val=\"MENDELEY_CITATION_v3_(?P<coded>[A-Za-z0-9+/=]+)\""
)
_SHORTEST_TITLE, _BEGINNING, _MOST_ALIKE = 16, 8, 50
"""Letters of a title that is looked for (half as many where one says a word, as in Chinese), of its
beginning, and titles that begin alike."""


def fields_in(part: bytes) -> Iterator[str]:
    """The fields of citations in a part of a Word file, in order."""
    if FIELD.encode() not in part and b"MENDELEY_CITATION_v3_" not in part:
        return
    said: list[bytes] = []
    for piece in _PIECE.finditer(part):
        if piece["said"] is not None:
            said.append(piece["said"])
        elif piece["coded"] is not None:
            yield _decoded(piece["coded"])
        else:
            field = b"".join(said)
            if piece["mark"] != b"begin" and FIELD.encode() in field:
                yield html.unescape(field.decode("utf-8", "replace"))
            said.clear()


def with_addresses(references: Sequence[Reference], fields: Iterable[str]) -> tuple[Reference, ...]:
    """The references; one without an address has those of the record that it prints.

    Linear in both. A title that is that of works on different pages says nothing.
    """
    works: dict[str, tuple[str, ...]] = {}
    for work in _works_of(fields):
        title = _folded(work.title or "")
        if len(title.encode()) >= _SHORTEST_TITLE <= 2 * len(title) and work.urls:
            urls = tuple(map(clean_text, work.urls))
            works[title] = urls if works.get(title, urls) == urls else ()
    begins: dict[str, list[str]] = {}
    for title in works:
        begins.setdefault(title[:_BEGINNING], []).append(title)
    return tuple(
        each if each.urls else _addressed(each, works, begins) if works else each
        for each in references
    )


def _addressed(
    reference: Reference, works: Mapping[str, tuple[str, ...]], begins: Mapping[str, list[str]]
) -> Reference:
    raw = _folded(reference.raw)
    titles = {
        title
        for at in range(len(raw) - _BEGINNING + 1)
        for title in begins.get(raw[at : at + _BEGINNING], ())[:_MOST_ALIKE]
        if raw.startswith(title, at)
    }
    longest = max(titles, key=len, default="")
    urls = works.get(longest, ())
    if not urls or any(title not in longest for title in titles):
        return reference
    return replace(reference, url=urls[0], urls=urls)


def _works_of(fields: Iterable[str]) -> Iterator[Reference]:
    for field in fields:
        try:
            said, _ = json.JSONDecoder().raw_decode(field, max(0, field.find("{")))
        except (ValueError, RecursionError):  # cut off, or no record
            continue
        items = said.get("citationItems") if isinstance(said, dict) else None
        for item in items if isinstance(items, list) else ():
            record: Any = item.get("itemData") if isinstance(item, dict) else None
            if isinstance(record, dict):
                try:
                    yield csl_reference(record, FIELD)
                except UsageError:  # it has no name
                    continue


def _decoded(coded: bytes) -> str:
    try:
        return base64.b64decode(coded).decode("utf-8", "replace")
    except binascii.Error:  # cut off
        return ""


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
