"""A Word file (.docx) -> Document, by way of the HTML that mammoth makes of it.

Headings, lists, tables, links, notes and raised numbers come out as HTML has them; what decides
about markers is the same as for pages. Nothing outside the file is opened: its links are text, and
its pictures are left out.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from xml.parsers.expat import ExpatError

from ledger.document import Document, Finding
from ledger.errors import ExtractError
from ledger.extract.word_parts import respelled, with_numbers, without_hidden

WORD = "ledger-word/8"
MAX_XML_BYTES = 16_000_000
"""Uncompressed, all parts together; a book of 500 pages has some 5 MB."""
_MOST_PARTS = 5_000
_RAISED = re.compile(r"<sup>([0-9][0-9,;\s–-]{0,60})</sup>")
"""Numbers set high, spelled as the reader of lines knows them."""
_FIELD = re.compile(
    r"(href=\"[^\"<>&]{1,2000}(?:&amp;[^\"<>&]{0,500}){0,20})"
    r"&quot; {1,4}\\l {1,4}&quot;([^\"<>]{0,2000}?)(?=\")"
)
"""A field that names a place on its page apart: 'HYPERLINK "https://…" \\l "dams"'."""
_TITLE = re.compile(rb"<dc:title>([^<>]{1,300})</dc:title>")
"""Often that of a template, or none; it is believed where the text begins with it."""
_TAG = re.compile("<[^<>]*>")
_TOP = 5_000
_CELL = re.compile(r"(<t[dh][^<>]{0,100}>)((?:[^<]|<(?!/?t))*+)(?=</t[dh]>)")
"""Word puts every cell into a paragraph, which in a page would be a sign of mere layout."""
_STYLES = """
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
"""


def read_word(body: bytes, name: str, known: Sequence[str] = ()) -> Document:
    """Read a Word file; `known` are the markers of a list that comes from outside.

    Raises:
        ExtractError: It is no Word file, broken ("broken-file"), or beyond the limits of a text
            ("too-large", "too-deep").
    """
    import mammoth

    from ledger.extract.html import read_html

    checked, title, hidden = _checked(body, name)
    try:
        html = mammoth.convert_to_html(
            checked,
            style_map=_STYLES,
            convert_image=_no_image,
            external_file_access=False,
        ).value
    except RecursionError as error:
        raise ExtractError(name, "too-deep", "its parts are nested too deeply") from error
    # What mammoth meets in a broken file: no such part or relation, no number, no XML, no body.
    except (
        KeyError,
        ValueError,
        OSError,
        ExpatError,
        zipfile.BadZipFile,
        NotImplementedError,  # of a compression, or a version of the format, that is not read
    ) as error:
        raise ExtractError(name, "broken-file", f"it is no whole Word file: {error}") from error
    html = with_numbers(html)
    html = _FIELD.sub(r"\1#\2", _CELL.sub(_plain_cell, _RAISED.sub(_in_carets, html)))
    head = f"<title>{title}</title>" if title and title in _TAG.sub("", html[:_TOP]) else ""
    document = read_html(f"{head}<body>{html}</body>", known)
    left_out = (Finding(code="text-left-out", detail="words are hidden in the file"),)
    findings = (*(left_out if hidden else ()), *document.findings)
    return replace(document, extractor=WORD, findings=findings)


def _in_carets(match: re.Match[str]) -> str:
    return f"^{','.join(match[1].replace(',', ' ').split())}^"


def _plain_cell(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2].replace('</p><p>', ' ').replace('<p>', '').replace('</p>', '')}"


def _no_image(_: object) -> list[object]:
    return []


def _checked(body: bytes, name: str) -> tuple[io.BytesIO, str, bool]:
    """The parts of a Word file that hold text, in a zip of our own making.

    And its title, and whether words were left out that are hidden.

    What a zip says of the size of a part may be a lie, and its reader would believe it.
    """
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            left = MAX_XML_BYTES
            for part in archive.infolist():
                if not part.filename.endswith((".xml", ".rels")) or part.filename in found:
                    continue
                if len(found) == _MOST_PARTS:
                    raise ExtractError(
                        name,
                        "too-large",
                        f"it has more than {_MOST_PARTS:,} parts",
                        remedy="Split it into articles",
                    )
                text = _part(archive, part, left + 1, name)
                left -= len(text)
                if left < 0:
                    raise ExtractError(
                        name,
                        "too-large",
                        f"its text has more than {MAX_XML_BYTES / 1e6:.0f} MB",
                        remedy="Split it into articles",
                    )
                found[part.filename] = text
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise ExtractError(name, "broken-file", f"its zip cannot be read: {error}") from error
    checked = io.BytesIO()
    shown = {path: without_hidden(text) for path, text in found.items()}
    with zipfile.ZipFile(checked, "w") as copy:
        for path, text in respelled(shown).items():
            copy.writestr(path, text)
    title = _TITLE.search(found.get("docProps/core.xml", b""))
    said = title[1].decode("utf-8", "replace").strip() if title else ""
    return checked, said, shown != found


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int, name: str) -> bytes:
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExtractError(name, "broken-file", "it is packed in a way that Word does not know")
    with archive.open(part) as stream:
        text = stream.read(most)
    # Word writes no document type, and entities are what attacks on readers are made of.
    if b"<!DOCTYPE" in text:
        raise ExtractError(name, "broken-file", "it declares entities, which no Word file does")
    return text
