"""Articles that a person set aside: they count nowhere, and come back whole."""

import json
from pathlib import Path
from typing import Any

import pytest
from ledger_of import Said, Text, record
from test_likeness import STORY as FIRE
from typer.testing import CliRunner

from ledger.commands import app
from ledger.queries.versions import versions
from ledger.reader import Reader
from ledger.schema import Place

WIRE, PAPER = "https://wire.example/1", "https://paper.example/1"
STORY, DRAFT = "https://a.example/story", "https://a.example/draft"


def run(db: Place, *args: object, status: int = 0) -> Any:
    env = {"LEDGER_DB": str(db), "COLUMNS": "200", "LEDGER_USER": "desk"}
    done = CliRunner().invoke(app, [str(each) for each in args], env=env)
    assert done.exit_code == status, done.output
    return done


def items(db: Place, *args: object) -> list[dict[str, Any]]:
    found = json.loads(run(db, *args, "--json").stdout)["items"]
    assert isinstance(found, list)
    return found


def answers(db: Place) -> dict[str, Any]:
    """What every list and count says that is about all articles."""
    asked = (
        ("articles",),
        ("claims",),
        ("claims", "--search", "wire"),
        ("claims", "--source", WIRE),
        ("outlets",),
        ("sources",),
        ("gaps",),
        ("circular",),
        ("impact", "--by", "outlet"),
        ("impact", "--outlet", "wire.example"),
    )
    return {
        " ".join(words): [
            {key: value for key, value in each.items() if key != "read"}
            for each in items(db, *words)
        ]
        for words in asked
    }


def story() -> Text:
    said = [Said("Only the wire says so.", [[WIRE]]), Said("Both say so.", [[WIRE, PAPER]])]
    return Text(STORY, said, {})


def draft(**more: Any) -> Text:
    said = [
        Said("A wire says more.", [[WIRE]]),
        Said("The story says so.", [[STORY]]),
        Said("Nobody knows.", [["9"]]),
    ]
    return Text(DRAFT, said, {}, **more)


def read(db: Place, folder: Path, url: str, body: str, canonical: str | None = None) -> None:
    """Record a page with this body."""
    named = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    page = folder / "page.html"
    page.write_text(f"<head>{named}</head><article><h1>Fire</h1>{body}</article>")
    run(db, "ingest", page, "--url", url)


def sound(db: Place) -> None:
    """The summaries are what the entries say, and the journal is whole."""
    run(db, "journal", "verify")


def test_nothing_of_it_counts_and_all_of_it_comes_back(db: Place) -> None:
    record(db, [story()])
    without = answers(db)
    record(db, [draft()])
    both = answers(db)
    assert both != without
    run(db, "set-aside", DRAFT, "--reason", "a draft")
    assert answers(db) == without
    sound(db)
    run(db, "set-aside", DRAFT, "--undo")
    assert answers(db) == both
    sound(db)


def test_a_chain_ends_at_a_page_that_is_set_aside_and_says_so(db: Place) -> None:
    said = [Said("It is so.", [[PAPER]])]
    record(db, [story(), Text(WIRE, said, {})])
    claim = next(each["id"] for each in items(db, "claims") if each["exact"].startswith("Both"))
    run(db, "set-aside", WIRE)
    steps = items(db, "trace", claim, "--depth", 3)[0]["chain"]["steps"]
    assert {(step["url"], step["end"], step["primary"]) for step in steps} == {
        (WIRE, "set-aside", False),
        (PAPER, "not-read", False),
    }
    shown = run(db, "trace", claim, "--depth", 3, "--format", "table").stdout
    assert f"{WIRE}: set aside, so not followed\n" in shown


