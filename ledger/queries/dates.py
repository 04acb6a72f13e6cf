"""When something was said, and who says so: dates of articles that can be compared."""

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
    """A date as it was given, and whose word it is."""

    on: str
    by: DatedBy

    @property
    def day(self) -> str:
        """The day in UTC, YYYY-MM-DD."""
        return self.instant.date().isoformat()

    @property
    def instant(self) -> datetime:
        """The point in time in UTC; a day begins at midnight, and what has no zone is UTC."""
        moment = instant_of(self.on)
        return moment if moment is not None else datetime.max.replace(tzinfo=UTC)


def dated(published: str | None, captured_at: str, added_at: str | None = None) -> Dated:
    """When an article said something.

    Args:
        published: As its page gives it; None when it gives none.
        captured_at: ISO 8601, UTC.
        added_at: As `added` gives it for the claim; None where it was there from the first.
    """
    if added_at is not None:
        return Dated(added_at, "added")
    if published is not None and instant_of(published) is not None:
        return Dated(published, "published")
    return Dated(captured_at, "captured")


def instant_of(text: str) -> datetime | None:
    """An ISO date, datetime, month or year in UTC; None for what is none."""
    for ending in ("", "-01", "-01-01"):
        try:
            moment = datetime.fromisoformat(text.strip() + ending)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):  # the year 1 in a zone east of Greenwich
            continue
    return None


def added(reader: Reader, keys: Sequence[str]) -> dict[str, str]:
    """`Claim.key` to when its words were first seen, for those that came with a later version."""
    rows = reader.rows_for(
        """SELECT m.key, a.revises, p.captured_at
        FROM claim m
        JOIN article a ON a.id = m.article_id
        JOIN capture p ON p.id = a.capture_id
        LEFT JOIN journal j ON j.entry_id = a.id
        WHERE m.key IN :ids
        ORDER BY m.key, j.seq DESC, a.id""",
        list(dict.fromkeys(keys)),
    )
    first = {row["key"]: row for row in rows}  # the last of a key is the earliest recorded
    return {key: row["captured_at"] for key, row in first.items() if row["revises"] is not None}
