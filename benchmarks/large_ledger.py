"""A ledger of a given size, skewed as real ones are, in the real schema.

    python benchmarks/large_ledger.py FILE [CLAIMS]

Articles of fifty claims each choose thirty pages, of outlets by Zipf's law, and cite them again
and again; a fifth of the claims cite nothing, most others one page, some two to six, in one group
or several; one citation in thirty leads nowhere. Some cited pages are articles here themselves, so
that chains arise. Rows are written into the tables as they are, ids and digests being of the right
shape only, and what is derived from them is made by the program itself.
"""

import random
import sqlite3
import sys
import time
from bisect import bisect
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from ledger import summaries
from ledger.store import open_ledger

OUTLETS = 20_000
CLAIMS_PER_ARTICLE = 50
PAGES_PER_ARTICLE = 30
ZIPF = 1.05
WORDS = 8_000
KINDS = ("newspaper", "wire", "broadcaster", "magazine", None)

CITATIONS = ((0, 0.20), (1, 0.40), (2, 0.22), (3, 0.10), (4, 0.05), (5, 0.02), (6, 0.01))
"""How many pages a claim cites, and how often: one and a half for each claim."""


class Zipf:
    """Numbers from 0 on, the n-th as often as 1 / n to the power `s`."""

    def __init__(self, count: int, s: float, dice: random.Random) -> None:
        self._sums = list(accumulate(1 / n**s for n in range(1, count + 1)))
        self._dice = dice

    def draw(self) -> int:
        return bisect(self._sums, self._dice.random() * self._sums[-1])


def digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def make(path: Path, claims: int, seed: int = 7) -> dict[str, float]:
    """Make the ledger; what took how many seconds."""
    path.unlink(missing_ok=True)
    ledger = open_ledger(str(path), clock=lambda: datetime.now(UTC))
    took = {}
    begun = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA cache_size = -1500000")
        later = _set_aside(connection)
        connection.execute("BEGIN")
        _Writer(connection, random.Random(seed), claims).write()
        connection.execute("COMMIT")
        for statement in later:
            connection.execute(statement)
    took["entries"] = time.perf_counter() - begun
    begun = time.perf_counter()
    with ledger.writing() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = -1500000")
        summaries.make_anew(connection)
    took["summaries"] = time.perf_counter() - begun
    ledger.close()
    return took


def _set_aside(connection: sqlite3.Connection) -> list[str]:
    """Drop indexes and triggers, which cost more row by row; the statements that make them."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
        " AND sql IS NOT NULL AND tbl_name NOT LIKE 'claim!_words%' ESCAPE '!'"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in found]


class _Writer:
    def __init__(self, connection: sqlite3.Connection, dice: random.Random, claims: int) -> None:
        self._connection = connection
        self._dice = dice
        self._articles = max(1, claims // CLAIMS_PER_ARTICLE)
        self._seq = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        self._outlets = Zipf(OUTLETS, ZIPF, dice)
        words = Zipf(WORDS, 1.0, dice)
        self._words = [f"{_syllables(n)}" for n in range(WORDS)]
        self._word = words.draw

    def write(self) -> None:
        self._add_outlets()
        self._add("payload", None, digest("payload"), b"")
        pages = max(3, self._articles * 10 // OUTLETS)
        self._page_of = lambda outlet: self._dice.randrange(
            max(1, int(pages * 400 / (outlet + 20)))
        )
        self._seen: dict[tuple[int, int], str] = {}
        own = [self._add_source(self._outlets.draw(), 10**6 + n) for n in range(self._articles)]
        for number, source in enumerate(own):
            self._add_article(number, source, own)
            if number % 500 == 499:
                self._flush()
        self._flush()

    def _add_outlets(self) -> None:
        dice = self._dice
        for n in range(OUTLETS):
            key = f"outlet{n}.example"
            owner = f"Owner {int(dice.paretovariate(0.6)) % 2000}" if dice.random() < 0.6 else None
            country = f"{chr(65 + n % 7)}{chr(65 + n % 9)}" if dice.random() < 0.7 else None
            values = (key, f"Outlet {n}", key, KINDS[n % len(KINDS)], country, owner, *[None] * 4)
            self._add("outlet", "outlet", digest("outlet", n), *values)

    def _add_source(self, outlet: int, page: int) -> str:
        found = self._seen.get((outlet, page))
        if found is None:
            host = f"outlet{outlet}.example"
            found = self._seen[outlet, page] = digest("source", outlet, page)
            self._add("source", "source", found, f"https://{host}/{page}", host, host)
        return found

    def _add_article(self, number: int, source: str, own: list[str]) -> None:
        dice = self._dice
        capture, article = digest("capture", number), digest("article", number)
        url = f"https://article/{number}"
        payload = digest("payload")
        at = "2026-01-01T00:00:00Z"
        self._add("capture", "capture", capture, source, at, url, url, "[]", 200, "[]",
                  "text/html", "utf-8", payload, 0, None, None)  # fmt: skip
        day = f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}"
        self._add("article", "article", article, capture, source, "bench/1", None,
                  f"Article {number}", "[]", day, None, "en", "", "[]", "[]", "[]",
                  None)  # fmt: skip
        pool = [
            own[dice.randrange(len(own))]
            if dice.random() < 0.05
            else self._cited(self._outlets.draw())
            for _ in range(PAGES_PER_ARTICLE)
        ]
        start = 0
        for ordinal in range(CLAIMS_PER_ARTICLE):
            exact = self._sentence()
            claim = digest("claim", number, ordinal)
            [count] = dice.choices(*zip(*CITATIONS, strict=True))
            kind = "cited" if count else "uncited"
            self._add("claim", "claim", claim, article, start, start + len(exact), exact,
                      "[]", kind, digest("key", number, ordinal))  # fmt: skip
            start += len(exact) + 1
            self._add_citations(claim, start, count, pool)

    def _cited(self, outlet: int) -> str:
        return self._add_source(outlet, self._page_of(outlet))

    def _add_citations(self, claim: str, at: int, count: int, pool: list[str]) -> None:
        group = 0
        for ordinal in range(count):
            if ordinal and self._dice.random() < 0.4:
                group += 1
            gap = "no-reference" if self._dice.random() < 0.033 else None
            source = None if gap else pool[int(self._dice.triangular(0, len(pool), 0))]
            marker = str(ordinal + 1)
            self._add("citation", "citation", digest("citation", claim, ordinal), claim, group,
                      ordinal, 0, marker, f"[{marker}]", at, "marker",
                      None if gap else "https://cited.example/", source, gap, None,
                      None)  # fmt: skip

    def _sentence(self) -> str:
        words = [self._words[self._word()] for _ in range(self._dice.randrange(10, 28))]
        return f"{' '.join(words).capitalize()}."

    def _add(self, table: str, kind: str | None, *row: object) -> None:
        self._rows.setdefault(table, []).append(row)
        if kind is not None:
            self._seq += 1
            link = (self._seq, row[0], kind, "2026-01-01T00:00:00Z", row[0], row[0], row[0])
            self._rows.setdefault("journal", []).append(link)

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            places = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        self._rows = {}


def _syllables(number: int) -> str:
    parts = []
    number += 30
    while number:
        number, rest = divmod(number, 60)
        parts.append("bcdfghklmnprstvz"[rest % 16] + "aeio"[rest // 16])
    return "".join(parts)


def main() -> None:
    path = Path(sys.argv[1])
    claims = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    for what, seconds in make(path, claims).items():
        print(f"{what}: {seconds:.1f} s")
    print(f"{path.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
