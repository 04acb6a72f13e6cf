"""`ledger parse` and `ledger ingest` with addresses, against a server on the loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Connection, LoopbackServer
from typer.testing import CliRunner

from ledger.commands import app
from ledger.reader import Reader
from ledger.schema import Place

OPEN = ("--allow-private", "127.0.0.0/8", "--allow-private", "::1/128", "--pause", "0")
CHECKOUT = Path(__file__).parent.parent


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


def run(db: Place, *args: str, **env: str) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), *args], env={"COLUMNS": "120", **env})


def lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def captures(db: Path) -> list[dict[str, Any]]:
    with Reader(db) as reader:
        return reader.rows("SELECT status, robots, allowed_private FROM capture ORDER BY rowid")


def test_addresses_are_parsed_in_the_order_in_which_they_were_named(server: LoopbackServer) -> None:
    here, there = server.url("/ok?n={}"), server.url("/thinking/.2?n={}", "localhost")
    there = there.replace("?n={}", "")
    names = [there, here.format(1), "nowhere.md", here.format(2), server.url("/status/404")]
    result = CliRunner().invoke(app, ["parse", *names, *OPEN])
    items = lines(result.stdout)
    assert [item["input"] for item in items] == names
    assert [(item["error"] or {}).get("code") for item in items] == [
        None, None, "not-found", None, "http-404",
    ]  # fmt: skip
    assert result.exit_code == 3


def test_a_page_that_the_server_calls_unchanged_records_nothing(
    server: LoopbackServer, empty_db: Path
) -> None:
    url = server.url("/versions/v1")
    first = run(empty_db, "ingest", url, *OPEN, "--format", "table")
    again = run(empty_db, "ingest", url, *OPEN, "--format", "table")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout.startswith("recorded ")
    assert again.stdout.startswith("unchanged ")
    assert [request.count(b"If-None-Match") for request in server.requests] == [0, 0, 0, 1]
    assert captures(empty_db) == [{"status": 200, "robots": None, "allowed_private": "127.0.0.0/8"}]


def test_a_page_that_was_redacted_is_refused_by_itself_whatever_its_server_says(
    server: LoopbackServer, db: Place, tmp_path: Path
) -> None:
    """Also where the answer is 304 and not the bytes; a file with the bytes is told the same."""
    env, url = {"LEDGER_CONFIG": str(tmp_path / "config")}, server.url("/versions/v1")
    kept, other = tmp_path / "kept.md", tmp_path / "other.md"
    for each, words in ((kept, "It closed."), (other, "It opened.")):
        each.write_text(f"{words} [1]\n\n[1] https://a.example/1\n", encoding="utf-8")
    for page in (url, str(kept)):
        run(db, "ingest", page, *OPEN)
        run(db, "journal", "redact", page, "--reason", "x", "--yes", **env)
    result = run(db, "ingest", str(kept), url, str(other), *OPEN, "--format", "table")
    said = "these bytes were erased from the ledger and are not recorded again"
    first = sorted(line.split()[0] for line in result.stdout.splitlines()[:3])
    assert first == ["recorded", "redacted", "redacted"], result.stdout
    assert result.output.count(said) == 2, result.output
    assert "1 article recorded, 0 unchanged, 2 redacted" in result.stderr
    assert result.exit_code == 0, "a run that is repeated each night did what it could"
    assert run(db, "ingest", str(kept), str(other)).exit_code == 0
    assert run(db, "ingest", str(kept)).exit_code == 6, "nothing else was asked for"
    assert run(db, "ingest", str(kept), str(tmp_path / "none.md")).exit_code == 3
    assert sum(b"If-None-Match" in each for each in server.requests) == 1


def test_a_page_that_was_called_unchanged_is_read_anew_with_a_new_list(
    server: LoopbackServer, empty_db: Path, tmp_path: Path
) -> None:
    url = server.url("/versions/v1")
    listed = tmp_path / "list.csv"
    listed.write_text("marker,url,title\n5,https://a.example/5,Five\n", encoding="utf-8")
    run(empty_db, "ingest", url, *OPEN)
    again = run(empty_db, "ingest", url, *OPEN, "--references", str(listed), "--format", "table")
    assert again.stdout.startswith("revised ")
    assert len(captures(empty_db)) == 1


def test_robots_txt_is_obeyed_and_overruled_only_on_the_record(empty_db: Path) -> None:
    def forbid(connection: Connection) -> None:
        connection.answer(b"User-agent: *\nDisallow: /\n")

    with LoopbackServer(robots=forbid) as server:
        url = server.url("/ok")
        refused = run(empty_db, "ingest", url, *OPEN)
        assert refused.exit_code == 6
        assert "its robots.txt forbids this page" in refused.stderr
        assert server.targets == ["/robots.txt"]
        assert run(empty_db, "ingest", url, *OPEN, "--ignore-robots").exit_code == 0
    assert [capture["robots"] for capture in captures(empty_db)] == ["ignored"]


def test_the_contact_is_shown_to_the_server(server: LoopbackServer, empty_db: Path) -> None:
    run(empty_db, "ingest", server.url("/ok"), *OPEN, LEDGER_CONTACT="mailto:desk@a.example")
    assert all(b"(+mailto:desk@a.example)" in request for request in server.requests)
    wrong = run(empty_db, "ingest", server.url("/ok"), *OPEN, "--contact", "a)b")
    assert (wrong.exit_code, len(server.requests)) == (2, 2)


@pytest.mark.parametrize(
    ("path", "options", "code"),
    [
        ("/silent", ("--timeout", "0.3", "--tries", "1"), "timeout"),
        ("/size/2000", ("--max-bytes", "1000"), "too-large"),
        ("/turns/503,retry-after=1", ("--patience", "0"), "http-503"),
        ("/hops/9", (), "too-many-redirects"),
    ],
)
def test_each_limit_is_an_option_and_each_breach_a_reason(
    server: LoopbackServer, path: str, options: tuple[str, ...], code: str
) -> None:
    result = CliRunner().invoke(app, ["parse", server.url(path), *OPEN, *options])
    assert [item["error"]["code"] for item in lines(result.stdout)] == [code]
    assert result.exit_code == 3


def test_what_an_address_led_on_to_and_is_no_article_is_told_of_the_address_that_was_given(
    server: LoopbackServer, empty_db: Path
) -> None:
    url = server.url("/to/302//size/0")
    (item,) = lines(run(empty_db, "ingest", url, *OPEN, "--format", "jsonl").stdout)
    assert (item["input"], item["error"]["message"]) == (url, f"{url}: it is empty")


def test_a_wait_that_is_too_long_is_said_with_the_answer(
    server: LoopbackServer, empty_db: Path
) -> None:
    url = server.url("/turns/429,retry-after=7200")
    result = run(empty_db, "ingest", url, server.url("/ok"), *OPEN, "--format", "table")
    assert "the server answered 429, and asks to wait (Retry-After: 7200)" in result.stdout
    assert "the host asks to be left alone for 3,600 more seconds" in result.stdout
    assert [capture["status"] for capture in captures(empty_db)] == [429]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("news.example/story", "not-found", "Did you mean https://news.example/story?"),
        ("www.news.example", "not-found", "Did you mean https://www.news.example?"),
        ("localhost.example:8080/a", "not-found", "Did you mean https://localhost.example:8080/a?"),
        (" https://news.example/a ", "not-found", "Did you mean https://news.example/a?"),
        ("story.md", "not-found", "no such file. Give a file"),
        ("file:///etc/passwd", "scheme", "file addresses are not read"),
        ("file:/etc/passwd", "scheme", "file addresses are not read"),
        ("data:text/html,hello", "scheme", "data addresses are not read"),
        ("javascript:alert(1)", "scheme", "javascript addresses are not read"),
        ("mailto:desk@news.example", "scheme", "mailto addresses are not read"),
        ("ftp://news.example/a", "scheme", "ftp addresses are not read"),
        ("https://news.example/a b", "malformed", "Write a space as %20"),
        ("https://", "malformed", "names a host that cannot exist"),
        ("https://user:secret@news.example/", "credentials", "contains a user name or password"),
        ("ftp://user:secret@news.example/", "scheme", "ftp addresses are not read"),
    ],
)
def test_what_is_no_address_to_fetch_is_said_so(
    empty_db: Path, name: str, code: str, said: str
) -> None:
    result = run(empty_db, "ingest", name, "--format", "jsonl")
    (item,) = lines(result.stdout)
    assert item["error"]["code"] == code
    assert said in item["error"]["message"]
    assert "secret" not in result.output
    assert result.exit_code == (3 if code in ("not-found", "malformed") else 6)
    assert captures(empty_db) == []


def test_a_file_may_be_named_like_an_address(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("data:notes", "news.example"):
        Path(name).write_text("It rained.", encoding="utf-8")
        assert CliRunner().invoke(app, ["parse", name]).exit_code == 0


def test_several_hosts_are_recorded_in_one_run(empty_db: Path) -> None:
    with LoopbackServer() as one, LoopbackServer() as two:
        names = [
            server.url(f"/ok?{number}", host)
            for number in range(3)
            for server, host in ((one, "127.0.0.1"), (two, "localhost"))
        ]
        result = run(empty_db, "ingest", *names, *OPEN, "--format", "jsonl", "--workers", "2")
    items = lines(result.stdout)
    assert sorted(item["input"] for item in items) == sorted(names)
    for host in ("127.0.0.1", "localhost"):
        of_host = [name for name in names if host in name]
        assert [item["input"] for item in items if host in item["input"]] == of_host


def _until_closed(screen: int) -> Iterator[bytes]:
    """What is shown, as it comes: a terminal holds 4 kB that nobody has read."""
    try:
        while shown := os.read(screen, 65536):
            yield shown
    except OSError:  # the other end is closed: so Linux says it
        pass
    finally:
        os.close(screen)


@pytest.mark.skipif(os.name == "nt", reason="there is no such terminal")
def test_the_bar_goes_to_the_terminal_and_the_data_to_the_pipe(server: LoopbackServer) -> None:
    import pty

    names = [server.url("/ok"), server.url("/ok", "localhost"), server.url("/status/404")]
    screen, terminal = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "ledger", "parse", *names, *OPEN],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=terminal,
    ) as running:
        os.close(terminal)
        shown = b"".join(_until_closed(screen)).decode()
        data, _ = running.communicate()
    assert [item["input"] for item in lines(data.decode())] == names
    assert "127.0.0.1" in shown
    assert "1 failed" in shown
    assert "3/3" in shown


@pytest.mark.skipif(os.name == "nt", reason="an interrupt is a signal")
def test_an_interrupted_run_keeps_what_is_recorded_and_goes_on(empty_db: Path) -> None:
    with LoopbackServer() as server:
        good, slow = server.url("/status/200"), server.url("/silent", "localhost")
        command = [sys.executable, "-m", "ledger", "--db", str(empty_db), "ingest", slow, good]
        command += [*OPEN, "--format", "jsonl"]
        started = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert started.stdout is not None
        first = started.stdout.readline()  # the good one is recorded, the other still silent
        began = time.monotonic()
        started.send_signal(signal.SIGINT)
        _, words = started.communicate(timeout=20)
        assert json.loads(first)["input"] == good
        assert (started.returncode, b"Interrupted: 1 of 2 inputs done and kept" in words) == (
            130,
            True,
        )
        assert time.monotonic() - began < 20
        assert len(captures(empty_db)) == 1
        again = run(empty_db, "ingest", good, *OPEN, "--format", "table")
        assert again.stdout.startswith("unchanged ")
