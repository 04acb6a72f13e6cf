"""How long the questions take, beside the same in plain SQL on DuckDB over the same entries.

    python benchmarks/questions.py FILE... [--plot SVG]

The files are plain ledgers of large_ledger.py, the smallest first.

Each is asked once to warm up and then many times; the median counts. The process and both
databases are open before. With several ledgers it also prints how cost grows, and draws it.
"""

import csv
import html
import math
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from ledger import provenance, queries
from ledger.provenance import Losses
from ledger.queries import ClaimFilter
from ledger.reader import Reader

ROUNDS, SECONDS = 7, 0.5
"""Each is asked so often at least, and so long: what takes a millisecond is over in the time that a
processor needs to wake up."""
DEPTH = 5
DUCK_ROUNDS = 3  # it takes a second for most
WORDS = "bado"

ENTRIES = {
    "claim": "SELECT m.id, m.article_id, m.start, m.exact, j.seq FROM claim m"
    " JOIN journal j ON j.entry_id = m.article_id",
    "citation": 'SELECT id, claim_id, "group" AS grp, source_id FROM citation',
    "source": "SELECT id, outlet FROM source",
    "article": "SELECT id, source_id FROM current_article",
}

# A claim falls when of some group all sources are lost. An unknown source may be anybody's.
DUCK_FATE = """
    WITH member AS (
        SELECT c.claim_id, c.grp, s.outlet IN ({lost}) AS lost, s.outlet IS NULL AS unsure
        FROM citation c LEFT JOIN source s ON s.id = c.source_id
    ), fate AS (
        SELECT claim_id, COUNT(*) FILTER (lost) AS lost, COUNT(*) FILTER (unsure) AS unsure,
            COUNT(*) AS total
        FROM member GROUP BY claim_id, grp
    ), effect AS (
        SELECT claim_id, CASE WHEN MAX(CAST(lost = total AS INT)) = 1 THEN 0
            WHEN MAX(CAST(lost + unsure = total AS INT)) = 1 THEN 2
            WHEN MAX(lost) > 0 THEN 1 WHEN MAX(unsure) > 0 THEN 2 ELSE 3 END AS effect
        FROM fate GROUP BY claim_id
    ) SELECT effect, COUNT(*) FROM effect WHERE effect < 3 GROUP BY effect ORDER BY effect"""

DUCK_FIRST_50 = """
    SELECT m.id FROM claim m WHERE m.id IN (
        SELECT c.claim_id FROM citation c JOIN source s ON s.id = c.source_id
        WHERE s.outlet = '{outlet}'
    ) ORDER BY m.seq, m.start LIMIT 50"""

DUCK_SINGLE = """
    WITH backing AS (
        SELECT c.claim_id, COUNT(DISTINCT s.outlet) AS known,
            COUNT(*) - COUNT(s.outlet) AS unsure
        FROM citation c LEFT JOIN source s ON s.id = c.source_id GROUP BY c.claim_id, c.grp
    ) SELECT COUNT(*) FROM (
        SELECT claim_id FROM backing GROUP BY claim_id
        HAVING MIN(CASE WHEN unsure = 0 THEN known END) = 1
    )"""

DUCK_RANKING = """
    WITH member AS (
        SELECT c.claim_id, c.grp, s.outlet FROM citation c LEFT JOIN source s ON s.id = c.source_id
    ), backing AS (
        SELECT claim_id, grp, COUNT(DISTINCT outlet) AS known, MIN(outlet) AS one,
            COUNT(*) - COUNT(outlet) AS unsure
        FROM member GROUP BY claim_id, grp
    ), doubt AS (
        SELECT claim_id, MAX(CAST(unsure > 0 AS INT)) AS unsure,
            MAX(CAST(known = 0 AS INT)) AS blind
        FROM backing GROUP BY claim_id
    ), leaning AS (
        SELECT outlet, claim_id, MAX(falls) AS falls, MAX(may) AS may FROM (
            SELECT outlet, claim_id, 0 AS falls, 0 AS may FROM member WHERE outlet IS NOT NULL
            UNION ALL
            SELECT one, claim_id, CAST(unsure = 0 AS INT), CAST(unsure > 0 AS INT)
            FROM backing WHERE known = 1
        ) GROUP BY outlet, claim_id
    ) SELECT outlet, SUM(falls) AS falls,
        SUM(CAST(falls = 0 AND may = 0 AND blind = 0 AS INT)) AS weakens,
        SUM(CAST(falls = 0 AND (may = 1 OR blind = 1) AS INT)) - SUM(unsure)
            + (SELECT SUM(unsure) FROM doubt) AS unknown
    FROM leaning JOIN doubt USING (claim_id) GROUP BY outlet
    ORDER BY falls DESC, weakens DESC, outlet"""

