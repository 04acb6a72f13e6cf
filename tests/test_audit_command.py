"""`ledger audit`: what it prints, what it writes, and how it ends."""

import csv
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from io import BufferedWriter, FileIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from audit_cases import OUTLETS, RAIN, SNOW, the_letter
from ledger_of import Said, Text, record
from typer.testing import CliRunner, Result

from ledger.audit import Audit
from ledger.audit.findings import findings_of
from ledger.audit.parts import AuditedFinding
from ledger.commands import app
from ledger.errors import ExtractError, StoreError
from ledger.extract import read
from ledger.queries.audited import AuditRows

Run = Callable[..., Result]


@pytest.fixture
def recorded(empty_db: Path) -> Sequence[str]:
    return record(empty_db, [RAIN, SNOW], OUTLETS, the_letter)


@pytest.fixture
def run(empty_db: Path) -> Run:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["audit", *words], env={"LEDGER_DB": str(empty_db)})

    return run


def test_one_article_is_audited_by_id_and_by_address(run: Run, recorded: Sequence[str]) -> None:
    by_id, by_address = run(recorded[0][:12]), run("https://a.example/rain")
    assert by_id.exit_code == by_address.exit_code == 0
    assert by_id.stdout == by_address.stdout
    assert by_id.stdout.startswith("# Citation audit: Rain over Exampleton\n")
    assert by_id.stderr == ""


def test_several_articles_are_one_audit_in_the_order_asked(
    run: Run, recorded: Sequence[str]
) -> None:
    asked = run(recorded[1], recorded[0])
    assert asked.exit_code == 0
    assert "| 1. Snow over Exampleton |" in asked.stdout
    assert "| 2. Rain over Exampleton |" in asked.stdout


def test_all_is_a_set_even_of_one(run: Run, empty_db: Path) -> None:
    (id,) = record(empty_db, [SNOW])
    assert "outlets" in json.loads(run("--all", "--json").stdout)
    assert "outlets" not in json.loads(run(id, "--json").stdout)


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to audit. Name an article, or give --all. To see what there is: ledger art"),
        (["--all", "x"], "give either articles or --all, not both. Leave out the articles, or le"),
        (["--rating", "a=b", "x"], "give either articles or --rating, not both. Leave out the ar"),
    ],
)
def test_articles_or_all_and_not_both(run: Run, words: list[str], said: str) -> None:
    asked = run(*words)
    assert asked.exit_code == 2
    assert asked.stdout == ""
    assert f"TARGET: {said}" in asked.stderr


@pytest.mark.parametrize("words", [[], ["--cited"], ["--not-cited"]])
def test_all_of_an_empty_ledger_is_nothing_found(run: Run, words: list[str]) -> None:
    asked = run("--all", *words)
    assert asked.exit_code == 1
    assert "nothing is recorded yet. Begin with: ledger ingest" in asked.stderr


def test_an_unknown_target_is_not_found(run: Run, recorded: Sequence[str]) -> None:
    asked = run(recorded[0], "https://a.example/hail")
    assert asked.exit_code == 1
    assert asked.stdout == ""
    assert "https://a.example/hail" in asked.stderr


@pytest.mark.usefixtures("recorded")
def test_each_format_is_printed(run: Run) -> None:
    assert run("--all", "--format", "md").stdout.startswith("# Citation audit of 2 articles\n")
    assert json.loads(run("--all", "--format", "json").stdout)["schema"] == "ledger/audit/1"
    assert run("--all", "--json").stdout == run("--all", "--format", "json").stdout
    plain = run("--all", "--format", "csv").stdout
    assert len(list(csv.reader(StringIO(plain)))) == 22
    assert run("--all", "--format", "excel").stdout == f"\ufeff{plain}"


