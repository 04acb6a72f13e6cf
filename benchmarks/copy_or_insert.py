"""From how many rows on PostgreSQL's COPY is faster than INSERT: `ledger.bulk.COPY_FROM`.

    python benchmarks/copy_or_insert.py

Journal rows into a ledger with its triggers and indexes, on a real server over a local socket, not
committed. The best of some rounds, in microseconds for each statement.
"""

import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

import sqlalchemy as sa
from postgres_server import postgres_server
from readings import noon

from ledger import bulk
from ledger.engine import server_engine
from ledger.schema import BUSY_TIMEOUT_S
from ledger.store import open_ledger
from ledger.tables import JournalRow

JOURNAL = JournalRow.metadata.tables["journal"]
ROUNDS, STATEMENTS = 12, 20


def main() -> None:
    with postgres_server(durable=True) as server:
        url = server.url(server.made())
        open_ledger(url, clock=noon).close()
        engine = server_engine(url, BUSY_TIMEOUT_S).execution_options(writes=True)
        print(f"{'rows':>6}{'INSERT':>10}{'COPY':>10}")
        for rows in (1, 2, 4, 8, 16, 32, 64, 256):
            inserted = min(seconds(engine, rows, copy=False) for _ in range(ROUNDS))
            copied = min(seconds(engine, rows, copy=True) for _ in range(ROUNDS))
            print(f"{rows:>6}{inserted * 1e6:>10,.0f}{copied * 1e6:>10,.0f}", flush=True)
        engine.dispose()


def seconds(engine: sa.Engine, rows: int, *, copy: bool) -> float:
    bulk.COPY_FROM = 0 if copy else sys.maxsize
    with engine.connect() as connection, connection.begin() as transaction:
        start = time.perf_counter()
        for number in range(STATEMENTS):
            some = [
                (seq, f"{seq:064}", "claim", "2025-05-23T12:00:00Z", "b" * 64, "c" * 64, "d" * 64)
                for seq in range(1 + number * rows, 1 + (number + 1) * rows)
            ]
            bulk.insert(connection, JOURNAL, some)
        taken = time.perf_counter() - start
        transaction.rollback()
    return taken / STATEMENTS


if __name__ == "__main__":
    main()
