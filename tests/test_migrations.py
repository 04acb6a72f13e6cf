import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from readings import NOON, a_link, a_rating, a_reading, noon
from sqlmodel import SQLModel

from ledger.derived import DERIVED
from ledger.errors import IntegrityError, StoreError
from ledger.model import Article, Outlet
from ledger.proof import verify_ledger
from ledger.proof.redact import Redaction, redact
from ledger.reader import Reader
from ledger.schema import APPLICATION_ID, HEAD, REVISIONS, revision_of
from ledger.store import open_ledger
from ledger.tables import ENTRY_TABLES
from ledger.voices.comparisons import COMPARISONS

TABLES = {
    "outlet",
    "source",
    "payload",
    "capture",
    "article",
    "judgement",
    "claim",
    "citation",
    "attribution",
    "rating",
    "journal",
    "tree",
    "redaction",
}
"""Those that only grow; what is derived of them is in `DERIVED`, and may change."""
WORDS = "claim_words"
"""The full-text index and the tables that SQLite makes for it."""
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def with_a_link(db: Path) -> Path:
    """A ledger with all that the first release could record."""
    with open_ledger(str(db), clock=noon) as ledger:
        reading = a_reading()
        ledger.append(reading)
        ledger.append_entries(a_link(reading))
    return db


@pytest.fixture(scope="module")
def all_recorded(migrated_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a row in every table but `redaction`; never to be written."""
    db = Path(shutil.copy(migrated_db, tmp_path_factory.mktemp("recorded") / "ledger.db"))
    with open_ledger(str(with_a_link(db)), clock=noon) as ledger:
        ledger.append_entries(a_rating())
    return db


@pytest.fixture(scope="module")
def all_redacted(all_recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a row in every table; never to be written."""
    db = Path(shutil.copy(all_recorded, tmp_path_factory.mktemp("redacted") / "ledger.db"))
    redacting(db)
    return db


@pytest.fixture
def recorded_db(all_recorded: Path, tmp_path: Path) -> Path:
    """As `all_recorded`, for a test that may write it."""
    return Path(shutil.copy(all_recorded, tmp_path / "ledger.db"))


@pytest.fixture
def full_db(all_redacted: Path, tmp_path: Path) -> Path:
    """As `all_redacted`, for a test that may write it."""
    return Path(shutil.copy(all_redacted, tmp_path / "ledger.db"))


def redacting(db: Path) -> None:
    """Record a page of its own, without an article, and erase it."""
    page = a_reading(9, claims=0, body=b"<p>To be erased</p>")
    empty = {"article": None, "outlets": (), "sources": page.sources[:1]}
    page = page.model_copy(update=empty)
    redaction = Redaction(page.capture.id, page.capture.payload_digest, "editor", NOON, "a court")
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(page)
        redact(ledger, redaction, "desk.example", private)


@pytest.fixture
def connection(full_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(full_db, isolation_level=None)
    yield connection
    connection.close()


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def test_the_migrated_schema_is_the_schema_of_the_tables(empty_db: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{empty_db}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not name.startswith(WORDS),
            },
        )
        difference = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    assert difference == []


def test_the_migrated_ddl_is_the_ddl_of_the_tables(empty_db: Path, tmp_path: Path) -> None:
    # What `compare_metadata` does not look at: checks, partial indexes, ON DELETE.
    modelled = sa.create_engine(f"sqlite:///{tmp_path / 'modelled.db'}")
    SQLModel.metadata.create_all(modelled)
    modelled.dispose()

    def ddl(path: Path) -> dict[str, list[str]]:
        connection = sqlite3.connect(path)
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
            " AND sql IS NOT NULL AND name <> 'alembic_version'"
            f" AND name NOT LIKE '{WORDS}%'"
        ).fetchall()
        connection.close()
        # A column that a later revision added stands in the line of the one before it.
        between = r",?\s*\n\s*|,\s+(?![^()]*\))"
        return {name: sorted(re.split(between, sql)) for name, sql in rows}

    assert ddl(empty_db) == ddl(tmp_path / "modelled.db")


