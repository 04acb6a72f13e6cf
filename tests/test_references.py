"""Lines -> reference list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.references import find_references, is_head


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
    ],
)
def test_heads_of_lists_are_known_in_many_languages(line: str) -> None:
    assert is_head(line)


@pytest.mark.parametrize(
    "line", ["", "Sources say the dam is old", "## Results", "He notes:", "x" * 81]
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


def test_a_word_between_two_others_is_no_host() -> None:
    listed = find_references(
        ["## Sources", "[1] The polka dot dress. Fashion Weekly.", "[2] https://b.example/2"]
    )

    assert listed.references[0].url is None


@given(st.lists(st.text(alphabet="[]()0123456789 .:-*#^ahtps/x\\", max_size=60), max_size=30))
def test_any_lines_whatever_are_read(lines: list[str]) -> None:
    listed = find_references(lines)

    assert all(0 <= number < len(lines) for number in listed.lines)
    assert listed.has_list >= bool(listed.references)
