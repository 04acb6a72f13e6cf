"""How fast readings are recorded, beside SQLModel's `session.add_all` of the same rows.

    python benchmarks/recording.py [ARTICLES]

Both record each article in a transaction of its own, in a ledger made by the migrations, with its
triggers, indexes and synchronous commits; then both in batches of 50 articles, where the disk
counts less. Ours also derives digests and the journal's chain from the entries, and asks what is
known; theirs is given rows that are made already. A row is one of an entry table or the journal.
PostgreSQL is a real server with fsync, from the package that the tests use. Ratios hold within
one run. At the end: how many bytes a claim takes on the disk, and where they go.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

import sqlalchemy as sa  # noqa: E402 - after the path
from postgres_server import PostgresServer, postgres_server  # noqa: E402
from readings import a_reading  # noqa: E402
from sqlmodel import Session, SQLModel  # noqa: E402

from ledger.engine import file_engine, server_engine  # noqa: E402
from ledger.model import Reading  # noqa: E402
from ledger.schema import BUSY_TIMEOUT_S  # noqa: E402
from ledger.store import open_ledger  # noqa: E402

CLAIMS = 40
"""Sentences of an article; each with a citation, a gap and an attribution."""


def now() -> datetime:
    return datetime.now(UTC)


def main(articles: int) -> None:
    readings = [a_reading(number, claims=CLAIMS) for number in range(articles)]
    print(f"{articles:,} articles of {CLAIMS} claims")
    print(f"{'':<34}{'rows':>10}{'seconds':>10}{'rows/s':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder, postgres_server(durable=True) as server:
        for name, places in (
            ("SQLite", [str(Path(folder, f"{kind}.db")) for kind in ("ours", "theirs")]),
            ("PostgreSQL", [server.url(server.made()) for _ in range(2)]),
        ):
            ours, theirs = places
            rows, ours_s = timed(lambda: by_store(ours, readings))  # noqa: B023 - called at once
            made = list(rows_of(ours))
            for db in (ours, theirs):
                open_ledger(db, clock=now).close()
            counted, theirs_s = timed(lambda: by_session(theirs, made))  # noqa: B023
            assert rows == counted == count(theirs), (rows, counted, count(theirs))
            print(f"{f'{name}: session.add_all':<34}{rows:>10,}{theirs_s:>10.2f}"
                  f"{rows / theirs_s:>12,.0f}{1:>8.1f}")
            print(f"{f'{name}: ledger.append':<34}{rows:>10,}{ours_s:>10.2f}"
                  f"{rows / ours_s:>12,.0f}{theirs_s / ours_s:>8.1f}")
        sizes(Path(folder, "ours.db"), articles * CLAIMS)
