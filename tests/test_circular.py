"""Circles of citing: by hand, and against every circle of small random ledgers."""

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledger_book import Book, Gap, Nav
from ledger_of import Said, Text, reading_of, record
from readings import NOON
from typer.testing import CliRunner

from ledger.commands import app
from ledger.provenance import circles, citing, own_citations, returning
from ledger.provenance.rings import shortest_circles
from ledger.queries.circular import circular
from ledger.reader import Reader
from ledger.schema import Place

Edges = dict[int, list[int]]


def url(page: int, outlet: int | None = None) -> str:
    return f"https://o{page if outlet is None else outlet}.example/{page}"


def write(db: Place, edges: Edges, outlets: Sequence[int] = ()) -> dict[int, str]:
    """Articles that cite one another, a claim for each citation; page to the id of its source."""
    outlet = dict(enumerate(outlets))
    names = {
        page: url(page, outlet.get(page))
        for page in {*edges, *(to for cited in edges.values() for to in cited)}
    }
    with Book(db) as book:
        for page, cited in edges.items():
            article = book.article(names[page], title=f"Page {page}")
            for to in cited:
                book.claim(article, f"{page} cites {to}.", [names[to]])
        return {page: book.source(name) for page, name in names.items()}


def listed(db: Place, edges: Edges) -> set[tuple[int, ...]]:
    ids = write(db, edges)
    page = {id: page for page, id in ids.items()}
    with Reader(db) as reader:
        found = circles(reader)
    return {first_smallest([page[id] for id in circle]) for circle in found}


def first_smallest(circle: Sequence[int]) -> tuple[int, ...]:
    at = circle.index(min(circle))
    return (*circle[at:], *circle[:at])


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({}, set()),
        ({1: [2], 2: [3], 3: []}, set()),
        ({1: [2], 2: [1]}, {(1, 2)}),
        ({1: [1]}, set()),  # an article that cites itself is listed apart
        ({1: [2], 2: [3], 3: [1]}, {(1, 2, 3)}),
        ({1: [2, 3], 2: [1], 3: [1]}, {(1, 2), (1, 3)}),
        ({1: [2], 2: [3, 1], 3: [1]}, {(1, 2), (1, 2, 3)}),
        ({1: [2], 2: [3]}, set()),  # 3 was not read
    ],
)
def test_circles_are_listed_once(db: Place, edges: Edges, expected: set[tuple[int, ...]]) -> None:
    assert listed(db, edges) == expected


def test_only_current_citations_that_carry_something_make_a_circle(db: Place) -> None:
    with Book(db) as book:
        one = book.article("https://a.example/1")
        book.claim(one, "It says.", ["https://b.example/1"])
        two = book.article("https://b.example/1")
        book.claim(two, "By the way.", [Nav("https://a.example/1")])
        claim = book.claim(two, "Once.", [Gap()])
        was = book.citation(claim, "https://a.example/1", group=3)
        book.citation(claim, "https://c.example/1", group=3, revises=was)
    with Reader(db) as reader:
        assert circles(reader) == []


def test_a_citation_of_an_earlier_version_makes_no_circle(db: Place) -> None:
    with Book(db) as book:
        old = book.article("https://a.example/1")
        book.claim(old, "It says.", ["https://b.example/1"])
        book.article("https://a.example/1", revises=old)
        book.claim(book.article("https://b.example/1"), "So it is.", ["https://a.example/1"])
    with Reader(db) as reader:
        assert circles(reader) == []


# --- every circle of a random ledger ---------------------------------------------------------

some_edges = st.dictionaries(
    st.integers(0, 6), st.lists(st.integers(0, 6), max_size=5, unique=True), max_size=7
)


def every_circle(edges: Edges) -> set[tuple[int, ...]]:
    """All simple circles through pages that were read, by trying every path."""
    found: set[tuple[int, ...]] = set()

    def go_on(path: list[int]) -> None:
        for to in edges.get(path[-1], []):
            if to == path[0] and len(path) > 1:
                found.add(first_smallest(path))
            elif to in edges and to not in path:
                go_on([*path, to])

    for page in edges:
        go_on([page])
    return found


def ways_of(circle: Sequence[int]) -> set[tuple[int, int]]:
    return set(zip(circle, (*circle[1:], circle[0]), strict=True))


