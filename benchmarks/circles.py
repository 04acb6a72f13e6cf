"""How long circles, chains and spread take, each beside a count of all citations in the same run.

    python benchmarks/circles.py

A ring of 1,000 pages and a web of 200 that cite 50 each, both in one ledger; and the ledger of
`startup.py` with 30,000 claims, most of which share their longest words.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from startup import add, fill, write

from ledger.provenance import chain, circles
from ledger.queries.spread import spread
from ledger.reader import Reader
from ledger.store import open_ledger

RING, DENSE, CITED, ROUNDS = 1_000, 200, 50, 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        webs, many = Path(folder, "webs.db"), Path(folder, "many.db")
        fill_webs(webs)
        fill(many)
        with Reader(webs) as reader:
            (first,) = reader.rows(
                """SELECT m.id FROM claim m JOIN article a ON a.id = m.article_id
                JOIN source s ON s.id = a.source_id WHERE s.url = 'https://d0.example/'
                ORDER BY m."start" LIMIT 1"""
            )
            found = circles(reader)
            print(f"{len(found):,} circles, the longest of {len(found[-1]):,} pages")
            report(reader, {
                "circles of the whole ledger": lambda: circles(reader),
                "chain of depth 5 in the dense web": lambda: chain(reader, first["id"], 5),
            })  # fmt: skip
        with Reader(many) as reader:
            (some,) = reader.rows("SELECT id FROM claim WHERE kind = 'cited' ORDER BY id LIMIT 1")
            report(reader, {
                "circles of 30,000 claims": lambda: circles(reader),
                "spread over 30,000 claims": lambda: spread(reader, some["id"]),
            })  # fmt: skip


def report(reader: Reader, questions: dict[str, Callable[[], object]]) -> None:
    plain = taken(lambda: reader.rows("SELECT COUNT(*) AS n FROM current_citation"))
    print(f"{'count of all citations':36} {plain * 1000:8.1f} ms")
    for name, ask in questions.items():
        seconds = taken(ask)
        print(f"{name:36} {seconds * 1000:8.1f} ms   {seconds / plain:6.1f} counts")


def taken(ask: Callable[[], object]) -> float:
    """The median of some rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def fill_webs(db: Path) -> None:
    open_ledger(str(db), clock=lambda: datetime.now(UTC)).close()
    dice = random.Random(7)  # the same ledger every time
    ways = {f"r{n}": [f"r{(n + 1) % RING}"] for n in range(RING)}
    names = [f"d{n}" for n in range(DENSE)]
    ways |= {name: dice.sample(names, CITED) for name in names}
    rows: dict[str, list[dict[str, object]]] = {
        table: [] for table in ("outlet", "source", "capture", "article", "claim", "citation")
    }
    pages = {
        name: add(rows, "source", url=f"https://{name}.example/", host=f"{name}.example",
                  outlet=f"{name}.example")
        for name in ways
    }  # fmt: skip
    for name, cited in ways.items():
        capture = add(
            rows, "capture", source_id=pages[name], captured_at="2025-05-23T12:00:00Z",
            requested_url="", final_url="", redirects="[]", headers="[]",
            payload_digest="", size=0,
        )  # fmt: skip
        article = add(
            rows, "article", capture_id=capture, source_id=pages[name], extractor="made/1",
            byline="[]", text="", blocks="[]", references="[]", findings="[]",
        )  # fmt: skip
        for place, to in enumerate(cited):
            claim = add(
                rows, "claim", article_id=article, start=place, end=place + 1,
                exact=f"{name} has heard of {to}.", section="[]", kind="cited",
                key=f"{name}.{place}",
            )  # fmt: skip
            add(
                rows, "citation", claim_id=claim, group=0, ordinal=0, alternative=0, marker="1",
                raw="", at=place, form="marker", source_id=pages[to],
            )  # fmt: skip
    rows["outlet"].append({"id": "o", "key": "d0.example", "name": "D", "domain": "d0.example"})
    write(db, rows)


if __name__ == "__main__":
    main()
