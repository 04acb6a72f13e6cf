"""A mistake of the program is a sentence for people, and a traceback for who asks for one."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ledger_book import Book

import ledger

CHECKOUT = Path(ledger.__file__).parent.parent


@pytest.fixture
def broken(empty_db: Path) -> Path:
    """A ledger that somebody altered past its rules, in a way that no reader expects."""
    book = Book(empty_db)
    book.claim(book.article("https://a.example/1"), "Troops moved.", ["https://b.example/1"])
    book.close()
    with closing(sqlite3.connect(empty_db)) as connection:
        connection.execute("DROP TRIGGER claim_no_update")
        connection.execute("UPDATE claim SET section = '7'")
        connection.commit()
    return empty_db


def run(*words: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "ledger", *words],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_a_mistake_is_said_in_a_sentence(broken: Path) -> None:
    done = run("--db", str(broken), "claims")
    assert done.returncode == 70
    assert len(done.stdout.splitlines()) == 1  # the names of the columns
    assert b"Traceback" not in done.stderr
    assert b"internal error (TypeError)" in done.stderr
    assert b"ledger journal verify" in done.stderr


def test_who_asks_sees_where(broken: Path) -> None:
    done = run("--db", str(broken), "--debug", "claims")
    assert done.returncode == 1
    assert b"Traceback" in done.stderr
