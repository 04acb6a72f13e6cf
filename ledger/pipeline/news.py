"""Which announced pages are new to a ledger."""

from collections.abc import Iterable, Iterator
from itertools import islice

from ledger.ids import source_id
from ledger.pipeline.feeds import Item
from ledger.pipeline.pages import source_url
from ledger.store import Ledger

TOGETHER = 500
"""Pages that are asked about at once: one by one, a large sitemap took a minute."""


def new_items(ledger: Ledger, items: Iterable[Item], most: int | None = None) -> Iterator[Item]:
    """Those of which no article is recorded yet, or one that was captured before the last change.

    Args:
        ledger: Where they may be recorded.
        items: Read no further than is needed.
        most: At most so many; None for all.

    Raises:
        StoreError: The ledger cannot be asked.
    """
    left = TOGETHER if most is None else most
    coming = iter(items)
    while some := [
        (source_id(source_url(item.url)), item) for item in islice(coming, min(left, TOGETHER))
    ]:
        captured = ledger.captured_last([source for source, _ in some])
        for source, item in some:
            at = captured.get(source)
            if at is None or (item.modified is not None and item.modified > at):
                yield item
                if most is not None:
                    left -= 1
