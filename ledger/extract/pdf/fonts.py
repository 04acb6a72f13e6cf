"""Fonts of a page in which the place of the space has another sign, which is wider than any space.

Fonts of TeX in its encoding T1 have the sign of a visible space there. pypdf takes its width for
that of the space, and narrow spaces of a tight line for none: "inatightline".
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

_SPACE = 32
_WIDEST = 450
"""Of a space, in thousandths of the size: of text fonts Verdana has 352. Typewriters have 600."""
_FIXED_PITCH = 1
"""A flag of font descriptors (ISO 32000-1, table 123): all letters are as wide."""


def without_visible_spaces(page: "PageObject") -> None:
    """Set the width of such a sign to none, so that pypdf takes a usual one for the space."""
    from pypdf.generic import ArrayObject, DictionaryObject, NumberObject

    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    for each in list(fonts.get_object().values()) if fonts is not None else ():
        font = each.get_object()
        if not isinstance(font, DictionaryObject):
            continue
        widths = font.get("/Widths")
        widths = widths.get_object() if widths is not None else None
        place = _SPACE - int(font.get("/FirstChar", 0))
        if not isinstance(widths, ArrayObject) or not 0 <= place < len(widths):
            continue
        descriptor = font.get("/FontDescriptor")
        flags = int(descriptor.get_object().get("/Flags", 0)) if descriptor is not None else 0
        if not flags & _FIXED_PITCH and float(widths[place].get_object()) > _WIDEST:
            widths[place] = NumberObject(0)