@settings(max_examples=300)
@given(some_edges)
@example({0: [1], 1: [2, 0], 2: [3], 3: [0]})
@pytest.mark.no_cover
def test_every_citation_that_goes_round_is_on_a_listed_circle_and_a_shortest(
    edges: Edges,
) -> None:
    names = {f"{page}": [f"{to}" for to in cited if to in edges] for page, cited in edges.items()}
    got = [tuple(map(int, circle)) for circle in shortest_circles(names)]
    every = every_circle(edges)

    assert len(got) == len(set(got))
    assert set(got) <= every
    for way in {way for circle in every for way in ways_of(circle)}:
        shortest = min(len(circle) for circle in every if way in ways_of(circle))
        assert shortest in {len(circle) for circle in got if way in ways_of(circle)}
    # and none is listed that is not a shortest one over some citation
    for circle in got:
        assert any(
            len(circle) == min(len(each) for each in every if way in ways_of(each))
            for way in ways_of(circle)
        )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_edges, st.lists(st.integers(0, 3), min_size=7, max_size=7), st.integers(0, 6))
def test_sql_gives_the_ways_of_a_ledger_and_of_one_article(
    migrated_db: Path, edges: Edges, outlets: list[int], start: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(shutil.copy(migrated_db, folder))
        ids = write(db, edges, outlets)
        page = {id: page for page, id in ids.items()}
        with Reader(db) as reader:
            every = [[page[id] for id in circle] for circle in circles(reader)]
            below = [[page[id] for id in c] for c in circles(reader, ids.get(start, "none"))]
            back = [(page[r.start], page[r.through], page[r.back]) for r in returning(reader)]
            own = {(page[o.article_page], page[o.page]) for o in own_citations(reader)}

    names = {f"{ids[p]}": [ids[to] for to in cited if to in edges] for p, cited in edges.items()}
    assert every == [[page[id] for id in circle] for circle in shortest_circles(names)]
    reached, stack = set(), [start]
    while stack:
        at = stack.pop()
        if at not in reached:
            reached.add(at)
            stack += [to for to in edges.get(at, []) if to in edges]
    assert below == [circle for circle in every if circle[0] in reached]
    assert sorted(back) == sorted(
        (a, b, c)
        for a, cited in edges.items()
        for b in cited
        for c in edges.get(b, [])
        if outlets[a] == outlets[c] != outlets[b] and a != c
    )
    assert own == {(a, b) for a, cited in edges.items() for b in cited if outlets[a] == outlets[b]}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_edges, st.lists(st.integers(0, 6), min_size=7, max_size=7), st.integers(0, 6))
@pytest.mark.no_cover
def test_a_page_of_several_addresses_is_one_place(
    migrated_db: Path, edges: Edges, stands_for: list[int], start: int
) -> None:
    """What is found is what would be if all of its addresses were written as the one."""
    one = {page: min(page, stands_for[page]) for page in range(7)}
    one = {page: one[one[one[page]]] for page in one}
    with tempfile.TemporaryDirectory() as folder:
        db = Path(shutil.copy(migrated_db, folder))
        ids = write(db, edges)
        same = {ids[p]: ids[to] for p, to in one.items() if p in ids and to in ids and p != to}
        same |= {to: to for to in same.values()}
        named = {id: same.get(id, id) for id in ids.values()}
        with Reader(db) as reader:
            every = circles(reader, None, same)
            below = circles(reader, ids.get(start, "none"), same)
            own = {(o.article_page, o.page) for o in own_citations(reader, None, same)}
            behind = citing(reader, [(page, page) for page in same.values()], same)

    ways: dict[str, set[str]] = {}
    selves: dict[str, int] = {}
    for page, cited in edges.items():
        for to in cited:
            source, end = named[ids[page]], named[ids[to]]
            selves[source] = selves.get(source, 0) + (source == end)
            if to in edges or ids[to] in same:
                ways.setdefault(source, set()).add(end)
    assert every == shortest_circles({page: sorted(ends) for page, ends in ways.items()})
    reached, stack = set(), [named.get(ids.get(start, ""), "")]
    while stack:
        at = stack.pop()
        if at not in reached:
            reached.add(at)
            stack += ways.get(at, ())
    assert below == [circle for circle in every if circle[0] in reached]
    assert {page for page, cited in own if page == cited} <= {p for p, n in selves.items() if n}
    assert {page: len(rows) for (page, _), rows in behind.items()} == {
        page: selves.get(page, 0) for page in same.values()
    }


def test_both_databases_give_the_same_circles_below_any_page(db: Place) -> None:
    edges = {page: [(page * 7 + step * step) % 60 for step in range(1, 4)] for page in range(55)}
    ids = write(db, edges)
    names = {ids[p]: [ids[to] for to in cited if to in edges] for p, cited in edges.items()}
    expected = shortest_circles(names)
    assert len(expected) > 10
    with Reader(db) as reader:
        assert circles(reader) == expected
        for page in (0, 20, 54):
            reached, stack = set(), [ids[page]]
            while stack:
                at = stack.pop()
                if at not in reached:
                    reached.add(at)
                    stack += names.get(at, [])
            assert circles(reader, ids[page]) == [c for c in expected if c[0] in reached]


