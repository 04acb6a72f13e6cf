"""Nodes of wikitext -> lines of Markdown, in which each footnote stands as a mark."""

import re
from collections.abc import Callable, Iterable, Sequence
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
from mwparserfromhell.nodes.extras import Attribute
from mwparserfromhell.wikicode import Wikicode

from ledger.extract.wiki.cite import Notes, key_of
from ledger.extract.wiki.marks import balanced
from ledger.extract.wiki.spell import (
    LINE_MARK,
    TABLE_MARKS,
    escaped,
    fenced,
    quoted,
    unmarked,
    without_marks,
    without_style,
)
from ledger.extract.wiki.tables import row_of
from ledger.extract.wiki.templates import USE, Templates

EMPTIED = "\ufdd3"
"""What a template that shows no word leaves in a sentence: a noncharacter."""
_LISTED = re.compile(f"{LINE_MARK}([*#:;]+)[ \t]*")
_MARGIN = re.compile(r"(?<=\n)(?:[ \t]+|-{4,})")
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
    "timeline score templatedata imagemap graph mapframe maplink indicator style".split()
)
_CODE_TAGS = frozenset(["pre", "syntaxhighlight", "source"])
_AS_A_WHOLE: dict[str, Callable[[str], str]] = {
    "blockquote": quoted,
    "nowiki": unmarked,
    **dict.fromkeys(("p", "div", "center", "ul", "ol", "dl"), "\n\n{}\n\n".format),
}
"""Tags of which only what stands in them matters, and what is made of that."""
_BAR = re.compile(rf"&#{ord('|')};|\|")
"""What parts the options of a picture from its caption, also as it is spelled in Markdown."""
_ADDRESS_CODES = str.maketrans({char: f"%{ord(char):02X}" for char in " <>()[]^`\n"})
_CLOSES_UP = tuple(" ,.;:)")


