"""`ledger ingest --follow`: cited pages are read too, each once, to a depth and a number."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from loopback import Connection, LoopbackServer
from typer.testing import CliRunner
from web import OPEN, web

from ledger.commands import app
from ledger.pipeline.follow import follow_address
from ledger.pipeline.pages import source_url
from ledger.reader import Reader

CHAIN = {"a": ["b", "c"], "b": ["d"], "c": ["d", "a"], "d": ["e"], "e": []}


def ingest(db: Path, *args: str) -> Any:
    words = ["--db", str(db), "ingest", *args, *OPEN, "--format", "jsonl"]
    return CliRunner().invoke(app, words, env={"COLUMNS": "120"})


def rows(result: Any) -> list[tuple[str, int, bool]]:
    """Name of the page, its level, and whether it was new, for each line."""
    items = [json.loads(line) for line in result.stdout.splitlines()]
    return [(item["input"].rpartition("/")[2], item["depth"], item["new"]) for item in items]


def pages(server: LoopbackServer) -> list[str]:
    return [target.rpartition("/")[2] for target in server.targets if target != "/robots.txt"]


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (0, [("a", 0, True)]),
        (1, [("a", 0, True), ("b", 1, True), ("c", 1, True)]),
        (2, [("a", 0, True), ("b", 1, True), ("c", 1, True), ("d", 2, True)]),
        (10, [("a", 0, True), ("b", 1, True), ("c", 1, True), ("d", 2, True), ("e", 3, True)]),
    ],
)
def test_cited_pages_are_read_level_by_level_and_each_once(
    empty_db: Path, depth: int, expected: list[tuple[str, int, bool]]
) -> None:
    with web(CHAIN) as server:
        result = ingest(empty_db, server.url("/web/a"), "--follow", str(depth))
        assert rows(result) == expected
        assert result.exit_code == 0
        assert len(pages(server)) == len(set(pages(server))) == len(expected)


def test_a_circle_ends(empty_db: Path) -> None:
    with web({"a": ["b", "a"], "b": ["a", "b"]}) as server:
        result = ingest(empty_db, server.url("/web/a"), "--follow", "10")
        assert rows(result) == [("a", 0, True), ("b", 1, True)]


def test_a_walk_that_was_cut_off_goes_on_where_it_was(empty_db: Path) -> None:
    with web(CHAIN) as server:
        first = ingest(empty_db, server.url("/web/a"), "--follow", "3", "--follow-limit", "1")
        assert rows(first) == [("a", 0, True), ("b", 1, True)]
        assert "2 cited pages not followed: --follow-limit is 1" in first.stderr
        server.requests.clear()

        second = ingest(empty_db, server.url("/web/a"), "--follow", "3")
        assert rows(second) == [("a", 0, False), ("c", 1, True), ("d", 2, True), ("e", 3, True)]
        assert sorted(pages(server)) == ["a", "c", "d", "e"]
        assert "not followed" not in second.stderr


def test_a_cited_page_that_cannot_be_read_is_a_failed_input(empty_db: Path) -> None:
    with web({"a": ["gone", "b"], "b": []}) as server:
        result = ingest(empty_db, server.url("/web/a"), "--follow", "1")
    items = {item["input"][-4:]: item for item in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == 3
    assert items["gone"]["error"]["code"] == "http-404"
    assert (items["gone"]["depth"], items["eb/b"]["new"]) == (1, True)

    words = ["--db", str(empty_db), "source", items["gone"]["input"], "--format", "table"]
    shown = CliRunner().invoke(app, words, env={"COLUMNS": "120"}).stdout
    assert "and gave no article: the server answered 404." in shown


def test_what_a_server_answered_in_place_of_a_cited_page_is_told_of_the_claim(
    empty_db: Path,
) -> None:
    with web({"a": ["gone", "b"], "b": []}) as server:
        ingest(empty_db, server.url("/web/a"), "--follow", "1")
        page, gone = server.url("/web/a"), server.url("/web/gone")
    told = "the server answered 404 on 20"

    def run(*words: str) -> str:
        named = ["--db", str(empty_db), *words]
        return CliRunner().invoke(app, named, env={"COLUMNS": "160"}).stdout

    (audit,) = json.loads(run("audit", page, "--json"))["items"]
    (finding,) = [each for each in audit["findings"] if each["code"] == "page-not-served"]
    claims = {each["id"]: each for each in audit["claims"]}
    assert gone in [each["url"] for each in claims[finding["claim"]]["citations"]]
    assert told in finding["detail"]
    assert gone in finding["detail"]
    assert "page-not-served (1)" in run("audit", page)

    shown = run("trace", finding["claim"], "--depth", "1", "--format", "table")
    assert f"! {told}" in shown
    assert "not read, so its own source for this is not known; " + told in shown
    (item,) = json.loads(run("trace", finding["claim"], "--json"))["items"]
    assert [each["status"] for each in item["asked"].values()].count(404) == 1


def test_a_copy_in_an_archive_is_not_said_to_be_what_was_asked_for(
    empty_db: Path, tmp_path: Path
) -> None:
    story = tmp_path / "story.md"
    with web({}) as server:
        gone, lost = server.url("/web/gone"), server.url("/web/lost")
        copies = [f"https://web.archive.org/web/20110101000000/{page}" for page in (gone, lost)]
        story.write_text(
            f"It fell [1]. It was mended [2].\n\n[1]: {copies[0]}\n[2]: {lost} {copies[1]}\n"
        )
        ingest(empty_db, str(story), "--follow", "1")

    def run(*words: str) -> str:
        named = ["--db", str(empty_db), *words]
        return CliRunner().invoke(app, named, env={"COLUMNS": "200"}).stdout

    (audit,) = json.loads(run("audit", str(story), "--json"))["items"]
    told = [each["detail"] for each in audit["findings"] if each["code"] == "page-not-served"]
    asked = f"asked for at {gone}, the server answered 404 on 20"
    assert f"[1] {copies[0]}: {asked}" in told[0]
    assert f"[2] {lost}: the server answered 404 on 20" in told[1]
    assert told[1].endswith(f"; also cited as {copies[1]}")
    assert f"! {asked}" in run("trace", "It fell", "--format", "table")


def test_pages_that_failed_come_after_those_that_were_never_asked(empty_db: Path) -> None:
    with web({"a": ["gone", "b"], "b": []}) as server:
        for _ in range(2):
            ingest(empty_db, server.url("/web/a"), "--follow", "1", "--follow-limit", "1")
        assert pages(server) == ["a", "gone", "a", "b"]


def test_pages_that_give_no_answer_are_said_to_be_asked_for_again(empty_db: Path) -> None:
    """Nothing is recorded of them, so the same command would never come to the next ones."""

    def forbid(connection: Connection) -> None:
        connection.answer(b"User-agent: *\nDisallow: /web/b\nDisallow: /web/c\n")

    with web({"a": ["b", "c", "d"], "d": []}) as server:
        server.robots = forbid
        limited = (server.url("/web/a"), "--follow", "1", "--follow-limit")
        said = ingest(empty_db, *limited, "2").stderr
        assert (
            "1 cited page not followed: --follow-limit is 2. 2 pages that gave no article" in said
        )
        assert "are asked for again first, so for the next give --follow-limit 4" in said
        assert rows(ingest(empty_db, *limited, "4"))[-1] == ("d", 1, True)


def test_pages_that_are_gone_are_said_to_come_before_those_of_the_next_level(
    empty_db: Path,
) -> None:
    """They come last, but of their own level."""
    with web({"a": ["b", "gone", "lost"], "b": ["c", "d"], "c": [], "d": []}) as server:
        limited = (server.url("/web/a"), "--follow", "2", "--follow-limit")
        said = ingest(empty_db, *limited, "3").stderr
        assert "2 cited pages not followed: --follow-limit is 3. 2 pages that gave no" in said
        assert "article are asked for again first, so for the next give --follow-limit 5" in said
        assert rows(ingest(empty_db, *limited, "5"))[-2:] == [("c", 2, True), ("d", 2, True)]


def test_an_input_that_failed_is_not_asked_for_again_where_it_is_cited(empty_db: Path) -> None:
    with web({"a": ["gone"]}) as server:
        names = (server.url("/web/a"), server.url("/web/gone"))
        result = ingest(empty_db, *names, "--follow", "1")
        assert sorted(rows(result)) == [("a", 0, True), ("gone", 0, False)]


def test_robots_txt_holds_for_cited_pages(empty_db: Path) -> None:
    def forbid(connection: Connection) -> None:
        connection.answer(b"User-agent: *\nDisallow: /web/b\n")

    with web({"a": ["b", "c"], "c": []}) as server:
        server.robots = forbid
        result = ingest(empty_db, server.url("/web/a"), "--follow", "1")
        assert "b" not in pages(server)
        assert result.exit_code == 6
        assert "its robots.txt forbids this page" in result.stderr


def test_private_addresses_in_a_page_are_not_asked(empty_db: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    with LoopbackServer() as server:
        article.write_text(f"It broke [1].\n\n[1]: {server.url('/ok')}\n", encoding="utf-8")
        words = ["--db", str(empty_db), "ingest", str(article), "--follow", "1"]
        result = CliRunner().invoke(app, words)
        assert server.requests == []
    assert result.exit_code == 6


def test_what_is_done_is_said_with_hosts_and_counts(empty_db: Path) -> None:
    with web({"a": ["b", "c"], "b": ["c"], "c": []}) as server:
        url = server.url("/web/a")
        first = ingest(empty_db, url, "--follow", "2")
        assert "following level 1 of 2: 2 cited pages to fetch on 1 host\n" in first.stderr
        again = ingest(empty_db, url, "--follow", "2")
        assert "level 1 of 2: 0 cited pages to fetch, 2 read already\n" in again.stderr


def test_a_table_shows_which_lines_are_cited_pages(empty_db: Path) -> None:
    with web({"a": ["b"], "b": []}) as server:
        words = ["--db", str(empty_db), "ingest", server.url("/web/a"), "--follow", "1", *OPEN]
        result = CliRunner().invoke(app, [*words, "--format", "table"])
    assert result.stdout.splitlines()[1].endswith("/web/b  (cited, level 1)")


def test_a_page_is_recorded_as_the_source_that_is_cited(empty_db: Path) -> None:
    with web({"a": ["b?utm_source=x"], "b": []}) as server:
        ingest(empty_db, server.url("/web/a"), "--follow", "1")
        assert "b?utm_source=x" in pages(server)
    with Reader(empty_db) as reader:
        read = reader.rows(
            """SELECT s.url FROM current_citation c JOIN source s ON s.id = c.source_id
            JOIN current_article a ON a.source_id = s.id"""
        )
    assert [row["url"].rpartition("/")[2] for row in read] == ["b"]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("http://a.example/x/?utm_source=y", "http://a.example/x/?utm_source=y"),
        ("https://web.archive.org/web/2020/http://a.example/x", "https://a.example/x"),
        ("https://www.google.com/url?q=https://a.example/x", "https://a.example/x"),
        ("file:///home/paper.pdf", None),
    ],
)
def test_a_cited_page_is_asked_for_as_it_is_cited_and_never_at_an_archive(
    cited: str, expected: str | None
) -> None:
    assert follow_address(cited, source_url(cited)) == expected


@pytest.mark.parametrize("words", [("--follow", "11"), ("--follow", "-1"), ("--follow-limit", "0")])
def test_bounds_that_cannot_be_are_usage_errors(empty_db: Path, words: Sequence[str]) -> None:
    assert ingest(empty_db, "x.md", *words).exit_code == 2


def test_an_interrupted_walk_keeps_what_is_done_and_can_go_on(empty_db: Path) -> None:
    with LoopbackServer() as slow, web({"a": ["b", slow.url("/silent")], "b": []}) as server:
        words = [sys.executable, "-m", "ledger", "--db", str(empty_db), "ingest"]
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*words, server.url("/web/a"), "--follow", "1", *OPEN],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        while "/silent" not in slow.targets or not recorded(empty_db, server.url("/web/b")):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130
        assert b" of 3 inputs done and kept. Run the same command again" in said


def recorded(db: Path, url: str) -> bool:
    with Reader(db) as reader:
        return bool(
            reader.rows(
                """SELECT 1 AS there FROM article a JOIN source s ON s.id = a.source_id
                WHERE s.url = :url""",
                {"url": url},
            )
        )
