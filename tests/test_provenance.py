"""The support algebra: by hand, and against every possible world of small random ledgers."""

import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest
from exported import to_markdown
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledger_book import Book, Gap, Member, Nav, Prose
from ledger_of import Named, Said, Text, record
from typer.testing import CliRunner

from ledger.audit import audit
from ledger.commands import app
from ledger.model import Outlet
from ledger.provenance import (
    Losses,
    because_of_resilience,
    beside,
    carriers,
    impact,
    impact_counts,
    members,
    resilience,
    signs,
)
from ledger.reader import Reader
from ledger.schema import Place

REUTERS = "https://reuters.example/1"
REUTERS_TOO = "https://reuters.example/2"
BBC = "https://bbc.example/1"
TASS = "https://tass.example/1"
BLOG = "https://blog.example/1"
FILE = "file:///paper.pdf"
HERE = "https://a.example/"


@pytest.fixture
def book(db: Place) -> Iterator[Book]:
    with Book(db) as book:
        book.outlet(
            "reuters.example", "Reuters", kind="wire", owner="Thomson Reuters", country="GB"
        )
        book.outlet("bbc.example", "BBC News", kind="broadcaster", country="GB")
        book.outlet("tass.example", "TASS", kind="wire", owner="Russia", country="RU")
        book.outlet("blog.example", "blog.example")
        yield book


def strength(book: Book, claim: str) -> int | None:
    book.close()
    with Reader(book.db) as reader:
        return resilience(reader, [claim])[claim]


def fate(book: Book, claim: str, losses: Losses) -> tuple[str, list[str]]:
    book.close()
    with Reader(book.db) as reader:
        found = {item["claim"]: item for item in impact(reader, losses)}
    if claim not in found:
        return "untouched", []
    return found[claim]["effect"], found[claim]["because"]


REUTERS_TOGETHER = Prose("Reuters", "reuters.example", 0, together=3)
BBC_TOGETHER = Prose("the BBC", "bbc.example", 0, together=3)
WITHOUT_REUTERS = Losses(outlets=("reuters.example",))
DOUBT = ": unknown whether it depends on Reuters"


@pytest.mark.parametrize(
    ("groups", "named", "expected"),
    [
        ([[REUTERS]], [], 1),
        ([[REUTERS, BBC]], [], 2),
        ([[REUTERS, REUTERS_TOO]], [], 1),
        ([[REUTERS, BBC], [TASS]], [], 1),
        ([[REUTERS, BBC, TASS], [TASS, BBC]], [], 2),
        ([], [], None),
        ([[Nav(REUTERS)]], [], None),
        ([[REUTERS, Nav(BBC)]], [], 1),
        # what is unknown neither makes a claim single-sourced nor independent
        ([[Gap()]], [], None),
        ([[FILE]], [], None),
        ([[REUTERS, Gap()]], [], None),
        ([[REUTERS, BBC, Gap()]], [], None),
        ([[REUTERS], [Gap()]], [], 1),
        ([[REUTERS, BBC], [Gap()]], [], None),
        ([[REUTERS, BBC], [BBC, TASS, Gap()]], [], 2),
        ([[REUTERS, BBC, TASS], [BBC, TASS, Gap()]], [], None),
        # prose
        ([], [Prose("Reuters", "reuters.example")], 1),
        ([[REUTERS, BBC]], [Prose("Reuters", "reuters.example", 0)], 2),
        ([[REUTERS, BBC]], [Prose("TASS", "tass.example", 0)], 1),
        ([[TASS, BBC], [REUTERS, BBC]], [Prose("Reuters", "reuters.example", 0)], 1),
        ([[REUTERS, BBC]], [Prose("Reuters", "reuters.example", None)], 1),
        ([[Gap(), BBC]], [Prose("Reuters", "reuters.example", 0)], 1),
        ([[BBC, TASS, Nav(REUTERS)]], [Prose("Reuters", "reuters.example", 0)], 1),
        ([[REUTERS, BBC]], [Prose("the Daily Bugle", None, 0)], None),
        ([[REUTERS]], [Prose("the Daily Bugle", None, 0)], 1),
        ([], [Prose("the Daily Bugle", None)], None),
        # names that one phrase joins
        ([], [REUTERS_TOGETHER, BBC_TOGETHER], 2),
        ([], [REUTERS_TOGETHER, BBC_TOGETHER, Prose("TASS", "tass.example")], 1),
        ([], [REUTERS_TOGETHER, BBC_TOGETHER, Prose("the Bugle", None, None, 3)], None),
        ([[REUTERS, BBC]], [REUTERS_TOGETHER, Prose("TASS", "tass.example", 0, 3)], 2),
        ([[REUTERS]], [REUTERS_TOGETHER, BBC_TOGETHER], 1),
    ],
)
def test_resilience_is_the_number_of_outlets_in_the_weakest_group(
    book: Book, groups: list[list[Member]], named: list[Prose], expected: int | None
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups, named=named)

    assert strength(book, claim) == expected


