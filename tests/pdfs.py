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
