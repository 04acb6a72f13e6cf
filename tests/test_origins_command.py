"""`ledger origins` as people use it, and what follows from it for a claim."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from read_all import read_all
from readings import noon
from test_commands import run
from test_likeness import OTHER, STORY
from typer.testing import Result

from ledger import voices
from ledger.queries import decisions
from ledger.reader import Reader
from ledger.store import open_ledger

GAZETTE, COURIER, TRIBUNE = (
    f"https://{name}.example/story" for name in ("gazette", "courier", "tribune")
)
ORIGINAL = "https://reuters.com/world/fire"
CREDITED = (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:])
ARTICLE = f"""# Report

A warehouse burned in Velmora.[1][2] Many were hurt.[1][2][3]

## References

[1] {GAZETTE}
[2] {COURIER}
[3] {TRIBUNE}
"""


@pytest.fixture
def db(empty_db: Path) -> Path:
    return empty_db


@pytest.fixture
def recorded(db: Path, tmp_path: Path) -> Path:
    """Two papers with one story, one of them with its credit, a third with its own, and a text."""
    text = tmp_path / "report.md"
    text.write_text(ARTICLE)
    read_all(db, text, (GAZETTE, STORY), (COURIER, CREDITED), (TRIBUNE, OTHER))
    return db


def test_an_interrupted_comparison_says_what_is_kept_and_a_listing_does_not(
    recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ledger.pipeline.voices.compare_new", stop)
    done = run(recorded, "origins", "find")
    assert (done.exit_code, "What was compared is kept" in done.stderr) == (130, True)
    monkeypatch.setattr("ledger.queries.origins", stop)
    done = run(recorded, "origins")
    assert (done.exit_code, done.stderr) == (130, "Interrupted. Run the same command again.\n")


def test_a_comparison_makes_no_ledger(tmp_path: Path) -> None:
    db = tmp_path / "none.db"
    assert run(db, "origins", "find").exit_code == 5
    assert not db.exists()


def items(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)["items"]
    return found


def claim(db: Path, words: str) -> dict[str, Any]:
    return items(run(db, "trace", words, "--json"))[0]


def test_ingest_compares_what_is_new_and_says_what_it_found(db: Path, tmp_path: Path) -> None:
    said = []
    for number, url in enumerate((GAZETTE, COURIER)):
        page = tmp_path / f"{number}.html"
        page.write_text("<h1>Fire</h1>" + "".join(f"<p>{part}</p>" for part in STORY))
        said.append(run(db, "ingest", str(page), "--url", url).stderr)

    assert "one text" not in said[0]
    assert "1 pair of pages has one text: see ledger origins" in said[1]


def test_pages_of_one_voice_are_listed_with_the_reason(recorded: Path) -> None:
    found = {item["url"]: item for item in items(run(recorded, "origins", "--json"))}

    assert set(found) == {GAZETTE, COURIER}
    assert {item["voice"] for item in found.values()} == {"Reuters"}
    assert found[COURIER]["because"] == "it credits Reuters with its text"
    assert str(found[GAZETTE]["because"]).endswith(f"of the shorter text stands in {COURIER}")


def test_two_portals_with_one_agency_story_fall_with_the_agency(recorded: Path) -> None:
    burned = claim(recorded, "A warehouse burned")

    assert burned["resilience"] == 1
    assert burned["independence"] == {
        "addresses": 2,
        "outlets": 2,
        "origins": 1,
        "unknown": 0,
        "because": [
            "2 of 2 pages carry the same Reuters story (courier.example and gazette.example): "
            "credited in the page, equal text"
        ],
    }
    lost = {i["exact"]: i for i in items(run(recorded, "impact", "--outlet", "Reuters", "--json"))}
    assert lost["A warehouse burned in Velmora."]["effect"] == "falls"
    assert lost["Many were hurt."]["effect"] == "weakens"


def test_trace_and_audit_show_three_numbers(recorded: Path, tmp_path: Path) -> None:
    traced = run(recorded, "trace", "Many were hurt", "--format", "table").stdout
    audited = run(recorded, "audit", str(tmp_path / "report.md")).stdout

    assert "Behind it: 2 voices (3 addresses, 3 outlets)." in traced
    assert "2 of 3 pages carry the same Reuters story" in " ".join(traced.split())
    assert "2 voices (3 addresses, 3 outlets)" in audited
    assert "counts once: 2 of 3 pages carry the same Reuters story" in audited


def test_what_a_person_tells_apart_counts_twice(recorded: Path) -> None:
    done = run(recorded, "origins", "apart", COURIER, GAZETTE, "--by", "Ann", "--format", "table")

    assert done.exit_code == 0
    assert f"{COURIER} counts as Reuters: it credits Reuters with its text" in done.stdout
    assert f"{GAZETTE} counts as its own outlet" in done.stdout
    assert claim(recorded, "A warehouse burned")["resilience"] == 2


def test_the_later_of_two_decisions_stands_and_the_earlier_is_said(recorded: Path) -> None:
    run(recorded, "origins", "apart", COURIER, GAZETTE, "--by", "Ann")
    done = run(recorded, "origins", "same", GAZETTE, COURIER, "--by", "Bob")

    assert "Ann said on" in done.stderr
    assert "the later one counts" in done.stderr
    assert claim(recorded, "A warehouse burned")["resilience"] == 1


def test_pages_that_only_a_person_knows_to_be_one_are_one(recorded: Path) -> None:
    run(recorded, "origins", "same", TRIBUNE, COURIER, "--reason", "the same desk")

    assert claim(recorded, "Many were hurt")["resilience"] == 1


def test_one_page_can_be_asked_about(recorded: Path) -> None:
    assert len(items(run(recorded, "origins", "--page", GAZETTE, "--json"))) == 2
    alone = run(recorded, "origins", "--page", TRIBUNE)
    assert alone.exit_code == 1
    assert "This page speaks for its own outlet" in alone.stderr


def test_the_page_that_others_copy_can_be_asked_about(db: Path) -> None:
    read_all(db, None, (ORIGINAL, STORY), (GAZETTE, STORY), (COURIER, CREDITED))
    found = items(run(db, "origins", "--page", ORIGINAL, "--json"))
    assert [each["url"] for each in found] == [COURIER, GAZETTE]


def test_what_a_decision_does_to_other_pages_is_said(db: Path) -> None:
    read_all(db, None, (ORIGINAL, STORY), (GAZETTE, OTHER), (COURIER, CREDITED))
    apart = run(db, "origins", "apart", GAZETTE, COURIER)
    assert "another page" not in apart.stderr
    same = run(db, "origins", "same", GAZETTE, ORIGINAL, "--format", "table")
    assert f"{GAZETTE} counts as Reuters" in same.stdout
    assert "fire counts as its own outlet" in same.stdout
    said = f"note: as a result, another page changes: {COURIER} counts as its own outlet"
    assert said in same.stderr


def test_everything_can_be_compared_anew(recorded: Path) -> None:
    before = run(recorded, "origins", "--json").stdout

    assert items(run(recorded, "origins", "find", "--json")) == [{"pages": 0, "pairs": 0}]
    assert items(run(recorded, "origins", "find", "--again", "--json")) == [
        {"pages": 4, "pairs": 1}
    ]
    assert run(recorded, "origins", "--json").stdout == before


@pytest.mark.parametrize(
    ("pages", "status", "words"),
    [
        ((GAZETTE, GAZETTE), 2, "a page is one voice with itself"),
        (("nowhere", GAZETTE), 1, "no source has this id or address"),
        ((GAZETTE, "https://gazette.example/none"), 1, "no source has this id or address"),
    ],
)
@pytest.mark.parametrize("verb", ["same", "apart"])
def test_what_cannot_be_decided_says_why(
    recorded: Path, verb: str, pages: tuple[str, str], status: int, words: str
) -> None:
    done = run(recorded, "origins", verb, *pages)

    assert done.exit_code == status
    assert words in done.stderr


def test_two_pages_of_one_outlet_are_no_question(recorded: Path, tmp_path: Path) -> None:
    page = tmp_path / "more.html"
    page.write_text("<h1>More</h1>" + "".join(f"<p>{part}</p>" for part in OTHER))
    run(recorded, "ingest", str(page), "--url", "https://gazette.example/more")

    apart, same = (
        run(recorded, "origins", verb, GAZETTE, "https://gazette.example/more")
        for verb in ("apart", "same")
    )

    assert (apart.exit_code, same.exit_code) == (2, 2)
    assert "counts as one voice however many of its pages are cited" in apart.stderr
    credit = ". Where one credits an agency wrongly, name it first, and a page of the agency"
    assert credit in apart.stderr
    assert same.stderr == apart.stderr.partition(credit)[0] + "\n"


def test_a_wrong_credit_is_told_apart_from_a_page_of_its_agency(db: Path, tmp_path: Path) -> None:
    """Also of a page that was never read, and where no other outlet carries the agency's words."""
    text = tmp_path / "report.md"
    listed = f"## References\n\n[1] {COURIER}\n[2] {ORIGINAL}\n"
    text.write_text(f"It burned.[1] It fell.[2]\n\n{listed}")
    read_all(db, text, (COURIER, CREDITED))
    assert [item["voice"] for item in items(run(db, "origins", "--json"))] == ["Reuters"]
    assert run(db, "origins", "apart", COURIER, ORIGINAL).exit_code == 0
    assert items(run(db, "origins", "--json")) == []