def test_names_that_one_phrase_joins_are_one_group_and_add_it_unless_all_are_cited(
    book: Book,
) -> None:
    together = [REUTERS_TOGETHER, BBC_TOGETHER]
    article = book.article(HERE)
    claims = [
        book.claim(article, "It is so.", *groups, named=together)
        for groups in ([], [[REUTERS, TASS]], [[REUTERS, BBC, TASS]])
    ]
    book.close()

    with Reader(book.db) as reader:
        found = members(reader, claims)

    in_prose = [
        [{member["key"] for member in group} for group in found[claim] if group[0]["named"]]
        for claim in claims
    ]
    assert in_prose == [[{"reuters.example", "bbc.example"}]] * 2 + [[]]


def test_the_loss_of_one_of_the_names_that_a_phrase_joins_leaves_the_other(book: Book) -> None:
    named = [REUTERS_TOGETHER, BBC_TOGETHER]
    claim = book.claim(book.article(HERE), "Both said so.", named=named)

    assert fate(book, claim, WITHOUT_REUTERS) == (
        "weakens",
        ["named in prose: loses Reuters, keeps BBC News"],
    )


def test_two_attributions_to_one_outlet_are_one_group(book: Book) -> None:
    named = [Prose("Reuters", "reuters.example"), Prose("the agency", "reuters.example")]
    claim = book.claim(book.article(HERE), "It is so.", named=named)
    book.close()

    with Reader(book.db) as reader:
        groups = members(reader, [claim])[claim]

    assert [[member["key"] for member in group] for group in groups] == [["reuters.example"]]


def test_two_names_that_are_not_known_are_two_groups(book: Book) -> None:
    named = [Prose("the Bugle", None), Prose("the Planet", None)]
    claim = book.claim(book.article(HERE), "It is so.", named=named)
    book.close()

    with Reader(book.db) as reader:
        groups = members(reader, [claim])[claim]

    assert [[member["named"] for member in group] for group in groups] == [
        ["the Bugle"],
        ["the Planet"],
    ]


def test_a_citation_that_was_revised_no_longer_counts(book: Book) -> None:
    claim = book.claim(book.article(HERE), "It is so.")
    gap = book.citation(claim, Gap(), marker="5")
    book.citation(claim, REUTERS, marker="5", revises=gap)

    assert strength(book, claim) == 1


def test_an_attribution_sees_the_group_next_to_it_as_it_is_now(book: Book) -> None:
    article = book.article(HERE)
    claim = book.claim(article, "It is so.", named=[Prose("Reuters", "reuters.example", 0)])
    gap = book.citation(claim, Gap(), marker="5")
    book.citation(claim, REUTERS, marker="5", revises=gap)
    book.citation(claim, BBC, marker="6", ordinal=1)

    assert strength(book, claim) == 2


