"""One text recorded twice: each of its claims counts twice, and that is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from test_likeness import OTHER, STORY
from typer.testing import CliRunner

from ledger.commands import app
from ledger.schema import Place


def run(db: Place, *args: object) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), *map(str, args)], env={"COLUMNS": "200"})


def page(prose: tuple[str, ...]) -> str:
    said = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    return f"<html><body><article><h1>Fire</h1>{said}</article></body></html>"


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, Path]:
    """A story as a page and as Markdown, another one, and the first with a sentence more."""
    prose = "\n\n".join(STORY)
    written = {
        "story.html": page(tuple(STORY)),
        "story.md": f"# Fire\n\n{prose}\n",
        "other.md": "\n\n".join(OTHER),
        "edited.txt": f"{prose} Nobody said why.\n",
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: tmp_path / name for name in written}


def findings(db: Place, text: Path) -> list[str]:
    (audit,) = json.loads(run(db, "audit", text, "--json").stdout)["items"]
    return [each["detail"] for each in audit["findings"] if each["code"] == "same-words"]


def test_a_text_that_is_recorded_in_two_forms_is_said_to_count_twice(
    db: Place, texts: dict[str, Path]
) -> None:
    done = run(db, "ingest", texts["story.html"], texts["story.md"], texts["other.md"])
    first, second = texts["story.html"].as_uri(), texts["story.md"].as_uri()
    assert done.stderr.count("this has the same words as") == 1
    assert (
        f"note: {texts['story.md']}: this has the same words as {first}, or nearly, so each of its "
        "claims is counted more than once. To leave this one out of all counts: ledger "
    ) in done.stderr
    assert findings(db, texts["story.html"]) == [f"it has the words of {second}, or nearly"]
    assert findings(db, texts["story.md"]) == [f"it has the words of {first}, or nearly"]
    assert findings(db, texts["other.md"]) == []
    assert "this has the same words" not in run(db, "ingest", texts["story.md"]).stderr


def test_a_text_that_was_edited_a_little_is_told_after_the_one_before(
    db: Place, texts: dict[str, Path]
) -> None:
    assert run(db, "ingest", texts["story.md"]).exit_code == 0
    done = run(db, "ingest", texts["edited.txt"])
    assert f"this has the same words as {texts['story.md'].as_uri()}, or nearly" in done.stderr


def test_what_is_set_aside_counts_once(db: Place, texts: dict[str, Path]) -> None:
    run(db, "ingest", texts["story.html"], texts["story.md"])
    assert run(db, "set-aside", texts["story.md"]).exit_code == 0
    assert findings(db, texts["story.html"]) == []


def test_the_same_bytes_are_told_once(db: Place, texts: dict[str, Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    copy.write_bytes(texts["story.md"].read_bytes())
    done = run(db, "ingest", texts["story.md"], copy)
    assert "this has exactly the same bytes as" in done.stderr
    assert "this has the same words as" not in done.stderr
    assert findings(db, copy) == [f"it has the words of {texts['story.md'].as_uri()}, or nearly"]


def test_many_are_counted_rather_than_named(
    db: Place, texts: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for at in range(6):
        (folder / f"{at}.md").write_text(f"{texts['story.md'].read_text()}\n\nDraft {at}.\n")
    done = run(db, "ingest", folder)
    assert done.stderr.count("this has the same words as") == 3
    assert "note: 2 further new articles have the words of another, as its audit" in done.stderr
    (finding,) = findings(db, folder / "0.md")
    assert finding.endswith("3.md and 2 more, or nearly")


def test_two_outlets_that_print_one_story_are_two_pages(
    db: Place, texts: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.html"
    copy.write_text(page(("The Tribune writes this.", *STORY)), encoding="utf-8")
    at = ("--url", "https://first-paper.com/story")
    assert run(db, "ingest", texts["story.html"], *at).exit_code == 0
    done = run(db, "ingest", copy, "--url", "https://second-paper.com/story")
    assert "1 pair of pages has one text: see ledger" in done.stderr
    assert "this has the same words as" not in done.stderr
    saved = run(db, "ingest", texts["story.md"])
    assert "this has the same words as https://first-paper.com/story, or nearly" in saved.stderr
