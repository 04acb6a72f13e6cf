"""The same claim in several articles: who says it, and who said it first."""

from typing import Any

import pytest
from ledger_book import Book
from typer.testing import CliRunner

from ledger.commands import app
from ledger.queries.dates import Added, Dated, dated, instant_of
from ledger.queries.spread import Spread, spread
from ledger.reader import Reader
from ledger.schema import Place

SAID = "The old dam above the town broke at noon on Monday, killing 12 people."


def article(book: Book, outlet: str, published: str | None, *said: str, **fields: Any) -> list[str]:
    id = book.article(f"https://{outlet}.example/1", published=published, **fields)
    return [id, *(book.claim(id, words) for words in said)]


def who(db: Place, claim: str) -> Spread:
    with Reader(db) as reader:
        return spread(reader, claim)


def test_the_earliest_comes_first_and_every_date_says_whose_word_it_is(db: Place) -> None:
    with Book(db) as book:
        _, late = article(book, "late", "2025-05-03", SAID)
        _, early = article(book, "early", "2025-05-01T23:00:00-05:00", SAID.upper())
        _, between = article(book, "between", "2025-05-02", f"“{SAID}”")
        _, silent = article(book, "silent", None, SAID)
    found = who(db, late)
    assert [(item["claim"], item["on"][:10], item["dated_by"]) for item in found.items] == [
        (between, "2025-05-02", "published"),
        (early, "2025-05-01", "published"),  # at four in the morning of the second, in UTC
        (late, "2025-05-03", "published"),
        (silent, "2025-05-23", "captured"),
    ]
    assert {item["likeness"] for item in found.items} == {1.0}
    assert [item["asked"] for item in found.items] == [False, False, True, False]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SAID.replace("killing", "and killed"), (True, True)),
        (SAID.replace("12", "14"), (True, False)),
        (SAID.replace("12", "twelve"), (True, True)),
        ("The old bridge in the city was closed on Friday, delaying 12 trains.", None),
        ("Something else.", None),
    ],
)
def test_nearly_the_same_words_are_found_and_other_figures_are_marked(
    db: Place, other: str, expected: tuple[bool, bool] | None
) -> None:
    with Book(db) as book:
        _, one = article(book, "one", "2025-05-01", SAID)
        _, two = article(book, "two", "2025-05-02", other)
    found = {item["claim"]: item for item in who(db, one).items}
    assert one in found
    if expected is None:
        assert two not in found
    else:
        assert (found[two]["likeness"] < 1, found[two]["same_figures"]) == expected


def test_words_that_a_later_version_added_are_as_old_as_that_version(db: Place) -> None:
    with Book(db) as book:
        old, _ = article(book, "one", "2020-01-01", "Something else.")
        _, added = article(book, "one", "2020-01-01", SAID, revises=old)
        _, other = article(book, "two", "2021-01-01", f"{SAID[:-1]}!")
    found = who(db, added).items
    assert [(item["claim"], item["dated_by"]) for item in found] == [
        (other, "published"),
        (added, "added"),
    ]


def test_only_current_articles_say_something(db: Place) -> None:
    with Book(db) as book:
        old, was = article(book, "one", "2020-01-01", SAID)
        article(book, "one", "2020-01-01", "Something else.", revises=old)
        _, other = article(book, "two", "2021-01-01", SAID.replace("noon", "NOON"))
    assert [item["claim"] for item in who(db, other).items] == [other]
    # one that is asked about is shown all the same
    assert [item["claim"] for item in who(db, was).items] == [was, other]


@pytest.mark.parametrize(
    "said", ["大坝在星期一中午决堤造成十二人死亡许多人失踪。", "Да.", "…", "a b c d"]
)
def test_any_script_and_any_length(db: Place, said: str) -> None:
    with Book(db) as book:
        _, one = article(book, "one", "2025-05-01", said)
        article(book, "two", "2025-05-02", said + " ")
    found = who(db, one)
    assert one in {item["claim"] for item in found.items}
    assert len(found.items) == (2 if len(said) > 10 else 1)


def test_headings_are_not_said(db: Place) -> None:
    with Book(db) as book:
        _, one = article(book, "one", "2025-05-01", SAID)
        book.claim(book.article("https://two.example/"), SAID, kind="not-a-claim")
    assert len(who(db, one).items) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", "2025-01-01T00:00:00+00:00"),
        ("2025-05", "2025-05-01T00:00:00+00:00"),
        ("2025-05-02T01:00:00+02:00", "2025-05-01T23:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", None),
        ("last week", None),
        ("", None),
    ],
)
def test_dates_are_instants(text: str, expected: str | None) -> None:
    instant = instant_of(text)
    assert (instant.isoformat() if instant else None) == expected


@pytest.mark.parametrize(
    ("published", "day", "expected"),
    [
        ("2025", "2025-01-01", True),
        ("2025", "2025-06-01", None),
        ("2025", "2026-01-01", False),
        ("2024-02", "2024-02-29", None),
        ("2024-02", "2024-03-01", False),
        ("2024-02-10", "2024-02-10", True),
        ("2024-02-10T23:30:00-05:00", "2024-02-11", True),
        ("2024-02-09", "2024-02-10", False),
    ],
)
def test_a_year_or_month_is_no_day(published: str, day: str, expected: bool | None) -> None:
    assert dated(published, "2026-01-01T00:00:00Z").after(day) is expected


def test_a_date_that_cannot_be_read_is_no_date() -> None:
    assert dated("last week", "2025-05-23T12:00:00Z") == ("2025-05-23T12:00:00Z", "captured", None)


def test_trace_shows_the_spread(db: Place) -> None:
    with Book(db) as book:
        _, one = article(book, "one", "2025-05-02", SAID)
        _, two = article(book, "two", "2025-05-01", SAID.replace("12", "14"))
    words = ["--db", str(db), "trace", one, "--spread", "--format", "table"]
    shown = CliRunner().invoke(app, words, env={"COLUMNS": "250"}).stdout
    assert "Who says the same or nearly the same, the earliest first (2 claims):" in shown
    assert (
        f"2025-05-01 published  {two[:8]}  two.example  https://two.example/1  with OTHER" in shown
    )
    assert (
        f"2025-05-02 published  {one[:8]}  one.example  https://one.example/1  (this claim)"
        in shown
    )


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (dated("2025-05-02", ""), True),
        (dated("2025-05-03", ""), True),
        (dated("2025-05-01T23:30:00-01:00", ""), True),
        (dated("2025-05-01", ""), False),
        (dated(None, "2025-05-01T23:59:59Z"), False),
        (dated(None, "2025-05-02T00:00:00Z"), None),  # it may have been said long before
        (dated("2020", "", Added("2025-05-03T00:00:00Z", "2025-05-02T00:00:00Z")), True),
        (dated("2020", "", Added("2025-05-03T00:00:00Z", "2025-05-01T00:00:00Z")), None),
        (dated("2020", "", Added("2025-05-01T00:00:00Z", "2025-04-01T00:00:00Z")), False),
    ],
)
def test_whether_something_was_said_after_a_day(when: Dated, expected: bool | None) -> None:
    assert when.after("2025-05-02") is expected