@pytest.mark.parametrize(
    ("groups", "named", "losses", "expected"),
    [
        ([[REUTERS]], [], WITHOUT_REUTERS, "falls"),
        ([[REUTERS, REUTERS_TOO]], [], WITHOUT_REUTERS, "falls"),
        ([[REUTERS, BBC]], [], WITHOUT_REUTERS, "weakens"),
        ([[BBC], [REUTERS]], [], WITHOUT_REUTERS, "falls"),
        ([[BBC]], [], WITHOUT_REUTERS, "untouched"),
        ([[BBC, Nav(REUTERS)]], [], WITHOUT_REUTERS, "untouched"),
        ([[Gap()]], [], WITHOUT_REUTERS, "unknown"),
        ([[BBC, Gap()]], [], WITHOUT_REUTERS, "unknown"),
        ([[REUTERS, Gap()]], [], WITHOUT_REUTERS, "unknown"),
        ([[REUTERS, BBC, Gap()]], [], WITHOUT_REUTERS, "weakens"),
        ([[REUTERS, BBC], [Gap()]], [], WITHOUT_REUTERS, "unknown"),
        ([[REUTERS], [Gap()]], [], WITHOUT_REUTERS, "falls"),
        ([[FILE]], [], WITHOUT_REUTERS, "unknown"),
        ([], [Prose("Reuters", "reuters.example")], WITHOUT_REUTERS, "falls"),
        ([], [Prose("BBC", "bbc.example")], WITHOUT_REUTERS, "untouched"),
        ([[BBC]], [Prose("the Daily Bugle", None, 0)], WITHOUT_REUTERS, "unknown"),
        ([[REUTERS, BBC]], [Prose("Reuters", "reuters.example", 0)], WITHOUT_REUTERS, "weakens"),
        ([[REUTERS, BBC]], [], Losses(outlets=("reuters.example", "bbc.example")), "falls"),
        # by what is known of the outlet
        ([[REUTERS]], [], Losses(owners=("Thomson Reuters",)), "falls"),
        ([[TASS]], [], Losses(owners=("Thomson Reuters",)), "untouched"),
        ([[BBC]], [], Losses(owners=("Thomson Reuters",)), "unknown"),
        ([[TASS, BBC]], [], Losses(countries=("GB",)), "weakens"),
        ([[REUTERS, BBC]], [], Losses(countries=("GB",)), "falls"),
        ([[BLOG]], [], Losses(countries=("GB",)), "unknown"),
        ([[TASS, REUTERS]], [], Losses(kinds=("wire",)), "falls"),
        ([[BLOG, BBC]], [], Losses(kinds=("wire",)), "unknown"),
        ([["https://unheard.example/"]], [], Losses(kinds=("wire",)), "unknown"),
        # an outlet that is in X for one reason is in X, whatever else is not known of it
        ([[BBC]], [], Losses(owners=("Thomson Reuters",), countries=("GB",)), "falls"),
    ],
)
def test_impact_weighs_each_group(
    book: Book, groups: list[list[Member]], named: list[Prose], losses: Losses, expected: str
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups, named=named)

    assert fate(book, claim, losses)[0] == expected


@pytest.mark.parametrize(
    ("groups", "named", "expected"),
    [
        ([[REUTERS]], [], "falls"),
        ([[REUTERS, REUTERS_TOO]], [], "weakens"),
        ([[REUTERS_TOO]], [], "untouched"),
        ([[FILE]], [], "untouched"),  # this page is another, whoever made it
        ([[Gap()]], [], "unknown"),
        ([], [Prose("Reuters", "reuters.example")], "untouched"),  # an outlet is no page
        ([], [Prose("the Daily Bugle", None)], "unknown"),
    ],
)
def test_a_lost_page_is_that_page_alone(
    book: Book, groups: list[list[Member]], named: list[Prose], expected: str
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups, named=named)
    losses = Losses(sources=(book.source(REUTERS),))

    assert fate(book, claim, losses)[0] == expected


def test_a_loss_of_nothing_touches_only_what_is_unknown(book: Book) -> None:
    article = book.article(HERE)
    book.claim(article, "Known.", [REUTERS])
    unknown = book.claim(article, "Unknown.", [Gap()])
    book.close()

    with Reader(book.db) as reader:
        assert [item["claim"] for item in impact(reader, Losses())] == [unknown]


