"""Current claims -> the words by which they are found, where the database needs to be told.

SQLite keeps full text in a table of its own (FTS5, with its content in `claim`), which is told of
every claim that comes and goes. PostgreSQL has an index over `claim.exact` and needs nothing.
"""

from collections.abc import Iterable

import sqlalchemy as sa

_KEEP = "INSERT INTO claim_words (rowid, exact) SELECT ?, exact FROM claim WHERE id = ?"
_FORGET = (
    "INSERT INTO claim_words (claim_words, rowid, exact)"
    " SELECT 'delete', ?, exact FROM claim WHERE id = ?"
)
_ANEW = sa.text("INSERT INTO claim_words (claim_words) VALUES ('rebuild')")


def keep_words(connection: sa.Connection, claims: Iterable[tuple[int, str]]) -> None:
    """Make claims, given by place and id, findable."""
    _each(connection, _KEEP, claims)


def forget_words(connection: sa.Connection, claims: Iterable[tuple[int, str]]) -> None:
    """Let claims, given by place and id, not be found any more; they must have been kept."""
    _each(connection, _FORGET, claims)


def words_anew(connection: sa.Connection) -> None:
    """Make every claim of `claim_pattern` findable, and no other."""
    if connection.dialect.name == "sqlite":
        connection.execute(_ANEW)


def _each(connection: sa.Connection, statement: str, claims: Iterable[tuple[int, str]]) -> None:
    rows = sorted(claims)
    if rows and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, rows)
