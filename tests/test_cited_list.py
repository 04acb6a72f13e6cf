"""Lists that only the text's citations show, and lines that are parts of entries."""

import pytest

from ledger.extract.lists.broken_address import goes_on, joined, runs_over
from ledger.extract.lists.counted import counted
from ledger.extract.lists.references import find_references

A, B = "https://times.example/a", "https://post.example/b"


@pytest.mark.parametrize(
    ("line", "way", "labels"),
    [
        ("1. Roe", "stopped", ("1",)),
        ("**2)** Roe", "stopped", ("2",)),
        ("٣) Roe", "stopped", ("3",)),
        ('<a id="ref1"></a>1. Roe', "stopped", ("1",)),
        ("- 1: Roe", "parted", ("1",)),
        ("1 – Roe", "parted", ("1",)),
        ("1\tRoe", "bare", ("1",)),
        ("1", "bare", ("1",)),
        (f"1 {A}", "bare", ("1",)),
        ("(4) Roe", "rounded", ("4",)),
        ("② Roe", "circled", ("2",)),
        ("<sup>3</sup> Roe", "raised", ("3",)),
        ("[1] [04] Roe", "bracketed", ("1", "4")),
        ("Source 3: Roe", "named", ("3",)),
        ("注3）示例", "named", ("3",)),
        ("| [7] | Roe | x |", "row", ("7",)),
    ],
)
def test_lists_are_counted_in_many_ways(line: str, way: str, labels: tuple[str, ...]) -> None:
    found = counted(line)
    assert found is not None
    assert (found.way, found.labels) == (way, labels)


@pytest.mark.parametrize(
    "line",
    ["1 in 3 houses", "Roe", "", "- Roe", "[a] Roe", "Note that 3", "| a | 1 |", "1.", "12345 a"],
)
def test_other_lines_count_nothing(line: str) -> None:
    assert counted(line) is None


@pytest.mark.parametrize(
    ("line", "below", "whole"),
    [
        (f"Roe. {A}/", "b/c.html", True),
        (f"{A}-", "b-c", True),
        (f"{A}?q=", "b.c.", True),
        (f"{A}/", "Accessed", False),
        (f"{A}/", "2019.", False),
        (f"{A}/", "b/c d", False),
        (f"{A}/", B, False),
        (A, "b/c.html", False),
        ("and/", "b/c.html", False),
        ("", "b/c.html", False),
    ],
)
def test_an_address_goes_on_where_it_was_broken_off(line: str, below: str, whole: bool) -> None:
    assert goes_on(line, below) is whole
    assert joined([line, below]) == (line + below if whole else f"{line} {below}".strip())


@pytest.mark.parametrize(
    ("below", "whole"), [("b2c7 and more", True), ("b/c and more", True), ("dams and more", False)]
)
def test_a_line_is_filled_by_an_address_that_a_mixed_word_goes_on_with(
    below: str, whole: bool
) -> None:
    assert runs_over(f"Roe, {A}/", below) is whole


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (f"It fell [1][2].\n\n1 Roe, {A}\n2 Doe, p. 4", ["1", "2"]),
        (f"It fell (1), it rose (2).\n\n1. Roe {A}\n2. Doe {B}", ["1", "2"]),
        (f"It fell (note 1; note 2).\n\nNote 1: {A}\nNote 2: {B}", ["1", "2"]),
        (f"It fell [1][2].\n\n[1] Roe.\nOn it.\n{A}\n[2] Doe.\nOn it.\n[3] {B}", ["1", "2", "3"]),
        (f"It fell [1][2].\n\n1. Roe {A}\n2. Doe.\nThanks.", []),
        (f"It fell [1][2][3].\n\n1. Roe {A}\n2. Doe", []),
        (f"It fell [1][9].\n\n## More\n1. Roe {A}\n3. Doe {B}", ["1", "3"]),
        (f"It fell [7][9].\n\n## More\n1. Roe {A}\n3. Doe {B}", []),
        (f"It fell [5][6][7].\n\n1 Roe {A}\n2 Doe {B}", []),
        (f"It fell.\n\n1 Roe {A}\n2 Doe {B}", []),
        (f"It fell [1][2].\n\n1. Roe {A}\n2. Doe {B} rose [1].", []),
        (f"It fell [[1]]({A})[[2]]({B}).\n\n1 Roe {A}\n2 Doe {B}", ["1", "2"]),
        (f"It fell [[1]]({A})[[2]]({B}).\n\n1 Roe {A}\n2 Doe", []),
        (f"It fell [4].\n\n1 Roe {A}\n2 Doe {B}\n3 {A}c\n4 {B}c\n5 {A}d", [*"12345"]),
        (f"It fell [4].\n\nSources\n\n|1|Roe|{A}|\n|4|Doe|{B}|\n|9|Poe|{A}c|", [*"149"]),
        (f"It fell [4].\n\n1. Roe {A}\n3. Doe {B}", []),
        (f"It fell 【1†L2】[citation:2].\n\n1. Roe {A}\n2. Doe {B}", ["1", "2"]),
    ],
)
def test_a_list_is_what_the_text_cites(text: str, labels: list[str]) -> None:
    found = find_references(text.split("\n")).references
    assert [reference.marker for reference in found] == labels


def test_the_title_of_a_document_heads_no_list() -> None:
    lines = f"# Title\n[1] {A}\n[2] {B}\nIt fell [1][2].".split("\n")
    assert 0 not in find_references(lines).lines


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (f"Sources\n1. Roe\n   - {A}", [(A,)]),
        (f"Sources\n1. [Roe]({A})\n   - {B}", [(A,), (B,)]),
        (f"Sources\n1. Roe\n- Date: May\n- URL: {A}\n2. {B}", [(A,), (B,)]),
        (f"Sources\n- [1] Roe\n- URL: {A}", [(A,)]),
        (f"Sources\n<ul>\n<li>{A}</li>\n<li>{B}</li>\n</ul>\nMore.", [(A,), (B,)]),
        (f"Sources\n\n<ol><li>{A}</li><li>{B}", [(A,), (B,)]),
        (f"{A}\n{B}", []),
    ],
)
def test_parts_of_an_entry_belong_to_it(text: str, urls: list[tuple[str, ...]]) -> None:
    assert [reference.urls for reference in find_references(text.split("\n")).references] == urls
