"""Which pages are one voice, and whose: by hand, and the promises for any pages and decisions."""

from collections.abc import Sequence
from random import Random
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.clusters import Decision, Page, Settled, Tie, Voice, settle

A, B, C, D = (Page(name, f"{name}.example") for name in "abcd")
AGENCY = Page("w", "wire.example", is_agency=True)


def same(one: str, other: str) -> Decision:
    return Decision(f"same {one} {other}", "same", one, other)


def apart(one: str, other: str) -> Decision:
    return Decision(f"apart {one} {other}", "apart", one, other)


def text(one: str, other: str, part: float = 1.0) -> Tie:
    return Tie(one, other, "text", part)


def origins(settled: Settled) -> dict[str, str]:
    return {voice.source_id: voice.origin for voice in settled.voices}


def test_one_text_of_unknown_origin_is_a_story_of_its_smallest_page() -> None:
    assert settle([A, B, C], [text("a", "b")], []).voices == [
        Voice("a", "story:a", "text", "b"),
        Voice("b", "story:a", "text", "a"),
    ]


def test_pages_of_one_outlet_are_its_own_voice() -> None:
    assert settle([A, Page("b", "a.example")], [text("a", "b")], []).voices == []


def test_a_page_that_credits_an_agency_speaks_with_its_voice_and_so_do_its_copies() -> None:
    credited = Page("b", "b.example", "wire.example", "credit")

    assert settle([A, credited], [text("a", "b")], []).voices == [
        Voice("a", "wire.example", "text", "b"),
        Voice("b", "wire.example", "credit", None),
    ]


def test_the_agency_that_published_it_comes_before_one_that_is_credited() -> None:
    credited = Page("a", "a.example", "other.example", "credit")

    assert origins(settle([credited, AGENCY], [text("a", "w")], [])) == {"a": "wire.example"}


def test_a_page_that_names_a_page_elsewhere_as_its_own_speaks_with_that_voice() -> None:
    copy = Page("b", "b.example", home="a.example")

    assert settle([A, copy], [Tie("a", "b", "home")], []).voices == [
        Voice("b", "a.example", "home", "a")
    ]
    assert settle([copy], [], []).voices == [Voice("b", "a.example", "home", None)]


def test_what_a_page_says_of_its_address_changes_nothing_for_the_page_it_names() -> None:
    stranger = Page("b", "b.example", "wire.example", "credit", home="a.example")

    assert origins(settle([A, stranger], [Tie("a", "b", "home")], [])) == {"b": "wire.example"}


def test_a_page_that_names_another_of_its_text_is_one_voice_with_it() -> None:
    copy = Page("b", "b.example", "wire.example", "credit", home="a.example")

    assert origins(settle([A, copy], [Tie("a", "b", "home"), text("a", "b")], [])) == {
        "a": "wire.example",
        "b": "wire.example",
    }


def test_a_copy_that_names_a_third_page_decides_nothing_for_the_page_it_copies() -> None:
    copy = Page("b", "b.example", home="c.example")

    assert origins(settle([A, copy], [text("a", "b")], [])) == {"a": "story:a", "b": "story:a"}
    original = Page("c", "c.example")
    both = [text("a", "b"), text("b", "c")]
    assert set(origins(settle([A, copy, original], both, [])).values()) == {"c.example"}


def test_pages_that_all_name_one_address_have_its_voice() -> None:
    copies = [Page("a", "a.example", home="c.example"), Page("b", "b.example", home="c.example")]

    assert origins(settle(copies, [text("a", "b")], [])) == {"a": "c.example", "b": "c.example"}


def test_a_page_that_names_one_that_names_another_has_the_voice_at_the_end() -> None:
    pages = [
        Page("a", "a.example", home="b.example"),
        Page("b", "b.example", home="c.example"),
        Page("c", "c.example", "wire.example", "credit"),
    ]
    ties = [Tie("a", "b", "home"), Tie("b", "c", "home")]
    assert origins(settle(pages, ties, [])) == dict.fromkeys("abc", "wire.example")

    circle = [pages[0], Page("b", "b.example", home="a.example")]
    named = settle(circle, [Tie("a", "b", "home")], [])
    assert settle(circle[::-1], [Tie("a", "b", "home")], []) == named


