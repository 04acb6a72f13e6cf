"""What a cheap look passes over is what the whole rule would have left as it is.

Rules that few texts need ask first for what they cannot do without. Here each is asked with that
look and without it, of random texts that are made of its own signs.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import patterns
from ledger.extract import same_again
from ledger.extract.lists import addresses
from ledger.extract.markers import glued, in_brackets, numbers, worded
from ledger.extract.respell import own_sources
from ledger.letters import holds
from ledger.names import REGISTRY
from ledger.split import boundaries, whole_words

MOST = 14
"""Parts of a random text."""


def texts(*parts: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), max_size=MOST).map("".join)


BRACKETS = texts(
    "[", "]", "(", ")", "【", "】", "（", "）", "［", "］", "1", "12, 3", " ", "Source", "source 1",
    "see ", "ref. ", "注", "註1", "来源1", "№ 2", "Nr. 3", "*", "_", "ibid.", "Ibid., p. 3", "id.",
    "ebd.", "там же", "同上", ",", ";", "^1", "ref_1", "web:2", "\\", "†", "a", "Roe",
)  # fmt: skip


@pytest.mark.no_cover
@settings(max_examples=300)
@given(BRACKETS)
@pytest.mark.parametrize(
    ("signs", "pattern", "behind"),
    [
        ("[【", worded._CALLED_SOURCES, worded._BEGINS_CALLED),
        ("(（", worded._CALLED_SOURCES, worded._BEGINS_CALLED),
        (numbers.OPENING, in_brackets._BRACKETS, in_brackets._BEGINS),
        (same_again._OPENS, same_again._AGAIN, same_again._WORD),
    ],
)
def test_brackets_are_passed_over_that_hold_something_else(
    signs: str, pattern: re.Pattern[str], behind: str, text: str
) -> None:
    found = patterns.begun_with(signs, pattern, text, behind)
    every = (match for match in patterns.begun_with(signs, pattern, text))
    assert [match.span() for match in found] == [match.span() for match in every]


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(
    texts("fell", ".", "。", "!", "”", ")", "*", "1", "2,3", " ", "\n", "字", "«", "A", "…", "-4")
)
def test_stops_are_passed_over_that_no_number_is_glued_to(text: str) -> None:
    pattern = glued._GLUED_LAST
    found = patterns.begun_with(glued._LAST_STOPS, pattern, text, glued._BEHIND_LAST)
    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]


def _undotted(text: str) -> str:
    text = addresses._DOTTED_HOST.sub(lambda match: addresses._DOT.sub(".", match[0]), text)
    return addresses._DOT_WORD.sub(".", addresses._CUT_SHORT.sub(r"\1", text))


DOTS = texts(
    "dot", "DOT", "Dot", " ", "[.]", "[dot]", "(dot)", "a", "kremlin", "ru", "com", "https://",
    "[http://kremlin](http://kremlin)", ".", "[", "](", ")", "\n", "/x", "anecdote",
)  # fmt: skip


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(DOTS)
def test_entries_are_passed_over_in_which_no_dot_is_a_word(text: str) -> None:
    assert addresses._dotted(text) == _undotted(text)


def _bare(text: str) -> str:
    return boundaries._ASIDE_END.sub(r"X\1X", boundaries._ROUND_COUNTER.sub(r"X\1X", text))


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(texts("(", ")", "1", "12", "2019", " ", "a", "Roe et al., ", ".", "\n", "ii", "children 2"))
def test_brackets_are_passed_over_that_end_with_no_number(text: str) -> None:
    bare = _bare(text)
    if bare.count("(") > bare.count(")"):
        bare = boundaries._without_unclosed(bare)
    assert boundaries._unquoted(text, ()) == bare


def _led_lines(text: str) -> int:
    """Lines that begin with such a head and have the first number behind it."""
    return sum(own_sources._LED.match(f"{line}\n") is not None for line in text.split("\n"))


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(
    texts("Sources:", "**Sources:**", "Source：", " ", "[1]", "[1] ", "\n", "a", "- ", "[2]", "*")
)
def test_first_numbers_are_passed_over_that_stand_behind_no_head(text: str) -> None:
    assert own_sources._may_be_led(f"{text}\n") == (_led_lines(text) >= own_sources._FEWEST)


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(texts("notes", "a", "-", ".md", ".html", ".", "”", " ", "The", "the", "É", "“", "\n", "("))
def test_a_file_at_the_end_of_a_sentence_is_found_from_its_own_stop(text: str) -> None:
    from_letters = re.compile(
        whole_words._FILE_STOP.pattern.replace(r"\.(?<=[\w-]{2}\.)", r"[\w-]{2}\.", 1)
    )
    assert [each.span("stop") for each in whole_words._FILE_STOP.finditer(text)] == [
        each.span("stop") for each in from_letters.finditer(text)
    ]


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(texts(*sorted(REGISTRY._small), "x", " ", ".", "24", "é", "-"))
def test_sentences_are_passed_over_that_have_no_small_name(text: str) -> None:
    every = (match.start() for match in REGISTRY._in_small.finditer(text))
    assert list(REGISTRY.small_in(text)) == list(every)


@pytest.mark.no_cover
@settings(max_examples=1000)
@given(
    texts("[", "]", "(", "#", "\n", "1", ".", "a", "b", " ", "路", "：", "_", "x"),
    texts("[", "]", "(", "#", "\n", "1", ".", "a", "b", "路", "："),
)
def test_marks_and_signs_say_what_a_text_holds(text: str, sign: str) -> None:
    assert holds(text, sign) == (sign in text)