DUCK_TRACE = """
    SELECT m.exact, c.grp, s.outlet FROM claim m JOIN citation c ON c.claim_id = m.id
    LEFT JOIN source s ON s.id = c.source_id WHERE m.id = '{claim}' ORDER BY c.grp, c.id"""

# In a made ledger no two sentences are alike, so all that a page cites goes on.
DUCK_CHAIN = """
    WITH RECURSIVE below AS (
        SELECT source_id AS page, 1 AS depth FROM citation
        WHERE claim_id = '{claim}' AND source_id <> '{home}'
        UNION
        SELECT n.source_id, b.depth + 1 FROM below b JOIN article a ON a.source_id = b.page
        JOIN claim m ON m.article_id = a.id JOIN citation n ON n.claim_id = m.id
        WHERE b.depth < {depth} AND n.source_id <> '{home}'
    ) SELECT page, MIN(depth) FROM below GROUP BY page"""

DUCK_SEARCH = """
    SELECT m.id FROM claim m WHERE m.exact ILIKE '%{words}%' ORDER BY m.seq, m.start LIMIT 50"""


class Cost(NamedTuple):
    """Milliseconds: the median by the clock, and the median of what the processor worked.

    On a machine that others use too the second is the truer one, of a single thread at least.
    """

    wall: float
    busy: float


def cost(ask: Callable[[], object], rounds: int = ROUNDS) -> Cost:
    ask()
    wall: list[float] = []
    busy: list[float] = []
    until = time.perf_counter() + SECONDS
    while len(wall) < rounds or time.perf_counter() < until:
        begun, worked = time.perf_counter(), time.process_time()
        ask()
        wall.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return Cost(statistics.median(wall), statistics.median(busy))


