"""What was erased is in no file any more; where others keep it there, that is said and finished."""

import json
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from postgres_server import PostgresServer
from readings import NOON, noon
from test_redact import (
    ERASED,
    KEPT,
    ORIGIN,
    PRIVATE,
    exported,
    own,
    redacting,
)
from typer.testing import CliRunner

from ledger.commands import app
from ledger.engine import settle
from ledger.errors import StoreError
from ledger.proof import verify_ledger
from ledger.proof.redact import Redaction, redact
from ledger.schema import Place
from ledger.store import open_ledger

WORDS = b"Claim 1.0"
AGAIN = ("journal", "redact", ERASED.capture.id, "--reason", "order of a court", "--yes")
SAID = "what was erased is gone from its tables but still in its files"


@pytest.fixture(autouse=True)
def deleted_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A SQLite that does not overwrite what is deleted, as most are built."""

    def settled(connection: sqlite3.Connection, *, wal: bool) -> None:
        settle(connection, wal=wal)
        connection.execute("PRAGMA secure_delete = OFF")

    monkeypatch.setattr("ledger.engine.settle", settled)
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def full(db: Place) -> Place:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)
    return db


def run(db: Place, *args: str, input: bytes | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(args), input=input, env={"LEDGER_DB": str(db)})
    return done.exit_code, done.output


def kept(db: Place, postgres: PostgresServer) -> bytes:
    """Everything that the files of a ledger hold of the tables with words."""
    if isinstance(db, Path):
        return b"".join(path.read_bytes() for path in db.parent.glob(f"{db.name}*"))
    with psycopg.connect(db, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        query = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relname = ANY(%s)"
        tables = ["payload", "article", "claim", "citation", "attribution"]
        files = connection.execute(query, (tables,)).fetchall()
    return b"".join((postgres.data / file).read_bytes() for (file,) in files)


def found_by_doctor(db: Place) -> tuple[str, str]:
    """What `doctor` says of erased words: its verdict and its detail."""
    checks = json.loads(run(db, "doctor", "--json")[1])["items"]
    (found,) = [check for check in checks if check["name"] == "erased words"]
    return found["verdict"], found["detail"]


def interrupted(db: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redaction that ends when it is recorded, before the file is written anew."""

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("ledger.store.ledger.compact", dies)
        with pytest.raises(KeyboardInterrupt):
            redacting(db, ERASED.capture)


@pytest.mark.parametrize("finish", [AGAIN, ("db", "compact")])
def test_a_redaction_that_was_interrupted_is_finished(
    full: Place, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, finish: tuple[str, ...]
) -> None:
    interrupted(full, monkeypatch)
    entries = verify_ledger(full).entries
    assert WORDS in kept(full, postgres)
    verdict, said = found_by_doctor(full)
    assert (verdict, "may still be in the files" in said) == ("warning", True)
    assert run(full, *finish)[0] == 0
    assert WORDS not in kept(full, postgres)
    assert found_by_doctor(full)[0] == "ok"
    assert b"Claim 2.0" in kept(full, postgres)
    assert verify_ledger(full).entries == entries


