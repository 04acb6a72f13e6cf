"""Wikitext, as MediaWiki keeps its pages -> Document.

The page becomes lines of Markdown, which the reader of lines already knows; each footnote stands
in them as a mark that is exchanged for its number afterwards. What a template would show is known
for few of them: one in the middle of a sentence that is not known is left out and said so, one
that stands alone (an infobox) gives its cells that carry a citation as rows.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeGuard

import mwparserfromhell
from mwparserfromhell.nodes import (
    Argument,
    Comment,
    ExternalLink,
    Heading,
    HTMLEntity,
    Node,
    Tag,
    Template,
    Text,
    Wikilink,
)
from mwparserfromhell.wikicode import Wikicode

from ledger.document import Block, Document, Finding, Mention
from ledger.errors import ExtractError
from ledger.extract.dates import date_in
from ledger.extract.lists.heads import is_beside, is_head
from ledger.extract.markdown import read_markdown
from ledger.extract.wiki.cite import (
    SHORT_NAMES,
    SHORT_NOTES,
    Notes,
    cites,
    key_of,
    name_of,
    value_of,
)
from ledger.extract.wiki.marks import balanced
from ledger.extract.wiki.words import (
    DOUBTED,
    DOUBTS,
    LANGUAGE,
    LISTS,
    NUMBER,
    QUOTES,
    QUOTES_OR_CITES,
    SAID,
    SILENT,
)

WIKITEXT = "ledger-wikitext/4"
MAX_CHARACTERS = 2_097_152
"""MediaWiki's own limit of a page ($wgMaxArticleSize: 2 MiB)."""
_LINE_MARK = "\ufdd2"  # a noncharacter, so that marks of lists reach us as text
_EMPTIED = "\ufdd3"  # what a template that shows no word leaves in a sentence
_IN_BRACKETS = re.compile(
    r"[ \u00a0]?\((?:[\s;,]|&nbsp;)*\ufdd3[\s;,\ufdd3]*\)|(?<=\()\ufdd3\s*[;,]\s*"
)
_LIST = re.compile(r"^(?=[*#:;])", re.M)
_LISTED = re.compile(f"{_LINE_MARK}([*#:;]+)[ \t]*")
_MARGIN = re.compile(r"(?<=\n)(?:[ \t]+|-{4,})")
_STYLE = re.compile(r"'{2,}")
_ESCAPED = re.compile(r"[\\`*<>~|\[\]^_]|&(?!#?\w{1,31};)")
_MEDIA = re.compile(
    r".{1,200}\.(?:jpe?g|png|svg|gif|tiff?|webp|web[mp]|og[gv]|pdf|djvu|mp[34])", re.I
)
_NAMESPACE = re.compile(
    r"(?:file|image|media|category|datei|bild|kategorie|fichier|catégorie|archivo|categoría|"
    r"ficheiro|categoria|immagine|bestand|categorie|plik|kategoria|файл|категория|ファイル|文件|"
    r"分类|تصنيف|رده|ملف|분류|파일|קטגוריה|קובץ|kategori|luokka|categorie|[a-z]{2,3}(?:-[a-z]{2,10})?):",
    re.I,
)
"""Pages of which a link is no word of the text: media, categories, the same page elsewhere."""
_SILENT_TAGS = frozenset(
    "gallery timeline score templatedata imagemap graph mapframe maplink indicator style".split()
)
_CODE_TAGS = frozenset(["pre", "syntaxhighlight", "source"])
_BAR = re.compile(rf"&#{ord('|')};|\|")
"""What parts the options of a picture from its caption, also as it is spelled in Markdown."""
_ADDRESS_CODES = str.maketrans({char: f"%{ord(char):02X}" for char in " <>()[]^`\n"})
_BARE_HEAD = re.compile(r"^(#{1,6}) [^\n]{1,80}\n\s*+(?=(?!\1#)#{1,6} |\Z)", re.M)
"""A heading with nothing below it, nor a section in it."""
_CLOSES_UP = tuple(" ,.;:)")
_EMPTY_ROW = re.compile(r"[|\s]*")
_MAGIC = re.compile(r"__[A-Z]{3,20}__|^#REDIRECT[^\n]*", re.M)
_NOTES = {
    **{"efn": "lower-alpha", "efn-ua": "upper-alpha", "efn-lr": "lower-roman", "note": "note"},
    **{"הערה": "", "notetag": "note", "nota de rodapé": "note", "ref+": "note"},
}
_GROUP, _SAYS = ("group", "groupe", "grupo", "gruppe", "gruppo"), ("1", "texte", "text", "texto")
"""What wikis call the group of a note, and what it says."""
_NOTE_LISTS = {
    "notelist": "lower-alpha",
    "notelist-ua": "upper-alpha",
    "notelist-lr": "lower-roman",
    "notelist-note": "note",
    "notefoot": "note",
}
"""Templates of notes and of their lists, to the group they are in."""
_FEWEST_WORDS = 4
"""Words of a quotation; names of works that are cited are shorter."""
_TITLE = "displaytitle:"
_DAY_ABOVE = re.compile(r"\s*\{\{date\|([^{}|\n]{6,40})\}\}[ \t]*\n", re.I)
"""A day alone on the first line."""
_DOUBT, _USE = "doubt_n.", "use_n."
"""How labels begin that stand for templates and footnotes. No house counts its own markers so: what
`odd_markers` finds in a text is never one of these."""


