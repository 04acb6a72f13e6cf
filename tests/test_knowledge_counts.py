"""What people say of outlets takes effect in every count, at once and as if it were made anew."""

import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, suppress
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_book import derive
from ledger_of import Named, Said, Text, reading_of
from readings import NOON, noon

from ledger import provenance, queries
from ledger.entry import Entry
from ledger.errors import UsageError
from ledger.model import Outlet
from ledger.pipeline.facts import facts_of
from ledger.pipeline.tell import By, Known, merge, rate, tell
from ledger.provenance import Losses, Rating
from ledger.queries import ClaimFilter, merges
from ledger.queries.every_article import every_article
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


def test_another_name_is_that_of_the_ranking_too(told: Place) -> None:
    telling(told, "a.example", name="The Aye")
    with Reader(told) as reader:
        names = {row["key"]: row["name"] for row in provenance.ranking(reader, "outlet")}
    assert names["a.example"] == "The Aye"
    after = counted(told)
    derive(told)
    assert counted(told) == after


def test_a_ranking_of_all_outlets_is_read_as_a_list_is(told: Place) -> None:
    with Reader(told) as reader:
        ranked = provenance.ranking(reader, "outlet")
        first = provenance.ranking(reader, "outlet", limit=50)
    assert [row["key"] for row in ranked] == ["b.example", "a.example", "c.example", "d.example"]
    assert (ranked[0], ranked[-1]) == (first[0], first[-1])
    assert ranked[:] == list(ranked) == first
    assert (ranked[1:3], ranked[4:]) == (first[1:3], [])
    with pytest.raises(IndexError):
        ranked[4]


def test_of_every_set_of_outlets_as_many_are_counted_as_are_listed(told: Place) -> None:
    merging(told, "a.example", "c.example")
    sets = [some for size in range(1, 5) for some in combinations(HOSTS, size)]
    with Reader(told) as reader:
        for some in sets:
            lost = Losses(outlets=some)
            listed = Counter(item["effect"] for item in provenance.impact(reader, lost))
            assert provenance.impact_counts(reader, lost) == {
                effect: listed[effect] for effect in ("falls", "weakens", "unknown")
            }


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


@settings(max_examples=25)
@given(steps=st.lists(STEP, max_size=7))
@pytest.mark.no_cover
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
                with suppress(UsageError):  # a circle
                    merging(db, one, other, minute)
        after = counted(db)
        derive(db)
        assert counted(db) == after


# --------------------------------------------------------------------------------------------------
# ratings


@pytest.fixture
def rated(told: Place) -> Place:
    values = {"a.example": "low", "b.example": "high", "c.example": "low"}
    append(told, *rate("ours", values, By("anna", NOON), {}))
    return told


LOW = Rating("ours", "low")


def test_a_loss_by_rating_is_unknown_where_the_list_names_nobody(rated: Place) -> None:
    with Reader(rated) as reader:
        found = provenance.impact(reader, Losses(ratings=(LOW,)))
        assert [(item["exact"][:5], item["effect"]) for item in found] == [
            ("A say", "falls"),
            ("C say", "falls"),
            ("A and", "weakens"),
        ]
        assert found[2]["because"] == ["[link]: loses A (rating in ours: low), keeps B"]
        assert provenance.impact_counts(reader, Losses(ratings=(LOW,))) == {
            "falls": 2,
            "weakens": 1,
            "unknown": 0,
        }
        high = provenance.impact(reader, Losses(ratings=(Rating("ours", "high"),)))
        (unknown,) = (item for item in high if item["effect"] == "unknown")
        assert unknown["because"] == [
            "D is named in prose, whose rating in ours is not known: unknown whether it depends on "
            "rating ours=high"
        ]


def test_claims_outlets_and_sources_are_found_by_rating(rated: Place) -> None:
    low = ClaimFilter(rating=LOW)
    with Reader(rated) as reader:
        texts = [claim["exact"] for claim in queries.claims(reader, low)]
        assert [text[:5] for text in texts] == ["A and", "A say", "C say"]
        assert queries.count_claims(reader, low) == 3
        assert queries.count_claims(reader, low._replace(unrated=True)) == 0
        high = ClaimFilter(rating=Rating("ours", "high"))
        assert queries.count_claims(reader, high) == 3
        # D is not named in the list: the claim that names D may lean on a "high" outlet.
        (unsure,) = queries.claims(reader, high._replace(unrated=True))
        assert unsure["exact"].startswith("C says so")
        assert [item["key"] for item in queries.outlets(reader, LOW)] == ["a.example", "c.example"]
        assert queries.count_unrated(reader, LOW) == 1
        assert [item["outlet"] for item in queries.sources(reader, rating=LOW)] == ["A", "A", "C"]
        assert len(every_article(reader, LOW)) == 1
        article = every_article(reader)[0]
        in_article = low._replace(article=article)
        assert [claim["exact"] for claim in queries.claims(reader, in_article)] == texts


def test_an_outlet_has_the_ratings_of_those_merged_into_it(rated: Place) -> None:
    merging(rated, "c.example", "d.example")
    with Reader(rated) as reader:
        assert [item["value"] for item in queries.ratings(reader, "d.example")] == ["low"]
        assert [item["key"] for item in queries.outlets(reader, LOW)] == ["a.example", "d.example"]
        assert queries.count_unrated(reader, LOW) == 0


@pytest.mark.parametrize("value", ["high", "low"])
def test_of_two_ratings_of_outlets_that_are_one_the_one_asked_for_is_told(
    rated: Place, value: str
) -> None:
    merging(rated, "b.example", "a.example")
    with Reader(rated) as reader:
        found = provenance.impact(reader, Losses(ratings=(Rating("ours", value),)))
    (both,) = (item for item in found if item["exact"].startswith("A and"))
    assert f"(rating in ours: {value})" in both["because"][0]


def test_the_list_that_is_imported_next_is_the_list(rated: Place) -> None:
    with Reader(rated) as reader:
        before = queries.rated(reader, "ours")
    append(rated, *rate("ours", {"b.example": "low"}, By("anna", _at(1)), before))
    with Reader(rated) as reader:
        assert [item["key"] for item in queries.outlets(reader, LOW)] == ["b.example"]
        assert queries.count_unrated(reader, LOW) == 3
