"""How alike sentences are, which became which, and what changed in them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.rewording import REWORDED, likeness, pairs, plain_words, word_diff

WORDS = ["the", "dam", "broke", "held", "noon", "12", "people", ",", "."]
sentences = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dam “broke”.", 'the  dam "broke"'),
        ("It’s the dam – really", "It's the dam - really."),
        ("Ｔhe dam", "the dam"),
    ],
)
def test_copying_changes_nothing(one: str, other: str) -> None:
    assert plain_words(one) == plain_words(other)


def test_likeness_has_two_ends() -> None:
    assert likeness("the dam broke", "the dam broke") == 1
    assert likeness("abc", "xyz") == 0
    assert likeness("the dam broke", "the dam held", least=0.99) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_diff_makes_both_sentences_again(earlier: str, later: str) -> None:
    pieces = word_diff(earlier, later)
    assert "".join(piece.text for piece in pieces if piece.op != "in") == earlier
    assert "".join(piece.text for piece in pieces if piece.op != "out") == later


@given(sentences, sentences)
@example("the dam broke at noon .", "the dam held at noon .")
def test_a_word_diff_of_sentences_makes_both_again_and_shows_no_empty_change(
    earlier: str, later: str
) -> None:
    pieces = word_diff(earlier, later)
    assert "".join(piece.text for piece in pieces if piece.op != "in") == earlier
    assert "".join(piece.text for piece in pieces if piece.op != "out") == later
    assert all(piece.text for piece in pieces)


def test_changes_that_stand_together_are_one() -> None:
    pieces = word_diff("The dam broke at noon.", "The dam gave way late.")
    assert [(piece.op, piece.text) for piece in pieces] == [
        ("same", "The dam "),
        ("out", "broke at noon"),
        ("in", "gave way late"),
        ("same", "."),
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "changed"),
    [
        ("Output fell 3,100 tons.", "Output fell 3,700 tons.", ("3,100", "3,700")),
        ("It rose 2.5%.", "It rose 2.75%.", ("2.5", "2.75")),
        ("He didn't say.", "He don't say.", ("didn't", "don't")),
    ],
)
def test_figures_and_shortened_words_change_as_a_whole(
    earlier: str, later: str, changed: tuple[str, str]
) -> None:
    pieces = word_diff(earlier, later)

    assert tuple(piece.text for piece in pieces if piece.op != "same") == changed


def test_what_is_too_long_is_replaced() -> None:
    assert [piece.op for piece in word_diff("a " * 5000, "b")] == ["out", "in"]


@settings(max_examples=200)
@given(st.lists(sentences, max_size=7), st.lists(sentences, max_size=7))
@pytest.mark.no_cover
def test_pairs_are_an_assignment_that_no_better_pair_is_left_out_of(
    earlier: list[str], later: list[str]
) -> None:
    found = pairs(earlier, later)
    assert found == pairs(earlier, later)
    taken = [new for new, _ in found.values()]
    assert len(taken) == len(set(taken))
    for old, (new, alike) in found.items():
        assert alike == likeness(earlier[old], later[new]) >= REWORDED
    # a pair that was not taken is less alike than what one of its two has, or too little
    have_old = {old: alike for old, (_, alike) in found.items()}
    have_new = dict(found.values())
    for old, one in enumerate(earlier):
        for new, other in enumerate(later):
            alike = likeness(one, other)
            better = max(have_old.get(old, 0), have_new.get(new, 0))
            assert alike <= REWORDED or alike <= better


def test_many_sentences_are_compared_with_those_around_them() -> None:
    many = [f"number {n} of the sentences {n * 7919 % 10007}" for n in range(3000)]
    moved = [*many[1:], many[0]]
    found = pairs(many, moved, least=0.99)
    assert sum(moved[new] == many[old] for old, (new, _) in found.items()) >= 2999
