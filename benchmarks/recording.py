"""How fast readings are recorded, beside SQLModel's `session.add_all` of the same rows.

    python benchmarks/recording.py [ARTICLES [BATCH...]]

Both record into a ledger made by the migrations, with its triggers, indexes and synchronous
commits: as many articles in a transaction as `ledger ingest` takes, then each in one of its own,
where the disk decides. Theirs makes the objects, adds them table by table, because without
relationships the session knows no order of its own, and commits; the line below is the same
without the making. Ours is given readings, derives digests, chain, tree, summaries and search
index from them, and asks what is known. A row is one of an entry table or of the journal: what
else is written counts for nobody. CPU is of this process alone, without the server's.
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
from itertools import count, groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

import sqlalchemy as sa
from postgres_server import postgres_server
from readings import a_reading
from sqlmodel import Session, SQLModel

from ledger.engine import file_engine, server_engine
from ledger.model import Reading
from ledger.pipeline.together import MOST
from ledger.schema import BUSY_TIMEOUT_S
from ledger.store import open_ledger
from ledger.tables import ENTRY_TABLES

CLAIMS = 40
"""Sentences of an article; each with a citation, a gap and an attribution."""


def now() -> datetime:
    return datetime.now(UTC)


def main(articles: int = 1_000, *batches: int) -> None:
    readings = [a_reading(number, claims=CLAIMS) for number in range(articles)]
    print(f"{articles:,} articles of {CLAIMS} claims")
    print(f"{'':<34}{'rows':>10}{'seconds':>10}{'rows/s':>12}{'ratio':>8}{'CPU s':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder, postgres_server(durable=True) as server:
        for batch in batches or (MOST, 1):
            print(f"{batch} in a transaction" if batch > 1 else "each in a transaction of its own")
            compare("SQLite", lambda: str(Path(folder, f"{next(number)}.db")), readings, batch)
            compare("PostgreSQL", lambda: server.url(server.made()), readings, batch)
        sizes(Path(folder, "0.db"), articles * CLAIMS)


number = count()


def compare(name: str, place: Callable[[], str], readings: Sequence[Reading], batch: int) -> None:
    ours, theirs = place(), place()
    for db in (ours, theirs):
        open_ledger(db, clock=now).close()
    rows, ours_s, ours_cpu = timed(lambda: by_store(ours, readings, batch))
    rows_read = list(rows_of(ours, batch))
    made: list[list[SQLModel]] = []
    _, making_s, making_cpu = timed(lambda: made_of(rows_read, made))
    found, adding_s, adding_cpu = timed(lambda: by_session(theirs, made))
    theirs_s, theirs_cpu = making_s + adding_s, making_cpu + adding_cpu
    assert rows == found == rows_in(theirs)
    for what, seconds, cpu in (
        ("session.add_all", theirs_s, theirs_cpu),
        ("  without making", adding_s, adding_cpu),
        ("ledger.append", ours_s, ours_cpu),
    ):
        print(
            f"{f'  {name}: {what}':<34}{rows:>10,}{seconds:>10.2f}{rows / seconds:>12,.0f}"
            f"{theirs_s / seconds:>8.1f}{cpu:>10.2f}{theirs_cpu / cpu:>8.1f}",
            flush=True,
        )


def timed(work: Callable[[], int]) -> tuple[int, float, float]:
    """What the work gives, and its seconds by the clock and of this process."""
    start, cpu = time.perf_counter(), time.process_time()
    rows = work()
    return rows, time.perf_counter() - start, time.process_time() - cpu


def by_store(db: str, readings: Sequence[Reading], batch: int) -> int:
    entries = 0
    with open_ledger(db, clock=now) as ledger:
        for first in range(0, len(readings), batch):
            of_batch = readings[first : first + batch]
            ledger.append_all(of_batch)
        entries = rows_in(db)
    return entries


def by_session(db: str, made: Sequence[list[SQLModel]]) -> int:
    """Record the rows of each transaction, which are objects already; returns how many."""
    with engine_of(db) as engine:
        for objects in made:
            with Session(engine) as session:
                # Table by table: without relationships the session knows no order of its own.
                for _, of_table in groupby(objects, key=attrgetter("__tablename__")):
                    session.add_all(of_table)
                    session.flush()
                session.commit()
    return sum(row.__tablename__ != "payload" for objects in made for row in objects)


Values = tuple[str, dict[str, Any]]
"""A table's name, and a row of it."""

_ROWS: dict[str, type[SQLModel]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in SQLModel._sa_registry.mappers
}


@contextmanager
def engine_of(db: str) -> Iterator[sa.Engine]:
    made = (
        server_engine(db, BUSY_TIMEOUT_S) if "://" in db else file_engine(Path(db), BUSY_TIMEOUT_S)
    )
    try:
        yield made.execution_options(writes=True)
    finally:
        made.dispose()


def made_of(rows: Sequence[list[Values]], made: list[list[SQLModel]]) -> int:
    """Make objects of rows, as whoever uses a session must; returns how many transactions."""
    made += [[_ROWS[table](**values) for table, values in each] for each in rows]
    return len(made)


def rows_of(db: str, batch: int) -> Iterator[list[Values]]:
    """What is recorded, as table and values: one list for each transaction."""
    with engine_of(db) as engine, engine.connect() as connection:
        tables = {
            name: {row.id: row for row in connection.execute(sa.select(table))}
            for name, table in SQLModel.metadata.tables.items()
            if name in _ROWS and "id" in table.c
        }
        bodies = {
            row.digest: row
            for row in connection.execute(sa.select(SQLModel.metadata.tables["payload"]))
        }
        journal = connection.execute(
            sa.select(SQLModel.metadata.tables["journal"]).order_by(sa.text("seq"))
        ).all()
    entries: list[Values] = []
    links: list[Values] = []
    articles = 0
    for link in journal:
        if link.kind == "source" and articles == batch and links[-1][1]["kind"] != "source":
            yield entries + links
            entries, links, articles = [], [], 0
        articles += link.kind == "article"
        row = tables[link.kind][link.entry_id]
        if link.kind == "capture":
            entries.append(("payload", dict(bodies[row.payload_digest]._mapping)))
        entries.append((link.kind, dict(row._mapping)))
        links.append(("journal", dict(link._mapping)))
    yield entries + links


def rows_in(db: str) -> int:
    with engine_of(db) as engine, engine.connect() as connection:
        return sum(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in SQLModel.metadata.tables.items()
            if name in (*ENTRY_TABLES, "journal")
        )


def sizes(path: Path, claims: int) -> None:
    """Bytes of the SQLite file for each claim, by table and index."""
    connection = sqlite3.connect(path)
    total = path.stat().st_size
    print(
        f"\nSQLite: {total:,} bytes, {total / claims:,.0f} for each claim with its citation, gap,"
    )
    print("attribution, journal records and share of the page:")
    try:
        found = connection.execute(
            "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 16"
        ).fetchall()
    except sqlite3.OperationalError:
        print("this SQLite was made without dbstat")
        return
    for name, size in found:
        print(f"{name:<40}{size / claims:>8,.0f}{100 * size / total:>8.1f} %")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
