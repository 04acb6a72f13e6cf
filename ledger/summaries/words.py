"""Current claims -> the words by which they are found, where the database needs to be told.

SQLite keeps full text in a table of its own (FTS5, with its content in `claim`), which is told of
every claim that comes and goes, its scripts apart. PostgreSQL has an index over `claim.exact` that
does the same, and needs nothing.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ledger.bulk import CHUNK, chunks
from ledger.reader import scripts_apart

Words = tuple[int, str]
"""The place of a claim, and what it says."""

# With values: an INSERT ... SELECT would write the index out for each row, to be able to take it
# back, and that is ten times as slow.
_KEEP = "INSERT INTO claim_words (rowid, exact) VALUES (?, ?)"
_FORGET = "INSERT INTO claim_words (claim_words, rowid, exact) VALUES ('delete', ?, ?)"
_EMPTY = sa.text("INSERT INTO claim_words (claim_words) VALUES ('delete-all')")
_EVERY = sa.text("SELECT place, exact FROM claim_text ORDER BY place")
_CLAIM = sa.table("claim", sa.column("id"), sa.column("exact"))


def words_of(connection: sa.Connection, claims: Iterable[tuple[int, str]]) -> list[Words]:
    """What claims say that are given by place and id; in order of their places."""
    found: list[Words] = []
    for some in chunks(sorted(claims)):
        query = sa.select(_CLAIM).where(_CLAIM.c.id.in_([id for _, id in some]))
        exact = {row.id: row.exact for row in connection.execute(query)}
        found += [(place, exact[id]) for place, id in some]
    return found


def keep_words(connection: sa.Connection, claims: Sequence[Words]) -> None:
    """Make claims findable."""
    _each(connection, _KEEP, claims)


def forget_words(connection: sa.Connection, claims: Sequence[Words]) -> None:
    """Let claims not be found any more; they must have been kept."""
    _each(connection, _FORGET, claims)


def words_anew(connection: sa.Connection) -> None:
    """Make every claim of `claim_pattern` findable, and no other."""
    if connection.dialect.name == "sqlite":
        connection.execute(_EMPTY)
        every = connection.execution_options(stream_results=True).execute(_EVERY)
        for some in every.partitions(CHUNK):
            _each(connection, _KEEP, [(place, exact) for place, exact in some])


def _each(connection: sa.Connection, statement: str, claims: Sequence[Words]) -> None:
    if claims and connection.dialect.name == "sqlite":
        apart = [(place, scripts_apart(exact)) for place, exact in claims]
        connection.exec_driver_sql(statement, apart)