_USES = re.compile(rf"\[\^{re.escape(_USE)}[0-9]+\]")


def read_wikitext(text: str, name: str) -> Document:
    """Read a page of a wiki.

    Args:
        text: As `decode` gives it.
        name: For errors.

    Raises:
        ExtractError: It is longer than MediaWiki lets a page be.
    """
    if len(text) > MAX_CHARACTERS:
        raise ExtractError(name, "too-large", "it is longer than a page of a wiki can be")
    dated = _DAY_ABOVE.match(text)  # as every page of Wikinews is
    published = date_in(dated[1]) if dated else None
    if dated and published:
        text = text[dated.end() :]
    marked = _LIST.sub(_LINE_MARK, balanced(_MAGIC.sub("", text.replace(_LINE_MARK, ""))))
    # Apostrophes for bold and italics are read as text: their reader goes back to each.
    page = mwparserfromhell.parse(marked, skip_style_tags=True)
    writer = _Writer(page)
    rendered = _IN_BRACKETS.sub("", writer.render(page)).replace(_EMPTIED, "")
    lines = _BARE_HEAD.sub(_without_head, _BARE_HEAD.sub(_without_head, rendered))
    document = read_markdown(lines, beside=tuple(writer.notes.references()))
    mentions, doubts = _exchanged(document.mentions, writer)
    blocks, mentions = _without_lists(document, mentions)
    return replace(
        document,
        extractor=WIKITEXT,
        blocks=blocks,
        mentions=mentions,
        findings=(*document.findings, *doubts, *writer.left_out()),
        title=writer.title,
        published=published or document.published,
    )


def _without_lists(
    document: Document, mentions: tuple[Mention, ...]
) -> tuple[tuple[Block, ...], tuple[Mention, ...]]:
    """The blocks, items of literature and of links as furniture, and mentions: theirs are listed.

    A list of footnotes has none of them, and no item of these sections is a sentence that cites.
    """
    blocks = tuple(
        block._replace(role="furniture") if _is_in_a_list(block) else block
        for block in document.blocks
    )
    ends = [block.end for block in blocks]

    def is_listed(mention: Mention) -> bool:
        number = bisect_left(ends, mention.at)  # no block is left of a page of broken templates
        return number < len(blocks) and _is_in_a_list(document.blocks[number])

    return blocks, tuple(
        mention._replace(form="listed")
        if mention.form == "link" and is_listed(mention)
        else mention
        for mention in mentions
    )


def _is_in_a_list(block: Block) -> bool:
    heads = block.section if block.role == "item" else ()
    return any(is_head(head) or is_beside(head) for head in {*heads[:1], *heads[-1:]})


def _without_head(match: re.Match[str]) -> str:
    """A heading with nothing below it; that of a list that the page makes of itself goes."""
    return "" if is_head(match[0].split("\n")[0]) else match[0]


def _exchanged(
    found: Iterable[Mention], writer: "_Writer"
) -> tuple[tuple[Mention, ...], list[Finding]]:
    """Mentions with the numbers of their footnotes, and findings where editors had doubts."""
    mentions: list[Mention] = []
    doubts: list[Finding] = []
    for mention in found:
        label = mention.labels[0] if len(mention.labels) == 1 else ""
        if label.startswith(_DOUBT):
            code, detail = writer.doubts[int(label.removeprefix(_DOUBT))]
            doubts.append(Finding(code=code, detail=detail, at=mention.at))
        elif label.startswith(_USE):
            use = writer.notes.uses[int(label.removeprefix(_USE))]
            mentions.append(mention._replace(labels=(use.label,), raw=use.raw))
        else:
            mentions.append(mention)
    return tuple(mentions), doubts


