"""HTML -> Document: the body of a page as lines, with every link where it stood.

The tree becomes lines of Markdown, which the reader of lines already knows: headings, items,
rows, links. Characters that Markdown would take as markup are escaped on the way.

A page is surveyed once from its end to its beginning, so that what an element holds is known
before it is entered; nothing is looked up again in the tree, and the time is linear in the page.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from ledger.extract.heads import is_head
from ledger.extract.markdown import read_markdown
from ledger.extract.metadata import date_in
from ledger.extract.references import find_references
from ledger.model import Document

HTML = "ledger-html/1"

_NEVER = frozenset(
    "head script style noscript template button select iframe svg math canvas video audio object "
    "dialog menu textarea input".split()
)
"""What holds no text of the article, whatever stands in it."""
_FURNITURE = frozenset(["nav", "aside", "footer"])
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog menu menubar".split()
)
_FURNITURE_WORDS = frozenset(
    "nav navigation menu share sharing social related recommended recommendations newsletter "
    "subscribe promo comments breadcrumb breadcrumbs sidebar footer tags cookie cookies consent "
    "advert advertisement ad ads".split()
)
"""Words of a class or id that name what stands around articles."""
_LIST_ROLES = frozenset(["doc-endnotes", "doc-bibliography", "doc-footnotes"])
_LIST_WORDS = frozenset(["references", "reflist", "footnotes", "endnotes"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_MAY_HEAD = _HEADINGS | {"p", "summary", "dt"}
_CONTAINERS = frozenset("div section ul ol dl table aside details form article".split())
"""What may be left out for its name or for being nothing but links."""
_LISTS = frozenset("ol ul dl div section aside footer details table".split())
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form header hr html li main nav ol p pre section summary table tbody tfoot thead tr "
    "ul".split()
)
_LAYOUT = frozenset("table p div ul ol h1 h2 h3 h4 pre".split())
"""What stands in the cells of a table that only arranges a page."""
_IMAGES = frozenset(["img", "picture", "video", "svg", "iframe", "canvas", "amp-img"])
_FIGURES = frozenset(["table", "blockquote", "pre"])
"""What a figure may show beside images."""

_ESCAPED = re.compile(
    r"https?://[^\s<>\[\]()\\`*|\"]+|[\\`*<>~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|&(?=#?\w{1,31};)"
)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LEADING_MARK = re.compile(r"(\(?(?:[0-9]{1,3}|[A-Za-z])?)([.)])(?=\s)|(#{1,6}|[-+•‣◦▪●–=])(?=\s)")
_RULE = re.compile(r"[-=\s]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_SEVERAL = re.compile(r"[^\S ]|\s(?:https?:|dot )")
"""What an address with a space in it does not hold: several were linked as one."""
_TARGET_CODES = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E"})
_UNBALANCED_CODES = str.maketrans({"(": "%28", ")": "%29"})
_ADDRESSLESS = re.compile(r"(?:javascript|data|vbscript|about|blob):", re.I)
_LONGEST_TARGET = 2000
_LONGEST_WORDS = 400
"""Links with more words than the reader of lines takes are links of their last words."""
_LINK_WORDS = re.compile(r"(?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\])*+")
_COUNT = re.compile(r"\s*[0-9]{1,9}\s*")
"""Words of a link that only count (comments, pages): a marker only in brackets of its own."""
_OPENED = re.compile(r"[(\[（［,;]\s*$")
_BACK = re.compile(r"[\s↑^↩⏎⤴\ufe0e\ufe0f]+")
_JSON_LD = "application/ld+json"
_START = re.compile(r"[0-9]{1,4}")
_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,4}(?:\s|$)|[。！？]")
_ENTRY = re.compile(r"\s*(?:\[\^?[0-9]{1,4}\]|https?://)")
_MARKER_WORDS = re.compile(r"[\s\[(]*[0-9]{1,4}[\s\])]*")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HEAD_LENGTH = 81
"""One more than the longest head of a reference list."""


def read_html(text: str) -> Document:
    """Read a page.

    Args:
        text: As `decode` gives it.

    Linear in the text. Never raises: a page without text is a document with an empty text.
    """
    soup = BeautifulSoup(_SURROGATE.sub("\ufffd", text), "lxml")
    survey = _Survey(soup)
    body = _body(survey)
    lines = _Lines(survey, body).lines([body])
    for part in _lists_beside(survey, body):
        found = _Lines(survey, body).lines(part)
        if find_references(found).references:
            lines.extend(["", *found])
    document = read_markdown("\n".join(lines))
    title, byline, published = _metadata(survey)
    return replace(
        document,
        extractor=HTML,
        title=title or document.title,
        byline=byline or document.byline,
        published=published or document.published,
        language=_language(survey) or document.language,
    )


@dataclass(slots=True)
class _Facts:
    """What stands in an element, its descendants included."""

    index: int
    """Its place in the order of the page; `size` more nodes are inside."""
    size: int = 0
    text: int = 0
    """Characters; `linked` of them in links, `prose` in paragraphs and outside links."""
    linked: int = 0
    prose: int = 0
    words: str = ""
    """Its first characters."""
    stops: bool = False
    open_stops: bool = False
    """Whether a sentence ends in it, and whether one does outside links."""
    layout: bool = False
    cells: bool = False
    image: bool = False
    figure: bool = False
    head: bool = False
    """Whether the head of a reference list is in it."""
    listed: bool = False
    """Whether a reference list, its head, an entry of one or a marker is in it."""
    is_list: bool = False
    """Whether it is a reference list by its role, its class or by links that lead to it."""


class _Survey:
    """One pass over the page: its elements in order, and what stands in each."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.nodes: list[PageElement] = [soup, *soup.descendants]
        self.tags = [node for node in self.nodes if isinstance(node, Tag)]
        # By id: a tag is hashed and compared by all that is in it.
        self._facts = {id(node): _Facts(n) for n, node in enumerate(self.nodes)}
        for node in reversed(self.nodes[1:]):
            self._count(node)
        self.entries: set[str] = set()  # ids of items in numbered lists that numbers lead to
        cited: set[str] = set()
        for tag in self.tags:
            if target := self._cites(tag):
                cited.add(target)
                self[tag].listed = True
        for tag in reversed(self.tags[1:]):
            self._find_list(tag, cited)

    def __getitem__(self, tag: PageElement) -> _Facts:
        return self._facts[id(tag)]

    def inside(self, tag: PageElement, outer: PageElement) -> bool:
        """Whether `tag` is `outer` or stands in it."""
        begin = self[outer].index
        return begin <= self[tag].index <= begin + self[outer].size

    def _count(self, node: PageElement) -> None:
        """Settle what is in a node, everything in it being counted, and add it to its parent."""
        if node.parent is None:
            return
        into, facts = self[node.parent], self[node]
        into.size += facts.size + 1
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                into.text += len(node.strip())
                into.words = (_SPACE.sub(" ", node[:_HEAD_LENGTH]) + into.words)[:_HEAD_LENGTH]
                if not into.open_stops and _STOP.search(node):
                    into.stops = into.open_stops = True
            return
        if isinstance(node, Tag):
            self._count_tag(node, facts, into)

    def _count_tag(self, tag: Tag, facts: _Facts, into: _Facts) -> None:
        name = tag.name
        if name == "a":
            facts.linked, facts.open_stops = facts.text, False
        elif name == "p":
            facts.prose = facts.text - facts.linked
        into.image |= facts.image or name in _IMAGES
        if name in _NEVER or _is_hidden(tag):
            return
        into.text += facts.text
        into.linked += facts.linked
        into.prose += facts.prose
        into.words = (facts.words + into.words)[:_HEAD_LENGTH]
        into.stops |= facts.stops
        into.open_stops |= facts.open_stops
        into.layout |= facts.layout or name in _LAYOUT
        into.cells |= facts.cells or name == "td"
        into.figure |= facts.figure or name in _FIGURES

    def _find_list(self, tag: Tag, cited: set[str]) -> None:
        facts = self[tag]
        facts.head |= tag.name in _MAY_HEAD and is_head(facts.words)
        if tag.name in _LISTS and facts.text:
            facts.is_list |= bool(_LIST_ROLES & _tokens(tag, "role"))
            facts.is_list |= bool(_LIST_WORDS & _words(tag, "class", "id"))
        entry = tag.name in _BLOCKS and bool(_ENTRY.match(facts.words))
        facts.listed |= facts.head or facts.is_list or entry
        if tag.parent is not None:
            above = self[tag.parent]
            above.head |= facts.head
            above.listed |= facts.listed
            name = str(tag.get("id") or "")
            if tag.name == "li" and tag.parent.name == "ol" and name in cited:
                above.is_list = True
                self.entries.add(name)

    def _cites(self, tag: Tag) -> str | None:
        """The id that a linked number on the page leads to."""
        target = str(tag.get("href") or "") if tag.name == "a" else ""
        if target[:1] == "#" and _MARKER_WORDS.fullmatch(self[tag].words):
            return target[1:]
        return None


