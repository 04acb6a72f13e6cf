"""Statements of a page about itself, and the elements that make them."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from ledger.extract.html.tree import Element, text_of

_SPACE = re.compile(r"\s+")


class Said(NamedTuple):
    """One statement of a page about itself.

    Attributes:
        value: What it says: a title, a date, or names in one text.
        origin: What says it, "og:title" or "byline", as findings name it.
        names: Of people, where it lists them one by one.
    """

    value: str
    origin: str
    names: tuple[str, ...] = ()


def metas(elements: list[Element]) -> dict[str, list[str]]:
    """Every content of each name that meta elements have, in page order."""
    found: dict[str, list[str]] = {}
    for element in elements:
        content = _SPACE.sub(" ", element.get("content")).strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name, []).append(content)
                found.setdefault(name.lower(), found[name])
    return found


def of_metas(metas: dict[str, list[str]], names: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """The first content of each of these names, which stand beside their origins."""
    for name, origin in names:
        if values := metas.get(name):
            yield Said(values[0], origin)


def tidy(value: str) -> str:
    """A string of JSON-LD, in which many programs leave the entities of HTML."""
    return _SPACE.sub(" ", unescape(value)).strip()


def words_in(element: Element) -> str:
    """The characters in an element with single spaces, as a line break is one, too."""
    return _SPACE.sub(" ", text_of(element, at_break=" ")).strip()
