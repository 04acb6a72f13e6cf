"""What people say of outlets takes effect in every count, at once and as if it were made anew."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_book import derive
from ledger_of import Named, Said, Text, reading_of
from readings import NOON, noon

from ledger import provenance, queries
from ledger.model import Entry, Outlet
from ledger.pipeline.facts import facts_of
from ledger.pipeline.tell import By, Known, merge, rate, tell
from ledger.provenance import Losses
from ledger.queries import ClaimFilter, merges
from ledger.reader import Reader, Row
from ledger.schema import Place
from ledger.store import open_ledger

HOSTS = ("a.example", "b.example", "c.example", "d.example")
OUTLETS = {host: Outlet.make(key=host, name=host[0].upper(), domain=host) for host in HOSTS}
ARTICLE = Text(
    "https://x.example/1",
    [
        Said("A and B say so.", [["https://a.example/1", "https://b.example/1"]]),
        Said("A says so, and B too.", [["https://a.example/2"], ["https://b.example/2"]]),
        Said("C says so, according to D.", [["https://c.example/1"]], [Named("D", "d.example", 0)]),
        Said("According to B.", named=[Named("B", "b.example")]),
    ],
    {},
)
COUNTS = (
    "SELECT * FROM standing ORDER BY 1",
    "SELECT * FROM known_outlet ORDER BY 1",
    "SELECT * FROM outlet_tally ORDER BY 1",
    "SELECT * FROM support_total ORDER BY 1, 2",
    "SELECT * FROM claim_outlet ORDER BY 1, 2",
    "SELECT place, claim_id, resilience, says FROM claim_pattern ORDER BY 1",
    """SELECT digest, resilience, owner_resilience, unsure, claims FROM pattern
    WHERE claims > 0 ORDER BY 1""",
)


def append(db: Place, *entries: Entry) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries(entries)


def merging(db: Place, one: str, other: str, minute: int = 0) -> None:
    with Reader(db) as reader:
        steps = merges(reader)
    append(db, *merge(OUTLETS[one], OUTLETS[other], By("anna", _at(minute)), steps))


def telling(db: Place, key: str, minute: int = 0, **values: str) -> None:
    facts = facts_of(key, values, today="2026-01-01")
    append(db, *tell([facts], By("anna", _at(minute)), Known(OUTLETS, {})).entries)


def _at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def counted(db: Place) -> list[list[Row]]:
    with Reader(db) as reader:
        return [reader.rows(query) for query in COUNTS]


def resilience(db: Place) -> list[int | None]:
    with Reader(db) as reader:
        return [claim["resilience"] for claim in queries.claims(reader)]


@pytest.fixture
def told(db: Place) -> Place:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries(OUTLETS.values())
        ledger.append(reading_of(ARTICLE))
    return db


def test_two_outlets_that_are_one_count_once(told: Place) -> None:
    assert resilience(told) == [2, 1, 1, 1]
    merging(told, "a.example", "b.example")
    assert resilience(told) == [1, 1, 1, 1]
    with Reader(told) as reader:
        first = queries.claims(reader)[0]
        assert first["outlets"] == ["B"]
        assert [item["outlet"] for item in queries.sources(reader, outlet="b.example")] == ["B"] * 4
        (b, *_) = queries.outlets(reader)
        assert (b["key"], b["claims"], b["sole_claims"]) == ("b.example", 3, 3)
        assert queries.count_claims(reader, ClaimFilter(outlet="a.example")) == 3
        lost = provenance.impact(reader, Losses(outlets=("a.example",)))
        assert [item["effect"] for item in lost] == ["falls"] * 3
    after = counted(told)
    derive(told)
    assert counted(told) == after


def test_a_merge_that_is_taken_back_leaves_nothing_behind(told: Place) -> None:
    before = counted(told)
    merging(told, "a.example", "b.example", 1)
    assert counted(told) != before
    merging(told, "a.example", "a.example", 2)
    assert counted(told) == before


def test_an_outlet_merged_before_it_is_cited_counts_as_the_other(db: Place) -> None:
    append(db, *OUTLETS.values())
    merging(db, "a.example", "b.example")
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(reading_of(ARTICLE))
    assert resilience(db) == [1, 1, 1, 1]


def test_the_owner_that_a_person_told_is_lost_with_its_outlets(told: Place) -> None:
    telling(told, "a.example", owner="Group")
    telling(told, "b.example", owner="Group")
    telling(told, "b.example", 1, owner="Old Group", until="2015")
    append(told, Outlet.make(key="a.example", name="A", domain="a.example", owner="Registry"))
    with Reader(told) as reader:
        effects = [item["effect"] for item in provenance.impact(reader, Losses(owners=("Group",)))]
        assert effects == ["falls", "falls", "falls", "unknown"]
        gone = provenance.impact(reader, Losses(owners=("Registry", "Old Group")))
        assert {item["effect"] for item in gone} == {"unknown"}  # of C and D nobody knows
    after = counted(told)
    derive(told)
    assert counted(told) == after


def test_ratings_change_no_count(told: Place) -> None:
    before = counted(told)
    append(told, *rate("ours", {"a.example": "low"}, By("anna", NOON), {}))
    assert counted(told) == before


STEP = st.one_of(
    st.tuples(st.just("merge"), st.sampled_from(HOSTS), st.sampled_from(HOSTS)),
    st.tuples(st.just("owner"), st.sampled_from(HOSTS), st.sampled_from(["G", "H", ""])),
    st.tuples(st.just("read"), st.just(""), st.just("")),
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEP, max_size=7))
def test_whatever_is_said_in_whatever_order_counts_as_if_made_anew(
    migrated_db: Path, steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "ledger.db"
        with closing(sqlite3.connect(migrated_db)) as made, closing(sqlite3.connect(db)) as copy:
            made.backup(copy)
        append(db, *OUTLETS.values())
        for minute, (what, one, other) in enumerate(steps):
            if what == "read":
                with open_ledger(str(db), clock=noon) as ledger:
                    ledger.append(reading_of(ARTICLE))
            elif what == "owner":
                telling(db, one, minute, owner=other)
            else:
                with Reader(db) as reader:
                    circle = queries.merged(reader, other) == one != other
                if not circle:
                    merging(db, one, other, minute)
        after = counted(db)
        derive(db)
        assert counted(db) == after