def _is_hidden(tag: Tag) -> bool:
    return tag.get("hidden") is not None or tag.get("aria-hidden") == "true"


def _tokens(tag: Tag, *names: str) -> set[str]:
    values = (tag.get(name) or "" for name in names)
    return set(" ".join(v if isinstance(v, str) else " ".join(v) for v in values).split())


def _words(tag: Tag, *names: str) -> set[str]:
    """The words that a class or id is put together from: "relatedArticles" has two."""
    return {word.lower() for token in _tokens(tag, *names) for word in _WORD.findall(token)}


def _body(survey: _Survey) -> Tag:
    """The smallest usual container that holds most of the page's prose."""
    candidates: dict[str, Tag] = {}
    for tag in survey.tags:
        for kind in _kinds(tag):
            best = candidates.get(kind)
            if best is None or survey[tag].prose > survey[best].prose:
                candidates[kind] = tag
    for kind in ("article", "main", "#mw-content-text", "#content"):
        found = candidates.get(kind)
        if found is not None and 0 < survey[found].prose * 2 >= survey[survey.soup].prose:
            return found
    return candidates.get("body", survey.soup)


def _kinds(tag: Tag) -> Iterator[str]:
    if tag.name in ("article", "main", "body"):
        yield tag.name
    if tag.get("role") == "main":
        yield "main"
    if (name := tag.get("id")) in ("mw-content-text", "content"):
        yield f"#{name}"


