"""A page that brings its reader down, as users and the ledger see it."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from test_contain import misbehaving
from typer.testing import CliRunner

from ledger.commands import app
from ledger.commands.lines import STATEMENTS, item_in
from ledger.errors import ExtractError
from ledger.inputs import Received
from ledger.pipeline.ingest import ingest
from ledger.reader import Reader
from ledger.store import open_ledger

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")
NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pages: the second brings its reader down, the third is a mistake of it."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in (("1", "one"), ("2", "<p>segfault"), ("3", "<p>err"), ("4", "four")):
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def badly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands whose pages say what their reader does."""
    for command, reader in (("parse", "read_item"), ("ingest", "read")):
        module = import_module(f"ledger.commands.{command}")
        monkeypatch.setattr(module, "page_readers", lambda *_, of=reader: misbehaving(reader=of))


@posix
@pytest.mark.usefixtures("badly")
def test_parse_goes_on_after_a_page_that_kills_its_reader(folder: Path) -> None:
    result = CliRunner().invoke(app, ["parse", str(folder)])
    items = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 3
    assert [item.get("text") for item in items] == ["one", None, None, "four"]
    assert [item["error"] and item["error"]["code"] for item in items] == [
        *(None, "worker-died", "internal", None)
    ]
    assert "2.html: reading it ended it by signal SIGSEGV" in result.stderr
    assert "3.html: internal error while reading it (KeyError)" in result.stderr
    assert "Traceback" not in result.stderr


@posix
@pytest.mark.usefixtures("badly")
def test_a_child_that_speaks_of_another_input_is_not_believed(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<p>pretend", encoding="utf-8")
    result = CliRunner().invoke(app, ["parse", str(page)])

    assert result.exit_code == 3
    assert json.loads(result.stdout)["error"]["code"] == "worker-died"
    assert "gave an answer that makes no sense" in result.stderr


def item(**said: object) -> bytes:
    lists: dict[str, object] = {"claims": [], "references": [], "findings": []}
    lists["counts"] = dict.fromkeys(("claims", "citations", "gaps", "findings"), 0)
    return json.dumps({**dict.fromkeys(STATEMENTS), **lists, "input": "a.html", **said}).encode()


def test_what_a_child_says_of_its_input_is_passed_on_as_it_came() -> None:
    said = item(title="The dam \u202e")

    assert item_in(said, "a.html") == said.decode()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        b'{"input": "a.html"}',
        item(input="b.html"),
        item(more=1),
        item(claims=None),
        item(findings=["a"]),
        item(findings=[{"code": "a"}]),
        item(counts=None),
        item(counts={"claims": 1}),
        item(counts={"claims": "1", "citations": 0, "gaps": 0, "findings": 0}),
        item(error={"code": "a", "message": "b"}),
        item().replace(b", ", b",\n"),
    ],
)
def test_what_is_no_item_of_its_input_is_not_passed_on(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        item_in(said, "a.html")


@posix
@pytest.mark.usefixtures("badly")
@pytest.mark.parametrize("command", ["parse", "ingest"])
def test_debug_shows_where_in_the_child_it_was(empty_db: Path, folder: Path, command: str) -> None:
    options = ["--db", str(empty_db), "--debug"]
    result = CliRunner().invoke(app, [*options, command, str(folder)])

    assert "in segfault" in result.stderr
    assert 'raise KeyError("no such key")' in result.stderr


@posix
def test_a_response_that_kills_its_reader_is_a_capture_all_the_same(empty_db: Path) -> None:
    url = "https://daily.example/dam"
    page = Received(url, url, url, b"<p>vanish", NOON, media_type="text/html", status=200)
    with (
        misbehaving() as pages,
        open_ledger(str(empty_db), clock=lambda: NOON) as ledger,
        pytest.raises(ExtractError) as caught,
    ):
        ingest(ledger, page, extract=pages.read)

    assert caught.value.code == "worker-died"
    with Reader(empty_db) as reader:
        assert [row["status"] for row in reader.rows("SELECT status FROM capture")] == [200]
        assert reader.rows("SELECT id FROM article") == []


def test_pages_are_parsed_in_another_process(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<!doctype html><p>Kyiv fell silent [1].</p>", encoding="utf-8")
    script = (
        "import sys; from ledger.commands import app\n"
        "slow = {'lxml', 'bs4', 'selectolax', 'ledger.model', 'ledger.extract', 'ledger.split'}\n"
        "try: app(sys.argv[1:])\n"
        "finally: sys.stderr.write(' '.join(slow & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, "parse", str(page)]
    done: Any = subprocess.run(command, capture_output=True, text=True)  # noqa: S603 - our own interpreter

    assert json.loads(done.stdout)["text"] == "Kyiv fell silent."
    assert done.stderr == "", "no parser of pages is in the parent"


def test_what_reads_a_page_starts_without_what_checks_entries() -> None:
    script = (
        "import sys, ledger.pipeline.item, ledger.extract.html\n"
        "slow = {'pydantic', 'pydantic_core', 'ledger.model', 'importlib.metadata'}\n"
        "print(sorted(slow & set(sys.modules)))\n"
    )
    done: Any = subprocess.run(  # noqa: S603 - our own interpreter
        [
            sys.executable,
            "-ISc",
            f"sys_path = {sys.path!r}; import sys; sys.path[:] = sys_path\n{script}",
        ],
        capture_output=True,
        text=True,
    )

    assert done.stdout == "[]\n", done.stderr