def test_every_table_is_known_to_these_tests() -> None:
    assert set(SQLModel.metadata.tables) == TABLES | set(DERIVED) | set(COMPARISONS)
    assert set(ENTRY_TABLES) == TABLES - {"payload", "journal", "tree", "redaction"}


def test_the_program_knows_every_revision_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == REVISIONS


def test_a_ledger_is_marked_as_one(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_row_can_be_updated(connection: sqlite3.Connection, table: str) -> None:
    before = contents(connection)
    column = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
    for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
        with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
            connection.execute(f"{verb} {table} SET {column} = {column}")
    assert contents(connection) == before


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_row_can_be_deleted(connection: sqlite3.Connection, table: str) -> None:
    before = contents(connection)
    assert before[table]
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        connection.execute(f"DELETE FROM {table}")
    assert contents(connection) == before


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_row_can_be_replaced(connection: sqlite3.Connection, table: str, verb: str) -> None:
    before = contents(connection)
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        connection.execute(f"{verb} INTO {table} SELECT * FROM {table} LIMIT 1")
    assert contents(connection) == before


@pytest.mark.parametrize("table", sorted(TABLES - {"journal"}))
def test_no_row_can_be_replaced_by_its_rowid(connection: sqlite3.Connection, table: str) -> None:
    before = contents(connection)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    key, rest = columns[0], "".join(f', "{column}"' for column in columns[1:])
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        connection.execute(
            f"INSERT OR REPLACE INTO {table} (rowid, {key}{rest})"
            f" SELECT rowid, 'another'{rest} FROM {table} LIMIT 1"
        )
    assert contents(connection) == before


def test_no_journal_row_can_be_replaced_by_its_entry(connection: sqlite3.Connection) -> None:
    before = contents(connection)
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        connection.execute(
            "INSERT OR REPLACE INTO journal SELECT seq + 1000, entry_id, kind, recorded_at,"
            " content_digest, previous, digest FROM journal LIMIT 1"
        )
    assert contents(connection) == before


@pytest.mark.parametrize("table", ["article", "citation"])
def test_no_row_can_be_replaced_by_what_it_revises(
    connection: sqlite3.Connection, table: str
) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    rest = ", ".join(
        f"(SELECT id FROM {table} LIMIT 1)" if column == "revises" else f'"{column}"'
        for column in columns[1:]
    )
    insert = f"INTO {table} SELECT 'first', {rest} FROM {table} LIMIT 1"
    if table == "article":  # nothing revises the only one yet
        connection.execute(f"INSERT {insert}")
    before = contents(connection)
    first = before[table]
    assert any(row[columns.index("revises")] for row in first)
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        connection.execute(
            f"INSERT OR REPLACE INTO {table} SELECT 'second', "
            + ", ".join(f'"{column}"' for column in columns[1:])
            + f" FROM {table} WHERE revises IS NOT NULL"
        )
    assert contents(connection) == before


def test_no_row_can_be_changed_by_an_upsert(connection: sqlite3.Connection) -> None:
    before = contents(connection)
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is append-only"):
        connection.execute(
            "INSERT INTO source SELECT * FROM source WHERE true"
            " ON CONFLICT (id) DO UPDATE SET url = 'https://c.example/'"
        )
    assert contents(connection) == before


def test_a_citation_leads_to_a_source_or_has_a_gap_and_never_both(
    connection: sqlite3.Connection,
) -> None:
    for source_id, gap in (("NULL", "NULL"), ("source_id", "'no-reference'")):
        with pytest.raises(sqlite3.IntegrityError, match="citation_leads_or_gap"):
            connection.execute(
                "INSERT INTO citation SELECT 'new', claim_id, \"group\", ordinal, alternative,"
                f" marker, raw, at, form, url, {source_id}, {gap}, revises, because FROM citation"
                " WHERE source_id IS NOT NULL LIMIT 1"
            )


def test_a_revised_citation_is_not_current(connection: sqlite3.Connection) -> None:
    judgement, revision = a_link(a_reading())
    every = {row[0] for row in connection.execute("SELECT id FROM citation")}
    current = {row[0] for row in connection.execute("SELECT id FROM current_citation")}
    assert revision.because == judgement.id
    assert every - current == {revision.revises}
    assert revision.id in current


def test_a_revised_article_is_not_current(empty_db: Path) -> None:
    first = a_reading(1).article
    assert first is not None
    fields = first.model_dump(exclude={"id"})
    second = Article.make(**{**fields, "extractor": "test/2", "revises": first.id})
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
        ledger.append_entries([second])
        ledger.append(a_reading(2))
    connection = sqlite3.connect(empty_db)
    current = {row[0] for row in connection.execute("SELECT id FROM current_article")}
    connection.close()
    other = a_reading(2).article
    assert other is not None
    assert current == {second.id, other.id}


def test_what_was_recorded_last_of_an_outlet_is_current(empty_db: Path) -> None:
    known = [
        Outlet.make(key="a.example", name="A", domain="a.example"),
        Outlet.make(key="b.example", name="B", domain="b.example"),
        Outlet.make(key="a.example", name="A", domain="a.example", owner="Group"),
    ]
    with open_ledger(str(empty_db), clock=noon) as ledger:
        for outlet in known:
            ledger.append_entries([outlet])
    connection = sqlite3.connect(empty_db)
    current = {row[0] for row in connection.execute("SELECT id FROM current_outlet")}
    connection.close()
    assert current == {known[1].id, known[2].id}


def test_a_new_database_prints_nothing(tmp_path: Path) -> None:
    script = (
        "import datetime, ledger.store;"
        "ledger.store.open_ledger("
        "'new.db', clock=lambda: datetime.datetime.now(datetime.UTC)).close()"
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert revision_of(tmp_path / "new.db") == HEAD


def test_a_database_that_could_not_be_made_is_left_empty(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    def small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 20")

    sa.event.listen(sa.pool.Pool, "connect", small)
    try:
        with pytest.raises(StoreError, match="the disk is full"):
            open_ledger(str(path), clock=noon)
    finally:
        sa.event.remove(sa.pool.Pool, "connect", small)
    assert revision_of(path) is None
    open_ledger(str(path), clock=noon).close()
    assert revision_of(path) == HEAD


def test_a_ledger_of_the_first_schema_is_upgraded_with_all_its_digests(
    empty_db: Path, tmp_path: Path
) -> None:
    full_db = with_a_link(empty_db)
    # What the first release wrote: its tables, and rows without the columns that came later.
    first = tmp_path / "first.db"
    engine = sa.create_engine(f"sqlite:///{first}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(first)) as old:
        old.execute("ATTACH ? AS now", (str(full_db),))
        made = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        for table in sorted(TABLES & {name for (name,) in old.execute(made)}):
            names = [f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})")]
            old.execute(f"INSERT INTO {table} SELECT {', '.join(names)} FROM now.{table}")
        old.commit()
        digests = old.execute("SELECT content_digest FROM journal WHERE kind = 'capture'")
        # As the first release computed it.
        assert digests.fetchall() == [
            ("382e2f52fed34f7f2803daac281601529ed0f3b1f7d7eb4e203eba339b18bf7b",)
        ]
    assert revision_of(first) == "0001"

    open_ledger(str(first), clock=noon).close()
    assert revision_of(first) == HEAD
    assert verify_ledger(first) == verify_ledger(full_db)
    with Reader(first) as reader:
        assert reader.row("SELECT count(*) AS n FROM capture WHERE robots IS NULL") == {"n": 1}


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ("INSERT INTO alembic_version VALUES ('0001')", StoreError, "two schemas"),
        ("UPDATE alembic_version SET version_num = '0005'", IntegrityError, "0005, which it says"),
    ],
)
def test_a_ledger_that_says_of_itself_what_it_is_not_is_refused(
    recorded_db: Path, change: str, error: type[Exception], said: str
) -> None:
    with closing(sqlite3.connect(recorded_db)) as connection:
        before = contents(connection)
        connection.execute(change)
        connection.commit()
    with pytest.raises(error, match=said):
        open_ledger(str(recorded_db), clock=noon)
    with closing(sqlite3.connect(recorded_db)) as connection:
        assert contents(connection) == before
