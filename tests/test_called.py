"""What an article without a title is called, and that no headline hands on names of folders."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ledger.called import called
from ledger.commands import app

HARBOUR = "The harbour closed on Monday [1].\n\n[1]: https://daily.example/a\n"


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("A dam broke", "file:///home/jo/answer.txt", "A dam broke"),
        (None, "file:///home/jo/answer.txt", "answer.txt"),
        ("", "file:///home/jo/answer.txt", "answer.txt"),
        (None, "file:///C:/Users/jo/my%20answer%20%231.txt", "my answer #1.txt"),
        (None, "file:///home/jo/chats.json#a-b/c", "chats.json#a-b/c"),
        (None, "file:///", "file:///"),
        (None, f"urn:sha256:{'0123456789abcdef' * 4}", "pasted text 0123456789ab"),
        (None, "https://daily.example/a.html", "https://daily.example/a.html"),
    ],
)
def test_an_article_is_called_by_its_title_or_its_file(
    title: str | None, url: str, name: str
) -> None:
    assert called(title, url) == name


def run(db: Path, *args: object, stdin: str | None = None) -> Any:
    named = {"LEDGER_DB": str(db), "COLUMNS": "200"}
    done = CliRunner().invoke(app, [*map(str, args)], env=named, input=stdin)
    assert done.exit_code in (0, 1), done.output
    return done


def test_a_text_without_a_heading_is_called_by_the_name_of_its_file(
    empty_db: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "secret-client"
    folder.mkdir()
    file = folder / "answer.txt"
    file.write_text(HARBOUR)
    run(empty_db, "ingest", file)

    for format in ("md", "html"):
        headline, _, rest = run(empty_db, "audit", file, "--format", format).stdout.partition(
            "In short"
        )
        assert "answer.txt" in headline
        assert "secret-client" not in headline
        assert "secret-client" in rest  # where its address is told
    shown = run(empty_db, "articles", "--format", "table").stdout
    assert ("answer.txt" in shown, "secret-client" in shown) == (True, False)
    traced = run(empty_db, "trace", "harbour", "--format", "table").stdout
    assert f"In: answer.txt\n    {file.as_uri()}\n" in traced
    (item,) = json.loads(run(empty_db, "articles", "--json").stdout)["items"]
    assert (item["title"], item["url"]) == (None, file.as_uri())

    file.write_text(HARBOUR.replace("Monday", "Sunday"))
    run(empty_db, "ingest", file)
    assert run(empty_db, "diff", file, "--format", "table").stdout.startswith("answer.txt\n")


def test_files_of_one_name_are_told_apart_by_their_folders(empty_db: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "answer.txt").write_text(HARBOUR + f"\nSo says {folder}.\n")
    run(empty_db, "ingest", tmp_path / "one", tmp_path / "two")
    shown = run(empty_db, "articles", "--format", "table").stdout
    assert ("/one/answer.txt" in shown, "/two/answer.txt" in shown) == (True, True)
    several = run(empty_db, "trace", "harbour closed").stderr
    assert ("/one/answer.txt" in several, "/two/answer.txt" in several) == (True, True)


def test_what_came_by_standard_input_is_pasted_text(empty_db: Path) -> None:
    run(empty_db, "ingest", "-", stdin=HARBOUR)
    shown = run(empty_db, "articles", "--format", "table").stdout
    assert ("pasted text " in shown, "urn:sha256" in shown) == (True, False)


def test_a_few_words_of_a_table_are_shown_with_their_row_and_column(
    empty_db: Path, tmp_path: Path
) -> None:
    file = tmp_path / "costs.md"
    cells = "| Item | Cost |\n|---|---|\n| Sluice gates | £2.4 million [1] |\n"
    file.write_text(f"# Costs\n\nThe quay is old [1].\n\n{cells}\n[1]: https://daily.example/a\n")
    run(empty_db, "ingest", file)

    for asked in (("claims",), ("impact", "--outlet", "daily.example")):
        shown = run(empty_db, *asked, "--format", "table").stdout
        assert "£2.4 million (Sluice gates › Cost)" in shown
        assert "The quay is old. " in shown
    told = run(empty_db, "audit", file, "--format", "md").stdout
    single, _, rest = told.partition("## 5. All claims")
    assert "£2.4 million (Sluice gates › Cost)\n" in single
    assert "### Sluice gates › Cost\n\n**2.** £2.4 million\n" in rest
    first, second = json.loads(run(empty_db, "claims", "--json").stdout)["items"]
    assert (first["exact"], second["exact"]) == ("The quay is old.", "£2.4 million")
