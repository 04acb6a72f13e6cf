"""How a picture is written, and what of it is kept: the markers in its words, and those words."""

from ledger.extract.markers.dialect import TARGET
from ledger.patterns import later

PICTURE = later(
    r"!\[(?:[^\[\]\n]|\[(?!\^?[0-9]|-?@)[^\[\]\n]{0,80}\]){0,2000}+\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)"
    r"(?:\{(?:[#.]|[a-z-]{2,20}=)[^{}\n]{0,200}\})?|!(?<![^\s\[(]!)\[[^\[\]\n]{0,300}\]\[(?![0-9^])[^\[\]\n]{1,80}\]"
)
"""A picture whose words have no marker: nothing of it is read."""
_MARKED = rf"!\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]{{0,80}}\]){{1,2000}}+)\]{TARGET}"
MARKED_PICTURE = later(rf"(?P<link>\[)?{_MARKED}(?(link)\]{TARGET})")
"""One whose words may have a marker: "![Rents by year [1]](rents.png)"; a link, if it is in one."""
_ALONE = later(rf"\s*{_MARKED}\s*")


def is_marked_picture(text: str) -> bool:
    """Whether a block is nothing but a picture whose words may have a marker."""
    return text.startswith("![") and _ALONE.fullmatch(text) is not None
