"""Withdrawals as people say them: recorded, taken back, contradicted; and what leans on them."""

import csv
import io
import json
import os
from datetime import UTC, date, datetime
from typing import Any

import pytest
from exported import to_markdown
from ledger_of import Named, Said, Text, record
from readings import NOON, noon
from typer.testing import CliRunner

from ledger.audit import audit, audit_set
from ledger.commands import app
from ledger.errors import UsageError
from ledger.ids import source_id
from ledger.model import Judgement, Outlet
from ledger.pipeline.tell import By
from ledger.pipeline.withdraw import WithdrawalDecision
from ledger.pipeline.withdraw import withdraw as record_withdrawal
from ledger.provenance import (
    Losses,
    impact,
    impact_counts,
    leaning,
    withdrawals,
    withdrawn_losses,
)
from ledger.queries.affected import affected
from ledger.queries.every_article import every_article
from ledger.queries.names import source_named
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger

WIRE, PAPER = "https://wire.example/1", "https://paper.example/1"
OUTLETS = [
    Outlet.make(key="wire.example", name="The Wire", domain="wire.example"),
    Outlet.make(key="paper.example", name="The Paper", domain="paper.example"),
]


def old_and_new(db: Place) -> list[str]:
    """An article of January and one of March, which lean on the same."""
    said = [
        Said("Only the wire says so.", [[WIRE]]),
        Said("Both say so.", [[WIRE, PAPER]]),
        Said("The paper says so.", [[PAPER]]),
        Said("It is named.", [], [Named("The Wire", "wire.example")]),
        Said("Nobody knows.", [["9"]]),
    ]
    return record(
        db,
        [
            Text("https://a.example/old", said, {}, fields={"published": "2025-01-10"}),
            Text("https://a.example/new", said, {}, fields={"published": "2025-03-10T08:00+01:00"}),
        ],
        OUTLETS,
    )


def run(db: Place, *args: str, **env: str) -> Any:
    named = {"LEDGER_DB": str(db), "COLUMNS": "200", "LEDGER_USER": "desk"}
    return CliRunner().invoke(app, list(args), env={**named, **env})


def item(result: Any) -> dict[str, Any]:
    (found,) = json.loads(result.stdout)["items"]
    assert isinstance(found, dict)
    return found


def test_what_leans_on_it_is_listed_with_what_becomes_of_it(db: Place) -> None:
    old_and_new(db)
    said = run(db, "withdraw", "The Wire", "--date", "2025-02-01", "--reason", "made up")
    assert said.exit_code == 0
    with Reader(db) as reader:
        found = affected(reader)
    assert [(each["exact"], each["effect"], each["on"][:7]) for each in found["items"]] == [
        ("Only the wire says so.", "falls", "2025-01"),
        ("It is named.", "falls", "2025-01"),
        ("Only the wire says so.", "falls", "2025-03"),
        ("It is named.", "falls", "2025-03"),
        ("Both say so.", "weakens", "2025-01"),
        ("Both say so.", "weakens", "2025-03"),
    ]
    assert [each["withdrawn"][0]["said"] for each in found["items"]] == [
        "before", "before", "after", "after", "before", "after",
    ]  # fmt: skip
    assert found["maybe"] == 2  # what leads nowhere may lead to the wire


def test_what_leads_nowhere_may_lean_on_what_nobody_is_known_to_cite(db: Place) -> None:
    said = [Said("The paper says so.", [[PAPER]]), Said("Nobody knows.", [["9"]])]
    record(db, [Text("https://a.example/old", said, {})], OUTLETS)
    assert run(db, "withdraw", "The Wire", "--date", "2025-02-01").exit_code == 0

    shown = run(db, "claims", "--affected")

    assert (shown.exit_code, shown.stderr) == (
        1,
        "No claim is known to lean on anything withdrawn. "
        "1 claim may lean on it: see ledger gaps.\n",
    )


def test_the_table_of_an_audit_says_since_when_and_of_which_claim_by_number(db: Place) -> None:
    old, _ = old_and_new(db)
    for page, since in ((PAPER, "2025-02-03"), (WIRE, "2025-02-01")):
        assert run(db, "withdraw", page, "--date", since).exit_code == 0
    table = run(db, "audit", old, "--format", "csv", "-o", "-").stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["number"], row["withdrawn"]) for row in rows] == [
        ("1", "2025-02-01"),
        ("2", "2025-02-01"),
        ("2", "2025-02-01"),
        ("3", "2025-02-03"),
        ("4", ""),
        ("5", ""),
    ]


