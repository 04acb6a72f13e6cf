"""An article as journals keep it (JATS, ANSI/NISO Z39.96, and the NLM types before it) -> Document.

By way of HTML: what decides about markers, notes and lists is the same as for pages. Reviews and
answers that are articles of their own in the file are left out, and that is told.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from html.entities import html5
from xml.etree.ElementTree import ParseError, fromstring

from ledger.document import Document, Finding
from ledger.errors import ExtractError
from ledger.extract.jats.front import head, headline, language
from ledger.extract.jats.page import OTHERS, body, named
from ledger.extract.jats.prepared import prepare
from ledger.extract.unpacked import refuse_entities
from ledger.extract.versions import JATS

_TYPE = re.compile(rb"<!DOCTYPE[^\[<>]{0,500}>")
"""A document type that declares nothing of its own: it only names the one that everybody has."""
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
"""A character by its name: that document type declares the names of ISO, which HTML took over."""


def read_jats(text: bytes, name: str, known: Sequence[str] = ()) -> Document:
    """Read an article; `known` are the markers of a list that comes from outside.

    Of a file with several, as PubMed Central gives them, the first is read, and that is told.

    Raises:
        ExtractError: It is broken, declares entities of its own or has no article ("broken-file").
    """
    from ledger.extract.html import read_html

    text = _TYPE.sub(b"", text, count=1)
    refuse_entities(text, name)
    text = _NAMED.sub(_by_number, text)
    try:
        root = fromstring(text)  # noqa: S314 - document types are refused before
    except (ParseError, ValueError, LookupError) as error:  # an unknown charset
        raise ExtractError(name, "broken-file", f"it is no whole XML: {error}") from error
    articles = [each for each in root.iter() if named(each) == "article"]
    if not articles:
        raise ExtractError(name, "broken-file", "it has no article in it")
    article = articles[0]
    prepare(article)
    page = (
        f'<html lang="{escape(language(article))}"><head>{head(article)}</head>'
        f"<body>{headline(article)}{body(article)}</body></html>"
    )
    document = read_html(page, known, whole=True)
    others = len(articles) - 1 + sum(named(each) in OTHERS for each in article.iter())
    what = f"further articles in the file, as reviews and answers are: {others:,}"
    left_out = (Finding(code="text-left-out", detail=what),) if others else ()
    return replace(document, extractor=JATS, findings=(*left_out, *document.findings))


def _by_number(match: re.Match[bytes]) -> bytes:
    """A named character by its number; as it was where no character has the name."""
    said = html5.get(match[1].decode())
    return match[0] if said is None else "".join(f"&#{ord(each)};" for each in said).encode()