@pytest.mark.parametrize(
    ("name", "words", "begins", "told"),
    [
        ("a.md", [], "# C", ""),
        ("a.Markdown", [], "# C", ""),
        ("a.JSON", [], "{", ""),
        ("a.csv", [], "article,", ""),
        ("a.csv", ["--format", "excel"], "\ufeffarticle,", ""),
        ("a.txt", [], "# C", " as Markdown"),
        ("a.2026-11", [], "# C", " as Markdown"),
        ("a", [], "# C", " as Markdown"),
        ("a", ["--json"], "{", " as JSON"),
        ("a.txt", ["--format", "excel"], "\ufeffarticle,", " as CSV for Excel"),
        ("a.html", ["--format", "csv"], "article,", " as CSV"),
        ("a.html", [], "<!doctype html>", ""),
        ("a.HTM", [], "<!doctype html>", ""),
    ],
)
def test_a_file_gets_the_format_of_its_ending_or_it_is_said_which_it_got(
    run: Run,
    recorded: Sequence[str],
    tmp_path: Path,
    name: str,
    words: list[str],
    begins: str,
    told: str,
) -> None:
    path = tmp_path / "out" / name
    path.parent.mkdir()
    asked = run(recorded[0], "-o", str(path), *words)
    assert asked.exit_code == 0
    assert asked.stdout == ""
    assert asked.stderr == f"Wrote {path}{told}: 1 article, 11 claims\n"
    assert path.read_text(encoding="utf-8").startswith(begins)
    assert list(path.parent.iterdir()) == [path]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize(
    ("name", "said", "written"),
    [
        ("a.xlsx", [], False),
        ("a.xlsx", ["--format", "excel"], False),
        ("a.pdf", ["--format", "html"], False),
        ("a.yaml", [], False),
        ("a.jsonl", [], False),
        ("a.yaml", ["--json"], True),
        ("a.tsv", ["--format", "csv"], True),
    ],
)
def test_no_file_is_written_that_would_not_open_by_its_ending(
    run: Run, recorded: Sequence[str], tmp_path: Path, name: str, said: list[str], written: bool
) -> None:
    asked = run(recorded[0], "-o", str(tmp_path / name), *said)
    assert (asked.exit_code, (tmp_path / name).exists()) == (0 if written else 2, written)
    assert written or "an audit cannot be written as" in asked.stderr
    assert ("print it as PDF" in asked.stderr) == (name == "a.pdf")
    assert ("--format excel for Excel" in asked.stderr) == (name == "a.xlsx")


@pytest.mark.parametrize("words", [["--all"], ["https://a.example/rain"]])
@pytest.mark.parametrize("ending", ["md", "html"])
@pytest.mark.usefixtures("recorded")
def test_an_audit_is_no_article_again(
    run: Run, tmp_path: Path, words: list[str], ending: str
) -> None:
    audit = tmp_path / f"audit.{ending}"
    assert run(*words, "-o", str(audit)).exit_code == 0
    with pytest.raises(ExtractError, match="an audit written by this program") as caught:
        read(audit.read_bytes(), name=str(audit))
    assert caught.value.code == "own-audit"


def test_who_writes_of_an_audit_writes_an_article() -> None:
    text = (
        "# What audits are\n\nA citation audit says: This audit shows where each citation leads, "
        "not whether it is true [1](https://a.example/audits).\n"
    )
    document, *_ = read(text.encode(), name="story.md")
    assert document.title == "What audits are"


@pytest.mark.usefixtures("recorded")
def test_a_file_and_stdout_have_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for form in ("md", "html", "json", "csv"):
        path = tmp_path / f"audit.{form}"
        run("--all", "-o", str(path))
        printed = run("--all", "--format", form, "-o", "-")
        assert path.read_bytes() == printed.stdout_bytes


