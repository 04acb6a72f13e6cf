"""What an office file keeps of the works that it cites -> their titles and addresses.

Zotero and Mendeley keep CSL-JSON behind a citation, EndNote its own XML, and Word a list of sources
in a part of its own.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

from ledger.document import Reference
from ledger.errors import UsageError
from ledger.extract.lists.bibliography import csl_reference

FIELD = "CSL_CITATION"
"""What Zotero and Mendeley call their field."""
END_NOTE = "<EndNote>"
"""How a record of EndNote begins."""
_OF_WORD = b"officeDocument/2006/bibliography"
_RECORD = re.compile(r"<record>(?:[^<]|<(?!/?record>))*+")
_INSIDE = "<{0}>((?:[^<]|<(?!/?{0}>))*+)</{0}>"
_TITLE, _URLS, _URL, _DOI = (
    re.compile(_INSIDE.format(name))
    for name in ("title", "related-urls", "url", "electronic-resource-num")
)
_TAG = re.compile("<[^<>]*>")


def works_of(field: str) -> Iterator[Reference]:
    """The works that a field of a citation has records of; none for what is no such field."""
    if END_NOTE in field:
        yield from map(_end_note, _RECORD.findall(field))
        return
    try:
        said, _ = json.JSONDecoder().raw_decode(field, max(0, field.find("{")))
    except (ValueError, RecursionError):  # cut off, or no record
        return
    items = said.get("citationItems") if isinstance(said, dict) else None
    for item in items if isinstance(items, list) else ():
        record: Any = item.get("itemData") if isinstance(item, dict) else None
        if isinstance(record, dict):
            try:
                yield csl_reference(record, FIELD)
            except UsageError:  # it has no name
                continue


def sources_in(part: bytes) -> Iterator[Reference]:
    """The sources that a part of a Word file lists; none where it is no such part."""
    if _OF_WORD not in part:
        return
    try:
        root = fromstring(part)  # noqa: S314 - document types are refused before
    except (ParseError, ValueError, LookupError):  # nothing that is shown is lost with it
        return
    for source in root.iterfind("{*}Source"):
        said = {name: source.findtext(f"{{*}}{name}") for name in ("Title", "URL", "DOI")}
        yield _work(said["Title"], said["URL"], said["DOI"])


def _end_note(record: str) -> Reference:
    urls = _URLS.search(record)
    return _work(_said(_TITLE, record), _said(_URL, urls[1]) if urls else None, _said(_DOI, record))


def _said(pattern: re.Pattern[str], record: str) -> str | None:
    found = pattern.search(record)
    return html.unescape(_TAG.sub("", found[1])).strip() if found else None


def _work(title: str | None, url: str | None, doi: str | None) -> Reference:
    said = {"id": FIELD, "title": title, "URL": url, "DOI": doi}
    return csl_reference({name: text for name, text in said.items() if text}, FIELD)