def test_a_file_without_an_address_is_no_voice_that_another_page_could_be(
    recorded: Path, tmp_path: Path
) -> None:
    files = [str(tmp_path / name) for name in ("report.md", "again.md")]
    Path(files[1]).write_text(f"{ARTICLE}\n")
    run(recorded, "ingest", files[1])
    for pages in (files, (GAZETTE, files[1])):
        done = run(recorded, "origins", "same", *pages)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "the outlet that publishes it is not known" in done.stderr
        assert "ledger ingest FILE --url URL" in done.stderr
    with Reader(recorded) as reader:
        assert decisions(reader) == []


def test_pages_that_were_not_compared_are_said(recorded: Path) -> None:
    with open_ledger(str(recorded), clock=noon) as ledger, ledger.writing() as connection:
        voices.forget(connection)

    assert "4 pages not compared yet: ledger origins find" in run(recorded, "origins").stderr


def test_a_ledger_that_moved_has_the_same_voices_and_the_same_head(
    recorded: Path, tmp_path: Path
) -> None:
    file, there = tmp_path / "all.jsonl", tmp_path / "there.db"
    run(recorded, "origins", "same", TRIBUNE, COURIER)
    run(recorded, "db", "export", "-o", str(file))

    assert run(there, "db", "import", str(file)).exit_code == 0
    for command in (["origins", "--json"], ["journal", "verify", "--json"]):
        assert run(there, *command).stdout == run(recorded, *command).stdout


