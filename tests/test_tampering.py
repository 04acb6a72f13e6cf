"""The short form of `make tamper`: what is found with a checkpoint, and what is not without."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from tampering import Line, table

from ledger.errors import IntegrityError
from ledger.proof import verify_ledger

BY_ONE_WHO_RECOMPUTES = {
    "the tail is cut off, cleanly",
    "an entry is rewritten, all hashes recomputed",
    "an entry is put in, all hashes recomputed",
    "the ledger is replaced by another",
    "facts are changed, and a redaction put over them",
}

ONE_MORE = "an entry is put behind all others"
"""Changes nothing that a checkpoint covers: whoever may write the file may record."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tampering")


@cache
def lines(folder: Path) -> list[Line]:
    """No fixture, so that `no_cover` is true of it: every ledger is verified by the same lines."""
    return table(folder, flips=60, others=8)


@pytest.mark.no_cover
def test_with_a_checkpoint_everything_is_found_that_changes_what_was_recorded(
    folder: Path,
) -> None:
    assert all(line.changed > 0 for line in lines(folder))
    missed = [line for line in lines(folder) if line.found != line.changed]
    assert [(line.attack, line.found) for line in missed] == [(ONE_MORE, 0)]


@pytest.mark.no_cover
def test_without_one_everything_is_found_but_what_recomputes_all_hashes(folder: Path) -> None:
    for line in lines(folder):
        expected = 0 if line.attack in {*BY_ONE_WHO_RECOMPUTES, ONE_MORE} else line.changed
        assert (line.attack, line.without) == (line.attack, expected)


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("current_citation", "later.revises = citation.id", '"later.revises" = citation.id'),
        ("merged_outlet", "'merge'", "'merge '"),
    ],
)
def test_a_view_that_only_looks_the_same_is_found(
    empty_db: Path, name: str, was: str, becomes: str
) -> None:
    with closing(sqlite3.connect(empty_db)) as connection:
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
        assert was in sql
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql.replace(was, becomes), name)
        )
        connection.commit()
    with pytest.raises(IntegrityError, match=f"the view {name} was changed"):
        verify_ledger(empty_db)
