import shutil
import sqlite3
from pathlib import Path

import pytest
from merkle_by_definition import mth
from readings import a_link, a_reading, noon

from ledger.errors import IntegrityError
from ledger.journal import Link, said
from ledger.merkle import root_over
from ledger.proof import verify_ledger
from ledger.reader import Reader
from ledger.store import open_ledger
from ledger.tree import LOWEST, edge_at, path_of


@pytest.fixture(scope="module")
def grown_db(migrated_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Appends of many lengths; never to be written."""
    path = Path(shutil.copy(migrated_db, tmp_path_factory.mktemp("grown") / "ledger.db"))
    with open_ledger(str(path), clock=noon) as ledger:
        for number in range(12):
            ledger.append(a_reading(number, claims=number % 5))
            ledger.append(a_reading(number, claims=number % 5))  # nothing new
        ledger.append_entries(a_link(a_reading(3, claims=3)))
    return path


def inputs_of(db: Path) -> list[bytes]:
    with Reader(db) as reader:
        links = [Link(**row) for row in reader.rows("SELECT * FROM journal ORDER BY seq")]
    return [said(link.previous, *link[:5]) for link in links]


def test_the_tree_is_that_of_the_definition_however_the_journal_grew(grown_db: Path) -> None:
    inputs = inputs_of(grown_db)
    with Reader(grown_db) as reader:
        rows = reader.rows("SELECT level, position, digest FROM tree")
        assert edge_at(reader.rows, len(inputs)).root() == mth(inputs)
    assert {(row["level"], row["position"]): row["digest"] for row in rows} == {
        (level, position): mth(inputs[position << level : (position + 1) << level]).hex()
        for level in range(LOWEST, len(inputs).bit_length())
        for position in range(len(inputs) >> level)
    }
    assert verify_ledger(grown_db).root == mth(inputs).hex()


def test_the_root_of_every_earlier_state_is_known(grown_db: Path) -> None:
    inputs = inputs_of(grown_db)
    with Reader(grown_db) as reader:
        for size in range(len(inputs) + 1):
            assert edge_at(reader.rows, size).root() == mth(inputs[:size])
    verified = verify_ledger(grown_db, sizes=range(len(inputs) + 2))
    assert verified.roots == {size: mth(inputs[:size]) for size in range(len(inputs) + 1)}


def test_every_record_has_a_path_to_the_root(grown_db: Path) -> None:
    inputs = inputs_of(grown_db)
    with Reader(grown_db) as reader:
        for size in (len(inputs), len(inputs) - 1, 17, 16):
            for seq in range(1, size + 1):
                path = path_of(reader.rows, seq, size)
                leaf = mth(inputs[seq - 1 : seq])
                assert root_over(leaf, seq - 1, size, path) == mth(inputs[:size])


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE tree SET digest = upper(digest) WHERE level = 5", "that it completes was changed"),
        ("DELETE FROM tree WHERE level = 4 AND position = 1", "that it completes is missing"),
        ("UPDATE tree SET position = 77 WHERE level = 4 AND position = 1", "completes is missing"),
        ("INSERT INTO tree VALUES (4, 99, 'ff')", "the tree has parts that no record completes"),
    ],
)
def test_a_tree_that_does_not_follow_from_the_journal_is_found(
    grown_db: Path, tmp_path: Path, sql: str, message: str
) -> None:
    path = Path(shutil.copy(grown_db, tmp_path / "bent.db"))
    without_triggers(path, sql)
    with pytest.raises(IntegrityError, match=message):
        verify_ledger(path)


@pytest.mark.parametrize("sql", ["DELETE FROM tree", "UPDATE tree SET digest = 'no digest'"])
def test_nothing_is_appended_to_a_damaged_tree(grown_db: Path, tmp_path: Path, sql: str) -> None:
    path = Path(shutil.copy(grown_db, tmp_path / "bent.db"))
    without_triggers(path, sql)
    before = path.read_bytes()
    with open_ledger(str(path), clock=noon) as ledger, pytest.raises(IntegrityError, match="tree"):
        ledger.append(a_reading(99))
    assert path.read_bytes() == before


def without_triggers(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.executescript(sql)
    connection.close()
