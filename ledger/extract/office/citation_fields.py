"""What citation programs keep in an office file behind a citation -> addresses of its entries.

They put the whole record of a work there; many styles print a list that has no addresses. The
records of a note are those that stand in it; the record of an entry is the one whose title does.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ledger.document import Reference
from ledger.extract.characters.decode import clean_text
from ledger.extract.lists.point_back import point_back
from ledger.extract.office.citation_records import END_NOTE, FIELD, works_of
from ledger.letters import key_of

_PIECE = re.compile(
    rb"<w:fldChar [^<>]{0,200}?w:fldCharType=\"(?P<mark>begin|separate|end)\""
    rb"|<w:instrText(?: [^<>]*)?>(?P<said>[^<]*)"
    rb"|<w:fldData(?: [^<>]*)?>(?P<data>[^<]*)"
    rb"|<w:tag w:val=\"MENDELEY_CITATION_v3_(?P<coded>[A-Za-z0-9+/=]+)\""
)
_PROGRAMS = (FIELD.encode(), b"MENDELEY_CITATION_v3_", b"EN.CITE")
_NOTE = re.compile(rb"<w:(?:foot|end)note [^<>]*>(?:[^<]|<(?!/?w:(?:foot|end)note[ >]))*+")
_WORDS = re.compile(rb"<w:t(?: [^<>]*)?>([^<]*)")
_SHORTEST_TITLE, _BEGINNING, _MOST_ALIKE = 16, 8, 50
"""Letters of a title that is looked for (half as many where one says a word, as in Chinese), of its
beginning, and titles that begin alike."""


class NoteFields(NamedTuple):
    """A note of an office file, and what it cites.

    Attributes:
        raw: Its words, as printed.
        fields: What citation programs keep behind the citations in it, in order.
    """

    raw: str
    fields: tuple[str, ...]


def fields_in(part: bytes) -> Iterator[str]:
    """The fields of citations in a part of a Word file, in order."""
    if not any(name in part for name in _PROGRAMS):
        return
    said: list[bytes] = []
    for piece in _PIECE.finditer(part):
        if piece["said"] is not None:
            said.append(piece["said"])
        elif (coded := piece["coded"] or piece["data"]) is not None:
            yield _decoded(coded)
        elif piece["mark"] is not None:
            field = html.unescape(b"".join(said).decode("utf-8", "replace"))
            if piece["mark"] != b"begin" and (FIELD in field or END_NOTE in field):
                yield field
            said.clear()


def notes_in(part: bytes) -> Iterator[NoteFields]:
    """The notes in a part of a Word file that have fields of citations, in order."""
    if not any(name in part for name in _PROGRAMS):
        return
    for note in _NOTE.findall(part):
        if fields := tuple(fields_in(note)):
            words = b"".join(_WORDS.findall(note)).decode("utf-8", "replace")
            yield NoteFields(html.unescape(words), fields)


def with_addresses(
    references: Sequence[Reference], works: Iterable[Reference], notes: Iterable[NoteFields] = ()
) -> tuple[Reference, ...]:
    """The references; one without an address has those of the records of what it prints.

    Linear in all of them. A title that is that of works on different pages says nothing, and
    neither does a note that says the same as another of other works ("Ibid."), or one with a work
    that has no address.
    """
    titled: dict[str, tuple[str, ...]] = {}
    for work in works:
        title = key_of(work.title or "")
        if len(title.encode()) >= _SHORTEST_TITLE <= 2 * len(title) and work.urls:
            urls = tuple(map(clean_text, work.urls))
            titled[title] = urls if titled.get(title, urls) == urls else ()
    begins: dict[str, list[str]] = {}
    for title in titled:
        begins.setdefault(title[:_BEGINNING], []).append(title)
    noted = _noted(notes)
    if not titled and not noted:
        return tuple(references)
    found = tuple(
        each if each.urls else _of_note(each, noted) or _addressed(each, titled, begins)
        for each in references
    )
    return found if found == tuple(references) else tuple(point_back(found))


def _noted(notes: Iterable[NoteFields]) -> dict[str, tuple[str, ...]]:
    """The addresses of all works of a note, by what it says; none where they are not known."""
    found: dict[str, tuple[str, ...]] = {}
    for note in notes:
        works = [work for field in note.fields for work in works_of(field)]
        said = dict.fromkeys(clean_text(url) for work in works for url in work.urls)
        urls = tuple(said) if all(work.urls for work in works) else ()
        raw = key_of(note.raw)
        found[raw] = urls if found.get(raw, urls) == urls else ()
    return found


def _of_note(reference: Reference, noted: Mapping[str, tuple[str, ...]]) -> Reference | None:
    urls = noted.get(key_of(reference.raw), ()) if noted else ()
    return replace(reference, url=urls[0], urls=urls) if urls else None


def _addressed(
    reference: Reference, works: Mapping[str, tuple[str, ...]], begins: Mapping[str, list[str]]
) -> Reference:
    raw = key_of(reference.raw)
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


def _decoded(coded: bytes) -> str:
    try:
        return base64.b64decode(coded).decode("utf-8", "replace")
    except binascii.Error:  # cut off
        return ""