def _lists_beside(survey: _Survey, body: Tag) -> Iterator[list[Tag]]:
    """What may be a reference list outside the body, in order: a container, or a head and on."""
    end = 0
    for tag in survey.tags[1:]:
        facts = survey[tag]
        if facts.index <= end or not facts.listed or survey.inside(tag, body):
            continue
        if survey.inside(body, tag):
            continue
        if facts.is_list:
            part = [tag]
        elif tag.name in _MAY_HEAD and is_head(facts.words):
            part = list(_section(survey, tag, body))
        else:
            continue
        end = survey[part[-1]].index + survey[part[-1]].size
        yield part


def _section(survey: _Survey, head: Tag, body: Tag) -> Iterator[Tag]:
    """A head and what follows it up to the next heading, or up to the body."""
    node = head
    while (above := node.parent) is not None and not survey.inside(body, above):
        if survey[above].text > survey[node].text:
            break
        node = above
    yield node
    for sibling in node.next_siblings:
        if isinstance(sibling, Tag):
            if sibling.name in _HEADINGS or survey.inside(body, sibling):
                return
            yield sibling


class _Lines:
    """Walks a tree without recursion: a page nested a hundred thousand deep is read, too."""

    def __init__(self, survey: _Survey, root: Tag) -> None:
        self.survey = survey
        self.root = root
        self.finished: list[str] = []
        self.current: list[str] = []
        self.prefix = ""
        self.quotes = 0
        self.counts: list[int] = []  # of the lists that are open: the next number; 0 for bullets
        self.in_row = False
        self.code: list[str] = []
        self.code_depth = 0
        self.anchor: tuple[str, int] | None = None  # address, and where its words begin
        self.under_head = False
        self.list: tuple[Tag, int] | None = None  # without a head of its own, and its first line

    def lines(self, parts: Iterable[Tag]) -> list[str]:
        """The lines of some elements. Each is left again (`True`) after all that is in it.

        In furniture that is kept for a part of it, `bare`, only that part is read.
        """
        stack: list[tuple[PageElement, bool, bool]] = []
        stack.extend((part, False, False) for part in reversed(list(parts)))
        while stack:
            node, leaving, bare = stack.pop()
            if not isinstance(node, Tag):
                if isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                    self._put(node, bare=bare)
            elif leaving:
                self._leave(node)
            elif not self._left_out(node):
                bare = self._is_bare(node, bare=bare)
                self._enter(node)
                stack.append((node, True, bare))
                stack.extend((child, False, bare) for child in reversed(node.contents))
        self._finish()
        return self.finished

    def _put(self, text: str, *, bare: bool) -> None:
        if self.code_depth:
            self.code.append(text)
        elif not bare or self.under_head:
            self.current.append(_ESCAPED.sub(_escaped, _SPACE.sub(" ", text)))

    def _is_bare(self, tag: Tag, *, bare: bool) -> bool:
        if tag.name in _HEADINGS or self.survey[tag].is_list:
            return False
        return bare or (tag is not self.root and self._is_furniture(tag))

    def _is_furniture(self, tag: Tag) -> bool:
        if tag.name == "header":
            return self.root.name == "body"
        return tag.name in _FURNITURE or tag.get("role") in _FURNITURE_ROLES

    def _left_out(self, tag: Tag) -> bool:
        """Whether an element is no part of the article.

        What holds a reference list never is left out, nor what holds half of the page.
        """
        name, facts = tag.name, self.survey[tag]
        if name in _NEVER or _is_hidden(tag):
            return True
        if facts.listed or tag is self.root:
            return False
        if self._is_furniture(tag):
            return name != "header"
        if name == "figure":
            return facts.image and not facts.figure
        if name not in _CONTAINERS or facts.text * 2 > self.survey[self.root].text:
            return False
        if _FURNITURE_WORDS & _words(tag, "class", "id"):
            return True
        return facts.linked * 3 > facts.text * 2 and not facts.stops and not self.under_head

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if self.code_depth or name == "pre":
            self._enter_code(name)
        elif name == "br":
            self._finish(blank=False)
        elif name == "a":
            self.anchor = (_target(tag), len(self.current))
        elif name in ("td", "th"):
            if self.in_row:
                self.current.append(" | ")
            else:
                self._finish()
        elif name in _BLOCKS:
            self._finish()
            self._open(tag)

    def _open(self, tag: Tag) -> None:
        """What a block does to the lines in it."""
        name, facts = tag.name, self.survey[tag]
        if facts.is_list and not (facts.head or self.under_head or self.list):
            self.list = (tag, len(self.finished))
            self.finished.append("")
            self.under_head = True
        if name == "tr":
            self.in_row = not facts.layout
        elif name == "ol":
            start = str(tag.get("start") or "1")
            self.counts.append(int(start) if _START.fullmatch(start) else 1)
        elif name == "ul":
            self.counts.append(-1)
        elif name == "li":
            self.prefix = "- "
            if self.counts and self.counts[-1] >= 0:
                self.prefix = f"{self.counts[-1]}. "
                self.counts[-1] += 1
        elif name in _HEADINGS:
            self.prefix = "#" * int(name[1]) + " "
        elif name == "blockquote":
            self.quotes += 1

    def _enter_code(self, name: str) -> None:
        if name == "pre":
            if not self.code_depth:
                self._finish()
            self.code_depth += 1
        elif name == "br" or (name in _BLOCKS and self.code and self.code[-1][-1:] != "\n"):
            self.code.append("\n")

    def _leave(self, tag: Tag) -> None:
        name = tag.name
        if self.code_depth:
            self.code_depth -= name == "pre"
            if not self.code_depth:
                self._fence()
        elif name == "a":
            self._link()
            self.anchor = None
        elif name == "tr" and self.in_row:
            self._row(header=not self.survey[tag].cells)
        elif name in _BLOCKS:
            self._finish()
            self._close(tag)

    def _close(self, tag: Tag) -> None:
        name = tag.name
        if name == "li" or name in _HEADINGS:
            self.prefix = ""
        elif name in ("ol", "ul") and self.counts:
            self.counts.pop()
        elif name == "blockquote":
            self.quotes -= 1
        if self.list and self.list[0] is tag:
            begin = self.list[1]
            headed = ["## References", *self.finished[begin:]]
            if find_references(headed).references:
                self.finished[begin] = headed[0]
            self.list = None
            self.under_head = False
        elif self._is_furniture(tag):
            self.under_head = False

    def _row(self, *, header: bool) -> None:
        self.in_row = False
        self._link()
        line = _SPACE.sub(" ", "".join(self.current)).strip()
        self.current = []
        self.finished.append(f"{line} |")
        if header:
            self.finished.append("| --- |")

    def _fence(self) -> None:
        """Code as it stands, in a fence that nothing in it closes."""
        code = "".join(self.code).strip("\n")
        self.code = []
        if code.strip():
            ticks = max(map(len, re.findall("`+", code)), default=0)
            fence = "`" * max(3, ticks + 1)
            self.finished.extend((fence, *re.split(r"\r\n?|\n", code), fence, ""))

    def _link(self) -> None:
        """Make the words since the open anchor a link; a link over several blocks is several."""
        if self.anchor is None:
            return
        target, begin = self.anchor
        words = "".join(self.current[begin:])
        self.anchor = (target, 0)
        if not words.strip():
            return
        if target.startswith("#cite_ref") or (target[:1] == "#" and _BACK.fullmatch(words)):
            self.current[begin:] = []
            return
        if not target:
            return
        if _COUNT.fullmatch(words) and not self._is_marker(target, begin):
            words = f"&#{ord(words.strip()[0])};{words.strip()[1:]}"
        self.current[begin:] = _linked(words, target)

    def _is_marker(self, target: str, begin: int) -> bool:
        """Whether a linked number leads to an entry, or stands right behind a bracket or comma."""
        if target[:1] == "#" and target[1:] in self.survey.entries:
            return True
        while begin and not self.current[begin - 1].strip():
            begin -= 1
        return begin > 0 and bool(_OPENED.search(self.current[begin - 1][-9:]))

    def _finish(self, *, blank: bool = True) -> None:
        self._link()
        line = _SPACE.sub(" ", "".join(self.current)).strip()
        self.current = []
        if self.in_row:
            self.current.append(line + " ")
            return
        if line and not _RULE.fullmatch(line):
            heading = self.prefix.startswith("#")
            if not self.prefix:
                line = (
                    _LEADING_MARK.sub(_marked, line, count=1) if _LEADING_MARK.match(line) else line
                )
            elif self.under_head and not heading:
                line = line.lstrip("^↑ ") or line
            if heading or is_head(line):
                self.under_head = is_head(line)
            self.finished.append(("> " if self.quotes and not heading else "") + self.prefix + line)
            self.prefix = ""
        if blank:
            self.finished.append("")


