"""The reading commands: what they print, where, and with which exit status."""

import csv
import inspect
import io
import json
import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from ledger_book import Book, Gap, Nav, Prose
from readings import a_reading, noon
from typer.testing import CliRunner

import ledger
from ledger.commands import app, gaps, narrowing, ranking
from ledger.commands.group import COMMANDS, STATUS, load, status_of
from ledger.commands.options import TABLE_LIMIT
from ledger.commands.safe import csv_cell, json_text, one_line, tsv_cell, visible
from ledger.commands.words import trimmed
from ledger.errors import LedgerError, RefusedError
from ledger.model import ClaimKind
from ledger.model import Gap as GapReason
from ledger.provenance.ranking import By as RankedBy
from ledger.schema import Place
from ledger.store import open_ledger

CHECKOUT = Path(ledger.__file__).parent.parent
REUTERS = "https://reuters.example/1"
BBC = "https://bbc.example/1"
HERE = "https://a.example/1"

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What must never reach a terminal."""


@pytest.fixture
def book(empty_db: Path) -> Iterator[Book]:
    book = Book(empty_db)
    book.outlet("reuters.example", "Reuters", kind="wire", owner="Thomson Reuters", country="GB")
    book.outlet("bbc.example", "BBC News", kind="broadcaster", country="GB")
    yield book
    book.close()


class Small:
    """A ledger of one article: a claim that falls, one that weakens, one that is not known."""

    def __init__(self, book: Book) -> None:
        self.db = book.db
        self.article = book.article(HERE, title="Tensions Rise", published="2025-05-23T10:00")
        self.alone = book.claim(self.article, "Reuters alone says so.", [REUTERS], section=["Part"])
        self.both = book.claim(self.article, "Both say so.", [REUTERS, BBC])
        self.gap = book.claim(self.article, "Nobody knows.", [Gap()])
        self.bare = book.claim(self.article, "Bare.")
        self.source = book.source(REUTERS)
        book.close()

    def run(self, *args: str, **env: str) -> Any:
        return run(self.db, *args, **env)

    def items(self, *args: str) -> list[dict[str, Any]]:
        envelope = json.loads(self.run(*args, "--json").stdout)
        assert list(envelope) == ["schema", "items", "warnings"]
        items = envelope["items"]
        assert isinstance(items, list)
        return items


@pytest.fixture
def small(book: Book) -> Small:
    return Small(book)


def run(db: Place, *args: str, **env: str) -> Any:
    named = {"LEDGER_DB": str(db), "COLUMNS": "120"}
    return CliRunner().invoke(app, list(args), env={**named, **env})


def start(*args: str, **options: Any) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "ledger", *args],
        cwd=CHECKOUT,
        stdout=options.get("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
    )


def test_one_citation_that_leads_nowhere_leads(small: Small) -> None:
    shown = small.run("article", small.article, "--format", "table").stdout
    assert "4 citations, 1 of them leads nowhere; " in shown


class TestForms:
    @pytest.mark.parametrize("width", [80, 40, 20])
    def test_a_narrow_terminal_loses_no_column(self, book: Book, width: int) -> None:
        name = "A Company Whose Name Never Ends, with Sons, Grandsons and Partners"
        book.outlet("endless.example", name, kind="platform-account", country="GB")
        book.claim(
            book.article(HERE, title="A Report"), "It rained.", ["https://endless.example/1"]
        )
        book.close()
        shown = run(book.db, "outlets", "--format", "table", COLUMNS=str(width)).stdout
        head, _, *lines = shown.splitlines()
        for word in ("name", "domain", "kind", "from", "claims", "on it alone"):
            assert word in head
        at = head.index("domain")
        assert " ".join(line[:at].strip() for line in lines).strip() == name
        articles = run(book.db, "articles", "--format", "table", COLUMNS=str(width)).stdout
        assert "A Report" in articles

    @pytest.mark.parametrize("width", [20, 40, 46, 52, 60])
    def test_a_narrow_terminal_loses_no_letter(self, book: Book, width: int) -> None:
        book.outlet("reuters.example", "Reuters")
        book.outlet("straits.example", "The Straits Times")
        pages = ["https://reuters.example/1", "https://straits.example/1"]
        book.claim(book.article(HERE), "The river rose by five metres in one night.", pages)
        book.close()
        words = ("impact", "--outlet", "Reuters", "--outlet", "The Straits Times")
        shown = run(book.db, *words, "--format", "table", COLUMNS=str(width)).stdout
        head, _, *lines = shown.splitlines()
        says, because = head.index("says"), head.index("because")
        for column, text in (
            (slice(says, because), "The river rose by five metres in one night."),
            (slice(because, None), "[1][2]: loses all it has, Reuters and The Straits Times"),
        ):
            assert " ".join(line[column].strip() for line in lines).strip() == text

    def test_no_color_is_no_bold_type_either(self, small: Small) -> None:
        env = {"FORCE_COLOR": "1"}
        assert "\x1b[1m" in run(small.db, "outlets", "--format", "table", **env).stdout
        plain = run(small.db, "--no-color", "outlets", "--format", "table", **env).stdout
        assert "\x1b" not in plain

    def test_piped_output_is_tsv_with_full_ids_and_nothing_else_on_stdout(
        self, small: Small
    ) -> None:
        result = small.run("claims")

        head, *lines = result.stdout.splitlines()
        assert head.split("\t")[:5] == ["id", "article", "kind", "resilience", "outlets"]
        assert lines[0].split("\t") == [
            small.alone,
            small.article,
            "cited",
            "1",
            "Reuters",
            f"[1] {REUTERS}",
            "",
            "Part",
            "Reuters alone says so.",
            "Tensions Rise",
            HERE,
            "1 outlet",
            "",
            "false",
        ]
        assert lines[1].split("\t")[3:6] == ["2", "Reuters; BBC News", f"[1] {REUTERS}; [2] {BBC}"]
        assert lines[2].split("\t")[3:6] == ["", "", "[1] nowhere: no-reference"]
        assert len(lines) == 4
        assert result.stderr == (
            "note: 1 citation leads nowhere; what depends on that is not known (see: ledger gaps)\n"
        )

    def test_a_note_of_a_part_says_that_it_is_about_the_claims_shown(self, small: Small) -> None:
        said = "note: in the claims shown, 1 citation leads nowhere; what depends on that "
        assert said in small.run("claims", "--offset", "2", "--limit", "1").stderr
        assert small.run("claims", "--limit", "1").stderr == ""
        assert "in the claims shown" not in small.run("claims", "--gaps", "--limit", "1").stderr

    def test_links_by_which_nothing_is_cited_are_no_citations_in_a_table_of_values(
        self, book: Book
    ) -> None:
        article = book.article(HERE)
        book.claim(article, "Men came.", [Nav("https://a.example/men")])
        book.claim(article, "Both came.", [Nav("https://a.example/men"), REUTERS])
        book.close()
        rows = csv.DictReader(io.StringIO(run(book.db, "claims", "--format", "csv").stdout))
        assert [row["citations"] for row in rows] == ["", f"[2] {REUTERS}"]
        items = json.loads(run(book.db, "claims", "--json").stdout)["items"]
        assert [len(item["citations"]) for item in items] == [1, 2]

    def test_json_is_one_envelope(self, small: Small) -> None:
        envelope = json.loads(small.run("claims", "--format", "json").stdout)

        assert envelope["schema"] == "ledger/claims/1"
        assert [item["id"] for item in envelope["items"]] == [
            small.alone,
            small.both,
            small.gap,
            small.bare,
        ]
        assert len(envelope["warnings"]) == 1

    def test_jsonl_is_one_item_a_line(self, small: Small) -> None:
        lines = small.run("claims", "--format", "jsonl").stdout.splitlines()

        assert [json.loads(line)["id"] for line in lines] == [
            small.alone,
            small.both,
            small.gap,
            small.bare,
        ]

    def test_csv_can_be_read_back(self, small: Small) -> None:
        rows = list(csv.DictReader(io.StringIO(small.run("outlets", "--format", "csv").stdout)))

        assert rows[0] == {
            "key": "reuters.example",
            "name": "Reuters",
            "domain": "reuters.example",
            "kind": "wire",
            "owner": "Thomson Reuters",
            "country": "GB",
            "claims": "2",
            "sole_claims": "1",
            "maybe_sole": "0",
        }

    def test_a_table_has_short_ids_and_says_what_to_run_next(self, small: Small) -> None:
        result = small.run("claims", "--format", "table")

        assert small.alone[:8] in result.stdout
        assert small.alone not in result.stdout
        assert "None" not in result.stdout
        assert "1 outlet" in result.stdout
        assert "4 claims. One in full: ledger trace CLAIM" in result.stderr

    def test_a_table_shows_a_page_and_says_how_many_there_are(self, book: Book) -> None:
        article = book.article(HERE)
        for number in range(60):
            book.claim(article, f"Claim number {number}.")
        book.close()

        page = run(book.db, "claims", "--format", "table")
        whole = run(book.db, "claims", "--format", "table", "--limit", "0")
        piped = run(book.db, "claims")
        beyond = run(book.db, "claims", "--offset", "60")
        middle = run(book.db, "claims", "--offset", "10", "--limit", "5", "--format", "table")
        last = run(book.db, "claims", "--offset", "58", "--limit", "0", "--format", "table")

        assert page.stdout.count("Claim number") == 50
        assert "50 of 60 claims; all: --limit 0." in page.stderr
        assert whole.stdout.count("Claim number") == piped.stdout.count("Claim number") == 60
        assert beyond.stdout.count("\n") == 1
        assert "None at this offset; there are 60 claims." in beyond.stderr
        assert middle.stderr.startswith("11 to 15 of 60 claims; the next: --offset 15. One in")
        assert last.stderr.startswith("59 to 60 of 60 claims. One in full")
        only = run(book.db, "claims", "--search", '"number 7"', "--offset", "1")
        assert only.stderr == "None at this offset; there is 1 claim.\n"

    def test_a_list_of_claims_says_how_many_are_no_claims_as_articles_count_them(
        self, book: Book
    ) -> None:
        article = book.article(HERE)
        said = Prose("BBC News", "bbc.example")
        book.claim(article, "It broke, the BBC said.", named=[said], kind="attributed")
        book.claim(article, "What did the BBC say?", named=[said], kind="not-a-claim")
        book.claim(article, "The dam", kind="not-a-claim")
        book.close()

        def closing(*words: str) -> str:
            return str(run(book.db, "claims", *words, "--format", "table").stderr)

        assert closing().startswith("2 sentences. Claims among all of them: 1. One in full")
        assert closing("--article", article).startswith("2 sentences. Claims among all of them: 1.")
        assert closing("--limit", "1").startswith("1 of 2 sentences; all: --limit 0. Claims among")
        assert closing("--kind", "not-a-claim").startswith(
            "2 sentences. Claims among all of them: 0."
        )
        assert closing("--kind", "attributed").startswith("1 claim. One in full")
        assert closing("--offset", "2") == "None at this offset; there are 2 sentences.\n"
        (row,) = json.loads(run(book.db, "articles", "--json").stdout)["items"]
        assert row["claims"] == 1

    def test_quiet_says_nothing_but_errors(self, small: Small) -> None:
        listed = CliRunner().invoke(
            app, ["--db", str(small.db), "-q", "claims", "--format", "table"]
        )
        failed = CliRunner().invoke(app, ["--db", str(small.db), "-q", "trace", "ffff"])

        assert listed.stderr == ""
        assert "no claim has this id or these words" in failed.stderr

    def test_on_a_terminal_it_is_a_table(self, small: Small) -> None:
        ours, theirs = pty.openpty()
        process = start("--db", str(small.db), "outlets", stdout=theirs)
        os.close(theirs)
        _, words = process.communicate(timeout=60)
        shown = os.read(ours, 100_000).decode()
        os.close(ours)

        assert "┃" not in shown
        assert "broadcaster" in shown
        assert "sole_claims" not in shown
        assert b"2 outlets." in words

    @pytest.mark.parametrize("length", [*range(48, 60), 140])
    def test_an_address_above_a_table_stays_beside_its_number_and_can_be_copied(
        self, book: Book, length: int
    ) -> None:
        address = f"https://bbc.example/{'storm-' * 20}"[:length].rstrip("-")
        book.claim(book.article(HERE), "It blew.", [address])
        book.close()

        shown = run(book.db, "outlet", "BBC News", "--format", "table", COLUMNS="60").stdout
        assert f"    1  {address}\n" in shown

    @pytest.mark.parametrize("length", range(26, 40))
    def test_a_line_that_is_set_in_stays_so_where_it_is_broken(
        self, book: Book, length: int
    ) -> None:
        address = f"https://bbc.example/{'storm-' * 20}"[:length]
        claim = book.claim(book.article(HERE), "It blew " + "and blew " * 9, [address])
        book.close()

        shown = run(book.db, "trace", claim, "--format", "table", COLUMNS="40").stdout
        said, _, carriers = shown.partition("\n\n")
        assert all(not line.startswith(" ") for line in said.splitlines())
        assert address in carriers
        assert "    [1]: BBC News is its only outlet\n" in carriers
        set_in = [line for line in carriers.splitlines() if address in line]
        assert set_in
        assert all(line.startswith("    ") for line in set_in)
        assert not any(line.endswith(" ") for line in carriers.splitlines())

    def test_a_long_sentence_is_cut_in_a_table_only(self, book: Book) -> None:
        words = "word " * 100
        book.claim(book.article(HERE), words.strip())
        book.close()

        table = run(book.db, "claims", "--format", "table").stdout
        assert table.count("word") == 40
        assert "…" in table
        for form in ("tsv", "csv", "json", "jsonl"):
            assert words.strip() in run(book.db, "claims", "--format", form).stdout


class TestArticles:
    def test_an_empty_ledger_is_no_failure(self, empty_db: Path) -> None:
        result = run(empty_db, "articles")

        assert result.exit_code == 0
        assert result.stdout.count("\n") == 1
        assert "Nothing is recorded yet" in result.stderr

    def test_articles_are_listed(self, small: Small) -> None:
        (item,) = small.items("articles")
        table = small.run("articles", "--format", "table").stdout

        assert (item["id"], item["claims"], item["gaps"]) == (small.article, 4, 1)
        assert "2025-05-23" in table
        assert "T10:00" not in table

    def test_a_table_of_articles_shows_the_first_fifty(self, book: Book) -> None:
        made = [book.article(f"https://gazette.example/{number}") for number in range(51)]
        book.close()
        table = run(book.db, "articles", "--format", "table")
        every = run(book.db, "articles", "--format", "table", "--limit", "0")
        piped = [run(book.db, "articles", *words).stdout for words in ((), ("--limit", "2"))]

        assert len(table.stdout.splitlines()) == 50 + 2
        assert "50 of 51 articles; all: --limit 0. The claims of one" in table.stderr
        assert len(every.stdout.splitlines()) == 51 + 2
        assert "51 articles. The claims of one" in every.stderr
        assert [line.split("\t")[0] for line in piped[0].splitlines()[1:]] == made
        assert [line.split("\t")[0] for line in piped[1].splitlines()[1:]] == made[:2]
        assert run(book.db, "articles", "--limit", "2", "--warc", "x.warc").exit_code == 2

    def test_pages_that_were_followed_are_told_apart(self, book: Book) -> None:
        article, page = book.article(HERE, title="Ours"), book.article(REUTERS, title="Theirs")
        book.claim(article, "cited", [REUTERS])
        book.close()
        table = run(book.db, "articles", "--format", "table")
        shown = {
            option: json.loads(run(book.db, "articles", option, "--json").stdout)["items"]
            for option in ("--cited", "--not-cited")
        }
        audits = run(book.db, "audit", "--all", "--not-cited", "--json").stdout

        assert table.stdout.splitlines()[0].endswith("cited by")
        assert "1 page is cited by other articles: --not-cited leaves them out" in table.stderr
        assert [item["id"] for item in shown["--cited"]] == [page]
        assert [item["id"] for item in shown["--not-cited"]] == [article]
        assert [item["page"]["id"] for item in json.loads(audits)["items"]] == [article]

    def test_nothing_that_was_followed_is_nothing_found(self, small: Small) -> None:
        table = small.run("articles", "--format", "table")

        assert "cited by" not in table.stdout + table.stderr
        assert small.run("articles", "--cited").exit_code == 1
        assert small.run("audit", "--all", "--cited").exit_code == 1
        assert small.run("audit", small.article, "--cited").exit_code == 2
        assert small.run("articles", "--cited", "--warc", "x.warc").exit_code == 2

    def test_an_article_is_shown_with_its_claims(self, book: Book) -> None:
        finding = {"code": "no-reference-list", "detail": "It has none.", "at": None}
        first = book.article(HERE, byline=["A. Writer"], dateline="Seoul", findings=[finding])
        book.claim(first, "Old.")
        second = book.article(HERE, revises=first)
        book.close()

        old = run(book.db, "article", first[:8], "--format", "table")
        new = run(book.db, "article", HERE, "--format", "table")
        data = json.loads(run(book.db, "article", first, "--json").stdout)
        lines = run(book.db, "article", first, "--format", "tsv").stdout.splitlines()

        assert old.exit_code == new.exit_code == 0
        for words in ("(without a title)", "A. Writer · a.example · Seoul", "It has none.", "Old."):
            assert words in old.stdout
        assert f"An earlier version; the next one is {second[:12]}." in old.stdout
        assert f"A new version of {first[:12]}." in new.stdout
        assert data["schema"] == "ledger/article/1"
        assert data["items"][0]["claims"][0]["exact"] == "Old."
        assert len(lines) == 2

    def test_of_each_kind_of_finding_a_few_are_shown_the_most_urgent_first(
        self, book: Book
    ) -> None:
        code = "reference-never-cited"
        findings = [{"code": code, "detail": f"No. {n}.", "at": None} for n in range(6)]
        article = book.article(HERE, findings=[*findings, {**findings[0], "code": "text-lost"}])
        book.close()

        shown = run(book.db, "article", article, "--format", "table").stdout
        assert f"\n! text-lost: No. 0.\n! {code}: No. 0.\n" in shown
        assert f"! {code}: No. 2.\n! {code}: 3 more, see ledger audit\n" in shown
        assert "No. 3." not in shown

    def test_an_unknown_article_is_not_found(self, small: Small, tmp_path: Path) -> None:
        result = small.run("article", "nothing.md")

        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            "ledger: 'nothing.md': no article has this id or address, and none was read from a "
            "file of this name in this folder. See: ledger articles\n"
        )
        for name in ("https://nowhere.example/a", str(tmp_path / "nothing.md"), "ffff"):
            said = f"{name!r}: no article has this id or address. See: ledger articles\n"
            assert small.run("article", name).stderr == f"ledger: {said}"

    def test_an_id_of_something_else_is_told_what_shows_it(self, small: Small) -> None:
        shown = {"article": small.article, "trace": small.both, "source": small.source}
        kinds = {"article": "an article", "trace": "a claim", "source": "a source"}
        for command in kinds:
            for owner, id in shown.items():
                asked = small.run(command, id[:8])
                assert asked.exit_code == (owner != command)
                said = f"this is the id of {kinds[owner]}, not of {kinds[command]}. "
                said += f"See: ledger {owner} {id[:8]}\n"
                assert asked.stderr.endswith(said) == (owner != command)


class TestClaims:
    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (["--outlet", "Reuters"], ["alone", "both"]),
            (["--outlet", "bbc.example"], ["both"]),
            (["--only", "Reuters"], ["alone"]),
            (["--only", "Reuters", "--only", "bbc.example"], ["alone", "both"]),
            (["--outlet", "bbc.example", "--only", "Reuters", "--only", "BBC News"], ["both"]),
            (["--source", REUTERS], ["alone", "both"]),
            (["--article", HERE, "--gaps"], ["gap"]),
            (["--single-source"], ["alone"]),
            (["--uncited"], ["bare"]),
            (["--kind", "cited"], ["alone", "both", "gap"]),
            (["--search", "SAY SO"], ["both"]),
            (["--limit", "2"], ["alone", "both"]),
            (["--limit", "2", "--offset", "3"], ["bare"]),
        ],
    )
    def test_options_narrow(self, small: Small, options: list[str], expected: list[str]) -> None:
        found = small.items("claims", *options)

        assert [item["id"] for item in found] == [getattr(small, name) for name in expected]

    def test_only_counts_those_that_may_stand_on_nobody_else(self, small: Small) -> None:
        asked = small.run("claims", "--only", "Reuters", "--format", "table")

        assert "for 1 further claim this is not known: no other outlet is known" in asked.stderr

    def test_nothing_found_where_something_was_asked_for_is_status_1(self, small: Small) -> None:
        asked = small.run("claims", "--search", "zzz", "--json")

        assert asked.exit_code == 1
        assert json.loads(asked.stdout)["items"] == []
        assert asked.stderr == "No claim matches.\n"
        assert small.run("claims", "--outlet", "theguardian.com").exit_code == 1

    def test_excel_knows_the_letters_of_csv_by_a_mark(self, small: Small) -> None:
        plain = small.run("claims", "--format", "csv").stdout

        assert small.run("claims", "--format", "excel").stdout == f"\ufeff{plain}"

    def test_an_empty_ledger_without_options_is_no_failure(self, empty_db: Path) -> None:
        assert run(empty_db, "claims").exit_code == 0

    def test_an_unknown_outlet_lists_what_may_have_been_meant(self, small: Small) -> None:
        result = small.run("claims", "--outlet", "Reutres")

        assert result.exit_code == 1
        first, *candidates = result.stderr.splitlines()
        assert first == (
            "ledger: 'Reutres': no outlet has this name, alias or domain. "
            "Did you mean one of these?"
        )
        assert "  Reuters" in candidates

    def test_a_kind_that_is_none_is_a_mistake_of_usage(self, small: Small) -> None:
        assert small.run("claims", "--kind", "rumour").exit_code == 2


class TestTrace:
    def test_of_names_that_one_phrase_joins_one_is_enough(self, book: Book) -> None:
        named = [Prose("Reuters", "reuters.com", None, 0), Prose("the BBC", "bbc.com", None, 0)]
        claim = book.claim(book.article(HERE), "Both say so.", named=named)
        book.close()
        shown = run(book.db, "trace", claim[:8], "--format", "table").stdout
        assert (
            "Named in prose, but not cited next to it: one of these is enough\n    "
            "reuters.com\n    bbc.com\n"
        ) in shown
        assert "It falls only when 2 outlets are lost:\n" in shown

    def test_a_name_in_prose_is_said_once(self, book: Book) -> None:
        named = [Prose("Reuters", "reuters.example")]
        claim = book.claim(book.article(HERE), "It fell, Reuters said.", named=named)
        book.close()
        shown = run(book.db, "trace", claim[:8], "--format", "table").stdout
        assert "Named in prose, but not cited next to it\n    Reuters\n" in shown
        assert "Named in prose: " not in shown

    def test_a_claim_is_followed_for_people(self, book: Book) -> None:
        article = book.article(HERE, title="Tensions Rise", published="2025-05-23")
        claim = book.claim(
            article,
            "It is so.",
            [REUTERS, BBC],
            [Gap("no-address"), "file:///paper.pdf"],
            named=[Prose("the Wire", "tass.example", 0), Prose("the Bugle", None)],
            section=["Part", "Chapter"],
        )
        book.close()

        result = run(book.db, "trace", claim[:8], "--format", "table")

        assert result.exit_code == 0
        assert result.stdout == (
            f"It is so.\n\nIn: Tensions Rise\n    {HERE}\n    Part › Chapter · a.example · "
            f"2025-05-23\nClaim {claim} (cited)\n\nOne of these is enough:\n    [1] Reuters  "
            f"{REUTERS}\n    [2] BBC News  {BBC}\n\nOne of these is enough:\n    [3] leads "
            "nowhere: no-address\n        The entry in the reference list has no address. Find the "
            "page and link the number to it.\n    [4] unknown outlet  file:///paper.pdf\n\n"
            "Named in prose, but not cited next to it\n    tass.example\n\nNamed in prose, but not "
            "cited next to it\n    the Bugle\n\nNamed in prose: the Wire, the Bugle (no "
            "outlet we know)\n\nIt falls with one outlet:\n    named in prose: tass.example "
            "is its only outlet\n\nBehind it: 3 voices (3 addresses, 3 outlets), and 3 "
            "sources whose voice is not known.\n"
        )
        assert f"Its article: ledger article {article[:12]}" in result.stderr

    def test_each_reason_of_a_gap_is_explained_once(self, book: Book) -> None:
        reasons = [
            [Gap("no-address"), Gap("no-address")],
            [Gap("no-address")],
            [Gap("no-reference")],
        ]
        claim = book.claim(book.article(HERE), "It is so.", *reasons)
        book.close()
        shown = run(book.db, "trace", claim, "--format", "table").stdout
        assert shown.count("] leads nowhere: no-address\n") == 3
        assert shown.count("The entry in the reference list has no address. ") == 1
        assert shown.count("but no entry with this number. ") == 1

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("alone", "It falls with one outlet:\n    [1]: Reuters is its only outlet"),
            ("both", "It falls only when 2 outlets are lost:\n    [1][2]: rests on"),
            ("gap", "It is not known how many outlets it rests on:\n    [1] leads nowhere"),
            ("bare", "It rests on nothing:\n    nothing is cited for it"),
        ],
    )
    def test_its_strength_is_said_with_the_reason(
        self, small: Small, name: str, words: str
    ) -> None:
        assert words in small.run("trace", getattr(small, name), "--format", "table").stdout

    def test_a_claim_of_an_earlier_version_is_said_to_be_one(self, book: Book) -> None:
        first = book.article(HERE)
        claim = book.claim(first, "Old.")
        book.citation(claim, REUTERS)
        book.article(HERE, revises=first)
        book.close()

        shown = run(book.db, "trace", claim, "--format", "table").stdout
        assert "This is an earlier version of the article." in shown
        assert f"    link reuters.example  {REUTERS}" in shown or "    link Reuters" in shown

    def test_tsv_has_a_line_for_each_source_and_json_has_everything(self, small: Small) -> None:
        lines = small.run("trace", small.both).stdout.splitlines()
        (item,) = small.items("trace", small.both)

        assert [line.split("\t")[:4] for line in lines[1:]] == [
            ["0", "", "1", REUTERS],
            ["0", "", "2", BBC],
        ]
        assert item["resilience"] == 2
        assert item["because"] == ["[1][2]: rests on Reuters and BBC News"]

    def test_an_ambiguous_id_lists_what_it_may_mean(self, empty_db: Path) -> None:
        book = Book(empty_db)
        article = book.article(HERE)
        ids = sorted(book.claim(article, str(number)) for number in range(1500))
        book.close()
        twins = next(a for a, b in zip(ids, ids[1:], strict=False) if a[:4] == b[:4])  # noqa: RUF007
        meant = [id for id in ids if id.startswith(twins[:4])]

        result = run(empty_db, "trace", twins[:4])

        assert result.exit_code == 1
        head, *candidates = result.stderr.splitlines()
        assert (
            head == f"ledger: {twins[:4]!r}: {len(meant)} claims have this name. Name one by its id"
        )
        for line, id in zip(candidates, meant, strict=True):
            short, says, place = line.strip().split("  ")
            assert id.startswith(short)
            assert says.isdigit()
            assert place == HERE

    def test_words_of_many_claims_are_told_how_all_are_listed(self, empty_db: Path) -> None:
        book = Book(empty_db)
        article = book.article(HERE)
        for number in range(6):
            book.claim(article, f"The dam's wall fell {number} times.")
        book.close()

        said = run(empty_db, "trace", "dam's wall").stderr.splitlines()[0]
        assert said.endswith(
            "more than 5 claims have these words. Name one by its id. To see them all: "
            """ledger claims --search 'dam'"'"'s wall'"""
        )


class TestOutletsAndSources:
    def test_outlets_are_listed(self, small: Small) -> None:
        found = small.items("outlets")
        assert [(item["name"], item["claims"], item["sole_claims"]) for item in found] == [
            ("Reuters", 2, 1),
            ("BBC News", 1, 0),
        ]

    def test_accounts_are_listed_with_how_to_say_whose_they_are(self, book: Book) -> None:
        account = "https://ministry.blog.example/1"
        book.outlet("ministry.blog.example", "@ministry (Blog)", kind="platform-account")
        article = book.article(HERE)
        book.claim(article, "They say so.", [account], [BBC])
        book.close()

        shown = run(book.db, "outlets", "--format", "table")
        assert "To say whose account one is: ledger outlets merge" in shown.stderr
        run(book.db, "outlets", "merge", "@ministry (Blog)", "bbc.example")
        shown = run(book.db, "outlets", "--format", "table")
        assert "outlets merge" not in shown.stderr
        assert "@ministry" not in shown.stdout

    def test_an_outlet_is_shown_with_its_pages_and_what_falls(self, book: Book) -> None:
        article = book.article(HERE)
        for number in range(12):
            book.claim(article, f"Claim {number}.", [f"https://reuters.example/{number}"])
        book.close()

        shown = run(book.db, "outlet", "reuters", "--format", "table").stdout
        (item,) = json.loads(run(book.db, "outlet", "reuters", "--json").stdout)["items"]
        line = run(book.db, "outlet", "reuters").stdout.splitlines()[1]

        assert "reuters.example · wire · GB · owner: Thomson Reuters" in shown
        assert "Claims that lean on it: 12; that fall without it: 12. 12 cited pages:" in shown
        assert "and 2 more: ledger sources --outlet reuters.example" in shown
        assert "Claim 11." in shown
        assert len(item["sources"]) == len(item["falls"]) == 12
        few = run(book.db, "outlet", "reuters", "--format", "table", "--limit", "3").stdout
        assert (few.count("https://"), few.count("Claim ")) == (3, 3)
        assert "and 9 more: ledger sources --outlet reuters.example" in few
        every = run(book.db, "outlet", "reuters", "--format", "table", "--limit", "0").stdout
        assert (every.count("https://"), "more: ledger sources" in every) == (12, False)
        assert line.split("\t")[-3:] == ["12", "12", "0"]

    def test_an_outlet_that_nobody_cites_is_nothing_found(self, small: Small) -> None:
        result = small.run("outlet", "theguardian.com", "--format", "table")
        assert result.exit_code == 1
        assert "Claims that lean on it: 0" in result.stdout

    def test_sources_are_listed_and_narrowed(self, small: Small) -> None:
        assert [item["url"] for item in small.items("sources")] == [REUTERS, BBC]
        assert [item["url"] for item in small.items("sources", "--outlet", "BBC News")] == [BBC]
        assert small.run("sources", "--outlet", "theguardian.com").exit_code == 1
        assert small.source[:8] in small.run("sources", "--format", "table").stdout

    def test_a_source_is_shown_with_the_claims_that_cite_it(self, small: Small) -> None:
        shown = small.run("source", small.source[:8], "--format", "table").stdout

        assert "2 claims in 1 article cite it." in shown
        assert "Both say so." in shown
        assert len(small.items("source", REUTERS)[0]["claims"]) == 2

    def test_a_source_of_which_only_the_beginning_was_read_says_so(self, book: Book) -> None:
        wall = {"code": "wall-paywall", "detail": "The rest is missing.", "at": None}
        article = book.article(HERE, findings=[wall])
        book.close()
        shown = run(book.db, "source", HERE, "--format", "table").stdout
        said = "It was read itself, but not all of it (wall-paywall): ledger article"
        assert f"{said} {article[:12]}\n" in shown

    def test_a_source_that_was_read_says_so_and_without_claims_it_is_status_1(
        self, small: Small
    ) -> None:
        result = small.run("source", HERE, "--format", "table")
        assert result.exit_code == 1
        assert f"It was read itself: ledger article {small.article[:12]}" in result.stdout
        assert "0 claims" not in result.stdout
        assert result.stderr == "No claim cites it.\n"

    def test_a_table_of_what_leans_on_one_shows_a_page_and_says_how_to_see_all(
        self, book: Book
    ) -> None:
        article = book.article(HERE)
        for number in range(TABLE_LIMIT + 1):
            book.claim(article, f"Claim {number}.", [REUTERS])
        book.close()
        total = f"{TABLE_LIMIT} of {TABLE_LIMIT + 1} claims; all: --limit 0."
        for words, more in (
            (("source", REUTERS), f"{total} One claim in full"),
            (("outlet", "Reuters"), f"{total} All claims that lean on it"),
        ):
            table = run(book.db, *words, "--format", "table")
            assert more in table.stderr
            assert f"Claim {TABLE_LIMIT - 1}." in table.stdout
            assert f"Claim {TABLE_LIMIT}." not in table.stdout
            every = run(book.db, *words, "--format", "table", "--limit", "0")
            assert f"Claim {TABLE_LIMIT}." in every.stdout
            assert "--limit" not in every.stderr
            few = run(book.db, *words, "--format", "table", "--limit", "2")
            assert "Claim 1." in few.stdout
            assert "Claim 2." not in few.stdout
            whole = json.loads(run(book.db, *words, "--json").stdout)["items"][0]
            assert len(whole["claims" if words[0] == "source" else "falls"]) == TABLE_LIMIT + 1

    @pytest.mark.parametrize("noun", ["outlet", "source", "gap"])
    def test_a_long_list_is_a_page_of_a_table_and_whole_elsewhere(
        self, book: Book, noun: str
    ) -> None:
        article = book.article(HERE)
        for number in range(TABLE_LIMIT + 1):
            book.claim(article, f"Claim {number}.", [f"https://o{number}.example/1"], [Gap()])
        book.close()
        many, most = f"{noun}s", TABLE_LIMIT + 1

        table = run(book.db, many, "--format", "table")
        assert f"{TABLE_LIMIT} of {most} {many}; all: --limit 0. " in table.stderr
        whole = run(book.db, many, "--format", "table", "--limit", "0")
        assert f"\n{most} {many}. " in f"\n{whole.stderr}"
        assert len(whole.stdout.splitlines()) == len(table.stdout.splitlines()) + 1
        assert len(run(book.db, many).stdout.splitlines()) == 1 + most
        assert len(json.loads(run(book.db, many, "--json").stdout)["items"]) == most
        assert len(json.loads(run(book.db, many, "--json", "--limit", "2").stdout)["items"]) == 2

    def test_an_outlet_that_nothing_leans_on_says_so(self, small: Small) -> None:
        said = small.run("outlet", "theguardian.com", "--format", "table").stderr
        assert said == "No claim leans on it.\n"

    @pytest.mark.parametrize("words", [("articles",), ("article", HERE)])
    def test_what_is_written_as_warc_is_not_listed_too(
        self, small: Small, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        path = tmp_path / "out.warc"
        refused = small.run(*words, "--warc", str(path), "--json")
        assert (refused.exit_code, refused.stdout, path.exists()) == (2, "", False)
        assert "--json: with --warc, nothing is listed" in refused.stderr

    def test_an_empty_ledger_has_no_outlets_and_no_sources(self, empty_db: Path) -> None:
        nothing = {"outlets": "No outlet has been cited", "sources": "No page is cited"}
        for command, words in nothing.items():
            result = run(empty_db, command)
            assert result.exit_code == 0
            assert words in result.stderr


class TestGaps:
    def test_gaps_are_listed_and_narrowed(self, small: Small) -> None:
        (item,) = small.items("gaps")
        assert (item["article"], item["claim"], item["marker"], item["reason"]) == (
            small.article,
            small.gap,
            "1",
            "no-reference",
        )
        assert small.items("gaps", "--article", HERE, "--reason", "no-reference") == [item]
        other = small.run("gaps", "--reason", "no-address")
        assert (other.exit_code, other.stderr) == (1, "No gap has this reason.\n")

    def test_a_table_says_the_words_of_a_claim_once(self, book: Book) -> None:
        article = book.article(HERE)
        book.claim(article, "Nobody knows.", [Gap(), Gap()], [Gap("no-address")])
        book.close()

        shown = run(book.db, "gaps", "--format", "table").stdout.splitlines()[2:]
        assert [line.split("   ")[1].strip() for line in shown] == ["1 2", "3"]
        assert run(book.db, "gaps").stdout.count("Nobody knows.") == 3

    def test_a_limit_of_a_table_cuts_no_row_in_two(self, book: Book) -> None:
        article = book.article(HERE)
        book.claim(article, "Nobody knows.", [Gap(), Gap()])
        book.claim(article, "Nobody asks.", [Gap(), Gap()])
        book.close()

        cut = run(book.db, "gaps", "--limit", "1", "--format", "table")
        (shown,) = cut.stdout.splitlines()[2:]
        assert shown.split("   ")[1].strip() == "1 2"
        assert cut.stderr.startswith("2 of 4 gaps; all: --limit 0.")
        assert run(book.db, "gaps", "--limit", "1").stdout.count("Nobody") == 1

    def test_a_table_says_how_to_close_one(self, small: Small) -> None:
        result = small.run("gaps", "--format", "table")
        assert result.exit_code == 0
        assert "1 gap. To close one: ledger link ARTICLE MARKER URL" in result.stderr
        assert small.article[:8] in result.stdout  # which is needed for that
        named = small.run("gaps", "--article", HERE, "--format", "table")
        assert small.article[:8] not in named.stdout

    def test_each_reason_is_explained_once(self, book: Book) -> None:
        book.claim(book.article(HERE), "Nobody knows.", [Gap("no-address")], [Gap("no-address")])
        book.close()

        stderr = run(book.db, "gaps", "--format", "table").stderr
        assert stderr.count("no-address: The entry in the reference list has no address. ") == 1
        assert "no-address:" not in run(book.db, "gaps").stderr

    def test_no_gaps_is_no_failure(self, empty_db: Path) -> None:
        result = run(empty_db, "gaps")
        assert (result.exit_code, result.stderr) == (0, "No gaps.\n")


class TestImpact:
    def test_a_loss_is_followed_to_its_claims(self, small: Small) -> None:
        found = small.items("impact", "--outlet", "Reuters")

        assert [(item["claim"], item["exact"], item["effect"]) for item in found] == [
            (small.alone, "Reuters alone says so.", "falls"),
            (small.both, "Both say so.", "weakens"),
            (small.gap, "Nobody knows.", "unknown"),
        ]
        assert found[0]["because"] == ["[1]: Reuters is its only outlet"]

    @pytest.mark.parametrize(
        ("options", "effects"),
        [
            (["--outlet", "Reuters", "--outlet", "bbc.example"], ["falls", "falls", "unknown"]),
            (["--owner", "thomson reuters"], ["falls", "unknown", "unknown"]),
            (["--country", "gb"], ["falls", "falls", "unknown"]),
            (["--kind", "Broadcaster"], ["weakens", "unknown"]),
            (["--source", BBC], ["weakens", "unknown"]),
            (["--source", REUTERS, "--kind", "broadcaster"], ["falls", "falls", "unknown"]),
        ],
    )
    def test_losses_are_named_in_many_ways_and_added_up(
        self, small: Small, options: list[str], effects: list[str]
    ) -> None:
        assert [item["effect"] for item in small.items("impact", *options)] == effects

    def test_two_outlets_are_lost_together(self, small: Small) -> None:
        found = small.items("impact", "--outlet", "Reuters", "--outlet", "BBC News")
        effects = {item["claim"]: item["effect"] for item in found}
        assert effects == {small.alone: "falls", small.both: "falls", small.gap: "unknown"}
        told = " ".join(small.run("impact", "--help").stdout.split())
        assert "--outlet A --outlet B shows what falls if both are wrong" in told

    def test_of_one_article_only(self, book: Book) -> None:
        other = book.article("https://a.example/2", title="Another")
        book.claim(other, "BBC alone says so.", [BBC])
        book.claim(other, "So does Reuters.", [REUTERS])
        small = Small(book)
        falls = small.items("impact", "--outlet", "Reuters", "--article", HERE)
        assert {item["article"] for item in falls} == {small.article}
        assert [item["effect"] for item in falls] == ["falls", "weakens", "unknown"]
        outlets = small.items("outlets", "--article", "https://a.example/2")
        assert [(item["name"], item["claims"], item["sole_claims"]) for item in outlets] == [
            ("BBC News", 1, 1),
            ("Reuters", 1, 1),
        ]
        every = small.items("outlets")
        assert [(item["name"], item["claims"], item["sole_claims"]) for item in every] == [
            ("Reuters", 3, 2),
            ("BBC News", 2, 1),
        ]
        shown = small.run("outlets", "--article", HERE, "--format", "table")
        assert f"ledger impact --outlet NAME --article {small.article[:12]}" in shown.stderr
        ranked = small.items("impact", "--by", "outlet", "--article", "https://a.example/2")
        assert [(item["name"], item["falls"]) for item in ranked] == [
            ("BBC News", 1),
            ("Reuters", 1),
        ]
        owned = small.items("impact", "--by", "owner", "--article", "https://a.example/2")
        assert [(item["name"], item["falls"]) for item in owned] == [("Thomson Reuters", 1)]

    def test_a_table_counts_effects(self, small: Small) -> None:
        whole = small.run("impact", "--outlet", "Reuters", "--format", "table")
        part = small.run("impact", "--outlet", "Reuters", "--format", "table", "--limit", "1")

        assert "1 falls, 1 weakens, 1 not known." in whole.stderr
        assert "Reuters is its only outlet" in whole.stdout
        assert "1 of 2 claims shown; all: --limit 0." in part.stderr

    def test_what_is_not_known_is_counted_in_a_table_and_listed_when_asked_for(
        self, small: Small
    ) -> None:
        ask = ("impact", "--outlet", "Reuters", "--format", "table")
        counted, listed = small.run(*ask), small.run(*ask, "--unknown")
        assert "Nobody knows." not in counted.stdout
        assert "not known: ledger impact --outlet Reuters --unknown\n" in counted.stderr
        assert listed.stdout.splitlines()[-1].split()[0] == "unknown"
        assert "--unknown" not in listed.stderr

        gap_alone = small.run("impact", "--outlet", "Xinhua", "--format", "table")
        assert "Nobody knows." in gap_alone.stdout
        assert "0 fall, 0 weaken, 1 not known." in gap_alone.stderr

    def test_what_is_not_known_is_left_out_of_other_forms_when_asked_for(
        self, small: Small
    ) -> None:
        ask = ("impact", "--outlet", "Reuters", "--no-unknown")
        answer = json.loads(small.run(*ask, "--json").stdout)
        assert [item["effect"] for item in answer["items"]] == ["falls", "weakens"]
        note = "1 claim is left out: not known whether anything is lost"
        assert answer["warnings"] == [note]
        assert note in small.run(*ask).stderr
        nothing = small.run("impact", "--kind", "magazine", "--no-unknown")
        assert nothing.exit_code == 1
        assert "0 fall, 0 weaken, 1 not known." in nothing.stderr
        ranked = small.run("impact", "--by", "outlet", "--no-unknown")
        assert ranked.exit_code == 2

    def test_no_claim_touched_is_status_1(self, book: Book) -> None:
        book.claim(book.article(HERE), "Fine.", [BBC])
        book.close()

        result = run(book.db, "impact", "--outlet", "Reuters")
        assert result.exit_code == 1
        assert "No claim is affected." in result.stderr

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ([], "ledger: impact: say what is taken away. Give --outlet, --owner"),
            (["--country", "Britain"], "ledger: --country Britain: this is not a country code."),
            (
                ["--kind", "rag"],
                ("ledger: --kind rag: this is not a kind of outlet. Kinds: academic,"),
            ),
            (
                ["--outlet", "Reuters", "--except", "Reuters"],
                "ledger: --except: it names everything that is taken away, so nothing is lost.",
            ),
        ],
    )
    def test_mistakes_of_usage_are_status_2(
        self, small: Small, options: list[str], words: str
    ) -> None:
        result = small.run("impact", *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(words)

    @pytest.mark.parametrize(
        ("by", "warning"),
        [
            (
                "owner",
                "the owner of 1 of 2 outlets is not known: no row has it, and 1 claim leans on it",
            ),
            ("country", None),
            ("outlet", None),
        ],
    )
    def test_a_ranking_says_what_it_has_no_row_for(
        self, small: Small, by: str, warning: str | None
    ) -> None:
        answer = json.loads(small.run("impact", "--by", by, "--json").stdout)
        assert answer["warnings"] == ([warning] if warning else [])
        table = small.run("impact", "--by", by, "--format", "table")
        assert ("note: the owner of" in table.stderr) == (warning is not None)

    def test_claims_by_their_strength_say_of_how_many_it_is_not_known(self, small: Small) -> None:
        asked = small.run("claims", "--single-source", "--by-owner", "--json")
        answer = json.loads(asked.stdout)
        assert [item["exact"] for item in answer["items"]] == ["Reuters alone says so."]
        said = "it is not known on how many owners 2 further claims rest"
        assert said in answer["warnings"][0]
        of_one = small.run("claims", "--single-source", "--by-owner", "--article", HERE)
        assert f"note: {said}" in of_one.stderr
        without = small.run("claims", "--single-source", "--json")
        (warning,) = json.loads(without.stdout)["warnings"]
        assert warning == (
            "it is not known on how many outlets 1 further claim rests: a citation leads "
            "nowhere, or an outlet is not known (see: ledger trace CLAIM)"
        )
        assert f"note: {warning}" in small.run("claims", "--resilience", "2").stderr
        in_it = small.run("claims", "--single-source", "--article", HERE, "--json")
        assert json.loads(in_it.stdout)["warnings"] == [warning]
        assert small.run("claims", "--uncited").stderr == ""

    def test_a_claim_is_of_one_kind(self, small: Small) -> None:
        refused = small.run("claims", "--kind", "cited", "--uncited")
        assert refused.exit_code == 2
        assert "claims --uncited --kind cited: no claim is both" in refused.stderr
        assert len(small.items("claims", "--kind", "uncited", "--uncited")) == 1

    def test_an_unknown_owner_is_not_found(self, small: Small) -> None:
        result = small.run("impact", "--owner", "Nobody")
        assert result.exit_code == 1
        assert "no outlet here has this owner. See: ledger impact --by owner\n" in result.stderr
        assert "Thomson Reuters" in small.run("impact", "--by", "owner").stdout


class TestKeeping:
    def test_db_info_says_where_and_how_much(self, small: Small, empty_db: Path) -> None:
        (item,) = small.items("db", "info")
        shown = small.run("db", "info", "--format", "table").stdout

        assert item["path"] == str(empty_db)
        assert item["schema"] == item["newest_schema"]
        assert (item["claim"], item["article"], item["citation"]) == (4, 1, 4)
        assert item["bytes"] == empty_db.stat().st_size
        assert f"{empty_db.stat().st_size:,}" in shown

    def test_db_info_makes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "none.db"
        result = run(path, "db", "info", "--format", "table")

        assert result.exit_code == 1
        assert "There is no ledger here yet" in result.stderr
        assert not path.exists()

    @pytest.mark.parametrize(
        "command",
        [
            *("articles", "claims", "outlets", "sources", "origins", "gaps", "circular"),
            *("article x", "trace abcd", "outlet Reuters", "source x", "diff x", "audit --all"),
            *("impact --by outlet", "db export", "db rebuild"),
            # These record, but only of what is recorded.
            *("link x 1 https://a.example/1", "withdraw Reuters --date 2025-01-01"),
            "outlets merge reuters.com apnews.com",
            "outlets import outlets.csv --dry-run",
        ],
    )
    def test_a_question_makes_no_ledger(
        self, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("outlets.csv").write_text("domain,name\na.example,A\n")
        path = tmp_path / "folder" / "mistyped.db"
        result = run(path, *command.split())

        assert (result.exit_code, result.stdout) == (5, "")
        assert f"{path}: there is no ledger here yet" in result.stderr
        assert "ledger ingest" in result.stderr
        assert not path.parent.exists()

    def test_what_is_known_of_outlets_may_be_told_first(self, tmp_path: Path) -> None:
        path, file = tmp_path / "new.db", tmp_path / "outlets.csv"
        file.write_text("domain,name\nb.example,B\n")
        result = run(path, "outlets", "add", "a.example", "--name", "A")

        assert result.exit_code == 0
        assert f"Made a new ledger at {path}" in result.stderr
        assert "read before" not in result.stderr
        assert run(tmp_path / "other.db", "outlets", "import", str(file)).exit_code == 0

    @pytest.mark.parametrize(
        "words", ["import outlets.csv", "import outlets.csv --rating a=b", "add a.example --kind x"]
    )
    def test_what_is_told_by_mistake_makes_no_ledger(
        self, tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("outlets.csv").write_text("domain,nonsense\na.example,A\n")
        result = run(tmp_path / "new.db", "outlets", *words.split())
        assert result.exit_code == 2
        assert [path.name for path in tmp_path.iterdir()] == ["outlets.csv"]

    def test_db_upgrade_makes_or_leaves(self, tmp_path: Path) -> None:
        path = tmp_path / "new.db"
        made = run(path, "db", "upgrade", "--format", "table")
        left = run(path, "db", "upgrade", "--format", "table")

        assert made.stdout.startswith(f"Made: {path}")
        assert left.stdout.startswith(f"Already up to date: {path}")

    def test_a_ledger_of_a_newer_program_is_refused(self, small: Small) -> None:
        connection = sqlite3.connect(small.db)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()

        refused = small.run("articles")
        info = small.run("db", "info", "--format", "table")

        assert refused.exit_code == 5
        assert "newer" in refused.stderr
        assert info.exit_code == 0
        assert "9999" in info.stdout
        assert "another schema" in info.stderr

    @pytest.mark.parametrize("command", ["articles", "claims", "outlets", "sources", "gaps"])
    def test_a_file_that_is_no_ledger_is_status_5(self, tmp_path: Path, command: str) -> None:
        path = tmp_path / "odd.db"
        path.write_bytes(b"this is a letter to my aunt and no database " * 40)

        result = run(path, command)

        assert (result.exit_code, result.stdout) == (5, "")
        assert result.stderr.startswith(f"ledger: {path}: ")
        assert "Traceback" not in result.stderr

    def test_a_server_is_not_read_yet_and_its_password_is_not_shown(self) -> None:
        result = CliRunner().invoke(app, ["--db", "postgresql://me:secret@host/db", "articles"])

        assert result.exit_code == 5
        assert "secret" not in result.stderr

    def test_the_database_may_be_named_by_the_environment(self, small: Small) -> None:
        result = CliRunner().invoke(app, ["articles"], env={"LEDGER_DB": f"sqlite:///{small.db}"})
        assert small.article in result.stdout

    def test_a_journal_that_holds_is_verified(self, empty_db: Path) -> None:
        with open_ledger(str(empty_db), clock=noon) as writer:
            writer.append(a_reading())

        result = run(empty_db, "journal", "verify", "--format", "table")
        (item,) = json.loads(run(empty_db, "journal", "verify", "--json").stdout)["items"]

        assert result.exit_code == 0
        assert "13 entries hold." in result.stdout
        assert f"head {item['head']}" in result.stdout
        assert item["entries"] == 13

    def test_an_altered_record_is_status_4(self, empty_db: Path) -> None:
        with open_ledger(str(empty_db), clock=noon) as writer:
            writer.append(a_reading())
        connection = sqlite3.connect(empty_db)
        connection.execute("DROP TRIGGER claim_no_update")
        connection.execute("UPDATE claim SET exact = 'Something else.'")
        connection.commit()
        connection.close()

        result = run(empty_db, "journal", "verify")

        assert (result.exit_code, result.stdout) == (4, "")
        assert result.stderr.startswith("ledger: journal entry ")


PAYLOADS = [
    "\x1b[2J\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31mC1",
    "a\x08\x7fb",
    "\u202etxt.exe\u2066x\u2069\u200f",
    "line\r\nbreak\ttab\u2028end",
    "\x00nul",
]


class TestHostileText:
    @pytest.mark.parametrize("payload", PAYLOADS)
    @pytest.mark.parametrize("form", ["table", "tsv", "csv", "excel", "json", "jsonl"])
    @pytest.mark.no_cover
    def test_no_command_passes_on_what_a_terminal_obeys(
        self, book: Book, payload: str, form: str
    ) -> None:
        url = f"https://evil.example/{payload}"
        book.outlet("evil.example", f"Evil {payload}", owner=f"Owner {payload}", kind="wire")
        finding = {"code": payload, "detail": payload, "at": None}
        article = book.article(
            url, title=payload, byline=[payload], dateline=payload, findings=[finding]
        )
        claim = book.claim(
            article,
            f"Claim {payload}",
            [url, Gap(payload)],
            named=[Prose(payload, None), Prose(payload, "evil.example")],
            section=[payload],
        )
        book.close()
        commands = [
            ["articles"],
            ["article", article],
            ["claims"],
            ["claims", "--outlet", f"wrong {payload}"],
            ["trace", claim],
            ["outlets"],
            ["outlet", "evil.example"],
            ["sources"],
            ["source", book.source(url)],
            ["gaps"],
            ["impact", "--outlet", "evil.example"],
            ["impact", "--owner", f"wrong {payload}"],
        ]

        for command in commands:
            result = run(book.db, *command, "--format", form)
            # CliRunner's own mark of an unexpected error
            assert result.exception is None or isinstance(result.exception, SystemExit), command
            assert not RAW.search(result.stdout), command
            assert not RAW.search(result.stderr), command

    def test_tsv_keeps_one_line_a_row_and_its_columns(self, book: Book) -> None:
        book.claim(
            book.article(HERE, title="a\tb\nc"), "One\r\ntwo\tthree\u2028four\x85five\x0bsix"
        )
        book.close()

        text = run(book.db, "claims").stdout
        head, line = text.splitlines()
        assert len(head.split("\t")) == len(line.split("\t"))
        assert line.split("\t")[8:10] == [
            r"One\x0d\ntwo\tthree\u2028four\x85five\x0bsix",
            r"a\tb\nc",
        ]

    def test_json_keeps_true_values(self, book: Book) -> None:
        words = "=1+1\x1b[2J\u202e[5][13] é 🗞 \x9b"
        book.claim(book.article(HERE), words)
        book.close()

        text = run(book.db, "claims", "--json").stdout
        assert json.loads(text)["items"][0]["exact"] == words
        assert "é 🗞" in text

    def test_markup_in_text_is_text(self, book: Book) -> None:
        words = "see [a] and [b] [/] [/b] [ [bold]x[/bold] [5][13] :smile: [link=x]"
        claim = book.claim(book.article(HERE, title=words), words, [REUTERS])
        book.close()

        for command in (["claims"], ["articles"], ["article", HERE], ["trace", claim]):
            assert words in run(book.db, *command, "--format", "table", COLUMNS="250").stdout

    @pytest.mark.parametrize(
        "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
    )
    def test_csv_cells_are_never_formulas(self, book: Book, start: str) -> None:
        formula = f'{start}HYPERLINK("https://evil.example")'
        book.claim(book.article(HERE, title=formula), formula)
        book.close()

        text = run(book.db, "claims", "--format", "csv").stdout
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        for cell in (row["exact"], row["title"]):
            assert cell == "'" + visible(formula)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("plain é 中 🗞\n\t", "plain é 中 🗞\n\t"),
            ("\x1b[0m", r"\x1b[0m"),
            ("\x9b", r"\x9b"),
            ("\u202e", r"\u202e"),
            ("\udcff", r"\udcff"),
        ],
    )
    def test_controls_are_spelled_out(self, text: str, expected: str) -> None:
        assert visible(text) == expected

    def test_cells_say_nothing_for_none_and_join_lists(self) -> None:
        assert tsv_cell(None) == csv_cell(None) == ""
        assert tsv_cell(["a", "b\t", None]) == r"a; b\t; "
        assert (tsv_cell(True), tsv_cell(False), tsv_cell(-5), csv_cell(-5)) == (
            "true",
            "false",
            "-5",
            "-5",
        )
        assert one_line(" a\n\tb ") == "a b"

    def test_json_text_may_be_indented(self) -> None:
        assert json_text({"a": "\x7f"}, indent=2) == '{\n  "a": "\\u007f"\n}'

    def test_a_word_too_long_to_cut_at_is_cut_within(self) -> None:
        assert trimmed("x" * 300) == "x" * 200 + " …"


class TestErrors:
    def test_every_error_has_a_status_and_the_nearest_kind_decides(self) -> None:
        kinds = {kind for kind, _ in STATUS}

        def leaves(kind: type[LedgerError]) -> Iterator[type[LedgerError]]:
            yield kind
            for below in kind.__subclasses__():
                yield from leaves(below)

        for kind in leaves(LedgerError):
            assert kind is LedgerError or any(issubclass(kind, known) for known in kinds)
        assert status_of(RefusedError("https://a.example/", "private", "not public")) == 6

    def test_debug_shows_where_an_error_came_from(self, small: Small) -> None:
        result = CliRunner().invoke(app, ["--db", str(small.db), "--debug", "trace", "\x1bffff"])

        assert result.exit_code == 1
        assert "Traceback" in result.stderr
        assert "\n  File " in result.stderr
        assert not RAW.search(result.stderr)

    def test_a_message_repeats_no_more_of_what_was_asked_than_names_it(self, small: Small) -> None:
        asked = small.run("trace", "f" * 5000)
        assert asked.exit_code == 1
        assert "no claim has this id or these words" in asked.stderr
        assert "f" * 100 in asked.stderr
        assert len(asked.stderr) < 400

    def test_an_interrupt_is_status_130(self, book: Book) -> None:
        article = book.article(HERE)
        for number in range(2000):
            book.claim(article, f"Claim {number} " + "word " * 30)
        book.close()
        process = start("--db", str(book.db), "claims")
        assert process.stdout is not None
        process.stdout.read(10)  # it has begun, and now waits until the rest is read
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=60)

        assert process.returncode == 130
        assert b"Traceback" not in words

    @pytest.mark.parametrize(
        "words", [("claims",), ("article", HERE, "--format", "table")], ids=["rows", "table"]
    )
    def test_a_reader_that_has_seen_enough_is_no_error(
        self, book: Book, words: tuple[str, ...]
    ) -> None:
        article = book.article(HERE)
        for number in range(2000):
            book.claim(article, f"Claim {number} " + "word " * 30)
        book.close()
        process = start("-q", "--db", str(book.db), *words)
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
        process.stderr.close()

        assert process.wait(timeout=60) == 0
        assert said == b""

    @pytest.mark.parametrize("words", [("--help",), ("claims", "--help"), ("--version",)])
    def test_nor_is_one_of_help_or_of_the_version(self, words: tuple[str, ...]) -> None:
        ours, theirs = os.pipe()
        os.close(ours)
        with os.fdopen(theirs, "wb") as closed:
            process = start(*words, stdout=closed)
        _, said = process.communicate(timeout=60)

        assert (process.returncode, said) == (0, b"")


class TestTheApp:
    def test_the_list_of_commands_says_what_the_commands_say(self) -> None:
        for name, row in COMMANDS.items():
            command = load(name)
            assert command.name == name
            assert inspect.cleandoc(command.help).splitlines()[0] == row.help, name

    def test_every_command_of_every_module_is_in_the_list(self) -> None:
        for row in COMMANDS.values():
            module = import_module(f"ledger.commands.{row.module}")
            names = set(typer.main.get_group(module.app).commands)
            assert names == {name for name, each in COMMANDS.items() if each.module == row.module}

    def test_help_groups_commands_in_the_order_of_the_walk(self) -> None:
        shown = CliRunner().invoke(app, ["--help"]).stdout

        places = [
            shown.index(f"─ {panel} ─") for panel in ("Read and record", "Ask", "Audit", "Keep")
        ]
        assert places == sorted(places)
        for row in COMMANDS.values():
            assert row.help[:40] in shown

    @pytest.mark.parametrize("name", sorted(COMMANDS))
    def test_every_command_has_help(self, name: str) -> None:
        result = CliRunner().invoke(app, [name, "--help"])
        assert result.exit_code == 0
        assert f"Usage: ledger {name}" in result.stdout or f" {name} " in result.stdout

    @pytest.mark.parametrize("name", sorted(COMMANDS))
    def test_help_fits_a_narrow_terminal_and_says_what_each_option_takes(self, name: str) -> None:
        def all_of(command: Any) -> Iterator[Any]:
            yield command
            for below in getattr(command, "commands", {}).values():
                yield from all_of(below)

        for command in all_of(load(name)):
            assert all(len(line) <= 78 for line in (command.help or "").splitlines()), command.name
            takes = [each for each in command.params if not getattr(each, "is_flag", True)]
            unnamed = [
                each.opts for each in takes if not (each.metavar or hasattr(each.type, "choices"))
            ]
            assert unnamed == [], command.name
            # What does not fit beside the help is broken anywhere, also within a word.
            choices = {each: getattr(each.type, "choices", ()) for each in takes}
            listed = [each for each in takes if choices[each] and not each.metavar]
            assert all(len("|".join(choices[each])) < 30 for each in listed), command.name

    @pytest.mark.parametrize("name", sorted(COMMANDS))
    def test_help_loses_nothing_of_what_is_said(self, name: str) -> None:
        command = load(name)
        for words, each in [([name], command)] + [
            ([name, sub], below) for sub, below in getattr(command, "commands", {}).items()
        ]:
            shown = run(Path("none.db"), *words, "--help", COLUMNS="300").stdout
            flat = " ".join(re.sub("[│╭╰─╮╯]", " ", shown).split())
            for param in each.params:
                assert " ".join((getattr(param, "help", None) or "").split()) in flat, param.name

    def test_a_misspelt_command_suggests_the_right_one(self) -> None:
        result = CliRunner().invoke(app, ["clams"])
        assert result.exit_code == 2
        assert "claims" in result.stderr

    def test_no_arguments_show_help(self) -> None:
        result = CliRunner().invoke(app, [])
        assert result.exit_code == 2
        assert "Read and record" in result.output

    def test_version_names_what_matters_for_the_record(self) -> None:
        process = start("--version")
        out, _ = process.communicate(timeout=60)
        assert re.fullmatch(rb"ledger [0-9.]+ \(Python [0-9.]+, SQLite [0-9.]+\)\n", out)

    def test_choices_are_those_of_the_entries(self) -> None:
        assert tuple(narrowing.Kind) == get_args(ClaimKind)
        assert tuple(gaps.Reason) == get_args(GapReason)
        assert tuple(ranking.By) == get_args(RankedBy)

    def test_a_checkout_starts_without_being_installed(self, small: Small) -> None:
        process = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, str(CHECKOUT / "cli.py"), "--db", str(small.db), "outlets"],
            capture_output=True,
            check=True,
        )
        assert process.stdout.decode().splitlines()[1].split("\t")[1] == "Reuters"

    def test_reading_imports_nothing_slow(self, small: Small) -> None:
        watch = (
            "import sys\n"
            "from ledger.commands import app\n"
            f"app(['--db', {str(small.db)!r}, *sys.argv[1:]], standalone_mode=False)\n"
            "slow = {'ledger.model', 'ledger.store', 'sqlalchemy', 'rich', 'httpx', 'lxml'}\n"
            "print(sorted(slow & set(sys.modules)), file=sys.stderr)\n"
        )
        for command in (["outlets"], ["claims", "--outlet", "Reuters"], ["trace", small.alone]):
            process = subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-c", watch, *command],
                cwd=CHECKOUT,
                capture_output=True,
                check=True,
            )
            assert process.stderr.decode().splitlines()[-1] == "[]", command


def test_a_ledger_in_a_folder_with_an_odd_name_is_read(small: Small, tmp_path: Path) -> None:
    odd = tmp_path / "a b?c#d%20"
    odd.mkdir()
    moved = Path(shutil.copy(small.db, odd / "é ledger.db"))

    assert small.article in run(moved, "articles").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("claims", "--search", ""),
        ("claims", "--search", " \t"),
        ("claims", "--outlet", ""),
        ("claims", "--source", ""),
        ("claims", "--article", ""),
        ("claims", "--rating", ""),
        ("claims", "--affected", "--search", ""),
        ("sources", "--outlet", ""),
        ("outlets", "--rating", ""),
        ("gaps", "--article", ""),
        ("origins", "--page", ""),
        ("diff", "x", "--from", ""),
        ("diff", "x", "--to", ""),
        ("ingest", "--feed", ""),
        ("ingest", "--sitemap", " "),
        ("audit", "--all", "--rating", ""),
        *(
            ("impact", "--outlet", "Reuters", f"--{option}", "")
            for option in "outlet owner country kind source rating since until except".split()
        ),
    ],
)
def test_a_filter_without_a_value_is_no_filter(empty_db: Path, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, ["--db", str(empty_db), *words])
    assert done.exit_code == 2
    assert done.stderr == f"ledger: {words[-2]}: it is empty. Say which, or leave it out\n"


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        *((name, name.upper()) for name in ("article", "source", "outlet")),
        ("diff", "ARTICLE"),
        ("trace", "CLAIM"),
        ("audit", "TARGET"),
        ("parse", "INPUT"),
        ("ingest", "INPUT"),
        ("withdraw", "OUTLET|URL"),
        ("outlets add --name X", "OUTLET"),
        ("outlets merge x.example", "INTO"),
        ("outlets import", "FILE"),
        ("origins same x", "PAGE"),
        ("link x 6", "URL"),
        ("journal prove", "CLAIM"),
        ("journal redact --reason law", "CAPTURE"),
        ("journal check-proof", "FILE"),
        ("journal checkpoint -o", "--output"),
        ("journal verify --checkpoint", "--checkpoint"),
        ("db backup -o", "--output"),
        ("db export -o", "--output"),
        ("db restore", "FILE"),
        ("db import", "FILE"),
        ("audit --all -o", "--output"),
        ("articles --warc", "--warc"),
        ("ingest x --references", "--references"),
        ("ingest --from-file", "--from-file"),
    ],
)
@pytest.mark.parametrize("empty", ["", " "])
def test_an_argument_that_is_empty_names_nothing(
    empty_db: Path, words: str, subject: str, empty: str
) -> None:
    done = CliRunner().invoke(app, ["--db", str(empty_db), *words.split(), empty])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"ledger: {subject}: it is empty. Say which\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("outlets", "--json", "add", "x.example"),
            "--json: it comes before add. Write it after",
        ),
        (("outlets", "--rating", "a=b", "merge", "x", "y"), "--rating: it comes before merge"),
        (("origins", "--format", "csv", "find"), "--format: it comes before find"),
        (("origins", "--page", "x", "same", "x", "y"), "--page: it comes before same"),
        (("journal", "verify", "--key", "x"), "--key: there is no checkpoint or redaction that"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    empty_db: Path, words: tuple[str, ...], said: str
) -> None:
    refused = run(empty_db, *words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert said in refused.stderr
