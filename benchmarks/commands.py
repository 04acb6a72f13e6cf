"""How long the commands take that ask a large ledger, and how much memory.

    python benchmarks/commands.py PLACE [WORD...]

PLACE is a ledger of large_ledger.py. With WORDs only the commands that have one of them in their
line. Each runs once, in a process of its own, as a user would run it.

Beside the elapsed seconds stand those that the processors worked, for the command and for the
server, whose part is counted where it runs on this machine, and the most memory of the command.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg

from ledger.reader import Reader

TICKS = os.sysconf("SC_CLK_TCK")
LIMIT_S = 900
LISTS = (
    *("articles", "article", "claims", "trace", "outlets", "outlet", "sources", "source"),
    *("origins", "gaps", "impact", "circular", "diff"),
)
"""Commands that print a table for people; in a pipe they would give all there is."""


def commands(reader: Reader, folder: Path) -> Iterator[str]:
    """Lines of commands; `{}` stands for a folder that may be written."""
    claim = _one(reader, "SELECT claim_id FROM claim_pattern WHERE resilience = 2 ORDER BY place")
    words = " ".join(_one(reader, f"SELECT exact FROM claim WHERE id = '{claim}'").split()[2:8])
    cited = _one(
        reader, "SELECT source_id FROM citation WHERE source_id IS NOT NULL ORDER BY claim_id"
    )
    most = _one(
        reader,
        "SELECT source_id FROM citation WHERE source_id IS NOT NULL"
        " GROUP BY source_id ORDER BY COUNT(*) DESC",
    )
    url = _one(
        reader,
        "SELECT s.url FROM article a JOIN source s ON s.id = a.source_id"
        " WHERE a.revises IS NOT NULL ORDER BY a.id",
    )
    yield "articles"
    yield "articles --not-cited"
    yield "articles --format tsv"
    yield f"article {url}"
    yield f"article {url[:-1]}x"
    for narrowed in (
        "",
        "--limit 0 --format jsonl",
        "--outlet outlet0.example",
        "--outlet outlet0.example --limit 0 --format jsonl",
        "--outlet outlet300.example",
        "--outlet outlet0.exampel",
        "--single-source",
        "--resilience 2 --by-owner",
        "--only outlet0.example --only outlet1.example",
        "--uncited",
        "--gaps",
        "--kind attributed",
        f"--article {url}",
        "--search bado",
        f"--search '{words}'",
        "--search nowhere-to-be-found",
        "--affected",
    ):
        yield f"claims {narrowed}".strip()
    yield f"trace {claim}"
    yield f"trace '{words}'"
    yield f"trace 'x{words}'"
    yield f"trace {claim} --depth 3"
    yield f"trace {claim} --spread"
    yield "outlets"
    yield "outlets --limit 0 --format tsv"
    yield "outlet outlet0.example"
    yield "outlet outlet300.example"
    yield "sources"
    yield "sources --outlet outlet0.example"
    yield f"source {cited}"
    yield f"source {most}"
    yield f"source {url[:-1]}x"
    yield "origins"
    yield "gaps"
    yield f"gaps --article {url}"
    yield "gaps --limit 0 --format tsv"
    for lost in (
        "--outlet outlet0.example",
        "--outlet outlet0.example --limit 0 --format jsonl",
        "--outlet outlet300.example",
        "--outlet outlet300.example --covered",
        f"--outlet outlet0.example --article {url}",
        "--owner 'Owner 1'",
        "--country AA",
        "--kind wire",
        f"--source {cited}",
        f"--source {most}",
        "--since 2020-01-01 --until 2020-12-31",
        "--by outlet",
        "--by owner",
        "--by kind",
    ):
        yield f"impact {lost}"
    yield "circular"
    yield f"diff {url}"
    yield "diff --all"
    for form in ("md", "html", "json", "csv", "excel"):
        yield f"audit {url} --format {form} -o {folder}/{form}"
    yield f"audit --all --format csv -o {folder}/all"
    yield "journal verify"
    yield f"journal checkpoint -o {folder}/checkpoint"
    yield f"journal verify --checkpoint {folder}/checkpoint"
    yield f"journal prove {claim} -o {folder}/proof"
    yield "doctor"
    yield "db info"
    yield f"db export -o {folder}/export"
    yield f"--db {folder}/imported.db db import {folder}/export"
    yield f"db backup --no-verify -o {folder}/backup"
    yield f"db backup -o {folder}/verified"
    yield "db rebuild"


def _one(reader: Reader, sql: str) -> str:
    (row,) = reader.tuples(f"{sql} LIMIT 1")
    return str(row[0])


class Cost(NamedTuple):
    """Seconds by the clock, of our processor and of the server's, and megabytes."""

    seconds: float
    busy: float
    server: float
    memory: float
    status: int
    lines: int


def cost(line: str, place: str, folder: Path) -> Cost:
    """Run one command; at most `LIMIT_S`."""
    if line.split()[0] in LISTS and "--format" not in line:
        line += " --format table"
    served = server_seconds(place)
    begun = time.perf_counter()
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            f"exec timeout {LIMIT_S} {sys.executable} -m ledger --db '{place}' {line}",
            shell=True,
            stdout=out,
            stderr=err,
            env={**os.environ, "LEDGER_CONFIG": str(folder / "config")},
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - begun
    return Cost(
        took,
        used.ru_utime + used.ru_stime,
        server_seconds(place) - served,
        used.ru_maxrss / 1024,
        process.returncode,
        sum(1 for _ in (folder / "out").open("rb")),
    )


def server_seconds(place: str) -> float:
    """What the processes of the server worked that have ended; 0 for a file."""
    if "://" not in place:
        return 0.0
    with psycopg.connect(place) as connection:
        row = connection.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        [(data,)] = row.fetchall()
    time.sleep(0.3)  # until this one has ended, too
    pid = int((Path(data) / "postmaster.pid").read_text().split()[0])
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICKS


def main() -> None:
    place, *words = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Reader(place) as reader:
            lines = list(commands(reader, folder))
        print("| command | seconds | busy | server | MB | lines |\n|---|---|---|---|---|---|")
        for line in lines:
            if words and not any(word in line for word in words):
                continue
            found = cost(line, place, folder)
            wrong = "" if found.status in (0, 1) else f" (status {found.status})"
            print(
                f"| {line.replace(str(folder), '.')}{wrong} | {found.seconds:.2f} | "
                f"{found.busy:.2f} | {found.server:.2f} | {found.memory:.0f} | {found.lines:,} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
