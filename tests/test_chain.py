"""Chains below a claim: by hand, and against a walk over small random ledgers."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_book import Book, Gap, Member, Prose
from typer.testing import CliRunner

from ledger.commands import app
from ledger.provenance import Chain, chain
from ledger.reader import Reader
from ledger.schema import Place

HERE = "https://here.example/1"
PAPER = "https://paper.example/1"
WIRE = "https://wire.example/1"
STATE = "https://state.example/1"


@pytest.fixture
def book(db: Place) -> Book:
    book = Book(db)
    book.outlet("paper.example", "The Paper", kind="newspaper")
    book.outlet("wire.example", "The Wire", kind="wire")
    book.outlet("state.example", "The State", kind="government")
    return book


def below(book: Book, claim: str, depth: int = 9) -> Chain:
    book.close()
    with Reader(book.db) as reader:
        return chain(reader, claim, depth)


def claim_citing(book: Book, *pages: Member, says: str = "The dam broke at noon.") -> str:
    return book.claim(book.article(HERE), says, list(pages))


def brief(found: Chain) -> list[tuple[int, str, str | None]]:
    return [(step["depth"], step["url"], step["end"]) for step in found["steps"]]


def test_a_cited_page_that_was_read_goes_on_with_its_own_citations(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    book.claim(book.article(PAPER), "It was heard.", [WIRE])
    book.claim(book.article(WIRE), "We saw it.")
    found = below(book, claim)
    assert brief(found) == [(1, PAPER, None), (2, WIRE, "says-so-itself")]
    assert found["ultimate"] == [
        {
            "key": "wire.example",
            "outlet": "The Wire",
            "pages": [WIRE],
            "carried": [],
            "primary": True,
        }
    ]
    assert found["longest"] == [book.source(PAPER), book.source(WIRE)]
    assert found["whole"]


@pytest.mark.parametrize(
    ("groups", "named", "end", "primary"),
    [
        ([], [], "says-so-itself", True),
        ([[Gap()]], [], "leads-nowhere", False),
        ([[Gap()]], [Prose("The Wire", "wire.example")], "leads-nowhere", False),
        ([], [Prose("The Wire", "wire.example")], "only-names", False),
        ([[PAPER]], [], "says-so-itself", True),  # a page that cites only itself
    ],
)
def test_why_a_chain_ends(
    book: Book, groups: list[list[Member]], named: list[Prose], end: str, primary: bool
) -> None:
    claim = claim_citing(book, PAPER)
    book.claim(book.article(PAPER), "So it is.", *groups, named=named)
    (step,) = below(book, claim)["steps"]
    assert (step["end"], step["primary"]) == (end, primary)


def test_a_page_that_was_not_read_is_an_end_and_never_primary(book: Book) -> None:
    """A ministry's page, too, may only pass on what another said first."""
    found = below(book, claim_citing(book, PAPER, STATE))
    assert [(s["end"], s["primary"]) for s in found["steps"]] == [("not-read", False)] * 2
    assert not any(end["primary"] for end in found["ultimate"])
    assert found["longest"] == []


def test_where_a_page_says_the_same_only_that_sentence_goes_on(book: Book) -> None:
    claim = claim_citing(book, PAPER, says="The dam broke at noon, killing 12 people.")
    paper = book.article(PAPER)
    same = book.claim(paper, "The dam broke at noon, killing 12 people", [WIRE])
    book.claim(paper, "Rain fell.", [STATE])
    found = below(book, claim)
    assert brief(found) == [(1, PAPER, None), (2, WIRE, "not-read")]
    assert found["steps"][0]["claim"] == same


@pytest.mark.parametrize(
    "other",
    [
        "The dam broke at noon, killing 14 people.",
        "The dam never broke at noon, killing 12 people.",
        "The dam stood the whole day long, safe for all.",
    ],
)
def test_another_number_a_not_and_another_sentence_are_not_the_same(book: Book, other: str) -> None:
    claim = claim_citing(book, PAPER, says="The dam broke at noon, killing 12 people.")
    paper = book.article(PAPER)
    book.claim(paper, other, [WIRE])
    book.claim(paper, "Rain fell.", [STATE])
    assert [url for _, url, _ in brief(below(book, claim))] == [PAPER, WIRE, STATE]