def test_claims_of_an_article_that_was_revised_are_not_listed(book: Book) -> None:
    first = book.article(HERE)
    book.claim(first, "Old.", [REUTERS])
    second = book.article(HERE, revises=first)
    new = book.claim(second, "New.", [REUTERS])
    book.close()

    with Reader(book.db) as reader:
        assert [item["claim"] for item in impact(reader, WITHOUT_REUTERS)] == [new]


@pytest.mark.parametrize(
    "losses",
    [
        WITHOUT_REUTERS,
        Losses(countries=("GB",)),
        WITHOUT_REUTERS._replace(dated_from="2024-01-01"),
    ],
)
def test_impact_on_one_article_is_what_it_is_on_all_and_in_that_one(
    book: Book, losses: Losses
) -> None:
    articles = [book.article(f"https://a.example/{number}") for number in range(3)]
    for at, article in enumerate(articles[:2]):
        book.claim(article, f"falls {at}", [REUTERS])
        book.claim(article, f"weakens {at}", [REUTERS, BBC])
        book.claim(article, f"unknown {at}", [Gap()])
    book.claim(articles[1], "falls too", [REUTERS], [BBC])
    book.close()

    with Reader(book.db) as reader:
        every = impact(reader, losses)
        for article in articles:
            found = impact(reader, losses, article=article)
            assert found == [item for item in every if item["article"] == article]
            counts = impact_counts(reader, losses, article=article)
            effects = [item["effect"] for item in found]
            assert counts == {effect: effects.count(effect) for effect in counts}
    assert {item["article"] for item in every} == set(articles[:2])


def test_impact_lists_falls_then_weakens_then_unknown_in_reading_order(book: Book) -> None:
    one, two = book.article("https://a.example/1"), book.article("https://a.example/2", title="Two")
    book.claim(one, "unknown 1", [Gap()])
    book.claim(two, "weakens 1", [REUTERS, BBC])
    book.claim(two, "falls 2", [REUTERS])
    book.claim(one, "falls 1", [REUTERS])
    book.claim(two, "untouched", [BBC])
    book.close()

    with Reader(book.db) as reader:
        found = impact(reader, WITHOUT_REUTERS)
        counts = impact_counts(reader, WITHOUT_REUTERS)
        first_two = impact(reader, WITHOUT_REUTERS, limit=2)

    assert [item["exact"] for item in found] == ["falls 1", "falls 2", "weakens 1", "unknown 1"]
    assert [(item["article"], item["title"]) for item in found[:2]] == [(one, None), (two, "Two")]
    assert counts == {"falls": 2, "weakens": 1, "unknown": 1}
    assert first_two == found[:2]


