"""What an audit counts, and that it is what `provenance` says."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from audit_cases import NORTH, OUTLETS, RAIN, SNOW, the_letter
from exported import to_markdown
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledger_book import Book, Gap, Member, Nav, Prose
from ledger_of import Named, Said, Text, record
from readings import NOON

from ledger.audit import Audit, Journal, Numbers, audit, audit_set
from ledger.errors import NotFoundError
from ledger.model import Outlet
from ledger.proof import verify_ledger
from ledger.provenance import Losses, impact, impact_counts, is_outlet, resilience
from ledger.queries import article as article_page
from ledger.queries import gaps
from ledger.queries.every_article import every_article
from ledger.reader import Reader, Row
from ledger.schema import Place


def audited(db: Place, id: str) -> Audit:
    with Reader(db) as reader:
        return audit(reader, id)


@pytest.fixture
def rain(db: Place) -> Audit:
    (id,) = record(db, [RAIN], OUTLETS, the_letter)
    return audited(db, id)


def number(audit: Audit, id: str | None) -> int | None:
    return next(claim.number for claim in audit.claims if claim.id == id)


def test_every_number_comes_with_what_it_is_a_part_of(rain: Audit) -> None:
    assert rain.numbers == Numbers(
        claims=11,
        cited=8,
        covered=1,
        attributed=1,
        uncited=1,
        not_claims=3,
        citations=10,
        resolved=8,
        gaps=2,
        linked=1,
        navigation=1,
        carried=9,
        one_outlet=5,
        two_outlets=2,
        more_outlets=0,
        not_known=2,
        one_owner=5,
        owner_not_known=4,
        carried_not_claims=0,
        sources=7,
        sources_read=0,
        sources_no_article=0,
        sources_not_served=0,
        sources_never_fetched=7,
        several_unread=2,
        outlets=5,
        outlets_only_named=1,
        references=7,
        references_cited=6,
        references_never_cited=1,
        findings=4,
        withdrawn_falls=0,
        withdrawn_weakens=0,
    )


def test_the_page_says_what_was_audited(rain: Audit) -> None:
    page = rain.page
    assert page.title == "Rain over Exampleton"
    assert page.byline == ("A. Writer", "B. Writer")
    assert (page.published, page.dateline, page.language) == ("2025-05-23", "Exampleton", "en")
    assert (page.url, page.outlet) == ("https://a.example/rain", "A Gazette")
    assert page.captured_at == "2025-05-23T12:00:00Z"
    assert page.payload_digest.startswith("sha256:")
    assert (page.version, page.versions, page.revises, page.revised_by) == (1, 1, None, None)


def test_claims_are_numbered_and_other_sentences_are_not(rain: Audit) -> None:
    assert [claim.number for claim in rain.claims] == [
        None, 1, 2, None, 3, 4, 5, 6, 7, None, 8, 9, 10, 11,
    ]  # fmt: skip


def test_a_finding_stands_at_the_sentence_before_it(rain: Audit) -> None:
    assert [(one.code, number(rain, one.claim)) for one in rain.findings if one.claim] == [
        ("citation-lost", 1),
        ("citation-lost", 7),
    ]
    assert [one.code for one in rain.findings] == [one.code for one in RAIN.findings]


def test_a_finding_before_the_first_sentence_stands_at_the_first(db: Place) -> None:
    finding = replace(RAIN.findings[0], at=0)
    text = Text("https://a.example/x", [Said("So."), Said("No.")], {}, findings=[finding])
    (id,) = record(db, [text])
    found = audited(db, id)
    assert number(found, found.findings[0].claim) == 1


def test_gaps_are_told_by_reason_and_marker_with_their_claims(rain: Audit) -> None:
    (gap,) = rain.gaps
    assert (gap.reason, gap.marker, gap.citations) == ("no-reference", "3", 2)
    assert [number(rain, id) for id in gap.claims] == [3, 4]


def test_the_most_frequent_reason_of_gaps_comes_first(db: Place) -> None:
    said = [Said("A.", [["1"]]), Said("B.", [["2", "3"]]), Said("C.", [["2"], ["1"], ["2"]])]
    pages = {"1": "no-address", "2": "no-reference", "3": "no-reference"}
    (id,) = record(db, [Text("https://a.example/x", said, pages)])
    assert [(gap.reason, gap.marker, gap.citations) for gap in audited(db, id).gaps] == [
        ("no-reference", "2", 3),
        ("no-reference", "3", 1),
        ("no-address", "1", 2),
    ]


def test_single_source_claims_say_on_whom_they_rest_and_through_what(rain: Audit) -> None:
    assert [
        (number(rain, one.claim), one.outlet, [citation.marker for citation in one.citations])
        for one in rain.single_source
    ] == [
        (1, "Northern Wire", ["1"]),
        (3, "South Daily", ["2"]),
        (6, "West Radio", []),
        (8, "East TV", [None]),
        (9, "South Daily", ["4"]),
    ]


def test_outlets_of_one_owner_are_told_apart_from_independent_ones(db: Place) -> None:
    times = Outlet.make(key="t.example", name="The T", domain="t.example", owner="News Group")
    sun = Outlet.make(key="s.example", name="The S", domain="s.example", owner="News Group")
    post = Outlet.make(key="p.example", name="The P", domain="p.example", owner="Post Group")
    said = [Said("It rained.", [["1", "2"]]), Said("It snowed.", [["1", "3"]])]
    pages = {"1": "https://t.example/1", "2": "https://s.example/2", "3": "https://p.example/3"}
    (id,) = record(db, [Text("https://a.example/x", said, pages)], [times, sun, post])

    found = audited(db, id)

    assert [(one.resilience, one.owner_resilience) for one in found.claims] == [(2, 1), (2, 2)]
    written = to_markdown(found)
    assert "Claim 1 rests on several outlets, but on a single owner." in written
    assert "falls only if 2 outlets are lost (counted by owner: 1)" in written
    assert written.count("counted by owner") == 1


def test_names_that_one_phrase_joins_are_no_single_source_and_one_of_them_is_enough(
    db: Place,
) -> None:
    named = [Named("BBC", "bbc.example", None, 0), Named("the North", "north.example", None, 0)]
    (id,) = record(db, [Text("https://a.example/both", [Said("Both say so.", named=named)], {})])
    found = audited(db, id)
    assert found.single_source == ()
    assert (found.numbers.two_outlets, found.claims[0].resilience) == (1, 2)
    assert (
        "- named in prose: BBC (bbc.example)\n  or named in prose: the North (north.example)\n"
    ) in to_markdown(found).replace("\\.", ".")


def test_outlets_are_weighed_by_what_falls_without_them(rain: Audit) -> None:
    assert [
        (one.name, one.owner, one.country, one.claims, one.falls, one.weakens, one.unknown)
        for one in rain.outlets
    ] == [
        ("South Daily", None, "JP", 3, 2, 1, 2),
        ("Northern Wire", "Northern Group", "GB", 3, 1, 2, 4),
        ("East TV", None, None, 1, 1, 0, 4),
        ("West Radio", None, None, 1, 1, 0, 4),
        ("blog.example", None, None, 1, 0, 1, 4),
    ]


def test_a_reference_without_a_marker_is_cited_by_who_cites_its_address(rain: Audit) -> None:
    assert rain.references is not None
    assert [
        (entry.marker, [number(rain, id) for id in entry.claims]) for entry in rain.references
    ] == [
        ("1", [1, 2]),
        ("2", [2, 3]),
        ("4", [9]),
        ("5", [10]),
        ("6", [11]),
        ("7", []),
        (None, [8]),
    ]


def test_a_persons_decision_stands_with_who_when_and_why(rain: Audit) -> None:
    (citation,) = (c for claim in rain.claims for c in claim.citations if c.marker == "4")
    assert citation.gap is None
    assert (citation.linked_by, citation.linked_at, citation.linked_because) == (
        "desk@a.example",
        "2025-05-23T12:00:00Z",
        "the letter was printed there",
    )


def test_an_attribution_says_whether_it_adds_a_group(rain: Audit) -> None:
    assert [
        (claim.number, named.name, named.outlet, named.carries)
        for claim in rain.claims
        for named in claim.attributions
    ] == [
        (6, "West Radio", "West Radio", True),
        (9, "The weather office", None, True),
        (10, "Northern", "Northern Wire", False),
    ]


def test_the_journal_says_at_which_state_of_the_ledger(db: Place) -> None:
    (id,) = record(db, [RAIN], OUTLETS)
    found = audited(db, id)
    with Reader(db) as reader:
        last = reader.row("SELECT COUNT(*) AS entries, MAX(seq) AS seq FROM journal")
        head = reader.row("SELECT digest FROM journal ORDER BY seq DESC LIMIT 1")
    assert last is not None
    assert head is not None
    root = verify_ledger(db).root
    assert found.journal == Journal(last["entries"], root, head["digest"])


def test_what_is_cited_only_in_a_heading_is_counted_beside_the_claims(db: Place) -> None:
    said = [Said("Who said so?", named=[Named("BBC", "bbc.example")], kind="not-a-claim")]
    (id,) = record(db, [Text("https://a.example/x", said, {})])
    found = audited(db, id)
    assert (found.numbers.claims, found.numbers.not_claims) == (0, 1)
    assert (found.numbers.carried, found.numbers.carried_not_claims) == (1, 1)
    assert found.single_source[0].claim == found.claims[0].id


def test_an_article_without_a_sentence_has_an_audit(db: Place) -> None:
    finding = replace(RAIN.findings[0], at=0)
    (id,) = record(db, [Text("https://a.example/x", [], {}, findings=[finding])])
    found = audited(db, id)
    assert (found.claims, found.outlets, found.gaps, found.references) == ((), (), (), ())
    assert found.findings[0].claim is None


def test_an_earlier_version_names_the_next_and_is_no_target_of_all(db: Place) -> None:
    (first,) = record(db, [RAIN])
    later = Text(
        RAIN.url, RAIN.said[:2], RAIN.pages, captured_at=NOON + timedelta(1), revises=first
    )
    (second,) = record(db, [later])
    old, new = audited(db, first).page, audited(db, second).page
    assert (old.version, old.versions, old.revises, old.revised_by) == (1, 2, None, second)
    assert (new.version, new.versions, new.revises, new.revised_by) == (2, 2, first, None)
    with Reader(db) as reader:
        assert every_article(reader) == [second]


def test_an_unknown_article_is_not_found(db: Place) -> None:
    with pytest.raises(NotFoundError, match="no article has this id"):
        audited(db, "0" * 64)


def test_the_time_of_an_audit_is_what_the_caller_says(db: Place) -> None:
    (id,) = record(db, [SNOW])
    with Reader(db) as reader:
        assert audit(reader, id).made_at is None
        assert audit(reader, id, made_at="2026-01-01T00:00:00Z").made_at == "2026-01-01T00:00:00Z"


def test_the_same_ledger_gives_the_same_audit(db: Place) -> None:
    (id,) = record(db, [RAIN], OUTLETS, the_letter)
    assert audited(db, id) == audited(db, id)


class Counting(Reader):
    """A reader that counts what it is asked."""

    asked = 0

    def rows(self, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
        self.asked += 1
        return super().rows(sql, params)

    def rows_for(
        self, sql: str, ids: Sequence[str], params: Mapping[str, object] | None = None
    ) -> list[Row]:
        self.asked += 1
        return super().rows_for(sql, ids, params)


def statements(db: Place, articles: int, claims: int) -> int:
    """How many an audit of so many articles takes."""
    said = [Said(f"Claim {n}.", [["1", "2"]], [Named("BBC", "bbc.example")]) for n in range(claims)]
    ids = record(
        db,
        [
            Text(f"https://a.example/{claims}/{number}", said, {"1": "https://b.example/"})
            for number in range(articles)
        ],
    )
    with Counting(db) as reader:
        assert [each.numbers.claims for each in audit_set(reader, ids)] == [claims] * articles
        return reader.asked


@pytest.mark.no_cover
def test_an_audit_asks_as_often_however_many_claims_and_articles_there_are(db: Place) -> None:
    of_one = statements(db, 1, 1)
    assert statements(db, 1, 1200) == of_one
    assert statements(db, 20, 1) == of_one


def test_a_set_adds_its_outlets_up(db: Place) -> None:
    rain, snow = record(db, [RAIN, SNOW], OUTLETS, the_letter)
    with Reader(db) as reader:
        found = audit_set(reader, [snow, rain, snow])
        assert [one.page.id for one in found] == [snow, rain]
        assert every_article(reader) == [rain, snow]
    assert [
        (one.name, one.claims, one.falls, one.weakens, one.unknown) for one in found.total.outlets()
    ] == [
        ("South Daily", 4, 3, 1, 3),
        ("Northern Wire", 3, 1, 2, 5),
        ("East TV", 1, 1, 0, 5),
        ("West Radio", 1, 1, 0, 5),
        ("blog.example", 1, 0, 1, 5),
    ]


def test_a_set_of_nothing_is_empty(db: Place) -> None:
    with Reader(db) as reader:
        found = audit_set(reader, [])
        assert (found.journal, len(found), list(found)) == (Journal(0, None, None), 0, [])
        assert found.total.outlets() == ()


def test_the_articles_of_a_set_are_read_while_it_is_gone_through(
    db: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.queries.audited.CLAIMS_AT_ONCE", 4)
    said = [Said(f"It is {n}.", [["https://b.example/"]]) for n in range(3)]
    ids = record(db, [Text(f"https://a.example/{n}", said, {}) for n in range(3)])
    with Counting(db) as reader:
        found = audit_set(reader, ids)
        asked = [(reader.asked, found.total.sum("claims")) for _ in found]
    statements, claims = zip(*asked, strict=True)
    assert claims == (3, 6, 9)
    first, second, third = statements
    assert first < second < third
    assert len(found) == 3


# --- the support numbers are those of provenance, on any ledger -------------------------------

PAGES = [f"https://{name}.example/{page}" for name, page in product(("p", "q", "r"), (1, 2))]
MEMBERS: st.SearchStrategy[Member] = st.one_of(
    st.sampled_from(PAGES),
    st.just(Gap()),
    st.sampled_from(["file:///x"]),
    st.just(Nav(PAGES[0])),
)
PROSE = st.builds(
    Prose,
    st.just("Somebody"),
    st.sampled_from([None, "p.example", "q.example", "s.example"]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([None, 0, 1]),
)
CLAIMS = st.tuples(
    st.lists(st.lists(MEMBERS, min_size=1, max_size=3), max_size=3), st.lists(PROSE, max_size=3)
)
ARTICLES = st.lists(st.lists(CLAIMS, max_size=5), min_size=1, max_size=3)
ORIGINS = st.sampled_from(["q.example", "w.example", "story:1"])
VOICES = st.one_of(
    st.dictionaries(st.sampled_from(PAGES), ORIGINS, max_size=4),
    st.builds(dict.fromkeys, st.just(PAGES), ORIGINS),
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@given(written=ARTICLES, voices=VOICES)
@example(written=[[([[PAGES[0], PAGES[2]]], [])]], voices=dict.fromkeys(PAGES, "w.example"))
@example(written=[[([[PAGES[0], PAGES[2]]], [])]], voices=dict.fromkeys(PAGES, "story:1"))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.no_cover
def test_what_an_audit_weighs_is_what_provenance_says(
    migrated_db: Path,
    folder: Path,
    written: list[list[tuple[list[list[Member]], list[Prose]]]],
    voices: dict[str, str],
) -> None:
    db = Path(shutil.copy(migrated_db, folder / "ledger.db"))
    with Book(db) as book:
        book.outlet("p.example", "P")
        for url, origin in voices.items():
            book.voice(url, origin)
        ids = [book.article(f"https://a.example/{n}") for n in range(len(written))]
        for id, claims in zip(ids, written, strict=True):
            for groups, named in claims:
                book.claim(id, "It is so.", *groups, named=named)
    with Reader(db) as reader:
        found = audit_set(reader, ids)
        for one in found:
            _agrees(reader, one)
        for weight in found.total.outlets():
            effects = impact_counts(reader, Losses(outlets=(weight.key,)))
            assert (weight.falls, weight.weakens, weight.unknown) == tuple(effects.values())


def _agrees(reader: Reader, one: Audit) -> None:
    strength = resilience(reader, [claim.id for claim in one.claims])
    assert {claim.id: claim.resilience for claim in one.claims} == strength
    assert {sole.claim for sole in one.single_source} == {
        id for id, outlets in strength.items() if outlets == 1
    }
    for sole in one.single_source:
        if not is_outlet(sole.key):  # a story is no outlet that could be named to be lost
            assert sole.outlet is None
            continue
        fallen = impact(reader, Losses(outlets=(sole.key,)))
        assert (sole.claim, "falls") in {(item["claim"], item["effect"]) for item in fallen}
    n = one.numbers
    assert n.claims == n.cited + n.covered + n.attributed + n.uncited
    assert n.citations == n.resolved + n.gaps
    assert n.carried == n.one_outlet + n.two_outlets + n.more_outlets + n.not_known
    assert n.not_known <= n.owner_not_known <= n.carried - n.one_owner
    page = article_page(reader, one.page.id)
    assert page["counts"]["claims"] == n.claims
    assert page["counts"]["citations"] == n.citations
    assert page["counts"]["outlets"] == n.outlets == len(one.outlets)
    assert page["counts"]["gaps"] == n.gaps == len(gaps(reader, article=one.page.id))


def test_an_outlet_renamed_later_is_audited_under_its_new_name(db: Place) -> None:
    renamed = NORTH.make(**{**NORTH.model_dump(exclude={"id"}), "name": "The North"})
    (id,) = record(db, [RAIN], OUTLETS, lambda _: [renamed])
    assert "The North" in [one.name for one in audited(db, id).outlets]
