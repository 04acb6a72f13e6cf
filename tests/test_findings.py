"""Findings by which others go: what they were made of is read from their words again."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import findings

NAMES = st.text(st.characters(categories=["L", "N"], include_characters=" .,&'-"), min_size=1)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("wire-credit", partial(findings.crediting, by="page")),
        ("wire-credit", partial(findings.crediting, by="text")),
        ("wire-credit", partial(findings.crediting, by="data")),
        ("marker-without-reference", findings.nowhere),
    ],
)
@given(said=NAMES.filter(lambda name: len(name) <= 80))
def test_a_name_or_marker_is_read_again(code: str, words: Callable[[str], str], said: str) -> None:
    assert findings.said_by({"code": code, "detail": words(said)}) == said


@pytest.mark.parametrize(
    ("code", "words"), [("other-address", findings.own_address), ("redirected", findings.led_to)]
)
def test_an_address_is_read_again(code: str, words: Callable[[str], str]) -> None:
    address = "https://courier.example/a?b=(c)&d=e"
    assert findings.said_by({"code": code, "detail": words(address)}) == address


@pytest.mark.parametrize(
    ("code", "detail"),
    [("wire-credit", "other words"), ("dead-link", findings.crediting("Reuters", "page"))],
)
def test_other_words_or_another_code_say_nothing(code: str, detail: str) -> None:
    assert findings.said_by({"code": code, "detail": detail}) is None
