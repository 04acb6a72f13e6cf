"""Which announced pages are new to a ledger."""

from collections.abc import Iterable, Iterator

from ledger.ids import entry_id
from ledger.pipeline.feeds import Item
from ledger.pipeline.pages import source_url
from ledger.store import Ledger


def new_items(ledger: Ledger, items: Iterable[Item]) -> Iterator[Item]:
    """Those of which no article is recorded yet, or one that was captured before the last change.

    Raises:
        StoreError: The ledger cannot be asked.
    """
    for item in items:
        seen = ledger.latest(entry_id("source", source_url(item.url)))
        captured = seen.read_from.captured_at if seen.read_from else None
        if captured is None or (item.modified is not None and item.modified > captured):
            yield item