def _escaped(match: re.Match[str]) -> str:
    """An address stays as it is: the reader of lines takes no markup out of it."""
    return match[0] if match[0][0] == "h" else "\\" + match[0]


def _marked(match: re.Match[str]) -> str:
    """The opening of a line, kept from being read as the mark of an item or heading."""
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return "\\" + match[3] if match[3].isascii() else f"&#{ord(match[3])};"


def _target(tag: Tag) -> str:
    """Where a link leads, spelled as browsers send it; "" for what is no address."""
    target = _CONTROL.sub("", str(tag.get("href") or "").strip()).strip()
    if _ADDRESSLESS.match(target) or _SEVERAL.search(target):
        return ""
    target = target.translate(_TARGET_CODES)
    if target.count("(") != target.count(")"):
        target = target.translate(_UNBALANCED_CODES)
    return target if len(target) <= _LONGEST_TARGET else ""


def _linked(words: str, target: str) -> list[str]:
    """The pieces of a link in Markdown, with the space around its words outside of it."""
    before = " " if words[:1] == " " else ""
    after = " " if words[-1:] == " " else ""
    words = words.strip()
    if len(words) > _LONGEST_WORDS:
        cut = words.find(" ", len(words) - _LONGEST_WORDS)
        cut = cut + 1 if cut >= 0 else 0
        before, words = before + words[:cut], words[cut:]
        if not cut:
            return [before + words + after]
    if not _LINK_WORDS.fullmatch(words):
        words = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", words)
    return [f"{before}[{words}](<{target}>){after}"]


