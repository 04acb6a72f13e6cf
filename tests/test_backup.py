"""Copies of a ledger: made while it is used, kept before an upgrade, verified before a restore."""

import errno
import os
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from postgres_server import PROGRAMS, PostgresServer
from readings import NOON, a_reading, noon
from typer.testing import CliRunner, Result

from ledger.backup import back_up, copies_before_upgrade, copy, keep_a_copy
from ledger.commands import app
from ledger.errors import ExtractError, IntegrityError, StoreError, UsageError
from ledger.ledger_file import entries_of
from ledger.pinned import signing_key
from ledger.placing import BEGUN, mode_of, place
from ledger.proof import verify_ledger
from ledger.restore import restore
from ledger.schema import HEAD, revision_of
from ledger.store import open_ledger
from ledger.upgrade import upgrade


@pytest.fixture
def held(empty_db: Path) -> Path:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
    return empty_db


def asked(db: str, *args: str) -> Result:
    return CliRunner().invoke(app, list(args), env={"LEDGER_DB": db})


def change(db: Path, *statements: str) -> None:
    with closing(sqlite3.connect(db)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_backup_is_the_same_ledger(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    verified = verify_ledger(made.path)
    assert verified == verify_ledger(held)
    assert (made.entries, made.head) == (verified.entries, verified.head)
    assert made.bytes == made.path.stat().st_size


def test_a_backup_is_made_while_somebody_writes(held: Path, tmp_path: Path) -> None:
    with open_ledger(str(held), clock=noon) as ledger, ledger.writing() as connection:
        connection.execute(sa.text("SELECT 1"))
        made = back_up(str(held), tmp_path / "copy.db")
    assert verify_ledger(made.path) == verify_ledger(held)


def test_a_backup_takes_no_other_files_place(held: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear aunt")
    with pytest.raises(StoreError, match="it exists"):
        back_up(str(held), tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "dear aunt"


def test_a_backup_needs_a_folder_and_a_ledger(held: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such folder"):
        back_up(str(held), tmp_path / "none" / "copy.db")
    with pytest.raises(StoreError, match="there is no ledger here"):
        back_up(str(tmp_path / "none.db"), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_backup_that_fails_leaves_nothing(held: Path, tmp_path: Path) -> None:
    held.write_bytes(held.read_bytes()[: held.stat().st_size // 2])  # cut off
    before = set(tmp_path.iterdir())
    with pytest.raises(StoreError):
        back_up(str(held), tmp_path / "copy.db")
    assert set(tmp_path.iterdir()) == before


def test_a_backup_is_restored_to_a_new_place(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    told: list[tuple[int, int]] = []
    done = restore(
        made.path,
        str(tmp_path / "new" / "ledger.db"),
        clock=noon,
        force=False,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[-1] == (made.entries, made.entries)
    assert done.verified == verify_ledger(tmp_path / "new" / "ledger.db") == verify_ledger(held)
    assert done.aside is None
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["ledger.db"]
    assert verify_ledger(made.path) == done.verified  # the backup stays


@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_or_a_device_is_not_replaced_by_a_ledger(
    held: Path, tmp_path: Path, force: bool
) -> None:
    copied, there = tmp_path / "copy.db", tmp_path / "pipe"
    back_up(str(held), copied)
    os.mkfifo(there)

    with pytest.raises(UsageError, match="this is not a file"):
        restore(copied, str(there), clock=noon, force=force)

    assert there.is_fifo()


def test_two_ledgers_put_aside_in_one_second_are_both_kept(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    for number in (2, 3):
        with open_ledger(str(held), clock=noon) as ledger:
            ledger.append(a_reading(number))
        restore(made.path, str(held), clock=noon, force=True)
    kept = sorted(held.parent.glob(f"{held.name}.before-*"))
    assert len(kept) == 2
    assert verify_ledger(kept[0]).head != verify_ledger(kept[1]).head


def test_a_ledger_is_never_thrown_away_by_a_restore(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    with open_ledger(str(held), clock=noon) as ledger:
        ledger.append(a_reading(2))
    later = verify_ledger(held)
    with pytest.raises(UsageError, match="a ledger is here already"):
        restore(made.path, str(held), clock=noon, force=False)
    assert verify_ledger(held) == later

    done = restore(made.path, str(held), clock=noon, force=True)
    assert verify_ledger(held) == done.verified != later
    assert done.aside is not None
    assert verify_ledger(done.aside) == later


def test_a_ledger_that_was_made_meanwhile_stays(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    new = tmp_path / "new.db"

    def meanwhile(*args: Any, **options: Any) -> Any:
        shutil.copy(held, new)
        return verify_ledger(*args, **options)

    monkeypatch.setattr("ledger.restore.verify_ledger", meanwhile)
    with pytest.raises(UsageError, match="a ledger is here already"):
        restore(made.path, str(new), clock=noon, force=False)
    assert {path.name for path in tmp_path.iterdir()} == {"ledger.db", "copy.db", "new.db"}


def test_a_ledger_in_use_is_not_put_aside(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    before = verify_ledger(held)
    with closing(sqlite3.connect(held, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("ledger.ledger_file.BUSY_TIMEOUT_S", 0.1)
            with pytest.raises(StoreError, match="another program is writing"):
                restore(made.path, str(held), clock=noon, force=True)
    assert verify_ledger(held) == before
    assert {path.name for path in tmp_path.iterdir()} == {"ledger.db", "copy.db"}


def test_nobody_writes_to_a_ledger_while_it_is_put_aside(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    tried = []

    def placed(*args: Any, **options: Any) -> None:
        with (
            closing(sqlite3.connect(held, timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        tried.append(held)
        place(*args, **options)

    monkeypatch.setattr("ledger.ledger_file.place", placed)
    restore(made.path, str(held), clock=noon, force=True)
    assert tried == [held]


@pytest.mark.parametrize("name", ["new.db", "[desk].db"])  # one that could be taken as a pattern
def test_a_backup_that_was_altered_is_not_restored(held: Path, tmp_path: Path, name: str) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    change(made.path, "DROP TRIGGER claim_no_update", "UPDATE claim SET exact = 'something else'")
    with pytest.raises(IntegrityError, match="is not what was recorded"):
        restore(made.path, str(tmp_path / "desk" / name), clock=noon, force=False)
    assert list((tmp_path / "desk").iterdir()) == []


def test_what_is_wrong_with_a_backup_is_said_of_the_backup(held: Path, tmp_path: Path) -> None:
    newer = back_up(str(held), tmp_path / "newer.db").path
    change(newer, "UPDATE alembic_version SET version_num = '9999'")
    damaged = back_up(str(held), tmp_path / "damaged.db").path
    with closing(sqlite3.connect(damaged)) as connection:
        ((root, size),) = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
            " WHERE name = 'claim'"
        )
    with damaged.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    for backup, said in ((newer, "its schema is 9999"), (damaged, "the database is damaged")):
        with pytest.raises(StoreError, match=f"^{backup}: {said}"):
            restore(backup, str(tmp_path / "new.db"), clock=noon, force=False)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("content", [b"", b"dear aunt"])
def test_what_is_no_ledger_is_not_restored(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(content)
    with pytest.raises(ExtractError):
        restore(tmp_path / "letter", str(tmp_path / "new.db"), clock=noon, force=False)
    assert not (tmp_path / "new.db").exists()


ENDINGS = ("-journal", "-wal")


def left_by_another(held: Path, at: Path, ending: str) -> bytes:
    """Let there be at `at` what a ledger leaves whose writer was killed, and whose file was moved.

    Records of the journal are not what they were in it: whatever is opened with it is ruined.
    """
    other = Path(shutil.copy(held, held.with_name("other.db")))
    with closing(sqlite3.connect(other, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode = {'WAL' if ending == '-wal' else 'DELETE'}")
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("CREATE TABLE filler (a)")
        writer.execute("BEGIN")
        writer.execute("DROP TABLE journal")
        writer.execute("INSERT INTO filler SELECT randomblob(4000) FROM sqlite_master")
        if ending == "-wal":
            writer.execute("COMMIT")
        beside = at.with_name(f"{at.name}{ending}")
        shutil.copy(f"{other}{ending}", beside)
    other.unlink()
    return beside.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_put_beside_what_another_database_left(
    held: Path, tmp_path: Path, ending: str
) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    new = tmp_path / "new.db"
    left_by_another(held, new, ending)
    before = set(tmp_path.iterdir())
    for put, kind in (
        (lambda: restore(made.path, str(new), clock=noon, force=False), UsageError),
        (lambda: back_up(str(held), new), StoreError),
        (lambda: open_ledger(str(new), clock=noon), StoreError),
    ):
        with pytest.raises(kind, match=f"new.db{ending}, left by another database"):
            put()
    assert set(tmp_path.iterdir()) == before


def test_what_another_database_leaves_while_a_copy_is_made_is_noticed_too(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new.db"

    def meanwhile(*args: Any) -> None:
        copy(*args)
        left_by_another(held, new, "-journal")

    monkeypatch.setattr("ledger.backup.copy", meanwhile)
    with pytest.raises(StoreError, match=r"new\.db-journal, left by another database"):
        back_up(str(held), new)
    assert not new.exists()


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_another_database_left_is_put_aside_when_asked(
    held: Path, tmp_path: Path, ending: str
) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    new = tmp_path / "new.db"
    left = left_by_another(held, new, ending)
    done = restore(made.path, str(new), clock=noon, force=True)
    assert verify_ledger(new) == done.verified == verify_ledger(held)
    assert done.aside is None
    assert [path.read_bytes() for path in done.beside] == [left]
    assert done.beside[0].name.endswith(ending)


def test_what_is_put_in_place_is_opened_once_more(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    new = tmp_path / "new.db"

    def placed(*args: Any, **options: Any) -> None:
        place(*args, **options)
        left_by_another(held, new, "-wal")  # by whoever comes between

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ledger.ledger_file.place", placed)
        with pytest.raises(StoreError):
            restore(made.path, str(new), clock=noon, force=False)
        new.unlink()
        with pytest.raises(StoreError):
            back_up(str(held), new)


def test_a_link_to_a_ledger_stays_one_when_it_is_restored(held: Path, tmp_path: Path) -> None:
    made = back_up(str(held), tmp_path / "copy.db")
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(held)
    done = restore(made.path, str(link), clock=noon, force=True)
    assert link.is_symlink()
    assert done.aside is not None
    assert done.aside.parent == held.parent
    assert verify_ledger(link) == verify_ledger(held) == done.verified


def modes(*paths: Path | None) -> list[int]:
    return [mode_of(path) for path in paths if path is not None]


def test_who_may_not_read_a_ledger_reads_no_copy_of_it(held: Path, tmp_path: Path) -> None:
    held.chmod(0o600)
    made = back_up(str(held), tmp_path / "copy.db")
    new = tmp_path / "new.db"
    restore(made.path, str(new), clock=noon, force=False)
    over = restore(made.path, str(held), clock=noon, force=True)
    older(held)
    kept = keep_a_copy(held, "0005")
    assert modes(made.path, new, held, over.aside, kept) == [0o600] * 5


def test_a_restored_ledger_is_for_the_same_people_as_before(held: Path, tmp_path: Path) -> None:
    held.chmod(0o660)
    made = back_up(str(held), tmp_path / "copy.db")
    made.path.chmod(0o400)  # kept from being written
    new = tmp_path / "new.db"
    restore(made.path, str(new), clock=noon, force=False)
    restore(made.path, str(held), clock=noon, force=True)
    assert modes(held, new) == [0o660, 0o600]


def test_a_disk_without_links_holds_copies_too(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    before = verify_ledger(held)
    made = back_up(str(held), tmp_path / "copy.db")
    new = tmp_path / "new.db"
    restore(made.path, str(new), clock=noon, force=False)
    aside = restore(made.path, str(held), clock=noon, force=True).aside
    assert aside is not None
    assert [verify_ledger(each) for each in (made.path, new, held, aside)] == [before] * 4
    older(held)
    assert entries_of(keep_a_copy(held, "0005")) == before[:2]
    keys = [signing_key(tmp_path / "settings").public_key() for _ in ("made", "read")]
    assert keys[0] == keys[1]
    assert not list(tmp_path.rglob(f"{BEGUN}*"))


def test_a_disk_without_links_gives_nobody_elses_name_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    (tmp_path / "made").write_text("mine")
    (tmp_path / "letter").write_text("dear aunt")
    with pytest.raises(FileExistsError):
        place(tmp_path / "made", tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "dear aunt"


def test_who_writes_while_a_ledger_is_restored_is_told_that_it_was_replaced(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With a write-ahead log a ledger that somebody has open cannot be put aside at all.
    monkeypatch.setattr("ledger.engine.wal_is_safe", lambda _: False)
    made = back_up(str(held), tmp_path / "copy.db")
    with open_ledger(str(held), clock=noon) as ledger:
        ledger.append(a_reading(2))
        done = restore(made.path, str(held), clock=noon, force=True)
        with pytest.raises(StoreError, match="the file was replaced or moved") as error:
            ledger.append(a_reading(3))
    assert "permissions" not in str(error.value)
    assert verify_ledger(held) == done.verified


def older(db: Path) -> None:
    """Make a ledger look as if an older program had made it: only its schema says so."""
    change(db, "UPDATE alembic_version SET version_num = '0005'")


def test_a_ledger_is_copied_before_it_is_upgraded(held: Path) -> None:
    before = verify_ledger(held)
    older(held)
    with pytest.MonkeyPatch.context() as patch:
        # Whatever the last migration does: here it is only the name of the schema.
        patch.setattr("alembic.command.upgrade", lambda config, _: set_head(config))
        open_ledger(str(held), clock=noon).close()
    assert revision_of(held) == HEAD
    copy = next(copies_before_upgrade(held, "0005"))
    assert revision_of(copy) == "0005"
    change(copy, f"UPDATE alembic_version SET version_num = '{HEAD}'")
    assert verify_ledger(copy) == verify_ledger(held) == before


def set_head(config: Config) -> None:
    connection = config.attributes["connection"]
    connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))


@pytest.mark.parametrize(
    ("loss", "named"),
    [
        ("DROP TRIGGER claim_no_delete", "claim_no_delete"),
        ("DROP TRIGGER attribution_no_delete; DELETE FROM attribution", "attribution"),
        (
            "DROP TRIGGER journal_no_update; UPDATE journal SET digest = 'x'",
            "the digests of the journal",
        ),
    ],
)
def test_an_upgrade_that_would_lose_something_is_taken_back(
    held: Path, loss: str, named: str
) -> None:
    before = verify_ledger(held)
    older(held)

    def lose(config: Config, _: str) -> None:
        for statement in loss.split("; "):
            config.attributes["connection"].execute(sa.text(statement))
        set_head(config)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alembic.command.upgrade", lose)
        with pytest.raises(IntegrityError, match=named):
            open_ledger(str(held), clock=noon)
    assert revision_of(held) == "0005"
    change(held, f"UPDATE alembic_version SET version_num = '{HEAD}'")
    assert verify_ledger(held) == before


def test_a_copy_of_the_same_ledger_is_made_once(held: Path) -> None:
    older(held)
    copy = next(copies_before_upgrade(held, "0005"))
    shutil.copy(held, copy)
    kept = copy.stat()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alembic.command.upgrade", lambda config, _: set_head(config))
        open_ledger(str(held), clock=noon).close()
    assert copy.stat().st_mtime_ns == kept.st_mtime_ns


@pytest.mark.parametrize(
    "content", ["dear aunt", "another ledger", "older than the checkpoint", "a journal"]
)
def test_what_has_the_name_of_the_copy_before_an_upgrade_is_in_nobodys_way(
    held: Path, tmp_path: Path, content: str
) -> None:
    taken = tmp_path / "ledger.db.schema-0005"
    if content == "dear aunt":
        taken.write_text(content)
    elif content == "a journal":
        left_by_another(held, taken, "-journal")
        taken = taken.with_name(f"{taken.name}-journal")
    else:
        shutil.copy(held, taken)
    if content == "another ledger":
        with open_ledger(str(taken), clock=noon) as ledger:
            ledger.append(a_reading(2))
    before, was = taken.read_bytes(), verify_ledger(held)
    older(held)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alembic.command.upgrade", lambda config, _: set_head(config))
        with open_ledger(str(held), clock=noon) as ledger:
            kept = ledger.kept
    assert kept == tmp_path / "ledger.db.schema-0005-2"
    assert entries_of(kept) == was[:2]
    assert taken.read_bytes() == before


def test_a_newer_schema_is_refused_before_anything_is_done(held: Path) -> None:
    with open_ledger(str(held), clock=lambda: NOON) as ledger, ledger.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(StoreError, match="newer than"):
            upgrade(connection, str(held))
        connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))


class TestOfAServer:
    """By `pg_dump`: the server's own, and stand-ins for what it may come to."""

    @pytest.fixture
    def held_url(self, empty_url: str) -> str:
        with open_ledger(empty_url, clock=noon) as ledger:
            ledger.append(a_reading(1))
        return empty_url

    @pytest.fixture
    def stand_in(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A file that is run as `pg_dump`, to be written."""
        (tmp_path / "bin").mkdir()
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
        program = tmp_path / "bin" / "pg_dump"
        program.touch(0o755)
        return program

    def test_a_backup_is_the_same_ledger(
        self,
        held_url: str,
        postgres: PostgresServer,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("PATH", str(PROGRAMS))
        made = back_up(held_url, tmp_path / "copy.dump")
        assert (made.entries, made.head) == verify_ledger(held_url)[:2]
        assert mode_of(made.path) == 0o600
        assert made.bytes == made.path.stat().st_size
        name = postgres.made()
        subprocess.run(  # noqa: S603 - the server's own program
            [PROGRAMS / "pg_restore", "--no-owner", "--dbname", postgres.url(name), made.path],
            check=True,
        )
        assert verify_ledger(postgres.url(name)) == verify_ledger(held_url)
        postgres.drop(name)

    def test_what_a_backup_says_puts_it_back(
        self, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the rights of an owner who is no administrator of the server."""
        monkeypatch.setenv("PATH", str(PROGRAMS))
        file = tmp_path / "a copy.dump"
        for user in ("editor", "recorder"):
            postgres.execute(f"CREATE ROLE {user} LOGIN")
        names = [postgres.made(options="OWNER editor") for _ in "12"]
        old, new = (postgres.url(name, "editor") for name in names)
        with open_ledger(old, clock=noon) as ledger:
            ledger.append(a_reading(1))
        assert asked(old, "db", "upgrade", "--grant", "recorder").exit_code == 0
        said = asked(old, "db", "backup", "-o", str(file), "--format", "table").stderr
        restoring, granting = said.split("database: ", 1)[1].split("; then for whoever records: ")
        in_vain = asked(old, "db", "restore", str(file))
        assert in_vain.exit_code == 5
        assert restoring in in_vain.stderr
        typed = [
            [each.replace("OWNER@/NEW", f"editor@/{names[1]}") for each in shlex.split(command)]
            for command in (restoring, granting.replace("USER", "recorder"))
        ]
        subprocess.run(typed[0], check=True)  # noqa: S603 - as it was told
        assert asked(new, *typed[1][1:]).exit_code == 0
        assert verify_ledger(new) == verify_ledger(old)
        with open_ledger(postgres.url(names[1], "recorder"), clock=noon) as ledger:
            assert ledger.append(a_reading(2)).new
        for name in names:
            postgres.drop(name)
        postgres.execute("DROP ROLE editor, recorder")

    def test_without_the_program_the_way_out_is_named(
        self, held_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(
            StoreError, match=("pg_dump, which copies PostgreSQL databases, is not installed")
        ) as error:
            back_up(held_url, tmp_path / "copy.dump")
        assert "ledger db export" in str(error.value)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("script", "said"),
        [
            ('echo part > "${file#*=}"; echo one >&2; echo no room >&2; exit 1', "no room"),
            (
                "echo 'pg_dump: error: mismatch' >&2; echo 'pg_dump: detail: 16' >&2; exit 1",
                "error: mismatch; detail: 16.*or use: ledger db export",
            ),
            ("exit 3", "it ended with 3"),
        ],
    )
    def test_a_program_that_fails_leaves_nothing(
        self, held_url: str, stand_in: Path, tmp_path: Path, script: str, said: str
    ) -> None:
        stand_in.write_text(f"#!/bin/sh\nfor file; do :; done\n{script}\n")
        with pytest.raises(StoreError, match=f"pg_dump: {said}"):
            back_up(held_url, tmp_path / "copy.dump")
        assert [path.name for path in tmp_path.iterdir()] == ["bin"]

    def test_the_password_is_no_argument(
        self, held_url: str, stand_in: Path, tmp_path: Path
    ) -> None:
        stand_in.write_text(
            '#!/bin/sh\nfor file; do :; done\nprintf "%s\\n" "$PGPASSWORD" "$*" > "${file#*=}"\n'
        )
        made = back_up(held_url.replace("postgres@", "postgres:se%20cret@"), tmp_path / "copy.dump")
        password, arguments = made.path.read_text().splitlines()
        assert password == "se cret"  # noqa: S105 - of nobody
        assert "cret" not in arguments
