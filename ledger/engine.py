"""Where a database is -> a SQLAlchemy engine set so that what is committed stays.

The settings come from measurements of other ways: deferred transactions fork the journal or fail
as locked, foreign keys hold only where each connection asks for them.
"""

import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ledger import postgresql, server_address, waiting

CACHE_KIB = 128 * 1024
"""The most memory that the pages of a SQLite file take while it is written."""

PAGE = 8 * 1024
"""Bytes of a page of a SQLite file that is made or compacted; any other keeps its own.

A batch changes most pages of the indexes over ids, and each is written twice, by a call of its
own: twice as large, they are half as many. Still larger ones cost articles recorded one by one
more than they save."""

PAUSE_S = (0.001, 0.015)
"""The shortest and the longest pause until the lock on a SQLite file is asked for again.

SQLite by itself asks ten times in a second, and all who wait at the same beat: beside seven others
that write without a pause, somebody waited for half a minute and gave up."""

LOCK = 0x434C4752
"""PostgreSQL's advisory lock that orders the journal; any number no other program uses."""


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset defect, which can damage a database.

    It was there from 3.7.0 on, and went in 3.51.3, 3.50.7 and 3.44.6 (sqlite.org/changes.html).
    """
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def file_engine(path: Path, busy_timeout_s: float) -> sa.Engine:
    """An engine for the SQLite file `path`, which is made by the first transaction.

    A connection with the execution option `writes` begins immediately: it holds the write lock
    from its first statement, so what it read is still true when it writes.

    Args:
        path: Absolute.
        busy_timeout_s: How long to wait for another writer.
    """
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_timeout_s, "isolation_level": None},
    )
    wal = wal_is_safe(sqlite3.sqlite_version_info)

    @sa.event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        settle(connection, wal=wal)

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            _begin_writing(connection, busy_timeout_s)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: sa.Connection, busy_timeout_s: float) -> None:
    """Take the write lock, waiting for whoever has it.

    Raises:
        sqlalchemy.exc.OperationalError: Somebody still has it after `busy_timeout_s`.
    """
    driver: Any = connection.connection.driver_connection
    begun = time.monotonic()
    until, tell_at = begun + busy_timeout_s, begun + waiting.AFTER_S
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while (now := time.monotonic()) < until:
            if now > tell_at:
                waiting.waits(str(connection.engine.url.database))
                tell_at = until
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
            time.sleep(random.uniform(*PAUSE_S))  # noqa: S311 - a pause, no secret
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # says why not
    finally:
        driver.execute(f"PRAGMA busy_timeout = {round(busy_timeout_s * 1000)}")


def settle(connection: sqlite3.Connection, *, wal: bool) -> None:
    """Set what SQLite does not keep in the file, and the journal mode, which it does.

    Args:
        connection: Outside any transaction.
        wal: Write-ahead log; else, also for a file that has one now, a rollback journal.

    Raises:
        sqlite3.OperationalError: The file is locked, read-only, or no database.
    """
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA page_size = {PAGE}")  # before the file has its first page
    connection.execute("PRAGMA trusted_schema = OFF")
    # In KiB. Ids are digests, so rows go anywhere in an index: with the two megabytes that SQLite
    # takes by itself, pages are read again and written early, many times in a transaction.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # What a statement may have to take back is kept apart while it runs; a file is no place for it.
    connection.execute("PRAGMA temp_store = MEMORY")
    # Not FULL: with a rollback journal that leaves the folder unsynced, and a power cut may then
    # take back a transaction that was reported as done.
    connection.execute("PRAGMA synchronous = EXTRA")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if wal and mode != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # Only speed is lost: whoever holds the file now, or the next to open it, turns it.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
    elif mode == "wal" and not wal:
        connection.execute("PRAGMA journal_mode = DELETE")


def server_engine(url: str, busy_timeout_s: float) -> sa.Engine:
    """An engine for the PostgreSQL server at `url`; nothing is asked of it yet.

    A connection with the execution option `writes` holds the advisory lock that orders the journal
    from its first statement, and sees what was committed before it had it.

    Args:
        url: As `ledger.schema.place_of` gives it.
        busy_timeout_s: How long to wait for another writer.
    """
    name = server_address.shown(url)  # refuses what is none before SQLAlchemy looks for the driver
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=lambda: postgresql.connect(url),
        use_native_hstore=False,
        pool_pre_ping=True,  # a server closes what was idle while pages were fetched
        isolation_level="READ COMMITTED",  # another would see what was there before the lock
    )

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(postgresql.SETTLED)
            return
        wait_ms = max(1, round(busy_timeout_s * 1000))
        with waiting.waiting(name):
            connection.exec_driver_sql(
                # What is committed is on the disk, whatever this user or server is set to.
                f"{postgresql.SETTLED}; SET LOCAL synchronous_commit = on;"
                f" SET LOCAL lock_timeout = {wait_ms}; SELECT pg_advisory_xact_lock({LOCK})"
            )

    return engine
