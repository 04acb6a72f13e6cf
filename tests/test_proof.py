import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from readings import a_link, a_reading, noon

from ledger.errors import IntegrityError, StoreError
from ledger.journal import GENESIS
from ledger.merkle import EMPTY
from ledger.proof import Verified, stretch, verify_ledger
from ledger.store import open_ledger


@pytest.fixture(scope="module")
def recorded_db(migrated_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three readings and a judgement; never to be written."""
    path = Path(shutil.copy(migrated_db, tmp_path_factory.mktemp("recorded") / "ledger.db"))
    with open_ledger(str(path), clock=noon) as ledger:
        for number in range(3):
            ledger.append(a_reading(number))
        ledger.append_entries(a_link(a_reading(0)))
    return path


@pytest.fixture
def fraud(recorded_db: Path, tmp_path: Path) -> Callable[[str], IntegrityError]:
    """Does to a copy of the ledger what somebody without scruples would; what verifying says."""

    def commit(sql: str) -> IntegrityError:
        path = Path(shutil.copy(recorded_db, tmp_path / "forged.db"))
        connection = sqlite3.connect(path)
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (trigger,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.executescript(sql)
        assert connection.total_changes > 0
        connection.close()
        with pytest.raises(IntegrityError) as caught:
            verify_ledger(path)
        return caught.value

    return commit


def seq_of(db: Path, entry_id: str) -> int:
    connection = sqlite3.connect(db)
    (seq,) = connection.execute(
        "SELECT seq FROM journal WHERE entry_id = ?", (entry_id,)
    ).fetchone()
    connection.close()
    assert isinstance(seq, int)
    return seq


def test_a_ledger_as_it_was_written_holds(recorded_db: Path) -> None:
    before = recorded_db.read_bytes()
    verified = verify_ledger(recorded_db)
    assert verified.entries == 13 + 12 + 12 + 2
    assert verified.head != GENESIS
    assert recorded_db.read_bytes() == before


def test_an_empty_ledger_holds(empty_db: Path) -> None:
    assert verify_ledger(empty_db) == Verified(0, GENESIS, EMPTY.hex(), 0, 0, {})


@pytest.mark.parametrize("page", [1, 2, 38, 39, 40])
def test_a_ledger_holds_whatever_the_page(
    recorded_db: Path, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = verify_ledger(recorded_db)
    monkeypatch.setattr(stretch, "PAGE", page)
    assert verify_ledger(recorded_db) == whole


def test_a_file_that_is_not_there_is_no_ledger_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no ledger"):
        verify_ledger(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


CLAIM = a_reading(1).claims[1].id
CAPTURE = a_reading(1).capture

CHANGES = [
    ("claim", "exact", "'They did not say so.'"),
    ("claim", "exact", "CAST(exact AS BLOB)"),
    ("claim", "exact", "CAST(x'ff' AS TEXT)"),
    ("claim", '"end"', '"end" + 1'),
    ("claim", '"end"', '"end" + 0.5'),
    ("claim", "section", "'[\"Other head\"]'"),
    ("claim", "section", "'not json'"),
    ("claim", "section", "CAST(section AS BLOB)"),
    ("claim", "kind", "'uncited'"),
    ("claim", "key", "upper(key)"),
    ("citation", "url", "NULL"),
    (
        "citation",
        "source_id",
        "(CASE WHEN gap IS NULL THEN (SELECT id FROM source ORDER BY id LIMIT 1) END)",
    ),
    ("citation", "marker", "'01'"),
    ("article", "published", "'2025-05-24'"),
    ("article", '"references"', "'[]'"),
    ("capture", "status", "404"),
    ("capture", "captured_at", "'2025-05-23T12:00:01Z'"),
    ("attribution", "name", "'B Gazette'"),
    ("source", "url", "url || '#'"),
    ("outlet", "owner", "''"),
    ("judgement", '"by"', "'somebody'"),
]


@pytest.mark.parametrize(("table", "column", "value"), CHANGES)
def test_a_changed_entry_is_found_and_named(
    fraud: Callable[[str], IntegrityError],
    recorded_db: Path,
    table: str,
    column: str,
    value: str,
) -> None:
    connection = sqlite3.connect(recorded_db)
    some = f"SELECT id FROM {table} WHERE {value} IS NOT {column} ORDER BY id LIMIT 1"
    (entry_id,) = connection.execute(some).fetchone()
    connection.close()
    error = fraud(f"UPDATE {table} SET {column} = {value} WHERE id = '{entry_id}'")
    assert error.seq == seq_of(recorded_db, entry_id)
    assert f"{table} {entry_id}" in error.message


PAYLOAD = f"digest = '{CAPTURE.payload_digest}'"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE journal SET kind = CAST(x'ff' AS TEXT) WHERE seq = 5", 5),
        ("UPDATE journal SET recorded_at = CAST(x'ff41' AS TEXT) WHERE seq = 5", 5),
        (f"UPDATE payload SET body = CAST(body AS TEXT) WHERE {PAYLOAD}", CAPTURE.id),
        (f"UPDATE payload SET body = body || 'hidden behind it' WHERE {PAYLOAD}", CAPTURE.id),
    ],
)
def test_what_no_reader_can_read_is_an_altered_record_and_named(
    fraud: Callable[[str], IntegrityError], recorded_db: Path, statement: str, named: int | str
) -> None:
    error = fraud(statement)
    assert error.seq == (seq_of(recorded_db, named) if isinstance(named, str) else named)
    assert "with text" not in error.message


def test_a_deleted_entry_is_found_and_named(
    fraud: Callable[[str], IntegrityError], recorded_db: Path
) -> None:
    error = fraud(f"DELETE FROM claim WHERE id = '{CLAIM}'")
    assert error.seq == seq_of(recorded_db, CLAIM)
    assert error.message == f"claim {CLAIM} is missing"


def test_an_entry_put_in_is_found_and_named(fraud: Callable[[str], IntegrityError]) -> None:
    error = fraud(
        "INSERT INTO source VALUES ('forged', 'https://evil.example/', NULL, NULL)",
    )
    assert error.message == "source forged was added without an entry in the journal"


def test_an_entry_put_in_under_the_id_of_another_kind_is_found(
    fraud: Callable[[str], IntegrityError],
) -> None:
    error = fraud(f"INSERT INTO source VALUES ('{CLAIM}', 'https://evil.example/', NULL, NULL)")
    assert error.message == f"source {CLAIM} was added without an entry in the journal"


def test_an_entry_put_in_with_a_record_is_found(fraud: Callable[[str], IntegrityError]) -> None:
    error = fraud(
        "INSERT INTO source VALUES ('forged', 'https://evil.example/', NULL, NULL);"
        "INSERT INTO journal SELECT seq + 1, 'forged', 'source', recorded_at, content_digest,"
        " digest, digest FROM journal ORDER BY seq DESC LIMIT 1"
    )
    assert error.seq == 40


def test_two_records_that_changed_places_are_found(
    fraud: Callable[[str], IntegrityError],
) -> None:
    error = fraud(
        "UPDATE journal SET seq = -1 WHERE seq = 17; UPDATE journal SET seq = 17 WHERE seq = 18;"
        "UPDATE journal SET seq = 18 WHERE seq = -1"
    )
    assert error.seq == 17


def test_a_cut_in_the_middle_is_found_also_when_the_entries_go_with_it(
    fraud: Callable[[str], IntegrityError], recorded_db: Path
) -> None:
    seq = seq_of(recorded_db, CLAIM)
    error = fraud(
        f"DELETE FROM citation WHERE claim_id = '{CLAIM}';"
        f"DELETE FROM attribution WHERE claim_id = '{CLAIM}';"
        f"DELETE FROM claim WHERE id = '{CLAIM}';"
        "DELETE FROM journal WHERE entry_id NOT IN (SELECT id FROM outlet UNION ALL"
        " SELECT id FROM source UNION ALL SELECT id FROM capture UNION ALL SELECT id FROM article"
        " UNION ALL SELECT id FROM claim UNION ALL SELECT id FROM citation UNION ALL"
        " SELECT id FROM attribution UNION ALL SELECT id FROM judgement)"
    )
    assert error.seq == seq
    assert error.message == f"it is missing, and {seq + 1} is in its place"


def test_records_cut_off_at_the_end_are_found_by_the_entries_they_leave(
    fraud: Callable[[str], IntegrityError],
) -> None:
    error = fraud("DELETE FROM journal WHERE seq > 37")
    assert "was added without an entry in the journal" in error.message


def test_a_record_put_in_before_the_first_is_found(fraud: Callable[[str], IntegrityError]) -> None:
    error = fraud(
        "INSERT INTO journal SELECT -9223372036854775808, 'forged', kind, recorded_at,"
        " content_digest, previous, digest FROM journal WHERE seq = 1"
    )
    assert error.seq == -(2**63)


PAYLOAD_CHANGES = [
    f"x'{zlib.compress(b'<p>forged</p>').hex()}'",
    f"x'{zlib.compress(b'<p>page 1</p>' + bytes(10**7)).hex()}'",
    "x'00'",
    "x''",
    "'text'",
    "substr(body, 1, 10)",
]


@pytest.mark.parametrize("body", PAYLOAD_CHANGES)
def test_changed_bytes_are_found_and_their_capture_named(
    fraud: Callable[[str], IntegrityError], recorded_db: Path, body: str
) -> None:
    error = fraud(f"UPDATE payload SET body = {body} WHERE digest = '{CAPTURE.payload_digest}'")
    assert error.seq == seq_of(recorded_db, CAPTURE.id)
    assert error.message == f"the bytes of capture {CAPTURE.id} were changed"


def test_missing_bytes_are_found_and_their_capture_named(
    fraud: Callable[[str], IntegrityError], recorded_db: Path
) -> None:
    error = fraud(f"DELETE FROM payload WHERE digest = '{CAPTURE.payload_digest}'")
    assert error.seq == seq_of(recorded_db, CAPTURE.id)
    assert error.message == f"the bytes of capture {CAPTURE.id} are missing"


def test_bytes_put_in_are_found(fraud: Callable[[str], IntegrityError]) -> None:
    error = fraud("INSERT INTO payload VALUES ('sha256:0', x'00')")
    assert error.message == "the bytes sha256:0 belong to no capture"


def test_a_column_put_in_is_found(fraud: Callable[[str], IntegrityError]) -> None:
    error = fraud("ALTER TABLE outlet ADD COLUMN rank; UPDATE outlet SET rank = 1")
    assert error.seq == 1


PUT_IN_SCHEMA = (
    "PRAGMA writable_schema = ON; INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql)"
)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DROP TRIGGER claim_no_update", "the trigger claim_no_update is missing"),
        (
            "DROP TRIGGER claim_no_update;"
            "CREATE TRIGGER claim_no_update BEFORE UPDATE ON claim BEGIN SELECT 1; END",
            "the trigger claim_no_update was changed",
        ),
        (
            "DROP VIEW current_citation; CREATE VIEW current_citation AS SELECT * FROM citation",
            "the view current_citation was changed",
        ),
        ("DROP VIEW current_outlet", "the view current_outlet is missing"),
        ("DROP INDEX ix_citation_revises", "the index ix_citation_revises is missing"),
        ("CREATE TABLE notes (words)", "the table notes was added"),
        (
            "CREATE TRIGGER sly AFTER INSERT ON claim BEGIN SELECT 1; END",
            "the trigger sly was added",
        ),
        (
            f"{PUT_IN_SCHEMA} VALUES ('trigger', 'sqlite_stat_claim', 'claim', 0,"
            ' \'CREATE TRIGGER "sqlite_stat_claim" BEFORE INSERT ON claim'
            " BEGIN SELECT RAISE(IGNORE); END')",
            "the trigger sqlite_stat_claim was added",
        ),
        (
            f"{PUT_IN_SCHEMA} VALUES ('view', 'sqlite_stat1', 'sqlite_stat1', 0,"
            " 'CREATE VIEW sqlite_stat1 AS SELECT 1')",
            "the view sqlite_stat1 was added",
        ),
        (
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET tbl_name = 'jkurnal'"
            " WHERE name = 'sqlite_autoindex_journal_1'",
            "the index sqlite_autoindex_journal_1 was changed",
        ),
    ],
)
def test_a_rule_that_is_not_that_of_the_migrations_is_found_and_named(
    recorded_db: Path, tmp_path: Path, sql: str, message: str
) -> None:
    path = Path(shutil.copy(recorded_db, tmp_path / "bent.db"))
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.close()

    with pytest.raises(IntegrityError) as caught:
        verify_ledger(path)

    assert (caught.value.seq, caught.value.message) == (None, message)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_index_that_does_not_say_what_its_table_says_is_found(
    recorded_db: Path, tmp_path: Path, processes: int
) -> None:
    path = Path(shutil.copy(recorded_db, tmp_path / "forged.db"))
    kept: list[tuple[object, ...]] = []

    def hidden(name: str) -> str:
        """What is not in the schema does not follow its table."""
        kept.extend(connection.execute("SELECT * FROM sqlite_master WHERE name = ?", (name,)))
        return f"DELETE FROM sqlite_master WHERE name = '{name}'"

    steps: list[Callable[[], str]] = [
        lambda: hidden("claim_no_update"),
        lambda: "UPDATE claim SET article_id = article_id || 'x'",
        lambda: hidden("ix_claim_article_id"),
        lambda: "UPDATE claim SET article_id = rtrim(article_id, 'x')",
    ]
    for step in steps:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(step())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)
    with pytest.raises(IntegrityError, match=r"the table claim is damaged: .*ix_claim_article_id"):
        verify_ledger(path, processes=processes)


def test_what_sqlite_keeps_for_itself_is_no_change(recorded_db: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(recorded_db, tmp_path / "analysed.db"))
    connection = sqlite3.connect(path)
    connection.execute("ANALYZE")
    connection.close()

    assert verify_ledger(path) == verify_ledger(recorded_db)
