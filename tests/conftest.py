"""Fixtures that several test files share, and where the tests run."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from memory import in_memory
from postgres_server import PostgresServer, postgres_server
from readings import noon

from ledger.commands import COLLECT_AFTER
from ledger.schema import Place
from ledger.store import open_ledger

settings.register_profile("ledger", deadline=None)  # how fast the machine is, is no property
settings.load_profile("ledger")

gc.set_threshold(*COLLECT_AFTER)  # as the program does: the tests alone are a million objects

_FILES = 4 * 2**30
"""Bytes that must be free for the files of the tests, of which less than half is taken."""

if (_folder := in_memory(_FILES, runs=True)) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_folder))  # a disk waits at every commit


@pytest.fixture(scope="session")
def migrated_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger in SQLite, made by the migrations once; never to be written."""
    path = tmp_path_factory.mktemp("migrated") / "ledger.db"
    open_ledger(str(path), clock=noon).close()
    return path


@pytest.fixture
def empty_db(migrated_db: Path, tmp_path: Path) -> Path:
    """A fresh empty ledger in SQLite that the test may write; its schema is this program's."""
    return Path(shutil.copy(migrated_db, tmp_path / "ledger.db"))


@pytest.fixture
def rollback_journal(empty_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`empty_db` keeps a rollback journal, as every SQLite before 3.44.6 has it here."""
    _keep(empty_db, monkeypatch, wal=False)


@pytest.fixture
def write_ahead_log(empty_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`empty_db` keeps a write-ahead log, as a newer SQLite has it here."""
    _keep(empty_db, monkeypatch, wal=True)


def _keep(db: Path, monkeypatch: pytest.MonkeyPatch, *, wal: bool) -> None:
    monkeypatch.setattr("ledger.engine.wal_is_safe", lambda _: wal)
    with closing(sqlite3.connect(db)) as connection:
        connection.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server."""
    with postgres_server() as running:
        yield running


@pytest.fixture(scope="session")
def migrated_name(postgres: PostgresServer) -> str:
    """The database of `postgres` with an empty ledger, made by the migrations; never to be used."""
    name = postgres.made()
    open_ledger(postgres.url(name), clock=noon).close()
    return name


@pytest.fixture
def empty_url(postgres: PostgresServer, migrated_name: str) -> Iterator[str]:
    """A fresh empty ledger in PostgreSQL that the test may write."""
    name = postgres.made(template=migrated_name)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Place:
    """A fresh empty ledger, in either database: the test runs on both."""
    found: Place = request.getfixturevalue(
        {"sqlite": "empty_db", "postgresql": "empty_url"}[request.param]
    )
    return found
