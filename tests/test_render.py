"""A browser command of the user's own, and pages that a browser saved."""

import sys
from pathlib import Path
from typing import Any

import pytest
from readings import NOON, noon
from typer.testing import CliRunner

from ledger.commands import app
from ledger.errors import FetchError, RefusedError, UsageError
from ledger.inputs import receive
from ledger.inputs.saved import saved_from
from ledger.pipeline.render import Renderer
from ledger.reader import Reader

URL = "https://daily.example/dam?a=1;rm"
PAGE = "<html><p>The dam at the head of the valley broke at noon on Tuesday [1].</p></html>"


def renderer(code: str, **limits: Any) -> Renderer:
    return Renderer((sys.executable, "-c", code), **limits)


def run(db: Path, *args: object) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), *map(str, args)], env={"COLUMNS": "200"})


def test_what_the_command_prints_is_the_page() -> None:
    found = renderer("import sys; print('<p>', sys.argv[-1])").render(URL, noon)

    assert found.body == f"<p> {URL}\n".encode()
    assert (found.url, found.final_url, found.status) == (URL, URL, None)
    assert found.received_at == NOON
    assert found.headers == (("x-ledger-rendered-by", Path(sys.executable).name),)


@pytest.mark.parametrize(
    ("code", "limits", "why"),
    [
        ("raise SystemExit('no display')", {}, "ended with status 1: no display"),
        ("pass", {}, "printed nothing"),
        ("print('x' * 100)", {"max_bytes": 50}, "printed more than 50 bytes"),
        ("while True: print('x' * 9999)", {"max_bytes": 50}, "printed more than 50 bytes"),
        ("import time; time.sleep(60)", {"timeout_s": 0.3}, "took more than 0.3 seconds"),
        (
            "import subprocess, sys; subprocess.run([sys.executable, '-c', "
            "'import time; time.sleep(60)'])",
            {"timeout_s": 0.5},
            "took more than 0.5 seconds",
        ),
        ("import sys; sys.stderr.write('e' * 999999); sys.exit(3)", {}, "ended with status 3"),
    ],
)
def test_a_command_that_fails_is_said(code: str, limits: dict[str, Any], why: str) -> None:
    with pytest.raises(FetchError) as caught:
        renderer(code, **limits).render(URL, noon)
    assert caught.value.code == "render"
    assert why in caught.value.message
    assert len(caught.value.message) < 500


def test_a_command_that_is_not_there() -> None:
    with pytest.raises(FetchError) as caught:
        Renderer(("no-such-browser",)).render(URL, noon)
    assert "cannot be started" in caught.value.message


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://user:pw@a.example/", "http://a b/"])
def test_an_address_that_is_not_fetched_is_not_rendered(url: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(RefusedError):
        renderer(f"open({str(mark)!r}, 'w')").render(url, noon)
    assert not mark.exists()


@pytest.mark.parametrize("command", ["", "  ", "browser 'unclosed"])
def test_a_command_that_is_none(command: str) -> None:
    with pytest.raises(UsageError):
        Renderer.of(command)


def test_words_are_split_as_a_shell_does_and_no_shell_is_run() -> None:
    assert Renderer.of("b --dump-dom '--x=a b' $HOME").words == (
        "b",
        "--dump-dom",
        "--x=a b",
        "$HOME",
    )


def test_the_command_line_warns_and_records_how_it_came(empty_db: Path, tmp_path: Path) -> None:
    script = tmp_path / "browser.py"
    script.write_text(f"import sys\nprint({PAGE!r}, sys.argv[1])\n")
    result = run(empty_db, "ingest", "--render", f"{sys.executable} {script}", URL)

    assert result.exit_code == 0
    assert result.stderr.count("warning: --render runs your command") == 1
    with Reader(empty_db) as reader:
        (row,) = reader.rows("SELECT requested_url, headers, status FROM capture")
    assert row["requested_url"] == URL
    assert "x-ledger-rendered-by" in row["headers"]
    assert str(tmp_path) not in row["headers"]


def test_a_wall_that_was_rendered_is_evidence(empty_db: Path) -> None:
    page = "<html><title>Just a moment...</title><p>Verify you are human</p></html>"
    command = f'{sys.executable} -c "print({page!r})"'
    result = run(empty_db, "ingest", "--render", command, URL)

    assert result.exit_code == 3
    assert "this is a bot check" in result.stderr
    with Reader(empty_db) as reader:
        assert len(reader.rows("SELECT id FROM capture")) == 1


SAVED = [
    ("<!-- saved from url=(0034)https://daily.example/a?b=1&amp;c=2 -->", True),
    ("<!DOCTYPE html>\n<!-- saved from url=(0025)https://daily.example/a?b=1&c=2 -->", True),
    (
        "<!DOCTYPE html><!--\n Page saved with SingleFile \n url: https://daily.example/a?b=1&c=2\n-->",
        True,
    ),
    ('<html lang="en" data-scrapbook-source="https://daily.example/a?b=1&amp;c=2" x="y">', True),
    ("<!-- saved from url=(0014)about:internet -->", False),
    ("<!-- saved from url=(0011)file:///x -->", False),
    ("<p>saved from url=https://daily.example/a</p>", False),
    ("x" * 5000 + "<!-- saved from url=(0034)https://daily.example/a -->", False),
]


@pytest.mark.parametrize(("head", "known"), SAVED)
def test_a_saved_page_says_where_it_is_from(tmp_path: Path, head: str, known: bool) -> None:
    expected = "https://daily.example/a?b=1&c=2" if known else None
    assert saved_from(head.encode()) == expected
    path = tmp_path / "page.html"
    path.write_text(head + PAGE)

    assert receive(str(path), clock=noon).url == (expected or path.as_uri())
    given = receive(str(path), clock=noon, url="https://other.example/")
    assert given.url == "https://other.example/"
    stdin = receive("-", clock=noon, stdin=path.read_bytes())
    assert stdin.url.startswith(expected or "urn:sha256:")
