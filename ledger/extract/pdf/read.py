"""The bytes of a PDF -> its text, or why there is none."""

import io
import logging
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import ExtractError
from ledger.extract.pdf.first_letters import with_first_letters
from ledger.extract.pdf.labels import with_labels
from ledger.extract.pdf.line import Line
from ledger.extract.pdf.page import lines_of
from ledger.extract.pdf.tagged import Tagged, tagged_page, tags_of
from ledger.extract.pdf.text import text_of

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
"""Pages and characters after which the rest is left unread, which is told. Chosen; a worker may
take ten seconds (`contain.Limits`), and one page may take a hundred times as long as another."""


class Text(NamedTuple):
    """What a PDF says, and what was left out of it.

    Attributes:
        text: Paragraphs separated by blank lines; empty where there is `html`.
        left_out: What was not read, in words; None when nothing was left out.
        html: The inside of the body of a page, of a PDF whose tags can be gone by; else empty.
        are_tags_damaged: Whether it has tags that cannot be read.
    """

    text: str
    left_out: str | None
    html: str = ""
    are_tags_damaged: bool = False


def read_pdf(body: bytes, name: str) -> Text:
    """The text of a PDF, paragraphs separated by blank lines.

    Args:
        body: The file.
        name: What it is called, for messages.

    Raises:
        ExtractError: Codes "needs-pdf" (pypdf is not installed), "encrypted", "bad-pdf", "no-text".
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise ExtractError(
            name,
            "needs-pdf",
            "this is a PDF, and reading PDF needs pypdf",
            remedy="Install it: pip install 'claim-ledger[pdf]'",
        ) from error
    # What pypdf complains of is in the text that it gives, or in the error; not on stderr.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExtractError(
                name, "encrypted", "this PDF asks for a password", remedy="Save it without one"
            )
        tags, are_tags_damaged = _tags(reader)
        pages, left_out = ([], None) if tags else _pages(reader)
    except ExtractError:
        raise
    except Exception as error:  # a damaged file makes pypdf fail in any way
        raise ExtractError(
            name,
            "bad-pdf",
            f"this PDF cannot be read ({type(error).__name__}: {str(error)[:100]})",
            remedy="Open it and save it again, or give its text",
        ) from error
    if tags:
        return Text("", None, tagged_page(tags))
    text = text_of(pages)
    if not text.strip():
        raise ExtractError(
            name,
            "no-text",
            "this PDF contains no text: its pages are pictures",
            remedy="Run text recognition over it first",
        )
    return Text(text, left_out, are_tags_damaged=are_tags_damaged)


def _pages(reader: "PdfReader") -> tuple[list[list[Line]], str | None]:
    """The lines of each page, and what was left out as in `Text`."""
    pages: list[list[Line]] = []
    size = 0
    total = len(reader.pages)
    for number, page in enumerate(reader.pages):
        if number == MAX_PAGES or size > MAX_CHARACTERS:
            return pages, f"read up to page {number} of {total}"
        pages.append(with_first_letters(with_labels(lines_of(page))))
        size += sum(len(line.text) for line in pages[-1])
    return pages, None


def _tags(reader: "PdfReader") -> tuple[Tagged | None, bool]:
    """As `tags_of`, and whether they are damaged: the pages may be whole all the same."""
    if len(reader.pages) > MAX_PAGES:
        return None, False
    try:
        return tags_of(reader, MAX_CHARACTERS), False
    except Exception:  # noqa: BLE001 - a damaged file makes pypdf fail in any way
        return None, True