def test_lists_in_which_it_still_counts_say_so(db: Place) -> None:
    old_and_new(db)
    note = "note: The Wire stands withdrawn and counts here (see: ledger claims --affected)"
    lists = [["claims"], ["outlets"], ["article", "https://a.example/old"]]
    lists += [["impact", "--outlet", "paper.example"]]
    assert all(note not in run(db, *words).stderr for words in lists)

    run(db, "withdraw", "The Wire", "--date", "2025-02-01")

    assert all(note in run(db, *words).stderr for words in lists)
    assert note not in run(db, "impact", "--outlet", "The Wire").stderr
    assert note not in run(db, "claims", "--outlet", "nobody.example").stderr


def test_only_what_counts_in_a_loss_is_said_to_count_there(db: Place) -> None:
    """Not what nobody cites, what other claims lean on, nor a page that goes with its outlet."""
    other = "https://other.example/1"
    said = [
        Said("Both say so.", [[WIRE, PAPER]]),
        Said("The paper says so.", [[PAPER]]),
        Said("Another says so.", [[other]]),
    ]
    record(db, [Text("https://a.example/old", said, {})], OUTLETS)
    note = "withdrawn and"
    for gone in ("https://wire.example/nothere", "ft.com", other):
        assert run(db, "withdraw", gone, "--date", "2025-02-01").exit_code == 0
    assert note not in run(db, "impact", "--outlet", "The Paper").stderr

    run(db, "withdraw", WIRE, "--date", "2025-02-01")
    kept = f"note: {WIRE} stands withdrawn and counts here (see: ledger claims --affected)\n"
    assert run(db, "impact", "--outlet", "The Paper").stderr == kept
    assert run(db, "impact", "--outlet", "The Paper", "--limit", "1").stderr == kept
    assert note not in run(db, "impact", "--outlet", "The Paper", "--outlet", "The Wire").stderr
    assert note not in run(db, "impact", "--outlet", "The Wire").stderr


def test_the_list_says_of_how_many_it_is_not_known_when_they_were_made(db: Place) -> None:
    old_and_new(db)
    said = [Said("The wire said so at some time.", [[WIRE]])]
    captured = datetime(2025, 6, 1, tzinfo=UTC)
    record(db, [Text("https://a.example/undated", said, {}, captured_at=captured)])
    run(db, "withdraw", "The Wire", "--date", "2025-02-01")
    shown = run(db, "claims", "--affected", "--format", "table")
    table, closing = (" ".join(text.split()) for text in (shown.stdout, shown.stderr))
    assert "3 claims were made after the withdrawal; for 1 that is not known." in closing
    assert "(since 2025-02-01; said before that)" in table
    assert table.split("─")[0].endswith("article's day article ")
    assert closing.endswith("For one article: --article ARTICLE")
    assert (
        "(since 2025-02-01; before or after the withdrawal: not known)"
        in run(db, "claims", "--affected").stdout
    )


