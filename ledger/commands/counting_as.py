"""What pages count as, before and after a decision: the words for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.queries import OriginItem


def changed(
    before: Mapping[str, str], after: Mapping[str, str], named: tuple[str, ...]
) -> list[str]:
    """Addresses of the other pages that count as another voice than before, in order."""
    pages = {*before, *after}.difference(named)
    return sorted(url for url in pages if before.get(url) != after.get(url))


def counts_as(url: str, voices: "Mapping[str, OriginItem]") -> str:
    """What a page counts as, by address, and why."""
    item = voices.get(url)
    if item is None:
        return f"{url} counts as its own outlet"
    return f"{url} counts as {item['voice'] or 'one story'}: {item['because']}"
