"""What is asked about one thing costs no more in a larger ledger.

Counted in instructions of SQLite's own machine, which no other program on the machine changes.
"""

import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from readings import a_reading, noon

from ledger import provenance, queries
from ledger.proof.prove import leaned_on
from ledger.provenance import Losses
from ledger.queries import ClaimFilter
from ledger.reader import Reader
from ledger.reader.databases import File
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.transfer import write, write_out

READING = a_reading(7, claims=3)
CLAIM, PAGE, CITED = READING.claims[1].id, READING.sources[0].id, READING.sources[1].id
ARTICLE = READING.article.id if READING.article else ""

QUESTIONS: dict[str, Callable[[Reader], object]] = {
    "source": lambda reader: queries.source(reader, CITED),
    "claims of a source": lambda reader: queries.claims(reader, ClaimFilter(sources=(CITED,))),
    "article": lambda reader: queries.article(reader, ARTICLE),
    "trace": lambda reader: queries.trace(reader, CLAIM, depth=3),
    "gaps": lambda reader: queries.gaps(reader, article=ARTICLE),
    "impact in an article": lambda reader: provenance.impact(
        reader, Losses(outlets=("a.example",)), article=ARTICLE
    ),
    "ranking in an article": lambda reader: (
        provenance.count_ranked(reader, "outlet", article=ARTICLE),
        provenance.count_ranked(reader, "owner", article=ARTICLE),
    ),
    "articles": lambda reader: queries.articles(
        reader, [{"id": ARTICLE, "title": None, "url": "", "cited_by": 0}]
    ),
    "pages of an outlet": lambda reader: queries.sources(reader, outlet="nobody.example"),
    "what a proof has": lambda reader: leaned_on(reader, CLAIM),
}


@pytest.fixture(scope="module")
def ledgers(migrated_db: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A small ledger, and one ten times as large."""
    made = []
    for readings in (10, 100):
        db = tmp_path_factory.mktemp("large") / f"{readings}.db"
        db.write_bytes(migrated_db.read_bytes())
        with open_ledger(str(db), clock=noon) as ledger:
            some = range(readings)
            ledger.append_all([a_reading(n, claims=3 if n < 10 else 40) for n in some])
        made.append(db)
    return made


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_one_thing_costs_no_more_in_a_larger_ledger(
    ledgers: list[Path], question: str
) -> None:
    small, large = (instructions(db, QUESTIONS[question]) for db in ledgers)
    assert small > 20
    assert large < 1.3 * small + 100


def connection_of(reader: Reader) -> sqlite3.Connection:
    """What a ledger in a file is asked by, to see how it goes about a question."""
    assert isinstance(reader._database, File)
    return reader._database._connection


def instructions(db: Path, ask: Callable[[Reader], object]) -> int:
    done = [0]

    def step() -> int:
        done[0] += 1
        return 0

    with Reader(db) as reader:
        connection_of(reader).set_progress_handler(step, 1)
        ask(reader)
    return done[0]


def test_claims_of_a_kind_are_counted_without_a_look_at_the_others(ledgers: list[Path]) -> None:
    uncited = ClaimFilter(uncited=True)
    plan = plan_of(ledgers[1], lambda reader: queries.count_claims(reader, uncited))
    assert any("ix_claim_kind" in step for step in plan)
    assert not any(step.startswith("SCAN") for step in plan)


def test_pages_are_counted_as_citations_lie(ledgers: list[Path]) -> None:
    plan = plan_of(ledgers[1], queries.sources)
    assert "SCAN citation" in plan
    assert not any("ix_citation_source_id" in step for step in plan)


@pytest.mark.parametrize(
    "losses", [Losses(dated_from="2020-01-01"), Losses(dated_from="2020-01-01", owners=("A",))]
)
def test_claims_that_only_may_fall_are_not_weighed(ledgers: list[Path], losses: Losses) -> None:
    """Only what may be lost is looked for among all claims; groups are counted for a few."""
    plan = plan_of(ledgers[1], lambda reader: provenance.impact(reader, losses))
    assert "SCAN p" in plan
    assert "SCAN citation" not in plan


def test_the_first_claims_of_a_loss_are_found_by_place_alone(ledgers: list[Path]) -> None:
    lost = Losses(owners=("A",))
    plan = plan_of(ledgers[1], lambda reader: provenance.impact(reader, lost, limit=1))
    assert any("COVERING INDEX ix_claim_pattern_pattern_id" in step for step in plan)


def plan_of(db: Path, ask: Callable[[Reader], object]) -> list[str]:
    """The steps of SQLite in all statements that are asked."""
    with Reader(db) as reader:
        asked: list[str] = []
        connection = connection_of(reader)
        connection.set_trace_callback(asked.append)
        ask(reader)
        connection.set_trace_callback(None)
        return [
            step[3]
            for sql in asked
            if sql.startswith(("SELECT", "WITH"))
            for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]


def test_an_export_opens_the_ledger_once_for_all_pages(
    db: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_all([a_reading(number) for number in range(5)])
    opened: list[Place] = []

    class Counted(Reader):
        def __init__(self, db: Place) -> None:
            opened.append(db)
            super().__init__(db)

    monkeypatch.setattr(write, "Reader", Counted)
    file = BytesIO()
    write_out(db, file)
    assert file.getvalue().count(b'"payload":') == 5
    assert len(opened) == 2  # for the redactions, and for the pages