def test_a_version_that_comes_later_is_set_aside_too(db: Place, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("It grew [1].\n\n[1]: https://wire.example/1\n")
    run(db, "ingest", page, "--url", DRAFT)
    run(db, "set-aside", DRAFT)
    page.write_text("It grew by half [1].\n\n[1]: https://wire.example/1\n")
    said = run(db, "ingest", page, "--url", DRAFT)
    assert "it is set aside and not counted" in said.stderr
    assert items(db, "claims") == []
    sound(db)
    run(db, "set-aside", DRAFT, "--undo")
    assert [each["exact"] for each in items(db, "claims")] == ["It grew by half."]
    sound(db)


def test_what_was_linked_comes_back_with_it(db: Place) -> None:
    record(db, [draft()])
    run(db, "link", DRAFT, "9", PAPER)
    run(db, "set-aside", DRAFT)
    run(db, "set-aside", DRAFT, "--undo")
    assert items(db, "gaps") == []


def test_it_is_shown_when_it_is_named_with_who_and_why(db: Place, tmp_path: Path) -> None:
    record(db, [story(), draft()])
    run(db, "set-aside", DRAFT, "--reason", "a draft")
    said = "set aside by desk on "
    assert said in run(db, "article", DRAFT, "--format", "table").stdout
    claim = items(db, "claims", "--article", DRAFT)[0]["id"]
    assert f"This article is {said}" in run(db, "trace", claim, "--format", "table").stdout
    audited = run(db, "audit", DRAFT).stdout
    assert said in audited
    assert ": a draft; its claims are not counted" in audited
    every = run(db, "audit", "--all", "-o", tmp_path / "all.md")
    assert "1 article is set aside and left out" in every.stderr
    assert DRAFT not in (tmp_path / "all.md").read_text()
    (listed,) = items(db, "articles", "--aside")
    assert (listed["url"], listed["claims"], listed["by"], listed["reason"]) == (
        *(DRAFT, 3, "desk", "a draft"),
    )
    assert "Set aside and not counted: 1" in run(db, "articles", "--format", "table").stderr


def test_its_claims_are_found_by_their_words_where_no_other_has_them(db: Place) -> None:
    record(db, [story(), draft()])
    claims = items(db, "claims", "--article", DRAFT)
    run(db, "set-aside", DRAFT)
    counting = {each["exact"] for each in items(db, "claims")}
    (mine, *_) = (each for each in claims if each["exact"] not in counting)
    shown = run(db, "set-aside", DRAFT, "--format", "table").stdout
    (row,) = (line for line in shown.splitlines() if "draft" in line and DRAFT[:8] in line)
    assert len(row.split()[0]) == 8
    shown = run(db, "trace", mine["exact"], "--format", "table").stdout
    assert mine["exact"] in shown
    assert "This article is set aside by desk on " in shown
    for each in counting:
        assert "set aside" not in run(db, "trace", each, "--format", "table").stdout


@pytest.mark.parametrize("words", [("impact", "--outlet", "wire.example"), ("outlets",)])
def test_what_counts_is_not_asked_of_it(db: Place, words: tuple[str, ...]) -> None:
    record(db, [draft()])
    run(db, "set-aside", DRAFT)
    said = run(db, *words, "--article", DRAFT, status=2)
    assert "this article is set aside and not counted" in said.stderr


@pytest.mark.parametrize("words", [("claims",), ("gaps",)])
def test_what_is_shown_of_it_says_that_it_counts_nowhere(db: Place, words: tuple[str, ...]) -> None:
    record(db, [story(), draft()])
    run(db, "set-aside", DRAFT, "--reason", "a draft")
    done = CliRunner().invoke(
        app,
        [*words, "--article", DRAFT],
        env={"LEDGER_DB": str(db), "LEDGER_USER": "desk"},
    )
    assert "note: this article is set aside by desk" in done.stderr
    assert "set aside" not in run(db, *words).stderr


def test_several_at_once_or_none(db: Place) -> None:
    record(db, [story(), draft()])
    run(db, "set-aside", DRAFT, "https://a.example/mistyped", status=1)
    assert len(items(db, "articles")) == 2
    said = run(db, "set-aside", DRAFT, STORY, DRAFT, "--format", "table")
    assert "2 articles with 5 claims: set aside and no longer counted." in said.stdout
    assert items(db, "articles") == []
    assert "every article is set aside" in run(db, "audit", "--all", status=1).stderr


def test_what_is_so_already_is_not_recorded_again(db: Place) -> None:
    record(db, [draft()])
    with Reader(db) as reader:
        before = reader.rows("SELECT COUNT(*) AS n FROM judgement")[0]["n"]
    run(db, "set-aside", DRAFT, "--undo", status=1)
    run(db, "set-aside", DRAFT, "--reason", "a draft")
    assert items(db, "set-aside", DRAFT)[0]["new"] is False
    assert items(db, "set-aside", DRAFT, "--reason", "an exported audit")[0]["new"] is True
    with Reader(db) as reader:
        after = reader.rows("SELECT COUNT(*) AS n FROM judgement")[0]["n"]
    assert after - before == 2
    assert items(db, "articles", "--aside")[0]["reason"] == "an exported audit"


def test_an_earlier_version_names_the_page(db: Place, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for text in ("It grew [1].", "It shrank [1]."):
        page.write_text(f"{text}\n\n[1]: https://wire.example/1\n")
        run(db, "ingest", page, "--url", DRAFT)
    with Reader(db) as reader:
        (last,) = [row["id"] for row in reader.rows("SELECT id FROM current_article")]
        first = versions(reader, last)[0]["id"]
    shown = run(db, "claims", "--article", first).stderr
    assert (
        f"this is an earlier version, which is not counted; the current one: {last[:12]}" in shown
    )
    assert "earlier" not in run(db, "claims", "--article", last).stderr
    run(db, "set-aside", first)
    assert items(db, "articles") == []


def test_who_asks_wrongly_is_told(db: Place) -> None:
    record(db, [draft()])
    assert "No article is set aside" in run(db, "articles", "--aside", status=1).stderr
    run(db, "articles", "--aside", "--cited", status=2)
    run(db, "articles", "--aside", "--warc", "out.warc", status=2)
    run(db, "set-aside", status=2)
    run(db, "set-aside", DRAFT, "--reason", "x" * 5_000, status=2)


def test_nor_does_it_tell_whose_words_other_pages_have(db: Place, tmp_path: Path) -> None:
    first, second, third = (f"https://{name}.example/fire" for name in "abc")
    text = "".join(f"<p>{paragraph}</p>" for paragraph in FIRE)
    read(db, tmp_path, first, text)
    read(db, tmp_path, second, f"<p>VELMORA (Reuters) - It burned for hours.</p>{text}")
    read(db, tmp_path, third, "<p>It rained.</p>", canonical=second)
    both = items(db, "origins")
    assert {each["voice"] for each in both} == {"Reuters"}
    assert [each["url"] for each in both] == [first, second, third]
    said = run(db, "set-aside", second, "--reason", "other bytes than that page has").stderr
    assert f"as a result, where it is cited, {first} counts as its own outlet\n" in said
    assert (
        f"as a result, where it is cited, {third} counts as b.example: it names {second} " in said
    )
    (left,) = items(db, "origins")
    assert (left["url"], left["voice"]) == (third, "b.example")
    sound(db)
    run(db, "set-aside", second, "--undo")
    assert items(db, "origins") == both
    sound(db)


@pytest.mark.parametrize("command", ["claims", "gaps"])
def test_what_is_shown_of_it_alone_is_said_to_count_nowhere(db: Place, command: str) -> None:
    record(db, [story(), draft()])
    run(db, "set-aside", DRAFT, "--reason", "a draft")
    said = run(db, command, "--article", DRAFT).stderr
    assert "note: this article is set aside by desk on " in said
    assert "a draft; its claims are not counted" in said


def test_the_head_tells_how_many_were_set_aside_now(db: Place) -> None:
    record(db, [story(), draft()])
    run(db, "set-aside", DRAFT)
    said = run(db, "set-aside", DRAFT, STORY, "--format", "table").stdout
    assert (
        "1 article with 2 claims: set aside and no longer counted; for 1 more this was so" in said
    )


def test_where_its_words_were_erased_the_list_says_so(
    db: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path))
    record(db, [draft(fields={"title": "A draft"})])
    run(db, "set-aside", DRAFT)
    run(db, "journal", "redact", DRAFT, "--reason", "a court", "--yes")
    (item,) = items(db, "articles", "--aside")
    assert item["title"].startswith("[redacted on ")
    run(db, "set-aside", DRAFT, "--undo")
    assert [each["title"] for each in items(db, "articles")] == [item["title"]]
    sound(db)


def test_where_nothing_else_is_recorded_it_is_said_that_all_is_set_aside(db: Place) -> None:
    record(db, [draft()])
    run(db, "set-aside", DRAFT)
    assert "No claims: every article is set aside" in run(db, "claims").stderr
    assert "every article is set aside" in run(db, "audit", "--all", status=1).stderr
    for words in (["outlets"], ["sources"], ["gaps"], ["impact", "--outlet", "wire.example"]):
        said = run(db, *words, status=int(words[0] == "impact")).stderr
        assert "every article is set aside (see: ledger articles --aside)" in said
    run(db, "set-aside", DRAFT, "--undo")
    assert "set aside" not in run(db, "outlets").stderr


def test_the_difference_of_its_versions_is_said_to_count_nowhere(db: Place, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for text in ("It grew.", "It grew by half."):
        page.write_text(f"{text}\n")
        run(db, "ingest", page)
    run(db, "set-aside", page)
    assert "note: this article is set aside by desk on " in run(db, "diff", page).stderr


def test_bytes_are_not_there_already_where_their_page_is_set_aside(
    db: Place, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text("It grew [1].\n\n[1]: https://wire.example/1\n")
    run(db, "ingest", page, "--url", DRAFT)
    run(db, "set-aside", DRAFT)
    said = run(db, "ingest", page, "--url", STORY).stderr
    assert "exactly the same bytes" not in said
    run(db, "set-aside", DRAFT, "--undo")
    third = "https://a.example/third"
    assert f"exactly the same bytes as {DRAFT}" in run(db, "ingest", page, "--url", third).stderr


def test_who_proves_a_claim_of_it_is_told(
    db: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path / "config"))
    record(db, [draft()])
    claim = items(db, "claims")[0]["id"]
    run(db, "set-aside", DRAFT)
    said = run(db, "journal", "prove", claim, "-o", tmp_path / "claim.proof").stderr
    assert "note: this article is set aside by desk" in said
