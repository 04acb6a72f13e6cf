"""Two versions of an article, claim by claim."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_of import Named, Said, Text, record
from typer.testing import CliRunner

from ledger.commands import app
from ledger.queries.changed import Versions, changed
from ledger.queries.diff import DiffItem, diff
from ledger.reader import Reader
from ledger.schema import Place

HERE = "https://here.example/1"
PAGES = {
    "1": "https://wire.example/1",
    "2": "https://paper.example/1",
    "3": "https://state.example/1",
}
BROKE = "The old dam above the town broke at noon on Monday."
RAIN = "It had rained for three weeks without an end."


def said(words: str, *markers: str) -> Said:
    return Said(words, [list(markers)] if markers else [])


def compare(db: Place, old: Sequence[Said], new: Sequence[Said]) -> list[DiffItem]:
    before, after = write(db, old, new)
    with Reader(db) as reader:
        return diff(reader, before, after)


def write(db: Place, *versions: Sequence[Said], **fields: Any) -> list[str]:
    ids: list[str] = []
    for each in versions:
        text = Text(HERE, each, PAGES, fields=fields, revises=ids[-1] if ids else None)
        ids += record(db, [text])
    return ids


def brief(found: Sequence[DiffItem]) -> list[tuple[str, str | None, str | None]]:
    return [(item["state"], item["before"], item["after"]) for item in found]


def test_each_claim_is_kept_reworded_gone_or_new(db: Place) -> None:
    late = "The old dam above the town broke late on Monday."
    found = compare(
        db,
        [said(RAIN, "1"), said(BROKE, "1"), said("The mayor resigned.", "2")],
        [said(BROKE.replace("at noon", "late"), "1"), said("A bridge fell too.", "3"), said(RAIN)],
    )
    assert brief(found) == [
        ("reworded", BROKE, late),
        ("gone", "The mayor resigned.", None),
        ("new", None, "A bridge fell too."),
        ("kept", RAIN, RAIN),
    ]
    assert [(p.op, p.text) for p in found[0]["words"] if p.op != "same"] == [
        ("out", "at noon"),
        ("in", "late"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("The flood drove 200 people out.", "The flood drove 300 people out.", True),
        ("The dam broke on 3 May at noon.", "The dam broke on 5 May at noon.", True),
        ("The dam broke on 3 May, and 200 fled.", "On 3 May the dam broke, and 200 fled.", False),
        ("It cost 1.5 million euros to mend.", "It cost 15 million euros to mend.", True),
        ("About 200 people fled the town.", "About 200 people left the town.", False),
        ("About 200 people fled the town.", "About 200 people fled the town.", False),
        ("Many people fled the old town.", "Some 200 people fled the old town.", True),
        ("Two people drowned in the flood.", "Three people drowned in the flood.", True),
        ("It drove out a third of the town.", "It drove out a half of the town.", True),
        ("It cost $3.2 million to mend it.", "It cost $3.2 billion to mend it.", True),
        ("It cost $3.2 million to mend it.", "It cost $3,200,000 to mend it.", False),
        ("The mayor spoke of twenty houses.", "The mayor talked of 20 houses.", False),
    ],
)
def test_other_figures_are_told_of_a_claim(
    db: Place, before: str, after: str, changed: bool
) -> None:
    (item,) = compare(db, [said(before, "1")], [said(after, "1")])
    assert item["figures_changed"] is changed
    assert item["state"] == ("kept" if before == after else "reworded")


def test_sources_gained_lost_and_dropped(db: Place) -> None:
    old = [Said(BROKE, [["1", "2"], ["9"]], [Named("The Wire", "wire.example")]), said(RAIN, "3")]
    new = [Said(BROKE, [["2", "3"]]), said(RAIN, "3")]
    first, second = compare(db, old, new)
    assert first["lost"] == [PAGES["1"], "[9] no-reference", "named: wire.example"]
    assert first["gained"] == [PAGES["3"]]
    assert first["dropped"] == ["wire.example"]
    assert (second["lost"], second["gained"], second["dropped"]) == ([], [], [])


def test_another_page_of_the_same_outlet_drops_nobody(db: Place) -> None:
    new = [Said(BROKE, [["https://wire.example/2"]])]
    (item,) = compare(db, [said(BROKE, "1")], new)
    assert (item["dropped"], item["lost"]) == ([], [PAGES["1"]])


def test_an_outlet_that_goes_with_its_claim_is_not_dropped_silently(db: Place) -> None:
    found = compare(db, [said(BROKE, "1"), said(RAIN, "2")], [said(RAIN, "2")])
    assert [item["dropped"] for item in found] == [[], []]


def test_a_marker_that_leads_nowhere_now_drops_its_outlet(db: Place) -> None:
    (item,) = compare(db, [said(BROKE, "1")], [said(BROKE, "9")])
    assert (item["dropped"], item["gained"]) == (["wire.example"], ["[9] no-reference"])


# --- properties --------------------------------------------------------------------------------

SENTENCES = [BROKE, BROKE.replace("noon", "night"), RAIN, "The mayor resigned.", "A bridge fell."]
versions = st.lists(st.sampled_from(SENTENCES), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions, versions)
@pytest.mark.no_cover
def test_every_claim_of_both_versions_is_in_the_answer_once(
    migrated_db: Path, old: list[str], new: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(shutil.copy(migrated_db, folder))
        both = [[said(each) for each in version] for version in (old, [*new, "End."])]
        before, after = write(db, *both)
        with Reader(db) as reader:
            found = diff(reader, before, after)
            assert found == diff(reader, before, after)
    assert [item["after"] for item in found if item["after"]] == [*new, "End."]
    assert sorted(item["before"] for item in found if item["before"]) == sorted(old)
    # as many are kept as can be
    kept = sum(item["state"] == "kept" for item in found)
    assert kept == sum(min(old.count(each), new.count(each)) for each in set(old))
    for item in found:
        assert (item["state"] == "gone") == (item["after"] is None)
        assert (item["state"] == "new") == (item["before"] is None)
        assert (item["state"] == "kept") == (item["before"] == item["after"])


# --- as a command ------------------------------------------------------------------------------


def run(db: Place, *args: str) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), "diff", *args], env={"COLUMNS": "160"})


def test_a_dropped_outlet_is_a_finding(db: Place) -> None:
    write(db, [said(BROKE, "1", "2"), said(RAIN, "2")], [said(BROKE, "2"), said(RAIN, "2")])
    shown = run(db, HERE, "--format", "table")
    assert shown.exit_code == 1
    assert "! wire.example was dropped from 1 claim that still stands: " in shown.stdout
    assert "lost https://wire.example/1" in shown.stdout
    assert RAIN not in shown.stdout
    assert "(not shown: 1 claim without any change)" in shown.stderr
    (page,) = json.loads(run(db, HERE, "--json").stdout)["items"]
    assert [each["outlet"] for each in page["dropped"]] == ["wire.example"]
    assert len(page["claims"]) == len(run(db, HERE).stdout.splitlines()) - 1 == 2


def test_what_led_nowhere_and_what_does_now_is_said_in_words(db: Place) -> None:
    write(db, [said(BROKE, "1"), said(RAIN, "9")], [said(BROKE, "9"), said(RAIN, "1")])
    shown = run(db, HERE, "--format", "table").stdout
    assert f"lost {PAGES['1']}; [9] leads nowhere (no-reference)" in shown
    assert f"gained {PAGES['1']}; before, [9] led nowhere (no-reference)" in shown


def test_where_a_claim_that_is_gone_led_is_said_in_words_too(db: Place) -> None:
    write(db, [said(BROKE), said(RAIN, "9", "1")], [said(BROKE), said("All is well.", "8")])
    shown = run(db, HERE, "--format", "table").stdout
    assert f"[9] led nowhere (no-reference); {PAGES['1']}" in shown
    assert "[8] leads nowhere (no-reference)" in shown


def test_other_figures_are_seen_first(db: Place) -> None:
    flood = "The flood drove 200 people out."
    write(db, [said(flood, "1"), said(RAIN)], [said(flood.replace("200", "300"), "1"), said(RAIN)])
    shown = run(db, HERE, "--format", "table")
    assert "! other figures in 1 claim that still stands: " in shown.stdout
    assert "\nother figures   " in shown.stdout
    assert "1 reworded (1 with other figures)" in shown.stderr
    (page,) = json.loads(run(db, HERE, "--json").stdout)["items"]
    assert [each["figures_changed"] for each in page["claims"]] == [True, False]


def test_what_turns_a_claim_is_told_as_loudly_as_other_figures(db: Place) -> None:
    old = ["The mayor did resign on Monday.", "The dam cost 5 million dollars.", RAIN]
    new = ["The mayor did not resign on Monday.", "The dam cost 5 million euros.", RAIN]
    write(db, [said(each, "1") for each in old], [said(each, "1") for each in new])
    shown = run(db, HERE, "--format", "table")
    assert '! a "not" that came in 1 claim that still stands: ' in shown.stdout
    assert "! other units in 1 claim that still stands: " in shown.stdout
    assert '\na "not" that came   ' in shown.stdout
    assert '2 reworded (1 with other units, 1 with a "not" that came)' in shown.stderr
    (page,) = json.loads(run(db, HERE, "--json").stdout)["items"]
    turned = [each["says_otherwise"] for each in page["claims"]]
    assert turned == [["not-gained"], ["units"], []]


def test_a_version_without_a_dropped_outlet_is_fine(db: Place) -> None:
    write(db, [said(BROKE, "1")], [said(BROKE, "1"), said(RAIN, "2")])
    assert run(db, HERE).exit_code == 0


def test_versions_go_by_number_and_by_id(db: Place) -> None:
    first, _, third = write(db, [said(RAIN)], [said(BROKE)], [said(RAIN), said(BROKE)])

    def compared(*args: str) -> list[int]:
        (page,) = json.loads(run(db, HERE, *args, "--json").stdout)["items"]
        return [page["earlier"]["number"], page["later"]["number"]]

    assert compared() == [2, 3]
    assert compared("--from", "1") == [1, 3]
    assert compared("--to", "2") == [1, 2]
    assert compared("--from", first[:10], "--to", third[:10]) == [1, 3]


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("--from", "4"), 1, "no such version. It has these versions"),
        (("--from", "2", "--to", "1"), 2, "version 2 is not earlier than version 1"),
        (("--from", "2", "--to", "2"), 2, "version 2 is not earlier than version 2"),
        (("--to", "1"), 2, "it is the first version"),
    ],
)
def test_versions_that_cannot_be_compared(
    empty_db: Place, args: Sequence[str], status: int, words: str
) -> None:
    write(empty_db, [said(RAIN)], [said(BROKE)])
    result = run(empty_db, HERE, *args)
    assert (result.exit_code, result.stdout) == (status, "")
    assert words in result.stderr


def test_one_version_is_nothing_to_compare(db: Place) -> None:
    write(db, [said(RAIN)])
    result = run(db, HERE)
    assert result.exit_code == 1
    assert "only one version is recorded" in result.stderr


def test_another_reader_may_be_what_differs() -> None:
    from ledger.commands.diff import _warnings
    from ledger.queries.versions import Version

    def version(extractor: str) -> Version:
        return Version(
            number=1, id="", url="", title=None, published=None, captured_at="", extractor=extractor
        )

    assert _warnings(version("a/1"), version("a/1")) == ()
    (warning,) = _warnings(version("a/1"), version("a/2"))
    assert warning.startswith("the versions were read by a/1 and a/2")


@pytest.mark.parametrize("asked", [("impact", "--outlet", "wire.example"), ("outlets",)])
def test_what_stands_is_asked_of_the_last_version(db: Place, asked: Sequence[str]) -> None:
    first, last = write(db, [said(RAIN, "1")], [said(BROKE, "1")])
    refused = CliRunner().invoke(app, ["--db", str(db), *asked, "--article", first])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"--article {last[:12]}" in refused.stderr
    assert CliRunner().invoke(app, ["--db", str(db), *asked, "--article", HERE]).exit_code == 0


# --- over all articles -------------------------------------------------------------------------


def test_all_articles_are_told_in_numbers_the_turned_first(db: Place) -> None:
    flood = "The flood drove 200 people out."
    write(db, [said(BROKE, "1"), said(RAIN)], [said(BROKE.replace("noon", "night"), "1")])
    there = [
        Text("https://there.example/1", [said(each, "1"), said(RAIN)], PAGES)
        for each in (flood, flood.replace("2", "3"))
    ]
    once = Text("https://once.example/1", [said(RAIN, "1")], PAGES)
    record(db, [*there, once])
    answer = run(db, "--all", "--json")
    assert answer.exit_code == 0
    first, second = json.loads(answer.stdout)["items"]
    assert (first["url"], second["url"]) == ("https://there.example/1", HERE)
    assert first["claims"] == {"kept": 1, "reworded": 1, "gone": 0, "new": 0}
    assert (first["turned"], first["says_otherwise"]["figures"], first["versions"]) == (1, 1, 2)
    assert second["claims"] == {"kept": 0, "reworded": 1, "gone": 1, "new": 0}
    assert second["turned"] == 0
    shown = run(db, "--all", "--format", "table")
    assert "1 other figures" in shown.stdout
    assert (
        "2 of 2 articles with several versions changed, 1 of them so that a claim" in shown.stderr
    )
    assert "1 article with one version" in shown.stderr


def test_a_dropped_outlet_is_a_finding_over_all_articles(db: Place) -> None:
    write(db, [said(BROKE, "1", "2")], [said(BROKE, "2")], [said(BROKE, "2"), said(RAIN)])
    answer = run(db, "--all", "--json")
    (item,) = json.loads(answer.stdout)["items"]
    assert (answer.exit_code, item["dropped"], item["versions"]) == (1, ["wire.example"], 3)


def test_how_far_the_comparing_is_can_be_told(db: Place) -> None:
    write(db, [said(RAIN)], [said(BROKE)])
    record(db, [Text("https://once.example/1", [said(RAIN, "1")], PAGES)])
    compared: list[list[str]] = []

    def along(articles: list[Versions]) -> Iterator[Versions]:
        for versions in articles:
            compared.append([each["url"] for each in versions])
            yield versions

    with Reader(db) as reader:
        assert changed(reader, along) == changed(reader)
    assert compared == [[HERE, HERE]]


def test_nothing_was_read_twice(db: Place) -> None:
    write(db, [said(RAIN)])
    answer = run(db, "--all")
    assert answer.exit_code == 0
    assert "No article has more than one version." in answer.stderr


@pytest.mark.parametrize("args", [(), ("--all", HERE), ("--all", "--from", "1")])
def test_one_article_or_all_of_them(empty_db: Place, args: Sequence[str]) -> None:
    write(empty_db, [said(RAIN)], [said(BROKE)])
    answer = run(empty_db, *args)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--all" in answer.stderr
