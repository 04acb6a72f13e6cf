"""A ledger in a folder where whoever asks may write nothing."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from readings import a_reading, noon

from ledger.errors import StoreError
from ledger.reader import Reader
from ledger.schema import revision_of
from ledger.store import open_ledger

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="permissions are other ones there"),
    pytest.mark.usefixtures("write_ahead_log"),
]

NOBODY = 65534
"""A user who owns nothing (Linux: the highest of 16 bits but one)."""


@pytest.fixture
def shelf(empty_db: Path) -> Iterator[Path]:
    """A ledger that everybody may read, in a folder that only its owner may write."""
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
    # Not below `tmp_path`, which only its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        path.write_bytes(empty_db.read_bytes())
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        yield path
        Path(folder).chmod(0o755)


@contextmanager
def as_nobody() -> Iterator[None]:
    """For the superuser, whom no permission stops, be another one in the block."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)


def test_it_is_read_though_no_log_can_be_made(shelf: Path) -> None:
    with as_nobody(), Reader(shelf) as reader:
        assert len(reader.rows("SELECT id FROM article")) == 1
    assert [path.name for path in shelf.parent.iterdir()] == [shelf.name]


def test_what_others_write_meanwhile_is_noticed(shelf: Path) -> None:
    with as_nobody(), Reader(shelf) as reader:
        reader.rows("SELECT id FROM article")
        with another_user(shelf), open_ledger(str(shelf), clock=noon) as ledger:
            ledger.append(a_reading(2))
        with pytest.raises(StoreError, match="another user wrote to it while it was read"):
            reader.rows("SELECT id FROM article")


def test_what_a_dead_writer_left_is_read_by_nobody_who_may_not_undo_it(shelf: Path) -> None:
    left = shelf.with_name("left.db")
    with another_user(shelf), closing(sqlite3.connect(left, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE page (body)")
        writer.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the end
        writer.execute("BEGIN")
        writer.executemany("INSERT INTO page VALUES (zeroblob(900))", [()] * 100)
        for beside in ("", "-journal"):
            found = left.with_name(f"{left.name}{beside}").read_bytes()
            at = shelf.with_name(f"died.db{beside}")
            at.write_bytes(found)
            at.chmod(0o444)
    with as_nobody(), pytest.raises(StoreError, match="a program died while writing to it"):
        Reader(shelf.with_name("died.db"))


def test_it_cannot_be_written(shelf: Path) -> None:
    with (
        as_nobody(),
        pytest.raises(StoreError, match="it cannot be written to"),
        open_ledger(str(shelf), clock=noon) as ledger,
    ):
        ledger.append(a_reading(2))


def test_a_folder_that_may_not_be_entered_is_said(shelf: Path) -> None:
    shelf.parent.chmod(0o700)
    with as_nobody(), pytest.raises(StoreError, match="it cannot be opened: Permission denied"):
        Reader(shelf)


def test_a_pipe_in_place_of_a_journal_keeps_nobody_waiting(shelf: Path) -> None:
    shelf.parent.chmod(0o755)
    os.mkfifo(shelf.with_name(f"{shelf.name}-journal"))
    linked = shelf.with_name("linked.db")
    linked.symlink_to(shelf)
    for use in (Reader, revision_of):
        for path in (shelf, linked):
            with pytest.raises(StoreError, match=r"ledger\.db-journal beside it is a pipe"):
                use(path)


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="gives a file to somebody else")
@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_what_somebody_else_put_beside_it_is_not_written_into_it(
    empty_db: Path, ending: str
) -> None:
    beside = empty_db.with_name(f"{empty_db.name}{ending}")
    beside.touch()  # as of who reads a ledger with a log and may not write to it
    os.chown(beside, NOBODY, NOBODY)
    assert revision_of(empty_db) is not None
    beside.write_bytes(b"x" * 512)
    os.chown(beside, NOBODY, NOBODY)
    for use in (Reader, revision_of):
        with pytest.raises(StoreError, match=f"{ending} beside it belongs to user {NOBODY}, who"):
            use(empty_db)
    empty_db.chmod(0o664)
    assert revision_of(empty_db) is not None


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="gives a file to somebody else")
def test_what_one_left_beside_it_oneself_is_taken_up(
    empty_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = empty_db.with_name(f"{empty_db.name}-journal")
    beside.write_bytes(b"x" * 512)
    os.chown(beside, NOBODY, NOBODY)
    with pytest.raises(StoreError, match="chown it to the ledger's owner; else move it"):
        revision_of(empty_db)
    # Who may write to it by a list of rights that no mode shows, as NFS and macOS have them.
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    assert revision_of(empty_db) is not None


@contextmanager
def another_user(path: Path) -> Iterator[None]:
    now = os.geteuid()
    os.seteuid(os.getuid())
    path.parent.chmod(0o755)
    path.chmod(0o644)
    try:
        yield
    finally:
        path.chmod(0o444)
        path.parent.chmod(0o555)
        os.seteuid(now)