@pytest.mark.parametrize(("part", "asked"), [(1, [1, 1, 1, 1]), (3, [3, 1]), (4, [4]), (5, [4])])
def test_impact_that_is_explained_in_parts_is_what_it_is_at_once(
    book: Book, part: int, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    article = book.article(HERE)
    for number in range(3):
        book.claim(article, f"falls {number}", [REUTERS])
    book.claim(article, "weakens", [REUTERS, BBC])
    losses = Losses(sources=(book.source(REUTERS),))
    book.close()
    module = import_module("ledger.provenance.impact")
    sizes: list[int] = []

    def seen(reader: Reader, claims: list[str], stand: Losses) -> object:
        sizes.append(len(claims))
        return members(reader, claims, stand)

    with Reader(book.db) as reader:
        at_once = impact(reader, losses)
        monkeypatch.setattr(module, "PART", part)
        monkeypatch.setattr(module, "members", seen)
        assert impact(reader, losses) == at_once
    assert sizes == asked


@pytest.mark.parametrize(
    ("groups", "named", "losses", "expected"),
    [
        (
            [[BBC], [REUTERS, REUTERS_TOO]],
            [],
            WITHOUT_REUTERS,
            ["[2][3]: Reuters is its only outlet"],
        ),
        ([[BBC, REUTERS]], [], WITHOUT_REUTERS, ["[1][2]: loses Reuters, keeps BBC News"]),
        (
            [[BBC, TASS, REUTERS]],
            [],
            WITHOUT_REUTERS,
            ["[1][2][3]: loses Reuters, keeps BBC News and TASS"],
        ),
        (
            [[REUTERS], [REUTERS, BBC]],
            [],
            WITHOUT_REUTERS,
            ["[1]: Reuters is its only outlet"],
        ),
        (
            [[REUTERS, BBC]],
            [],
            Losses(outlets=("reuters.example", "bbc.example")),
            ["[1][2]: loses all it has, Reuters and BBC News"],
        ),
        ([[Gap()]], [], WITHOUT_REUTERS, ["[1] leads nowhere (no-reference)" + DOUBT]),
        (
            [[REUTERS, Gap("no-address")]],
            [],
            Losses(outlets=("reuters.example", "bbc.example")),
            [
                "[1][2]: loses Reuters",
                "[2] leads nowhere (no-address): unknown whether it depends on Reuters or BBC News",
            ],
        ),
        (
            [[REUTERS, BBC, Gap()]],
            [],
            WITHOUT_REUTERS,
            ["[1][2][3]: loses Reuters, keeps BBC News"],
        ),
        ([[FILE]], [], WITHOUT_REUTERS, [f"[1] is {FILE}, whose outlet is not known" + DOUBT]),
        (
            [],
            [Prose("Reuters", "reuters.example")],
            WITHOUT_REUTERS,
            ["named in prose: Reuters is its only outlet"],
        ),
        (
            [],
            [Prose("the Bugle", None)],
            WITHOUT_REUTERS,
            ['"the Bugle" is named in prose and is no outlet we know' + DOUBT],
        ),
        (
            [],
            [Prose("The Guardian", None)],
            WITHOUT_REUTERS,
            [
                '"The Guardian" is named in prose and is the name of 2 outlets: guardian.ng, '
                "theguardian.com" + DOUBT
            ],
        ),
        (
            [[REUTERS]],
            [],
            Losses(owners=("Thomson Reuters",)),
            ["[1]: Reuters (owner: Thomson Reuters) is its only outlet"],
        ),
        (
            [[TASS]],
            [],
            Losses(countries=("RU",)),
            ["[1]: TASS (country: RU) is its only outlet"],
        ),
        (
            [[TASS]],
            [],
            Losses(kinds=("wire",)),
            ["[1]: TASS (kind: wire) is its only outlet"],
        ),
        (
            [[BLOG]],
            [],
            Losses(outlets=("unheard.example",), owners=("Russia",), countries=("RU",)),
            [
                "[1] is blog.example, whose owner or country is not known: "
                "unknown whether it depends on unheard.example, owner Russia or country RU"
            ],
        ),
        (
            [],
            [Prose("the blog", "blog.example")],
            Losses(kinds=("wire",)),
            [
                "blog.example is named in prose, whose kind is not known: "
                "unknown whether it depends on kind wire"
            ],
        ),
    ],
)
def test_impact_says_why(
    book: Book, groups: list[list[Member]], named: list[Prose], losses: Losses, expected: list[str]
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups, named=named)

    assert fate(book, claim, losses)[1] == expected


def test_a_lost_page_is_named_by_its_address(book: Book) -> None:
    article = book.article(HERE)
    alone = book.claim(article, "Alone.", [REUTERS])
    beside = book.claim(article, "Beside its sister.", [REUTERS, REUTERS_TOO])
    unknown = book.claim(article, "Unknown.", [Gap()])
    losses = Losses(sources=(book.source(REUTERS),))
    book.close()

    with Reader(book.db) as reader:
        because = {item["claim"]: item["because"] for item in impact(reader, losses)}

    assert because == {
        alone: [f"[1]: {REUTERS} is its only source"],
        beside: [f"[1][2]: loses {REUTERS}, keeps {REUTERS_TOO} (the same voice)"],
        unknown: [f"[1] leads nowhere (no-reference): unknown whether it depends on {REUTERS}"],
    }


def test_an_outlet_that_nobody_cites_has_the_name_that_the_registry_knows(book: Book) -> None:
    claim = book.claim(book.article(HERE), "Unknown.", [Gap()])

    assert fate(book, claim, Losses(outlets=("lemonde.fr", "le.example")))[1] == [
        "[1] leads nowhere (no-reference): unknown whether it depends on Le Monde or le.example"
    ]


def test_a_link_without_marker_is_called_a_link(book: Book) -> None:
    claim = book.claim(book.article(HERE), "It is so.")
    book.citation(claim, REUTERS)

    assert fate(book, claim, WITHOUT_REUTERS)[1] == ["[link]: Reuters is its only outlet"]


@pytest.mark.parametrize(
    ("groups", "named", "expected"),
    [
        ([], [], ["nothing is cited for it and nobody is named"]),
        (
            [[REUTERS], [BBC, TASS], [BBC]],
            [],
            ["[1]: Reuters is its only outlet", "[4]: BBC News is its only outlet"],
        ),
        ([[REUTERS, BBC, REUTERS_TOO]], [], ["[1][2][3]: rests on Reuters and BBC News"]),
        (
            [[REUTERS, BBC], [BBC, TASS, Gap()]],
            [],
            ["[1][2]: rests on Reuters and BBC News"],
        ),
        ([[REUTERS, BBC], [Gap()]], [], ["[3] leads nowhere (no-reference)"]),
        (
            [[FILE]],
            [Prose("the Bugle", None)],
            [
                f"[1] is {FILE}, whose outlet is not known",
                '"the Bugle" is named in prose and is no outlet we know',
            ],
        ),
    ],
)
def test_resilience_says_why(
    book: Book, groups: list[list[Member]], named: list[Prose], expected: list[str]
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups, named=named)
    number = strength(book, claim)

    with Reader(book.db) as reader:
        assert because_of_resilience(number, members(reader, [claim])[claim]) == expected


@pytest.mark.parametrize(
    ("groups", "named", "expected"),
    [
        ([], [], ""),
        ([[REUTERS]], [], "Reuters"),
        ([[REUTERS], [REUTERS_TOO]], [], "Reuters"),
        ([[REUTERS, BBC, REUTERS_TOO]], [], "Reuters or BBC News"),
        ([[REUTERS], [BBC]], [], "Reuters and BBC News"),
        ([[REUTERS], [BBC, TASS]], [], "Reuters and (BBC News or TASS)"),
        ([[REUTERS, Gap(), Gap()], [Gap()]], [], "(Reuters or 2 unknown) and 1 unknown"),
        ([[REUTERS]], [Prose("the Bugle", None)], "Reuters and 1 unknown"),
    ],
)
def test_who_carries_a_claim_says_what_it_takes(
    book: Book, groups: list[list[Member]], named: list[Prose], expected: str
) -> None:
    claim = book.claim(book.article(HERE), "It is so.", *groups, named=named)
    book.close()
    with Reader(book.db) as reader:
        assert carriers(members(reader, [claim])[claim]) == expected


# --- every possible world ---------------------------------------------------------------------

FACTS = {
    # key: owner, country, kind
    "a.example": ("Owner 1", "AA", "wire"),
    "b.example": ("Owner 1", None, "wire"),
    "c.example": (None, "AA", None),
    "d.example": ("Owner 2", "BB", None),
    "e.example": (None, None, None),
}
PAGES = [f"https://{key}/{page}" for key in FACTS for page in (1, 2)]

a_member = st.sampled_from([*PAGES, Gap(), FILE, Nav(PAGES[0])])
a_prose = st.builds(
    Prose,
    st.just("so-and-so"),
    st.sampled_from([*FACTS, None]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([None, 0, 1]),
)
a_claim = st.tuples(
    st.lists(st.lists(a_member, min_size=1, max_size=4), max_size=3),
    st.lists(a_prose, max_size=3),
)
some_losses = st.builds(
    Losses,
    outlets=st.sets(st.sampled_from(sorted(FACTS)), max_size=2).map(tuple),
    owners=st.sets(st.sampled_from(["Owner 1", "Owner 2"]), max_size=1).map(tuple),
    countries=st.sets(st.sampled_from(["AA", "BB"]), max_size=1).map(tuple),
    kinds=st.sets(st.sampled_from(["wire"]), max_size=1).map(tuple),
    sources=st.sets(st.sampled_from(PAGES), max_size=2).map(tuple),
    dated_from=st.none(),
    dated_until=st.none(),
    kept=st.just(()),
    ratings=st.just(()),
)

Claim = tuple[list[list[Member]], list[Prose]]


def groups_of(claim: Claim) -> list[list[str | None]]:
    """The algebra's groups, by its definition: pages, outlet keys, None for an unknown source."""
    cited, named = claim
    groups: list[list[str | None]] = [
        [
            None if isinstance(member, Gap) else member
            for member in group
            if not isinstance(member, Nav)
        ]
        for group in cited
    ]
    next_to = [{outlet_of(member) for member in group} for group in groups]
    phrases: dict[object, list[Prose]] = {}
    for number, prose in enumerate(named):
        phrase = f"alone {number}" if prose.together is None else prose.together
        phrases.setdefault(phrase, []).append(prose)
    for names in phrases.values():
        cited_beside = [
            prose.key is not None
            and prose.group is not None
            and prose.group < len(next_to)
            and prose.key in next_to[prose.group]
            for prose in names
        ]
        if not all(cited_beside):
            groups.append([prose.key for prose in names])
    return [group for group in groups if group]


def outlet_of(member: str | None) -> str | None:
    if member is None or member == FILE:
        return None
    return member.split("/")[2] if member.startswith("https:") else member


def is_lost(member: str | None, losses: Losses) -> bool | None:
    """Whether a source is in X; None for not known."""
    if member is None:
        return None
    if member in losses.sources:
        return True
    key = outlet_of(member)
    owner, country, kind = FACTS.get(key or "", (None, None, None))
    answers: list[bool | None] = []
    for value, wanted in (
        (key, losses.outlets),
        (owner, losses.owners),
        (country, losses.countries),
        (kind, losses.kinds),
    ):
        if wanted:
            answers.append(None if value is None else value in wanted)
    if True in answers:
        return True
    return None if None in answers else False


def effect_by_worlds(claim: Claim, losses: Losses) -> str:
    groups = groups_of(claim)
    known = [[is_lost(member, losses) for member in group] for group in groups]
    unknown = sum(group.count(None) for group in known)
    effects = set()
    for world in product([False, True], repeat=unknown):
        chosen = iter(world)
        lost = [[next(chosen) if m is None else m for m in group] for group in known]
        if any(all(group) for group in lost):
            effects.add("falls")
        elif any(any(group) for group in lost):
            effects.add("weakens")
        else:
            effects.add("untouched")
    return effects.pop() if len(effects) == 1 else "unknown"


def resilience_by_worlds(claim: Claim) -> int | None:
    """By counting, in every world of what the unknown sources may turn out to be.

    One of them may be an outlet that is known, one that nobody has heard of, or two: a reference
    may give several addresses.
    """
    groups = [[outlet_of(member) for member in group] for group in groups_of(claim)]
    if not groups:
        return None
    outlets = [{key} for key in FACTS]
    unknown = sum(group.count(None) for group in groups)
    worlds = product([*outlets, {"stranger"}, {"stranger", "friend"}], repeat=unknown)
    found = set()
    for world in worlds:
        chosen = iter(world)
        sizes = [len(set().union(*({m} if m else next(chosen) for m in g))) for g in groups]
        found.add(min(sizes))
    return found.pop() if len(found) == 1 else None


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=3)))
def test_beside_an_outlet_stand_the_signs_of_the_others(outlets: set[str]) -> None:
    assert beside(outlets) == {outlet: signs(outlets - {outlet}) for outlet in outlets}
    assert 0 <= signs(outlets) < 1 << 62


