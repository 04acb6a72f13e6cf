"""When something was said, and who says so: dates of articles that can be compared."""

from datetime import UTC, datetime
from typing import Literal, NamedTuple

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


def dated(published: str | None, captured_at: str) -> Dated:
    """The date of an article.

    Args:
        published: As its page gives it; None when it gives none.
        captured_at: ISO 8601, UTC.
    """
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