def test_a_file_is_replaced_only_by_force(
    run: Run, recorded: Sequence[str], tmp_path: Path
) -> None:
    path = tmp_path / "audit.md"
    path.write_text("mine")
    asked = run(recorded[0], "-o", str(path))
    assert asked.exit_code == 2
    assert "it exists. Name another file, or give --force" in asked.stderr
    assert path.read_text() == "mine"
    assert run(recorded[0], "-o", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("# Citation audit")


def test_the_article_itself_is_never_replaced(
    run: Run, recorded: Sequence[str], tmp_path: Path
) -> None:
    article, link = tmp_path / "article.md", tmp_path / "link.md"
    article.write_text("The dam broke [1].")
    link.symlink_to(article)
    asked = run(recorded[0], str(article), "-o", str(link), "--force")
    assert asked.exit_code == 2
    assert "this is the article itself" in asked.stderr
    assert article.read_text() == "The dam broke [1]."


def test_no_ledger_is_replaced_by_an_audit(
    run: Run, recorded: Sequence[str], tmp_path: Path
) -> None:
    ledger = tmp_path / "other.db"
    ledger.write_bytes(b"SQLite format 3\0 and pages")
    asked = run(recorded[0], "-o", str(ledger), "--force", "--format", "md")
    assert asked.exit_code == 2
    assert "this is a database, maybe a ledger, and --force replaces none" in asked.stderr
    assert ledger.read_bytes() == b"SQLite format 3\0 and pages"


def test_a_link_that_leads_nowhere_is_a_file_too(
    run: Run, recorded: Sequence[str], tmp_path: Path
) -> None:
    path = tmp_path / "audit.md"
    path.symlink_to(tmp_path / "elsewhere")
    assert run(recorded[0], "-o", str(path)).exit_code == 2
    assert run(recorded[0], "-o", str(path), "--force").exit_code == 0
    assert not path.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("words", [[], ["--force"]])
def test_what_is_no_file_is_never_replaced(
    run: Run, recorded: Sequence[str], tmp_path: Path, words: list[str]
) -> None:
    asked = run(recorded[0], "-o", str(tmp_path), *words)
    assert asked.exit_code == 2
    assert tmp_path.is_dir()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none/audit.md", "there is no such folder. Name another file"),
        ("ledger.db/audit.md", "there is no such folder. Name another file"),
        ("a" * 300, "it cannot be written: File name too long"),
        (".", "this is a folder"),
        ("", "this is a folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(
    run: Run, recorded: Sequence[str], tmp_path: Path, name: str, why: str
) -> None:
    before = list(tmp_path.iterdir())
    asked = run(recorded[0], "-o", f"{tmp_path}/{name}")
    assert asked.exit_code == 2
    assert why in asked.stderr
    assert list(tmp_path.iterdir()) == before


@pytest.mark.parametrize("words", [[], ["--force"]])
def test_what_is_there_and_is_no_file_stays(
    run: Run, recorded: Sequence[str], tmp_path: Path, words: list[str]
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert run(recorded[0], "-o", str(path), *words).exit_code == 2
    assert path.is_fifo()


def test_the_working_folder_is_no_file(run: Run, recorded: Sequence[str]) -> None:
    assert run(recorded[0], "-o", ".").exit_code == 2
    assert run(recorded[0], "-o", ".", "--force").exit_code == 2


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        ("gaps", "fails on gaps: 2 of 10 citations lead nowhere\n"),
        (
            "single-source",
            "fails on single-source: 5 of 9 sentences that cite or name a source fall with one "
            "outlet or story\n",
        ),
        ("uncited", "fails on uncited: 1 of 11 claims has nothing to carry it\n"),
        ("findings", "fails on findings: 4 to look at\n"),
    ],
)
def test_an_audit_fails_on_what_it_is_told_to_fail_on(
    run: Run, recorded: Sequence[str], flaw: str, words: str
) -> None:
    asked = run(recorded[0], "--fail-on", flaw)
    assert asked.exit_code == 1
    assert asked.stderr == words
    assert asked.stdout == run(recorded[0]).stdout


