"""Bytes -> which reader would read them, without reading them."""

from ledger.extract import versions
from ledger.extract.media import (
    BOOK,
    HTML,
    JATS,
    MARKDOWN,
    OPEN_DOCUMENT,
    PDF,
    WIKI,
    WORD,
    media_type_of,
)

_READERS = {
    BOOK: versions.BOOK,
    HTML: versions.HTML,
    JATS: versions.JATS,
    MARKDOWN: versions.MARKDOWN,
    OPEN_DOCUMENT: versions.OPEN_DOCUMENT,
    PDF: versions.PDF,
    WIKI: versions.WIKITEXT,
    WORD: versions.WORD,
}


def expected(body: bytes, *, name: str, media_type: str | None) -> str | None:
    """Name and version of the reader that `read` takes, as `Document.extractor` would say it.

    None where only reading tells: plain text may be Markdown, and JSON an answer or a notebook.
    Arguments as those of `read`.
    """
    return _READERS.get(media_type_of(body, media_type, name))