@pytest.mark.no_cover
def test_a_long_ring_and_a_dense_graph_end(db: Place) -> None:
    ring = {page: [(page + 1) % 1000] for page in range(1000)}
    assert listed(db, ring) == {tuple(range(1000))}
    dense = {f"{a:03}": [f"{(a * 7 + b * 13) % 200:03}" for b in range(50)] for a in range(200)}
    assert all(len(circle) < 4 for circle in shortest_circles(dense))


# --- in words, and as a command --------------------------------------------------------------


@pytest.fixture
def encyclopedia(db: Place) -> Place:
    """An encyclopedia that cites a paper, which cites the encyclopedia; and others."""
    with Book(db) as book:
        book.outlet("wiki.example", "The Wiki", kind="encyclopedia")
        book.outlet("paper.example", "The Paper", kind="newspaper")
        dam = book.article("https://wiki.example/dam")
        book.claim(dam, "The dam broke.", ["https://paper.example/1"])
        book.claim(dam, "It broke at noon.", ["https://paper.example/1"])
        book.claim(dam, "Dams are walls.", ["https://wiki.example/wall"])
        paper = book.article("https://paper.example/1")
        book.claim(paper, "It had cracks.", ["https://wiki.example/crack"])
        book.claim(paper, "It broke, they say.", ["https://wiki.example/dam"])
        crack = book.article("https://wiki.example/crack")
        book.claim(crack, "Cracks are gaps.", ["https://wiki.example/crack"])
        late = book.article("https://wiki.example/late")
        book.claim(late, "It was late.", ["https://paper.example/1"])
    return db


def run(db: Place, *args: str) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), *args], env={"COLUMNS": "200"})


def test_each_way_back_is_said_in_words(encyclopedia: Place) -> None:
    with Reader(encyclopedia) as reader:
        found = circular(reader).items
    wiki, paper = "The Wiki (https://wiki.example/{})", "The Paper (https://paper.example/1)"
    said = sorted((item["kind"], item["path"]) for item in found)
    dam, crack, late = map(wiki.format, ("dam", "crack", "late"))
    assert [kind for kind, _ in said] == ["circle", "own-outlet", "own-page", "returns", "returns"]
    assert said[0][1] in (
        f"{dam} cites {paper}, which cites the first",
        f"{paper} cites {dam}, which cites the first",
    )
    assert [path for _, path in said[1:]] == [
        f"{dam} cites https://wiki.example/wall of its own outlet",
        f"{crack} cites itself",
        f"{late} cites {paper}, which cites {crack} of the same outlet",
        f"{late} cites {paper}, which cites {dam} of the same outlet",
    ]


def test_a_circle_gives_the_claims_that_make_it(encyclopedia: Place) -> None:
    result = run(encyclopedia, "circular", "--json")
    circle = json.loads(result.stdout)["items"][0]
    claims = {page["url"]: page["claims"] for page in circle["pages"]}
    assert [claim["exact"] for claim in claims["https://wiki.example/dam"]] == [
        "The dam broke.", "It broke at noon.",
    ]  # fmt: skip
    assert [claim["exact"] for claim in claims["https://paper.example/1"]] == [
        "It broke, they say."
    ]


def test_circles_are_findings_and_own_outlets_are_not(encyclopedia: Place) -> None:
    assert run(encyclopedia, "circular").exit_code == 1
    of_one = run(encyclopedia, "circular", "https://wiki.example/crack", "--format", "table")
    assert of_one.exit_code == 1
    assert "1 article that cites itself." in of_one.stderr


def test_nothing_that_leads_back_is_said_and_fine(db: Place) -> None:
    write(db, {1: [2], 2: []})
    result = run(db, "circular")
    assert (result.exit_code, result.stdout) == (0, "kind\tlength\tpath\tclaims\tpages\n")
    assert "Nothing leads back to itself, as far as cited pages have been read." in result.stderr


def test_an_article_that_is_not_there_is_said(db: Place) -> None:
    assert run(db, "circular", "https://nowhere.example/").exit_code == 1