def _metadata(survey: _Survey) -> tuple[str | None, tuple[str, ...], str | None]:
    """Title, authors and date from JSON-LD, then meta elements, then the page itself."""
    found = _metas(survey)
    title = _first(found, "og:title", "twitter:title", "citation_title")
    authors = _first(found, "author", "citation_author")
    published = _first(
        found, "article:published_time", "citation_publication_date", "date", "datePublished"
    )
    for item in _json_ld(survey):
        title = title or _text_of(item.get("headline"))
        published = published or _text_of(item.get("datePublished"))
        authors = authors or _author(item.get("author"))
    head = next((tag for tag in survey.tags if tag.name == "title"), None)
    if title is None and head is not None:
        title = _SPACE.sub(" ", head.get_text()).strip() or None
    if published is None:
        times = (tag.get("datetime") for tag in survey.tags if tag.name == "time")
        published = next((str(time) for time in times if time is not None), None)
    if published is not None and not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", published):
        published = date_in(published)
    byline = tuple(name.strip() for name in (authors or "").split(",") if name.strip())
    return title, byline, published


def _metas(survey: _Survey) -> dict[str, str]:
    """The first content that each name of a meta element has."""
    found: dict[str, str] = {}
    for attribute in ("property", "name", "itemprop"):
        for tag in survey.tags:
            if tag.name == "meta" and (name := tag.get(attribute)):
                content = str(tag.get("content") or "").strip()
                if content:
                    found.setdefault(str(name), content)
    return found


def _first(found: dict[str, str], *names: str) -> str | None:
    return next((found[name] for name in names if name in found), None)


def _json_ld(survey: _Survey) -> Iterator[dict[str, object]]:
    scripts = (t for t in survey.tags if t.name == "script" and t.get("type") == _JSON_LD)
    for tag in islice(scripts, 10):
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


def _language(survey: _Survey) -> str | None:
    root = next((tag for tag in survey.tags if tag.name == "html"), None)
    code = str(root.get("lang") or "") if root is not None else ""
    match = re.match(r"[A-Za-z]{2}(?![A-Za-z])", code)
    return match[0].lower() if match else None
