"""Lines -> reference list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.document import Reference
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.named_rows import with_named_rows
from ledger.extract.lists.references import find_references
from ledger.extract.lists.run_on import run_on
from ledger.resolve import References


@pytest.mark.parametrize(
    "line",
    [
        "## References",
        "References",
        "**Sources:**",
        "### 8. Works cited",
        "参考文献：",
        "## 六、参考资料",
        "## 8. 主要参考来源",
        "Quellen",
        "Источники",
        "المصادر",
        "出典",
        "# IV. Notes",
        "## Links and references",
        "## Complete source registry",
        "## 参考文献・出典",
        "## Źródła i odniesienia",
    ],
)
def test_heads_of_lists_are_known_in_many_languages(line: str) -> None:
    assert is_head(line)


@pytest.mark.parametrize(
    "line",
    ["", "Sources say the dam is old", "## Results", "## Sources and uses", "He notes:", "x" * 81],
)
def test_other_lines_are_no_heads(line: str) -> None:
    assert not is_head(line)


def test_a_head_above_prose_heads_no_list() -> None:
    listed = find_references(["## Notes", "", "The dam is old. Nobody checked it."])

    assert listed.references == ()
    assert listed.lines == frozenset()


def test_prose_after_the_list_is_not_part_of_it() -> None:
    lines = ["## Sources", "[1] https://a.example/1", "", "---", "", "Written by nobody."]
    listed = find_references(lines)

    assert listed.lines == frozenset({0, 1})
    assert [ref.marker for ref in listed.references] == ["1"]


def test_a_sentence_that_begins_with_a_marker_is_no_entry() -> None:
    listed = find_references(["[1] The dam broke, as the report said."])

    assert listed.references == ()


def test_bullets_under_a_head_are_entries_without_marker() -> None:
    listed = find_references(
        ["Sources", "- [The daily](https://a.example/1)", "- https://b.example/2"]
    )

    assert [(ref.marker, ref.url, ref.title) for ref in listed.references] == [
        (None, "https://a.example/1", "The daily"),
        (None, "https://b.example/2", None),
    ]


def test_a_title_that_continues_on_the_next_line_belongs_to_its_entry() -> None:
    lines = [
        "## References",
        "1. Roe, J. Dams",
        "   of the world. https://a.example/1",
        "2. https://b.example/2",
    ]
    listed = find_references(lines)

    assert [(ref.marker, ref.title) for ref in listed.references] == [
        ("1", "Roe, J. Dams of the world"),
        ("2", None),
    ]


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Report on “The Rents”, https://a.example/1", "Report on “The Rents”"),
        ("“The Wages”: a report. https://a.example/1", "“The Wages”: a report"),
        ('Roe, A. (2002), "The Prices." https://a.example/1', 'Roe, A. (2002), "The Prices."'),
        ('"The Trade": why? https://a.example/1', '"The Trade": why?'),
        ('"The Trade" https://a.example/1', "The Trade"),
        ("“The Trade.” https://a.example/1", "The Trade"),
        ("The Ships (Port Office, 2020, https://a.example/1)", "The Ships (Port Office, 2020)"),
        ("The Ships (2020) (https://a.example/1).", "The Ships (2020)"),
        ("The Tides, 18-24 ( https://a.example/1 )", "The Tides, 18-24"),
        ("The Tides, 18-24 (https://a.example/1)", "The Tides, 18-24"),
        ("(https://a.example/1; https://a.example/2)", None),
        (
            'Roe, A. "Walls." Port News. Available: https://a.example/1',
            'Roe, A. "Walls." Port News',
        ),
        (
            'J. Doe, "Divers," 2021. [Online]. Available: https://a.example/1',
            'J. Doe, "Divers," 2021',
        ),
        ('Port Times. "Cranes". [Online]. https://a.example/1', 'Port Times. "Cranes"'),
        ("Tickets Available Now. https://a.example/1", "Tickets Available Now"),
    ],
)
def test_a_title_keeps_the_other_half_of_its_signs(entry: str, title: str | None) -> None:
    listed = find_references(["## Sources", "", f"[1] {entry}"])
    assert [(ref.url, ref.title) for ref in listed.references] == [("https://a.example/1", title)]


def test_a_word_between_two_others_is_no_host() -> None:
    listed = find_references(
        ["## Sources", "[1] The polka dot dress. Fashion Weekly.", "[2] https://b.example/2"]
    )

    assert listed.references[0].url is None


def labels_and_lines(text: str) -> tuple[list[str | None], set[int]]:
    listed = find_references(text.split("\n"))
    return [ref.marker for ref in listed.references], set(listed.lines)


A, B = "https://a.example/1", "https://b.example/2"


@pytest.mark.parametrize(
    ("text", "labels", "taken"),
    [
        ("[Host]: Welcome, prices rose.", [], set()),
        (f"[Host]: Welcome, see {A} now.", [], set()),
        ("[12:30]: Wages fell", [], set()),
        ("[2]: prices rose [1]", [], set()),
        (f"[2]: prices rose [1]\n[1]: {A}", ["1"], {1}),
        ("[2]: Smith, Title", [], set()),
        (f"[2]: Smith, Title\n[1]: {A}", ["2", "1"], {0, 1}),
        (f"[1]: {A}\n[2]: Smith\n[3]: Doe", ["1", "2", "3"], {0, 1, 2}),
        (f"[1]: Smith. {A}", ["1"], {0}),
        (f"[S1]: Smith. {A}", ["S1"], {0}),
        (f"[home]: {A}", ["home"], {0}),
        (f"[roe]: Roe. {A}\n[doe]: Doe. {B}", ["roe", "doe"], {0, 1}),
        (f"[1]:\n{A}", ["1"], {0, 1}),
        (f"[1] Roe. Dams.\n{A}", ["1"], {0, 1}),
        (f"[1] Roe. {A}\n\n[2] Doe. {B}", ["1", "2"], {0, 2}),
        ("[^1]: Smith, Title", ["1"], {0}),
        ("[^1]: Smith,\nTitle, p. 3.\nProse.", ["1"], {0, 1}),
        ("[^1]: Smith,\nProse cites [^1].", ["1"], {0}),
        ("[^1]: Smith\n  Title\n\n    More.\n\n  Prose.", ["1"], {0, 1, 3}),
        ("[^1]: Smith\n  [^2]: Doe", ["1", "2"], {0, 1}),
        (f"```\n[1]: {A}\n```", [], set()),
        (f"```\nSources\n1. {A}\n```\nSources\n1. {B}", ["1"], {4, 5}),
    ],
)
def test_definitions_are_known_without_a_head(
    text: str, labels: list[str], taken: set[int]
) -> None:
    assert labels_and_lines(text) == (labels, taken)


@pytest.mark.parametrize(
    ("text", "labels", "taken"),
    [
        (f"Sources\n1. {A}\n2. {B}\nIt fell [2].\n\n- It rose [1].", ["1", "2"], {0, 1, 2}),
        (f"Sources\n1. {A}\n2. {B}\nIt fell.", ["1", "2"], {0, 1, 2}),
        (f"Sources\n1. {A}\n2. {B}\n\n- It rose.", ["1", "2"], {0, 1, 2}),
        (f"Sources\n1. {A}\n2. {B}\n\n1. It rose [2].", ["1", "2"], {0, 1, 2}),
        (f"Sources\n- {A}\n- {B}\n\n- It rose.\n- It fell.", [None, None], {0, 1, 2}),
        (f"Sources\n1. {A}\n2. {B}\n\n3. It rose [1].", ["1", "2"], {0, 1, 2}),
        ("Sources\n1. Roe.\n\n2. Doe, see [1].", ["1", "2"], {0, 1, 2, 3}),
        (f"Sources\n[1] Roe\n{A}\n[2] Doe\n{B}\nNext", ["1", "2"], {0, 1, 2, 3, 4}),
        (f"Sources\n1. {A}\n   - The daily\n2. {B}", ["1", "2"], {0, 1, 2, 3}),
        (f"Sources\n1. Roe\n- {A}", ["1"], {0, 1, 2}),
        (f"Sources\n1. {A}\n\n   Its note.\n\n2. {B}", ["1", "2"], {0, 1, 2, 3, 4, 5}),
        (f"Sources\n[1] {A}\nThe daily\n[2] {B}\nThe weekly", ["1", "2"], {0, 1, 2, 3, 4}),
        ("Sources\n1. Roe. Dams.\nNature.\n2. Doe. Rails.\nScience.", ["1", "2"], {0, 1, 2, 3, 4}),
        (f"Sources\n1. Roe. Dams.\nNature.\n{A}", ["1"], {0, 1, 2, 3}),
        (f"Sources\n1. Roe. Dams.\n\n{A}", ["1"], {0, 1, 2, 3}),
        ("Sources\n1. Roe. Dams.\nNature.", ["1"], {0, 1}),
        (f"Sources\n---\n1. {A}\n---\n2. {B}", ["1"], {0, 1, 2}),
        (f"References\n====\n1. {A}", ["1"], {0, 1, 2}),
        (f"References\n====\n## News\n1. {A}\n## Papers\n2. {B}", ["1", "2"], set(range(6))),
        (f"## References\n### News\n1. {A}\n### Papers\n\n2. {B}", ["1", "2"], set(range(6))),
        (f"## References\n1. {A}\n## Outlook\n2. {B}", ["1"], {0, 1}),
        (f"## References\n1. {A}\n### Outlook\nProse.", ["1"], {0, 1}),
        (f"Sources\n1. {A}\n# Findings\n2. {B}", ["1"], {0, 1}),
        (f"It fell [1].\n\n1. [A]({A})\n2. [B]({B})\n", ["1", "2"], {2, 3}),
        (f"It fell.¹\n\n1. [A]({A})\n\n2. [B]({B})", ["1", "2"], {2, 4}),
        (f"It fell.\n\n1. [A]({A})\n2. [B]({B})", [], set()),
        (f"It fell [1].\n\n1. [A]({A})", ["1"], {2}),
        (f"It fell.\n\n1. [A]({A})", [], set()),
        ("It fell [1].\n\n1. Roe did.", [], set()),
        (f"It fell [1].\n\n1. [A]({A})\n3. [B]({B})", ["1", "3"], {2, 3}),
        ("It fell [1].\n\n1. Roe did.\n3. Doe did.", [], set()),
        (f"It fell [1].\n\n1. [A]({A})\n2. [B]({B})\n\nMore.", [], set()),
    ],
)
def test_a_list_ends_where_prose_begins(text: str, labels: list[str], taken: set[int]) -> None:
    assert labels_and_lines(text) == (labels, taken)


@pytest.mark.parametrize(
    "unit",
    ["Sources\n- a\n", "- Sources\n", "[1]: a\n", "[^1]: a\n    b\n\n", "Sources\n1. a\nb\n"],
)
@pytest.mark.no_cover
def test_hostile_lists_are_read_to_the_end(unit: str) -> None:
    # What is quadratic does not come back; benchmarks/parse.py has the timings.
    lines = (unit * 20_000).split("\n")

    assert all(0 <= number < len(lines) for number in find_references(lines).lines)


def test_many_tables_of_addresses_are_read_to_the_end() -> None:
    lines = ("| a | url |\n|---|---|\n| 1 | https://a.example/ |\n" * 20_000).split("\n")

    assert len(with_named_rows(lines)) == len(lines)


@pytest.mark.no_cover
def test_an_entry_of_many_lines_is_read_to_the_end() -> None:
    lines = ["Sources", "1. a", *["b"] * 60_000]

    assert len(find_references(lines).references) <= 1


@given(st.lists(st.text(alphabet="[]()0123456789 .:-*#^ahtps/x\\", max_size=60), max_size=30))
def test_any_lines_whatever_are_read(lines: list[str]) -> None:
    listed = find_references(lines)

    assert all(0 <= number < len(lines) for number in listed.lines)
    assert bool(listed.lines) == bool(listed.references)


def test_entries_on_one_line_rise_and_a_year_between_them_is_none() -> None:
    listed = run_on(
        "[1] Gazette, dams [2] The ten lakes [2024] of it [3] A letter", under_head=True
    )

    assert [labels for labels, _ in listed] == [("1",), ("2",), ("3",)]
    assert listed[1][1] == "The ten lakes [2024] of it"
    said = "[1] is the best one, [3] says little, [2] is silent, [4] is lost"
    assert not run_on(said, under_head=True)


def test_an_entry_keeps_what_is_whole_beside_a_path_that_starts_nowhere() -> None:
    entry = Reference(
        "1", "Roe. Gates", url="gates.html", urls=("gates.html", "https://a.example/b")
    )

    (alone,) = References([entry]).entries
    (within,) = References([entry], base="https://c.example/d/").entries

    assert (alone.url, alone.urls) == ("https://a.example/b", ("https://a.example/b",))
    assert within.urls == ("https://c.example/d/gates.html", "https://a.example/b")