class Writer:
    """Writes nodes as Markdown. Its recursion follows the parser's, which ends at a depth of 40.

    Attributes:
        templates: What templates say beside the words they show.
    """

    def __init__(self, notes: Notes) -> None:
        self.templates = Templates(notes, self.render)
        self._writers: dict[type[Node], Callable[..., str]] = {
            Text: self._text,
            Comment: lambda _: "",
            HTMLEntity: str,
            Heading: self._heading,
            Wikilink: self._wikilink,
            ExternalLink: self._external,
            Tag: self._tag,
            Argument: lambda node: self.render(node.default),
        }

    def render(self, code: Wikicode | None) -> str:
        """Some nodes as Markdown; what stands alone on its lines is known by what is around it."""
        nodes = _nodes_of(code)
        pieces: list[str] = []
        before = "\n"  # the last piece that shows something: many templates may show nothing
        for place, node in enumerate(nodes):
            if isinstance(node, Template):
                following = _beginning(nodes[place + 1]) if place + 1 < len(nodes) else None
                alone = _alone(before, following)
                shown = self.templates.written(node, alone=alone)
                if not shown and pieces and (following or "")[:1] in _CLOSES_UP:
                    pieces[-1] = pieces[-1].removesuffix(" ")
                shown = shown if shown or alone else EMPTIED
            else:
                shown = self._writers[type(node)](node)
            pieces.append(shown)
            before = shown or before
        return "".join(pieces)

    def _text(self, node: Text) -> str:
        text = _MARGIN.sub("", without_style(str(node.value)))
        pieces = _LISTED.split(text)
        pieces[0::2] = map(escaped, pieces[0::2])
        pieces[1::2] = ["- " if marks[-1] in "*#" else "\n" for marks in pieces[1::2]]
        return "".join(pieces)

    def _heading(self, node: Heading) -> str:
        return f"\n\n{'#' * node.level} {self.render(node.title).strip()}\n\n"

    def _wikilink(self, node: Wikilink) -> str:
        target = str(node.title).strip()
        if _NAMESPACE.match(target) or _MEDIA.fullmatch(target):
            return _caption(self.render(node.text))
        shown = node.text if node.text is not None else node.title
        return self.render(shown).removeprefix(":")

    def _external(self, node: ExternalLink) -> str:
        address = str(node.url).strip().translate(_ADDRESS_CODES)
        if not node.brackets:
            return address
        words = self.render(node.title).strip()
        return f"[{words}](<{address}>)" if words else f" ({address})"

    def _tag(self, node: Tag) -> str:
        tag = str(node.tag).strip().lower()
        if tag == "ref":
            return self._ref(node)
        if tag == "references":
            self.templates.define(node.contents)
            return self.templates.notes_of(key_of(node)[0])
        if tag in _SILENT_TAGS or any("display:none" in _close(each) for each in node.attributes):
            return ""
        if tag == "table":
            return self._table(node)
        if tag == "tr":  # in a table of wikitext
            return f"\n{self._row(_nodes_of(node.contents))}\n"
        if tag == "gallery":  # which the parser leaves as it is
            inside = balanced(str(node.contents))
            shown = self.render(mwparserfromhell.parse(inside, skip_style_tags=True))
            return "".join(map(_caption, shown.split("\n")))
        if tag in _CODE_TAGS and "\n" in str(node.contents):
            return fenced(without_marks(str(node.contents)).strip("\n"))
        if tag == "br":
            return " "
        inner = self.render(node.contents)
        if tag in _AS_A_WHOLE:
            return _AS_A_WHOLE[tag](inner)
        return f"\n- {inner.strip()}\n" if tag == "li" and not node.wiki_markup else inner

    def _ref(self, node: Tag) -> str:
        group, key = key_of(node)
        content = node.contents if not node.self_closing and _nodes_of(node.contents) else None
        return self.templates.use(group, key, content, str(node))

    def _table(self, node: Tag) -> str:
        rows: list[str] = []
        first: list[Tag] = []
        for child in filter(_is_tag, _nodes_of(node.contents)):
            tag = str(child.tag).strip().lower()
            if tag in ("td", "th"):
                first.append(child)
            elif tag == "tr":
                rows.append(self._row(_nodes_of(child.contents)))
            elif tag in ("tbody", "thead"):
                rows.append(self._table(child))
        caption = ""
        if first and first[0].wiki_markup == "|" and _opens_with(first[0].contents, "+"):
            caption = self.render(first.pop(0).contents).strip().removeprefix("+").strip()
        if first:
            rows.insert(0, self._row(first))
        return f"\n\n{caption}\n\n" + "\n".join(row for row in rows if row) + "\n\n"

    def _row(self, nodes: Iterable[Node]) -> str:
        cells = filter(_is_tag, nodes)
        return row_of(
            [(str(cell.tag).strip().lower() == "th", self.render(cell.contents)) for cell in cells]
        )


def _caption(shown: str) -> str:
    """The caption of a picture, behind its options, where it cites."""
    caption = _BAR.split(shown)[-1]
    return f"\n\n{caption}\n\n" if USE in caption else ""


def _close(attribute: Attribute) -> str:
    """An attribute without spaces."""
    return str(attribute).replace(" ", "")


def _beginning(node: Node) -> str:
    """How a node begins; all of it would be written once for each that it is nested in."""
    if isinstance(node, Tag):
        return node.wiki_markup or "<"
    return str(node)


def _opens_with(code: Wikicode | None, sign: str) -> bool:
    nodes = _nodes_of(code)
    return bool(nodes) and _beginning(nodes[0]).startswith(sign)


def _nodes_of(code: Wikicode | None) -> Sequence[Node]:
    """What code consists of; whether it is true asks for all that is nested in it as text."""
    return code.nodes if code is not None else ()


def _is_tag(node: Node) -> TypeGuard[Tag]:
    return isinstance(node, Tag)


def _alone(before: str, following: str | None) -> bool:
    """Whether a template has lines of its own: nothing but a line's end is around it."""
    after = following if following is not None else "\n"
    return before.rstrip(" \t").endswith(("\n", *TABLE_MARKS)) and after.lstrip(" \t").startswith(
        ("\n", "{{", "<!--", *TABLE_MARKS)
    )
