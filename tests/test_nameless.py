"""Pages on a platform whose account is not known: neither one voice nor as many as there are."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_book import Book, Member
from ledger_of import Said, Text, reading_of
from readings import NOON, noon
from typer.testing import CliRunner

from ledger import queries
from ledger.audit import audit
from ledger.clusters import STORY, Page, Tie, settle
from ledger.commands import app
from ledger.model import Outlet
from ledger.pipeline.facts import facts_of
from ledger.pipeline.tell import By, Known, merge, tell
from ledger.provenance import (
    because_of_resilience,
    canonical_groups,
    carriers,
    effects,
    independence,
    maybe_alone,
    members,
    support,
    weakest,
)
from ledger.queries import ClaimFilter, merges
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.summaries import differences

HERE = "https://a.example/"
FILM, FILM_TOO, THIRD = (f"https://films.example/watch?v={name}" for name in "abc")
ELSEWHERE = "https://notes.example/1"
REUTERS = "https://reuters.example/1"
NAME = "Films (account unknown)"


@pytest.fixture
def book(db: Place) -> Iterator[Book]:
    with Book(db) as book:
        book.outlet("films.example", NAME, kind="platform")
        book.outlet("notes.example", "Notes (account unknown)", kind="platform")
        book.outlet("anna.films.example", "Anna (Films)", kind="platform-account")
        book.outlet("reuters.example", "Reuters", kind="wire")
        yield book


ON_FILMS = "https://anna.films.example/1"


@pytest.mark.parametrize(
    ("groups", "between"),
    [
        ([[FILM]], (1, 1)),
        ([[FILM, FILM]], (1, 1)),  # one page, cited twice
        ([[FILM, FILM_TOO]], (1, 2)),
        ([[FILM, FILM_TOO, THIRD]], (1, 3)),
        ([[FILM, REUTERS]], (2, 2)),
        ([[FILM, FILM_TOO, REUTERS]], (2, 3)),
        ([[FILM, ELSEWHERE]], (2, 2)),
        ([[FILM, ON_FILMS]], (1, 2)),
        ([[FILM, FILM_TOO], [REUTERS]], (1, 1)),
        ([[FILM], [FILM_TOO]], (1, 1)),
    ],
)
def test_how_many_outlets_pages_of_unknown_accounts_are_is_a_range(
    book: Book, groups: list[list[Member]], between: tuple[int, int]
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups)
    book.close()
    with Reader(book.db) as reader:
        found = weakest(support(reader, [claim])[claim])
        (item,) = queries.claims(reader)
        page = queries.trace(reader, claim)
        assert (found.at_least, found.at_most) == between
        known = between[0] if between[0] == between[1] else None
        assert found.resilience == item["resilience"] == page["resilience"] == known
        assert (page["at_least"], page["at_most"]) == between
        assert queries.count_claims(reader, ClaimFilter(single_source=True)) == (known == 1)
        assert queries.count_claims(reader, ClaimFilter(resilience=1, unsure=True)) == (not known)
        assert list(differences(reader)) == []


PAGES = st.sampled_from([("p", None), ("o", "o"), ("p/x", "p/x")])


@given(st.lists(st.lists(PAGES, min_size=1, max_size=3), min_size=1, max_size=3))
def test_the_range_is_what_every_way_to_tell_the_accounts_gives(
    written: list[list[tuple[str, str | None]]],
) -> None:
    groups = canonical_groups(written)
    nameless = [
        (g, n) for g, group in enumerate(groups) for n, one in enumerate(group) if one[1] is None
    ]
    found = set()
    for accounts in product(("p/x", "p/a", "p/b", "p/c", "p/d"), repeat=len(nameless)):
        whose = dict(zip(nameless, accounts, strict=True))
        sizes = [
            len({whose.get((g, n), one[0]) for n, one in enumerate(group)})
            for g, group in enumerate(groups)
        ]
        found.add(min(sizes))
    strength = weakest(groups)
    assert (strength.at_least, strength.at_most) == (min(found), max(found))
    assert strength.resilience == (min(found) if len(found) == 1 else None)
    assert maybe_alone(groups) <= effects(groups).keys()


@pytest.mark.parametrize(
    ("groups", "because", "leans_on", "behind"),
    [
        (
            [[FILM, FILM_TOO]],
            [f"[1][2] are {NAME}: of one account or of several, which is not known"],
            f"2 × {NAME}",
            (2, 1, 1, 1),
        ),
        (
            [[FILM, ON_FILMS]],
            [f"[1] is {NAME}, which may be Anna (Films)"],
            f"{NAME} or Anna (Films)",
            (2, 1, 1, 1),
        ),
        ([[FILM]], [f"[1]: {NAME} is its only outlet"], NAME, (1, 1, 1, 0)),
        (
            [[FILM, REUTERS]],
            [f"[1][2]: rests on {NAME} and Reuters"],
            f"{NAME} or Reuters",
            (2, 2, 2, 0),
        ),
    ],
)
def test_what_is_not_known_is_said(
    book: Book,
    groups: list[list[Member]],
    because: list[str],
    leans_on: str,
    behind: tuple[int, int, int, int],
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups)
    book.close()
    with Reader(book.db) as reader:
        of_claim = members(reader, [claim])[claim]
        number = queries.claims(reader)[0]["resilience"]
        assert because_of_resilience(number, of_claim) == because
        assert carriers(of_claim) == leans_on
        found = independence(reader, [claim])[claim]
    assert (found["addresses"], found["outlets"], found["origins"], found["unknown"]) == behind
    assert found["because"] == []


def test_what_falls_with_a_platform_is_told_from_what_may_fall_with_one_account(
    book: Book,
) -> None:
    article = book.article(HERE)
    book.claim(article, "One.", [FILM])
    book.claim(article, "Two.", [FILM, FILM_TOO])
    book.claim(article, "Three.", [FILM, FILM_TOO], [FILM])
    book.claim(article, "Four.", [REUTERS], [FILM, THIRD])
    book.close()
    with Reader(book.db) as reader:
        for of in (None, article):
            films = next(o for o in queries.outlets(reader, article=of) if o["name"] == NAME)
            counts = (films["claims"], films["sole_claims"], films["maybe_sole"])
            assert counts == (4, 2, 2)
        page = queries.outlet(reader, "films.example")
        assert (page["sole_claims"], page["maybe_sole"], len(page["falls"])) == (2, 2, 4)
        found = audit(reader, article)
    weight = next(each for each in found.outlets if each.key == "films.example")
    assert (weight.claims, weight.falls, weight.weakens, weight.unknown) == (4, 2, 0, 2)
    assert (found.numbers.one_outlet, found.numbers.not_known) == (3, 1)
    sole = [(each.key, [one.marker for one in each.citations]) for each in found.single_source]
    assert sole == [("films.example", ["1"]), ("films.example", ["3"]), ("reuters.example", ["1"])]


OUTLETS = {
    key: Outlet.make(key=key, name=key, domain=key, kind=kind)
    for key, kind in (("films.example", "platform"), ("dw.example", "broadcaster"))
}


def strengths(db: Place) -> list[int | None]:
    with Reader(db) as reader:
        assert list(differences(reader)) == []
        return [claim["resilience"] for claim in queries.claims(reader)]


def telling(db: Place, kind: str) -> None:
    facts = facts_of("films.example", {"kind": kind}, today="2026-01-01")
    told = tell([facts], By("anna", NOON), Known(OUTLETS, {}))
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries(told.entries)


@pytest.fixture
def recorded(db: Place) -> Place:
    said = [Said("They say so.", [[FILM, FILM_TOO]]), Said("One says so.", [[FILM]])]
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries(OUTLETS.values())
        ledger.append(reading_of(Text("https://x.example/1", said, {})))
    return db


def test_a_platform_is_what_people_say_is_one(recorded: Place) -> None:
    assert strengths(recorded) == [None, 1]
    telling(recorded, "company")
    assert strengths(recorded) == [1, 1]
    telling(recorded, "platform")
    assert strengths(recorded) == [None, 1]


def test_whoever_is_said_to_be_all_of_a_platform_is_one_voice(recorded: Place) -> None:
    with Reader(recorded) as reader:
        steps = merges(reader)
    both = merge(OUTLETS["films.example"], OUTLETS["dw.example"], By("anna", NOON), steps)
    with open_ledger(str(recorded), clock=noon) as ledger:
        ledger.append_entries(both)
    assert strengths(recorded) == [1, 1]


def test_an_older_ledger_is_brought_to_it(recorded: Place) -> None:
    with Book(recorded) as book:
        book.execute("UPDATE alembic_version SET version_num = '0013'")
        book.execute("UPDATE standing SET origin = outlet")
    with open_ledger(str(recorded), clock=noon):
        pass
    assert strengths(recorded) == [None, 1]


def test_pages_of_unknown_accounts_with_one_text_are_one_story() -> None:
    pages = [Page(name, "films.example", nameless=True) for name in "ab"]
    found = settle(pages, [Tie("a", "b", "text")], []).voices
    assert [(voice.source_id, voice.origin) for voice in found] == [
        ("a", f"{STORY}a"),
        ("b", f"{STORY}a"),
    ]
    assert settle(pages, [], []).voices == []


def test_an_address_that_leads_to_another_of_its_platform_is_one_page_with_it() -> None:
    pages = [Page(name, "films.example", nameless=True) for name in "ab"]
    found = settle(pages, [Tie("a", "b", "home")], []).voices
    assert {voice.origin for voice in found} == {f"{STORY}a"}
    known = [Page(name, "a.example") for name in "ab"]
    assert settle(known, [Tie("a", "b", "home")], []).voices == []


@pytest.mark.parametrize(
    ("group", "between"),
    [
        # Anna's words on another page: the unknown account may be hers.
        ([("a.example", "anna.films.example"), ("films.example", None)], (1, 2)),
        # A page there with known words: the unknown account need not be the one that has it.
        ([("films.example", "a.example"), ("films.example", None)], (1, 2)),
    ],
)
def test_an_unknown_account_is_bounded_beside_the_words_of_others(
    group: list[tuple[str, str | None]], between: tuple[int, int]
) -> None:
    found = weakest(canonical_groups([group]))
    assert (found.at_least, found.at_most) == between


def test_that_a_platform_stands_for_all_its_unknown_accounts_is_said(book: Book) -> None:
    article = book.article(HERE)
    book.claim(article, "It is so.", [FILM])
    book.claim(article, "It was so.", [ON_FILMS])
    book.close()

    def said(outlet: str) -> str:
        named = ["--db", str(book.db), "impact", "--outlet", outlet]
        return CliRunner().invoke(app, named).stderr

    assert f"note: {NAME}: every page of the platform whose account is" in said("films.example")
    assert "every page" not in said("anna.films.example")