@pytest.fixture(scope="module")
def shelf() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def write(db: Path, claims: list[Claim]) -> tuple[list[str], dict[str, str]]:
    with Book(db) as book:
        for key, (owner, country, kind) in FACTS.items():
            book.outlet(key, key, owner=owner, country=country, kind=kind)
        pages = {url: book.source(url) for url in PAGES}
        article = book.article("https://article.example/")
        ids = [
            book.claim(article, f"Claim {number}.", *groups, named=named)
            for number, (groups, named) in enumerate(claims)
        ]
    return ids, pages


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(a_claim, min_size=1, max_size=12), some_losses)
@example(
    [([[PAGES[0], Gap()], [PAGES[2], PAGES[4]]], []), ([[PAGES[9]]], [])],
    Losses(outlets=("a.example",), owners=("Owner 1",)),
)
@pytest.mark.no_cover
def test_impact_agrees_with_every_possible_world(
    migrated_db: Path, shelf: Path, claims: list[Claim], losses: Losses
) -> None:
    db = Path(shutil.copy(migrated_db, shelf / "impact.db"))
    ids, pages = write(db, claims)
    asked = losses._replace(sources=tuple(pages[url] for url in losses.sources))

    with Reader(db) as reader:
        found = {item["claim"]: item["effect"] for item in impact(reader, asked)}
        counts = impact_counts(reader, asked)

    by_worlds = {id: effect_by_worlds(claim, losses) for id, claim in zip(ids, claims, strict=True)}
    assert found == {id: effect for id, effect in by_worlds.items() if effect != "untouched"}
    assert counts == {
        effect: list(by_worlds.values()).count(effect) for effect in ("falls", "weakens", "unknown")
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(a_claim, min_size=1, max_size=8))
@pytest.mark.no_cover
def test_resilience_agrees_with_every_possible_world(
    migrated_db: Path, shelf: Path, claims: list[Claim]
) -> None:
    few = [claim for claim in claims if sum(g.count(None) for g in groups_of(claim)) <= 3]
    db = Path(shutil.copy(migrated_db, shelf / "resilience.db"))
    ids, _ = write(db, few)

    with Reader(db) as reader:
        found = resilience(reader, ids)

    assert [found[id] for id in ids] == [resilience_by_worlds(claim) for claim in few]


