"""Fonts of a page that pypdf would misread -> such as it reads.

Fonts of TeX in its encoding T1 have the sign of a visible space in place of the space, which is
wider than any space. pypdf takes its width for that of the space, and narrow spaces of a tight line
for none: "inatightline". A font may also bring its own table of codes, which pypdf does not know
and reads as codes of one byte: WeasyPrint gives it to fonts that lack some letters.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_SPACE = 32
"""The code of a space in the usual tables."""
_WIDEST = 450
"""Of a space, in thousandths of the size: of text fonts Verdana has 352. Typewriters have 600."""
_FIXED_PITCH = 1
"""A flag of font descriptors (ISO 32000-1, table 123): all letters are as wide."""
_TWO_BYTES = re.compile(rb"begincodespacerange\s{1,9}<[0-9A-Fa-f]{4}>")
_FRONT = 2_000
"""Bytes of a table of codes in which it says how wide they are: in its first lines (Adobe Technical
Note 5014)."""


def mend_fonts(page: "PageObject") -> None:
    """Change fonts whose spaces or codes pypdf would misread; a damaged one stays as it is."""
    for font in _fonts(page):
        _mend_space(font)
        _mend_codes(font)


def _mend_space(font: Any) -> None:
    """Set the width of a visible space to none, so that pypdf takes a usual one for the space."""
    from pypdf.generic import NumberObject

    widths, first = entry(font, "/Widths"), entry(font, "/FirstChar")
    flags = entry(entry(font, "/FontDescriptor"), "/Flags")
    if not isinstance(widths, list) or not isinstance(first, int):
        return
    place = _SPACE - first
    fixed = isinstance(flags, int) and flags & _FIXED_PITCH
    if fixed or not 0 <= place < len(widths):
        return
    width = widths[place].get_object()
    if isinstance(width, (int, float)) and width > _WIDEST:
        widths[place] = NumberObject(0)


def _mend_codes(font: Any) -> None:
    """Name a known table in place of one's own where codes have two bytes, too.

    What they stand for the font says elsewhere.
    """
    from pypdf.generic import NameObject

    codes = entry(font, "/Encoding")
    own = entry(font, "/Subtype") == "/Type0" and hasattr(codes, "get_data")
    if own and "/ToUnicode" in font and _TWO_BYTES.search(codes.get_data()[:_FRONT]):
        font[NameObject("/Encoding")] = NameObject("/Identity-H")


def _fonts(page: "PageObject") -> Iterator[Any]:
    fonts = entry(entry(page, "/Resources"), "/Font")
    yield from (entry(fonts, name) for name in (fonts if isinstance(fonts, dict) else ()))


def entry(holder: Any, key: str) -> Any:
    """The value that a dictionary of a PDF has for a key, wherever it stands in the file.

    None for no such key, and for what is no dictionary.
    """
    value: Any = holder.get(key) if isinstance(holder, dict) else None
    return value.get_object() if hasattr(value, "get_object") else value
