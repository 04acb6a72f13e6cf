"""The characters of a page -> words of a line of inline Markdown, with single spaces.

What looks like a marker in code or in a formula is none, and becomes code.
"""

import re
from collections.abc import Iterator

from ledger.extract.characters.invisible import without_blanks
from ledger.extract.html.links import escaped
from ledger.extract.html.tree import Element

_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_CODED = frozenset("code kbd samp tt var".split())
_FORMULAS = frozenset("math katex MathJax".split())
"""Classes of formulas in TeX, as programs write them that publish papers and handbooks."""
_TEX = re.compile(r"(\\\((?:[^\\]|\\(?![()])){1,500}+\\\)|\\\[(?:[^\\]|\\(?![\[\]])){1,2000}+\\\])")
_LOOKS_CITED = re.compile(r"[\[{(^]\s?-?[0-9]")


def spaced(text: str) -> str:
    """A text with single spaces. Most have no others, and that is known in a tenth of the time."""
    if "  " not in text and text.isprintable():
        return text
    return _SPACE.sub(" ", without_blanks(text))


def is_coded(element: Element) -> bool:
    """Whether an element is code or a formula within a line."""
    name = element.name
    return name in _CODED or (
        name == "span"
        and "class" in element.attrs
        and not _FORMULAS.isdisjoint(element.get("class").split())
    )


def written(text: str, *, coded: bool) -> Iterator[str]:
    """The pieces of a text as they stand in a line; `coded`: it is within code."""
    for place, piece in enumerate(_TEX.split(text) if "\\" in text else (text,)):
        if (coded or place % 2) and _LOOKS_CITED.search(piece) and "`" not in piece:
            yield f"`{spaced(piece)}`"  # an array or an interval, and no marker
        else:
            yield escaped(spaced(piece))