def test_a_page_that_names_another_has_the_voice_of_that_one() -> None:
    credited = Page("a", "a.example", "wire.example", "credit")
    copy = Page("b", "b.example", home="a.example")

    assert origins(settle([credited, copy], [Tie("a", "b", "home")], [])) == {
        "a": "wire.example",
        "b": "wire.example",
    }


def test_a_page_of_unknown_outlet_joins_others_and_stays_unknown() -> None:
    file = Page("f", None)

    assert origins(settle([A, B, file], [text("a", "f"), text("b", "f")], [])) == {
        "a": "story:a",
        "b": "story:a",
    }


def test_what_a_person_says_is_one_voice_is() -> None:
    assert settle([A, B], [], [same("a", "b")]).voices == [
        Voice("a", "story:a", "judged", "b"),
        Voice("b", "story:a", "judged", "a"),
    ]


def test_of_a_chain_between_pages_told_apart_the_loosest_link_gives_way() -> None:
    chain = [text("a", "b", 0.9), text("b", "c", 0.5), text("c", "d", 0.8)]

    assert origins(settle([A, B, C, D], chain, [apart("a", "d")])) == {
        "a": "story:a",
        "b": "story:a",
        "c": "story:c",
        "d": "story:c",
    }


def test_of_two_pages_told_apart_that_credit_one_agency_the_first_speaks_for_itself() -> None:
    credited = [Page(name, f"{name}.example", "wire.example", "credit") for name in "ab"]

    assert origins(settle(credited, [], [apart("b", "a")])) == {"a": "wire.example"}
    assert origins(settle(credited, [], [apart("a", "b")])) == {"b": "wire.example"}


def test_an_agencys_page_keeps_its_voice_whoever_is_said_to_be_one_with_it() -> None:
    credited = Page("c", "c.example", "wire.example", "credit")
    ties = [text("a", "c"), text("a", "w"), text("c", "w")]

    settled = settle([A, credited, AGENCY], ties, [apart("a", "c"), same("a", "w")])
    assert origins(settled) == {"a": "wire.example"}
    assert settled.overruled == []


def test_a_page_told_apart_from_the_agency_itself_is_not_its() -> None:
    credited = Page("a", "a.example", "wire.example", "credit")

    for order in (("a", "w"), ("w", "a")):
        assert origins(settle([credited, AGENCY], [text("a", "w")], [apart(*order)])) == {}


@pytest.mark.parametrize(
    ("decisions", "together", "overruled"),
    [
        ([same("a", "b"), apart("a", "b")], False, ["same a b"]),
        ([apart("a", "b"), same("a", "b")], True, ["apart a b"]),
        ([apart("a", "b"), same("b", "a"), apart("b", "a")], False, ["same b a"]),
        ([apart("a", "c"), same("a", "b"), same("b", "c")], True, ["apart a c"]),
        ([same("a", "b"), same("b", "c"), apart("a", "c")], False, ["same a b"]),
        ([same("a", "b"), same("b", "a")], True, []),
    ],
)
def test_of_decisions_that_contradict_each_other_the_later_stands(
    decisions: list[Decision], together: bool, overruled: list[str]
) -> None:
    settled = settle([A, B, C], [], decisions)

    assert [each.id for each in settled.overruled] == overruled
    assert ("a" in origins(settled)) == together


PAGES = "abcdefg"
pairs = st.lists(st.sampled_from(PAGES), min_size=2, max_size=2, unique=True)
parts = st.floats(0.38, 1)


@st.composite
def tied(draw: st.DrawFn) -> tuple[list[Page], list[Tie], list[Decision]]:
    outlets = st.sampled_from(["one", "two", "three", "wire", None])
    agencies = st.sampled_from([None, None, "wire", "other"])
    pages = []
    for name in PAGES:
        outlet, agency = draw(outlets), draw(agencies)
        agency = None if agency == outlet else agency
        pages.append(
            Page(name, outlet, agency, "credit" if agency else None, None, outlet == "wire")
        )
    ties = [
        text(one, other, draw(parts))
        for one, other in map(sorted, draw(st.lists(pairs, max_size=8)))
    ]
    verbs: st.SearchStrategy[Literal["same", "apart"]] = st.sampled_from(["same", "apart"])
    outlet_of = {page.id: page.outlet for page in pages}
    decisions = [
        Decision(str(number), draw(verbs), one, other)
        for number, (one, other) in enumerate(draw(st.lists(pairs, max_size=6)))
        if outlet_of[one] is None or outlet_of[one] != outlet_of[other]
    ]
    return pages, ties, decisions


