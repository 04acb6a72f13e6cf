"""A reading that was recorded -> what it brought."""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.model import Reading
from ledger.staging import entries_of


class Appended(NamedTuple):
    """What one reading brought.

    Attributes:
        article_id: None when the reading holds no article.
        new: Its article, or without one its capture, was not recorded before.
        entries: How many entries were not recorded before.
        same_bytes: `Source.url` of the other page that gave the very same bytes first; None when
            none did, or when it is not new.
    """

    article_id: str | None
    new: bool
    entries: int
    same_bytes: str | None = None


def brought(reading: Reading, new: set[str], pages: Sequence[tuple[str, str]]) -> Appended:
    """What a reading brought.

    Args:
        reading: What was recorded.
        new: Ids of the entries that were not recorded before.
        pages: Id and address of the pages that gave the same bytes, the first of them first.
    """
    source = reading.capture.source_id
    first, url = pages[0] if pages else (source, None)
    is_new = (reading.article or reading.capture).id in new
    return Appended(
        article_id=reading.article.id if reading.article else None,
        new=is_new,
        entries=len({entry.id for entry in entries_of(reading)} & new),
        same_bytes=url if is_new and first != source else None,
    )