@pytest.fixture
def ring(db: Path, tmp_path: Path) -> Path:
    """Three papers of which each cites only the next, a fourth that cites one, and a text."""
    late = "https://late.example/story"
    cited = {GAZETTE: COURIER, COURIER: TRIBUNE, TRIBUNE: GAZETTE, late: GAZETTE}
    said = "The depot number {} burned, <a href={!r}>a paper</a> reports today."
    pages = [
        (url, (said.format(number, other),)) for number, (url, other) in enumerate(cited.items())
    ]
    text = tmp_path / "report.md"
    text.write_text(f"It burned.[1]\n\nMany fled.[1][2]\n\n[1]: {GAZETTE}\n[2]: {COURIER}\n")
    read_all(db, text, *pages)
    return db


def test_pages_in_a_circle_are_one_voice_that_is_no_outlet(ring: Path, tmp_path: Path) -> None:
    table = ("--format", "table")
    for command in (
        ("outlets", *table),
        ("impact", "--by", "outlet", *table),
        ("trace", "It burned", *table),
        ("trace", "Many fled", *table),
        ("audit", str(tmp_path / "report.md")),
    ):
        shown = run(ring, *command)
        assert shown.exit_code == 0
        assert "gazette.example" in shown.stdout
        assert "story:" not in shown.stdout
    assert {item["key"] for item in items(run(ring, "outlets", "--json"))} == {
        f"{name}.example" for name in ("gazette", "courier", "tribune")
    }
    limited = run(ring, "impact", "--by", "outlet", "--limit", "3", "--format", "table").stderr
    assert "shown" not in limited


def test_a_set_names_a_story_only_where_no_outlet_alone_would_do(ring: Path) -> None:
    burned, fled = claim(ring, "It burned"), claim(ring, "Many fled")

    assert (burned["resilience"], burned["smallest"]) == (1, [["gazette.example"]])
    assert (fled["resilience"], fled["because"]) == (
        1,
        ["[1][2]: rests on one story alone, which gazette.example and courier.example carry"],
    )
    assert [[name.split(" https")[0] for name in one] for one in fled["smallest"]] == [
        ["the story of"]
    ]


def test_a_page_that_repeats_and_one_that_is_repeated_say_which_they_are(ring: Path) -> None:
    found = {item["url"]: item["because"] for item in items(run(ring, "origins", "--json"))}

    assert found["https://late.example/story"] == f"all that it cites is {GAZETTE}"
    round_it_goes = "which leads back to it: in a circle nobody is known to have said it first"
    assert found[COURIER] == f"all that it cites is {TRIBUNE}, {round_it_goes}"
    shown = run(ring, "origins", "--format", "table").stderr
    assert "4 pages count as 1 voice. " in shown


