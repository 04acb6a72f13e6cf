"""Long answers are made a part at a time, and are what they would be as a whole."""

import subprocess
import sys

import pytest
from readings import a_reading, noon
from typer.testing import CliRunner

from ledger.commands import app, in_parts
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


def test_whoever_writes_is_not_kept_waiting_by_whoever_reads_slowly(db: Place) -> None:
    readings = [a_reading(number, claims=50) for number in range(3)]
    program = (
        "from ledger.commands import in_parts, main; in_parts.PART = 60;"
        f" import sys; sys.argv[1:] = ['--db', {str(db)!r}, 'claims', '--format', 'json']; main()"
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
