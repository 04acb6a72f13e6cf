"""An older word of the registry: who is told of it, and `ledger outlets update`."""

import json
from pathlib import Path
from typing import Any

import pytest
from ledger_book import Book
from readings import noon
from typer.testing import CliRunner

from ledger.commands import app
from ledger.model import Outlet
from ledger.outlets import keyed
from ledger.pipeline.entries import outlet_entry
from ledger.store import open_ledger

TOLD = "for 1 outlet, this program's registry differs from what is recorded"


def run(db: Path, *words: str, status: int = 0) -> Any:
    done = CliRunner().invoke(app, ["--db", str(db), *words], env={"COLUMNS": "200"})
    assert done.exit_code == status, done.output
    return done


def items(db: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(db, *words, "--json").stdout)["items"]
    return found


def ledger_of(db: Path, outlet: dict[str, Any]) -> Path:
    """A ledger with a claim that leans on bbc.com, as `outlet` has it, and on another."""
    with Book(db) as book:
        book.outlet("bbc.com", **{"kind": "broadcaster", "country": "GB", **outlet})
        book.outlet("harbour.example", "Harbour", kind="wire", owner="Quay Press", country="GB")
        article = book.article("https://a.example/1")
        book.claim(article, "It fell.", ["https://bbc.com/1", "https://harbour.example/1"])
    return db


@pytest.fixture
def old(empty_db: Path) -> Path:
    return ledger_of(empty_db, {"name": "BBC"})


@pytest.mark.parametrize(
    "asked",
    [
        ("impact", "--by", "owner"),
        ("impact", "--owner", "quay press"),
        ("impact", "--kind", "wire"),
        ("impact", "--country", "GB"),
    ],
)
def test_answers_by_owner_country_or_kind_say_that_they_go_by_an_older_list(
    old: Path, asked: tuple[str, ...]
) -> None:
    assert TOLD in run(old, *asked).stderr
    run(old, "outlets", "update")
    assert "this program's registry" not in run(old, *asked).stderr


def test_claims_by_owner_say_that_they_go_by_an_older_list(old: Path) -> None:
    assert TOLD in run(old, "claims", "--resilience", "2", "--by-owner", status=1).stderr


@pytest.mark.parametrize("asked", [("impact", "--by", "outlet"), ("impact", "--outlet", "BBC")])
def test_answers_that_ask_nothing_of_the_list_say_nothing_of_it(
    old: Path, asked: tuple[str, ...]
) -> None:
    assert "this program's registry" not in run(old, *asked).stderr


def test_an_update_brings_recorded_outlets_to_the_list_once(old: Path) -> None:
    run(old, "impact", "--owner", "BBC", status=1)
    changes = items(old, "outlets", "update")
    assert changes == [{"key": "bbc.com", "name": "BBC", "fact": "owner", "was": None, "is": "BBC"}]
    assert [one["effect"] for one in items(old, "impact", "--owner", "BBC")] == ["weakens"]
    assert items(old, "outlets", "update") == []
    again = run(old, "outlets", "update", "--format", "table")
    assert "Every outlet is recorded as in this program's registry" in again.output


def test_an_update_names_what_was_not_known(old: Path) -> None:
    shown = run(old, "outlets", "update", "--format", "table").output
    assert "not known   BBC" in shown
    assert "1 outlet brought up to date with this program's registry" in shown


def test_what_a_person_said_of_an_outlet_stands(old: Path) -> None:
    run(old, "outlets", "add", "bbc.com", "--owner", "The Crown", "--reason", "charter")
    assert items(old, "outlets", "update") == []
    assert items(old, "outlet", "BBC")[0]["owner"] == "The Crown"


NOW = outlet_entry(keyed("bbc.com"))
BEFORE = Outlet.make(**{**NOW.model_dump(exclude={"id"}), "owner": "The Crown"})


def test_a_word_that_the_list_takes_back_is_recorded_already(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append_entries([NOW])
        ledger.append_entries([BEFORE])
    assert items(empty_db, "outlets", "update") == []


def test_doctor_tells_of_an_older_list(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append_entries([BEFORE])
    before = {row["name"]: row for row in items(empty_db, "doctor")}["outlets"]
    assert (before["verdict"], before["remedy"].endswith("outlets update")) == ("note", True)
    run(empty_db, "outlets", "update")
    after = {row["name"]: row["verdict"] for row in items(empty_db, "doctor")}
    assert (after["outlets"], after["summaries"]) == ("ok", "ok")


def test_an_outlet_that_is_nobody_elses_is_shown_to_own_itself(empty_db: Path) -> None:
    db = ledger_of(empty_db, {"name": "BBC", "owner": "BBC"})
    assert "GB · owns itself\n" in run(db, "outlet", "BBC", "--format", "table").output
    (lost,) = items(db, "impact", "--owner", "BBC")
    assert lost["because"] == ["[1][2]: loses BBC, keeps Harbour"]
    assert "| BBC | itself, GB |" in run(db, "audit", "--all").output
    since = ("--since", "1927", "--owner", "BBC", "--reason", "charter")
    run(db, "outlets", "add", "bbc.com", *since)
    assert "GB · owns itself since 1927\n" in run(db, "outlet", "BBC", "--format", "table").output
