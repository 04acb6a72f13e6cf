"""Which words of a claim each of its citation groups stands behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.clauses import clauses


def test_each_group_carries_what_stands_between_it_and_the_one_before() -> None:
    exact = "Prices rose, while wages fell, and rents stayed."

    found = clauses(exact, [11, 29, 47])

    assert [exact[start:end] for start, end in found] == [
        "Prices rose",
        "while wages fell",
        "and rents stayed",
    ]


def test_words_behind_the_last_group_are_carried_by_none() -> None:
    exact = "Prices rose by a third, officials said on Monday."

    assert [exact[a:b] for a, b in clauses(exact, [22])] == ["Prices rose by a third"]


def test_a_group_with_nothing_of_its_own_shares_its_neighbours_words() -> None:
    exact = "Prices rose."

    assert clauses(exact, [12, 12]) == [(0, 12), (0, 12)]
    assert clauses(exact, [0, 12]) == [(0, 12), (0, 12)]


def test_a_work_that_the_sentence_tells_of_has_the_words_behind_its_author() -> None:
    exact = "Smith found that erosion grows, while Jones et al. deny it in part."
    places = [exact.index(" found"), exact.index(" deny"), len(exact) - 1]

    found = clauses(exact, places, ["Smith 2019", "Jones 2020", "Roe 2021"])

    assert [exact[start:end] for start, end in found] == [
        "Smith found that erosion grows, while",
        "Jones et al. deny it in part",
        "deny it in part",
    ]


def test_a_marker_that_is_a_subject_has_the_words_behind_it() -> None:
    exact = "[1] uses three tests, [2, 3] uses two, and it fell so [4] far."
    places = [exact.index("]", at) + 1 for at in (0, 22, 54)]

    found = clauses(exact, places, ["1", "2", "4"])

    assert [exact[start:end] for start, end in found] == [
        "[1] uses three tests",
        "[2, 3] uses two, and it fell so [4]",
        "uses two, and it fell so [4]",
    ]


def test_a_name_that_is_no_authors_changes_nothing() -> None:
    exact = "Prices rose, and Smith said so."

    assert clauses(exact, [11, 30], ["1", "2"]) == clauses(exact, [11, 30])


@given(
    st.text(max_size=60) | st.just("Roe said, and Roe et al. say. "),
    st.lists(st.integers(-3, 70), max_size=6),
)
@pytest.mark.no_cover
def test_every_clause_lies_in_its_claim(exact: str, places: list[int]) -> None:
    found = clauses(exact, sorted(places), ["Roe 2021"] * len(places))

    assert len(found) == len(places)
    assert all(0 <= start <= end <= len(exact) for start, end in found)
