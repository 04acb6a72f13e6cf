"""A Word file (.docx) -> Document, by way of the HTML that mammoth makes of it.

Headings, lists, tables, links, notes and raised numbers come out as HTML has them; what decides
about markers is the same as for pages. Nothing outside the file is opened: its links are text, and
its pictures are left out.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain
from xml.parsers.expat import ExpatError

from ledger.density import most_lines
from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract.office.citation_fields import fields_in, notes_in
from ledger.extract.office.citation_records import sources_in
from ledger.extract.office.page import read_made_page
from ledger.extract.office.word_chunks import PAGES, chunks, with_pages
from ledger.extract.office.word_parts import (
    DOCUMENT,
    respelled,
    with_numbers,
    without_hidden,
)
from ledger.extract.unpacked import refuse_entities, unpacked
from ledger.extract.versions import WORD

_FIELD = re.compile(
    r"(href=\"[^\"<>&]{1,2000}(?:&amp;[^\"<>&]{0,500}){0,20})"
    r"&quot;( {1,4}\\[a-z][^\"<>]{0,2000}+)(?=\")"
)
"""A link by a field that says more than its address, and what it says:
'HYPERLINK "https://…" \\l "dams" \\t "_blank"'."""
_PLACE = re.compile(r" \\l {1,4}&quot;((?:[^&]|&(?!quot;)){1,2000})")
_PARTS = (".xml", ".rels")
_COMMENTS = "word/comments.xml"
_COMMENT = re.compile(rb"<w:comment [^<>]{0,1000}>(?:[^<]|<(?!/?w:comment[ >]))*+")
_PARAGRAPH = re.compile(rb"<(?:[A-Za-z0-9]{1,20}:)?p[\s/>]")
_DIAGRAM = "word/diagrams/data"
_SHOWN, _DRAWN = b"<w:t", b"<a:t>"
_STYLES = """
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Author'] => p.author-name:separator(', ')
p[style-name='Source Code'] => pre:fresh
p[style-name^='toc '] => !
p[style-name='table of figures'] => !
"""
"""A table of contents says again what the headings say."""


def read_word(body: bytes, name: str, known: Sequence[str] = ()) -> Document:
    """Read a Word file; `known` are the markers of a list that comes from outside.

    Raises:
        ExtractError: It is no Word file, broken ("broken-file"), or beyond the limits of a text
            ("too-large", "too-deep"). Too large is also one with more paragraphs
            than a text of its length can have.
    """
    parts = unpacked(body, name, (*_PARTS, *PAGES))
    placed = chunks(parts)
    parts = {path: text for path, text in parts.items() if path.lower().endswith(_PARTS)}
    for text in parts.values():
        refuse_entities(text, name)
    shown = {path: without_hidden(text) for path, text in parts.items()}
    left_out = _left_out(shown, hidden=shown != parts, unread=placed.unread)
    if placed.pages:
        shown[DOCUMENT] = without_hidden(placed.document)
    html = _converted(shown, name)
    html = with_pages(_FIELD.sub(_linked, with_numbers(html)), placed.pages)
    about = parts.get("docProps/core.xml", b"")
    fields = chain.from_iterable(map(fields_in, shown.values()))
    return read_made_page(
        html,
        about,
        WORD,
        known,
        left_out=left_out,
        fields=fields,
        notes=chain.from_iterable(map(notes_in, shown.values())),
        sources=chain.from_iterable(map(sources_in, shown.values())),
    )


def _converted(parts: Mapping[str, bytes], name: str) -> str:
    """The inside of the body of a page that mammoth makes of a Word file; raises as `read_word`."""
    import mammoth

    for text in parts.values():
        if len(_PARAGRAPH.findall(text)) > most_lines(len(text)):
            raise ExtractError(
                name,
                "too-large",
                "it has more paragraphs than a text of its length can have",
                remedy="Take the empty ones out, or save it as plain text",
            )
    try:
        made = mammoth.convert_to_html(
            _zipped(respelled(parts)),
            style_map=_STYLES,
            convert_image=_no_image,
            external_file_access=False,
        )
    except RecursionError as error:
        raise ExtractError(name, "too-deep", "its parts are nested too deeply") from error
    # What mammoth meets in a broken file: no such part, relation or charset, no number, no XML.
    except (
        LookupError,
        ValueError,
        OSError,
        ExpatError,
        zipfile.BadZipFile,
        NotImplementedError,  # of a compression, or a version of the format, that is not read
    ) as error:
        raise ExtractError(name, "broken-file", f"it is no whole Word file: {error}") from error
    html: str = made.value
    return html


def _linked(match: re.Match[str]) -> str:
    place = _PLACE.search(match[2])
    return f"{match[1]}#{place[1]}" if place else match[1]


def _left_out(parts: Mapping[str, bytes], *, hidden: bool, unread: int) -> list[str]:
    """What of a Word file is not read, each as a finding says it."""
    comments = sum(_SHOWN in each for each in _COMMENT.findall(parts.get(_COMMENTS, b"")))
    drawn = any(path.startswith(_DIAGRAM) and _DRAWN in text for path, text in parts.items())
    found = ["words are hidden in the file"] if hidden else []
    if comments:
        found.append(f"comments beside the text: {comments:,}")
    if unread:
        found.append(f"files put into the text that are no pages: {unread:,}")
    return [*found, "words in a diagram"] if drawn else found


def _no_image(_: object) -> list[object]:
    return []


def _zipped(parts: Mapping[str, bytes]) -> io.BytesIO:
    """A zip of our own making: what another says of its parts may be a lie."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for path, text in parts.items():
            copy.writestr(path, text)
    return made
