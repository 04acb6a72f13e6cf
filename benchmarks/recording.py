"""How fast readings are recorded, beside SQLModel's `session.add_all` of the same rows.

    python benchmarks/recording.py [ARTICLES]

Both record each article in a transaction of its own, in a ledger made by the migrations, with its
triggers, indexes and synchronous commits. Ours also derives digests and the journal's chain from
the entries, and asks what is known; theirs is given rows that are made already. A row is one of
an entry table or the journal.
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
from itertools import groupby
from operator import attrgetter
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

import sqlalchemy as sa  # noqa: E402 - after the path
from postgres_server import postgres_server  # noqa: E402
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
            print(
                f"{f'{name}: session.add_all':<34}{rows:>10,}{theirs_s:>10.2f}"
                f"{rows / theirs_s:>12,.0f}{1:>8.1f}"
            )
            print(
                f"{f'{name}: ledger.append':<34}{rows:>10,}{ours_s:>10.2f}"
                f"{rows / ours_s:>12,.0f}{theirs_s / ours_s:>8.1f}"
            )
        sizes(Path(folder, "ours.db"), articles * CLAIMS)


def timed(work: Callable[[], int]) -> tuple[int, float]:
    start = time.perf_counter()
    rows = work()
    return rows, time.perf_counter() - start


def by_store(db: str, readings: Sequence[Reading]) -> int:
    with open_ledger(db, clock=now) as ledger:
        return 2 * sum(ledger.append(reading).entries for reading in readings)


def by_session(db: str, made: Sequence[list[SQLModel]]) -> int:
    """`made` are the rows of each article as objects, whose making is not timed."""
    with engine_of(db) as engine:
        for objects in made:
            with Session(engine) as session:
                # Table by table: without relationships the session knows no order of its own.
                for _, of_table in groupby(objects, key=attrgetter("__tablename__")):
                    session.add_all(of_table)
                    session.flush()
                session.commit()
    return sum(row.__tablename__ != "payload" for objects in made for row in objects)


_ROWS: dict[str, type[SQLModel]] = {
    mapper.local_table.name: mapper.class_
    for mapper in SQLModel._sa_registry.mappers  # type: ignore[attr-defined]
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


def rows_of(db: str) -> Iterator[list[SQLModel]]:
    """What is recorded, as objects: one list for the journal records of each capture."""
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
    objects: list[SQLModel] = []
    links: list[SQLModel] = []
    for link in journal:
        if link.kind == "source" and any(row.__tablename__ == "article" for row in objects):
            yield objects + links
            objects, links = [], []
        row = tables[link.kind][link.entry_id]
        if link.kind == "capture":
            objects.append(_ROWS["payload"](**bodies[row.payload_digest]._mapping))
        objects.append(_ROWS[link.kind](**row._mapping))
        links.append(_ROWS["journal"](**link._mapping))
    yield objects + links


def count(db: str) -> int:
    with engine_of(db) as engine, engine.connect() as connection:
        return sum(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in SQLModel.metadata.tables.items()
            if name in _ROWS and name != "payload"
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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
