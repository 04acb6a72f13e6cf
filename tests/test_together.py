"""Inputs that are recorded several at a time: what each is told, when, and what a death leaves."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import ledger as package
from ledger.errors import AppendError, ExtractError, FetchError, LedgerError
from ledger.extract import read as extract
from ledger.inputs import Received
from ledger.pipeline import together
from ledger.pipeline.ingest import ingest
from ledger.pipeline.outcome import Outcome
from ledger.pipeline.read import read
from ledger.pipeline.together import Together
from ledger.proof import verify_ledger
from ledger.proof.redact import Redaction, redact
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import Ledger, Version, open_ledger

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
CHECKOUT = Path(package.__file__).parent.parent
FAILED = ExtractError("x.md", "not-found", "no such file")

Done = TypeVar("Done")
Told = list[tuple[str, Outcome | LedgerError]]


def page(number: int, words: str = "The dam broke [1].") -> Received:
    url = f"file:///{number}.md"
    body = f"{words}\n\n[1]: https://www.reuters.com/{number}\n".encode()
    return Received(f"{number}.md", url, url, body, NOON, media_type="text/markdown")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, nothing is told only because time went by."""
    monkeypatch.setattr(together, "PATIENCE_S", 600.0)


@pytest.fixture
def ledger(db: Place) -> Iterator[Ledger]:
    ticks = itertools.count()
    with open_ledger(str(db), clock=lambda: NOON + timedelta(seconds=next(ticks))) as opened:
        yield opened


def attempt(_name: str, work: Callable[[], Done]) -> Done | LedgerError:
    try:
        return work()
    except (ExtractError, FetchError) as error:
        return error


def take(waiting: Together, received: Received, *, alone: bool = False) -> Told:
    return list(waiting.take(received.name, received, extract, alone=alone))


def names(told: Told) -> list[str]:
    return [name for name, _ in told]


def transactions(ledger: Ledger) -> int:
    with Reader(ledger.db) as reader:
        row = reader.row("SELECT COUNT(DISTINCT recorded_at) AS n FROM journal")
    return int(row["n"]) if row else 0


def test_inputs_are_recorded_in_one_transaction_and_told_afterwards_in_their_order(
    ledger: Ledger,
) -> None:
    waiting = Together(ledger, attempt)
    for number in range(3):
        assert take(waiting, page(number)) == []
    assert list(waiting.take("x.md", FAILED, extract, alone=False)) == []
    assert take(waiting, page(4)) == []
    assert transactions(ledger) == 0

    told = list(waiting.finish())

    assert names(told) == ["0.md", "1.md", "2.md", "x.md", "4.md"]
    assert told[3][1] is FAILED
    assert transactions(ledger) == 1
    alone = [ingest(ledger, page(number)) for number in (0, 1, 2, 4)]
    for (_, come), again in zip(told[:3] + told[4:], alone, strict=True):
        assert isinstance(come, Outcome)
        assert (come.new, again.new, come.article) == (True, False, again.article)
        assert (come.claims, come.citations, come.gaps, come.findings) == (
            again.claims,
            again.citations,
            again.gaps,
            again.findings,
        )
    assert list(waiting.finish()) == []


def test_what_is_recorded_already_is_told_at_once_unless_others_wait(ledger: Ledger) -> None:
    ingest(ledger, page(0))
    waiting = Together(ledger, attempt)
    ((_, come),) = take(waiting, page(0))
    assert isinstance(come, Outcome)
    assert not come.new
    assert take(waiting, page(1)) == take(waiting, page(0)) == []
    assert names(list(waiting.finish())) == ["1.md", "0.md"]


def test_one_that_is_told_alone_takes_those_with_it_that_wait(ledger: Ledger) -> None:
    waiting = Together(ledger, attempt)
    assert take(waiting, page(0)) == []
    assert names(take(waiting, page(1), alone=True)) == ["0.md", "1.md"]


@pytest.mark.parametrize(
    ("limit", "most", "told"),
    [
        ("MOST", 2, [[], ["0.md", "1.md"], [], ["2.md", "3.md"]]),
        ("ROOM", 80, [[], ["0.md", "1.md"], [], ["2.md", "3.md"]]),
        ("PATIENCE_S", -1.0, [["0.md"], ["1.md"], ["2.md"], ["3.md"]]),
    ],
)
def test_nobody_waits_for_too_many_too_much_or_too_long(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, limit: str, most: float, told: list[list[str]]
) -> None:
    monkeypatch.setattr(together, limit, most)
    waiting = Together(ledger, attempt)
    assert [names(take(waiting, page(number))) for number in range(4)] == told


def test_the_same_page_twice_is_read_anew_when_the_first_is_recorded(ledger: Ledger) -> None:
    waiting = Together(ledger, attempt)
    assert take(waiting, page(0)) == []
    ((_, first),) = take(waiting, page(0, "The dam held [1]."))
    ((_, second),) = waiting.finish()
    assert isinstance(first, Outcome)
    assert isinstance(second, Outcome)
    assert second.revises == first.article
    assert take(waiting, page(1)) == []
    assert names(take(waiting, page(1))) == ["1.md", "1.md"]


