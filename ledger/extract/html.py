"""HTML -> Document: the body of a page as lines, with every link where it stood.

The tree becomes lines of Markdown, which the reader of lines already knows: headings, items,
rows, links. Characters that Markdown would take as markup are escaped on the way.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from ledger.extract.markdown import read_markdown
from ledger.extract.metadata import date_in
from ledger.model import Document

HTML = "ledger-html/1"

_BODIES = ("article", "main", "[role=main]", "#mw-content-text", "#content", "body")
_FURNITURE = frozenset(
    "script style noscript template nav aside form button select iframe svg math canvas video "
    "audio object figure dialog menu".split()
)
_PAGE_FURNITURE = frozenset(["header", "footer"])
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption h1 h2 h3 h4 "
    "h5 h6 hr html li main ol p pre section summary table tbody tfoot thead tr ul".split()
)
_LAYOUT = ["table", "p", "div", "ul", "ol", "h1", "h2", "h3", "h4"]
"""What stands in the cells of a table that only arranges a page."""
_ESCAPED = re.compile(r"([\\`*_<>~]|&(?=#?\w))")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LEADING_MARK = re.compile(r"^([0-9]{0,3})(#{1,6}|[-+•>|=.)])(?=\s)")
_COUNT = re.compile(r"\s*[0-9]+\s*")
"""Words of a link that only count (comments, pages): a marker only in brackets of its own."""
_OPENED = re.compile(r"[(\[（［,;][\s]*$")
_UNUSABLE = re.compile(r"[\s<>]")
_COUNT = re.compile(r"\s*[0-9]+\s*")
"""Words of a link that only count (comments, pages): a marker only in brackets of its own."""
_OPENED = re.compile(r"[(\[（［,;][\s]*$")
_UNUSABLE = re.compile(r"[\s<>]")
_MOST_CANDIDATES = 3


def read_html(text: str) -> Document:
    """Read a page.

    Args:
        text: As `decode` gives it.

    Never raises: a page without text is a document with an empty text.
    """
    soup = BeautifulSoup(text, "lxml")
    body = _body(soup)
    lines = "\n".join(_Lines(body).lines()) if body is not None else ""
    document = read_markdown(lines)
    title, byline, published = _metadata(soup)
    return replace(
        document,
        extractor=HTML,
        title=title or document.title,
        byline=byline or document.byline,
        published=published or document.published,
        language=_language(soup) or document.language,
    )


def _body(soup: BeautifulSoup) -> Tag | None:
    """The smallest usual container that holds most of the page's paragraphs."""
    everything = len(soup.find_all("p"))
    for selector in _BODIES:
        found = soup.select(selector, limit=_MOST_CANDIDATES)
        if found:
            best = max(found, key=lambda tag: len(tag.find_all("p")))
            if len(best.find_all("p")) * 2 >= everything or selector == "body":
                return best
    return soup


