import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger.engine import PAGE, file_engine, server_engine, settle, wal_is_safe
from ledger.errors import StoreError


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), False),  # has no write-ahead log
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_is_sound(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


def pragma(connection: sqlite3.Connection, name: str) -> object:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return value


def test_a_connection_is_settled(file: Path) -> None:
    engine = file_engine(file, 1.5)
    with engine.connect() as connection:
        settled = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "trusted_schema", "synchronous", "busy_timeout")
        }
    engine.dispose()
    assert settled == {
        "foreign_keys": 1,
        "trusted_schema": 0,
        "synchronous": 3,  # EXTRA
        "busy_timeout": 1500,
    }


def test_a_file_gets_the_journal_mode_that_is_asked_for(file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    settle(connection, wal=False)
    assert pragma(connection, "journal_mode") == "delete"
    settle(connection, wal=True)
    assert pragma(connection, "journal_mode") == "wal"
    settle(connection, wal=True)
    assert pragma(connection, "journal_mode") == "wal"
    connection.close()

    # Made where the write-ahead log is sound, opened where it is not.
    connection = sqlite3.connect(file, isolation_level=None)
    settle(connection, wal=False)
    assert pragma(connection, "journal_mode") == "delete"
    connection.close()


def test_a_file_that_is_made_gets_large_pages_and_another_keeps_its_own(
    file: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("CREATE TABLE t (x)")
    for path, size in ((file, PAGE), (old, 4096)):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            settle(connection, wal=False)
            connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
            assert pragma(connection, "page_size") == size
        assert path.stat().st_size % size == 0


def test_a_file_in_use_is_turned_to_the_write_ahead_log_another_time(file: Path) -> None:
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("CREATE TABLE t (x)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    connection = sqlite3.connect(file, timeout=0.01, isolation_level=None)
    settle(connection, wal=True)
    assert pragma(connection, "journal_mode") == "delete"
    reader.close()
    settle(connection, wal=True)
    assert pragma(connection, "journal_mode") == "wal"
    connection.close()


def test_what_is_no_database_cannot_be_settled(file: Path) -> None:
    file.write_text("no database " * 1000)
    connection = sqlite3.connect(file, isolation_level=None)
    with pytest.raises(sqlite3.DatabaseError, match="file is not a database"):
        settle(connection, wal=True)
    connection.close()


def test_a_writer_holds_the_lock_from_its_beginning_and_a_reader_does_not(file: Path) -> None:
    engine = file_engine(file, 0.01)
    writers = engine.execution_options(writes=True)
    with engine.begin() as first, engine.begin() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    with (
        writers.begin(),
        pytest.raises(sa.exc.OperationalError, match="database is locked"),
        writers.begin(),
    ):
        pass
    engine.dispose()


@pytest.mark.parametrize(
    "db", ["postgresql://me:secret@[host/name", "postgresql://me:se%zz@host/name"]
)
def test_what_is_no_address_of_a_server_is_refused(db: str) -> None:
    with pytest.raises(StoreError, match="not the address of a database") as caught:
        server_engine(db, 1)
    assert "se" not in str(caught.value).partition("address")[2].replace("database", "")


def test_a_server_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it were not installed
    with pytest.raises(
        StoreError, match=r"not installed\. Install it: pip install 'claim-ledger\[postgresql\]'"
    ) as caught:
        server_engine("postgresql://me:secret@host/name", 1)
    assert "secret" not in str(caught.value)