def test_a_reason_is_given_once_where_an_entry_has_several_addresses(db: Place) -> None:
    pages = {"1": ("https://blog.example/1", "https://blog.example/2")}
    outlet = Outlet.make(key="blog.example", name="A Blog", domain="blog.example")
    record(db, [Text("https://a.example/x", [Said("It is so.", [["1"]])], pages)], [outlet])
    with Reader(db) as reader:
        (found,) = impact(reader, Losses(owners=("Quay Press",)))
    assert found["because"] == [
        "[1] is A Blog, whose owner is not known: unknown whether it depends on owner Quay Press"
    ]


def test_a_name_that_people_gave_to_several_outlets_is_no_unknown_one(db: Place) -> None:
    record(
        db,
        [Text("https://a.example/x", [Said("The Bugle said so.", [], [Named("The Bugle")])], {})],
    )
    words = {"LEDGER_DB": str(db), "LEDGER_USER": "desk"}
    for key in ("one.example", "two.example"):
        args = ["outlets", "add", key, "--name", f"Bugle of {key}", "--alias", "The Bugle"]
        assert CliRunner().invoke(app, args, env=words).exit_code == 0
    shown = CliRunner().invoke(app, ["trace", "Bugle said", "--format", "table"], env=words).stdout
    said = "the name of 2 outlets: one.example, two.example"
    assert f"Named in prose: The Bugle ({said})" in shown
    with Reader(db) as reader:
        (article,) = [row["id"] for row in reader.rows("SELECT a.id FROM article a")]
        assert f"named in prose: The Bugle ({said})" in to_markdown(audit(reader, article))
    args = ["outlets", "merge", "one.example", "two.example"]
    assert CliRunner().invoke(app, args, env=words).exit_code == 0
    shown = CliRunner().invoke(app, ["trace", "Bugle said", "--format", "table"], env=words).stdout
    assert "the name of 2" not in shown