class _Writer:
    """Writes nodes as Markdown. Its recursion follows the parser's, which ends at a depth of 40."""

    def __init__(self, page: Wikicode) -> None:
        self.notes = Notes(page)
        self.doubts: list[tuple[str, str]] = []
        self.unknown: Counter[str] = Counter()
        self.shown: set[str] = set()
        self.title: str | None = None
        self.writers: dict[type[Node], Callable[..., str]] = {
            Text: self._text,
            Comment: lambda _: "",
            HTMLEntity: str,
            Heading: self._heading,
            Wikilink: self._wikilink,
            ExternalLink: self._external,
            Tag: self._tag,
            Argument: lambda node: self.render(node.default) if node.default else "",
        }

    def render(self, code: Wikicode | None) -> str:
        """Some nodes as Markdown; what stands alone on its lines is known by what is around it."""
        nodes = code.nodes if code is not None else []
        pieces: list[str] = []
        for place, node in enumerate(nodes):
            if isinstance(node, Template):
                following = nodes[place + 1] if place + 1 < len(nodes) else None
                alone = _alone(pieces, following)
                shown = self._template(node, alone=alone)
                if not shown and pieces and str(following or "")[:1] in _CLOSES_UP:
                    pieces[-1] = pieces[-1].removesuffix(" ")
                pieces.append(shown if shown or alone else _EMPTIED)
            else:
                pieces.append(self.writers[type(node)](node))
        return "".join(pieces)

    def left_out(self) -> list[Finding]:
        """That words are missing where templates stood that are not known here."""
        if not self.unknown:
            return []
        named = ", ".join(f"{name} ({count})" for name, count in self.unknown.most_common(12))
        return [
            Finding(
                code="template-left-out",
                detail=f"what these templates show in sentences is not known: {named}",
            )
        ]

    def _text(self, node: Text) -> str:
        text = _MARGIN.sub("", _STYLE.sub(_without_style, str(node.value)))
        pieces = _LISTED.split(text)
        pieces[0::2] = [_ESCAPED.sub(_spelled, piece) for piece in pieces[0::2]]
        pieces[1::2] = ["- " if marks[-1] in "*#" else "\n" for marks in pieces[1::2]]
        return "".join(pieces)

    def _heading(self, node: Heading) -> str:
        return f"\n\n{'#' * node.level} {self.render(node.title).strip()}\n\n"

    def _wikilink(self, node: Wikilink) -> str:
        target = str(node.title).strip()
        if _NAMESPACE.match(target) or _MEDIA.fullmatch(target):
            caption = _BAR.split(self.render(node.text))[-1] if node.text else ""
            return f"\n\n{caption}\n\n" if _USE in caption else ""
        shown = node.text if node.text is not None else node.title
        return self.render(shown).removeprefix(":")

    def _external(self, node: ExternalLink) -> str:
        address = str(node.url).strip().translate(_ADDRESS_CODES)
        if not node.brackets:
            return address
        words = self.render(node.title).strip() if node.title else ""
        return f"[{words}](<{address}>)" if words else f" ({address})"

    def _tag(self, node: Tag) -> str:
        tag = str(node.tag).strip().lower()
        if tag == "ref":
            return self._ref(node)
        if tag == "references":
            return self._define(node.contents) + self._notes_of(key_of(node)[0])
        if tag in _SILENT_TAGS or "display:none" in str(node).partition(">")[0].replace(" ", ""):
            return ""
        if tag == "table":
            return self._table(node)
        if tag in _CODE_TAGS and "\n" in str(node.contents):
            return _fenced(str(node.contents).replace(_LINE_MARK, "").strip("\n"))
        if tag == "br":
            return " "
        inner = self.render(node.contents)
        if tag == "blockquote":
            return _quoted(inner)
        if tag in ("p", "div", "center", "ul", "ol", "dl"):
            return f"\n\n{inner}\n\n"
        return f"\n- {inner.strip()}\n" if tag == "li" and not node.wiki_markup else inner

    def _ref(self, node: Tag) -> str:
        group, key = key_of(node)
        content = node.contents if node.contents and not node.self_closing else None
        return self._use(group, key, content, str(node))

    def _use(self, group: str, key: str, content: Wikicode | None, raw: str) -> str:
        number = self.notes.use(group, key, content, raw.replace(_LINE_MARK, ""))
        return f"[^{_USE}{number}]"

    def _define(self, content: Wikicode | None) -> str:
        """The footnotes that a list defines, for the places that use them by name."""
        for tag in content.ifilter_tags(recursive=False) if content is not None else ():
            if str(tag.tag).strip().lower() == "ref" and tag.contents:
                self.notes.define(*key_of(tag), tag.contents)
        return ""

    def _table(self, node: Tag) -> str:
        rows: list[str] = []
        first: list[Node] = []
        for child in filter(_is_tag, node.contents.nodes if node.contents else ()):
            tag = str(child.tag).strip().lower()
            if tag in ("td", "th"):
                first.append(child)
            elif tag == "tr":
                rows.append(self._row(child.contents.nodes if child.contents else ()))
            elif tag in ("tbody", "thead"):
                rows.append(self._table(child))
        if first:
            rows.insert(0, self._row(first))
        return "\n\n" + "\n".join(row for row in rows if row) + "\n\n"

    def _row(self, nodes: Iterable[Node]) -> str:
        cells = list(filter(_is_tag, nodes))
        texts = [" ".join(self.render(cell.contents).split()) for cell in cells]
        row = f"| {' | '.join(texts)} |"
        if not cells or _EMPTY_ROW.fullmatch(row):
            return ""
        header = all(str(cell.tag).strip().lower() == "th" for cell in cells)
        return f"{row}\n| --- |" if header else row

    def _template(self, node: Template, *, alone: bool) -> str:
        name = name_of(node)
        if name in DOUBTS:
            return self._doubt(node, name)
        if name in SILENT or name.startswith((_TITLE, "ipa-", "ipac-")):
            return self._silent(node, name)
        if name in SHORT_NOTES:
            return self._use("", f"text:{node}", Wikicode([node]), str(node))
        if name in SHORT_NAMES:
            return self._short_name(node)
        if name in _NOTES or name == "refn":
            return self._note(node, name)
        if name == "r":
            return "".join(
                self._use("", f"name:{str(p.value).strip()}", None, str(node))
                for p in node.params
                if not p.showkey and str(p.value).strip()
            )
        if (quoted := self._quoted(node, name, alone=alone)) is not None:
            return quoted
        if (shown := self._shown(node, name)) is not None:
            return shown
        if cites(node) and (shown := self._entry(node)):
            return shown
        return self._unknown(node, name, alone=alone)

    def _quoted(self, node: Template, name: str, *, alone: bool) -> str | None:
        """The words that a template quotes, apart or in a sentence; None for one that does not."""
        if name in QUOTES:
            return _quoted(self._argument(node, "text", "1", "quote") + self._beside(node))
        if name in QUOTES_OR_CITES and _says_words(node):
            words = self._argument(node, "1")
            return _quoted(words) if alone else f"“{words}”"
        return None

    def _shown(self, node: Template, name: str) -> str | None:
        """What a template shows of its parameters; None for one of which that is not known."""
        if name in SAID:
            return SAID[name](lambda *keys: self._argument(node, *keys))
        if name.startswith(NUMBER):
            return str(node.name).partition(":")[2].strip()
        return self._argument(node, "1", "text") if name.startswith(LANGUAGE) else None

    def _argument(self, node: Template, *keys: str) -> str:
        """The first of some parameters that is given, as Markdown; "" when none is."""
        for key in keys:
            if node.has(key, ignore_empty=True):
                return self.render(node.get(key).value).strip()
        return ""

    def _beside(self, quote: Template) -> str:
        """The citations of a quotation that stand with its author or its source."""
        others = (p for p in quote.params if str(p.name).strip() not in ("text", "1", "quote"))
        return "".join(mark for p in others for mark in _USES.findall(self.render(p.value)))

    def _doubt(self, node: Template, name: str) -> str:
        code = DOUBTS[name]
        since = value_of(node, "date")
        said = f" since {since}" if since else ""
        self.doubts.append((code, f"an editor of the page marked this place{said}: {name}"))
        words = self._argument(node, "1", "text") if name in DOUBTED else ""
        return f"{words}[^{_DOUBT}{len(self.doubts) - 1}]"

    def _silent(self, node: Template, name: str) -> str:
        """What shows nothing may say the title, or define footnotes."""
        if name.startswith(_TITLE):
            self.title = _STYLE.sub("", str(node.name).partition(":")[2]).strip() or None
        elif name in LISTS:
            for param in node.params:
                self._define(param.value)
        if name in LISTS and (group := value_of(node, *_GROUP)):
            return self._notes_of(group)
        return self._notes_of(_NOTE_LISTS[name]) if name in _NOTE_LISTS else ""

    def _notes_of(self, group: str) -> str:
        """The notes of a group that are sentences with citations of their own, as items."""
        notes = () if group in self.shown else self.notes.contents(group)
        self.shown.add(group)  # one list shows them, and a note may hold the list itself
        texts = [self.render(content).strip() for content in notes]
        items = [f"- {' '.join(text.split())}\n" for text in texts if _USE in text]
        return "\n\n" + "".join(items) + "\n" if items else ""

    def _short_name(self, node: Template) -> str:
        """A short citation in the text: its words, and a link to the one entry that it names."""
        said = [str(p.value).strip() for p in node.params if not p.showkey and str(p.value).strip()]
        shown = _ESCAPED.sub("", " ".join(said))
        named = self.notes.short(node)
        return f"[{shown}](<{named.url}>)" if named is not None and named.url else shown

    def _note(self, node: Template, name: str) -> str:
        """A note that is no source by its name: it counts in a group of its own."""
        group = (value_of(node, *_GROUP) or _NOTES.get(name) or "").strip("\"'")
        said = next((key for key in _SAYS if node.has(key, ignore_empty=True)), None)
        content = node.get(said).value if said else None
        named = value_of(node, "name", "שם")
        return self._use(group, f"name:{named}" if named else f"text:{content}", content, str(node))

    def _entry(self, node: Template) -> str:
        """A citation in the text itself, as in a bibliography: title, address, who published."""
        reference = self.notes.described(node)
        title = _ESCAPED.sub("", reference.title or "")
        shown = f"[{title or reference.url}](<{reference.url}>)" if reference.url else title
        by = self._argument(node, "last", "last1", "author", "author1")
        where = self._argument(node, "work", "website", "newspaper", "journal", "publisher")
        when = self._argument(node, "date", "year")
        return ". ".join(part for part in (by, shown, where, when) if part)

    def _unknown(self, node: Template, name: str, *, alone: bool) -> str:
        """What carries a citation is kept; of words in a sentence it is said that they are lost."""
        rows = []
        for param in node.params:
            value = self.render(param.value).strip()
            if _USE in value:
                label = _ESCAPED.sub("", str(param.name).strip()) if param.showkey else ""
                rows.append(f"| {label} | {' '.join(value.split())} |")
        if alone:
            return "\n\n" + "\n".join(rows) + "\n\n" if rows else ""
        if not name.startswith("#"):
            self.unknown[name] += 1
        return "".join(_USES.findall("".join(rows)))