def test_a_copy_of_a_ledger_that_is_to_be_written_anew_is_written_anew(
    empty_db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(ERASED)
    interrupted(empty_db, monkeypatch)
    copy = tmp_path / "copy.db"
    assert run(empty_db, "db", "backup", "-o", str(copy))[0] == 0
    assert WORDS not in copy.read_bytes()
    assert (found_by_doctor(empty_db)[0], found_by_doctor(copy)[0]) == ("warning", "ok")


@pytest.mark.parametrize("dies", [False, True])
def test_nothing_is_left_in_the_files_of_what_an_import_erases(
    full: Place,
    postgres: PostgresServer,
    tmp_path: Path,
    migrated_db: Path,
    monkeypatch: pytest.MonkeyPatch,
    dies: bool,
) -> None:
    origin = tmp_path / "origin.db"
    origin.write_bytes(migrated_db.read_bytes())
    with open_ledger(str(origin), clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)
    redacting(origin, ERASED.capture)
    assert WORDS in kept(full, postgres)
    key = str(own("desk.example/ledger"))
    erase = ("db", "import", "-", "--erase", "--key", key)
    if dies:  # and the same command again finishes it
        with monkeypatch.context() as patched:
            patched.setattr("ledger.store.ledger.compact", lambda *_: "the disk is full")
            status, said = run(full, *erase, input=b"".join(exported(origin)))
        assert (status, SAID in said) == (5, True)
        assert WORDS in kept(full, postgres)
    assert run(full, *erase, input=b"".join(exported(origin)))[0] == 0
    assert WORDS not in kept(full, postgres)
    assert verify_ledger(full) == verify_ledger(origin)


def tried(db: Place, wait_s: float) -> str:
    """Why a redaction could not be finished by a program that waits so long."""
    capture = ERASED.capture
    wanted = Redaction(capture.id, capture.payload_digest, "editor", NOON, "order of a court")
    with (
        open_ledger(str(db), clock=noon, busy_timeout_s=wait_s) as ledger,
        pytest.raises(StoreError, match=SAID) as raised,
    ):
        redact(ledger, wanted, ORIGIN, PRIVATE)
    return str(raised.value)


def test_words_that_a_reader_keeps_in_the_log_are_said_to_be_there(
    empty_db: Path, monkeypatch: pytest.MonkeyPatch, postgres: PostgresServer
) -> None:
    monkeypatch.setattr("ledger.engine.wal_is_safe", lambda _: True)
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(ERASED)
    with closing(sqlite3.connect(empty_db, isolation_level=None)) as reader:
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM claim").fetchone()
        said = tried(empty_db, 0.1)
        assert WORDS in kept(empty_db, postgres)
    assert "others are using it. When that is over, finish it with: ledger db compact" in said
    assert run(empty_db, *AGAIN)[0] == 0
    assert WORDS not in kept(empty_db, postgres)


@pytest.fixture(params=["SELECT COUNT(*) FROM claim", "SELECT COUNT(*) FROM journal"])
def idle(request: pytest.FixtureRequest, empty_url: str) -> Iterator[psycopg.Connection]:
    """A reader of the server who asked once and does not go: of a table with words, or another."""
    with open_ledger(empty_url, clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)
    with psycopg.connect(empty_url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute(request.param)
        yield connection


def test_an_idle_reader_on_a_server_holds_up_nobody_and_it_is_said_that_words_are_left(
    idle: psycopg.Connection, empty_url: str, postgres: PostgresServer
) -> None:
    before = time.monotonic()
    assert "others are using it" in tried(empty_url, 1)
    assert time.monotonic() - before < 10
    assert run(empty_url, "claims")[0] == 0
    assert verify_ledger(empty_url).redacted > 0
    idle.rollback()
    assert run(empty_url, *AGAIN)[0] == 0
    assert WORDS not in kept(empty_url, postgres)


def test_an_owner_who_may_not_see_what_others_do_is_told_of_them(postgres: PostgresServer) -> None:
    owner = f"owner_{time.monotonic_ns()}"
    postgres.execute(f"CREATE ROLE {owner} LOGIN")
    name = postgres.made(options=f"OWNER {owner}")
    try:
        with open_ledger(postgres.url(name, owner), clock=noon) as ledger:
            ledger.append(ERASED)
        with psycopg.connect(postgres.url(name)) as reader:
            reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            reader.execute("SELECT COUNT(*) FROM journal")
            assert "others are using it" in tried(postgres.url(name, owner), 1)
    finally:
        postgres.drop(name)
        postgres.execute(f"DROP ROLE {owner}")


def test_a_transaction_that_was_prepared_is_named(empty_url: str) -> None:
    with open_ledger(empty_url, clock=noon) as ledger:
        ledger.append(ERASED)
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute("BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION 'forgotten'")
        try:
            assert "the prepared transaction forgotten keeps it" in tried(empty_url, 1)
        finally:
            connection.execute("ROLLBACK PREPARED 'forgotten'")
    assert run(empty_url, "db", "compact")[0] == 0


def test_a_standby_that_may_still_ask_is_named_by_its_slot(
    empty_url: str, postgres: PostgresServer
) -> None:
    with open_ledger(empty_url, clock=noon) as ledger:
        ledger.append(ERASED)
    with standby(empty_url, "reserve"):
        why = "the replication slot reserve keeps it"
        assert f"could not be rewritten: {why}. When that is over" in tried(empty_url, 1)
        verdict, said = found_by_doctor(empty_url)
        assert (verdict, why in said) == ("warning", True)
    assert run(empty_url, "db", "compact")[0] == 0
    assert found_by_doctor(empty_url)[0] == "ok"
    assert WORDS not in kept(empty_url, postgres)


@contextmanager
def standby(url: str, slot: str) -> Iterator[None]:
    """A standby server that says that its readers still see what there is now, and then is gone.

    All that it does is to give feedback (postgresql.org/docs/current/protocol-replication.html).
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_create_physical_replication_slot('{slot}')".encode())
        now = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text, pg_current_wal_flush_lsn()"
        ((xmin, end),) = connection.execute(now).fetchall()
        wire = psycopg.pq.PGconn.connect(f"{url}&replication=true".encode())
        begun = wire.exec_(f'START_REPLICATION SLOT "{slot}" {end}'.encode())
        assert begun.status == psycopg.pq.ExecStatus.COPY_BOTH
        wire.put_copy_data(b"h" + struct.pack("!qIIII", 0, int(xmin), 0, 0, 0))
        wire.flush()
        held = "SELECT xmin FROM pg_replication_slots WHERE slot_name = %s AND xmin IS NOT NULL"
        while not connection.execute(held, (slot,)).fetchall():
            time.sleep(0.05)
        try:
            yield
        finally:
            wire.finish()
            gone = "SELECT 1 FROM pg_replication_slots WHERE NOT active AND slot_name = %s"
            while not connection.execute(gone, (slot,)).fetchall():
                time.sleep(0.05)
            connection.execute("SELECT pg_drop_replication_slot(%s)", (slot,))


def test_only_the_owner_of_a_server_has_its_tables_written_anew(
    empty_url: str, postgres: PostgresServer
) -> None:
    name = f"worker_{time.monotonic_ns()}"
    postgres.execute(f"CREATE ROLE {name} LOGIN")
    try:
        assert run(empty_url, "db", "upgrade", "--grant", name)[0] == 0
        status, said = run(empty_url.replace("postgres@", f"{name}@"), "db", "compact")
        assert (status, "only the owner of the ledger may" in said) == (5, True)
    finally:
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {name}; DROP ROLE {name}".encode())


def test_what_cannot_be_written_anew_for_want_of_room_is_said(
    empty_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(ERASED)

    def full(*_: object) -> str | None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as small:
            small.execute("PRAGMA max_page_count = 2")
            small.execute("CREATE TABLE t AS SELECT zeroblob(100000)")
        return None

    monkeypatch.setattr("ledger.store.ledger.compact", full)
    assert "could not be rewritten: the disk is full" in tried(empty_db, 0.1)
    assert verify_ledger(empty_db).redacted > 0