def in_duckdb(path: Path) -> duckdb.DuckDBPyConnection:
    """The entries, without what is derived of them, in DuckDB's own tables in memory."""
    duck = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(path)) as connection:
        for name, sql in ENTRIES.items():
            cursor = connection.execute(sql)
            file = Path(folder) / f"{name}.csv"
            with file.open("w", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(column[0] for column in cursor.description)
                writer.writerows(cursor)
            duck.execute(f"CREATE TABLE {name} AS FROM read_csv('{file}', header = true)")
    return duck


class Asked(NamedTuple):
    """One question: how the ledger is asked, and how DuckDB is."""

    name: str
    mine: Callable[[], object]
    theirs: str


def measured(path: Path) -> Iterator[tuple[str, Cost, Cost]]:
    """Question, what it costs us, what it costs DuckDB.

    Ours are measured first: DuckDB has threads of its own, which would be counted with us.
    """
    with Reader(path) as reader:
        asked = questions(reader)
        ours = [cost(question.mine) for question in asked]
        duck = in_duckdb(path)
        compare_counts(reader, duck)
        compare_rankings(reader, duck)
        compare_chains(reader, duck)
        for question, mine in zip(asked, ours, strict=True):
            ask = partial(answer, duck, question.theirs)
            yield question.name, mine, cost(ask, DUCK_ROUNDS)


def answer(duck: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = duck.execute(sql).fetchall()
    return rows


def questions(reader: Reader) -> list[Asked]:
    one, *_ = largest = by_size(reader)
    ten, some = sets_of_ten(largest)
    claim = reader.rows(
        "SELECT claim_id FROM claim_pattern WHERE resilience = 3 ORDER BY place LIMIT 1"
    )[0]["claim_id"]
    first = DUCK_FIRST_50.format(outlet=one)
    of_one = ClaimFilter(outlet=one)
    alone, words = ClaimFilter(single_source=True), ClaimFilter(search=WORDS)
    counted = f"SELECT COUNT(*) FROM claim WHERE exact ILIKE '%{WORDS}%'"
    asked: list[tuple[str, Callable[[], object], str]] = [
        (
            "claims of the largest outlet, first 50",
            lambda: queries.claims(reader, of_one, limit=50),
            first,
        ),
        ("  the same, only their ids", lambda: queries.chosen(reader, of_one, 50), first),
        ("impact of the largest outlet", *impact_of(reader, (one,))),
        ("impact of the ten largest outlets", *impact_of(reader, ten)),
        ("impact of ten outlets of all sizes", *impact_of(reader, some)),
        ("single-source claims, count", lambda: queries.count_claims(reader, alone), DUCK_SINGLE),
        (
            "ranking of all outlets by damage",
            lambda: provenance.ranking(reader, "outlet"),
            DUCK_RANKING,
        ),
        (
            "  the same, and each row looked at",
            lambda: list(provenance.ranking(reader, "outlet")),
            DUCK_RANKING,
        ),
        (
            "  the same, the first 50",
            lambda: provenance.ranking(reader, "outlet", limit=50),
            DUCK_RANKING + " LIMIT 50",
        ),
        ("trace of a claim", lambda: queries.trace(reader, claim), DUCK_TRACE.format(claim=claim)),
        *(
            (
                f"  the same with its chain to depth {DEPTH}, {how} of 100",
                partial(traced, reader, chain.claim),
                chain.in_duckdb,
            )
            for how, chain in zip(("the median", "the longest"), chained(reader), strict=True)
        ),
        (
            "full-text search, first 50",
            lambda: queries.claims(reader, words, limit=50),
            DUCK_SEARCH.format(words=WORDS),
        ),
        ("full-text search, count", lambda: queries.count_claims(reader, words), counted),
    ]
    return [Asked(*each) for each in asked]


def by_size(reader: Reader) -> list[str]:
    rows = reader.rows("SELECT outlet FROM outlet_tally ORDER BY claims DESC LIMIT 3000")
    return [row["outlet"] for row in rows]


def sets_of_ten(largest: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ten largest outlets, and ten of all sizes."""
    some = (largest[min(9 + n * 30, len(largest) - 1 - n)] for n in range(10))
    return tuple(largest[:10]), tuple(some)


def impact_of(reader: Reader, outlets: tuple[str, ...]) -> tuple[Callable[[], Any], str]:
    lost = ", ".join(f"'{outlet}'" for outlet in outlets)
    losses = Losses(outlets=outlets)
    return lambda: provenance.impact_counts(reader, losses), DUCK_FATE.format(lost=lost)


def traced(reader: Reader, claim: str) -> object:
    return queries.trace(reader, claim), provenance.chain(reader, claim, DEPTH)


def compare_counts(reader: Reader, duck: duckdb.DuckDBPyConnection) -> None:
    """Both count the same for one outlet, and for ten."""
    largest = by_size(reader)
    for outlets in (tuple(largest[:1]), *sets_of_ten(largest)):
        mine, theirs = impact_of(reader, outlets)
        counted = dict(answer(duck, theirs))
        assert [*mine().values()] == [counted.get(effect, 0) for effect in range(3)], outlets


def compare_chains(reader: Reader, duck: duckdb.DuckDBPyConnection) -> None:
    """Both find the same pages below a claim, at the same depth."""
    for chain in chained(reader):
        steps = provenance.chain(reader, chain.claim, DEPTH)["steps"]
        found = {step["source"]: step["depth"] for step in steps}
        assert found == dict(answer(duck, chain.in_duckdb)), chain.claim


def compare_rankings(reader: Reader, duck: duckdb.DuckDBPyConnection) -> None:
    """Both give one ranking."""
    ranked = provenance.ranking(reader, "outlet")
    theirs = answer(duck, DUCK_RANKING)
    assert [(row["key"], row["falls"], row["weakens"], row["unknown"]) for row in ranked] == [
        (key, int(falls), int(weakens), int(unknown)) for key, falls, weakens, unknown in theirs
    ]


class Chained(NamedTuple):
    """A claim, how many pages its chain has, and how DuckDB is asked for them."""

    pages: int
    claim: str
    in_duckdb: str


def chained(reader: Reader) -> tuple[Chained, Chained]:
    """Of a hundred claims of two outlets the one whose chain is the median, and the longest."""
    rows = reader.rows(
        """SELECT c.claim_id, a.source_id FROM claim_pattern c JOIN article a ON a.id = c.article_id
        WHERE c.resilience = 2 ORDER BY c.place"""
    )
    found = []
    for claim, home in map(dict.values, rows[:: max(1, len(rows) // 100)]):
        pages = len(provenance.chain(reader, claim, DEPTH)["steps"])
        asked = DUCK_CHAIN.format(claim=claim, home=home, depth=DEPTH)
        found.append(Chained(pages, claim, asked))
    found.sort()
    return found[len(found) // 2], found[-1]


def growth(sizes: list[int], table: dict[str, list[float]]) -> str:
    """How the cost of each question grows, as an SVG picture: both axes by powers of ten."""
    width, height, left, bottom = 860, 460, 60, 420
    powers = [math.log10(size) for size in sizes]
    span = max(powers[-1] - powers[0], 1)

    def x(size: float) -> float:
        return left + (math.log10(size) - powers[0]) / span * 440

    def y(ms: float) -> float:
        return bottom - (math.log10(max(ms, 0.001)) + 3) / 7 * 400

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for power in range(-3, 4):
        at = y(10**power)
        lines.append(f'<path d="M{left} {at:.0f}H500" stroke="#ddd"/>')
        lines.append(f'<text x="4" y="{at + 4:.0f}">{10.0**power:g} ms</text>')
    for size in sizes:
        lines.append(f'<text x="{x(size) - 20:.0f}" y="440">{size:,}</text>')
    for number, (name, costs) in enumerate(table.items()):
        colour = f"hsl({number * 360 // len(table)},70%,40%)"
        path = "L".join(f"{x(n):.1f} {y(ms):.1f}" for n, ms in zip(sizes, costs, strict=True))
        at = 20 + number * 18
        lines.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(f'<text x="530" y="{at}" fill="{colour}">{html.escape(name.strip())}</text>')
    return "\n".join([*lines, "</svg>\n"])


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "--plot"]
    plot = Path(names.pop()) if "--plot" in sys.argv else None
    sizes: list[int] = []
    table: dict[str, list[float]] = {}
    print(f"SQLite {sqlite3.sqlite_version}, DuckDB {duckdb.__version__}")
    for path in map(Path, names):
        with Reader(path) as reader:
            sizes.append(queries.counts(reader)["claim"])
        print(f"\n{sizes[-1]:,} claims, {path.stat().st_size / 1e6:,.0f} MB")
        print("| question | ledger ms | busy ms | duckdb ms | busy ms | ratio |")
        print("|---|---|---|---|---|---|")
        for name, mine, theirs in measured(path):
            costs = f"{mine.wall:.2f} | {mine.busy:.2f} | {theirs.wall:.1f} | {theirs.busy:.1f}"
            print(f"| {name} | {costs} | {theirs.wall / mine.wall:.1f} |", flush=True)
            table.setdefault(name, []).append(mine.busy)
    if len(sizes) > 1:
        print(f"\n| busy ms at | {' | '.join(f'{size:,}' for size in sizes)} |")
        print(f"|---|{'---|' * len(sizes)}")
        for name, busy in table.items():
            print(f"| {name} | {' | '.join(f'{ms:.2f}' for ms in busy)} |")
    if plot is not None:
        plot.write_text(growth(sizes, table))


if __name__ == "__main__":
    main()
