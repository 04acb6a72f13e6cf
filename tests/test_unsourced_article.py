"""An article whose reference list was left behind: what is found in it, and what a person mends.

The fixture has the traits of the article that the project began from; that one is read too where
it is at hand.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.audit import audit
from ledger.inputs import receive
from ledger.model import Citation, Reading
from ledger.pipeline.ingest import ingest
from ledger.pipeline.link import Decision, link
from ledger.pipeline.read import read
from ledger.pipeline.tell import By
from ledger.provenance import Losses, impact
from ledger.queries import ClaimFilter, claims, marked
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import Ledger, open_ledger
from ledger.tables import entry_of

NOW = datetime(2025, 6, 1, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


class Case(NamedTuple):
    path: Path
    mentions: int
    groups: int
    markers: set[str]
    published: str
    dateline: str
    meant: str


OURS = Case(
    ROOT / "fixtures" / "article-without-its-list" / "article.txt",
    12,
    7,
    {"1", "4", "5", "6", "7", "13", "14"},
    "2025-03-03",
    "Alder",
    "“reconstruction”, which this text has elsewhere",
)
SEED = Case(
    ROOT.parent / "shared" / "seed-article.txt",
    23,
    13,
    {"1", "2", "4", "5", "6", "7", "8", "13", "14", "16"},
    "2025-05-23",
    "Seoul",
    "“denuclearization”, which this text has elsewhere",
)
CASES = [
    pytest.param(OURS, id="ours"),
    pytest.param(
        SEED, id="seed", marks=pytest.mark.skipif(not SEED.path.exists(), reason="not at hand")
    ),
]


def reading_of(case: Case) -> Reading:
    return read(receive(str(case.path), clock=lambda: NOW))


@pytest.mark.parametrize("case", CASES)
def test_every_citation_is_a_gap_because_there_is_no_list(case: Case) -> None:
    citations = reading_of(case).citations

    assert len(citations) == case.mentions
    assert len({(each.claim_id, each.group) for each in citations}) == case.groups
    assert {each.marker for each in citations} == case.markers
    assert {each.gap for each in citations} == {"no-reference-list"}


@pytest.mark.parametrize("case", CASES)
def test_the_text_says_when_and_where_and_who_told(case: Case) -> None:
    reading = reading_of(case)

    article = reading.article
    assert article is not None
    assert (article.published, article.dateline) == (case.published, case.dateline)
    assert [each.outlet for each in reading.attributions] == ["wsj.com"]


@pytest.mark.parametrize("case", CASES)
def test_what_an_editor_would_circle_is_found(case: Case) -> None:
    article = reading_of(case).article
    assert article is not None
    found = {finding.code: finding for finding in article.findings}

    assert found.keys() == {
        "unterminated-sentence",
        "citation-lost",
        "mixed-script",
        "no-reference-list",
    }
    lost = found["citation-lost"].at or 0
    assert article.text[lost : lost + 2] == " ."
    assert case.meant in found["mixed-script"].detail


@pytest.mark.parametrize("case", CASES)
def test_headings_are_sections_and_a_lead_label_is_part_of_its_claim(case: Case) -> None:
    claims_read = reading_of(case).claims

    headings = [claim.exact for claim in claims_read if claim.kind == "not-a-claim"]
    sections = {claim.section for claim in claims_read if claim.section}
    assert {section[0] for section in sections} <= set(headings)
    labelled = [claim for claim in claims_read if claim.exact.partition(":")[2].strip()]
    assert len(labelled) >= 2
    assert not any(claim.exact.endswith("Safety:") for claim in claims_read)


@pytest.fixture
def ledger(db: Place) -> Iterator[Ledger]:
    with open_ledger(str(db), clock=lambda: NOW) as opened:
        yield opened


def current(ledger: Ledger, article: str, marker: str) -> list[Citation]:
    with Reader(ledger.db) as reader:
        found = [entry_of("citation", row) for row in marked(reader, article, marker)]
    return [each for each in found if isinstance(each, Citation)]


def test_after_linking_the_algebra_answers(ledger: Ledger) -> None:
    article = ingest(ledger, receive(str(OURS.path), clock=lambda: NOW)).article or ""
    pages = {"4": "https://www.bbc.com/4", "5": "https://www.reuters.com/5"}
    pages |= {"7": "https://www.reuters.com/7", "13": "https://apnews.com/13"}
    pages |= {"6": "https://www.bbc.com/6", "1": "https://www.wsj.com/1"}
    pages |= {"14": "https://apnews.com/14"}
    for marker, url in pages.items():
        decision = Decision(article, marker, url, By("jo", NOW))
        link(ledger, decision, partial(current, ledger, article, marker))

    with Reader(ledger.db) as reader:
        rests = {each["exact"][:10]: each["resilience"] for each in claims(reader, ClaimFilter())}
        lost = impact(reader, Losses(outlets=("reuters.com",)))
        single = claims(reader, ClaimFilter(single_source=True))
    assert rests["The minist"] == 2  # [5][13]: Reuters or AP
    assert rests["Costs or S"] == 1  # [5][7]: Reuters twice is one voice
    assert rests["Alder, Mar"] == 1  # the Journal, named in prose
    effects = [(each["exact"][:10], each["effect"]) for each in lost]
    assert effects[:2] == [("Costs or S", "falls"), ("Safety: Th", "falls")]
    assert {effect for _, effect in effects[2:]} == {"weakens"}
    assert {each["exact"][:10] for each in single} >= {"Costs or S", "Alder, Mar", "The harbou"}


def test_an_audit_says_that_a_marker_without_reference_was_linked_since(empty_db: Path) -> None:
    text = b"# Quay\n\nIt opened in May [2].\n\n## Sources\n\n[1] https://a.example/quay\n"
    with open_ledger(str(empty_db), clock=lambda: NOW) as ledger:
        outcome = ingest(ledger, receive("-", clock=lambda: NOW, stdin=text))

        def found() -> list[str]:
            with Reader(empty_db) as reader:
                findings = audit(reader, outcome.article).findings
            return [each.detail for each in findings if each.code == "marker-without-reference"]

        assert found() == ["[2] is cited, and the reference list has no such entry"]

        def current() -> list[Citation]:
            with Reader(empty_db) as reader:
                rows = marked(reader, outcome.article, "2")
            return [each for row in rows if isinstance(each := entry_of("citation", row), Citation)]

        link(
            ledger,
            Decision(outcome.article, "2", "https://b.example/quay", By("editor", NOW)),
            current,
        )
        assert found() == [
            "[2] is cited, and the reference list has no such entry; editor has since said "
            "where it leads"
        ]
