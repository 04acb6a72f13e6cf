"""An OpenDocument text (.odt, of LibreOffice and Google Docs) -> Document, by way of HTML.

Headings, lists with their numbers, tables, links, notes and raised numbers come out as pages have
them. What a change has deleted, comments, tables of contents and pictures are left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from xml.etree.ElementTree import ParseError, XMLParser

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract.office.citation_fields import NoteFields
from ledger.extract.office.citation_records import FIELD
from ledger.extract.office.opendocument_styles import Property, Styles, number
from ledger.extract.office.page import read_made_page
from ledger.extract.unpacked import refuse_entities, unpacked
from ledger.extract.versions import OPEN_DOCUMENT

_CONTENT, _STYLES, _ABOUT = "content.xml", "styles.xml", "meta.xml"
_LEFT_OUT = frozenset(
    "text:tracked-changes office:annotation text:ruby-text text:note-citation text:hidden-text "
    "svg-compatible:title svg-compatible:desc office:forms office:binary-data draw:object "
    "text:table-of-content text:illustration-index text:table-index text:object-index "
    "text:alphabetical-index text:user-index text:bibliography-source".split()
)
_MARKS: tuple[tuple[Property, str], ...] = (
    ("raised", "sup"),
    ("bold", "strong"),
    ("italic", "em"),
)
_PLAIN = {
    "table:table": ("<table>", "</table>"),
    "table:table-row": ("<tr>", "</tr>"),
    "table:covered-table-cell": ("<td>", "</td>"),
    "text:list-header": ("<li>", "</li>"),
    "text:s": (" ", ""),
    "text:tab": (" ", ""),
    "text:line-break": ("<br>", ""),
}
_LINKS = {"text:a": "href", "text:bibliography-mark": "url"}
_FIELDS = {"text:reference-mark-start": "name", "field:param": "value"}
"""Where citation programs keep their records: their own marks, and fields that were of Word."""
_TAG = re.compile("<[^<>]*>")
_NUMBERED_HEAD = re.compile(
    r"(?:<[ou]l[^<>]{0,20}><li>){1,9}(<h[1-6]>(?:[^<]|<(?!/?h[1-6]>))*+</h[1-6]>)"
    r"(?:</li></[ou]l>){1,9}"
)
"""A heading with a number is the only item of a list."""


def read_opendocument(body: bytes, name: str, known: Sequence[str] = ()) -> Document:
    """Read an OpenDocument text; `known` are the markers of a list that comes from outside.

    Raises:
        ExtractError: It is broken ("broken-file"), has a password ("encrypted") or is beyond the
            limits of a text ("too-large").
    """
    parts = unpacked(body, name, (_CONTENT, _STYLES, _ABOUT, "META-INF/manifest.xml"))
    if b"<manifest:encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise ExtractError(
            name, "encrypted", "this file asks for a password", remedy="Save it without one"
        )
    page = _Page()
    for part in (_STYLES, _CONTENT):
        text = parts.get(part, b"" if part == _CONTENT else b"<none/>")
        refuse_entities(text, name)
        parser = XMLParser(target=page)  # noqa: S314 - document types are refused before
        try:
            parser.feed(text)
            parser.close()
        except (ParseError, ValueError, LookupError) as error:  # an unknown charset
            message = f"it is not a complete OpenDocument text: {error}"
            raise ExtractError(name, "broken-file", message) from error
    html = _NUMBERED_HEAD.sub(r"\1", page.html().replace("</sup><sup>", ""))
    about = parts.get(_ABOUT, b"")
    return read_made_page(
        html,
        about,
        OPEN_DOCUMENT,
        known,
        left_out=page.left_out(),
        fields=page.fields,
        notes=page.notes(),
    )


@dataclass(slots=True)
class _List:
    """An open list; `next` is the number of its next item, None where it has bullets."""

    style: str
    level: int
    id: str
    next: int | None = None

    @property
    def counted(self) -> dict[str, int | None]:
        """What others may go on with, by its style and by its id."""
        return {f"{self.level} {self.style}": self.next, f"id {self.id}": self.next}


class _Page:
    """What a parser of XML tells, element after element -> the inside of a page's body.

    Attributes:
        hidden: Whether words were left out that the file shows nobody.
        fields: What citation programs keep behind the citations.
    """

    def __init__(self) -> None:
        self.hidden = False
        self._comments = 0
        self.fields: list[str] = []
        self._fields_of_notes: dict[int, list[str]] = {}
        self._styles = Styles()
        self._in_text = False
        self._left_out = 0  # open elements that are
        self._is_hidden = False
        self._closing: list[str] = []
        self._written: list[list[str]] = [[]]
        """The text, and the notes and boxes in it that are open."""
        self._notes: list[str] = []
        self._in_notes: list[int] = []
        """The places in these of the notes that are open: one may stand in another."""
        self._boxes: list[str] = []
        self._paragraphs = 0  # open ones
        self._begins = False  # whether an item or note has nothing in it as yet
        self._in_head = False
        self._lists: list[_List] = []
        self._counted: dict[str, int | None] = {}
        """The next number of lists that others may go on with, by style and by id."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name, said = _named(tag), {key.rpartition("}")[2]: v for key, v in attributes.items()}
        if not self._in_text:
            self._styles.add(name, said)
            self._in_text = name == "office:text"
        elif self._left_out or name in _LEFT_OUT or self._hides(name, said):
            self._comments += name == "office:annotation"
            self._left_out += 1
        else:
            opening, closing = self._tags(name, said)
            self._write(opening)
            self._closing.append(closing)
            if name in ("text:note-body", "draw:text-box"):
                self._written.append([])
            self._begins = name in ("text:list-item", "text:note-body")

    def end(self, tag: str) -> None:
        """An element ends."""
        name = _named(tag)
        if self._left_out:
            self._left_out -= 1
            self._is_hidden = self._is_hidden and self._left_out > 0
        elif self._closing:
            if name == "text:note-body":
                said = "".join(self._written.pop())
                if self._in_notes:
                    self._notes[self._in_notes[-1]] = said
                else:
                    self._write(said)
            elif name == "text:note":
                self._in_notes.pop()
            elif name == "draw:text-box":
                self._boxes.append("".join(self._written.pop()))
            elif name == "text:list":
                self._counted |= self._lists.pop().counted
            self._in_head = self._in_head and name != "table:table-header-rows"
            self._write(self._closing.pop())
            self._paragraphs -= name in ("text:p", "text:h")
            if not self._paragraphs:
                self._write("".join(self._boxes))
                self._boxes.clear()
        elif name == "office:text":
            self._in_text = False

    def data(self, text: str) -> None:
        """Words of an element."""
        if self._in_text and not self._left_out:
            self._begins = self._begins and not text.strip()
            self._write(escape(text, quote=False))
        elif self._is_hidden and text.strip():
            self.hidden = True

    def html(self) -> str:
        """The page, its notes below it as Word files have them."""
        notes = "".join(
            f'<li id="note-{at}">{said} <a href="#note-ref-{at}">↑</a></li>'
            for at, said in enumerate(self._notes, 1)
        )
        return "".join(self._written[0]) + (f"<ol>{notes}</ol>" if notes else "")

    def left_out(self) -> list[str]:
        """What the file has and the page does not, each as a finding says it."""
        found = ["words are hidden in the file"] if self.hidden else []
        if self._comments:
            found.append(f"comments beside the text: {self._comments:,}")
        return found

    def notes(self) -> Iterator[NoteFields]:
        """The notes that have some of the fields."""
        for at, fields in self._fields_of_notes.items():
            yield NoteFields(unescape(_TAG.sub("", self._notes[at])), tuple(fields))

    def _write(self, said: str) -> None:
        if said:
            self._written[-1].append(said)

    def _hides(self, name: str, said: Mapping[str, str]) -> bool:
        family = {"text:span": "text", "text:p": "paragraph", "text:h": "paragraph"}.get(name, "")
        style = said.get("style-name", "")
        found = name == "text:section" and said.get("display") == "none"
        self._is_hidden = found or (family != "" and self._styles.has(family, style, "hidden"))
        return self._is_hidden

    def _tags(self, name: str, said: Mapping[str, str]) -> tuple[str, str]:
        """What stands in a page where an element begins, and where it ends."""
        if name in ("text:p", "text:h"):
            return self._paragraph(name, said)
        if name == "text:span":
            return self._marked("text", said.get("style-name", ""))
        if url := said.get(_LINKS.get(name, ""), ""):
            return f'<a href="{escape(url)}">', "</a>"
        if name in _FIELDS and FIELD in (field := said.get(_FIELDS[name], "")):
            self._keep(field)
        if name in ("text:bookmark", "text:bookmark-start"):
            return f'<a id="{escape(said.get("name", ""))}"></a>', ""
        if name == "text:note":
            self._in_notes.append(len(self._notes))
            self._notes.append("")
            at = len(self._notes)
            return "", f'<sup><a href="#note-{at}" id="note-ref-{at}">[{at}]</a></sup>'
        if name == "text:list":
            return self._list(said)
        if name == "text:list-item":
            return self._item(said), "</li>"
        if name == "table:table-cell":
            return ("<th>", "</th>") if self._in_head else ("<td>", "</td>")
        self._in_head = self._in_head or name == "table:table-header-rows"
        return _PLAIN.get(name, ("", ""))

    def _keep(self, field: str) -> None:
        self.fields.append(field)
        if self._in_notes:
            self._fields_of_notes.setdefault(self._in_notes[-1], []).append(field)

    def _paragraph(self, name: str, said: Mapping[str, str]) -> tuple[str, str]:
        self._paragraphs += 1
        style = said.get("style-name", "")
        role = self._styles.role(style)
        if name == "text:h":
            role = f"h{min(number(said.get('outline-level')) or 1, 6)}"
        if role == "p" and self._begins:
            return self._marked("paragraph", style)
        if role == "p":
            opening, closing = self._marked("paragraph", style)
            return f"<p>{opening}", f"{closing}</p>"
        return f"<{role}>", f"</{role}>"

    def _marked(self, family: str, style: str) -> tuple[str, str]:
        marks = [mark for wanted, mark in _MARKS if self._styles.has(family, style, wanted)]
        closing = "".join(f"</{mark}>" for mark in reversed(marks))
        return "".join(f"<{mark}>" for mark in marks), closing

    def _list(self, said: Mapping[str, str]) -> tuple[str, str]:
        style = said.get("style-name") or (self._lists[-1].style if self._lists else "")
        level = len(self._lists) + 1
        found = _List(style, level, said.get("id", ""))
        found.next = self._styles.lists.get(style, {}).get(level)
        if found.next is not None and said.get("continue-numbering") == "true":
            found.next = self._counted.get(f"{level} {style}", found.next)
        elif found.next is not None and (before := said.get("continue-list")):
            found.next = self._counted.get(f"id {before}", found.next)
        self._lists.append(found)
        if found.next is None:
            return "<ul>", "</ul>"
        return f'<ol start="{found.next}">', "</ol>"

    def _item(self, said: Mapping[str, str]) -> str:
        if not self._lists or (at := self._lists[-1].next) is None:
            return "<li>"
        own = number(said["start-value"]) if "start-value" in said else at
        self._lists[-1].next = own + 1
        return f'</ol><ol start="{own}"><li>' if own != at else "<li>"


def _named(tag: str) -> str:
    """The name of an element with what its namespace is called: "text:p"."""
    space, _, local = tag[1:].rpartition("}")
    return f"{space.split(':')[-2] if space.count(':') > 1 else ''}:{local}"
