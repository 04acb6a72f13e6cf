"""The commands that read and record, as processes and in one: what they say, and how they end."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pdfs import made
from typer.testing import CliRunner

import ledger
from ledger.commands import app
from ledger.errors import StoreError
from ledger.opened_to_read import opened_to_read
from ledger.schema import Place
from ledger.split import split
from ledger.store import Ledger

CHECKOUT = Path(ledger.__file__).parent.parent
BODY = "The dam broke [1][2]. It held.\n\n[1]: https://www.reuters.com/a\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.md").write_text(f"Dam {number} broke. {BODY}", encoding="utf-8")
    return folder


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.md"
    path.write_text(BODY, encoding="utf-8")
    return path


def run(db: Place, *args: object, stdin: str | None = None, **env: str) -> Any:
    named = {"LEDGER_DB": str(db), "COLUMNS": "200"}
    return CliRunner().invoke(app, [*map(str, args)], input=stdin, env={**named, **env})


def start(db: Path, *args: object, **options: Any) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "ledger", "--db", str(db), *map(str, args)]
    return subprocess.Popen(words, cwd=CHECKOUT, **options)  # noqa: S603 - our own program


def shell(db: Path, command: str) -> tuple[int, str]:
    """Exit status and stderr of a command whose stdout a shell has bent."""
    done = subprocess.run(  # noqa: S602 - our own words
        f'"$PYTHON" -m ledger --db "$DB" {command}',
        shell=True,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHON": sys.executable, "DB": str(db)},
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr.decode()


def one(db: Path, sql: str) -> Any:
    connection = sqlite3.connect(db)
    (found,) = connection.execute(sql).fetchone()
    connection.close()
    return found


def item(result: Any) -> dict[str, Any]:
    (found,) = json.loads(result.stdout)["items"]
    assert isinstance(found, dict)
    return found


def test_two_processes_over_one_folder_record_each_article_once(
    empty_db: Path, folder: Path
) -> None:
    writers = [start(empty_db, "ingest", folder, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]

    assert one(empty_db, "SELECT count(*) FROM article") == 20
    assert one(empty_db, "SELECT count(*) FROM current_article") == 20
    assert one(empty_db, "SELECT count(*) FROM capture") == 20
    assert run(empty_db, "journal", "verify").exit_code == 0


def test_two_processes_may_make_one_ledger(tmp_path: Path, folder: Path) -> None:
    db = tmp_path / "ledger.db"
    both = [start(db, "ingest", folder, stderr=subprocess.PIPE) for _ in "ab"]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM article").fetchone() == (20,)


@pytest.mark.parametrize("more", [[], ["--follow", "2"], ["--json"]])
def test_inputs_that_cannot_be_read_make_no_ledger(
    tmp_path: Path, story: Path, more: list[str]
) -> None:
    db, binary = tmp_path / "new" / "ledger.db", tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    done = run(db, "ingest", tmp_path / "none.md", binary, *more)
    assert (done.exit_code, "Made a new ledger" in done.stderr) == (3, False)
    assert list(db.parent.iterdir()) == []
    done = run(db, "ingest", binary, story, *more)
    assert (done.exit_code, f"Made a new ledger at {db}" in done.stderr) == (3, True)
    assert [path.name for path in db.parent.iterdir()] == ["ledger.db"]


def test_the_same_bytes_at_a_second_address_are_said_to_be_there_already(
    empty_db: Path, story: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.md"
    copy.write_bytes(story.read_bytes())
    done = run(empty_db, "ingest", story, copy, "--format", "jsonl")
    first, second = (json.loads(line)["same_bytes"] for line in done.stdout.splitlines())
    assert (first, second) == (None, story.as_uri())
    assert done.stderr.count("this has exactly the same bytes as") == 1
    assert "very bytes" not in run(empty_db, "ingest", copy, story).stderr
    done = run(empty_db, "ingest", copy, "--url", "https://gazette.example/story")
    assert (
        f"note: {copy}: this has exactly the same bytes as {story.as_uri()}, which is recorded "
        "too, so each of its claims is counted more than once. Record a text once, or always "
        "with the same --url; to leave this one out of all counts: ledger set-aside " in done.stderr
    )


def test_two_links_at_once_leave_one_of_them(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    pages = ("https://apnews.com/b", "https://www.dw.com/c")
    options: dict[str, Any] = {"stdout": subprocess.DEVNULL}
    writers = [start(empty_db, "link", story, "2", page, **options) for page in pages]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]

    assert one(empty_db, "SELECT count(*) FROM citation WHERE because IS NOT NULL") == 2
    assert one(empty_db, "SELECT count(*) FROM current_citation WHERE marker = '2'") == 1


def test_a_failure_is_said_on_stderr_where_the_table_does_not(
    empty_db: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.md"
    piped = run(empty_db, "ingest", gone)
    shown = run(empty_db, "ingest", gone, "--format", "table")
    parsed = run(empty_db, "parse", gone)

    assert [each.exit_code for each in (piped, shown, parsed)] == [3, 3, 3]
    line = f"failed  {gone}: no such file"
    assert line in piped.stderr
    assert line in parsed.stderr
    assert line not in shown.stderr
    assert "no such file" in shown.stdout


def test_articles_without_a_citation_are_named(empty_db: Path, tmp_path: Path, story: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(f"Contents {name}\n", encoding="utf-8")
    named = [tmp_path / f"{name}.txt" for name in "abcd"]

    alone = run(empty_db, "ingest", named[0])
    assert "1 article recorded, 0 unchanged.\n" in alone.stderr
    assert f"note: no citation was found in 1 article: {named[0]}\n" in alone.stderr
    (tmp_path / "a.txt").write_text("Contents of a\n", encoding="utf-8")
    done = run(empty_db, "ingest", story, *named)
    said = f"{named[0]}, {named[1]}, {named[2]} and 1 more"
    assert f"note: no citation was found in 4 articles: {said}\n" in done.stderr
    assert "note" not in run(empty_db, "ingest", named[0]).stderr


def test_files_that_are_passed_over_are_counted_or_named(empty_db: Path, folder: Path) -> None:
    for name in ("a.PNG", "b.png", "LICENSE", "1.doc", "2.doc", "3.rtf", "4.Doc", "box.mbox"):
        (folder / name).touch()
    for command in ("ingest", "parse"):
        said = run(empty_db, command, folder).stderr
        assert "note: 3 files passed over (no extension, .png)." in said
        shown = ", ".join(str(folder / name) for name in ("1.doc", "2.doc", "3.rtf"))
        assert f"note: not read: {shown} and 1 more (save it as .docx, or: soffice" in said
        box = folder / "box.mbox"
        assert f"note: not read: {box} (it holds many mails: save each as .eml)\n" in said
        assert "note" not in run(empty_db, "--quiet", command, folder).stderr


def test_pdf_in_a_folder_is_read_where_it_can_be(
    empty_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Story.PDF").write_bytes(made([[(72, 700, "The dam broke in the night [1].")]]))
    assert "The dam broke" in run(empty_db, "parse", tmp_path).stdout
    monkeypatch.setattr("ledger.inputs.find.reads_pdf", lambda: False)
    (tmp_path / "story.md").write_text(BODY, encoding="utf-8")
    done = run(empty_db, "parse", tmp_path)
    assert done.exit_code == 0
    assert "Story.PDF (to read PDF: pip install 'claim-ledger[pdf]')" in done.stderr


def test_a_folder_may_have_archives(empty_db: Path, tmp_path: Path) -> None:
    story, folder = tmp_path / "story.md", tmp_path / "folder"
    story.write_text(BODY, encoding="utf-8")
    folder.mkdir()
    run(empty_db, "ingest", story, "--url", "https://a.example/story")
    run(empty_db, "articles", "--warc", folder / "out.warc.gz")
    other = tmp_path / "other.db"
    assert "1 article recorded" in run(other, "ingest", folder).stderr
    done = run(other, "parse", folder)
    assert "out.warc.gz (what it holds is read by ledger ingest)" in done.stderr


def test_who_waits_for_another_program_is_told_unless_quiet(
    empty_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
        time.sleep(0.2)
        return opened_to_read(path, busy_timeout_s)

    monkeypatch.setattr("ledger.waiting.AFTER_S", 0.02)
    monkeypatch.setattr("ledger.schema.opened_to_read", held)
    told = f"{empty_db}: another program is writing to it. Waiting for up to half a minute ...\n"
    assert run(empty_db, "outlets").stderr.count(told) == 1
    assert told not in run(empty_db, "--quiet", "outlets").stderr


def test_an_audit_in_a_folder_is_passed_over_and_told(empty_db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "story.md").write_text(BODY, encoding="utf-8")
    run(empty_db, "ingest", folder)
    audit = folder / "audit.html"
    run(empty_db, "audit", "--all", "-o", audit)
    told = f"note: passed over {audit}: it is an audit written by this program"
    for command, lines in (("ingest", 2), ("parse", 1)):
        done = run(empty_db, command, folder)
        assert done.exit_code == 0
        assert told in done.stderr
        assert len(done.stdout.splitlines()) == lines
        assert told not in run(empty_db, "--quiet", command, folder).stderr
        assert run(empty_db, command, audit).exit_code == 3  # that one was named


def test_a_folder_that_cannot_be_read_is_a_failed_input(
    empty_db: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(top: str, onerror: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", f"{top}/closed"))
        yield top, [], ["00.md"]

    monkeypatch.setattr(os, "walk", walk)
    for command in ("ingest", "parse"):
        result = run(empty_db, command, folder)
        assert result.exit_code == 3
        assert f"failed  {folder}/closed: this folder cannot be read" in result.stderr
        assert str(folder / "00.md") in result.stdout


@pytest.mark.parametrize("address", ["http://", "http://[::1", "https://news.example:99999/"])
def test_an_address_that_is_none_is_refused_by_no_policy(empty_db: Path, address: str) -> None:
    assert run(empty_db, "ingest", address).exit_code == 3
    assert run(empty_db, "parse", address, "ftp://news.example/").exit_code == 3
    assert run(empty_db, "parse", "ftp://news.example/").exit_code == 6


@pytest.mark.parametrize("name", ["file:///etc/passwd", "ftp://a.example/x"])
@pytest.mark.parametrize("command", ["ingest", "parse"])
def test_what_policy_forbids_is_status_6(
    empty_db: Path, story: Path, tmp_path: Path, command: str, name: str
) -> None:
    refused = run(empty_db, command, name, story)
    mixed = run(empty_db, command, name, tmp_path / "gone.md")

    assert (refused.exit_code, mixed.exit_code) == (6, 3)
    assert "addresses are not read" in refused.stderr


@pytest.mark.parametrize("command", ["ingest", "parse"])
def test_a_mistake_in_a_reader_fails_one_input_only(
    empty_db: Path, folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(document: Any) -> Any:
        if "Dam 1 " in document.text:
            raise KeyError("x")
        return split(document)

    monkeypatch.setattr(import_module("ledger.pipeline.claims"), "split", faulty)
    result = run(empty_db, command, folder)
    traced = run(empty_db, "--debug", command, folder / "01.md")

    assert result.exit_code == 3
    assert "01.md: internal error while reading it (KeyError)" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout.count(".md") >= 20
    assert "Traceback" in traced.stderr


def test_a_database_that_fails_ends_the_run(
    empty_db: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("here", "the disk is full")

    monkeypatch.setattr("ledger.store.Ledger.append_together", full)
    result = run(empty_db, "ingest", folder)

    assert (result.exit_code, result.stderr) == (5, "ledger: here: the disk is full\n")


def test_what_was_recorded_before_a_database_failed_is_told(
    empty_db: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Ledger.append_together

    def soon_full(opened: Ledger, versions: Any) -> Any:
        if one(empty_db, "SELECT count(*) FROM article") == 2:
            raise StoreError("here", "the disk is full")
        return append(opened, versions)

    monkeypatch.setattr("ledger.store.Ledger.append_together", soon_full)
    monkeypatch.setattr("ledger.pipeline.together.MOST", 1)
    result = run(empty_db, "ingest", folder)

    assert result.exit_code == 5
    assert "2 articles recorded, 0 unchanged." in result.stderr
    assert result.stderr.endswith("ledger: here: the disk is full\n")
    assert [line.partition("\t")[0] for line in result.stdout.splitlines()[1:]] == [
        str(folder / name) for name in ("00.md", "01.md")
    ]


def test_an_address_of_the_page_must_be_one(empty_db: Path, story: Path) -> None:
    result = run(empty_db, "ingest", story, "--url", "notaurl")

    assert result.exit_code == 2
    assert "--url: notaurl is not the address of a page" in result.stderr
    assert one(empty_db, "SELECT count(*) FROM article") == 0


def test_a_list_of_inputs_may_have_comments_and_come_from_standard_input(
    empty_db: Path, tmp_path: Path
) -> None:
    for name in ("a.md", "b #2.md"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    text = f"# articles\n\n{tmp_path}/a.md  # the first\n{tmp_path}/b #2.md\t# the second\n"
    (tmp_path / "list").write_text(text, encoding="utf-8")

    for result in (
        run(empty_db, "ingest", "--from-file", tmp_path / "list", "--json"),
        run(empty_db, "ingest", "--from-file", "-", "--json", stdin=text),
    ):
        items = json.loads(result.stdout)["items"]
        assert [each["input"] for each in items] == [f"{tmp_path}/a.md", f"{tmp_path}/b #2.md"]
        assert [each["claims"] for each in items] == [2, 2]
    both = run(empty_db, "ingest", "-", "--from-file", "-", stdin=text)
    assert (both.exit_code, "cannot be both" in both.stderr) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        'id,url,note\n1,{0}/a.md,"x, y"\n2,,\n3,{0}/b.md,\n',
        "Title;URL\nA;{0}/a.md\nB;{0}/b.md\n",
        "url\n{0}/a.md\n{0}/b.md\n",
    ],
)
def test_a_table_of_inputs_is_read_by_its_column(empty_db: Path, tmp_path: Path, text: str) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    table = tmp_path / "list.csv"
    table.write_text(text.format(tmp_path), encoding="utf-8")

    read = run(empty_db, "ingest", "--from-file", table, "--json")
    items = json.loads(read.stdout)["items"]
    assert [each["input"] for each in items] == [f"{tmp_path}/a.md", f"{tmp_path}/b.md"]
    refused = run(empty_db, "ingest", table)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"To read the pages it lists: --from-file {table}" in refused.stderr
    table.write_text(f'url\n"{"x" * 200_000}', encoding="utf-8")
    broken = run(empty_db, "ingest", "--from-file", table)
    assert (broken.exit_code, "is not CSV" in broken.stderr) == (2, True)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_without_a_known_column_is_refused_once(
    empty_db: Path, tmp_path: Path, delimiter: str
) -> None:
    table = tmp_path / "list.csv"
    rows = ("Title", "Where"), ("A", "https://a.example/a"), ("B, or C", "https://a.example/b")
    table.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
    refused = run(empty_db, "ingest", "--from-file", table)

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.count("no column of it is known to name inputs") == 1
    assert "Call the column of addresses one of: url, input, address, link, uri" in refused.stderr


def test_addresses_and_files_with_commas_are_no_table(empty_db: Path, tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a, b.md", "c, d.md")]
    for name in names:
        Path(name).write_text(BODY, encoding="utf-8")
    listed = tmp_path / "list"
    listed.write_text("\n".join(["# these, and those", *names]), encoding="utf-8")
    read = run(empty_db, "ingest", "--from-file", listed, "--json")

    assert [each["input"] for each in json.loads(read.stdout)["items"]] == names


def test_links_that_are_kept_or_lost_are_said(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    run(empty_db, "link", story, "2", "https://apnews.com/b")
    story.write_text(f"{BODY}\nMore.\n", encoding="utf-8")
    kept = run(empty_db, "ingest", story)
    story.write_text(BODY.replace("broke", "burst"), encoding="utf-8")
    lost = run(empty_db, "ingest", story)

    assert "1 link from the previous version kept" in kept.stderr
    assert "do not apply to this one: [2]. See ledger article " in lost.stderr


def test_parse_and_ingest_count_alike(empty_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "count.md"
    path.write_text(
        "# Dam\n\nIt broke [1][2]. What now? It held [3], [says the mayor](https://a.example/m).\n\n"
        "## Sources\n\n[1] https://a.example/1 ; https://b.example/1\n[2] A letter\n",
        encoding="utf-8",
    )
    parsed = json.loads(run(empty_db, "parse", path).stdout)
    recorded = item(run(empty_db, "ingest", path, "--json"))

    assert len(parsed["claims"]) > parsed["counts"]["claims"] == 2
    assert parsed["counts"] == {name: recorded[name] for name in parsed["counts"]}
    assert (recorded["citations"], recorded["gaps"]) == (4, 2)


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("form", ["table", "tsv"])
def test_the_name_of_a_file_is_one_line(empty_db: Path, tmp_path: Path, form: str) -> None:
    name = "a\nledger: all is well\tb.md"
    (tmp_path / name).write_text(BODY, encoding="utf-8")
    for words in (("ingest", tmp_path), ("ingest", tmp_path / f"{name}.gone")):
        said = run(empty_db, *words, "--format", form)
        assert "\nledger: all is well" not in said.output
        assert "a\\nledger: all is well\\tb.md" in said.output
    made = run(empty_db, "audit", "--all", "-o", tmp_path / f"{name}.csv")
    assert "\nledger: all is well" not in made.stderr
    assert (tmp_path / f"{name}.csv").exists()


def test_a_list_of_references_may_come_from_standard_input(empty_db: Path, story: Path) -> None:
    given = "\ufeffmarker,url\n2,https://apnews.com/b\n"
    read = run(empty_db, "ingest", story, "--references", "-", "--json", stdin=given)
    assert item(read)["gaps"] == 0
    parsed = run(empty_db, "parse", story, "--references", "-", stdin=given)
    assert json.loads(parsed.stdout)["counts"]["gaps"] == 0
    wrong = run(empty_db, "ingest", story, "--references", "-", stdin="a,b\n")
    assert (wrong.exit_code, "standard input: the columns" in wrong.stderr) == (3, True)
    for words in (("ingest", "-"), ("parse", "-")):
        both = run(empty_db, *words, "--references", "-", stdin=given)
        assert (both.exit_code, both.stdout) == (2, "")
        assert "standard input cannot be both a list and an input" in both.stderr


def test_that_a_list_has_no_entry_that_is_cited_is_said(
    empty_db: Path, story: Path, tmp_path: Path
) -> None:
    given = tmp_path / "list.csv"
    given.write_text("marker,url\n77,https://apnews.com/b\n")
    wrong = run(empty_db, "ingest", story, "--references", given, "--json")
    assert json.loads(wrong.stdout)["items"][0]["given_list"] == "uncited"
    parsed = run(empty_db, "parse", story, "--references", given)
    for said in (wrong, parsed):
        assert "cites none of the entries of the reference list" in said.stderr
    given.write_text("marker,url\n77,https://apnews.com/b\n2,https://apnews.com/c\n")
    for verb in ("ingest", "parse"):
        assert "none" not in run(empty_db, verb, story, "--references", given).stderr


def test_that_records_without_ids_were_counted_is_said(
    empty_db: Path, story: Path, tmp_path: Path
) -> None:
    given = tmp_path / "list.ris"
    record = "TY  - NEWS\n{}UR  - https://apnews.com/{}\nER  - \n"
    given.write_text(record.format("", "a") + record.format("", "b"))
    for verb in ("ingest", "parse"):
        counted = run(empty_db, verb, story, "--references", given)
        assert "no ids: they were numbered by their place, 1 to 2" in counted.stderr
    given.write_text(record.format("ID  - 1\n", "a") + record.format("ID  - 2\n", "b"))
    called = run(empty_db, "ingest", story, "--references", given)
    assert "ids" not in called.stderr


def test_what_becomes_of_a_list_that_is_not_given_again_is_said(
    empty_db: Path, tmp_path: Path
) -> None:
    article, given = tmp_path / "a.md", tmp_path / "list.csv"
    article.write_text("# Bridge\n\nIt closed [1].\n")
    given.write_text("marker,url,title\n1,https://a.example/1,One\n")
    run(empty_db, "ingest", article, "--references", given)
    again = run(empty_db, "ingest", article, "--references", given, "--json")
    kept = run(empty_db, "ingest", article, "--json")
    article.write_text("# Bridge\n\nIt closed [1]. It opened.\n")
    lost = run(empty_db, "ingest", article, "--json")

    said = [json.loads(done.stdout)["items"][0]["given_list"] for done in (again, kept, lost)]
    assert said == [None, "kept", "missing"]
    assert "the reference list given for it before still applies" in kept.stderr
    assert "give it again: --references" in lost.stderr
    assert "list" not in again.stderr


def test_a_list_of_references_that_cannot_be_read_is_an_input_that_cannot(
    empty_db: Path, story: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "list.json"
    for wrong in (b'[{"marker": "1', b"\xff\xfe\xff"):
        listed.write_bytes(wrong)
        refused = run(empty_db, "ingest", story, "--references", listed)
        assert (refused.exit_code, refused.stdout) == (3, "")
        assert "list.json" in refused.stderr
    assert one(empty_db, "SELECT COUNT(*) FROM article") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such locale")
def test_words_in_a_locale_without_them_are_no_broken_names(empty_db: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "ledger", "--db", str(empty_db), "claims", "--search", "河水"],
        cwd=CHECKOUT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.startswith("ledger: 河水: it is UTF-8, but the locale of this system is not")
    assert "PYTHONUTF8=1" in said
    assert "Rename" not in said


def test_a_limit_of_nothing_is_refused(empty_db: Path, story: Path) -> None:
    refused = run(empty_db, "ingest", story, "--limit", 1)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--limit 1: it limits the new pages of feeds and sitemaps" in refused.stderr
    unfollowed = run(empty_db, "ingest", story, "--follow-limit", 3)
    assert (unfollowed.exit_code, unfollowed.stdout) == (2, "")
    assert "--follow-limit 3: no cited pages are fetched. Give --follow N" in unfollowed.stderr
    assert "Made a new ledger" not in refused.stderr


def test_a_link_that_a_list_contradicts_stands_and_that_is_said(
    empty_db: Path, story: Path, tmp_path: Path
) -> None:
    given = tmp_path / "list.csv"
    given.write_text("marker,url\n2,https://www.dw.com/c\n", encoding="utf-8")
    run(empty_db, "ingest", story)
    run(empty_db, "link", story, "2", "https://apnews.com/b", "--by", "flo")
    read = run(empty_db, "ingest", story, "--references", given, "--format", "jsonl")

    assert json.loads(read.stdout)["contradicted"] == ["2"]
    article = json.loads(read.stdout)["article"][:12]
    assert (
        "[2] still leads to https://apnews.com/b, as a person linked it; the reference list "
        f"says https://www.dw.com/c. If the list is right: ledger link {article} 2 URL\n"
    ) in read.stderr
    said = (
        "[2] leads to https://apnews.com/b, says flo; the reference list leads it to "
        "https://www.dw.com/c"
    )
    page = run(empty_db, "article", story, "--json")
    assert {"code": "link-against-list", "detail": said, "at": None} in item(page)["findings"]
    trace = run(empty_db, "trace", "broke", "--format", "table")
    assert "        linked by flo\n        ! the reference list leads [2] to " in trace.stdout
    audit = run(empty_db, "audit", story, "--format", "md").stdout
    assert "### Finding link-against-list: 1\n" in audit
    assert "; the reference list leads it to <https://www.dw.com/c>\n" in audit
    rows = csv.DictReader(run(empty_db, "audit", story, "--format", "csv").stdout.splitlines())
    assert [(row["linked_by"], row["read_as"]) for row in rows if row["marker"] == "2"] == [
        ("flo", "https://www.dw.com/c")
    ]


def test_a_correction_says_what_was_there_before(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    first = run(empty_db, "link", story, "[2]", "https://apnews.com/b", "--by", "", "--reason", " ")
    second = run(
        empty_db, "link", story, "2", "https://www.dw.com/c", "--by", "flo", "--format", "table"
    )
    third = run(empty_db, "link", story, "2", "https://apnews.com/b", "--json")

    assert first.exit_code == 0
    assert "[2] leads to Deutsche Welle in 1 citation (was Associated Press)" in second.stdout
    assert item(third)["before"] == ["Deutsche Welle"]
    judged = "SELECT \"by\" || coalesce(reason, '-') FROM judgement ORDER BY at"
    assert one(empty_db, judged).endswith("-")
    assert one(empty_db, judged) != "-"


def test_a_page_has_one_address_and_what_a_reader_opens_is_as_written(
    empty_db: Path, story: Path
) -> None:
    page, written = "https://daily.example/dam", "https://www.reuters.com/a"
    first = run(empty_db, "ingest", story, "--url", "https://www.daily.example/dam", "--json")
    again = run(empty_db, "ingest", story, "--url", "http://daily.example/dam/", "--json")
    assert (item(again)["new"], item(again)["article"]) == (False, item(first)["article"])

    assert item(run(empty_db, "articles", "--json"))["url"] == page
    assert item(run(empty_db, "sources", "--json"))["url"] == "https://reuters.com/a"
    source = run(empty_db, "source", written, "--format", "table").stdout
    assert (
        f"https://reuters.com/a\nReuters\n\n1 claim in 1 article cites it.\n    as {written}\n"
        in source
    )
    trace = run(empty_db, "trace", "broke", "--format", "table").stdout
    assert f"    [1] Reuters  {written}\n" in trace
    (member,) = (each for each in item(run(empty_db, "trace", "broke", "--json"))["groups"][0][:1])
    assert (member["url"], member["cited"]) == ("https://reuters.com/a", written)
    audit = run(empty_db, "audit", page, "--format", "md").stdout
    assert f"- Address: <{page}>\n" in audit
    assert ", from <https://www.daily.example/dam>\n" in audit
    assert f"from Reuters, [1] <{written}>" in audit


def test_of_several_findings_those_that_lose_something_are_not_told_as_all(
    empty_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "dam.md"
    path.write_text(f"The wall fell [] at noon. {BODY}\n[9]: https://bbc.example/9\n")

    said = run(empty_db, "ingest", path, "--format", "table").stdout
    assert ", 3 findings (among them citation-lost)  " in said


def test_what_may_be_citations_and_was_read_as_words_is_said(
    empty_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "draw.md"
    path.write_text("Choose [1] yes or [2] no at once. Line [3] runs late, says the office.\n")
    note = "note: citations may have been missed: numbers-kept in 1 article. See ledger audit"

    said = run(empty_db, "ingest", path, "--format", "jsonl")
    assert json.loads(said.stdout)["unread"] == ["numbers-kept"]
    assert note in said.stderr
    assert "1 finding (numbers-kept)" in run(empty_db, "ingest", path, "--format", "table").stdout

    gaps = run(empty_db, "gaps")
    assert (note in gaps.stderr, "No gaps." in gaps.stderr) == (True, True)
    assert json.loads(run(empty_db, "gaps", "--json").stdout)["warnings"][0] in gaps.stderr

    refused = run(empty_db, "link", path, 1, "https://a.example/1")
    assert refused.exit_code != 0
    assert (
        "treated as plain text: give the reference list with ingest --references" in refused.stderr
    )


def test_a_link_with_a_password_is_refused_and_not_repeated(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    result = run(empty_db, "link", story, "2", "https://jo:secret@apnews.com/b")

    assert result.exit_code == 6
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reason", "seen\x1b[2J"), "--reason: it holds U+001B, which cannot be printed"),
        (("--by", "flo\x07"), "--by: it holds U+0007, which cannot be printed"),
        (("--reason", "x" * 4001), "--reason: it has 4,001 characters. At most 4,000"),
    ],
)
def test_what_cannot_be_printed_is_not_recorded(
    empty_db: Path, story: Path, words: tuple[str, str], said: str
) -> None:
    run(empty_db, "ingest", story)
    for command in (
        ("link", story, "2", "https://apnews.com/b"),
        ("withdraw", "reuters.com", "--date", "2025-01-01"),
        ("outlets", "add", "a.example", "--name", "A"),
        ("outlets", "merge", "reuters.com", "apnews.com"),
        ("origins", "apart", story, "https://www.reuters.com/a"),
    ):
        refused = run(empty_db, *command, *words)
        assert refused.exit_code == 2, command
        assert said in refused.stderr
    assert one(empty_db, "SELECT count(*) FROM judgement") == 0
    spread = ("--reason", "seen\n  on paper\t")
    run(empty_db, "link", story, "2", "https://apnews.com/b", *spread)
    assert one(empty_db, "SELECT reason FROM judgement") == "seen on paper"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://apnews.com/b c", "an address cannot contain a space"),
        ("https://apnews.com/b\nc", "an address cannot contain the character U+000A"),
        ("https://apnews.com/\x1b[31m", "an address cannot contain the character U+001B"),
        ("https://apnews.com/\u202eb", "an address cannot contain the character U+202E"),
    ],
)
def test_a_link_is_one_address_and_nothing_hidden(
    empty_db: Path, story: Path, address: str, said: str
) -> None:
    run(empty_db, "ingest", story)
    refused = run(empty_db, "link", story, "2", address)
    assert (refused.exit_code, said in refused.stderr) == (2, True)
    assert "\x1b" not in refused.stderr
    assert run(empty_db, "link", story, "2", " https://apnews.com/b ").exit_code == 0


def test_a_marker_that_is_not_there_cannot_be_linked(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    result = run(empty_db, "link", story, "9", "https://apnews.com/b")

    assert result.exit_code == 1
    assert "the article does not have this marker. It has: 1 2" in result.stderr
    two = run(empty_db, "link", story, "1,2", "https://apnews.com/b").stderr
    assert "the article does not have this marker. Link one at a time. It has: 1 2" in two


def test_a_link_to_an_address_that_hides_its_page_is_told(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    short = run(empty_db, "link", story, "2", "https://bit.ly/abc")
    assert "note: this address does not show which page it leads to; open it" in short.stderr
    assert "does not show" not in run(empty_db, "link", story, "2", "https://apnews.com/b").stderr


def test_markers_are_listed_by_number_wherever_they_stand(empty_db: Path, tmp_path: Path) -> None:
    page = tmp_path / "story.md"
    listed = "".join(f"[{n}]: https://{n}.example/a\n\n" for n in ("10", "9", "2"))
    page.write_text(f"It fell [10]. It rose [9]. It stood [2].\n\n{listed}", encoding="utf-8")
    run(empty_db, "ingest", page)
    said = run(empty_db, "link", page, "7", "https://apnews.com/b").stderr
    assert "It has: 2 9 10\n" in said


def test_markers_of_other_signs_are_listed_as_they_first_appear(
    empty_db: Path, tmp_path: Path
) -> None:
    page = tmp_path / "story.md"
    listed = "".join(f"[^{sign}]: https://{sign}.example/a\n\n" for sign in "ba")
    page.write_text(f"It fell.[^b] It rose.[^a] It stood.[^b]\n\n{listed}", encoding="utf-8")
    run(empty_db, "ingest", page)
    said = run(empty_db, "link", page, "7", "https://apnews.com/b").stderr
    assert "It has: b a\n" in said


def test_nothing_is_proved_of_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    result = run(path, "journal", "verify")

    assert (result.exit_code, result.stdout) == (5, "")
    assert f"{path}: there is no ledger here" in result.stderr
    assert not path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("command", ["articles", "articles --json", "--help", "ingest STORY"])
def test_a_full_standard_output_is_one_line_and_status_2(
    empty_db: Path, story: Path, command: str
) -> None:
    status, words = shell(empty_db, f"{command.replace('STORY', str(story))} >/dev/full")

    assert status == 2
    assert "ledger: standard output cannot be written: No space left on device" in words
    assert "Traceback" not in words


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
def test_a_closed_standard_output_is_one_line_and_status_2(empty_db: Path, story: Path) -> None:
    before = empty_db.read_bytes()
    status, words = shell(empty_db, f"ingest {story} >&-")

    assert (status, len(words.splitlines())) == (2, 1)
    assert "standard output is closed" in words
    assert shell(empty_db, f"ingest {story} >&- 2>&-") == (2, "")
    assert empty_db.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
@pytest.mark.parametrize("command", ["ingest", "parse"])
def test_an_interrupt_before_the_first_input_is_one_line_and_status_130(
    empty_db: Path, command: str
) -> None:
    process = start(
        empty_db,
        command,
        "-",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)  # it waits for its standard input by now
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=60)

    assert process.returncode == 130
    assert words == b"Interrupted. Run the same command again.\n"


def test_impact_says_what_is_covered_by_a_claim_that_falls_and_not_erased(
    empty_db: Path, tmp_path: Path
) -> None:
    story = tmp_path / "port.md"
    story.write_text(
        "The port closed. Three ships sank. Nobody was hurt [1].\n\nMore came. They left [2].\n\n"
        "[1]: https://www.reuters.com/a\n[2]: https://apnews.com/b\n",
        encoding="utf-8",
    )
    run(empty_db, "ingest", story)
    done = run(empty_db, "impact", "--outlet", "Reuters", "--format", "table")
    assert "2 claims without a citation may be covered by them" in done.stderr
    audited = run(empty_db, "audit", "--all").stdout
    assert "**1.** The port closed.\n\n- may be covered by claim 3\n" in audited
    erased = run(empty_db, "journal", "redact", story, "--reason", "asked for", "--yes")
    assert erased.exit_code == 0, erased.stderr
    assert "covered by claim" not in run(empty_db, "audit", "--all").stdout


@pytest.mark.parametrize("command", ["ingest", "parse"])
def test_a_list_that_is_read_from_a_file_beside_an_article_is_named(
    empty_db: Path, tmp_path: Path, command: str
) -> None:
    story = tmp_path / "story.md"
    story.write_text("The dam broke [1].\n")
    beside = tmp_path / "story.references.json"
    beside.write_text('[{"index": 1, "url": "https://www.reuters.com/a", "title": "Dam"}]')
    done = run(empty_db, command, story)
    assert done.exit_code == 0
    assert f"note: {story}: its references are those of {beside}" in done.stderr
    beside.unlink()
    assert "its references" not in run(empty_db, command, story).stderr


def test_articles_of_one_title_are_told_apart_by_their_place(
    empty_db: Path, tmp_path: Path
) -> None:
    for place in ("drafts/one.md", "drafts/two.md", "drafts/three.md", "printed/three.md"):
        page = tmp_path / place
        page.parent.mkdir(exist_ok=True)
        page.write_text(
            "# Dams\n\nIt fell.\n" if page.parent.name == "drafts" else "# Dams\n\nIt.\n"
        )
        run(empty_db, "ingest", page)
    shown = run(empty_db, "articles", "--format", "table").stdout
    assert "Dams (one.md)" in shown
    assert "Dams (two.md)" in shown
    assert "Dams (file://" in shown
    assert "(three.md)" not in shown
    (tmp_path / "other.md").write_text("# Elections\n\nIt rose.\n")
    run(empty_db, "ingest", tmp_path / "other.md")
    assert "other.md" not in run(empty_db, "articles", "--format", "table").stdout


def test_links_of_a_saved_page_that_lead_nowhere_are_closed_as_it_is_told(
    db: Place, tmp_path: Path
) -> None:
    path = tmp_path / "dam.html"
    linked = '<p>The dam broke at noon, said <a href="{}">the {} report</a> of the day.</p>'
    links = linked.format("/news/dam", "first") + linked.format("http://[", "second")
    path.write_text(f"<article><h1>Dam</h1>{links}</article>", encoding="utf-8")
    assert run(db, "ingest", path).exit_code == 0

    told = run(db, "gaps", "--format", "table").stderr
    assert "2 gaps.\n" in told  # neither has a marker that could be linked
    assert "once its address is known: ledger ingest FILE --url PAGE\n" in told
    audit = run(db, "audit", "--all", "--format", "md").stdout
    assert "Ingest a saved page with --url PAGE" in audit
    assert "`ledger link" not in audit

    assert run(db, "ingest", path, "--url", "https://a.example/story").exit_code == 0
    told = run(db, "gaps", "--article", "https://a.example/story", "--format", "table").stderr
    assert ("1 gap.\n" in told, "once its address is known" in told) == (True, False)
    assert run(db, "source", "https://a.example/news/dam").exit_code == 0


def test_a_finding_that_a_person_settled_is_no_longer_counted(db: Place, tmp_path: Path) -> None:
    path = tmp_path / "dam.md"
    path.write_text(f"{BODY}\nIt fell [2][3]. It was old [3].\n", encoding="utf-8")
    assert run(db, "ingest", path).exit_code == 0

    def told() -> tuple[int, str, list[object]]:
        (audit,) = json.loads(run(db, "audit", path, "--format", "json", "-o", "-").stdout)["items"]
        words = run(db, "audit", path, "--format", "md", "-o", "-").stdout
        (head,) = (line for line in words.splitlines() if "Finding marker-without" in line)
        settled = [each["settled_by"] for each in audit["findings"]]
        return audit["numbers"]["findings"], head.partition(": ")[2], settled

    assert told() == (2, "2", [None, None])
    (claim,) = (
        each["id"]
        for each in json.loads(run(db, "claims", "--search", "old", "--json").stdout)["items"]
    )
    linked = ("link", path, "3", "https://bbc.example/3", "--by", "desk")
    assert run(db, *linked, "--claim", claim).exit_code == 0
    assert told() == (2, "2", [None, None])  # elsewhere it still leads nowhere
    assert run(db, *linked).exit_code == 0
    assert told() == (1, "1, and 1 settled", [None, "desk"])
    assert (
        "- 1 finding: marker-without-reference (1)."
        in run(db, "audit", path, "--format", "md", "-o", "-").stdout
    )

    assert run(db, "link", path, "2", "https://bbc.example/2", "--by", "desk").exit_code == 0
    assert told() == (0, "0, and 2 settled", ["desk", "desk"])
    assert "- No open findings." in run(db, "audit", path, "--format", "md", "-o", "-").stdout
    assert run(db, "audit", path, "--fail-on", "findings").exit_code == 0
    assert run(db, "link", path, "2", "--undo").exit_code == 0
    assert told()[0] == 1
