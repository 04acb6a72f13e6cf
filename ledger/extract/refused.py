"""Bytes that no reader takes -> why, and what to do about them, as an error to be raised."""

import re

from ledger.errors import ExtractError
from ledger.extract.media import (
    APPLE,
    MAILBOX,
    OLD_OFFICE,
    PACKED,
    PLAIN,
    SHORTCUT,
    UNKNOWN,
    WARC,
    XML,
    ZIP,
    looks_binary,
)
from ledger.patterns import later

_READABLE = (
    "Markdown, plain text, HTML, wikitext, .docx, .odt, .epub, .ipynb, JATS, mails, saved pages "
    "(MHTML, .webarchive), PDF and answers of AI services (JSON) are read"
)
_XML_REMEDY = (
    "Read a feed with `ledger ingest --feed`, a sitemap with `--sitemap`; save an article "
    "(DocBook, TEI) as HTML"
)
_TO_WORD = (
    "Save it as .docx in Word or LibreOffice, which keeps its notes and links, or run: "
    "soffice --headless --convert-to docx FILE"
)
_XML_TYPES = (XML, "text/xml", "application/rss+xml", "application/atom+xml")
_REMEDIES = {
    **dict.fromkeys(_XML_TYPES, _XML_REMEDY),
    WARC: "Read it with `ledger ingest --warc`",
    MAILBOX: "It holds several mails: save each as .eml",
    "application/rtf": _TO_WORD,
    APPLE: "Export it as Word (.docx)",
    SHORTCUT: "Name the address that is in it",
    "text/csv": "To use it as the reference list of an article: --references",
}
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What the part of a Word file is called that holds all of it, where it has a password."""
_LONGEST_SHORTCUT = 1_000
"""Of a file that Google Drive leaves in the place of a document (.gdoc)."""
_NAMED = later(r"\.(docx|odt|epub|pdf)(?:[?#]|$)", re.I)
_CALLED = {
    "docx": "a Word file",
    "odt": "an OpenDocument text",
    "epub": "a book (EPUB)",
    "pdf": "a PDF",
}
"""What names of files say, whose bytes must say it too."""


def misnamed(name: str, media_type: str, declared: str | None) -> ExtractError | None:
    """That bytes are not what the name of their file says; None where nothing says so.

    Args:
        media_type: What they are.
        declared: As which they were sent; None for a file.
    """
    named = _NAMED.search(name) if media_type in (ZIP, PLAIN, UNKNOWN) else None
    if named is None or _says_text(declared):
        return None
    called = _CALLED[named[1].lower()]
    return ExtractError(
        name,
        "broken-file",
        f"its name says that it is {called}, but it is damaged or of another kind",
        remedy="Get it or save it again; a file of another kind needs another extension",
    )


def _says_text(media_type: str | None) -> bool:
    """Whether who sent it says that it is text, whatever it is called."""
    return media_type is not None and media_type.strip().lower().startswith("text/")


def unreadable(name: str, media_type: str, body: bytes) -> ExtractError:
    """Why bytes of a type are not read, named as in messages."""
    what = f"no article can be read from {media_type}"
    remedy = _REMEDIES.get(media_type, _READABLE)
    if media_type == UNKNOWN:
        what = "it is neither text nor of a kind that is read"
    elif media_type in PACKED:
        what = f"it is a packed file ({media_type}), whose contents are not read"
        remedy = "Unpack it, and give the file or folder that comes out"
    elif media_type == OLD_OFFICE and _LOCKED in body:
        what, remedy = "this file asks for a password", "Save it without one"
        return ExtractError(name, "encrypted", what, remedy=remedy)
    elif media_type == OLD_OFFICE:
        what, remedy = "it is a file of an old version of Office (.doc, .xls or .ppt)", _TO_WORD
    code = "binary" if looks_binary(body) else "unsupported-type"
    return ExtractError(name, code, what, remedy=remedy)


def only_references(name: str) -> ExtractError:
    """That a file is a list of references, which no article is read from."""
    what = "it is a list of references, not an article"
    remedy = f"To use it as the reference list of an article: --references {name}"
    return ExtractError(name, "reference-list", what, remedy=remedy)


def no_answer(name: str, text: str) -> ExtractError:
    """That JSON is not what an AI service answers."""
    what = "this JSON is not the answer of an AI service, or it is incomplete"
    remedy = f"Save its text as Markdown: {_READABLE}"
    if len(text) < _LONGEST_SHORTCUT and '"doc_id"' in text:
        what, remedy = "it is only a link to a Google document", "Download that as .docx"
    return ExtractError(name, "unsupported-type", what, remedy=remedy)
