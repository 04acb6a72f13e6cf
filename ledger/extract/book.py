"""An EPUB -> Document: its pages in the order in which they are read, as one page (EPUB 3.3).

Notes may stand in a page of their own: what leads from page to page leads within the one. The table
of contents is left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape, unescape
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, fromstring

from ledger.document import Document, Finding
from ledger.errors import ExtractError
from ledger.extract.characters.decode import decode, looks_binary
from ledger.extract.page_body import inside_body
from ledger.extract.unpacked import refuse_entities, unpacked
from ledger.extract.versions import BOOK

_CONTAINER = "META-INF/container.xml"
_PAGES = (".xhtml", ".html", ".htm", ".xml")
_ABOUT = (("title", "title"), ("creator", "author"), ("date", "date"))
_TAG = re.compile(r"<(/?[A-Za-z][\w:-]{0,40})([^<>]*+)>")
_OF_SITES = frozenset("aside header footer".split())
"""What is beside the text on a page of a site, and a part of it on one of a book."""
_PLACE = re.compile(r"""(\s(?:id|name|href)\s{0,9}=\s{0,9})("[^"]{0,2000}"|'[^']{0,2000}')""")
_TO_PLACE = re.compile(rb"(?<=[\"'/=])([^\s\"'/<>#=]{1,200})#")
"""The page of a link that leads to a place in it."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:|//")
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""What HTML knows to hold nothing; of all else it takes "<a id='x'/>" for one that stays open."""


def read_book(body: bytes, name: str, known: Sequence[str] = ()) -> Document:
    """Read an EPUB; `known` are the markers of a list that comes from outside.

    Raises:
        ExtractError: It is broken ("broken-file"), locked ("encrypted") or beyond the limits of a
            text ("too-large").
    """
    from ledger.extract.html import read_html

    parts = unpacked(body, name, (*_PAGES, ".opf"))
    rootfile = _tree(parts, _CONTAINER, name).find(".//{*}rootfile")
    path = "" if rootfile is None else rootfile.get("full-path", "")
    package = _tree(parts, path, name)
    in_order = _in_order(package, dirname(path))
    paths = [each for each in in_order if each in parts]
    paths += _linked(package, dirname(path), paths, parts)
    if any(looks_binary(parts[each]) for each in paths):
        message = "the pages of this book are locked (DRM)"
        raise ExtractError(name, "encrypted", message, remedy="Get it without a lock (DRM)")
    places = {each: at for at, each in enumerate(paths, 1)}
    pages = "".join(_page(parts[each], each, places) for each in paths)
    page = f"<html><head>{_head(package)}</head><body>{pages}</body></html>"
    document = read_html(page, known, whole=True)
    what = f"pages of the book that are missing or no text: {len(in_order) - len(paths):,}"
    left_out = (Finding(code="text-left-out", detail=what),) if len(paths) < len(in_order) else ()
    return replace(document, extractor=BOOK, findings=(*left_out, *document.findings))


def _tree(parts: Mapping[str, bytes], path: str, name: str) -> Element:
    text = parts.get(path, b"")
    refuse_entities(text, name)
    try:
        return fromstring(text)  # noqa: S314 - document types are refused before
    except (ParseError, ValueError, LookupError) as error:  # an unknown charset
        raise ExtractError(
            name, "broken-file", f"it is not a complete EPUB file: {error}"
        ) from error


def _in_order(package: Element, folder: str) -> list[str]:
    """The paths of the pages; those to which only links lead, as notes, are last."""
    items = {each.get("id"): each for each in package.iterfind("{*}manifest/{*}item")}
    spine = package.findall("{*}spine/{*}itemref")
    spine.sort(key=lambda each: each.get("linear") == "no")
    found = [items[each.get("idref")] for each in spine if each.get("idref") in items]
    pages = [each for each in found if "nav" not in each.get("properties", "").split()]
    return list(dict.fromkeys(_path(folder, each.get("href", "")) for each in pages))


def _linked(
    package: Element, folder: str, paths: Sequence[str], parts: Mapping[str, bytes]
) -> list[str]:
    """The paths of pages that the order leaves out, and to a place of which one of it links."""
    items = package.iterfind("{*}manifest/{*}item[@media-type='application/xhtml+xml']")
    others = dict.fromkeys(
        _path(folder, each.get("href", ""))
        for each in items
        if "nav" not in each.get("properties", "").split()
    )
    known = frozenset(paths)
    left = [path for path in others if path in parts and path not in known]
    linked = {name for each in paths for name in _TO_PLACE.findall(parts[each])} if left else set()
    return [path for path in left if basename(path).encode() in linked]


def _path(folder: str, href: str) -> str:
    return normpath(join(folder, unquote(href)))


def _head(package: Element) -> str:
    """What the book says of itself, as a page says it."""
    found = {
        key: (package.findtext(f"{{*}}metadata/{{*}}{element}") or "").strip()
        for element, key in _ABOUT
    }
    title = f"<title>{escape(found.pop('title'))}</title>"
    return title + "".join(
        f'<meta name="{key}" content="{escape(said)}">' for key, said in found.items() if said
    )


def _page(body: bytes, path: str, places: Mapping[str, int]) -> str:
    """The inside of a page, its places named so that no other page has them."""
    text = decode(body, declared=None, is_html=True).text
    own = places[path]

    def place(match: re.Match[str]) -> str:
        before, said = match[1], unescape(match[2][1:-1])
        if before.lstrip()[:4].lower() == "href":
            file, sharp, fragment = said.partition("#")
            at = own if not file else places.get(_path(dirname(path), file))
            if at is None or _SCHEME.match(said):
                return match[0]
            said = f"#{fragment}-{at}" if sharp else f"#-{at}"
        else:
            said = f"{said}-{own}"
        return f'{before}"{escape(said)}"'

    def tag(match: re.Match[str]) -> str:
        name, inside = match[1], _PLACE.sub(place, match[2])
        if name.lstrip("/").lower() in _OF_SITES:
            name = "/div" if name[0] == "/" else "div"
        if not inside.endswith("/") or name.lower() in _EMPTY:
            return f"<{name}{inside}>"
        return f"<{name}{inside[:-1]}></{name}>"

    return f'<section id="-{own}">{_TAG.sub(tag, inside_body(text))}</section>'
