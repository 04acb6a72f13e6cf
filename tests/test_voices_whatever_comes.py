"""Voices after any sequence of readings and decisions are those that would be found anew.

Pages are read, read again with other words, told one voice or two, set aside and counted again, and
their outlets are merged; some name others as their own address, or lead on to them, credit an
agency or repeat a page.
The short form runs always; LEDGER_VOICES=500 runs as many sequences.
"""

import io
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from readings import NOON, noon
from test_likeness import OTHER, STORY

from ledger import queries, summaries
from ledger.errors import LedgerError
from ledger.inputs.receive import Received
from ledger.pipeline.ingest import ingest
from ledger.pipeline.set_aside import set_aside
from ledger.pipeline.tell import By, registered
from ledger.pipeline.tell import merge as merging
from ledger.pipeline.voices import Word, compare_new, decide, merge
from ledger.provenance.aside import Object
from ledger.reader import Reader
from ledger.store import Ledger, open_ledger
from ledger.transfer import take_in, write_out

SEQUENCES = int(os.environ.get("LEDGER_VOICES", "12"))
SHORT = "https://bit.ly/3abcde"
PAGES = (
    *(f"https://{name}.example/story" for name in "abc"),
    "https://reuters.com/world/fire",
    SHORT,
)


@pytest.mark.parametrize("seed", range(SEQUENCES))
@pytest.mark.no_cover
def test_a_ledger_that_is_moved_in_any_parts_is_asked_as_the_one_it_came_from(
    migrated_db: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is moved again, and what was moved before is there."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret by it
    monkeypatch.setattr("ledger.transfer.take.CHUNK", random.choice((1, 3, 10)))
    monkeypatch.setattr("ledger.store.replay.ARTICLES", random.choice((1, 2)))
    db, moved = tmp_path / "ledger.db", tmp_path / "moved.db"
    shutil.copy(migrated_db, db)
    with open_ledger(str(db), clock=noon) as ledger:
        for minute in range(16):
            step = random.choices((_read, _decided, _merged, _set_aside), (13, 3, 4, 3))[0]
            with suppress(LedgerError):
                step(ledger, db, random, minute)
            compare_new(ledger)
            if minute in (7, 15):
                file = io.BytesIO()
                write_out(db, file)
                with open_ledger(str(moved), clock=noon) as copy:
                    take_in(copy, io.BytesIO(file.getvalue()), "moved")
                    with Reader(moved) as reader:
                        assert list(summaries.differences(reader)) == []
                    compare_new(copy, naming=False)
    with Reader(moved) as reader:
        assert list(summaries.differences(reader)) == []


@pytest.mark.parametrize("seed", range(SEQUENCES))
@pytest.mark.no_cover
def test_voices_are_those_that_are_found_anew(migrated_db: Path, tmp_path: Path, seed: int) -> None:
    random, db = Random(seed), tmp_path / "ledger.db"  # noqa: S311 - nothing is kept secret by it
    shutil.copy(migrated_db, db)
    with open_ledger(str(db), clock=noon) as ledger:
        for minute in range(random.randint(8, 16)):
            step = random.choices((_read, _decided, _merged, _set_aside), (13, 3, 4, 3))[0]
            with suppress(LedgerError):  # a page that nobody knows yet, a merge that is one already
                step(ledger, db, random, minute)
            if random.random() < 0.8:
                compare_new(ledger)
        compare_new(ledger)
        found = _voices(db)
        with Reader(db) as reader:
            assert list(summaries.differences(reader)) == []
        compare_new(ledger, again=True)
    assert found == _voices(db)


def _read(ledger: Ledger, _: Path, random: Random, minute: int) -> None:
    page = random.choice(PAGES)
    prose = list(random.choice((STORY, OTHER, (*STORY[:2], OTHER[0]), ("A few words.",), ())))
    if prose and random.random() < 0.5:
        prose[0] = f"VELMORA (Reuters) - {prose[0]}"
    if not prose or random.random() < 0.3:
        prose += _repeating(random)
    canonical = f'<link rel="canonical" href="{random.choice(PAGES)}">'
    head = canonical if random.random() < 0.6 else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    html = f"<html><head>{head}</head><body><article><h1>Fire</h1>{body}</article></body></html>"
    at = NOON + timedelta(minutes=minute)
    final = random.choice(PAGES) if random.random() < 0.3 else page
    ingest(
        ledger, Received(page, page, final, html.encode(), at, status=200, media_type="text/html")
    )


def _repeating(random: Random) -> Sequence[str]:
    to = random.choice(PAGES)
    also = " according to Reuters" if random.random() < 0.3 else ""
    return (
        f'The bridge was closed, <a href="{to}">it is said there</a>.',
        f'And it rained{also}, <a href="{to}">they say</a>.',
        f'A third sentence has <a href="{to}">a link</a> as well.',
    )


def _decided(ledger: Ledger, db: Path, random: Random, minute: int) -> None:
    one, other = random.sample(PAGES, 2)
    with Reader(db) as reader:
        pages = [queries.source_named(reader, page) for page in (one, other)]
    verbs: Sequence[Literal["same", "apart"]] = ("same", "apart")
    word = Word(random.choice(verbs), one, other, By("Ann", NOON + timedelta(minutes=minute)))
    decide(ledger, word, pages)


def _merged(ledger: Ledger, db: Path, random: Random, minute: int) -> None:
    one, other = (random.choice(PAGES).split("/")[2] for _ in range(2))
    with Reader(db) as reader:
        merges = queries.merges(reader)
    by = By("Ann", NOON + timedelta(minutes=minute))
    entries = merging(registered(one), registered(other), by, merges)
    if entries:
        merge(ledger, entries, {one, other, merges.get(one, one)})


def _set_aside(ledger: Ledger, _: Path, random: Random, minute: int) -> None:
    said: Object = random.choice(("aside", "aside", "stands"))
    set_aside(ledger, [random.choice(PAGES)], said, By("Ann", NOON + timedelta(minutes=minute)))


def _voices(db: Path) -> dict[str, list[str]]:
    with Reader(db) as reader:
        return {
            table: sorted(map(repr, reader.rows(f"SELECT * FROM {table}")))
            for table in ("voice", "standing", "compared", "outlet_tally")
        }
