"""A text and annotations that say where in it they belong -> the text with markers.

The offsets of OpenAI count UTF-16 code units, as JavaScript does; those of Gemini bytes of UTF-8.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ledger.extract.answers.weave import (
    MARK,
    UNIT,
    UTF_16,
    Edit,
    Sources,
    between,
    record,
    weave,
    words,
)

_CITE = re.compile(r" ?\[cite: ?[0-9][0-9, -]{0,80}\]")
"""How a report of Gemini cites the list that it closes with."""
_LONGEST_LINK = 4_000
"""Characters of a link, or of a mark, at the end of what an annotation covers. Chosen: twice what
an address may have elsewhere here."""
_PLACES = ("start_index", "end_index", "index", "url_citation", "file_citation")


def has_place(annotation: dict[str, Any]) -> bool:
    """Whether a citation says where it stands; one that does not belongs to its whole part."""
    return any(annotation.get(name) is not None for name in _PLACES)


def annotated(
    text: object, annotations: Iterable[dict[str, Any]], sources: Sources, unit: str = UTF_16
) -> Iterator[str]:
    """The text with a marker where each annotation ends; nothing for what is no text."""
    if not isinstance(text, str) or not text.strip():
        return
    edits: list[Edit] = []
    for annotation in annotations:
        if annotation.get("type") == "file_path":
            continue  # a file that the service made
        nested = record(annotation.get("url_citation")) or record(annotation.get("file_citation"))
        edit = _edit(text, {**annotation, **nested}, sources, unit)
        if edit is not None:
            edits.append(edit)
    yield weave(text, edits, unit)


def _edit(text: str, place: dict[str, Any], sources: Sources, unit: str) -> Edit | None:
    """What an annotation does to the text; None when the text has the link itself.

    One that does not say where it stands cites nothing of the text: its page is only listed.
    """
    source = words(place.get("source")) or words(place.get("document_uri"))
    url = words(place.get("url")) or words(place.get("uri"))
    url = url or (source if source and "://" in source else None)
    names = (place.get(name) for name in ("title", "filename", "file_name", "name"))
    name = next(filter(None, map(words, names)), None) or words(place.get("file_id"))
    name = name or (None if url else source)
    if url is None and name is None:
        return None
    start, end = place.get("start_index"), place.get("end_index")
    mark = place.get("text")  # of OpenAI's older threads, whose offsets often lie beside it
    if isinstance(mark, str) and MARK.fullmatch(mark) and between(text, start, end, unit) != mark:
        start, end = _stretch(text, mark, unit)
    span = _end_of_span(text, start, end, unit)
    if (url and url in span) or "sandbox:/" in span:
        return None
    nowhere = not (isinstance(end, int) and end > 0) and place.get("index") is None
    if url and (nowhere or _CITE.fullmatch(span)) and url in text:
        return None
    marker = sources.marker(url, name)
    if nowhere:
        return None
    if not isinstance(end, int):
        start, end = None, _place_of(text, place.get("index"), unit)
    is_mark = MARK.fullmatch(span) or _CITE.fullmatch(span)
    return Edit(end, marker, start if span and is_mark else None)


def _end_of_span(text: str, start: object, end: object, unit: str) -> str:
    """What an annotation covers, of a long stretch the end: it may have the link, or be a mark."""
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end - _LONGEST_LINK:
        start = end - _LONGEST_LINK
    return between(text, start, end, unit)


def _stretch(text: str, mark: str, unit: str) -> tuple[int, int]:
    """Where a mark stands first, in units of the encoding; at the end where it does not."""
    at = text.find(mark)
    before, within = (len(each.encode(unit, "replace")) for each in (text[: max(0, at)], mark))
    begin = before // UNIT[unit]
    return (begin, begin + within // UNIT[unit]) if at >= 0 else (len(text), len(text))


def _place_of(text: str, index: object, unit: str) -> int:
    """Where a citation of a file stands that gives one number: behind a word, else at the end.

    The documentation calls it the place in a list of files; what comes is a place in the text.
    """
    units = len(text.encode(unit, "replace")) // UNIT[unit]
    if isinstance(index, int) and 0 < index < units:
        around = between(text, index - 1, index + 1, unit)
        if not around.isalnum():
            return index
    return units
