import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from readings import a_reading, noon

from ledger import schema
from ledger.doctor import examine
from ledger.errors import StoreError
from ledger.reader import Reader
from ledger.schema import HEAD, refuse_newer, revision_of, sqlite_path, store_error
from ledger.store import open_ledger


@pytest.mark.parametrize(
    ("db", "path"),
    [
        ("ledger.db", Path.cwd() / "ledger.db"),
        ("/var/ledger.db", Path("/var/ledger.db")),
        ("~/ledger.db", Path.home() / "ledger.db"),
        ("sqlite:///ledger.db", Path.cwd() / "ledger.db"),
        ("sqlite:////var/ledger.db", Path("/var/ledger.db")),
        ("sqlite:///a%20b?c#d.db", Path.cwd() / "a%20b?c#d.db"),
        ("a:b.db", Path.cwd() / "a:b.db"),
        ("postgresql://host/name", None),
        ("postgresql+psycopg://host/name", None),
    ],
)
def test_a_database_is_a_file_or_a_server(db: str, path: Path | None) -> None:
    assert sqlite_path(db) == path


@pytest.mark.parametrize(
    "db", ["", "sqlite://", "sqlite:///", ":memory:", "sqlite:///:memory:", "a\0b"]
)
def test_what_names_no_file_is_refused(db: str) -> None:
    with pytest.raises(StoreError, match="this does not name a file"):
        sqlite_path(db)


def test_the_home_folder_of_nobody_is_refused() -> None:
    with pytest.raises(StoreError, match=r"~no-such-user/l\.db: this does not name a file"):
        sqlite_path("~no-such-user/l.db")


def test_a_database_of_another_kind_is_refused_without_showing_its_password() -> None:
    with pytest.raises(
        StoreError, match="mysql://: this kind of database is not supported"
    ) as caught:
        sqlite_path("mysql://me:secret@host/name")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_not_there_has_no_schema(tmp_path: Path) -> None:
    assert revision_of(tmp_path / "none.db") is None
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_has_no_schema(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert revision_of(tmp_path / "empty.db") is None


def test_a_ledger_has_this_programs_schema(empty_db: Path) -> None:
    before = empty_db.read_bytes()
    assert revision_of(empty_db) == HEAD
    assert empty_db.read_bytes() == before


def test_a_name_full_of_signs_is_a_name(empty_db: Path, tmp_path: Path) -> None:
    odd = Path(shutil.copy(empty_db, tmp_path / "a b?mode=ro#c%20d.db"))
    assert revision_of(odd) == HEAD


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, this is no database at all. " * 100)
    with pytest.raises(StoreError, match=r"notes\.txt: this is not an SQLite database\. Name"):
        revision_of(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visits (url)")
    connection.close()
    with pytest.raises(StoreError, match="belongs to another program"):
        revision_of(path)


def test_a_damaged_ledger_is_refused(empty_db: Path) -> None:
    whole = empty_db.read_bytes()
    empty_db.write_bytes(whole[:100] + bytes(4096 - 100) + whole[4096:])
    with pytest.raises(StoreError, match=r"the database is damaged.*restore a backup"):
        revision_of(empty_db)


def test_a_ledger_cut_off_before_its_schema_is_refused(empty_db: Path) -> None:
    empty_db.write_bytes(empty_db.read_bytes()[:4096])
    with pytest.raises(StoreError, match="the database is damaged"):
        revision_of(empty_db)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="this is a folder"):
        revision_of(tmp_path)


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it cannot be opened"):
        revision_of(tmp_path / ("n" * 300))


@pytest.mark.usefixtures("rollback_journal")
def test_a_ledger_that_is_being_written_is_refused_after_the_wait(empty_db: Path) -> None:
    writer = sqlite3.connect(empty_db, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="another program is writing to it"):
        revision_of(empty_db, busy_timeout_s=0.01)
    writer.close()


@pytest.mark.usefixtures("rollback_journal")
def test_a_ledger_whose_writer_died_is_rolled_back_and_read(empty_db: Path, tmp_path: Path) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading())
    whole = empty_db.read_bytes()
    # What a killed writer leaves behind: some pages written, and the journal to undo them.
    writer = sqlite3.connect(empty_db, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    for number in range(50):
        writer.execute("INSERT INTO payload VALUES (?, ?)", (f"half {number}", b"x" * 5000))
    dead, other = tmp_path / "dead.db", tmp_path / "other.db"
    for copy in (dead, other):
        shutil.copy(empty_db, copy)
        shutil.copy(f"{empty_db}-journal", f"{copy}-journal")
    writer.close()
    assert dead.read_bytes() != whole

    with Reader(other) as reader:  # also where nobody asked for the schema first
        assert len(reader.rows("SELECT id FROM article")) == 1
    assert revision_of(dead) == HEAD
    assert dead.read_bytes() == whole


def test_a_known_schema_is_not_refused() -> None:
    refuse_newer("ledger.db", None)
    refuse_newer("ledger.db", HEAD)


def test_a_newer_schema_is_refused_naming_both() -> None:
    with pytest.raises(StoreError) as caught:
        refuse_newer("ledger.db", "9999")
    assert str(caught.value) == (
        f"ledger.db: its schema is 9999, newer than {HEAD}, the newest this program knows. "
        "Upgrade this program"
    )


def test_an_error_without_a_known_cause_says_what_the_database_said() -> None:
    error = store_error("ledger.db", sqlite3.OperationalError("no such table: claim"))
    assert str(error) == "ledger.db: the database refused: no such table: claim"


def test_every_cause_says_what_to_try() -> None:
    for code in ("BUSY", "LOCKED", "FULL", "READONLY", "CANTOPEN", "NOTADB", "CORRUPT", "IOERR"):
        error = sqlite3.OperationalError("?")
        error.sqlite_errorname = f"SQLITE_{code}_SOMETHING"
        assert store_error("ledger.db", error).remedy


def test_the_schema_is_asked_without_an_object_mapper() -> None:
    script = (
        f"import sys, {schema.__name__};"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'alembic', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"


def test_a_view_that_says_its_schema_is_not_asked(empty_db: Path) -> None:
    with closing(sqlite3.connect(empty_db)) as connection:
        connection.execute("ALTER TABLE alembic_version RENAME TO was")
        connection.execute(
            f"CREATE VIEW Alembic_Version AS {ENDLESS} SELECT was.* FROM was, r WHERE r.n < 0"
        )
    with pytest.raises(StoreError, match="a view says its schema: it was altered"):
        revision_of(empty_db)


def test_the_doctor_does_not_ask_what_was_altered(empty_db: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(empty_db)) as connection:
        connection.execute("DROP VIEW current_outlet")
        connection.execute(
            f"CREATE VIEW current_outlet AS {ENDLESS} SELECT outlet.* FROM outlet, r WHERE r.n < 0"
        )
    *_, schema, rest = examine(empty_db, settings=tmp_path, clock=noon)
    assert (schema.name, schema.verdict) == ("schema", "altered")
    assert (rest.name, rest.verdict) == ("the rest", "unknown")
