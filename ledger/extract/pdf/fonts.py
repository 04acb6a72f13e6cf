"""Fonts of a page in which the place of the space has another sign, which is wider than any space.

Fonts of TeX in its encoding T1 have the sign of a visible space there. pypdf takes its width for
that of the space, and narrow spaces of a tight line for none: "inatightline".
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_SPACE = 32
_WIDEST = 450
"""Of a space, in thousandths of the size: of text fonts Verdana has 352. Typewriters have 600."""
_FIXED_PITCH = 1
"""A flag of font descriptors (ISO 32000-1, table 123): all letters are as wide."""


def without_visible_spaces(page: "PageObject") -> None:
    """Set the width of such a sign to none, so that pypdf takes a usual one for the space.

    A font that is not written as the standard has it stays as it is.
    """
    from pypdf.generic import NumberObject

    for font in _fonts(page):
        widths, first = entry(font, "/Widths"), entry(font, "/FirstChar")
        flags = entry(entry(font, "/FontDescriptor"), "/Flags")
        if not isinstance(widths, list) or not isinstance(first, int):
            continue
        place = _SPACE - first
        fixed = isinstance(flags, int) and flags & _FIXED_PITCH
        if fixed or not 0 <= place < len(widths):
            continue
        width = widths[place].get_object()
        if isinstance(width, (int, float)) and width > _WIDEST:
            widths[place] = NumberObject(0)


def _fonts(page: "PageObject") -> Iterator[Any]:
    fonts = entry(entry(page, "/Resources"), "/Font")
    yield from (entry(fonts, name) for name in (fonts if isinstance(fonts, dict) else ()))


def entry(holder: Any, key: str) -> Any:
    """What a dictionary of a PDF has there, wherever it stands in the file; None for nothing."""
    value: Any = holder.get(key) if isinstance(holder, dict) else None
    return value.get_object() if hasattr(value, "get_object") else value
