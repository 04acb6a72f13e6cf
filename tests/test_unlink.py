"""`ledger link --undo`: what was read of a marker stands again."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ledger.commands import app
from ledger.pipeline import unlink as unlinking
from ledger.reader import Reader
from ledger.schema import Place

PAGE, OTHER = "https://archive.example/road", "https://wire.example/ships"
TEXT = "The road is old [1]. It was paved in May [2]. Ships came late [1].\n"


def run(db: Place, *args: object, status: int = 0) -> Any:
    named = {"LEDGER_DB": str(db), "COLUMNS": "200", "LEDGER_USER": "desk"}
    done = CliRunner().invoke(app, [*map(str, args)], env=named)
    assert done.exit_code == status, done.output
    return done


def leads(db: Place, marker: str) -> list[str | None]:
    """Where the claims lead by the marker, in reading order."""
    return [
        citation["source"]
        for claim in json.loads(run(db, "claims", "--json").stdout)["items"]
        for citation in claim["citations"]
        if citation["marker"] == marker and citation["form"] != "listed"
    ]


def said_way_back(done: Any) -> list[str]:
    """The arguments of the command that an answer names to take it back."""
    _, found, after = done.stderr.partition("To take it back: ledger ")
    assert found, done.output
    words = shlex.split(after.partition("\n")[0])
    return words[2:] if words[0] == "--db" else words


@pytest.fixture
def page(db: Place, tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(TEXT)
    run(db, "ingest", path)
    return path


def test_a_link_says_how_it_is_taken_back(db: Place, page: Path) -> None:
    done = run(db, "link", page, 1, PAGE, "--format", "table")
    run(db, *said_way_back(done))
    assert leads(db, "1") == [None, None]


def test_a_link_that_was_taken_back_leaves_the_gap(db: Place, page: Path) -> None:
    before = run(db, "audit", page, "--json").stdout
    run(db, "link", page, 1, PAGE, "--reason", "looked it up")
    assert leads(db, "1") == [PAGE, PAGE]
    said = run(db, "link", page, "[1]", "--undo", "--reason", "another road", "--format", "table")
    assert "[1] leads nowhere again, in 2 citations\n" in said.stdout
    assert leads(db, "1") == [None, None]
    now = json.loads(run(db, "audit", page, "--json").stdout)
    old = json.loads(before)
    told = ("claims", "gaps", "findings", "outlets", "references", "numbers")
    assert {key: now[key] for key in told if key in now} == {
        key: old[key] for key in told if key in old
    }
    run(db, "journal", "verify")
    with Reader(db) as reader:
        rows = reader.rows("SELECT object, reason FROM judgement ORDER BY at")
    assert [tuple(row.values()) for row in rows] == [
        (PAGE, "looked it up"),
        ("as-read", "another road"),
    ]


def test_nobody_is_named_as_who_linked_it(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    claim = json.loads(run(db, "claims", "--json").stdout)["items"][0]["id"]
    assert "linked by desk" in run(db, "trace", claim, "--format", "table").stdout
    run(db, "link", page, 1, "--undo")
    assert "linked by" not in run(db, "trace", claim, "--format", "table").stdout
    assert "linked by desk" not in run(db, "audit", page).stdout


def test_only_in_the_claims_that_are_named(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    claims = json.loads(run(db, "claims", "--json").stdout)["items"]
    run(db, "link", page, 1, "--undo", "--claim", claims[2]["id"])
    assert leads(db, "1") == [PAGE, None]
    said = run(db, "link", page, 1, "--undo", "--claim", claims[2]["id"], status=1)
    assert f"nobody has linked it in claim {claims[2]['id'][:12]}" in said.stderr
    both = ("--claim", claims[0]["id"], "--claim", claims[2]["id"])
    run(db, "link", page, 1, "--undo", *both, status=1)
    assert leads(db, "1") == [PAGE, None]


def test_it_can_be_linked_anew(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    run(db, "link", page, 1, "--undo")
    said = run(db, "link", page, 1, OTHER, "--format", "table")
    assert "(was" not in said.stdout
    assert leads(db, "1") == [OTHER, OTHER]
    run(db, "journal", "verify")


def test_what_was_taken_back_is_not_kept_in_a_later_version(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    run(db, "link", page, 2, PAGE)
    run(db, "link", page, 1, "--undo")
    page.write_text(f"{TEXT}One more.\n")
    assert "1 link from the previous version kept" in run(db, "ingest", page).stderr
    assert (leads(db, "1"), leads(db, "2")) == ([None, None], [PAGE])


def test_the_word_of_the_list_stands_again_with_all_its_pages(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    both = [OTHER, "https://wire.example/two"]
    page.write_text(f"{TEXT}\n## References\n\n[1] The Wire, {both[0]}, {both[1]}\n")
    assert "[1] still leads to" in run(db, "ingest", page).stderr
    assert leads(db, "1") == [PAGE, PAGE]
    said = run(db, "link", page, 1, "--undo", "--format", "table")
    assert "[1] leads where the article says" in said.stdout
    assert leads(db, "1") == [*both, *both]
    assert "link-against-list" not in run(db, "audit", page).stdout
    run(db, "journal", "verify")


def test_a_proof_says_what_the_page_says(db: Place, page: Path, tmp_path: Path) -> None:
    run(db, "link", page, 1, PAGE)
    run(db, "link", page, 1, "--undo")
    claim = json.loads(run(db, "claims", "--json").stdout)["items"][0]["id"]
    config = tmp_path / "config"
    named = {"LEDGER_DB": str(db), "LEDGER_CONFIG": str(config)}
    proof = tmp_path / "proof.json"
    for words in (
        ("journal", "checkpoint", "-o", str(tmp_path / "point")),
        ("journal", "prove", claim, "-o", str(proof)),
    ):
        done = CliRunner().invoke(app, list(words), env=named)
        assert done.exit_code == 0, done.output
    done = CliRunner().invoke(app, ["journal", "check-proof", str(proof), "--json"], env=named)
    assert done.exit_code == 0, done.output
    (item,) = json.loads(done.stdout)["items"]
    assert item["citations"][0]["gap"] == "no-reference-list"
    assert item["citations"][0]["linked_by"] is None


def test_who_asks_wrongly_is_told(db: Place, page: Path) -> None:
    said = run(db, "link", page, 1, status=2)
    assert "the address is missing" in said.stderr
    mistaken = run(db, "link", page, PAGE, status=2)
    assert "this is an address, not a marker in the text" in mistaken.stderr
    run(db, "link", page, 1, PAGE, "--undo", status=2)
    said = run(db, "link", page, 1, "--undo", status=1)
    assert "nobody has linked it in this article" in said.stderr


def test_it_stays_taken_back_where_a_list_has_another_page(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    listed = f"{TEXT}\n## References\n\n[1] The Wire, {OTHER}\n"
    page.write_text(listed)
    run(db, "ingest", page)
    claims = json.loads(run(db, "claims", "--json").stdout)["items"]
    run(db, "link", page, 1, "--undo", "--claim", claims[2]["id"])
    for more in ("One more.", "And another."):
        listed = listed.replace("\n\n##", f" {more}\n\n##")
        page.write_text(listed)
        run(db, "ingest", page)
        assert leads(db, "1") == [PAGE, OTHER]


def test_what_was_said_of_one_claim_alone_stays_so_version_after_version(
    db: Place, page: Path
) -> None:
    claims = json.loads(run(db, "claims", "--json").stdout)["items"]
    run(db, "link", page, 1, PAGE, "--claim", claims[0]["id"])
    listed = f"{TEXT}\n## References\n\n[1] The Wire, {OTHER}\n"
    for more in ("One more.", "And another."):
        listed = listed.replace("\n\n##", f" {more}\n\n##")
        page.write_text(listed)
        run(db, "ingest", page)
        assert leads(db, "1") == [PAGE, OTHER]


def test_of_two_who_take_it_back_at_once_the_second_is_told(
    db: Place, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(db, "link", page, 1, PAGE)

    def late(*args: Any) -> Any:
        monkeypatch.undo()
        run(db, "link", page, 1, "--undo")
        return unlinking.unlink(*args)

    monkeypatch.setattr(unlinking, "unlink", late)
    said = run(db, "link", page, 1, "--undo", status=1)
    assert "nobody has linked it in this article, or the link was taken back" in said.stderr
    with Reader(db) as reader:
        rows = reader.rows("SELECT id FROM judgement WHERE object = 'as-read'")
    assert len(rows) == 1


def test_the_answer_says_which_page_and_outlet_was_read(db: Place, page: Path) -> None:
    run(db, "link", page, 1, PAGE)
    page.write_text(
        f"{TEXT}\n## References\n\n[1] Reuters, https://www.reuters.com/a?utm_source=x\n"
    )
    run(db, "ingest", page)
    (item,) = json.loads(run(db, "link", page, 1, "--undo", "--json").stdout)["items"]
    assert (item["source"], item["outlet"]) == ("https://reuters.com/a", "Reuters")


def test_a_reference_of_two_pages_that_is_linked_anew_has_the_one_page_once(
    db: Place, page: Path
) -> None:
    run(db, "link", page, 1, PAGE)
    both = [OTHER, "https://wire.example/two"]
    page.write_text(f"{TEXT}\n## References\n\n[1] The Wire, {both[0]}, {both[1]}\n")
    run(db, "ingest", page)
    run(db, "link", page, 1, "--undo")
    for led in (PAGE, both[0], both[1]):
        said = run(db, "link", page, 1, led, "--format", "table")
        assert "in 2 citations" in said.stdout
        assert leads(db, "1") == [led, led]
    run(db, "link", page, 1, "--undo")
    assert leads(db, "1") == [*both, *both]
    run(db, "journal", "verify")
