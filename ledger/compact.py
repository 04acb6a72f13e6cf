"""A database in which something was erased -> the same, written anew without what was erased.

A database keeps what was deleted: in unused pages of its file, in its log, in rows that somebody
may still see. Who reads meanwhile can keep it there; that is waited for, and else said.
"""

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    import psycopg

ERASABLE = ("payload", "article", "claim", "citation", "attribution")
"""The tables of which something can be erased."""

TURN_S, PAUSE_S = 1.0, 0.5
"""How long a table of PostgreSQL is asked for at a time, since everybody else waits behind whoever
asks, and how long they are let through until it is asked for again."""

_HORIZON = "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS xid) AS text)"
_SEEN_BEFORE = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    " AND backend_xmin IS NOT NULL AND age(backend_xmin) > age(CAST(%s AS xid))"
)
"""Who may still see the rows as they were: for them PostgreSQL copies what was deleted."""


def compact(engine: sa.Engine, wait_s: float) -> bool:
    """Write the database anew, so that no unused page holds what was erased.

    Args:
        engine: Of a ledger in which nobody of this process reads.
        wait_s: How long to wait for others.

    Returns:
        Whether it is done; False when others kept using it, and what was erased may still be there.

    Raises:
        sqlite3.Error, psycopg.Error: There is no room, or the database cannot be written.
    """
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        if engine.dialect.name == "sqlite":
            return _compact_file(driver)
        driver.autocommit = True  # it is no part of a transaction
        try:
            return _compact_server(driver, time.monotonic() + wait_s)
        finally:
            driver.autocommit = False


def _compact_file(driver: sqlite3.Connection) -> bool:
    """As `compact`; the connection waits for others by itself."""
    driver.execute("PRAGMA temp_store = FILE")  # it is as large as the ledger
    try:
        driver.execute("VACUUM")
        busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    finally:
        driver.execute("PRAGMA temp_store = MEMORY")
    return not busy


def _compact_server(driver: "psycopg.Connection[Any]", until: float) -> bool:
    import psycopg

    (horizon,) = driver.execute(_HORIZON).fetchone() or ("0",)
    driver.execute(f"SET lock_timeout = {round(TURN_S * 1000)}".encode())
    left = [*ERASABLE]
    try:
        while left:
            (seen,) = driver.execute(_SEEN_BEFORE, (horizon,)).fetchone() or (0,)
            try:
                if not seen:
                    driver.execute(f"VACUUM FULL {left[0]}".encode())
                    del left[0]
                    continue
            except psycopg.errors.LockNotAvailable:
                pass
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE_S)
    finally:
        driver.execute("RESET lock_timeout")
    return True