def test_whoever_is_overtaken_is_read_anew_and_the_others_are_not(ledger: Ledger) -> None:
    waiting = Together(ledger, attempt)
    for number in range(3):
        take(waiting, page(number))
    other = ingest(ledger, page(1, "The dam held [1]."))
    told = list(waiting.finish())
    assert names(told) == ["0.md", "1.md", "2.md"]
    revises = [come.revises for _, come in told if isinstance(come, Outcome)]
    assert revises == [None, other.article, None]
    verify_ledger(ledger.db if "://" in ledger.db else Path(ledger.db))


def test_one_that_is_refused_takes_no_other_with_it(ledger: Ledger) -> None:
    waiting = Together(ledger, attempt)
    gone = read(page(1)).capture
    ingest(ledger, page(1))
    redaction = Redaction(gone.id, gone.payload_digest, "editor", NOON, "court")
    redact(ledger, redaction, "desk", Ed25519PrivateKey.generate())
    again = replace(page(3), body=page(1).body)
    for received in (page(0), again, page(2)):
        assert take(waiting, received) == []
    told = list(waiting.finish())
    assert names(told) == ["0.md", "3.md", "2.md"]
    assert [isinstance(come, Outcome) and come.new for _, come in told] == [True, False, True]
    assert "these bytes were erased" in str(told[1][1])


def test_an_entry_that_the_ledger_cannot_take_ends_the_run_after_the_others(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Ledger.append_together

    def choosy(self: Ledger, versions: list[Version]) -> Any:
        if any(reading.capture.requested_url.endswith("/1.md") for _, reading, _ in versions):
            raise AppendError(self.db, "e" * 64, "it contains half a character")
        return known(self, versions)

    monkeypatch.setattr(Ledger, "append_together", choosy)
    waiting = Together(ledger, attempt)
    for number in range(3):
        take(waiting, page(number))
    told = waiting.finish()
    assert names([next(told), next(told)]) == ["0.md", "2.md"]
    with pytest.raises(AppendError, match="half a character"):
        next(told)


@pytest.mark.parametrize("written", [True, False])
def test_an_interruption_tells_what_is_recorded_all_the_same(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, *, written: bool
) -> None:
    known = Ledger.append_together

    def interrupted(self: Ledger, versions: list[Version]) -> Any:
        if written:
            known(self, versions)
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "append_together", interrupted)
    waiting = Together(ledger, attempt)
    assert take(waiting, page(0)) == []
    assert list(waiting.take("x.md", FAILED, extract, alone=False)) == []
    assert take(waiting, page(1)) == []
    with pytest.raises(KeyboardInterrupt):
        list(waiting.finish())

    told = dict(waiting.interrupted())

    assert list(told) == (["0.md", "x.md", "1.md"] if written else ["x.md"])
    monkeypatch.undo()
    again = [ingest(ledger, page(number)) for number in (0, 1)]
    assert [come.new for come in again] == [not written] * 2
    for come in again if written else ():
        assert replace(come, new=True) in told.values()


def test_an_interruption_while_the_ledger_is_made_records_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = str(tmp_path / "new.db")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with open_ledger(db, clock=lambda: NOON, when_made=lambda: None) as ledger:
        waiting = Together(ledger, attempt)
        assert take(waiting, page(0)) == []
        with monkeypatch.context() as context:
            context.setattr("ledger.store.opening.upgrade", interrupted)
            with pytest.raises(KeyboardInterrupt):
                list(waiting.finish())
        assert list(waiting.interrupted()) == []
        assert ingest(ledger, page(0)).new


TEXTS = 120


@pytest.mark.parametrize("lines", [1, 30, 70])
def test_who_is_killed_between_two_batches_loses_nothing_that_was_told(
    empty_db: Path, tmp_path: Path, lines: int
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(TEXTS):
        said = " ".join(f"Claim {number}.{n} is long [1]." for n in range(8))
        text = f"{said}\n\n[1]: https://b.example/{number}\n"
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    words = ["--db", str(empty_db), "--quiet", "ingest", str(folder), "--format", "jsonl"]
    command = [sys.executable, "-m", "ledger", *words]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        told = [json.loads(process.stdout.readline()) for _ in range(lines)]
        os.killpg(process.pid, signal.SIGKILL)
        told += [json.loads(line) for line in process.stdout if line.endswith(b"\n")]

    assert told_of(told) <= held(empty_db)
    verify_ledger(empty_db)
    again = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True)  # noqa: S603
    rest = [json.loads(line) for line in again.stdout.splitlines()]
    assert len(rest) == TEXTS
    assert told_of(rest) == held(empty_db)
    assert not told_of([item for item in rest if item["new"]]) & told_of(told)


def told_of(items: list[dict[str, Any]]) -> set[str]:
    return {item["article"] for item in items}


def held(db: Path) -> set[str]:
    with Reader(db) as reader:
        return {row["id"] for row in reader.rows("SELECT id FROM article")}
