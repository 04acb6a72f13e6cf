"""Bytes from outside -> an XML tree, or an error that says why not.

Feeds and sitemaps need no document type of their own. One that declares entities is refused before
it is parsed (billion laughs, quadratic blow-up, files read through entities); the parser resolves
none and asks no network besides.
"""

import re
from typing import TYPE_CHECKING

from ledger.errors import ExtractError
from ledger.extract.characters.decode import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 50 * 1024 * 1024
"""The most that a sitemap may have (sitemaps.org); feeds are far smaller."""
_DOCTYPE = re.compile(r"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)\b|<!DOCTYPE[^>\[]{0,1000}\[")
_DECLARATION = re.compile(r"\s{0,64}<\?xml\b[^>]{0,300}\?>")


def read_xml(body: bytes, name: str, charset: str | None) -> "_Element":
    """The root of an XML document; what is not well-formed is mended as browsers do.

    Args:
        body: After content decoding.
        name: What it is called, for messages.
        charset: As declared with it; None when nothing was.

    Raises:
        ExtractError: Codes "too-large", "xml-entities", "not-xml".
    """
    from lxml import etree

    if len(body) > MAX_BYTES:
        raise ExtractError(name, "too-large", f"it has more than {MAX_BYTES:,} bytes")
    text = decode(body, declared=charset, is_html=False).text
    if _DOCTYPE.search(text):
        raise ExtractError(
            name,
            "xml-entities",
            "it declares a document type of its own, as attacks on XML readers do",
            remedy="Ask its publisher for one without",
        )
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        # Encoded anew: a declaration of another charset would no longer be true.
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).strip().encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _no_xml(name) from error
    if root is None:
        raise _no_xml(name)
    return root


def _no_xml(name: str) -> ExtractError:
    return ExtractError(
        name,
        "not-xml",
        "it is neither a feed nor a sitemap: it contains no XML",
        remedy="To read a page or a text: ledger ingest",
    )


def local_name(element: "_Element") -> str:
    """Name of an element without its namespace, in lower case; "" for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