@pytest.mark.usefixtures("recorded")
def test_what_fails_is_told_once_each_and_the_file_is_written_all_the_same(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "audit.md"
    words = ["--fail-on", "gaps", "--fail-on", "findings", "--fail-on", "gaps"]
    asked = run("--all", "-o", str(path), *words)
    assert asked.exit_code == 1
    assert asked.stderr.splitlines()[1:] == [
        "fails on gaps: 3 of 12 citations lead nowhere",
        "fails on findings: 4 to look at",
    ]
    assert path.exists()


def test_an_audit_without_a_flaw_does_not_fail(run: Run, empty_db: Path) -> None:
    said = [Said("So.", [["1", "2"]])]
    pages = {"1": "https://north.example/1", "2": "https://south.example/1"}
    (id,) = record(empty_db, [Text("https://a.example/x", said, pages)])
    flaws = ("gaps", "single-source", "uncited", "findings")
    assert run(id, *(word for flaw in flaws for word in ("--fail-on", flaw))).exit_code == 0


def test_one_of_a_kind_is_said_as_one(run: Run, empty_db: Path) -> None:
    said = [Said("Is it so?"), Said("So.", [["https://north.example/1"]]), Said("No.", [["9"]])]
    (id,) = record(empty_db, [Text("https://a.example/x", said, {})])
    flaws = ("gaps", "single-source")
    asked = run(id, *(word for flaw in flaws for word in ("--fail-on", flaw)))
    assert "fails on gaps: 1 of 2 citations leads nowhere\n" in asked.stderr
    assert (
        "single-source: 1 of 2 sentences that cite or name a source falls with one outlet or "
        "story\n" in asked.stderr
    )
    assert "\n1 of 2 citations leads nowhere.\n" in asked.stdout
    assert "\n1 of 2 sentences that cite or name a source falls with one outlet.\n" in asked.stdout
    assert (
        "1 of 2 citations leads nowhere; what depends on it is not known"
        in run(id, "--format", "json").stdout
    )


def test_whoever_writes_does_not_wait_while_one_article_is_rendered(
    run: Run,
    recorded: Sequence[str],
    empty_db: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slowly(_: Audit) -> Iterator[str]:
        with closing(sqlite3.connect(empty_db, timeout=0)) as writer:
            writer.execute("PRAGMA journal_mode = DELETE")
            writer.execute("BEGIN EXCLUSIVE")
        assert not list(tmp_path.glob(".ledger-*"))  # who ends the program now leaves none behind
        yield "written"

    monkeypatch.setattr("ledger.export.csv.to_csv", slowly)
    path = tmp_path / "one.csv"
    assert run(recorded[0], "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == "written"


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("words", [(), ("-o", "audit.html")])
def test_a_temporary_file_without_room_is_not_taken_for_the_output(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ledger.export.set_by.IN_MEMORY", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    before = set(tmp_path.iterdir())
    asked = run("--all", "--format", "html", *words)
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert asked.stderr == (
        "ledger: the folder for temporary files: there is no such folder. "
        "Name another one with the environment variable TMPDIR\n"
    )
    assert set(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("recorded")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_temporary_file_on_a_full_disk_is_not_taken_for_the_output(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = BufferedWriter(FileIO("/dev/full", "w"))
    monkeypatch.setattr("ledger.export.set_by.SpooledTemporaryFile", lambda _: full)
    asked = run("--all", "--format", "csv")
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "the folder for temporary files: it cannot be written: No space left" in asked.stderr


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_what_cannot_be_read_to_its_end_is_not_begun(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def cut_off(rows: AuditRows, *others: Any) -> Iterator[AuditedFinding]:
        if rows.article["title"] == "Snow over Exampleton":
            raise StoreError("the ledger", "the server ended the connection")
        return findings_of(rows, *others)

    monkeypatch.setattr("ledger.audit.build.findings_of", cut_off)
    path = tmp_path / "out" / f"audit.{form}"
    path.parent.mkdir()
    for words in (["--format", form], ["-o", str(path)]):
        asked = run("--all", *words)
        assert (asked.exit_code, asked.stdout) == (5, "")
        assert "the server ended the connection" in asked.stderr
    assert not list(path.parent.iterdir())


def test_no_control_character_reaches_the_terminal(run: Run, empty_db: Path) -> None:
    said = [Said("\x1b[31mRed\x1b[0m \x9b1m \u202eback.", [["\x1b]8;;x\x07"]])]
    record(empty_db, [Text("https://a.example/x", said, {}, fields={"title": "\x1b[2J"})])
    for form in ("md", "html", "csv", "json"):
        asked = run("--all", "--format", form)
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(asked.stdout + asked.stderr)