def test_the_list_says_which_claims_of_how_many_it_shows(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    asked = ("claims", "--affected", "--format", "table")
    every = len(run(db, "claims", "--affected").stdout.splitlines()) - 1
    assert f"Shown: 1 of {every} claims; all: --limit 0." in run(db, *asked, "--limit", "1").stderr
    some = run(db, *asked, "--limit", "1", "--offset", "1").stderr
    assert f"Shown: number 2 of {every} claims; the next: --offset 2." in some
    beyond = run(db, *asked, "--offset", "60")
    assert (beyond.exit_code, beyond.stderr) == (
        1,
        f"None at this offset; there are {every} claims.\n",
    )
    none = run(db, *asked, "--outlet", "paper.example", "--search", "nobody says so")
    assert (none.exit_code, none.stderr) == (1, "No such claim leans on anything withdrawn.\n")


def test_a_page_is_withdrawn_and_its_outlet_is_not(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", PAPER + "/?utm_source=x", "--date", "2025-02-01")
    with Reader(db) as reader:
        (gone,) = withdrawals(reader)
        assert (gone["subject"], gone["kind"]) == (PAPER, "page")
        assert len(leaning(reader, [gone])) == 4
        sources = withdrawn_losses(reader, [gone]).sources
        assert {each["claim"] for each in affected(reader)["items"]} == {
            each["claim"] for each in impact(reader, Losses(sources=sources))
        } & set(leaning(reader, [gone]))


def test_the_later_of_two_decisions_stands_and_the_earlier_is_shown(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01", "--reason", "made up")
    again = run(db, "withdraw", "wire.example", "--date", "2025-03-01", "--by", "boss")
    assert "note: this replaces an earlier decision: withdrawn since 2025-02-01" in again.stderr
    with Reader(db) as reader:
        (gone,) = withdrawals(reader)
    assert (gone["since"], gone["by"]) == ("2025-03-01", "boss")
    assert [(each["since"], each["reason"]) for each in gone["before"]] == [
        ("2025-02-01", "made up")
    ]
    for page in ("outlet", "source"):
        shown = run(db, page, "wire.example" if page == "outlet" else WIRE, "--format", "table")
        assert "! The Wire is withdrawn since 2025-03-01, says boss" in shown.stdout
        assert "said before, and no longer counts: withdrawn since 2025-02-01" in shown.stdout


def test_undone_is_no_longer_withdrawn_and_stays_in_the_record(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    undone = item(run(db, "withdraw", "wire.example", "--undo", "--json"))
    assert (undone["since"], undone["new"], len(undone["before"])) == (None, True, 1)
    with Reader(db) as reader:
        assert withdrawals(reader) == []
        assert len(withdrawals(reader, undone=True)) == 1
        assert affected(reader) == {"items": [], "maybe": 0}
    nothing = run(db, "claims", "--affected")
    assert nothing.exit_code == 1
    assert "No claim leans on anything withdrawn." in nothing.stderr
    assert run(db, "withdraw", "wire.example", "--undo").exit_code == 1
    assert run(db, "withdraw", "paper.example", "--undo").exit_code == 1


def test_saying_the_same_again_records_nothing(db: Place) -> None:
    old_and_new(db)
    words = ("withdraw", "wire.example", "--date", "2025-02-01")
    assert item(run(db, *words, "--reason", "made up", "--json"))["new"]
    assert not item(run(db, *words, "--json"))["new"]
    assert not item(run(db, *words, "--reason", "made up", "--json"))["new"]
    assert item(run(db, *words, "--reason", "all of it", "--json"))["new"]
    assert run(db, "journal", "verify").exit_code == 0


def test_words_that_a_later_version_added_were_said_then(db: Place) -> None:
    published = {"published": "2020-01-01"}
    (first,) = record(
        db, [Text("https://a.example/", [Said("Old.", [[WIRE]])], {}, fields=published)]
    )
    record(
        db,
        [
            Text(
                "https://a.example/",
                [Said("Old.", [[WIRE]]), Said("Added.", [[WIRE]])],
                {},
                fields=published,
                captured_at=datetime(2025, 6, 1, tzinfo=UTC),
                revises=first,
            )
        ],
    )
    run(db, "withdraw", WIRE, "--date", "2025-02-01")
    with Reader(db) as reader:
        found = affected(reader)["items"]
    assert [(each["exact"], each["withdrawn"][0]["said"], each["dated_by"]) for each in found] == [
        ("Old.", "before", "published"),
        ("Added.", "after", "added"),
    ]


def test_filters_narrow_what_is_affected(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    every = json.loads(run(db, "claims", "--affected", "--json").stdout)["items"]
    old = ("claims", "--affected", "--article", "https://a.example/old", "--json")
    of_old = json.loads(run(db, *old).stdout)["items"]
    assert of_old == [each for each in every if each["url"] == "https://a.example/old"]
    assert len(of_old) == 3
    table = run(db, *old[:-1], "--format", "table")
    assert "article " not in table.stdout.partition("─")[0].replace("article's", "")
    assert "--article" not in table.stderr


def test_trace_marks_what_was_withdrawn(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01", "--reason", "made up")
    run(db, "withdraw", PAPER, "--date", "2025-02-02")
    with Reader(db) as reader:
        (claim, *_) = (
            each["claim"] for each in affected(reader)["items"] if "Both" in each["exact"]
        )
    shown = run(db, "trace", claim, "--depth", "1", "--format", "table").stdout
    assert "        ! the outlet is withdrawn since 2025-02-01, says desk" in shown
    assert "        ! withdrawn since 2025-02-02, says desk" in shown
    assert shown.count("; WITHDRAWN") == 3  # its page, that of the other one, and where it ends


def test_audits_name_what_was_withdrawn(db: Place) -> None:
    old, _ = old_and_new(db)
    with Reader(db) as reader:
        before = audit(reader, old)
    assert before.withdrawn == ()
    assert "Withdrawn" not in to_markdown(before)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01", "--reason", "made up")
    with Reader(db) as reader:
        found = audit(reader, old)
    (gone,) = found.withdrawn
    assert (gone.name, gone.since, gone.reason, len(gone.claims)) == (
        "The Wire",
        "2025-02-01",
        "made up",
        3,
    )
    text = to_markdown(found)
    assert (
        "The Wire was withdrawn on 2025-02-01, according to desk: made up. Without it claims "
        "1, 4 fall; claim 2 weakens. It, or a page with its words, is cited or named in"
    ) in text
    assert run(db, "audit", old, "--fail-on", "withdrawn").exit_code == 1


def short(text: str) -> list[str]:
    """The lines that an audit begins with, up to the first about all claims."""
    lines = text.partition("**In short:**\n\n")[2].splitlines()
    return lines[: next(at for at, line in enumerate(lines) if " claims: " in line)]


def test_an_audit_begins_with_what_was_withdrawn_and_what_falls(db: Place) -> None:
    articles = old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    with Reader(db) as reader:
        one, both = (
            to_markdown(audit(reader, articles[0])),
            to_markdown(audit_set(reader, articles)),
        )
    assert short(one) == ["- The Wire was withdrawn on 2025-02-01: 2 sentences fall, 1 weakens."]
    assert short(both) == ["- The Wire was withdrawn on 2025-02-01: 4 sentences fall, 2 weaken."]
    assert "Without it claims 1, 4 fall; claim 2 weakens. It, or a page" in one


def test_what_falls_without_all_that_was_withdrawn_is_told_for_it_together(db: Place) -> None:
    old, _ = old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    run(db, "withdraw", PAPER, "--date", "2025-03-01")
    with Reader(db) as reader:
        found = audit(reader, old)
        effects = impact_counts(reader, withdrawn_losses(reader, withdrawals(reader)), article=old)
    assert short(to_markdown(found)) == [
        "- The Wire was withdrawn on 2025-02-01: 2 sentences fall, 1 weakens.",
        f"- <{PAPER}> was withdrawn on 2025-03-01: 1 sentence falls, 1 weakens.",
        "- Without everything that was withdrawn: 4 sentences fall.",
    ]
    assert (found.numbers.withdrawn_falls, found.numbers.withdrawn_weakens) == (4, 0)
    assert (effects["falls"], effects["weakens"]) == (4, 0)


def test_what_may_fall_without_it_is_not_said_to_stand(db: Place) -> None:
    said = [Said("One of them said so.", [[WIRE, "9"]]), Said("It rose.", [[WIRE], ["9"]])]
    record(db, [Text("https://a.example/", said, {})], OUTLETS)
    for subject in ("wire.example", WIRE):
        run(db, "withdraw", subject, "--date", "2025-02-01")
        with Reader(db) as reader:
            (article,) = every_article(reader)
            found = audit(reader, article)
            gone = [each for each in withdrawals(reader) if each["subject"] == subject]
            effects = impact_counts(reader, withdrawn_losses(reader, gone), article=article)
        assert (effects["falls"], effects["weakens"], effects["unknown"]) == (1, 0, 1)
        assert [(len(each.falls), len(each.weakens)) for each in found.withdrawn][-1] == (1, 0)
        assert "on 2025-02-01: 1 sentence falls, for 1 this is not known." in to_markdown(found)


def test_many_withdrawn_are_named_as_far_as_an_editor_reads(db: Place) -> None:
    pages = [f"https://p{number}.example/" for number in range(5)]
    record(db, [Text("https://a.example/", [Said("So.", [[page]]) for page in pages], {})])
    for page in pages:
        run(db, "withdraw", page, "--date", "2025-02-01")
    with Reader(db) as reader:
        told = short(to_markdown(audit(reader, every_article(reader)[0])))
    assert len(told) == 5
    assert told[3:] == [
        "- 2 further outlets or pages were withdrawn.",
        "- Without everything that was withdrawn: 5 sentences fall.",
    ]


def test_what_nobody_cites_yet_can_be_withdrawn(db: Place) -> None:
    words = ("withdraw", "https://late.example/1", "--date", "2025-02-01", "--json")
    done = run(db, *words)
    assert item(done)["claims"] == 0
    assert "no current article leans on https://late.example/1" in done.stderr
    record(db, [Text("https://a.example/", [Said("It.", [["https://late.example/1"]])], {})])
    with Reader(db) as reader:
        assert len(affected(reader)["items"]) == 1
    assert run(db, *words).stderr == ""


def test_a_domain_that_nobody_knows_is_told_before_it_is_withdrawn(db: Place) -> None:
    words = ("withdraw", "nowhere.example", "--date", "2025-01-01")
    refused = run(db, *words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert (
        "If it is right, first add it: ledger outlets add nowhere.example --name NAME"
        in refused.stderr
    )
    assert "ledger outlets add" not in run(db, "withdraw", "No Where", *words[2:]).stderr
    assert run(db, "outlets", "add", "nowhere.example", "--name", "Nowhere").exit_code == 0
    assert item(run(db, *words, "--json"))["name"] == "Nowhere"


def test_a_bare_host_is_the_outlet_and_an_id_is_the_page(db: Place) -> None:
    old_and_new(db)
    by_host = run(db, "withdraw", "https://wire.example/", "--date", "2025-02-01", "--json")
    assert item(by_host)["kind"] == "outlet"
    with Reader(db) as reader:
        (page,) = reader.rows("SELECT id FROM source WHERE url = :url", {"url": WIRE})
    by_id = run(db, "withdraw", page["id"][:12], "--date", "2025-02-01", "--json")
    assert item(by_id)["subject"] == WIRE


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("The Wires", "--date", "2025-02-01"), 1, "no outlet has this name"),
        (("The Wire",), 2, "the date is missing"),
        (("The Wire", "--date", "31.3.2025"), 2, "this is not a date. Write it as year-month-day"),
        (("The Wire", "--date", "2999-01-01"), 2, "this day is in the future"),
        (("The Wire", "--undo", "--date", "2025-02-01"), 2, "with --undo there is no date"),
        (("https://u:p@wire.example/1", "--date", "2025-02-01"), 6, "user name or password"),
        (("ffff", "--date", "2025-02-01"), 1, "no outlet has this name"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_recorded(
    empty_db: Place, words: tuple[str, ...], status: int, said: str
) -> None:
    old_and_new(empty_db)
    result = run(empty_db, "withdraw", *words)
    assert result.exit_code == status
    assert said in result.stderr
    assert "p@" not in result.stderr
    with Reader(empty_db) as reader:
        assert withdrawals(reader, undone=True) == []


@pytest.mark.parametrize("name", [b"u\xff", b"u\x1b[31m"])
def test_a_user_whose_name_cannot_be_recorded_is_asked_for_another(
    empty_db: Place, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    old_and_new(empty_db)
    for variable in ("LOGNAME", "USER"):
        monkeypatch.setenv(variable, os.fsdecode(name))
    words = ("withdraw", "wire.example", "--date", "2025-02-01")
    refused = run(empty_db, *words, LEDGER_USER="")
    assert refused.exit_code == 2
    assert "your user name: it holds U+" in refused.stderr
    assert "Say who you are: --by NAME" in refused.stderr
    assert run(empty_db, *words, "--by", "desk", LEDGER_USER="").exit_code == 0


def test_hostile_words_do_not_reach_the_terminal(db: Place) -> None:
    old_and_new(db)
    words = ("withdraw", "wire.example", "--date", "2025-02-01", "--reason", "\x1b[31mred")
    assert "\x1b[31m" not in run(db, *words, "--format", "table").stdout
    assert "\x1b[31m" not in run(db, "outlet", "wire.example", "--format", "table").stdout


def test_a_ledger_without_judgements_has_nothing_withdrawn(db: Place) -> None:
    with open_ledger(str(db), clock=noon):
        pass
    with Reader(db) as reader:
        assert affected(reader) == {"items": [], "maybe": 0}


def test_an_outlet_that_was_merged_is_withdrawn_under_either_key(db: Place) -> None:
    old, _ = old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    merge = Judgement.make(
        verb="merge", subject="wire.example", object="paper.example", by="desk", at=NOON
    )
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries([merge])
    with Reader(db) as reader:
        (gone,) = withdrawals(reader, ["paper.example"])
        assert (gone["subject"], gone["key"]) == ("wire.example", "paper.example")
        found = affected(reader)["items"]
        assert len(found) == len(leaning(reader, [gone])) == 8
        assert {each["effect"] for each in found} == {"falls"}
        (in_audit,) = audit(reader, old).withdrawn
        assert len(in_audit.claims) == 4


def test_what_was_said_of_a_merged_outlet_is_told_with_the_name_it_was_said_of(db: Place) -> None:
    old, _ = old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    merged = run(db, "outlets", "merge", "wire.example", "paper.example")
    words = "withdrawn since 2025-02-01, says desk"
    assert f"note: The Paper counts as withdrawn: {words}" in merged.stderr
    assert "of The Wire, which was merged into it" in merged.stderr
    shown = run(db, "outlet", "paper.example", "--format", "table").stdout
    assert f"! The Paper is {words}" in shown
    assert "of The Wire, which was merged into it" in shown
    assert "The Paper (said of The Wire, since 2025-02-01" in run(db, "claims", "--affected").stdout
    with Reader(db) as reader:
        text = to_markdown(audit(reader, old))
    assert "desk of The Wire, which was merged into it" in text
    assert short(text)[0].startswith(
        "- The Wire, which counts as The Paper, was withdrawn on 2025-02-01: 4 sentences fall"
    )
    run(db, "withdraw", "wire.example", "--undo")
    undone = run(db, "outlet", "paper.example", "--format", "table").stdout
    assert "! The Paper is no longer withdrawn, says desk" in undone
    assert undone.count("of The Wire, which was merged into it") == 2


def test_a_merge_says_what_becomes_of_withdrawals_and_so_does_its_end(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", "wire.example", "--date", "2025-02-01")
    run(db, "outlets", "merge", "wire.example", "paper.example")
    ended = run(db, "outlets", "merge", "wire.example", "wire.example").stderr
    assert "note: The Wire counts as withdrawn: withdrawn since 2025-02-01, says desk" in ended
    assert "note: The Paper no longer counts as withdrawn: that was said of The Wire" in ended
    run(db, "withdraw", "paper.example", "--date", "2025-02-02")
    run(db, "withdraw", "paper.example", "--undo")
    merged = run(db, "outlets", "merge", "wire.example", "paper.example").stderr
    assert "note: The Paper counts as not withdrawn: no longer withdrawn, says desk" in merged
    assert "and replaces this one: withdrawn since 2025-02-01" in merged


def test_a_merge_without_withdrawals_says_nothing_of_any(db: Place) -> None:
    old_and_new(db)
    run(db, "withdraw", WIRE, "--date", "2025-02-01")  # a page stays where it is
    merged = run(db, "outlets", "merge", "wire.example", "paper.example")
    assert merged.exit_code == 0
    assert "withdrawn" not in merged.stderr


@pytest.mark.parametrize(("day", "come"), [(2, True), (3, False)])
def test_a_day_has_come_where_it_began_first(db: Place, day: int, come: bool) -> None:
    at = datetime(2025, 3, 1, 20, tzinfo=UTC)  # 09:00 of the next day in Auckland
    decision = WithdrawalDecision("wire.example", date(2025, 3, day), By("Ann", at))
    with open_ledger(str(db), clock=lambda: at) as ledger:
        if come:
            assert record_withdrawal(ledger, decision).object == "2025-03-02"
        else:
            with pytest.raises(UsageError, match="in the future"):
                record_withdrawal(ledger, decision)


VIDEO, SHORT_VIDEO = "https://youtube.com/watch?v=a-b_c123456", "https://youtu.be/a-b_c123456"


def test_a_page_recorded_before_its_address_was_known_to_be_another_is_that_page(db: Place) -> None:
    said = [Said("It broke.", [[SHORT_VIDEO]]), Said("It is said to have broken.", [[VIDEO]])]
    record(db, [Text("https://a.example/a", said, {})], OUTLETS)
    one = item(run(db, "withdraw", f"{SHORT_VIDEO}?si=x", "--date", "2025-01-02", "--json"))
    assert (one["subject"], one["also_at"], one["claims"]) == (SHORT_VIDEO, [VIDEO], 2)
    assert item(run(db, "withdraw", SHORT_VIDEO, "--undo", "--json"))["since"] is None


def test_a_withdrawal_by_an_address_that_led_nowhere_yet_is_taken_back_by_it(db: Place) -> None:
    record(db, [Text("https://a.example/a", [Said("It broke.", [[VIDEO]])], {})], OUTLETS)
    who = By("desk", NOON, None)
    with open_ledger(str(db), clock=noon) as ledger:
        record_withdrawal(ledger, WithdrawalDecision(SHORT_VIDEO, date(2025, 1, 2), who))
    with Reader(db) as reader:
        assert [each["withdrawn"][0]["subject"] for each in affected(reader)["items"]] == [
            SHORT_VIDEO
        ]
    assert run(db, "withdraw", SHORT_VIDEO, "--undo").exit_code == 0
    with Reader(db) as reader:
        assert affected(reader)["items"] == []


def test_a_page_is_named_by_every_way_to_it(db: Place) -> None:
    record(db, [Text("https://a.example/a", [Said("It broke.", [[VIDEO]])], {})], OUTLETS)
    with Reader(db) as reader:
        assert source_named(reader, "https://youtube.com/shorts/a-b_c123456") == source_id(VIDEO)
    record(db, [Text("https://a.example/b", [Said("It broke.", [[SHORT_VIDEO]])], {})], OUTLETS)
    with Reader(db) as reader:
        assert source_named(reader, SHORT_VIDEO) == source_id(SHORT_VIDEO)
        assert source_named(reader, VIDEO) == source_id(VIDEO)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_withdrawal_reaches_what_cites_an_entry_of_several_addresses(db: Place, at: int) -> None:
    work = [f"https://{host}.example/work" for host in ("preprint", "journal", "library")]
    said = [Said("It is so.", [["1"]]), Said("It is not.", [["2"]])]
    pages = {"1": tuple(work), "2": (PAPER,)}
    record(db, [Text("https://a.example/x", said, pages)], OUTLETS)
    assert run(db, "withdraw", work[at], "--date", "2025-02-01").exit_code == 0
    kept = " and ".join(f"{url} (in the same entry)" for url in work if url != work[at])
    with Reader(db) as reader:
        (found,) = affected(reader)["items"]
        (article,) = every_article(reader)
        shown = to_markdown(audit(reader, article))
    assert (found["exact"], found["effect"]) == ("It is so.", "weakens")
    assert found["because"] == [f"[1]: loses {work[at]}, keeps {kept}"]
    assert [one["subject"] for one in found["withdrawn"]] == [work[at]]
    assert f"<{work[at]}> was withdrawn on 2025-02-01: 1 sentence weakens." in shown


def test_sentences_that_claim_nothing_are_counted_alike_and_said_to_be_counted(db: Place) -> None:
    wire = Named("The Wire", "wire.example")
    said = [
        Said("What the Wire says", [], [wire], "not-a-claim"),
        Said("It is so.", [[WIRE]]),
        Said("It is so, says the Wire.", [], [wire]),
        Said("Nothing is said of it", kind="not-a-claim"),
    ]
    (article,) = record(db, [Text("https://a.example/x", said, {})], OUTLETS)
    told = run(db, "withdraw", "The Wire", "--date", "2025-02-01", "--format", "table")
    listed = run(db, "claims", "--outlet", "The Wire", "--format", "table")
    outlets = run(db, "outlets", "--format", "table")
    of_one = run(db, "outlet", "The Wire", "--format", "table")
    leaning_now = run(db, "claims", "--affected", "--format", "table")
    items = [
        len(json.loads(run(db, "claims", *which, "--json").stdout)["items"])
        for which in (("--outlet", "The Wire"), ("--affected",))
    ]
    with Reader(db) as reader:
        (weight,) = audit(reader, article).outlets
    (counted,) = json.loads(run(db, "outlets", "--json").stdout)["items"]
    assert [*items, weight.claims, weight.falls] == [3] * 4
    assert (counted["claims"], counted["sole_claims"]) == (3, 3)
    assert "3 sentences. Claims among all of them: 2." in listed.stderr
    note = "note: 1 sentence counted here claims nothing, but names an outlet, as headings and"
    for shown in (told, outlets, of_one, leaning_now):
        assert note in shown.stderr
    assert note not in run(db, "outlet", "The Paper", "--format", "table").stderr
