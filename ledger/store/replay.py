"""A ledger that takes in what another recorded, seen from within its transaction."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger import bulk, summaries
from ledger.recording import Recorded, head

_TABLES = SQLModel.metadata.tables
_ARTICLE = _TABLES["article"]
_JOURNAL = _TABLES["journal"]
_PAYLOAD = _TABLES["payload"]
_REDACTION = _TABLES["redaction"]


COUNTED_AT = 5_000
"""Records after which a server first counts its tables; then each time they are twice as many."""


ARTICLES = 50
"""Whose claims are brought at once to what they are: some thousands."""


class Replay:
    """What is recorded already, and how to record what follows.

    Attributes:
        entries, head: Number of journal records when it began, and digest of the last.
    """

    def __init__(self, connection: sa.Connection, write: Callable[[Recorded], None]) -> None:
        self.entries, self.head = head(connection)
        self._write = write
        self._connection = connection
        self._written = self.entries
        self._counted_at = max(COUNTED_AT, 2 * self.entries)
        self._touched: set[str] = set()  # ids of articles
        self._erased = False

    def write(self, what: Recorded) -> None:
        """Record what follows; what is derived of it waits for `derive`."""
        self._write(what)
        self._touched |= summaries.note(self._connection, what.rows)
        self._erased |= bool(what.redactions)
        self._written += len(what.links)
        if self._written >= self._counted_at:  # nobody else counts what is not committed
            bulk.count_anew(self._connection, words=False)
            self._counted_at = 2 * self._written

    def derive(self, follows: Callable[[int, int], None]) -> None:
        """Derive what follows from all that was written: once, and not after each part of it.

        `follows` is told now and then from how many articles that is done, and of how many.
        """
        if self._erased:
            summaries.words_anew(self._connection)
        articles = sorted(self._touched)
        count_at = ARTICLES
        for first in range(0, len(articles), ARTICLES):
            follows(first, len(articles))
            summaries.follow(self._connection, articles[first : first + ARTICLES])
            if first >= count_at:
                bulk.count_anew(self._connection, words=False)
                count_at = 2 * first

    def digest_at(self, seq: int) -> str | None:
        """The digest of a journal record; None when there is none."""
        query = sa.select(_JOURNAL.c.digest).where(_JOURNAL.c.seq == seq)
        found: str | None = self._connection.scalar(query)
        return found

    def recorded(self, ids: Sequence[str]) -> set[str]:
        """Those of some ids that stand in the journal."""
        return bulk.held(self._connection, _JOURNAL.c.entry_id, ids)

    def holds(self, digest: str) -> bool:
        """Whether the bytes with this digest are here, and were not erased."""
        query = sa.select(sa.func.length(_PAYLOAD.c.body)).where(_PAYLOAD.c.digest == digest)
        return bool(self._connection.scalar(query))

    def redacted(self, digest: str) -> bool:
        """Whether the bytes with this digest were erased here, by a redaction."""
        query = sa.select(_REDACTION.c.judgement_id).where(_REDACTION.c.digest == digest)
        return self._connection.scalar(query) is not None

    def text(self, article_id: str) -> str | None:
        """The text of an article; None when it is not recorded."""
        query = sa.select(_ARTICLE.c.text).where(_ARTICLE.c.id == article_id)
        found: str | None = self._connection.scalar(query)
        return found
