"""Scripts of JSON-LD -> the items that speak of an article, and what they say of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from ledger.extract.characters.loaded import loaded
from ledger.extract.html.said import Said, tidy
from ledger.extract.html.tree import Element, is_data, text_of
from ledger.letters import key_of

_ARTICLES = re.compile(
    r"(?:News|Blog|Opinion|Report|Scholarly|Review)?.{0,20}(?:Article|Posting)|Report|Review"
)
_SCRIPTS, _ITEMS = 10, 50
"""How many scripts of JSON-LD are read, and how many items of each: pages have one or two."""


def json_ld(elements: list[Element]) -> Iterator[dict[str, Any]]:
    """The items of the scripts; a broken one says nothing about the article."""
    for script in islice(filter(is_data, elements), _SCRIPTS):
        try:
            found = loaded(text_of(script), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in (found if isinstance(found, list) else [found])[:_ITEMS]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                if isinstance(graph, list):
                    yield from (node for node in graph[:_ITEMS] if isinstance(node, dict))


def is_article(item: dict[str, Any]) -> bool:
    """Whether an item speaks of an article: by its type, or by a headline of its own."""
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    typed = any(isinstance(name, str) and _ARTICLES.fullmatch(name) for name in names)
    return typed or isinstance(item.get("headline"), str)


def of_items(items: list[dict[str, Any]], *names: str) -> Iterator[Said]:
    """What each item has under the first of these names that it has."""
    for item in items:
        for name in names:
            value = item.get(name)
            if isinstance(value, str) and value.strip():
                yield Said(tidy(value), "JSON-LD")
                break


def without_descriptions(items: list[dict[str, Any]], headings: list[Said]) -> list[dict[str, Any]]:
    """The items, without a headline where the page is headed by the name: it describes there."""
    keys = {key_of(said.value) for said in headings if said.value}
    return [
        {**item, "headline": None} if key_of(str(item.get("name") or "")) in keys else item
        for item in items
    ]


def named(value: object, known: Mapping[str, object] = MappingProxyType({})) -> list[str]:
    """The names of people or organisations, however JSON-LD wraps them.

    Args:
        value: What an item has of them.
        known: Names by the ids by which items may speak of them instead.
    """
    people = value if isinstance(value, list) else [value]
    names = [
        (p.get("name") or known.get(str(p.get("@id")))) if isinstance(p, dict) else p
        for p in people[:_ITEMS]
    ]
    flat = [n[0] if isinstance(n, list) and n else n for n in names]
    return [tidy(n) for n in flat if isinstance(n, str) and n.strip()]


def names_by_id(items: Iterable[dict[str, Any]]) -> dict[str, object]:
    """The names of items by their ids."""
    return {str(item["@id"]): item["name"] for item in items if "@id" in item and "name" in item}