def test_a_chain_that_leads_back_to_its_own_page_says_so_and_ends(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    book.claim(book.article(PAPER), "They say.", [HERE, WIRE])
    book.claim(book.article(WIRE), "They say too.", [PAPER])
    found = below(book, claim)
    assert brief(found) == [(1, PAPER, None), (2, WIRE, None)]
    assert [step["back"] for step in found["steps"]] == [True, False]
    assert [step["returns"] for step in found["steps"]] == [[], [book.source(PAPER)]]
    assert (found["ultimate"], found["longest"]) == ([], [])


def test_a_circle_below_a_claim_says_where_it_leads_back(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    for page, cited in ((PAPER, WIRE), (WIRE, STATE), (STATE, PAPER)):
        book.claim(book.article(page), f"{page} says so.", [cited])
    found = below(book, claim)
    assert [step["returns"] for step in found["steps"]] == [[], [], [book.source(PAPER)]]
    assert (found["ultimate"], found["whole"]) == ([], True)

    shown = trace(book.db, claim, "--depth", "9", "--format", "table").stdout
    assert f"{STATE}: cites 1 page; LEADS BACK to {PAPER}\n" in shown
    assert "\nIt has no end: it only leads back.\n" in shown


def test_two_ways_to_one_page_are_no_circle(book: Book) -> None:
    claim = claim_citing(book, PAPER, WIRE)
    book.claim(book.article(PAPER), "They say.", [WIRE])
    book.claim(book.article(WIRE), "They saw it.", [STATE])
    assert [step["returns"] for step in below(book, claim)["steps"]] == [[], [], []]


AGENCY_AT_PAPER = "https://paper.example/wires/reuters/1"


def test_a_page_with_another_outlets_words_ends_there_and_is_not_primary(book: Book) -> None:
    book.outlet("reuters.com", "Reuters", kind="wire")
    claim = claim_citing(book, AGENCY_AT_PAPER, "https://state.example/wires/reuters/2")
    named = [Prose("Reuters", "reuters.com")]
    book.claim(book.article(AGENCY_AT_PAPER), "It was heard, Reuters said.", named=named)
    found = below(book, claim)
    assert [(step["end"], step["primary"], step["voice"]) for step in found["steps"]] == [
        ("carries", False, "Reuters"),
        ("not-read", False, "Reuters"),
    ]
    (end,) = found["ultimate"]
    assert (end["outlet"], end["pages"], end["primary"]) == ("Reuters", [], False)
    assert (len(end["carried"]), found["longest"]) == (2, [])

    shown = trace(book.db, claim, "--depth", "3", "--format", "table").stdout
    assert f"{AGENCY_AT_PAPER}: cites nobody; carries the words of Reuters\n" in shown
    assert "Where it ends:\n    Reuters: its words on 2 pages of others\n" in shown


def test_what_is_below_the_depth_is_said(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    book.claim(book.article(PAPER), "It was heard.", [WIRE])
    book.claim(book.article(WIRE), "We saw it.")
    found = below(book, claim, 1)
    assert brief(found) == [(1, PAPER, "too-deep")]
    assert (found["whole"], found["ultimate"]) == (False, [])


def test_outlets_that_are_only_named_are_ends_without_pages(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    named = [Prose("The Wire", "wire.example"), Prose("the Bugle", None)]
    book.claim(book.article(PAPER), "It is said.", named=named)
    ends = below(book, claim)["ultimate"]
    assert [(end["key"], end["outlet"]) for end in ends] == [
        ("wire.example", "The Wire"),
        (None, "the Bugle"),
    ]
    assert not any(end["pages"] or end["carried"] or end["primary"] for end in ends)
    shown = trace(book.db, claim, "--depth", "9", "--format", "table").stdout
    assert f"{PAPER}: cites no page; names The Wire, the Bugle\n" in shown
    assert "    The Wire: only named in prose\n" in shown


def test_two_outlets_of_one_name_are_two_ends_and_neither_has_the_words_of_the_other(
    book: Book,
) -> None:
    book.outlet("reuters.com", "The Wire", kind="wire")
    claim = claim_citing(book, AGENCY_AT_PAPER, "https://reuters.com/1")
    named = [Prose("the Wire", "wire.example")]
    book.claim(book.article(AGENCY_AT_PAPER), "It was heard, the Wire said.", named=named)
    found = below(book, claim)
    assert [step["end"] for step in found["steps"]] == ["only-names", "not-read"]
    assert [end["key"] for end in found["ultimate"]] == ["wire.example", "reuters.com"]

    shown = trace(book.db, claim, "--depth", "3", "--format", "table").stdout
    assert "cites no page; carries the words of The Wire; names The Wire\n" in shown
    assert "    The Wire (wire.example): only named in prose\n" in shown
    assert "    The Wire (reuters.com): 1 page, not read\n" in shown


def test_an_unknown_claim_and_one_without_pages_have_nothing_below(book: Book) -> None:
    assert below(book, claim_citing(book, Gap()))["steps"] == []
    assert below(book, "none")["steps"] == []


# --- random ledgers ---------------------------------------------------------------------------

some_edges = st.dictionaries(
    st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4, unique=True), max_size=7
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_edges, st.integers(1, 8))
@pytest.mark.no_cover
def test_the_steps_are_those_of_a_walk_and_their_depth_is_the_shortest(
    migrated_db: Path, edges: dict[int, list[int]], depth: int
) -> None:
    edges = {0: [1], **edges}

    def url(page: int) -> str:
        return f"https://o{page}.example/{page}"

    with tempfile.TemporaryDirectory() as folder:
        db = Path(shutil.copy(migrated_db, folder))
        with Book(db) as book:
            home = book.article(url(0))
            claim = book.claim(home, "The first of all.", [url(to) for to in edges[0]])
            for page, cited in edges.items():
                if page:
                    article = book.article(url(page))
                    for to in cited:
                        book.claim(article, f"Something about {to}.", [url(to)])
        with Reader(db) as reader:
            found = chain(reader, claim, depth)

    distance, level = {0: 0}, [0]
    while level:
        level = [to for page in level for to in edges.get(page, []) if to not in distance]
        for page in level:
            distance.setdefault(
                page, 1 + min(d for p, d in distance.items() if page in edges.get(p, []))
            )
        level = list(dict.fromkeys(level))
    expected = {url(page): d for page, d in distance.items() if 0 < d <= depth}
    assert {step["url"]: step["depth"] for step in found["steps"]} == expected
    assert len(found["steps"]) == len(expected)
    assert found["whole"] == (max(distance.values()) <= depth)
    for step in found["steps"]:
        page = int(step["url"].rpartition("/")[2])
        assert (step["end"] == "not-read") == (page not in edges)
        assert step["back"] == (0 in edges.get(page, []))


# --- as a command -----------------------------------------------------------------------------


def trace(db: Place, *args: str) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), "trace", *args], env={"COLUMNS": "120"})


