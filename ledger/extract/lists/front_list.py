"""Front matter -> its list of sources: "references:", as Pandoc reads it, or "sources:"."""

import re
from collections.abc import Iterator

from ledger import urls
from ledger.document import Reference
from ledger.patterns import later

_BLOCK = later(
    r"^(?:references|sources|citations|bibliography):[ \t]*\n"
    r"((?:(?:[ \t]|-[ \t])[^\n]*\n|[ \t]*\n){1,5000}+)",
    re.M,
)
_ITEM = later(r"[ \t]{0,8}-[ \t]{1,8}(?=\S)")
_FIELD = later(r"[ \t]{0,16}(id|url|doi|title|headline):[ \t]{1,8}(\S.*)$", re.I)
_CITED = later(r"\[([0-9]{1,3})\](\()?")
_DOI = "https://doi.org/"


def front_list(front: str) -> tuple[Reference, ...]:
    """The entries of a front matter, by their ids; an item without one is none.

    Args:
        front: The front matter, lines ended by LF; "" gives no entries.
    """
    block = _BLOCK.search(front)
    items = _items(block[1]) if block else ()
    return tuple(_reference(item, item["id"]) for item in items if "id" in item)


def counted_front_list(front: str, below: str) -> tuple[Reference, ...]:
    """The entries of a front matter without ids, by their places, where the text cites them so.

    Args:
        front: As for `front_list`.
        below: The text, which cites two of the numbers at least, no others, and none as a link.
    """
    block = _BLOCK.search(front)
    items = list(_items(block[1])) if block else []
    if any("id" in item or "url" not in item for item in items):
        return ()
    numbered = {str(place): item for place, item in enumerate(items, 1)}
    found = _CITED.findall(below) if numbered else []
    cited = {number for number, _ in found}
    linked = any(opened for _, opened in found)
    if linked or len(cited) < 2 or not cited <= numbered.keys():
        return ()
    return tuple(_reference(item, place) for place, item in numbered.items())


def _items(block: str) -> Iterator[dict[str, str]]:
    item: dict[str, str] = {}
    for line in block.split("\n"):
        begins = _ITEM.match(line)
        if begins and item:
            yield item
            item = {}
        if field := _FIELD.match(line, begins.end() if begins else 0):
            item.setdefault(field[1].lower(), field[2].strip().strip("\"'"))
    if item:
        yield item


def _reference(item: dict[str, str], marker: str) -> Reference:
    doi = item.get("doi")
    address = urls.repair(item.get("url") or (_DOI + doi.removeprefix(_DOI) if doi else "") or "-")
    return Reference(
        marker=marker,
        raw=" ".join(item.values()),
        url=address,
        urls=(address,) if address else (),
        title=item.get("title") or item.get("headline"),
    )
