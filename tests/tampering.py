"""What somebody can do to a ledger's file who may write to it, and whether it is found.

`table` does it so many times each, to copies, and says what was found without a checkpoint and
with one. `test_tampering` runs the short form; `python tests/tampering.py`, or `make tamper`, the
long one, and prints it.
"""

import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from readings import a_link, a_reading, noon

from ledger.checkpoint import Checkpoint
from ledger.erasure import EMPTIED, is_emptied
from ledger.errors import LedgerError
from ledger.journal import GENESIS, Link, digest_of, leaf, link
from ledger.merkle import Edge
from ledger.model import ENTRY_TYPES
from ledger.proof import consistent, verify_ledger
from ledger.proof.redact import Redaction, check_redactions, redact
from ledger.reader import Reader
from ledger.store import open_ledger
from ledger.tables import ENTRY_TABLES, content_of, row_of
from ledger.tree import LOWEST

TABLES = (*ENTRY_TABLES, "payload", "journal", "tree", "redaction")

Rows = dict[str, list[dict[str, Any]]]
"""Table to its rows."""


class Line(NamedTuple):
    """How often something was tried, changed what is recorded, and was found."""

    attack: str
    tried: int
    changed: int
    without: int
    found: int


def table(folder: Path, flips: int, others: int, seed: int = 9162) -> list[Line]:
    """Every attack on a ledger of 15 readings: `flips` flipped bits, `others` of each other."""
    chance = random.Random(seed)  # noqa: S311 - the same attacks in every run
    good = folder / "good.db"
    with open_ledger(str(good), clock=noon) as ledger:
        for number in range(15):
            reading = a_reading(number, claims=3, body=b"<p>page %d</p>" % number * 50)
            ledger.append(reading)
            if number % 5 == 0:
                ledger.append_entries(a_link(reading))
    with closing(sqlite3.connect(good)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file is all of it
    verified = verify_ledger(good)
    kept = Checkpoint("desk.example", verified.entries, bytes.fromhex(verified.root))
    lines = [
        _line(name, good, kept, flips if attack is flip else others, attack, chance)
        for name, attack in ATTACKS.items()
    ]
    redacted = Path(shutil.copy(good, folder / "redacted.db"))
    capture = a_reading(3, claims=3, body=b"<p>page 3</p>" * 50).capture
    with open_ledger(str(redacted), clock=noon) as ledger:
        erasing = Redaction(capture.id, capture.payload_digest, "editor", noon(), "a court")
        redact(ledger, erasing, "desk.example", Ed25519PrivateKey.generate())
    verified = verify_ledger(redacted)
    later = Checkpoint("desk.example", verified.entries, bytes.fromhex(verified.root))
    return [*lines, _line(OF_REDACTED, redacted, later, others, edit_left, chance)]


def _line(
    name: str,
    good: Path,
    kept: Checkpoint,
    times: int,
    attack: Callable[[Path, random.Random], None],
    chance: random.Random,
) -> Line:
    before, forged = contents(good), good.with_name("forged.db")
    changed = without = found = 0
    for _ in range(times):
        shutil.copy(good, forged)
        attack(forged, chance)
        if contents(forged) == before:
            continue
        changed += 1
        alone, compared = verdicts(forged, kept)
        without += alone
        found += compared
    return Line(name, times, changed, without, found)


def verdicts(db: Path, kept: Checkpoint) -> tuple[bool, bool]:
    """Whether verifying finds something, without the checkpoint and with it."""
    try:
        verified = verify_ledger(db, sizes=[kept.size])
    except LedgerError:
        return True, True
    try:
        consistent(verified, kept, "the checkpoint")
        with Reader(db) as reader:
            check_redactions(reader, lambda _: None, since=kept.size)
    except LedgerError:
        return False, True
    return False, False


def contents(db: Path) -> Any:
    """Everything a reader can be told by a file, by the tables and by each index; None if none."""
    try:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
            answer = [sorted(schema.fetchall(), key=repr)]
            for name in TABLES:
                answer.append(connection.execute(f'SELECT * FROM "{name}" NOT INDEXED').fetchall())
                indexes = connection.execute(f'PRAGMA index_list("{name}")').fetchall()
                for each in indexes:
                    index = each[1].decode()
                    columns = connection.execute(f'PRAGMA index_info("{index}")').fetchall()
                    names = ", ".join(f'"{column[2].decode()}"' for column in columns)
                    there = " AND ".join(f'"{c[2].decode()}" IS NOT NULL' for c in columns)
                    where = f"WHERE {there}" if each[4] else ""
                    asked = f'SELECT {names}, rowid FROM "{name}" INDEXED BY "{index}" {where}'
                    answer.append(connection.execute(asked).fetchall())
            return answer
    except (sqlite3.Error, UnicodeDecodeError):  # the latter of a damaged name in a message
        return None


def flip(db: Path, chance: random.Random) -> None:
    """One bit of the file."""
    data = bytearray(db.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    db.write_bytes(data)


def edit(db: Path, chance: random.Random) -> None:
    """One value of one row, by SQL."""
    rows = read(db)
    name = chance.choice([name for name in TABLES if rows[name]])
    row = chance.choice(rows[name])
    row[chance.choice(list(row))] = chance.choice(("other", "", None, 7, "[]"))
    write(db, rows)


def remove(db: Path, chance: random.Random) -> None:
    """One row, of any table."""
    rows = read(db)
    name = chance.choice([name for name in TABLES if rows[name]])
    rows[name].remove(chance.choice(rows[name]))
    write(db, rows)


def remove_record(db: Path, chance: random.Random) -> None:
    """One entry with its record, those after it numbered anew."""
    rows = read(db)
    record = chance.choice(rows["journal"][:-1])
    rows["journal"].remove(record)
    rows[record["kind"]] = [r for r in rows[record["kind"]] if r["id"] != record["entry_id"]]
    for seq, each in enumerate(rows["journal"], 1):
        each["seq"] = seq
    write(db, rows)


def reorder(db: Path, chance: random.Random) -> None:
    """Two records change places."""
    rows = read(db)
    one, other = chance.sample(rows["journal"], 2)
    one["seq"], other["seq"] = other["seq"], one["seq"]
    write(db, rows)


def cut(db: Path, chance: random.Random) -> None:
    """The last records with their entries, so that a shorter ledger is left that fits."""
    rows = read(db)
    keep_first(rows, chance.randrange(1, len(rows["journal"])))
    recompute(rows)
    write(db, rows)


def rewrite(db: Path, chance: random.Random) -> None:
    """Another word in one entry; digests, chain and tree recomputed from there on."""
    rows = read(db)
    kind = chance.choice([kind for kind in REWRITTEN if rows[kind]])
    row = chance.choice(rows[kind])
    row[REWRITTEN[kind]] = f"{row[REWRITTEN[kind]] or ''} and more"
    recompute(rows)
    write(db, rows)


def put_in(db: Path, chance: random.Random) -> None:
    """An entry that nobody recorded, before another; all after it numbered and recomputed anew."""
    insert_forged(db, chance, before_the_end=True)


def put_behind(db: Path, chance: random.Random) -> None:
    """An entry that nobody recorded, behind all others: as if this program had recorded it."""
    insert_forged(db, chance, before_the_end=False)


def insert_forged(db: Path, chance: random.Random, *, before_the_end: bool) -> None:
    rows = read(db)
    entry = ENTRY_TYPES["source"].make(url=f"https://forged.example/{chance.random()}")
    rows["source"].append(dict(row_of(entry.kind_of_entry, entry.content())))
    record = {**rows["journal"][0], "entry_id": entry.id, "kind": "source"}
    end = len(rows["journal"])
    rows["journal"].insert(chance.randrange(end) if before_the_end else end, record)
    recompute(rows)
    write(db, rows)


def replace(db: Path, chance: random.Random) -> None:
    """Another ledger altogether, longer than the true one."""
    db.unlink()
    with open_ledger(str(db), clock=noon) as ledger:
        for number in range(20):
            ledger.append(a_reading(1000 + chance.randrange(10**6) + number, claims=4))


def edit_left(db: Path, chance: random.Random) -> None:
    """One value of a row that a redaction emptied, other than its id and its words."""
    rows = read(db)
    left = [
        row for kind in EMPTIED for row in rows[kind] if is_emptied(kind, content_of(kind, row))
    ]
    row = chance.choice(left)
    name = chance.choice([name for name in row if name != "id"])
    row[name] = chance.choice(("other", "Smith 2021", None, 7, "uncited"))
    write(db, rows)


def redact_over(db: Path, chance: random.Random) -> None:
    """Facts of a page, and then a redaction of it, with a key of one's own, that says they hold."""
    rows = read(db)
    capture = chance.choice(rows["capture"])
    articles = {row["id"] for row in rows["article"] if row["capture_id"] == capture["id"]}
    claims = [row for row in rows["claim"] if row["article_id"] in articles]
    leading = [row for row in rows["citation"] if row["claim_id"] in {row["id"] for row in claims}]
    claim, cited = chance.choice(claims), chance.choice(leading)
    claim["kind"] = "uncited"
    cited["source_id"], cited["gap"] = chance.choice(rows["source"])["id"], None
    write(db, rows)
    with open_ledger(str(db), clock=noon) as ledger:
        forged = Redaction(capture["id"], capture["payload_digest"], "editor", noon(), "a court")
        redact(ledger, forged, "desk.example", Ed25519PrivateKey.generate())


OF_REDACTED = "what a redaction left is edited"

ATTACKS: dict[str, Callable[[Path, random.Random], None]] = {
    "a bit of the file is flipped": flip,
    "a value is edited": edit,
    "a row is removed": remove,
    "an entry and its record are removed": remove_record,
    "two records change places": reorder,
    "the tail is cut off, cleanly": cut,
    "an entry is rewritten, all hashes recomputed": rewrite,
    "an entry is put in, all hashes recomputed": put_in,
    "the ledger is replaced by another": replace,
    "an entry is put behind all others": put_behind,
    "facts are changed, and a redaction put over them": redact_over,
}

REWRITTEN = {
    "outlet": "name",
    "source": "host",
    "capture": "media_type",
    "article": "title",
    "claim": "key",
    "citation": "raw",
    "attribution": "name",
    "judgement": "reason",
}
"""Kind to a column that may say anything."""


def keep_first(rows: Rows, count: int) -> None:
    rows["journal"] = rows["journal"][:count]
    known = {record["entry_id"] for record in rows["journal"]}
    for kind in ENTRY_TABLES:
        rows[kind] = [row for row in rows[kind] if row["id"] in known]
    bodies = {row["payload_digest"] for row in rows["capture"]}
    rows["payload"] = [row for row in rows["payload"] if row["digest"] in bodies]


def recompute(rows: Rows) -> None:
    """Ids, content digests, chain and tree, as somebody computes them who has this program."""
    by_id = {(kind, row["id"]): row for kind in ENTRY_TABLES for row in rows[kind]}
    previous, edge, tree = GENESIS, Edge(), []
    for seq, record in enumerate(rows["journal"], 1):
        kind, row = record["kind"], by_id[record["kind"], record["entry_id"]]
        entry = ENTRY_TYPES[kind].model_validate(content_of(kind, row))
        row["id"] = record["entry_id"] = entry.rederived_id()
        said = (seq, row["id"], kind, record["recorded_at"], digest_of(content_of(kind, row)))
        made = Link(*said, previous, link(previous, *said))
        record.update(made._asdict())
        previous = made.digest
        tree += [
            {"level": level, "position": position, "digest": digest.hex()}
            for level, position, digest in edge.extend([leaf(made)], LOWEST)
        ]
    rows["tree"] = tree


def read(db: Path) -> Rows:
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            name: [
                dict(row)
                for row in connection.execute(
                    f'SELECT * FROM "{name}"' + (" ORDER BY seq" if name == "journal" else "")
                )
            ]
            for name in TABLES
        }


def write(db: Path, rows: Rows) -> None:
    """Put these rows in the place of those that are there; all rules as before."""
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        rules = triggers.fetchall()
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        for name, _ in rules:
            connection.execute(f"DROP TRIGGER {name}")
        for name in TABLES:
            connection.execute(f'DELETE FROM "{name}"')
            for row in rows[name]:
                marks = ", ".join("?" * len(row))
                insert = f'INSERT OR IGNORE INTO "{name}" VALUES ({marks})'
                with suppress(sqlite3.IntegrityError):  # a row that a column refuses is left out
                    connection.execute(insert, [*row.values()])
        for _, sql in rules:
            connection.execute(sql)
        connection.execute("COMMIT")


def printed(lines: list[Line]) -> str:
    head = ("attack", "tried", "changed what is recorded", "found without", "with a checkpoint")
    rows = [head, *([str(cell) for cell in line] for line in lines)]
    return "\n".join(f"{row[0]:<50}{row[1]:>7}{row[2]:>26}{row[3]:>15}{row[4]:>19}" for row in rows)


if __name__ == "__main__":
    many, some = (int(word) for word in sys.argv[1:]) if sys.argv[1:] else (1000, 200)
    with TemporaryDirectory() as scratch:
        sys.stdout.write(f"{printed(table(Path(scratch), many, some))}\n")
