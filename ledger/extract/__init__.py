"""Bytes -> Document: one reader per format.

`decode` settles what the bytes are, `read` chooses the reader. Lines are read by `markdown` (with
`lines`, `references`, `inline` and the `grammar` of markers), pages by `html`.
"""

from ledger.errors import ExtractError
from ledger.extract.decode import decode
from ledger.extract.media import looks_binary, media_type_of
from ledger.model import Document

_TEXTS = {
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
}


def read(
    body: bytes, *, name: str, media_type: str | None = None, charset: str | None = None
) -> tuple[Document, str, str]:
    """Read the article that some bytes hold.

    Args:
        body: After content decoding.
        name: What the bytes are called: an address or a file name, for choosing and for errors.
        media_type, charset: As declared with them; None when nothing was declared.

    Returns:
        The document, the media type and the charset that were decided.

    Raises:
        ExtractError: Codes "empty", "binary", "unsupported-type", "no-text".
    """
    if not body.strip():
        raise ExtractError(name, "empty", "it is empty")
    decided = media_type_of(body, media_type, name)
    kind = _TEXTS.get(decided)
    if kind is None or looks_binary(body):
        code = "binary" if looks_binary(body) else "unsupported-type"
        raise ExtractError(
            name,
            code,
            f"no article can be read from {decided}",
            remedy="Markdown, plain text and HTML are read: save it as one of these",
        )
    decoded = decode(body, declared=charset, is_html=kind == "html")
    document = _reader(kind, decoded.text)
    if not document.text:
        raise ExtractError(name, "no-text", "it holds no prose")
    return document, decided, decoded.charset


def _reader(kind: str, text: str) -> Document:
    if kind == "html":
        # BeautifulSoup takes 140 ms to import: only pages pay for it.
        from ledger.extract.html import read_html

        return read_html(text)
    from ledger.extract.markdown import read_markdown

    return read_markdown(text, plain=kind == "text")