def test_trace_shows_the_chain_as_a_tree_and_where_it_ends(book: Book) -> None:
    claim = claim_citing(book, PAPER, "https://other.example/1")
    book.claim(book.article(PAPER), "It was heard.", [STATE, WIRE, f"{WIRE}1", HERE])
    book.claim(book.article(WIRE), "We saw it.")
    book.close()
    shown = trace(book.db, claim, "--depth", "3", "--format", "table").stdout.splitlines()
    at = shown.index("Below it, 3 citations deep at most:")
    unread = "not read, so its own source for this is not known"
    assert shown[at + 1 :] == [
        "    The Paper  https://paper.example/1: cites 4 pages; LEADS BACK to the claim's own page",
        f"        The State  https://state.example/1: {unread}",
        "        The Wire  https://wire.example/1: says so itself and cites nobody",
        f"        The Wire  https://wire.example/11: {unread}",
        f"    other.example  https://other.example/1: {unread}",
        "",
        "Where it ends:",
        "    other.example: 1 page, not read",
        "    The State: 1 page, not read",
        "    The Wire: 2 pages, 1 of them not read, said there first as far as known",
        "Farthest primary source, 2 citations down:",
        "    https://paper.example/1",
        "    https://wire.example/1",
    ]


def test_without_depth_there_is_no_chain(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    book.close()
    assert "Below it" not in trace(book.db, claim, "--format", "table").stdout
    assert '"chain":null' in trace(book.db, claim, "--json").stdout.replace(" ", "")
    assert trace(book.db, claim, "--depth", "0").exit_code == 2


def test_in_a_pipe_it_is_said_that_the_chain_and_the_spread_are_left_out(book: Book) -> None:
    claim = claim_citing(book, PAPER)
    book.claim(book.article(PAPER), "It was heard.", [WIRE])
    book.close()
    piped = trace(book.db, claim, "--depth", "3", "--spread")
    assert "the chain below it (2 pages) is not in these lines: --json has it" in piped.stderr
    assert "who says the same (1 claim) is not in these lines: --json has it" in piped.stderr
    for form in ("table", "json"):
        asked = trace(book.db, claim, "--depth", "3", "--spread", "--format", form)
        assert "not in these lines" not in asked.stderr + asked.stdout
