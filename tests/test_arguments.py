"""What is asked for in a way that cannot be: it is said, and is never a traceback."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ledger_book import Book
from typer.testing import CliRunner

import ledger
from ledger.commands import app
from ledger.commands.settings import Settings
from ledger.commands.words import hinted
from ledger.errors import unreadable

CHECKOUT = Path(ledger.__file__).parent.parent
HERE = "https://a.example/1"
CITED = "https://reuters.example/1"
BEYOND = str(2**63)
"""The first whole number that no column of a database holds."""


@pytest.fixture
def book(empty_db: Path) -> Book:
    book = Book(empty_db)
    book.claim(book.article(HERE, title="Tensions Rise"), "Troops moved.", [CITED])
    book.close()
    return book


def run(book: Book, *words: str) -> Any:
    return CliRunner().invoke(app, list(words), env={"LEDGER_DB": str(book.db)})


@pytest.mark.parametrize(
    "words",
    [
        ("claims", "--limit"),
        ("claims", "--limit", "1", "--offset"),
        ("claims", "--resilience"),
        ("claims", "--affected", "--limit"),
        ("impact", "--outlet", "reuters.example", "--limit"),
        ("impact", "--by", "outlet", "--limit"),
        ("circular", "--limit"),
        ("ingest", HERE, "--limit"),
        ("ingest", HERE, "--follow", "1", "--follow-limit"),
        ("ingest", HERE, "--max-bytes"),
        ("parse", HERE, "--max-bytes"),
    ],
)
def test_a_number_that_no_database_holds_is_refused(book: Book, words: tuple[str, ...]) -> None:
    result = run(book, *words, BEYOND)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"ledger: {words[-1]} {BEYOND}: this is too large")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "--limit", "all"), "'all' is not a valid whole number"),
        (("ingest", HERE, "--pause", "long"), "'long' is not a valid number"),
    ],
)
def test_a_word_in_the_place_of_a_number_is_no_number(
    book: Book, words: tuple[str, ...], said: str
) -> None:
    result = run(book, *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e400", "86401"])
@pytest.mark.parametrize("option", ["--timeout", "--pause", "--patience"])
@pytest.mark.parametrize("command", ["ingest", "parse"])
def test_what_no_clock_can_wait_is_refused(
    book: Book, command: str, option: str, seconds: str
) -> None:
    result = run(book, command, HERE, option, seconds)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"ledger: {option} ")
    assert result.stderr.endswith("Give at most 86,400 seconds (one day)\n")


@pytest.mark.parametrize("noun", ["article", "source"])
def test_an_id_that_is_too_short_is_not_said_to_be_unknown(book: Book, noun: str) -> None:
    (id,) = [
        line.split("\t")[0]
        for line in run(book, f"{noun}s", "--format", "tsv").stdout.splitlines()[1:]
    ]
    assert run(book, noun, id[:4]).exit_code == 0
    short = run(book, noun, id[:3])
    assert (short.exit_code, short.stderr) == (
        1,
        f"ledger: '{id[:3]}': these are too few digits to name one {noun}. "
        f"Give at least 4 of its id; see: ledger {noun}s\n",
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["ingest", "-"], 3, b"failed  -: it is empty\n"),
        (["parse", "-"], 3, b"failed  -: it is empty\n"),
        (["ingest", "--from-file", "-"], 2, b"ledger: --from-file: the list is empty. "),
        (["outlets", "import", "-"], 2, b"ledger: standard input: "),
        (["db", "import", "-"], 3, b"ledger: -: "),
        (["journal", "redact", HERE, "--reason", "court"], 1, b"Nothing was erased. "),
    ],
)
def test_standard_input_that_is_closed_has_nothing_in_it(
    book: Book, words: list[str], status: int, said: bytes
) -> None:
    program = (
        "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    command = [sys.executable, "-c", program, "-m", "ledger", "--db", str(book.db), *words]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=CHECKOUT, capture_output=True, check=False, timeout=60
    )
    assert b"Traceback" not in done.stderr
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr


def test_who_names_nothing_is_told_how_standard_input_is_named(book: Book) -> None:
    done = CliRunner().invoke(app, ["--db", str(book.db), "ingest"], input="It fell.")
    said = "INPUT: nothing to read. Name a file, a folder or an address, or - for standard input\n"
    assert (done.exit_code, done.stderr) == (2, f"ledger: {said}")


def test_a_list_that_names_nothing_is_called_so(book: Book, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("# later\n\n", encoding="utf-8")
    done = run(book, "ingest", "--from-file", str(empty))
    said = "--from-file: the list is empty. Write one file or address per line\n"
    assert (done.exit_code, done.stderr) == (2, f"ledger: {said}")


@pytest.mark.parametrize(
    ("quiet", "words", "said"),
    [
        ([], ["parse", "-"], b"Paste the text, then Ctrl-D on a line of its own\n"),
        ([], ["parse", "--from-file", "-"], b"Paste the list, then Ctrl-D on a line of its own\n"),
        (["-q"], ["parse", "-"], b""),
    ],
)
def test_at_a_terminal_standard_input_is_asked_for(
    book: Book, quiet: list[str], words: list[str], said: bytes
) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, f"{Path(__file__).parent.parent / 'README.md'}\n\x04".encode())
    command = [sys.executable, "-m", "ledger", *quiet, "--db", str(book.db), *words]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=CHECKOUT, stdin=theirs, capture_output=True, check=False, timeout=60
    )
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, said)


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("claims", "--db", "a.db"), "Write: ledger --db ... claims ..."),
        (("claims", "--db=a.db"), "Write: ledger --db ... claims ..."),
        (("journal", "verify", "--db", "a.db"), "Write: ledger --db ... journal ..."),
        (("articles", "-q"), "Write: ledger -q articles ..."),
    ],
)
def test_an_option_of_all_commands_behind_one_is_told_its_place(
    book: Book, words: tuple[str, ...], remedy: str
) -> None:
    done = run(book, *words)
    assert done.exit_code == 2
    assert f"it goes before the command. {remedy}" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("help",), "help: no such command. Write: ledger --help"),
        (("help", "impact"), "help: no such command. Write: ledger impact --help"),
        (("help", "nothing"), "help: no such command. Write: ledger --help"),
        (
            ("README.md",),
            "README.md: this is not a command. To read it: ledger ingest README.md",
        ),
        (
            ("https://a.example/1",),
            "https://a.example/1: this is not a command. To read it: ledger ingest "
            "https://a.example/1",
        ),
        (
            ("impact", "Le Monde"),
            "Le Monde: it is not clear what this word stands for. Write: ledger impact "
            "--outlet 'Le Monde'",
        ),
        (
            ("claims", "dams", "--json"),
            ("dams: it is not clear what this word stands for. Write: ledger claims --search dams"),
        ),
        (
            ("outlets", "Le Monde"),
            "Le Monde: it is not clear what this word stands for. Write: ledger outlet 'Le Monde'",
        ),
        (
            ("sources", "reuters.com"),
            "reuters.com: it is not clear what this word stands for. Write: ledger sources "
            "--outlet reuters.com",
        ),
        (
            ("articles", "dams.md"),
            "dams.md: it is not clear what this word stands for. Write: ledger article dams.md",
        ),
        (
            ("articles", "show", "dams.md"),
            "show: it is not clear what this word stands for. Write: ledger article dams.md",
        ),
        (
            ("outlets", "list"),
            "list: it is not clear what this word stands for. Write: ledger outlets",
        ),
        (
            ("gaps", "dams.md"),
            "dams.md: it is not clear what this word stands for. Write: ledger gaps --article "
            "dams.md",
        ),
        (
            ("origins", "https://a.example/1"),
            "https://a.example/1: it is not clear what this word stands for. Write: ledger "
            "origins --page https://a.example/1",
        ),
        (
            ("claims", "--outlet", "A", "--single-source", "--outlet=B"),
            "--outlet: it takes one value but was given twice. Give it once",
        ),
        (
            ("audit", "--all", "-o", "a.md", "--output", "b.md"),
            "--output: it takes one value but was given twice. Give it once",
        ),
        (
            ("diff", "a.html", "b.html"),
            "b.html: diff compares versions of one article, so only one name is needed. "
            "Record each version under the address of the page (ledger ingest FILE --url "
            "URL), then: ledger diff URL",
        ),
    ],
)
def test_what_a_newcomer_types_is_told_how_it_is_written(
    book: Book, words: tuple[str, ...], said: str
) -> None:
    done = run(book, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"ledger: {said}\n"


def test_a_command_of_a_group_is_no_word_alone_and_nor_is_one_typed_wrongly(book: Book) -> None:
    assert "No such command 'ad'. Did you mean 'add'?" in run(book, "outlets", "ad", "x").stderr
    assert "Missing argument 'PAGE'" in run(book, "origins", "same").stderr


def test_an_option_may_be_the_value_of_another_and_some_take_several(book: Book) -> None:
    for words in (
        ("impact", "--outlet", "Reuters", "--outlet", "Reuters"),
        ("claims", "--search", "--search"),
        ("claims", "--json", "--json"),
    ):
        assert "has two" not in run(book, *words).stderr


def test_a_file_whose_name_looks_like_an_option_is_told_how_to_be_written(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-dams.md").write_text("It fell.", encoding="utf-8")
    done = run(book, "ingest", "-dams.md")
    assert done.exit_code == 2
    said = "-dams.md: a name that begins with - looks like an option. Write: ./-dams.md"
    assert said in done.stderr
    for words in (("ingest", "--", "-dams.md"), ("ingest", "./-dams.md")):
        assert run(book, *words).exit_code == 0
    (tmp_path / "-list.txt").write_text("./-dams.md\n", encoding="utf-8")
    assert run(book, "ingest", "--from-file", "-list.txt").exit_code == 0


def test_what_only_looks_like_an_option_of_all_commands_is_a_word(book: Book) -> None:
    done = run(book, "claims", "--search", "--", "--db")
    assert done.exit_code == 2
    assert "stands before the command" not in done.stderr


@pytest.mark.usefixtures("book")
def test_a_command_to_type_next_names_the_ledger_that_the_last_one_named(empty_db: Path) -> None:
    moved = str(empty_db.rename(empty_db.parent / "a b.db"))
    named = f"'{moved}'"
    typed = CliRunner().invoke(app, ["--db", moved, "trace", "fffff"])
    assert f"see: ledger --db {named} claims" in typed.stderr
    words = ["--db", moved, "claims", "--format", "table"]
    asked = CliRunner().invoke(app, words)
    assert f"One in full: ledger --db {named} trace CLAIM" in asked.stderr
    env = {"LEDGER_DB": moved}
    by_environment = CliRunner().invoke(app, ["trace", "fffff"], env=env)
    assert "see: ledger claims" in by_environment.stderr


@pytest.mark.parametrize(
    ("db", "named"),
    [
        ("postgresql://ann@h/l", "postgresql://ann@h/l"),
        ("postgresql://ann:pa55@h/l", "postgresql://ann@h/l"),
        ("postgresql://ann@/l?host=/run/pg&password=pa55", "'postgresql://ann@/l?host=/run/pg'"),
        ("mysql://ann:pa55@h/l", "mysql://h/l"),
        ("a b.db", "'a b.db'"),
    ],
)
def test_a_password_is_not_repeated(db: str, named: str) -> None:
    said = hinted("No gaps. See: ledger claims", Settings(db=db, db_typed=True))
    assert said == f"No gaps. See: ledger --db {named} claims"


def test_of_what_is_no_address_nothing_is_repeated() -> None:
    words = "No gaps. See: ledger claims"
    assert hinted(words, Settings(db="postgresql://ann:pa55@h/l?x=1", db_typed=True)) == words


def test_what_a_title_says_is_no_command_of_ours(empty_db: Path) -> None:
    book = Book(empty_db)
    book.claim(book.article(HERE, title="See: ledger gaps"), "See: ledger gaps now.", [CITED])
    book.close()
    done = CliRunner().invoke(app, ["--db", str(empty_db), "claims", "--format", "table"])
    assert "See: ledger gaps now." in done.stdout


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("parse",), ""),
        (("ingest",), ""),
        (("ingest", "--from-file"), "--from-file "),
        (("ingest", "a.md", "--references"), "--references "),
        (("ingest", "--warc"), ""),
        (("ingest", "--feed"), ""),
        (("outlets", "import"), ""),
        (("journal", "check-proof"), ""),
        (("journal", "verify", "--checkpoint"), ""),
        (("db", "restore", "--force"), ""),
        (("db", "import"), ""),
    ],
)
def test_a_file_that_is_not_there_is_called_so_by_every_command(
    book: Book, tmp_path: Path, words: tuple[str, ...], option: str
) -> None:
    gone = tmp_path / "gone"
    asked = run(book, *words, str(gone))
    assert asked.exit_code == 3
    assert f"{option}{gone}: no such file. " in asked.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file or directory"), "a.csv: no such file. Check the path"),
        (NotADirectoryError(20, "Not a directory"), "a.csv: no such file. Check the path"),
        (IsADirectoryError(21, "Is a directory"), "a.csv: this is a folder. Name a file"),
        (
            PermissionError(13, "Permission denied"),
            "a.csv: it cannot be read: Permission denied. Check who may read it",
        ),
        (OSError(5, "Input/output error"), "a.csv: it cannot be read: Input/output error"),
        (ValueError("embedded null byte"), "a.csv: it cannot be read: embedded null byte"),
    ],
)
def test_why_a_file_cannot_be_read_and_what_to_do(error: Exception, said: str) -> None:
    assert str(unreadable("a.csv", error)) == said


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("audit", "--all"), "-o"),
        (("audit", "--all", "-o", "-"), "-o"),
        (("journal", "checkpoint"), "-o"),
        (("journal", "prove", "Troops"), "-o"),
        (("db", "export"), "-o"),
        (("articles",), "--warc"),
        (("articles", "--warc", "-"), "--warc"),
        (("article", HERE), "--warc"),
    ],
)
def test_force_needs_a_file_that_it_could_replace(
    book: Book, words: tuple[str, ...], option: str
) -> None:
    refused = run(book, *words, "--force")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--force: no file is written that it could replace" in refused.stderr
    assert f"Name the file with {option} FILE, or leave out --force" in refused.stderr


def test_a_line_for_standard_output_makes_no_file(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert run(book, "db", "export", "-o", "-").stdout.startswith("{")
    assert run(book, "articles", "--warc", "-").stdout_bytes.startswith(b"WARC/1.1\r\n")
    assert set(tmp_path.iterdir()) == before