def _spelled(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _without_style(match: re.Match[str]) -> str:
    """The apostrophes that are left of some when bold and italics are gone: "L''''Alder"."""
    count = len(match[0])
    return "'" * (1 if count == 4 else max(0, count - 5))


def _is_tag(node: Node) -> TypeGuard[Tag]:
    return isinstance(node, Tag)


def _says_words(template: Template) -> bool:
    """Whether a template has words and no fields: "{{citation|the water rose by far}}"."""
    words = str(template.params[0].value) if template.params else ""
    named = any(param.showkey for param in template.params)
    return not named and len(words.split()) >= _FEWEST_WORDS and not words[-4:].isdigit()


def _alone(pieces: list[str], following: Node | None) -> bool:
    """Whether a template has lines of its own: nothing but a line's end is around it."""
    before = next((piece for piece in reversed(pieces) if piece), "\n")
    after = str(following) if following is not None else "\n"
    return before.rstrip(" \t").endswith("\n") and after.lstrip(" \t").startswith(
        ("\n", "{{", "<!--")
    )


def _fenced(code: str) -> str:
    """Code as it stands, in a fence that nothing in it closes."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"\n\n{fence}\n{code}\n{fence}\n\n"


def _quoted(text: str) -> str:
    lines = (f"> {line}" for line in text.strip().split("\n"))
    return "\n\n" + "\n".join(lines) + "\n\n"
