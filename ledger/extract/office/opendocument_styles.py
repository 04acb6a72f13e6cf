"""What the styles of an OpenDocument text say of those who wear them (OpenDocument 1.3 part 3, 16).

A style has what it says itself, and else what its parent says.
"""

from collections.abc import Mapping
from typing import Literal

Property = Literal["raised", "hidden", "bold", "italic"]
_MOST_PARENTS = 20
"""Styles above one that are asked: a file may have a circle."""
_LEVELS = 6
"""Levels of headings in HTML."""
_ROLES = {
    "Title": "h1",
    "Heading": "h2",
    "Subtitle": "p",
    "Standard": "p",
    "Source_20_Code": "pre",
} | dict.fromkeys(("Quotations", "Quote", "Intense_20_Quote"), "blockquote")
"""What stands for a paragraph of a style in a page; the names are the same in every language."""


class Styles:
    """The styles of a file, told one element after the other; later ones replace earlier ones.

    Attributes:
        lists: By the name of a list's style: the levels that it counts, each with its first number.
    """

    def __init__(self) -> None:
        self.lists: dict[str, dict[int, int]] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._own: dict[tuple[str, str], dict[Property, bool]] = {}
        self._open: dict[Property, bool] = {}
        self._levels: dict[int, int] = {}

    def add(self, element: str, said: Mapping[str, str]) -> None:
        """Take down what an element among the styles says, by its attributes."""
        if element in ("style:style", "style:default-style", "text:list-style"):
            self._open, key = {}, (said.get("family", ""), said.get("name", ""))
            if element == "style:style":
                self._own[key] = self._open
                self._parents[key] = said.get("parent-style-name", "")
            elif element == "text:list-style":
                self._levels = self.lists[key[1]] = {}
        elif element == "style:text-properties":
            self._open.update(_properties(said))
        elif element == "text:list-level-style-number" and said.get("num-format"):
            self._levels[number(said.get("level"))] = number(said.get("start-value"))

    def has(self, family: str, name: str, wanted: Property) -> bool:
        """Whether text of a style is so; `family` is "text" or "paragraph"."""
        for _ in range(_MOST_PARENTS):
            own = self._own.get((family, name), {})
            if wanted in own or not name:
                return own.get(wanted, False)
            name = self._parents.get((family, name), "")
        return False

    def role(self, name: str) -> str:
        """The element of a page that a paragraph of a style is: "h1", "blockquote", "pre", "p"…"""
        for _ in range(_MOST_PARENTS):
            if name in _ROLES or not name:
                return _ROLES.get(name, "p")
            level = name.removeprefix("Heading_20_")
            if level != name and level.isdecimal():
                return f"h{min(number(level) or 1, _LEVELS)}"
            name = self._parents.get(("paragraph", name), "")
        return "p"


def number(said: str | None) -> int:
    """A number of a list or a level; 1 where none is said."""
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 6 else 1


def _properties(said: Mapping[str, str]) -> dict[Property, bool]:
    found: dict[Property, bool] = {}
    if place := said.get("text-position"):
        found["raised"] = place.startswith("super") or place.split("%")[0].strip("0").isdecimal()
    if shown := said.get("display"):
        found["hidden"] = shown == "none"
    if weight := said.get("font-weight"):
        found["bold"] = weight in ("bold", "600", "700", "800", "900")
    if style := said.get("font-style"):
        found["italic"] = style == "italic"
    return found
