"""Lines -> blocks: what a line is, and where a block ends."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.classify import classify
from ledger.extract.counters import counters
from ledger.extract.fences import fences
from ledger.extract.lines import blocks
from ledger.extract.respell.drawn_tables import with_drawn_tables
from ledger.extract.respell.line_blocks import LINE_BLOCK, as_lines
from ledger.extract.respell.soft_ends import with_soft_ends


def cut(text: str, *, plain: bool = False) -> list[tuple[str, str]]:
    found = blocks(text.split("\n"), frozenset(), plain=plain)
    return [(block.role, block.text) for block in found]


@pytest.mark.parametrize(
    ("line", "role", "text"),
    [
        ("## Intro to C#", "heading", "Intro to C#"),
        ("## Closed ##", "heading", "Closed"),
        ("## ##", "heading", ""),
        ("#hashtag", "paragraph", "#hashtag"),
        ("> > Twice quoted", "quote", "Twice quoted"),
        ("> - item", "item", "item"),
        ("- - -", "furniture", ""),
        ("====", "furniture", ""),
        ("| a | b |", "row", "| a | b |"),
    ],
)
def test_a_line_is_known_by_its_marks(line: str, role: str, text: str) -> None:
    found = classify(line)

    assert (found.role, found.text) == (role, text)


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["J. K. Rowling sold it."], set()),
        (["S. Lavrov said so.", "", "T. Roe did not."], {0, 2}),
        (["A. Roe said so.", "", "K. Doe did not."], set()),
        (["5. Mai war ein Tag."], set()),
        (["1. One", "", "Its text.", "", "2. Two"], {0, 4}),
        (["1. One", "1. Another"], {0, 1}),
        (["7. One", "- under it"], {0}),
        (["- above", "7. One"], {1}),
        (["3) Three"], {0}),
        (["(3. Three"], {0}),
        (["**3. Three**"], {0}),
        (["  3. Three"], {0}),
        (["  B. Three"], set()),
        (["a) Three"], {0}),
        (["**a) Three**"], set()),
        (["a. One", "b. Two"], {0, 1}),
        (["a. One", "B. Two"], set()),
        (["1. One", *["text"] * 80, "2. Two"], set()),
        (["> 1. One", "> 2. Two"], {0, 1}),
    ],
)
def test_a_counter_is_one_where_a_sibling_or_its_looks_say_so(
    lines: list[str], items: set[int]
) -> None:
    assert counters(lines) == items


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["```", "x", "```"], {0: False, 1: True, 2: False}),
        (["```py", "x", "````", "y"], {0: False, 1: True, 2: False}),
        (["````", "```", "````"], {0: False, 1: True, 2: False}),
        (["~~~ a `b`", "```", "~~~"], {0: False, 1: True, 2: False}),
        (["```rm``` is deadly", "x", "```y```"], {}),
        (["```py", "Prices rose."], {0: False}),
        (["``` this is no fence", "Prices rose."], {}),
        (["```", "x", "```y"], {0: False, 2: False}),
        (["```", "~~~"], {0: False, 1: False}),
    ],
)
def test_fenced_code_is_between_two_fences_and_nowhere_else(
    lines: list[str], expected: dict[int, bool]
) -> None:
    assert fences(lines) == expected


def test_code_is_kept_and_ends_a_paragraph() -> None:
    assert cut("One\n```\n  x = 1\n\n```\ntwo") == [
        ("paragraph", "One"),
        ("code", "  x = 1"),
        ("paragraph", "two"),
    ]


def test_a_quotation_interrupts_a_paragraph_and_is_continued() -> None:
    assert cut("He said this.\n> Prices\n> rose.\nlazily") == [
        ("paragraph", "He said this."),
        ("quote", "Prices rose. lazily"),
    ]


def test_a_name_at_the_start_of_a_wrapped_line_stays() -> None:
    text = (
        "The minister met his colleagues in the capital, and the talks went on as\n"
        "S. Lavrov said on Monday in a statement to the reporters who had come on\n"
        "5. Mai to the capital, where nobody else had been waiting for so long in\n"
        "the rain."
    )

    assert cut(text) == [("paragraph", text.replace("\n", " "))]


def test_a_bar_in_code_or_escaped_parts_no_cells() -> None:
    (row,) = blocks(["| `x|y` | a \\| b | `open | end |"], frozenset(), plain=False)

    assert row.cells == ("`x|y`", "a \\| b", "`open", "end")


HOSTILE: dict[str, Callable[[int], str]] = {
    "heading": lambda n: "# a" + " " * n + "x",
    "closing run": lambda n: "# " + "#" * n + "x",
    "divider": lambda n: "a\n\n-" + " " * n + "x",
    "bold": lambda n: "**a**" + " " * n + "x",
    "quotes": lambda n: "> " * n + "x",
    "fences": lambda n: "```x\n" * n,
    "counters": lambda n: "1. a\n" * n,
    "cells": lambda n: "|`" * n + "|",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.no_cover
def test_hostile_lines_are_read_to_the_end(name: str) -> None:
    # What is quadratic does not come back; benchmarks/parse.py has the timings.
    text = HOSTILE[name](60_000)

    assert sum(len(str(block[1])) for block in cut(text)) <= len(text)


@given(st.text(alphabet="`~#>|-*_=1a.) \n[]é", max_size=200), st.booleans())
def test_any_lines_whatever_are_cut(text: str, plain: bool) -> None:
    assert all(words.strip() for role, words in cut(text, plain=plain) if role != "row")


def test_a_drawn_row_that_is_not_closed_loses_no_letter() -> None:
    text = "+-----+-----+\n| Dam | Fell\n+-----+-----+"
    assert with_drawn_tables(text) == text


def test_lines_between_hard_ends_are_joined() -> None:
    text = "It\nfell\\\nby\nhalf\\\n- in\n  May"
    assert with_soft_ends(text) == "It fell\\\nby half\\\n- in May"


def test_many_lines_kept_by_bars_are_one_block_and_none_where_a_row_follows() -> None:
    block = "\n".join(["| The dam rose."] * 900)

    assert LINE_BLOCK.sub(as_lines, block) == "The dam rose.  \n" * 900
    assert LINE_BLOCK.sub(as_lines, f"{block}\n| Dam | Mill") == f"{block}\n| Dam | Mill"
