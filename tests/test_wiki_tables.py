"""Tables of wikitext: where cells begin, and what stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.wiki.marks import balanced
from ledger.extract.wiki.spell import TABLE_MARKS
from ledger.extract.wiki.tables import marked, with_rows

WORDS = st.text("abc+-!", min_size=1, max_size=8).filter(lambda word: word[0] in "abc")


def rows(text: str) -> list[list[str]]:
    """The cells of each row of Markdown, without the lines below heads."""
    lines = (line for line in text.split("\n") if line[:1] == "|" and line != "| --- |")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def read(wikitext: str) -> str:
    return with_rows(marked(balanced(wikitext)))


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_every_cell_is_in_its_row_however_it_is_written(
    table: list[list[str]], data: st.DataObject
) -> None:
    def one(row: list[str]) -> str:
        look = data.draw(st.sampled_from(["", 'style="x" | ', "rowspan=2|"]))
        between = data.draw(st.sampled_from([" || ", "\n|", "\n| ", "\n|a=1|"]))
        return f"|{look}{between.join(row)}"

    written = "\n|-\n".join(map(one, table))

    assert rows(read(f'{{| class="wikitable"\n|-\n{written}\n|}}')) == table


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("a <!-- | --> b", "a <!-- | --> b"),
        ("{{convert|5|km}}", "{{convert|5|km}}"),
        ("[[Fell|the Fell]]", "[[Fell|the Fell]]"),
        ("<nowiki>a || b</nowiki>", "<nowiki>a || b</nowiki>"),
        ('<span class="a||b">c</span>', '<span class="a||b">c</span>'),
        ("<ref>a || b</ref>", "<ref>a || b</ref>"),
        ("wow!! b", "wow!! b"),
        ("a\nb || c | d", "a b || c | d"),
        ("[[A|a]] | b", "[[A|a]] | b"),
    ],
)
def test_bars_that_part_no_cells(cell: str, said: str) -> None:
    assert read(f"{{|\n| {cell}\n|}}").strip() == f"| {said} |"


def test_a_table_in_a_cell_is_part_of_that() -> None:
    (row,) = rows(read("{|\n| a\n|\n{|\n| b\n|-\n| c\n|}\n| d\n|}"))
    assert [cell for cell in row if cell] == ["a", "b", "c", "d"]


def test_what_stands_outside_of_cells_is_kept_in_its_place() -> None:
    assert read("{|\n{{rows}}\n|-\n| a\n|-\ntext\n|}").split() == "{{rows}} | a | text".split()


@pytest.mark.parametrize(
    "text", ["{|\n| a", "a || b", "| a\n|}", "{{a|\n{|\n| b\n|}\n}}", "! a !! b", "|- a"]
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert marked(text) == text


@given(st.text("{|}[]!-+<>ref/\n ab", max_size=60))
def test_no_mark_is_left(text: str) -> None:
    assert not set(TABLE_MARKS).intersection(read(text))
