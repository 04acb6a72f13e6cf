"""Long answers are made a part at a time, and are what they would be as a whole."""

import subprocess
import sys
from collections.abc import Sequence

import pytest
from readings import a_reading, noon
from typer.testing import CliRunner

from ledger import queries
from ledger.commands import app, in_parts
from ledger.errors import StoreError
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger


def run(db: Place, *args: str) -> tuple[str, str]:
    done = CliRunner().invoke(app, ["--db", str(db), *args])
    assert done.exit_code == 0, done.stderr
    return done.stdout, done.stderr


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "jsonl"])
def test_an_answer_in_parts_is_the_same_answer(
    db: Place, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_all([a_reading(number, claims=5) for number in range(3)])
    whole = run(db, "claims", "--format", form)
    monkeypatch.setattr(in_parts, "PART", 4)
    assert run(db, "claims", "--format", form) == whole
    assert "15 citations lead nowhere" in "".join(whole)


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "excel", "json", "jsonl"])
def test_of_an_answer_that_is_cut_off_whole_rows_are_printed_and_how_many(
    db: Place, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_all([a_reading(number, claims=5) for number in range(3)])
    whole = run(db, "claims", "--format", form, "--limit", "0")[0].splitlines()
    asked, parts = queries.claim_items, iter(range(2))

    def cut_off(reader: Reader, ids: Sequence[str]) -> object:
        if next(parts, None) is None:
            raise StoreError("the ledger", "the server ended the connection")
        return asked(reader, ids)

    monkeypatch.setattr(queries, "claim_items", cut_off)
    monkeypatch.setattr(in_parts, "PART", 4)
    done = CliRunner().invoke(app, ["--db", str(db), "claims", "--format", form, "--limit", "0"])
    head = {"table": None, "json": None, "jsonl": 0}.get(form, 1)
    assert done.exit_code == 5
    assert done.stdout.splitlines() == ([] if head is None else whole[: head + 8])
    said = done.stderr.splitlines()
    assert said[-1] == "ledger: the ledger: the server ended the connection"
    assert said[:-1] == ([] if head is None else ["ledger: only 8 of 15 rows could be printed"])


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_whoever_writes_is_not_kept_waiting_by_whoever_reads_slowly(db: Place, form: str) -> None:
    readings = [a_reading(number, claims=50) for number in range(3)]
    program = (
        "from ledger.commands import in_parts, main; in_parts.PART = 60;"
        f" import sys; sys.argv[1:] = ['--db', {str(db)!r}, 'claims', '--format', {form!r}]; main()"
    )
    with open_ledger(str(db), clock=noon, busy_timeout_s=5) as ledger:
        ledger.append_all(readings)
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program], stdout=subprocess.PIPE
        ) as reading:
            assert reading.stdout is not None
            begun = reading.stdout.read(100)  # its pipe is full before it is done
            ledger.append(a_reading(4))
            rest = reading.stdout.read()
    assert (begun + rest).count(b'"kind": "cited"') == 150
