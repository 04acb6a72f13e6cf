"""Ledgers as programs before this one wrote them: nothing of them changes by an upgrade.

Each folder of fixtures/ledgers holds one: two versions of an article and a link, recorded by the
program of that schema, and beside it what was in it.
"""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from readings import a_reading, noon

from ledger import provenance, queries
from ledger.backup import copies_before_upgrade
from ledger.proof import verify_ledger
from ledger.provenance import Losses
from ledger.reader import Reader
from ledger.schema import HEAD, REVISIONS, revision_of
from ledger.store import open_ledger

LEDGERS = Path(__file__).parent.parent / "fixtures" / "ledgers"


@pytest.fixture(params=sorted(path.name for path in LEDGERS.iterdir()))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A ledger to upgrade, and what was in it."""
    folder = LEDGERS / request.param
    db = tmp_path / "ledger.db"
    db.write_bytes(gzip.decompress((folder / "ledger.db.gz").read_bytes()))
    return db, json.loads((folder / "recorded.json").read_text(encoding="utf-8"))


def test_there_is_one_of_every_released_schema() -> None:
    found = {path.name.removeprefix("schema-") for path in LEDGERS.iterdir()}
    assert found == set(REVISIONS[: REVISIONS.index("0002") + 1])


def test_an_upgrade_changes_nothing_that_was_recorded(
    released: tuple[Path, dict[str, Any]],
) -> None:
    db, recorded = released
    before = revision_of(db)
    open_ledger(str(db), clock=noon).close()

    assert revision_of(db) == HEAD
    verified = verify_ledger(db)
    assert (verified.entries, verified.head) == (recorded["entries"], recorded["head"])
    with closing(sqlite3.connect(db)) as connection:
        rows = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in recorded["rows"]
        }
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert rows == recorded["rows"]
        assert {name for (name,) in triggers} >= set(recorded["triggers"])
    assert revision_of(next(copies_before_upgrade(db, str(before)))) == before


def test_an_upgraded_ledger_answers_and_grows(released: tuple[Path, dict[str, Any]]) -> None:
    db, recorded = released
    with open_ledger(str(db), clock=noon) as ledger:
        assert ledger.append(a_reading(1)).new
    with Reader(db) as reader:
        outlets = {item["key"]: item for item in queries.outlets(reader)}
        assert outlets["gazette.example"]["claims"] == 2
        assert outlets["statistics.example"]["sole_claims"] == 0
        lost = Losses(outlets=("council.example",))
        effects = [item["effect"] for item in provenance.impact(reader, lost)]
    # The minutes carry a part of one claim, and what a person linked carries another.
    assert effects == ["falls", "falls", "unknown", "unknown"]
    assert verify_ledger(db).entries == recorded["entries"] + 13
