"""Pages that stand whole in a Word file (`w:altChunk`) -> their place in the page made of it.

Programs that make a Word file of a page put the page itself into it, as HTML or as MHTML; Word
shows it where it is named.
"""

import re
from collections.abc import Mapping
from posixpath import join, normpath
from typing import NamedTuple

from ledger.errors import ExtractError
from ledger.extract.characters.decode import decode
from ledger.extract.message import read_message
from ledger.extract.office.word_parts import DOCUMENT
from ledger.extract.page_body import inside_body

PAGES = (".htm", ".html", ".xhtml", ".mht", ".mhtml")
"""How the names of such pages end."""
_RELATIONS = "word/_rels/document.xml.rels"
_CHUNK = re.compile(rb"<w:altChunk\b[^<>]{0,300}?\s[A-Za-z0-9]{1,9}:id=\"([^\"<>]{1,200})\"[^<>]*>")
_RELATION = re.compile(rb"<Relationship\b[^<>]{0,2000}>")
_SAID = re.compile(rb"\s(Id|Target)=\"([^\"<>]{0,1000})\"")
_PLACE = "\ufdd2{}\ufdd3"
_PLACED = re.compile("<p>\ufdd2([0-9]{1,4})\ufdd3</p>|\ufdd2[0-9]{1,4}\ufdd3")
_MOST = 1_000
"""Parts of a file that are read, each parsed as a page of its own. Chosen."""


class Chunks(NamedTuple):
    """The body of a Word file with a paragraph in the place of each such part.

    Attributes:
        document: The part that Word reads first.
        pages: The inside of each page, in order; "" for a part in another format.
        unread: How many parts there are in another format, or that no program could read.
    """

    document: bytes
    pages: tuple[str, ...]
    unread: int


def chunks(parts: Mapping[str, bytes]) -> Chunks:
    """The pages that stand whole in a Word file. Never raises."""
    text = parts.get(DOCUMENT, b"")
    if b"<w:altChunk" not in text:
        return Chunks(text, (), 0)
    said = map(dict, map(_SAID.findall, _RELATION.findall(parts.get(_RELATIONS, b""))))
    targets = {each.get(b"Id", b""): each.get(b"Target", b"") for each in said}
    pages: list[str] = []

    def place(match: re.Match[bytes]) -> bytes:
        if len(pages) < _MOST:
            target = targets.get(match[1], b"").decode("utf-8", "replace")
            path = normpath(join("word", target)).lstrip("/")
            pages.append(_inside(parts.get(path, b""), path))
            put = f"<w:p><w:r><w:t>{_PLACE.format(len(pages) - 1)}</w:t></w:r></w:p>".encode()
            return put if match[0].endswith(b"/>") else put + match[0]
        return match[0]

    placed = _CHUNK.sub(place, text)
    return Chunks(placed, tuple(pages), pages.count(""))


def with_pages(html: str, pages: tuple[str, ...]) -> str:
    """The page that was made of a Word file, with the pages in it where they stand."""
    if not pages:
        return html

    def page(match: re.Match[str]) -> str:
        return pages[int(match[1])] if match[1] and int(match[1]) < len(pages) else ""

    return _PLACED.sub(page, html)


def _inside(body: bytes, path: str) -> str:
    """The inside of the body of a page; "" for what is none."""
    charset = None
    if path.lower().endswith((".mht", ".mhtml")):
        try:
            part = read_message(body, path)
        except ExtractError:
            return ""
        body, charset = part.body, part.charset
    elif not path.lower().endswith(PAGES):
        return ""
    return inside_body(decode(body, declared=charset, is_html=True).text)
