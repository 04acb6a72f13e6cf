"""Findings by which others go: what they were made of is read from their words again."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import finding_words

NAMES = st.text(st.characters(categories=["L", "N"], include_characters=" .,&'-"), min_size=1)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("wire-credit", partial(finding_words.crediting, by="page")),
        ("wire-credit", partial(finding_words.crediting, by="text")),
        ("wire-credit", partial(finding_words.crediting, by="data")),
        ("marker-without-reference", finding_words.nowhere),
    ],
)
@given(said=NAMES.filter(lambda name: len(name) <= 80))
def test_a_name_or_marker_is_read_again(code: str, words: Callable[[str], str], said: str) -> None:
    assert finding_words.said_by({"code": code, "detail": words(said)}) == said


@pytest.mark.parametrize(
    ("code", "words"),
    [("other-address", finding_words.own_address), ("redirected", finding_words.led_to)],
)
def test_an_address_is_read_again(code: str, words: Callable[[str], str]) -> None:
    address = "https://courier.example/a?b=(c)&d=e"
    assert finding_words.said_by({"code": code, "detail": words(address)}) == address


@pytest.mark.parametrize(
    ("code", "detail"),
    [("wire-credit", "other words"), ("dead-link", finding_words.crediting("Reuters", "page"))],
)
def test_other_words_or_another_code_say_nothing(code: str, detail: str) -> None:
    assert finding_words.said_by({"code": code, "detail": detail}) is None
