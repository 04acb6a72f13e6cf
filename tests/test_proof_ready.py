"""What is kept ready for questions is verified too, and no writer waits for it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from readings import a_reading, noon

from ledger.errors import IntegrityError
from ledger.proof import check_ready, ready
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.summaries import differences, make_anew
from ledger.summaries.compare import PARTS


def recorded(db: Place) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_all([a_reading(number) for number in range(3)])


def altered(db: Place, sql: str) -> None:
    with open_ledger(str(db), clock=noon) as ledger, ledger.writing() as connection:
        assert connection.execute(sa.text(sql)).rowcount


def test_what_is_kept_ready_is_what_the_entries_say(db: Place) -> None:
    recorded(db)
    check_ready(db)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE claim_pattern SET says = 1 - says WHERE place IN"
            " (SELECT MIN(place) FROM claim_pattern)",
            "what carries the claim",
        ),
        ("UPDATE pattern SET unsure = 1 - unsure", "the pattern 1"),
        ("UPDATE standing SET outlet = 'other.example'", "how the source"),
        ("DELETE FROM support_total", "the totals"),
    ],
)
def test_what_is_not_is_named(db: Place, sql: str, said: str) -> None:
    recorded(db)
    altered(db, sql)
    with pytest.raises(IntegrityError, match=said) as caught:
        check_ready(db)
    assert "ledger db rebuild" in str(caught.value.remedy)


@pytest.mark.parametrize("part", ready.TOGETHER)
def test_several_processes_find_the_same(
    db: Place, part: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each finds what is in its own part alone, and together they have all parts.
    monkeypatch.setattr(ready, "ALONE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    recorded(db)
    if part == ready.TOGETHER[0]:
        check_ready(db)
    wrong = {
        "patterns": ("UPDATE pattern SET ends = 7", "the pattern 1"),
        "sources": ("DELETE FROM support_total", "the totals"),
    }
    lost = "UPDATE claim_pattern SET says = 0", "what carries the claim"  # see below for each
    sql, said = wrong.get(part[0], lost)
    altered(db, sql)
    with pytest.raises(IntegrityError, match=said):
        check_ready(db)
    assert {name for parts in ready.TOGETHER for name in parts} == set(PARTS)


def test_each_claim_is_looked_at_in_one_part(db: Place) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_all([a_reading(number) for number in range(20)])
    altered(db, "UPDATE claim_pattern SET says = 1 - says")
    parts = [part for part in PARTS if part.startswith("claims")]
    with Reader(db) as reader:
        found = {part: set(differences(reader, parts=[part])) for part in parts}
        said = reader.rows("SELECT claim_id FROM claim_pattern")
    assert all(found.values())
    assert sum(map(len, found.values())) == len(set.union(*found.values())) == len(said)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE pattern_member SET grp = 'one' WHERE outlet IS NULL",
        "UPDATE pattern_member SET outlet = x'00'",
        "UPDATE known_outlet SET standing = x'ff00'",
        "UPDATE claim_pattern SET place = -place",
        "UPDATE voice SET origin = 7",
    ],
)
def test_a_value_that_cannot_be_is_a_difference_and_no_defect(empty_db: Path, sql: str) -> None:
    recorded(empty_db)
    with open_ledger(str(empty_db), clock=noon) as ledger, ledger.writing() as connection:
        if not connection.execute(sa.text(sql)).rowcount:
            connection.execute(sa.text("INSERT INTO voice SELECT id, 7, 'copy', NULL FROM source"))
    with pytest.raises(IntegrityError, match="the summaries do not match them"):
        check_ready(empty_db)


TWO = "SELECT place FROM claim_pattern ORDER BY place LIMIT 2"
FORGET = (
    "INSERT INTO claim_words (claim_words, rowid, exact)"
    f" SELECT 'delete', place, exact FROM claim_text WHERE place IN ({TWO})"
)


@pytest.mark.parametrize(
    "becomes",
    [
        "SELECT place, 'nothing to see here'",
        "SELECT place, exact || ' more'",
        # The words of one for those of the other: there are as many of each as before.
        f"SELECT (SELECT SUM(place) FROM ({TWO})) - place, exact",
    ],
)
def test_claims_are_found_by_their_words_and_no_others(empty_db: Path, becomes: str) -> None:
    recorded(empty_db)
    with closing(sqlite3.connect(empty_db)) as connection, connection:
        connection.execute(FORGET)
        texts = f"{becomes} FROM claim_text WHERE place IN ({TWO})"
        assert connection.execute(f"INSERT INTO claim_words (rowid, exact) {texts}").rowcount == 2
    with pytest.raises(IntegrityError, match="the words by which claims are found") as caught:
        check_ready(empty_db)
    assert "ledger db rebuild" in str(caught.value.remedy)
    with open_ledger(str(empty_db), clock=noon) as ledger, ledger.writing() as writing:
        make_anew(writing)
    check_ready(empty_db)


def test_what_is_recorded_while_it_is_looked_at_is_no_difference(
    db: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(db)
    look_anew, later = Reader.look_anew, iter(range(10, 30, 5))

    def recording(reader: Reader) -> None:
        look_anew(reader)
        reader._database.end()
        number = next(later, None)
        if number is not None:
            with open_ledger(str(db), clock=noon, busy_timeout_s=1) as ledger:
                ledger.append_all([a_reading(number + each) for each in range(5)])
        reader._database.begin()

    monkeypatch.setattr(Reader, "look_anew", recording)
    with Reader(db) as reader:
        assert list(differences(reader, piecewise=True)) != []
    check_ready(db)
    assert next(later, None) is None
