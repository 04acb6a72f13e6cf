"""An article as journals keep it (JATS, ANSI/NISO Z39.96, and the NLM types before it) -> Document.

By way of HTML: what decides about markers, notes and lists is the same as for pages. Reviews and
answers that are articles of their own in the file are left out, and abstracts in other languages,
and that is told.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, fromstring

from ledger.document import Document, Finding
from ledger.errors import ExtractError
from ledger.extract.jats.element import named
from ledger.extract.jats.front import head, headline, language
from ledger.extract.jats.page import OTHERS, body, translated_abstracts
from ledger.extract.jats.prepare import prepare
from ledger.extract.unpacked import refuse_entities
from ledger.extract.versions import JATS

_TYPE = re.compile(rb"<!DOCTYPE[^\[<>]{0,500}>")
"""A document type that declares nothing of its own: it only names the one that everybody has."""


_UNDEFINED = 11
"""What the reader of XML says of an entity that it does not know."""
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def read_jats(text: bytes, name: str, known: Sequence[str] = ()) -> Document:
    """Read an article; `known` are the markers of a list that comes from outside.

    Of a file with several, as PubMed Central gives them, the first is read, and that is told.

    Raises:
        ExtractError: It is broken, declares entities of its own or has no article ("broken-file").
    """
    from ledger.extract.html import read_html

    text = _TYPE.sub(b"", text, count=1)
    refuse_entities(text, name)
    root = _tree(text, name)
    articles = [each for each in root.iter() if named(each) == "article"]
    if not articles:
        raise ExtractError(name, "broken-file", "it contains no article")
    article = articles[0]
    prepare(article)
    page = (
        f'<html lang="{escape(language(article))}"><head>{head(article)}</head>'
        f"<body>{headline(article)}{body(article)}</body></html>"
    )
    document = read_html(page, known, whole=True)
    others = len(articles) - 1 + sum(named(each) in OTHERS for each in article.iter())
    what = [f"further articles in the file, as reviews and answers are: {others:,}"] * (others > 0)
    if again := len(translated_abstracts(article)):
        what.append(f"abstracts in other languages: {again:,}")
    left_out = (Finding(code="text-left-out", detail=each) for each in what)
    return replace(document, extractor=JATS, findings=(*left_out, *document.findings))


def _tree(text: bytes, name: str) -> Element:
    try:
        try:
            return fromstring(text)  # noqa: S314 - document types are refused before
        except ParseError as error:
            if error.code != _UNDEFINED:
                raise
        return fromstring(_ENTITY.sub(_character, text))  # noqa: S314 - as above
    except (ParseError, ValueError, LookupError) as error:  # an unknown charset
        raise ExtractError(name, "broken-file", f"it is not complete XML: {error}") from error


def _character(entity: re.Match[bytes]) -> bytes:
    """A character by its number; the types of journals name the same ones as pages do.

    None of these names stands for other names, so that nothing grows.
    """
    said = "" if entity[1] in _OF_XML else html5.get(f"{entity[1].decode('ascii')};", "")
    return "".join(f"&#{ord(char)};" for char in said).encode("ascii") or entity[0]
