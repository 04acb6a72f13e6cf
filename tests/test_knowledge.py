"""What people say of outlets: what follows from it, what stands, and who is contradicted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import NOON, noon

from ledger.entry import Entry
from ledger.errors import NotFoundError, UsageError
from ledger.journal import content_digest
from ledger.model import Outlet
from ledger.names import Names
from ledger.pipeline.facts import COUNTRIES, Facts, WrongFactError, facts_of
from ledger.pipeline.tell import MOST_STEPS, By, Known, merge, rate, tell
from ledger.queries import (
    Saying,
    contradicted,
    merged,
    merged_into,
    merges,
    outlet_named,
    owners,
    rated,
    rating_named,
    ratings,
    sayings,
    told,
)
from ledger.reader import Reader, Row
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.tables import entry_of

TODAY = "2026-01-01"
REGISTERED = Outlet.make(
    key="a.example", name="A", domain="a.example", owner="Registry Group", country="GB"
)
OTHER = Outlet.make(key="b.example", name="B", domain="b.example")
THIRD = Outlet.make(key="c.example", name="C", domain="c.example")


def by(who: str = "anna", minute: int = 0) -> By:
    return By(who, NOON + timedelta(minutes=minute))


def said(key: str = "a.example", **values: str) -> Facts:
    return facts_of(key, values, today=TODAY)


def append(db: Place, *entries: Entry) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries(entries)


def current(db: Place, key: str = "a.example") -> Outlet:
    with Reader(db) as reader:
        row = reader.row("SELECT * FROM current_outlet WHERE key = :key", {"key": key})
    found = entry_of("outlet", row or {})
    assert isinstance(found, Outlet)
    return found


def outlets(rows: Sequence[Row]) -> list[Outlet]:
    entries = [entry_of("outlet", row) for row in rows]
    return [each for each in entries if isinstance(each, Outlet)]


def telling(db: Place, facts: Facts, who: By) -> bool:
    """Say it to the ledger; whether it was new."""
    with Reader(db) as reader:
        rows = reader.rows(
            "SELECT o.* FROM outlet o JOIN journal j ON j.entry_id = o.id"
            " WHERE o.because IS NOT NULL ORDER BY j.seq"
        )
        now = reader.rows("SELECT * FROM current_outlet")
    known = Known(
        {each.key: each for each in outlets(now)},
        {facts.key: [each for each in outlets(rows) if each.key == facts.key]},
    )
    found = tell([facts], who, known)
    append(db, *found.entries)
    return found.new[0]


# --------------------------------------------------------------------------------------------------
# which facts are current


def test_what_a_person_said_stands_over_the_registry_also_when_that_is_recorded_later(
    db: Place,
) -> None:
    append(db, REGISTERED)
    assert telling(db, said(owner="True Group"), by())
    assert (current(db).owner, current(db).country) == ("True Group", "GB")
    later = Outlet.make(key="a.example", name="A", domain="a.example", owner="Other Group")
    append(db, later)
    assert current(db).owner == "True Group"


def test_a_person_who_says_a_then_b_then_a_is_believed_at_last(db: Place) -> None:
    for minute, owner in enumerate(("First", "Second", "First")):
        assert telling(db, said(owner=owner), by(minute=minute))
        assert current(db).owner == owner


def test_what_held_until_some_day_is_no_knowledge_about_now(db: Place) -> None:
    append(db, REGISTERED)
    assert telling(db, said(owner="Old Group", until="2015"), by())
    assert current(db) == REGISTERED


def test_what_is_said_again_records_nothing(db: Place) -> None:
    facts = (
        said(owner="Old", until="2015"),
        said(owner="New", since="2015", kind="wire"),
        facts_of("a.example", {}, ["晨报"], today=TODAY),
    )
    assert [telling(db, each, by(minute=1)) for each in facts] == [True] * 3
    assert [telling(db, each, by(minute=2)) for each in facts] == [False] * 3
    assert telling(db, said(owner="Other"), by(minute=3))
    assert telling(db, facts[1], by(minute=4))  # said otherwise in between


def test_a_value_that_is_empty_says_that_it_is_not_known(db: Place) -> None:
    append(db, REGISTERED)
    assert telling(db, said(owner=""), by())
    assert current(db).owner is None


def test_aliases_add_up_and_can_be_dropped(db: Place) -> None:
    telling(db, facts_of("a.example", {}, ["晨报", "The Morning"], today=TODAY), by())
    telling(db, facts_of("a.example", {}, ["Matin"], ["晨报"], today=TODAY), by(minute=1))
    assert current(db).aliases == ("Matin", "The Morning")


def test_an_outlet_without_what_people_said_keeps_its_id_and_digest() -> None:
    # As the first release computed them.
    assert REGISTERED.id == "72c37c19c71df48a92bbe470fdd260095a4396af03971358c12a585aedf0090f"
    assert (
        content_digest(REGISTERED)
        == "09242f2d58bbb53e091c66c5d0011c9101fb40e3886820ec1a483c8fa7a41fbd"
    )


# --------------------------------------------------------------------------------------------------
# wrong facts


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"country": "UK"}, "country"),
        ({"country": "Britain"}, "country"),
        ({"kind": "gazette"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"owner": "a\u202eb" + "\x1b[2J"}, "owner"),
        ({"owner": "A", "since": "2020", "until": "2020"}, "until"),
        ({"owner": "A", "since": "2020-13"}, "since"),
        ({"owner": "A", "since": "2026-02"}, "since"),
        ({"since": "2020"}, "facts"),
        ({}, "facts"),
    ],
)
def test_facts_that_cannot_be_are_refused_by_their_field(
    values: dict[str, str], field: str
) -> None:
    with pytest.raises(WrongFactError) as caught:
        facts_of("a.example", values, today=TODAY)
    assert caught.value.field == field


def test_names_that_are_none_are_refused() -> None:
    for aliases in (["!?"], [f"n{number}" for number in range(101)]):
        with pytest.raises(WrongFactError) as caught:
            facts_of("a.example", {}, aliases, today=TODAY)
        assert caught.value.field == "aliases"


@given(st.dictionaries(st.sampled_from(["name", "owner", "kind", "country", "since"]), st.text()))
def test_whatever_is_typed_is_a_fact_or_refused(values: dict[str, str]) -> None:
    try:
        facts = facts_of("a.example", values, today=TODAY)
    except WrongFactError:
        return
    assert facts.facts.get("country") in {None, *COUNTRIES}
    assert facts_of(
        "a.example", {k: v or "" for k, v in facts.facts.items()}, today=TODAY
    ).facts == (facts.facts)


# --------------------------------------------------------------------------------------------------
# who is contradicted


def saying(who: str, **facts: object) -> Saying:
    return Saying(verb="outlet", by=who, at="2025-01-01", reason=None, said=facts, overruled=[])


@pytest.mark.parametrize(
    ("before", "now", "denied"),
    [
        ({"owner": "A"}, {"owner": "B"}, ["owner"]),
        ({"owner": "A"}, {"owner": "A"}, []),
        ({"owner": "A"}, {"country": "US"}, []),
        ({"owner": "A"}, {"owner": "B", "since": "2025-02"}, []),  # a change
        ({"owner": "A"}, {"owner": "B", "since": "2020"}, ["owner"]),  # A was said in 2025
        ({"owner": "A"}, {"owner": "B", "until": "2020"}, []),  # now, and then
        ({"owner": "B", "until": "2020"}, {"owner": "A"}, []),
        ({"owner": "A", "since": "2021"}, {"owner": "B", "since": "2020"}, ["owner"]),
        ({"owner": "A", "until": "2020"}, {"owner": "B", "until": "2019"}, ["owner"]),
        ({"owner": "A", "until": "2019"}, {"owner": "B", "since": "2019"}, []),
        ({"owner": "A", "until": "2020"}, {"owner": "B", "since": "2019"}, ["owner"]),
        ({"aliases": ["A"]}, {"aliases": ["B"]}, []),
    ],
)
def test_two_people_contradict_each_other_about_one_time(
    before: dict[str, object], now: dict[str, object], denied: list[str]
) -> None:
    earlier = saying("anna", **before)
    found = contradicted([earlier], saying("bert", **now))
    assert found == [(name, earlier) for name in denied]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([{"owner": "A"}], [("A", None, None)]),
        ([{"owner": "A"}, {"owner": "B"}], [("B", None, None)]),
        (
            [{"owner": "A"}, {"owner": "B", "since": "2025-02"}],
            [("A", None, "2025-02"), ("B", "2025-02", None)],
        ),
        ([{"owner": "A"}, {"owner": "B", "since": "2020"}], [("B", "2020", None)]),
        ([{"owner": "B", "since": "2020"}, {"owner": "C"}], [("C", None, None)]),
        (
            [{"owner": "B"}, {"owner": "A", "until": "2020"}],
            [("A", None, "2020"), ("B", None, None)],
        ),
        (
            [{"owner": "A", "since": "2000", "until": "2020"}, {"owner": "B", "since": "2010",
             "until": "2012"}],
            [("A", "2000", "2010"), ("B", "2010", "2012"), ("A", "2012", "2020")],
        ),
        ([{"owner": "A", "since": "2020"}, {"kind": "wire"}], [("A", "2020", None)]),
    ],
)  # fmt: skip
def test_owners_have_their_periods_and_what_is_said_later_stands(
    facts: Sequence[dict[str, object]], expected: list[tuple[str, str | None, str | None]]
) -> None:
    found = owners(saying("anna", **each) for each in facts)
    assert [(each["owner"], each["since"], each["until"]) for each in found] == expected


YEARS = st.one_of(st.none(), st.integers(2000, 2009).map(str))


@given(st.lists(st.tuples(st.sampled_from("ABC"), YEARS, YEARS), max_size=8))
def test_at_each_time_one_owner_holds_the_last_that_was_said_of_it(
    facts: list[tuple[str, str | None, str | None]],
) -> None:
    dated = [each for each in facts if each[1] and (each[2] is None or each[1] < each[2])]
    told_so = [saying("anna", owner=o, since=s, until=u) for o, s, u in dated]
    found = owners(told_so)
    for year in map(str, range(1999, 2011)):
        last = [o for o, s, u in dated if (s or "") <= year and (u is None or year < u)][-1:]
        holds = [
            each["owner"]
            for each in found
            if (each["since"] or "") <= year and (each["until"] or "~") > year
        ]
        assert holds == last


# --------------------------------------------------------------------------------------------------
# merges


def merging(db: Place, one: Outlet, other: Outlet, minute: int = 0) -> int:
    with Reader(db) as reader:
        steps = merges(reader)
    entries = merge(one, other, by(minute=minute), steps)
    append(db, *entries)
    return len(entries)


def ends(db: Place) -> dict[str, str]:
    with Reader(db) as reader:
        rows = reader.rows('SELECT "key", "into" FROM merged_outlet')
        for row in rows:
            assert merged(reader, row["key"]) == row["into"]
            assert row["key"] in merged_into(reader, row["into"])
    return {row["key"]: row["into"] for row in rows}


def test_merges_are_followed_to_the_end_and_taken_back(db: Place) -> None:
    assert merging(db, REGISTERED, OTHER) == 3
    assert merging(db, REGISTERED, OTHER, 1) == 0  # it stands so
    assert merging(db, OTHER, THIRD, 2) == 3
    assert ends(db) == {"a.example": "c.example", "b.example": "c.example"}
    assert merging(db, OTHER, OTHER, 3) == 3
    assert ends(db) == {"a.example": "b.example"}
    assert merging(db, REGISTERED, THIRD, 4) == 3
    assert ends(db) == {"a.example": "c.example"}


def test_a_circle_of_merges_is_refused() -> None:
    steps = {"a.example": "b.example", "b.example": "c.example"}
    with pytest.raises(UsageError, match="merged into each other"):
        merge(THIRD, REGISTERED, by(), steps)


def test_a_circle_in_a_ledger_does_no_harm(db: Place) -> None:
    append(db, *merge(REGISTERED, OTHER, by(), {}), *merge(OTHER, REGISTERED, by(), {}))
    append(db, *merge(THIRD, OTHER, by(), {}))
    assert ends(db) == {}


def test_chains_of_merges_have_a_bound(db: Place) -> None:
    chain = [
        Outlet.make(key=f"{number}.example", name=str(number), domain=f"{number}.example")
        for number in range(MOST_STEPS + 2)
    ]
    for number in range(MOST_STEPS):
        assert merging(db, chain[number], chain[number + 1], number)
    assert ends(db)["0.example"] == chain[MOST_STEPS].key
    with pytest.raises(UsageError, match=r"more than 16 merges.*Merge into the last one"):
        merging(db, chain[MOST_STEPS], chain[MOST_STEPS + 1], 30)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_a_merge_is_refused_exactly_when_it_closes_a_circle(
    pairs: list[tuple[str, str]],
) -> None:
    steps: dict[str, str] = {}
    for one, other in pairs:
        after = {**steps, one: other}
        if one == other:
            del after[one]
        end, seen = other, {one}
        while end in after and end not in seen:
            seen.add(end)
            end = after[end]
        first, second = (
            Outlet.make(key=key, name=key, domain=key) for key in (one, other)
        )  # fmt: skip
        if one != other and end == one:
            with pytest.raises(UsageError):
                merge(first, second, by(), steps)
        else:
            merge(first, second, by(), steps)
            steps = after


# --------------------------------------------------------------------------------------------------
# ratings


def test_the_list_imported_last_is_the_list_and_all_of_it(db: Place) -> None:
    first = rate("Ours", {"a.example": "high", "b.example": "low"}, by(), {})
    append(db, *first)
    with Reader(db) as reader:
        before = rated(reader, "Ours")
        assert before == {"a.example": "high", "b.example": "low"}
        assert rate("Ours", before, by(minute=1), before) == ()
        (item,) = ratings(reader, "a.example")
        assert (item["list"], item["value"], item["by"]) == ("Ours", "high", "anna")
        assert rating_named(reader, "ours=HIGH") == ("Ours", "high")
        for wrong, near in (("theirs=high", ("Ours",)), ("ours=x", ("Ours=high", "Ours=low"))):
            with pytest.raises(NotFoundError) as caught:
                rating_named(reader, wrong)
            assert caught.value.candidates == near
    append(db, *rate("Ours", {"b.example": "high"}, by(minute=2), before))
    with Reader(db) as reader:
        assert rated(reader, "Ours") == {"b.example": "high"}
        assert ratings(reader, "a.example") == []


# --------------------------------------------------------------------------------------------------
# names


@pytest.mark.parametrize(
    "name", ["Le Matin", "le  MATIN", "晨报", "ＭＡＴＩＮ", "الصَّباح", "الصباح", "УТРО", "утро"]
)
def test_an_outlet_is_found_by_a_told_alias_however_it_is_spelled(db: Place, name: str) -> None:
    aliases = ["Le Mâtin", "晨报", "Matin", "الصباح", "Утро"]
    telling(db, facts_of("a.example", {"name": "A"}, aliases, today=TODAY), by())
    with Reader(db) as reader:
        assert outlet_named(reader, name) == "a.example"


def test_an_alias_of_two_outlets_lists_both_until_they_are_one(db: Place) -> None:
    for number, key in enumerate(("a.example", "b.example")):
        telling(db, facts_of(key, {"name": key}, ["Matin"], today=TODAY), by(minute=number))
    with Reader(db) as reader, pytest.raises(NotFoundError) as caught:
        outlet_named(reader, "matin")
    assert caught.value.candidates == ("a.example (a.example)", "b.example (b.example)")
    merging(db, REGISTERED, OTHER, 5)
    with Reader(db) as reader:
        assert outlet_named(reader, "matin") == "b.example"
        assert outlet_named(reader, "a.example") == "b.example"
        assert outlet_named(reader, "a.example", merged=False) == "a.example"


def test_told_names_stand_before_the_registry_and_keep_its_doubts() -> None:
    mine = Outlet.make(
        key="a.example", name="A", domain="a.example", aliases=("Reuters", "Time"), because="j"
    )
    names = Names([mine])
    (reuters,) = (p for p in names.beginning("reuters") if p.tokens == ("reuters",))
    assert (reuters.key, reuters.ambiguous) == ("a.example", False)
    assert any(phrase.tokens == ("reuters", "news") for phrase in names.beginning("reuters"))
    (time,) = (p for p in names.beginning("time") if p.tokens == ("time",))
    assert (time.key, time.ambiguous) == ("a.example", True)
    assert (names.outlet("a.example"), names.kind("a.example")) == (mine, None)
    assert names.outlet("reuters.com").name == "Reuters"


def test_what_was_told_comes_back_as_it_was_said(db: Place) -> None:
    telling(db, said(owner="A", until="2015"), by("anna"))
    telling(db, said(owner="B", kind="wire"), by("bert", 1))
    telling(db, said(owner="C"), by("carl", 2))
    with Reader(db) as reader:
        found = sayings(reader, "a.example")
        assert [row["key"] for row in told(reader)] == ["a.example"]
    assert [(each["by"], each["said"], each["overruled"]) for each in found] == [
        ("anna", {"owner": "A", "until": "2015"}, []),
        ("bert", {"kind": "wire", "owner": "B"}, ["owner"]),
        ("carl", {"owner": "C"}, []),
    ]
    assert datetime.fromisoformat(found[0]["at"]) == NOON.astimezone(UTC)
