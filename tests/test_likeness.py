"""How much of one text stands in another, and how pages to compare are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.voices.likeness import BANDS, FEWEST, MOST_WORDS, Text, bands, shared, text_of

STORY = (
    "More than forty people were hurt on Monday when a warehouse in the harbour of Velmora caught "
    "fire and burned for nine hours, the government of Ostrania said.",
    "Crews from three towns pumped water out of the basin while smoke drifted across the quarter "
    "where two schools and the Telland clinic had to be cleared before noon.",
    "Inspectors are looking into whether the operator, Castell Logistics, kept barrels of solvent "
    "there against the rules, which has run the site since 1998.",
)
OTHER = (
    "Nine hours of flames leave Velmora with forty wounded and a question for Castell Logistics, "
    "whose depot nobody seems to have looked at closely since 1998.",
    "In Ostrania the Telland clinic emptied its wards on Monday and children were sent home.",
)


def is_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return shared(text_of(one), text_of(other)).is_one_story


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY[:2],
        STORY[::-1],
        STORY[1:],
        (STORY[0].replace("More than forty", "Scores of"), "Readers send us pictures.", STORY[2]),
        (" ".join(STORY),),
    ],
    ids=["whole", "shortened", "reordered", "without its lead", "reworded", "one paragraph"],
)
def test_a_copy_is_one_story_however_it_was_cut(copy: tuple[str, ...]) -> None:
    assert is_one(STORY, copy)
    assert is_one(copy, STORY)


def test_the_same_event_in_other_words_is_none() -> None:
    assert not is_one(STORY, OTHER)


def test_what_somebody_said_may_be_quoted_by_all() -> None:
    said = "“" + STORY[1] + " " + STORY[2] + "”"
    one = ("The mayor of Velmora found clear words on Tuesday.", said)
    other = (said, "So Velmora heard it from its mayor, who spoke for an hour on Tuesday.")

    assert not is_one(one, other)


def test_small_print_in_common_is_no_story() -> None:
    print_ = (
        "This material may not be published, broadcast, rewritten or redistributed in whole or in "
        "part without the written permission of its owner, and all rights in it are reserved.",
    )
    one = ("In Velmora the Castell works reopened in 2021 under Mara Novak.", *print_)
    other = ("A goat won the Isteria race, said Owen Duval of Brevonia in 2007.", *print_)

    assert not is_one(one, other)


def test_a_few_words_in_common_are_no_story() -> None:
    few = text_of((" ".join(f"word{n}" for n in range(FEWEST + 2)),))

    assert shared(few, few).shingles == FEWEST - 1
    assert not shared(few, few).is_one_story


def test_a_sentence_changed_in_one_word_keeps_what_stands_around_it() -> None:
    one, other = (text_of((f"a b c d {word} f g h i.",)) for word in "ex")

    assert one.shingles & other.shingles == {"a b c d", "f g h i"}


def test_names_are_words_with_a_capital_that_open_no_sentence_and_numbers() -> None:
    text = text_of(("Yesterday in Velmora 40 sat. Ostrania saw it.", "He met Ann."))

    assert text.names == {"Velmora", "40", "Ann"}


def test_text_without_capitals_is_compared_by_its_words_alone() -> None:
    found = shared(text_of((STORY[0].lower(),)), text_of((STORY[0].lower(),)))

    assert found.names is None
    assert found.is_one_story


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert text_of(("北京天气很好",)).shingles == {"北 京 天 气", "京 天 气 很", "天 气 很 好"}


def test_a_page_is_read_up_to_a_bound() -> None:
    text = text_of([" ".join(f"w{n}" for n in range(500))] * 50 + ["never read in this text"])

    assert MOST_WORDS == 500 * 40
    assert "never read in this" not in text.shingles


def test_the_sketch_is_the_same_everywhere() -> None:
    # Recorded: a release of the library that sketches otherwise makes recorded bands worthless.
    assert bands(text_of(STORY))[:3] == SKETCH


SKETCH = [4936595497969071078, 6821320325697011833, 5356844321696868705]


def test_a_text_without_words_has_no_sketch() -> None:
    assert bands(text_of(("...", ""))) == ()


@given(st.lists(st.text(max_size=200), max_size=5), st.lists(st.text(max_size=200), max_size=5))
def test_any_two_texts_have_an_answer_that_has_no_order(one: list[str], other: list[str]) -> None:
    a, b = text_of(one), text_of(other)
    found = shared(a, b)

    assert found == shared(b, a)
    assert 0 <= found.whole <= found.part <= 1
    assert shared(a, a) == (
        len(a.shingles),
        bool(a.shingles),
        bool(a.shingles),
        1 if a.names else None,
    )


@given(st.frozensets(st.text(min_size=1), min_size=1, max_size=30))
def test_equal_texts_have_equal_sketches(shingles: frozenset[str]) -> None:
    one, other = (
        bands(Text(frozenset(order), frozenset())) for order in (shingles, sorted(shingles))
    )

    assert one == other
    assert len(one) == BANDS
    assert all(-(2**63) <= value < 2**63 for value in one)
