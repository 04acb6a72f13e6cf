"""What an office file keeps of the works that it cites -> their titles and addresses.

Zotero and Mendeley keep CSL-JSON behind a citation, EndNote its own XML, and Word a list of sources
in a part of its own.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
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
_AUTHOR, _YEAR = (re.compile(_INSIDE.format(name)) for name in ("author", "year"))
_TAG = re.compile("<[^<>]*>")
_WHOLE_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_MOST_AUTHORS = 20
"""Authors of a work that are named; a record may have thousands."""


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
        said = {name: source.findtext(f"{{*}}{name}") for name in ("Title", "URL", "DOI", "Year")}
        names = [
            each.text or "" for each in source.iterfind("{*}Author/{*}Author//{*}Last") if each.text
        ]
        named = names or [source.findtext("{*}Author/{*}Author/{*}Corporate") or ""]
        yield _work(said["Title"], said["URL"], said["DOI"], named, said["Year"])


def as_listed(work: Reference) -> tuple[tuple[str, str], str] | None:
    """A work by its first author and its year, and as an entry of a list; None without either."""
    try:
        record = json.loads(work.raw)
    except ValueError:
        return None
    said = record.get("author") or record.get("editor")
    names = [
        str(each.get("family") or each.get("literal") or "").strip()
        for each in (said[:_MOST_AUTHORS] if isinstance(said, list) else ())
        if isinstance(each, dict)
    ]
    year = _WHOLE_YEAR.search(json.dumps(record.get("issued")))
    if not names or not names[0] or year is None:
        return None
    entry = f"{', '.join(filter(None, names))} ({year[0]}). {work.title or ''}. {work.url or ''}"
    return (names[0], year[0]), entry


def _end_note(record: str) -> Reference:
    urls = _URLS.search(record)
    url = _said(_URL, urls[1]) if urls else None
    authors = [
        html.unescape(_TAG.sub("", each)).partition(",")[0].strip()
        for each in _AUTHOR.findall(record)
    ]
    return _work(_said(_TITLE, record), url, _said(_DOI, record), authors, _said(_YEAR, record))


def _said(pattern: re.Pattern[str], record: str) -> str | None:
    found = pattern.search(record)
    return html.unescape(_TAG.sub("", found[1])).strip() if found else None


def _work(
    title: str | None, url: str | None, doi: str | None, authors: Sequence[str], year: str | None
) -> Reference:
    said = {"id": FIELD, "title": title, "URL": url, "DOI": doi}
    record: dict[str, Any] = {name: text for name, text in said.items() if text}
    record["author"] = [{"family": author} for author in authors if author]
    record["issued"] = {"raw": year or ""}
    return csl_reference(record, FIELD)
