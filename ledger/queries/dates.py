"""Articles -> when each said something, as dates that can be compared."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from ledger.reader import Reader

DatedBy = Literal["published", "captured", "added"]
"""Whose word a date is.

published: the page's own. captured: the page gives none that can be read; this is when its bytes
were got, so it was said then at the latest. added: the ledger has an earlier version of the article
without these words; this is when the first version with them was got.
"""


class Dated(NamedTuple):
    """When something was said.

    Attributes:
        on: ISO 8601, as it was given; it was said then at the latest.
        by: Whose word that is.
        earliest: The same for the earliest that it can have been said; None when not known.
    """

    on: str
    by: DatedBy
    earliest: str | None

    @property
    def instant(self) -> datetime:
        """`on` as a point in time in UTC; a day begins at midnight, what has no zone is UTC."""
        return instant_of(self.on) or datetime.max.replace(tzinfo=UTC)

    @property
    def _last_day(self) -> str:
        """YYYY-MM-DD, the last that `on` can mean: of a year or month that is its last day."""
        first = self.instant.date()
        spelled = self.on.strip()
        if len(spelled) == len("2025"):
            return f"{first.year:04d}-12-31"
        if len(spelled) == len("2025-05"):
            return f"{first:%Y-%m}-{monthrange(first.year, first.month)[1]:02d}"
        return first.isoformat()

    def after(self, day: str) -> bool | None:
        """Whether something was said on that day (YYYY-MM-DD) or later; None if not known."""
        if self._last_day < day:
            return False
        earliest = instant_of(self.earliest) if self.earliest else None
        return True if earliest and earliest.date().isoformat() >= day else None


class Added(NamedTuple):
    """When words were first seen in an article, and when it was last seen without them."""

    at: str
    without: str


def dated(published: str | None, captured_at: str, added: Added | None = None) -> Dated:
    """Give the date on which an article said something.

    Args:
        published: As its page gives it; None when it gives none.
        captured_at: ISO 8601, UTC.
        added: As `added` gives it for the claim; None where it was there from the first.
    """
    if added is not None:
        return Dated(added.at, "added", added.without)
    if published is not None and instant_of(published) is not None:
        return Dated(published, "published", published)
    return Dated(captured_at, "captured", None)


def instant_of(text: str) -> datetime | None:
    """An ISO date, datetime, month or year in UTC; None for what is none."""
    for ending in ("", "-01", "-01-01"):
        try:
            moment = datetime.fromisoformat(text.strip() + ending)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):  # the year 1 in a zone east of Greenwich
            continue
    return None


def added(reader: Reader, keys: Sequence[str]) -> dict[str, Added]:
    """`Claim.key` to when its words were first seen, for those that came with a later version."""
    rows = reader.rows_for(
        """SELECT m.key, p.captured_at, q.captured_at AS "without"
        FROM claim m
        JOIN article a ON a.id = m.article_id
        JOIN capture p ON p.id = a.capture_id
        LEFT JOIN article b ON b.id = a.revises
        LEFT JOIN capture q ON q.id = b.capture_id
        LEFT JOIN journal j ON j.entry_id = a.id
        WHERE m.key IN :ids
        ORDER BY m.key, j.seq DESC, a.id""",
        list(dict.fromkeys(keys)),
    )
    first = {row["key"]: row for row in rows}  # the last of a key is the earliest recorded
    return {
        key: Added(row["captured_at"], row["without"])
        for key, row in first.items()
        if row["without"] is not None
    }
