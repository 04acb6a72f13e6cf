"""How long it takes until the first answer, as ratios within one run.

    python benchmarks/startup.py [ROUNDS]

Every round starts each command once, one after another, so that what else the machine does falls
on all of them alike. Medians; start-up includes the interpreter's own.
"""

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ARTICLES, CLAIMS, CITED_SHARE, PER_GROUP, OUTLETS = 1_000, 30, 0.6, (1, 1, 2, 2, 3), 800
"""Per article as in the research reports we parse: 30 sentences, 3 in 5 cited, 1 to 3 a group."""

ONE_COMMAND = '''
import typer
app = typer.Typer()
@app.command()
def hello(name: str, count: int = 1, loud: bool = False) -> None:
    """Say hello."""
app()
'''


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.py")
        one.write_text(ONE_COMMAND)
        db = Path(folder, "ledger.db")
        fill(db)
        python, ledger = sys.executable, [sys.executable, str(CHECKOUT / "cli.py")]
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "one-command typer --help": [python, str(one), "--help"],
            "ledger --help": [*ledger, "--help"],
            'python -c "import sqlmodel"': [python, "-c", "import sqlmodel"],
            "ledger outlets": [*ledger, "--db", str(db), "outlets"],
            "ledger articles": [*ledger, "--db", str(db), "articles"],
            "ledger claims --outlet": [
                *ledger, "--db", str(db), "claims", "--outlet", "outlet1.example"
            ],
            "ledger impact --outlet": [
                *ledger, "--db", str(db), "impact", "--outlet", "outlet1.example"
            ],
        }  # fmt: skip
        taken = measure(commands, rounds)
    report(taken)


def fill(db: Path) -> None:
    """A ledger of ARTICLES articles over OUTLETS outlets, cited with a long tail as real ones."""
    sys.path.insert(0, str(CHECKOUT))
    from ledger import summaries
    from ledger.store import open_ledger

    open_ledger(str(db), clock=lambda: datetime.now(UTC)).close()
    dice = random.Random(5)  # the same ledger every time
    weights = [1 / rank for rank in range(1, OUTLETS + 1)]
    rows: dict[str, list[dict[str, object]]] = {
        table: [] for table in ("outlet", "source", "capture", "article", "claim", "citation")
    }
    for number in range(OUTLETS):
        host = f"outlet{number}.example"
        add(rows, "outlet", key=host, name=f"Outlet {number}", domain=host, country="GB")
        for place in range(10):
            add(rows, "source", url=f"https://{host}/{place}", host=host, outlet=host)
    pages = [row["id"] for row in rows["source"]]
    for number in range(ARTICLES):
        page = add(rows, "source", url=f"https://a.example/{number}", host="a.example")
        capture = add(
            rows, "capture", source_id=page, captured_at="2025-05-23T12:00:00Z",
            requested_url="", final_url="", redirects="[]", headers="[]",
            payload_digest="", size=0,
        )  # fmt: skip
        article = add(
            rows, "article", capture_id=capture, source_id=page, extractor="made/1",
            title=f"Article {number}", byline="[]", text="", blocks="[]", references="[]",
            findings="[]",
        )  # fmt: skip
        for place in range(CLAIMS):
            cited = dice.random() < CITED_SHARE
            claim = add(
                rows, "claim", article_id=article, start=place * 160, end=place * 160 + 150,
                exact=f"Sentence {place} of article {number} " + "says so " * 14,
                section="[]", kind="cited" if cited else "uncited", key=f"{number}.{place}",
            )  # fmt: skip
            for ordinal in range(dice.choice(PER_GROUP) if cited else 0):
                outlet = dice.choices(range(OUTLETS), weights)[0]
                gap = dice.random() < 0.02
                add(
                    rows, "citation", claim_id=claim, group=0, ordinal=ordinal, alternative=0,
                    marker=str(ordinal), raw="", at=place * 160 + 150, form="marker",
                    source_id=None if gap else pages[outlet * 10 + dice.randrange(10)],
                    gap="no-reference" if gap else None,
                )  # fmt: skip
    write(db, rows)
    with (
        open_ledger(str(db), clock=lambda: datetime.now(UTC)) as ledger,
        ledger.writing() as connection,
    ):
        summaries.make_anew(connection)


def add(rows: dict[str, list[dict[str, object]]], table: str, **values: object) -> str:
    id = sha256(f"{table} {len(rows[table])}".encode()).hexdigest()
    rows[table].append({"id": id, **values})
    return id


def write(db: Path, rows: dict[str, list[dict[str, object]]]) -> None:
    connection = sqlite3.connect(db)
    seq = 0
    for table, made in rows.items():
        widest = max(made, key=len)
        names = list(widest)
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(map(quoted, names))})"
            f" VALUES ({', '.join(':' + n for n in names)})",
            [{**dict.fromkeys(names), **row} for row in made],
        )
        links = [(seq + n, row["id"], table) for n, row in enumerate(made, 1)]
        seq += len(made)
        connection.executemany("INSERT INTO journal VALUES (?, ?, ?, '', '', '', '')", links)
    connection.commit()
    connection.close()


def quoted(name: str) -> str:
    return f'"{name}"'


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in commands}
    environment = {**os.environ, "NO_COLOR": "1"}
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            if number:  # the first round fills caches
                taken[name].append(time.perf_counter() - start)
    return taken


def report(taken: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{'command':30} {'median ms':>10} {'least ms':>10}")
    for name, times in taken.items():
        print(f"{name:30} {medians[name] * 1000:>10.1f} {min(times) * 1000:>10.1f}")
    print()
    for name, base, most in (
        ("ledger --help", "one-command typer --help", 1.2),
        ("ledger outlets", 'python -c "import sqlmodel"', 1.35),
    ):
        ratio = medians[name] / medians[base]
        print(f"{name} / {base}: {ratio:.2f} (at most {most})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
