"""Small PDFs, drawn line by line."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

Line = tuple[float, float, str]
"""Where a text begins, in points from the left and from below, and the text."""
Part = tuple[str, Sequence["str | Part"]]
"""An element of a tagged PDF, by its standard name, and what stands in it: lines, and elements.

A line that begins with a space stands beside the one above. A link is named with its address,
"Link https://…"; what is of no element is named "", and heads and feet "Artifact".
"""
Field = tuple[tuple[float, float, float, float], str]
"""The field of a link, and its address."""


def made(
    pages: Sequence[Sequence[Line]],
    links: Sequence[Field] = (),
    letters: Mapping[str, str] | None = None,
    space: int | None = None,
    **sizes: Any,
) -> bytes:
    """A PDF with lines of text at places in points, and links on its first page.

    Args:
        pages: What is drawn on each.
        links: Of the first page.
        letters: What letters of these lines stand for, as in fonts of other scripts.
        space: The width that the font says its space has; nothing where it is None.
        sizes: Those of lines that are not 11, by their height: `y704=7`.
    """
    writer = PdfWriter()
    font = writer._add_object(_font(writer, letters or {}, space))
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn = "".join(
            f"/F1 {sizes.get(f'y{y:.0f}', 11)} Tf 1 0 0 1 {x} {y} Tm {_shown(text)}\n"
            for x, y, text in lines
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT {drawn} ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    for rectangle, url in links:
        writer.add_annotation(0, Link(rect=rectangle, url=url))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _shown(text: str) -> str:
    """A text, drawn; "_" moves on by as much as a narrow space is wide, as TeX does."""
    if "_" not in text:
        return f"({text}) Tj"
    return f"[{' -222 '.join(f'({part})' for part in text.split('_'))}] TJ"


def inside(top: DictionaryObject, *names: str) -> DictionaryObject:
    """The dictionary of a PDF to which these names lead, each in that before."""
    for name in names:
        inner = top[name]
        assert isinstance(inner, DictionaryObject)
        top = inner
    return top


def _font(writer: PdfWriter, letters: Mapping[str, str], space: int | None) -> DictionaryObject:
    name = NameObject
    font = DictionaryObject(
        {
            name("/Type"): name("/Font"),
            name("/Subtype"): name("/Type1"),
            name("/BaseFont"): name("/Helvetica"),
            name("/Encoding"): name("/WinAnsiEncoding"),
        }
    )
    if space is not None:
        font[name("/FirstChar")] = NumberObject(32)
        widths = [space, *[500] * 94]
        font[name("/Widths")] = ArrayObject(map(NumberObject, widths))
    if letters:
        rows = "\n".join(f"<{ord(code):02x}> <{ord(sign):04x}>" for code, sign in letters.items())
        stream = DecodedStreamObject()
        stream.set_data(
            f"begincmap\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n"
            f"{len(letters)} beginbfchar\n{rows}\nendbfchar\nendcmap".encode()
        )
        font[name("/ToUnicode")] = writer._add_object(stream)
    return font


def tagged(*pages: Sequence[Part]) -> bytes:
    """A tagged PDF, each of its lines below the one above."""
    writer = PdfWriter()
    top = _Tagged(writer)
    for parts in pages:
        top.page(parts)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Tagged:
    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._font = writer._add_object(_font(writer, {}, None))
        self._kids = ArrayObject()
        self._drawn: list[str] = []
        self._x, self._y = 72.0, 780
        self._page: Any = None
        root = _object("StructTreeRoot", K=self._kids)
        writer._root_object[NameObject("/StructTreeRoot")] = writer._add_object(root)

    def page(self, parts: Sequence[Part]) -> None:
        self._page = self._writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): self._font})
        self._page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        self._drawn, self._y = [], 780
        for role, inside in parts:
            self._part(role, inside, self._kids)
        stream = DecodedStreamObject()
        stream.set_data("".join(self._drawn).encode("cp1252"))
        self._page[NameObject("/Contents")] = self._writer._add_object(stream)

    def _part(self, role: str, inside: Sequence[str | Part], kids: ArrayObject) -> None:
        role, _, url = role.partition(" ")
        own = ArrayObject()
        if role not in ("", "Artifact"):
            made = _object("StructElem", S=NameObject(f"/{role}"), K=own)
            made[NameObject("/Pg")] = self._page.indirect_reference
            kids.append(self._writer._add_object(made))
        for each in inside:
            if isinstance(each, str):
                self._line(each, role, own)
            else:
                self._part(*each, own)
        if url:
            link = Link(rect=(0, 0, 9, 9), url=url)
            annotation = self._writer.add_annotation(self._page, link)
            own.append(_object("OBJR", Obj=annotation.indirect_reference))

    def _line(self, text: str, role: str, kids: ArrayObject) -> None:
        if not text.startswith(" "):
            self._x, self._y = 72.0, self._y - 14
        number = len(self._drawn)
        marks = {"": "", "Artifact": "/Artifact <</Type /Pagination>> BDC "}
        begin = marks.get(role, f"/{role} <</MCID {number}>> BDC ")
        shown = f"BT /F1 11 Tf 1 0 0 1 {self._x} {self._y} Tm ({text}) Tj ET"
        self._drawn.append(f"{begin}{shown}{' EMC' if begin else ''}\n")
        self._x += 5.5 * len(text)
        if role not in marks:
            kids.append(NumberObject(number))


def _object(kind: str, **entries: Any) -> DictionaryObject:
    name = NameObject
    said = {name(f"/{key}"): value for key, value in entries.items()}
    return DictionaryObject({name("/Type"): name(f"/{kind}"), **said})
