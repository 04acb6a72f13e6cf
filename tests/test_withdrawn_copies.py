"""A withdrawn page and the pages that carry its story: no copy passes for support of its own."""

import json
from pathlib import Path

import pytest
from ledger_of import Nav, Said, Text, record
from read_all import read_all
from test_likeness import OTHER, STORY
from test_withdraw import item, run

from ledger.provenance import copies_of, withdrawals
from ledger.reader import Reader
from ledger.schema import Place

REUTERS, ELSEWHERE = "https://reuters.com/world/fire", "https://reuters.com/world/harbour"
COURIER, TRIBUNE = "https://courier.example/story", "https://tribune.example/other"
DAY = ("--date", "2025-02-01")
ARTICLE = f"""# Report

A warehouse burned in Velmora.[1][2] Many people were hurt there.[2] Another one says more.[3]

The agency said so.[1] It also said other things.[4]

## References

[1] {REUTERS}
[2] {COURIER}
[3] {TRIBUNE}
[4] {ELSEWHERE}
"""


@pytest.fixture
def told(db: Place, tmp_path: Path) -> Place:
    """An agency's page, a paper's copy of it with its credit, a page of its own, and a report."""
    credited = (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:])
    text = tmp_path / "report.md"
    text.write_text(ARTICLE)
    read_all(db, text, (REUTERS, STORY), (COURIER, credited), (TRIBUNE, OTHER))
    return db


def test_withdrawing_a_page_says_which_pages_carry_its_story(told: Place) -> None:
    said = run(told, "withdraw", REUTERS, *DAY, "--format", "table")
    assert "2 claims lean on it." in said.stdout
    assert (
        "1 page with the same story was not withdrawn, and 1 further claim leans on it: " + COURIER
    ) in said.stderr
    again = item(run(told, "withdraw", REUTERS, *DAY, "--json"))
    assert (again["copies"], again["claims_on_copies"]) == ([COURIER], 1)


def test_a_claim_on_a_copy_is_affected_and_is_told_from_one_on_the_page(told: Place) -> None:
    run(told, "withdraw", REUTERS, *DAY)
    found = json.loads(run(told, "claims", "--affected", "--json").stdout)["items"]
    assert [(each["exact"], each["effect"]) for each in found] == [
        ("The agency said so.", "falls"),
        ("A warehouse burned in Velmora.", "weakens"),
        ("Many people were hurt there.", "copy"),
    ]
    assert found[1]["because"] == [f"[1][2]: loses {REUTERS}, keeps {COURIER} (the same story)"]
    assert found[2]["because"] == [
        f"{COURIER} carries the same story as {REUTERS}, which was withdrawn"
    ]
    assert [each["copy"] for each in found[2]["withdrawn"]] == [COURIER]
    closing = run(told, "claims", "--affected", "--format", "table").stderr
    assert "1 falls, 1 weakens, 0 not known. 1 further claim leans on a copy of it" in closing


def test_a_page_that_only_copies_of_which_are_cited_is_affecting_too(
    db: Place, tmp_path: Path
) -> None:
    text = tmp_path / "report.md"
    text.write_text(
        f"# Report\n\nMany were hurt in the fire.[1]\n\n## References\n\n[1] {COURIER}\n"
    )
    read_all(db, text, (REUTERS, STORY), (COURIER, STORY))
    said = run(db, "withdraw", REUTERS, *DAY)
    assert "no current article leans on" not in said.stderr
    found = json.loads(run(db, "claims", "--affected", "--json").stdout)["items"]
    assert [each["effect"] for each in found] == ["copy"]


def test_trace_source_and_audit_say_that_a_cited_page_is_a_copy(
    told: Place, tmp_path: Path
) -> None:
    run(told, "withdraw", REUTERS, *DAY, "--reason", "made up")
    words = f"it carries the same story as {REUTERS}, which is withdrawn since 2025-02-01"
    for page in (("trace", "Many people were hurt"), ("source", COURIER)):
        assert f"! {words}" in run(told, *page, "--format", "table").stdout
    assert words not in run(told, "trace", "The agency said so", "--format", "table").stdout
    shown = run(told, "audit", str(tmp_path / "report.md"), "--format", "md").stdout
    assert (
        f"<{COURIER}> was not withdrawn, but carries the same story as <{REUTERS}>, which was "
        "withdrawn on 2025-02-01, according to desk: made up. It is cited in claims 1, 2"
    ) in shown
    assert (
        f"<{REUTERS}> was withdrawn on 2025-02-01, and copies of it are cited in 2 sentences."
        in shown
    )
    failed = run(told, "audit", "--all", "--fail-on", "withdrawn")
    assert failed.exit_code == 1
    assert (
        "1 outlet or page that was withdrawn, or a copy of it, is cited or named" in failed.stderr
    )


def test_a_sentence_that_cites_two_copies_is_counted_once(db: Place, tmp_path: Path) -> None:
    credited = (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:])
    text = tmp_path / "report.md"
    text.write_text(f"A warehouse burned.[1][2]\n\n[1]: {COURIER}\n[2]: {TRIBUNE}\n")
    read_all(db, text, (REUTERS, STORY), (COURIER, credited), (TRIBUNE, credited))
    run(db, "withdraw", REUTERS, *DAY)
    shown = run(db, "audit", str(text), "--format", "md").stdout
    assert "and copies of it are cited in 1 sentence." in shown
    assert "rests on Reuters alone, whose words courier.example and tribune.example carry" in shown


