"""Pages whose titles say that they were retracted: told of them, and of who cites them."""

import json

import pytest
from readings import noon
from test_asked import STORY, got, run

from ledger.pipeline.ingest import ingest
from ledger.provenance import retraction_in
from ledger.schema import Place
from ledger.store import open_ledger

CITING, CITED = "https://citing.example/story", "https://paper.example/study"
TITLE = "RETRACTED: The bridge holds"


def told(db: Place, page: str) -> list[tuple[str, bool]]:
    (audit,) = json.loads(run(db, "audit", page, "--json"))["items"]
    found = [each for each in audit["findings"] if each["code"] == "says-retracted"]
    return [(each["detail"], each["claim"] == audit["claims"][-1]["id"]) for each in found]


def test_a_page_that_says_that_it_was_retracted_is_a_finding(db: Place) -> None:
    study = f"<title>{TITLE}</title><article><h1>{TITLE}</h1>{STORY}</article>"
    cites = f'<p>The bridge holds, as was found <a href="{CITED}">[1]</a>.</p>'
    with open_ledger(str(db), clock=noon) as ledger:
        ingest(ledger, got(CITED, study))
        ingest(ledger, got(CITING, f"<h1>Bridges</h1><article>{STORY}{cites}</article>"))
    assert told(db, CITED) == [("the title of this page begins with “RETRACTED:”", False)]
    said = f"its title begins with “RETRACTED:”; to record that: ledger withdraw {CITED} --date DAY"
    assert told(db, CITING) == [(f"[1] {CITED}: {said}", True)]
    trace = ("trace", "The bridge holds, as was found", "--depth", "1")
    for asked in (("source", CITED), trace):
        assert f"! {said}" in run(db, *asked, "--format", "table")
    assert "; ITS TITLE SAYS THAT IT WAS RETRACTED" in run(db, *trace, "--format", "table")
    run(db, "withdraw", CITED, "--date", "2025-02-01")
    assert told(db, CITING) == []
    for asked in (("source", CITED), trace):
        (page,) = json.loads(run(db, *asked, "--json"))["items"]
        assert not page["says_retracted"]
        assert "to record that" not in run(db, *asked, "--format", "table")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Retracted article: The bridge", "Retracted article:"),
        ("[Retracted] The bridge", "[Retracted]"),
        ("WITHDRAWN: The bridge", "WITHDRAWN:"),
        ("Retraction: The bridge", None),
        ("Withdrawn: troops leave the bridge", None),
        ("Retracted claims about the bridge", None),
        ("How a study was RETRACTED: the bridge", None),
        ("", None),
    ],
)
def test_only_titles_that_begin_with_it_count(title: str, words: str | None) -> None:
    assert retraction_in(title) == words
