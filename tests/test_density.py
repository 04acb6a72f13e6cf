"""Texts with more markers and paragraphs than any real one: read in part, kept whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.density import most_entries, most_items, most_sentences
from ledger.extract.markdown import read_markdown
from ledger.split import split

SHAPES = [
    "[1-400] ",
    "①",
    "a[1]",
    "# a\n",
    "[1]: x\n",
    "Abc. [1] ",
    "| a [1] ",
    "^1^ ",
    "[1]<br>A ",
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.no_cover
def test_what_is_too_dense_is_bounded_and_stays_in_the_text(shape: str) -> None:
    listed = "[1]: https://a.example/"
    text = f"The ferry left [1].\n\n{shape * 12_000}\n\nThe end of it.\n\n{listed}"

    document = read_markdown(text)

    cited = sum(len(mention.labels) or 1 for mention in document.mentions)
    assert len(document.blocks) + cited <= most_items(len(text)) + 400  # the widest range
    assert len(document.references) <= most_entries(len(text))
    assert "The end of it." in document.text
    assert document.text.startswith("The ferry left.")


def test_it_is_said() -> None:
    document = read_markdown("The ferry left [1-400].\n\n" + "# a\n" * 20_000)

    (finding,) = [each for each in document.findings if each.code == "too-dense"]
    assert finding.at is not None
    assert document.text[finding.at :].startswith("a\n# a\n")


def test_a_paragraph_of_endless_sentences_keeps_its_last_words() -> None:
    document = read_markdown("Aa. " * 20_000 + "The end of it.")

    sentences = list(split(document))

    assert len(sentences) <= most_sentences(len(document.text))
    assert document.text[sentences[-1].start : sentences[-1].end].endswith("The end of it.")


@given(st.integers(0, 100_000_000))
def test_more_text_may_hold_more(length: int) -> None:
    assert most_items(length) <= most_items(length + 16)
    assert most_sentences(length) >= 40


def test_a_paragraph_over_several_lines_is_kept_whole() -> None:
    dense = "[1] a\n\n" * 20_000

    document = read_markdown(f"{dense}The first line\nand the second\nand the last.\n\nBehind it.")

    for words in ("The first line", "and the second", "and the last.", "Behind it."):
        assert words in document.text


def test_what_stands_behind_too_many_lines_is_kept_and_said() -> None:
    text = (
        "The ferry left [1].\n\n"
        + "a\n" * 60_000
        + "\nThe end of it [1].\n\n[1] https://a.example/"
    )

    document = read_markdown(text)

    (finding,) = [each for each in document.findings if each.code == "too-dense"]
    assert finding.at is not None
    assert "lines" in finding.detail
    assert "The end of it [1]." in document.text[finding.at :]
    assert document.text.startswith("The ferry left.")


@pytest.mark.no_cover
def test_what_stands_behind_too_many_lines_is_kept_when_the_last_block_was_too_dense() -> None:
    text = "The ferry left.\n\n" + "[1]: x\n" * 60_000 + "\nThe end of it."

    document = read_markdown(text)

    assert document.text.endswith("The end of it.")


def test_an_anthology_of_short_lines_is_read_to_its_end() -> None:
    verse = "the tide comes in\nthe tide goes out\nand nobody is there\n\n" * 4_000

    document = read_markdown(f"{verse}\nThe end of it [1].\n\n[1] https://a.example/")

    assert "too-dense" not in {each.code for each in document.findings}
    assert document.mentions