@given(tied(), st.randoms())
def test_whatever_is_tied_what_people_said_last_holds_and_order_is_nothing(
    given_: tuple[Sequence[Page], list[Tie], list[Decision]], random: Random
) -> None:
    pages, ties, decisions = given_
    settled = settle(pages, ties, decisions)
    voice = {page.id: page.outlet for page in pages} | origins(settled)
    stands = [each for each in decisions if each not in settled.overruled]

    for each in stands:
        if each.verb == "apart" and None not in (voice[each.one], voice[each.other]):
            assert voice[each.one] != voice[each.other]
    if decisions:
        assert decisions[-1] in stands
    random.shuffle(ties)
    assert settle(list(reversed(pages)), ties, decisions) == settled
    for spoken in settled.voices:
        assert spoken.origin != next(page.outlet for page in pages if page.id == spoken.source_id)


def test_who_repeats_a_page_speaks_with_its_voice() -> None:
    pages = [Page("a", "a.example", repeats="b.example"), Page("b", "b.example")]

    assert origins(settle(pages, [Tie("a", "b", "repeats")], [])) == {"a": "b.example"}


def test_of_pages_that_repeat_one_another_in_a_ring_nobody_knows_whose_words_they_are() -> None:
    ring = [
        Page("a", "a.example", repeats="b.example"),
        Page("b", "b.example", repeats="c.example"),
        Page("c", "c.example", repeats="a.example"),
    ]
    ties = [Tie("a", "b", "repeats"), Tie("b", "c", "repeats"), Tie("c", "a", "repeats")]

    assert origins(settle(ring, ties, [])) == dict.fromkeys("abc", "story:a")
    late = Page("d", "d.example", repeats="c.example")
    ties += [Tie("d", "c", "repeats")]
    assert origins(settle([*ring, late], ties, [])) == dict.fromkeys("abcd", "story:a")
    told = settle([*ring, late], ties, [apart("a", "b")])
    assert origins(told) == {"c": "a.example", "d": "a.example"}


@pytest.mark.parametrize(
    "page",
    [
        Page("a", "wire.example", is_agency=True, repeats="b.example"),
        Page("a", "a.example", "wire.example", "credit", repeats="b.example"),
        Page("a", "a.example", home="wire.example", repeats="b.example"),
    ],
)
def test_who_repeats_a_page_says_nothing_of_whose_words_that_has(page: Page) -> None:
    settled = settle([page, B], [Tie("a", "b", "repeats")], [])

    assert "b" not in origins(settled)


def test_who_is_repeated_keeps_the_voice_of_the_page_that_it_names() -> None:
    pages = [
        Page("a", "a.example", repeats="b.example"),
        Page("b", "b.example", home="c.example", led=True),
    ]

    assert origins(settle(pages, [Tie("a", "b", "repeats")], [])) == dict.fromkeys(
        "ab", "c.example"
    )


def test_a_page_told_apart_from_one_still_has_the_voice_of_another_that_it_names() -> None:
    pages = [
        Page("a", "a.example", home="b.example"),
        Page("b", "b.example", "wire.example", "credit"),
        C,
    ]
    ties = [Tie("a", "b", "home")]

    assert origins(settle(pages, ties, [apart("a", "c")])) == dict.fromkeys("ab", "wire.example")
    assert origins(settle(pages, ties, [apart("a", "b")])) == {"b": "wire.example"}


def test_a_person_stands_against_an_address_that_names_an_agency() -> None:
    named = Page("a", "a.example", "wire.example", "address")

    assert origins(settle([named, AGENCY], [], [apart("a", "w")])) == {"a": "a.example"}