def test_two_pages_of_an_agencys_words_rest_on_the_agency(recorded: Path) -> None:
    assert claim(recorded, "A warehouse burned")["because"] == [
        "[1][2]: rests on Reuters alone, whose words gazette.example and courier.example carry"
    ]
    shown = run(recorded, "claims", "--format", "table").stdout
    assert "one voice: gazette.example (words of" in shown
    found = items(run(recorded, "claims", "--search", "warehouse burned in", "--json"))
    assert (
        "one voice: gazette.example (words of Reuters) or courier.example (words of Reuters)"
        in {each["leans_on"] for each in found}
    )


@pytest.fixture
def portal(db: Path, tmp_path: Path) -> Path:
    """A paper that prints an agency's story, and a text that leans on that page alone."""
    text = tmp_path / "report.md"
    text.write_text(f"# Report\n\nMany were hurt.[1]\n\n## References\n\n[1] {COURIER}\n")
    read_all(db, text, (COURIER, CREDITED))
    return db


def test_a_claim_on_one_page_of_an_agencys_words_rests_on_both(
    portal: Path, tmp_path: Path
) -> None:
    both = "courier.example (words of Reuters)"
    assert claim(portal, "Many were hurt")["because"] == [f"[1]: {both} is its only outlet"]
    audited = run(portal, "audit", str(tmp_path / "report.md")).stdout.replace("\\.", ".")
    assert f"rests on {both} alone: [1] <{COURIER}>" in audited
    assert f"from {both}, [1] <{COURIER}>" in audited


def test_every_form_says_whose_words_a_page_carries(portal: Path, tmp_path: Path) -> None:
    both = "courier.example (words of Reuters)"
    (found,) = items(run(portal, "claims", "--outlet", "courier.example", "--json"))
    assert found["leans_on"] == both
    assert [(each["outlet"], each["origin"], each["voice"]) for each in found["citations"]] == [
        ("courier.example", "reuters.com", "Reuters")
    ]
    head, line = table(run(portal, "claims", "--outlet", "courier.example"))
    assert dict(zip(head, line, strict=True))["leans_on"] == both
    head, line = table(run(portal, "trace", "Many were hurt"))
    assert dict(zip(head, line, strict=True))["voice"] == "Reuters"
    audited = run(portal, "audit", str(tmp_path / "report.md"), "--format", "csv")
    cited = [row for row in csv.DictReader(StringIO(audited.stdout)) if row["marker"]]
    assert [(row["outlet"], row["voice"]) for row in cited] == [("courier.example", "Reuters")]


def table(result: Result) -> list[list[str]]:
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_a_link_can_make_a_page_one_that_only_repeats_another(tmp_path: Path) -> None:
    db = tmp_path / "ledger.db"
    page = tmp_path / "page.md"
    page.write_text(
        "# Library\n\nThe library was opened on Monday by the mayor [1]. It has ninety thousand "
        "books on four floors [2].\n\n## Sources\n\n[1] https://b.example/library\n[2] A book\n"
    )
    citing = tmp_path / "citing.md"
    citing.write_text(
        "# News\n\nThe library was opened on Monday [1][2].\n\n## Sources\n\n"
        "[1] https://a.example/story\n[2] https://b.example/library\n"
    )
    run(db, "ingest", str(page), "--url", "https://a.example/story")
    run(db, "ingest", str(citing))
    assert claim(db, "opened on Monday.")["resilience"] == 2

    run(db, "link", "https://a.example/story", "2", "https://b.example/library")

    assert claim(db, "opened on Monday.")["resilience"] == 1
    assert run(db, "doctor").exit_code == 0


def test_pages_of_outlets_that_were_merged_are_no_question(tmp_path: Path) -> None:
    db = tmp_path / "ledger.db"
    text = tmp_path / "text.md"
    text.write_text(
        "# News\n\nIt rained [1][2].\n\n## Sources\n\n[1] https://a.example/1\n"
        "[2] https://b.example/2\n"
    )
    run(db, "ingest", str(text))
    run(db, "outlets", "merge", "a.example", "b.example", "--reason", "one house")

    result = run(db, "origins", "apart", "https://a.example/1", "https://b.example/2")

    assert result.exit_code == 2
    assert "both are pages of" in result.stderr
    assert "Where one credits an agency wrongly" in result.stderr