def test_an_audit_names_a_withdrawn_outlet_whose_words_a_cited_page_has(
    told: Place, tmp_path: Path
) -> None:
    run(told, "withdraw", "reuters.com", *DAY)
    found = json.loads(run(told, "claims", "--affected", "--json").stdout)["items"]
    audited = item(run(told, "audit", str(tmp_path / "report.md"), "--json"))
    leaning = {each["claim"] for each in found if each["article"] == audited["page"]["id"]}
    (gone,) = audited["withdrawn"]
    assert set(gone["claims"]) == leaning
    (copied,) = [one for one in audited["claims"] if one["exact"].startswith("Many people")]
    assert copied["id"] in leaning
    assert [each["outlet"] for each in copied["citations"]] != ["Reuters"]


def test_a_list_of_claims_says_that_their_words_are_of_a_withdrawn_outlet(told: Place) -> None:
    run(told, "withdraw", "reuters.com", *DAY)
    note = "Reuters stands withdrawn and counts here"
    words = ("claims", "--search", "Many people were hurt there")
    assert [
        each["outlets"] for each in json.loads(run(told, *words, "--json").stdout)["items"]
    ] == [["courier.example"]]
    assert note in run(told, *words, "--format", "table").stderr
    assert note not in run(told, "claims", "--search", "Another one says more").stderr


def test_what_is_taken_away_or_carries_nothing_counts_nowhere_though_withdrawn(db: Place) -> None:
    wire, beside = "https://wire.example/1", "https://wire.example/topic"
    record(db, [Text("https://a.example/x", [Said("It rose.", [[wire], [Nav(beside)]])], {})])
    for page in (wire, beside):
        run(db, "withdraw", page, *DAY)
    note = "stands withdrawn and counts here"
    assert f"{wire} {note}" in run(db, "claims").stderr
    assert note not in run(db, "impact", "--source", wire).stderr


def tell_above(db: Place, folder: Path) -> None:
    """An article that cites the report, and the report at the address by which it does."""
    above = folder / "above.md"
    above.write_text(
        "# Above\n\nThe report has it all.[1]\n\n## References\n\n[1] https://desk.example/report\n"
    )
    run(db, "ingest", str(above))
    run(db, "ingest", str(folder / "report.md"), "--url", "https://desk.example/report")


def test_a_chain_says_which_of_its_pages_carry_a_withdrawn_story(
    told: Place, tmp_path: Path
) -> None:
    tell_above(told, tmp_path)
    run(told, "withdraw", REUTERS, *DAY)
    shown = run(told, "trace", "The report has it all", "--depth", "2", "--format", "table").stdout
    (copy,) = [line for line in shown.splitlines() if COURIER in line]
    assert copy.endswith("; THE STORY OF A WITHDRAWN PAGE")
    (page,) = [line for line in shown.splitlines() if f"{REUTERS}: " in line]
    assert page.endswith("; WITHDRAWN")


def test_a_trace_marks_pages_that_have_the_words_of_a_withdrawn_outlet(
    told: Place, tmp_path: Path
) -> None:
    tell_above(told, tmp_path)
    run(told, "withdraw", "reuters.com", *DAY)
    shown = run(told, "trace", "The report has it all", "--depth", "2", "--format", "table").stdout
    (page,) = [line for line in shown.splitlines() if f"{COURIER}: " in line]
    assert page.endswith("; WITHDRAWN")
    (end,) = [line for line in shown.splitlines() if line.startswith("    Reuters: ")]
    assert end.endswith("; WITHDRAWN")
    trace = ("trace", "The report has it all", "--depth", "2", "--json")
    assert [each["subject"] for each in item(run(told, *trace))["withdrawn"]] == ["reuters.com"]
    (claim, *_) = json.loads(
        run(told, "claims", "--source", COURIER, "--search", "Many people", "--json").stdout
    )["items"]
    shown = run(told, "trace", claim["id"], "--format", "table").stdout
    assert "        ! Reuters, whose words it carries, is withdrawn since 2025-02-01" in shown
    assert "the outlet is withdrawn" not in shown


def test_a_copy_that_was_withdrawn_too_is_no_copy_and_one_told_apart_is_none(told: Place) -> None:
    run(told, "withdraw", REUTERS, *DAY)
    run(told, "withdraw", "courier.example", *DAY)
    found = json.loads(run(told, "claims", "--affected", "--json").stdout)["items"]
    assert {each["effect"] for each in found} == {"falls"}
    run(told, "withdraw", "courier.example", "--undo")
    run(told, "origins", "apart", REUTERS, COURIER)
    found = json.loads(run(told, "claims", "--affected", "--json").stdout)["items"]
    assert [each["effect"] for each in found] == ["falls", "weakens"]
    assert found[1]["because"] == [f"[1][2]: loses {REUTERS}, keeps {COURIER}"]


def test_another_story_of_the_agency_is_no_copy(told: Place) -> None:
    run(told, "withdraw", ELSEWHERE, *DAY)
    with Reader(told) as reader:
        (gone,) = withdrawals(reader)
        assert gone["subject"] == ELSEWHERE
        ids = {row["url"]: row["id"] for row in reader.rows("SELECT s.id, s.url FROM source s")}
        assert copies_of(reader, [ids[ELSEWHERE], ids[COURIER]]) == {
            ids[ELSEWHERE]: set(),
            ids[COURIER]: {ids[REUTERS]},
        }
    found = json.loads(run(told, "claims", "--affected", "--json").stdout)["items"]
    assert [each["effect"] for each in found] == ["falls"]