def test_a_long_circle_is_cut_for_people_and_for_nobody_else(db: Place) -> None:
    write(db, {page: [(page + 1) % 30] for page in range(30)})
    table, whole = (run(db, "circular", "--format", form) for form in ("table", "tsv"))
    assert "… 26 more …" in table.stdout.replace("\n", " ")
    assert whole.stdout.count(" cites ") == 30


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({0: [1, 2], 1: [2], 2: [1]}, [[1, 2]]),
        ({0: [3, 2], 1: [2], 2: [1]}, []),  # 1 is not cited: it may have its own reasons
        ({0: [1], 1: [0]}, [[0, 1]]),
        ({0: [1, 2, 3], 1: [2], 2: [3], 3: [1]}, [[1, 2, 3]]),
        ({0: [0, 1], 1: [1]}, []),
    ],
)
def test_an_audit_says_which_of_the_cited_pages_cite_one_another(
    db: Place, edges: Edges, found: list[list[int]]
) -> None:
    write(db, edges)
    said = CliRunner().invoke(app, ["--db", str(db), "audit", url(0), "--json"])
    (item,) = json.loads(said.stdout)["items"]
    of_it = [each for each in item["findings"] if each["code"] == "circular"]
    circles = [{part.rpartition("/")[2] for part in _pages(each["detail"])} for each in of_it]
    assert circles == [{str(page) for page in circle} for circle in found]
    assert all(each["detail"].endswith(", which cites the first") for each in of_it)
    assert all(each["claim"] == item["claims"][0]["id"] for each in of_it)


def test_an_audit_counts_the_circles_of_pages_that_all_cite_one_another(db: Place) -> None:
    write(db, {0: [*range(1, 9)], **{n: [*range(1, 9)] for n in range(1, 9)}})
    said = CliRunner().invoke(app, ["--db", str(db), "audit", url(0), "--json"])
    (item,) = json.loads(said.stdout)["items"]
    of_it = [each["detail"] for each in item["findings"] if each["code"] == "circular"]
    assert (len(of_it), of_it[-1]) == (21, "and 8 further circles")


def _pages(detail: str) -> list[str]:
    return re.findall(r"https://\S+?(?=,| cites)", detail)


def found_in(db: Place, page: int) -> list[set[str]]:
    """The circles that the audit of a page names, by the last part of each address."""
    (item,) = json.loads(run(db, "audit", url(page), "--json").stdout)["items"]
    of_it = [each["detail"] for each in item["findings"] if each["code"] == "circular"]
    return [{part.rpartition("/")[2] for part in _pages(each)} for each in of_it]


RING = [Text(url(page), [Said(f"So says {to}.", [[url(to)]])], {}) for page, to in
        ((0, 1), (1, 2), (2, 0))]  # fmt: skip


@pytest.mark.parametrize("gone", [0, 1])
def test_a_circle_of_a_page_whose_words_were_erased_is_still_told(
    db: Place, gone: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path))
    watching = Text(url(9), [Said("All say so.", [[url(page) for page in range(3)]])], {})
    record(db, [*RING, watching])
    run(db, "journal", "redact", url(gone), "--reason", "a court", "--yes")
    for page in (0, 9):
        for form in ("md", "html", "csv", "excel"):
            assert run(db, "audit", url(page), "--format", form).exit_code in (0, 1)
    assert found_in(db, 9) == [{"0", "1", "2"}]
    assert found_in(db, 0) == []  # it cites one of them, and does not know the third
    (circle,) = json.loads(run(db, "circular", "--json").stdout)["items"]
    said = {each["exact"] for page in circle["pages"] for each in page["claims"]}
    assert len(said) == 3
    assert sum(each.startswith("[redacted on ") for each in said) == 1
    assert f"So says {gone + 1}." not in run(db, "circular", "--format", "table").stdout


@pytest.mark.parametrize("page", range(3))
def test_a_circle_goes_by_the_last_version_of_each_page(db: Place, page: int) -> None:
    record(db, RING)
    watching = Text(url(9), [Said("All say so.", [[url(each) for each in range(3)]])], {})
    record(db, [watching])
    before, revised = RING[page], reading_of(RING[page]).article
    assert revised is not None
    more = [*before.said, Said("And it rained.", [[url(7)]])]
    later = NOON + timedelta(days=1)
    again = Text(before.url, more, {}, captured_at=later, revises=revised.id)
    (second,) = record(db, [again])
    assert found_in(db, 9) == [{"0", "1", "2"}]
    (circle,) = json.loads(run(db, "circular", "--json").stdout)["items"]
    assert [each["count"] for each in circle["pages"]] == [1, 1, 1]
    assert second in {each["article"] for each in circle["pages"]}
    other = [Said("It rained, and nothing else.", [[url(7)]])]
    last = later + timedelta(days=1)
    record(db, [Text(before.url, other, {}, captured_at=last, revises=second)])
    assert found_in(db, 9) == []
    assert json.loads(run(db, "circular", "--json").stdout)["items"] == []