class _Lines:
    """Walks a tree without recursion: a page nested a hundred thousand deep is read, too."""

    def __init__(self, root: Tag) -> None:
        self.root = root
        self.finished: list[str] = []
        self.current: list[str] = []
        self.prefix = ""
        self.in_row = False
        self.anchor: tuple[str, int] | None = None  # address, and where its words begin

    def lines(self) -> list[str]:
        stack: list[tuple[Tag | NavigableString, bool]] = [(self.root, False)]
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, NavigableString):
                if not isinstance(node, Comment):
                    self.current.append(_ESCAPED.sub(r"\\\1", _SPACE.sub(" ", node)))
            elif leaving:
                self._leave(node)
            elif not _is_furniture(node, self.root):
                self._enter(node)
                stack.append((node, True))
                stack.extend(
                    (child, False)
                    for child in reversed(list(node.children))
                    if isinstance(child, Tag | NavigableString)
                )
        self._finish()
        return self.finished

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._finish(blank=False)
        elif name == "a":
            self.anchor = (str(tag.get("href") or "").strip(), len(self.current))
        elif name in ("td", "th"):
            if self.in_row:
                self.current.append(" | ")
            else:
                self._finish()
        elif name in _BLOCKS:
            self._finish()
            if name == "tr":
                self.in_row = tag.find(_LAYOUT) is None
            elif name == "li":
                self.prefix = _item_prefix(tag)
            elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.prefix = "#" * int(name[1]) + " "
            elif name == "blockquote":
                self.prefix = "> "

    def _leave(self, tag: Tag) -> None:
        if tag.name == "a":
            self._link()
            self.anchor = None
        elif tag.name == "tr" and self.in_row:
            self.in_row = False
            line = _SPACE.sub(" ", "".join(self.current)).strip()
            self.current = []
            self.finished.append(f"{line} |")
            if tag.find("td") is None:
                self.finished.append("| --- |")
        elif tag.name in _BLOCKS:
            self._finish()

    def _link(self) -> None:
        """Make the words since the open anchor a link; a link over several blocks is several."""
        if self.anchor is None:
            return
        target, begin = self.anchor
        words = "".join(self.current[begin:])
        self.anchor = (target, 0)
        if not words.strip() or not target or _UNUSABLE.search(target):
            return
        if _COUNT.fullmatch(words) and not _OPENED.search("".join(self.current[:begin])):
            words = f"&#{ord(words.strip()[0])};{words.strip()[1:]}"
        self.current[begin:] = [f"[{words.strip()}](<{target}>)"]

    def _finish(self, *, blank: bool = True) -> None:
        self._link()
        line = "".join(self.current).strip()
        self.current = []
        if line:
            line = _LEADING_MARK.sub(r"\1\\\2", line) if not self.prefix else line
            self.finished.append(self.prefix + line)
            self.prefix = ""
        if blank:
            self.finished.append("")


def _is_furniture(tag: Tag, root: Tag) -> bool:
    if tag.name in _FURNITURE or tag.get("hidden") is not None or tag.get("aria-hidden") == "true":
        return True
    return tag.name in _PAGE_FURNITURE and root.name == "body"


def _item_prefix(tag: Tag) -> str:
    parent = tag.parent
    if parent is None or parent.name != "ol":
        return "- "
    before = sum(1 for _ in tag.find_previous_siblings("li"))
    start = str(parent.get("start") or "1")
    return f"{(int(start) if start.isdigit() and len(start) < 5 else 1) + before}. "


def _metadata(soup: BeautifulSoup) -> tuple[str | None, tuple[str, ...], str | None]:
    """Title, authors and date from JSON-LD, then meta elements, then the page itself."""
    title = _meta(soup, "og:title", "twitter:title", "citation_title")
    authors = _meta(soup, "author", "citation_author")
    published = _meta(
        soup, "article:published_time", "citation_publication_date", "date", "datePublished"
    )
    for item in _json_ld(soup):
        title = title or _text_of(item.get("headline"))
        published = published or _text_of(item.get("datePublished"))
        authors = authors or _author(item.get("author"))
    if title is None and soup.title is not None:
        title = _SPACE.sub(" ", soup.title.get_text()).strip() or None
    time = soup.find("time", datetime=True)
    if published is None and isinstance(time, Tag):
        published = str(time["datetime"])
    if published is not None and not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", published):
        published = date_in(published)
    byline = tuple(name.strip() for name in (authors or "").split(",") if name.strip())
    return title, byline, published


def _meta(soup: BeautifulSoup, *names: str) -> str | None:
    for name in names:
        for attribute in ("property", "name", "itemprop"):
            tag = soup.find("meta", attrs={attribute: name, "content": True})
            if isinstance(tag, Tag) and (content := str(tag["content"]).strip()):
                return content
    return None


def _json_ld(soup: BeautifulSoup) -> Iterator[dict[str, object]]:
    for tag in soup.find_all("script", type="application/ld+json", limit=10):
        try:
            found = json.loads(tag.get_text())
        except (ValueError, RecursionError):
            continue  # a broken script says nothing about the article
        items = found if isinstance(found, list) else [found]
        for item in items[:50]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield item
                if isinstance(graph, list):
                    yield from (node for node in graph[:50] if isinstance(node, dict))


def _author(value: object) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = [p.get("name") if isinstance(p, dict) else p for p in people]
    return ", ".join(name for name in names if isinstance(name, str)) or None


def _text_of(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _language(soup: BeautifulSoup) -> str | None:
    root = soup.find("html")
    code = str(root.get("lang") or "") if isinstance(root, Tag) else ""
    match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", code)
    return match[0].lower() if match else None
