"""A pattern that is compiled late is the pattern that it would have been."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.patterns import begins_line, begun_with, later


def test_nothing_is_compiled_before_it_is_asked_for() -> None:
    word = later(r"[a-z]+", re.I)

    assert word.pattern == "[a-z]+", "parts of other patterns need no compiling"
    assert "search" not in vars(word)
    assert word.search("1 Ab 2")
    assert "search" in vars(word), "from then on it is asked without a detour"


def test_it_answers_as_the_pattern_itself_does() -> None:
    early, late = (
        make(r"(?P<word>[a-z]+)(?P<number>[0-9])?", re.I) for make in (re.compile, later)
    )
    text = "Ab1 c, d2"

    assert late.findall(text) == early.findall(text)
    assert late.sub("-", text) == early.sub("-", text)
    assert late.split(text) == early.split(text)
    assert [each.span() for each in late.finditer(text)] == [
        each.span() for each in early.finditer(text)
    ]
    assert (late.match("1"), late.fullmatch("ab1c")) == (None, None)
    assert late.groupindex == early.groupindex
    assert late.flags == early.flags


def test_a_mistake_in_it_is_noticed_when_it_is_used() -> None:
    broken = later("(")
    with pytest.raises(re.error):
        broken.search("")


@pytest.mark.parametrize(
    ("text", "begins"), [("aa c", True), ("c\nbb", True), ("c aa\nab", False), ("", False)]
)
def test_a_line_that_begins_so_is_found(text: str, begins: bool) -> None:
    assert begins_line(later(r"^([ab])\1", re.M), text) is begins


@given(st.text(alphabet="[(（1a]) \n", max_size=40))
def test_brackets_that_are_looked_for_one_by_one_are_found_as_in_one_search(text: str) -> None:
    pattern = re.compile(r"[\[(（][1a ]{0,3}[\[(（]?1?[\])]")
    found = begun_with("[(（", pattern, text)
    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]
