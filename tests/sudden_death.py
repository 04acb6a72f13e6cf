"""Writers that are killed, disks that fill up, databases that turn read-only: what is lost?

    python tests/sudden_death.py [KILLS [POSITIONS]]

The long form prints a table; `test_sudden_death.py` runs a short one. Nothing may be lost that was
acknowledged, nothing may be half there, and the journal must hold after each.
"""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from postgres_server import postgres_server
from readings import a_reading, noon
from typer.testing import CliRunner

from ledger.commands import app
from ledger.pipeline import together
from ledger.proof import verify_ledger
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger

ENTRIES = 12
"""Of a reading with two claims, beside the outlet that all have."""

FRESH_AFTER = 10
"""Kills until a new ledger is begun: a long journal takes long to verify."""


TEXTS = 16
"""Files that are ingested."""

TOGETHER = 2
"""Of them in one transaction, which is some twenty writes."""


class Deaths(NamedTuple):
    """What a number of sudden ends came to.

    `acknowledged`: readings of which a writer said that they are recorded; `lost`: those that are
    not there; `half`: ledgers that hold a part of a reading.
    """

    times: int
    acknowledged: int
    lost: int
    half: int


def kill_writers(places: Iterator[Place], writers: int, kills: int, seed: int) -> Deaths:
    """Kill all writers of a ledger at once, at `kills` random moments."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    context = multiprocessing.get_context("fork")  # a new interpreter takes longer than a life
    acknowledged = lost = half = 0
    with tempfile.TemporaryDirectory() as folder:
        for kill in range(kills):
            if kill % FRESH_AFTER == 0:
                db = next(places)
                open_ledger(str(db), clock=noon).close()
                said = [Path(folder, f"{kill}-{writer}") for writer in range(writers)]
            running = [
                context.Process(target=write_on, args=(str(db), writer, writers, str(file)))
                for writer, file in enumerate(said)
            ]
            with warnings.catch_warnings():
                # Of forking beside threads: these children take no lock that one may hold.
                warnings.simplefilter("ignore", DeprecationWarning)
                for process in running:
                    process.start()
            wait_for_more(said, chance)
            for process in running:
                os.kill(process.pid or 0, signal.SIGKILL)
            for process in running:
                process.join()
            told = {int(line) for file in said for line in whole_lines(file)}
            found = recorded(db)
            lost += len(told - found)
            half += verify_ledger(db).entries != (ENTRIES * len(found) + 1 if found else 0)
            if kill % FRESH_AFTER == FRESH_AFTER - 1 or kill == kills - 1:
                acknowledged += len(told)
    return Deaths(kills, acknowledged, lost, half)


def write_on(db: str, writer: int, writers: int, file: str) -> None:
    """Record readings that are not there yet, for ever, saying of each that it is recorded."""
    with open_ledger(db, clock=noon) as ledger, Path(file).open("ab", buffering=0) as said:
        done = recorded(db if "://" in db else Path(db))
        number = max((n for n in done if n % writers == writer), default=writer - writers)
        while True:
            number += writers
            ledger.append(a_reading(number, body=os.urandom(2000)))
            said.write(b"%d\n" % number)


def wait_for_more(said: list[Path], chance: random.Random) -> None:
    """Until a writer has said something new, and then some moments more."""
    before = sum(file.stat().st_size for file in said if file.exists())
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if sum(file.stat().st_size for file in said if file.exists()) > before:
            break
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.06))


def whole_lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def recorded(db: Place) -> set[int]:
    """Numbers of the readings whose article is recorded with all of its claims."""
    with Reader(db) as reader:
        rows = reader.rows(
            "SELECT s.url, COUNT(*) AS n FROM article a JOIN source s ON s.id = a.source_id"
            " JOIN claim m ON m.article_id = a.id GROUP BY s.url"
        )
    return {int(row["url"].rpartition("/")[2]) for row in rows if row["n"] == 2}


class Stops(NamedTuple):
    """What runs came to that could not write from some position on.

    `statuses`: the exit statuses that there were; `lost`: files acknowledged and not recorded;
    `unfinished`: ledgers that a later run did not complete; `reached`: runs that were stopped.
    """

    times: int
    reached: int
    statuses: set[int]
    lost: int
    unfinished: int


def stop_writing(kind: str, positions: int, folder: Path) -> Stops:
    """Ingest some files with a disk that is full, or read-only, from the n-th write on."""
    texts = folder / "texts"
    texts.mkdir()
    for number in range(TEXTS):
        said = " ".join(f"Claim {number}.{n} is {'long ' * 40} [1]." for n in range(12))
        (texts / f"{number}.md").write_text(
            f"{said}\n\nReferences\n[1] https://b.example/{number}\n"
        )
    reached = lost = unfinished = 0
    statuses = set()
    for position in range(positions):
        db = folder / f"{kind}-{position}.db"
        open_ledger(str(db), clock=noon).close()
        command = ["--db", str(db), "ingest", str(texts), "--format", "jsonl"]
        with no_more_writes(kind, position), few_together():
            stopped = CliRunner().invoke(app, command)
        if stopped.exit_code:
            reached += 1
            statuses.add(stopped.exit_code)
        told = stopped.stdout.count('"new":true') + stopped.stdout.count('"new": true')
        with Reader(db) as reader:
            held = len(reader.rows("SELECT id FROM article"))
        verify_ledger(db)
        lost += max(0, told - held)
        again = CliRunner().invoke(app, command)
        with Reader(db) as reader:
            held = len(reader.rows("SELECT id FROM article"))
        verify_ledger(db)
        unfinished += (again.exit_code, held) != (0, TEXTS)
        db.unlink()
    return Stops(positions, reached, statuses, lost, unfinished)


@contextmanager
def few_together() -> Iterator[None]:
    """With more transactions than so few files would have."""
    most, together.MOST = together.MOST, TOGETHER
    try:
        yield
    finally:
        together.MOST = most


@contextmanager
def no_more_writes(kind: str, position: int) -> Iterator[None]:
    """From write number `position` on the disk is full, or the database read-only."""
    seen = 0

    def before(connection: sa.Connection, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal seen
        if not statement.startswith("INSERT"):
            return
        if seen >= position:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            if kind == "read-only":
                raw.execute("PRAGMA query_only = ON")
            else:
                raw.execute("PRAGMA max_page_count = 1")  # as few as there are
        seen += 1

    sa.event.listen(sa.Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", before)


def files(folder: Path) -> Iterator[Place]:
    number = 0
    while True:
        number += 1
        yield folder / f"killed-{number}.db"


def main(kills: int, positions: int) -> None:
    print(f"{'':<28}{'times':>7}{'acknowledged':>14}{'lost':>6}{'half':>6}")
    for writers in (1, 4):
        with tempfile.TemporaryDirectory() as name:
            deaths = kill_writers(files(Path(name)), writers, kills, seed=writers)
        print_deaths(f"SQLite, {writers} killed", deaths)
    with postgres_server(durable=True) as server:
        places = (server.url(server.made()) for _ in iter(int, 1))
        print_deaths("PostgreSQL, 4 killed", kill_writers(places, 4, kills // 5, seed=5))
    print(f"\n{'':<28}{'times':>7}{'stopped':>14}{'lost':>6}{'not resumed':>13}  exit status")
    for kind in ("full disk", "read-only"):
        with tempfile.TemporaryDirectory() as name:
            stops = stop_writing(kind, positions, Path(name))
        print(
            f"{kind:<28}{stops.times:>7}{stops.reached:>14}{stops.lost:>6}{stops.unfinished:>13}"
            f"  {', '.join(map(str, sorted(stops.statuses)))}",
            flush=True,
        )


def print_deaths(what: str, deaths: Deaths) -> None:
    print(
        f"{what:<28}{deaths.times:>7}{deaths.acknowledged:>14,}{deaths.lost:>6}{deaths.half:>6}",
        flush=True,
    )


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["500", "100"][len(sys.argv) - 1 :])))
