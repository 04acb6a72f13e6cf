"""A database in which something was erased -> the same, rewritten without what was erased.

A database keeps what was deleted: in unused pages of its file, in its log, in rows that somebody
may still see. Who reads meanwhile can keep it there; that is waited for, and else said. That it is
due is noted with the erasing, where nothing is recorded: in the header of a SQLite file, or in the
comment on a table of a server.
"""

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ledger.reader import Reader

if TYPE_CHECKING:
    import psycopg

ERASABLE = ("payload", "article", "claim", "citation", "attribution")
"""The tables of which something can be erased."""

TURN_S, PAUSE_S = 1.0, 0.5
"""How long a table of PostgreSQL is asked for at a time, since everybody else waits behind whoever
asks, and how long they are let through until it is asked for again."""

OTHERS = "others are using it"

_HORIZON = "SELECT CAST(pg_snapshot_xmax(pg_current_snapshot()) AS xid)"
_KEEPERS = f"""
    SELECT why FROM (
        SELECT '{OTHERS}' AS why, GREATEST(age(backend_xmin), age(backend_xid)) AS age
        FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND usesysid IS NOT NULL
    UNION ALL
        SELECT 'the replication slot ' || slot_name || ' keeps it', age(xmin)
        FROM pg_replication_slots
    UNION ALL
        SELECT 'the prepared transaction ' || gid || ' keeps it', age(transaction)
        FROM pg_prepared_xacts WHERE database = current_database()
    ) AS keeper WHERE age > age(({{since}})) ORDER BY why
"""  # noqa: S608 - our own words
# Who may still see the rows as they were: for them PostgreSQL copies what was deleted. Of processes
# of others not everybody is told the kind; those that clean up behind all have no user.

_NOTE = "erased words may still be in the files of this ledger: ledger db compact"
_NOTED = "SELECT obj_description(to_regclass('redaction'), 'pg_class') AS note"


def note_due(connection: sa.Connection) -> None:
    """Note, in the transaction that erases words, that the database must be rewritten."""
    redactions = connection.scalar(sa.text("SELECT COUNT(*) FROM redaction"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {redactions}")
    else:
        connection.exec_driver_sql(f"COMMENT ON TABLE redaction IS '{_NOTE} ({redactions})'")


def is_due(reader: Reader) -> bool:
    """Whether words were erased and the database has not been rewritten since."""
    if reader.kind == "sqlite":
        return any(row["user_version"] for row in reader.rows("PRAGMA user_version"))
    return any((row["note"] or "").startswith(_NOTE) for row in reader.rows(_NOTED))


def keepers(reader: Reader) -> list[str]:
    """What keeps a server from dropping what was erased, as clauses: "others are using it"."""
    if reader.kind == "sqlite":
        return []
    return [row["why"] for row in reader.rows(_KEEPERS.format(since=_HORIZON))]


def compact(engine: sa.Engine, wait_s: float) -> str | None:
    """Write the database anew, so that no unused page holds what was erased.

    Args:
        engine: Of a ledger in which nobody of this process reads.
        wait_s: How long to wait for others.

    Returns:
        None when it is done; else why what was erased may still be there, a clause.

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


def _compact_file(driver: sqlite3.Connection) -> str | None:
    """As `compact`; the connection waits for others by itself."""
    noted = driver.execute("PRAGMA user_version").fetchone()
    driver.execute("PRAGMA temp_store = FILE")  # it is as large as the ledger
    try:
        driver.execute("VACUUM")
        busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return OTHERS
    finally:
        driver.execute("PRAGMA temp_store = MEMORY")
    if busy:
        return OTHERS
    driver.execute("BEGIN IMMEDIATE")
    if driver.execute("PRAGMA user_version").fetchone() == noted:  # nobody erased more meanwhile
        driver.execute("PRAGMA user_version = 0")
    driver.execute("COMMIT")
    return None


def _compact_server(driver: "psycopg.Connection[Any]", until: float) -> str | None:
    import psycopg

    noted = driver.execute(_NOTED).fetchone()
    (since,) = driver.execute(_HORIZON).fetchone() or ("0",)
    keeping = _KEEPERS.format(since=f"CAST('{since}' AS xid)").encode()
    driver.execute(f"SET lock_timeout = {round(TURN_S * 1000)}".encode())
    left = [*ERASABLE]
    try:
        while left:
            (why,) = driver.execute(keeping).fetchone() or (None,)
            try:
                if why is None:
                    driver.execute(f"VACUUM FULL {left[0]}".encode())
                    del left[0]
                    continue
            except psycopg.errors.LockNotAvailable:
                pass
            if time.monotonic() > until:
                return why or OTHERS
            time.sleep(PAUSE_S)
    finally:
        driver.execute("RESET lock_timeout")
    with driver.transaction():
        driver.execute("LOCK TABLE redaction IN SHARE MODE")
        if driver.execute(_NOTED).fetchone() == noted:  # as above
            driver.execute("COMMENT ON TABLE redaction IS NULL")
    return None
