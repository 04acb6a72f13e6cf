"""One block of marked-up characters -> clean prose and markers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.inline import clean

EVIDENCE = Evidence(frozenset({"1", "2", "5", "13"}))


@pytest.mark.parametrize(
    ("raw", "text", "marks"),
    [
        ("posture [5][13]. Critics", "posture. Critics", [(7, "5", 0), (7, "13", 0)]),
        ("It rained. [5] [13] Nobody", "It rained. Nobody", [(10, "5", 0), (10, "13", 0)]),
        ("rained.[5]It", "rained. It", [(7, "5", 0)]),
        ("fell ([2], [5]) and rose", "fell and rose", [(4, "2", 0), (4, "5", 0)]),
        ("a (see [1]) x", "a x", [(1, "1", 0)]),
        ("a [1], b [2].", "a, b.", [(1, "1", 0), (4, "2", 1)]),
        ("说【1】，另", "说，另", [(1, "1", 0)]),
        ("[1] leads", "leads", [(0, "1", 0)]),
        ("the [report][2] says", "the report says", [(10, "2", 0)]),
        ("see [a report][9] now", "see [a report] now", [(14, "9", 0)]),
    ],
)
def test_markers_are_cut_out_with_the_space_that_served_them(
    raw: str, text: str, marks: list[tuple[int, str, int]]
) -> None:
    inline = clean(raw, EVIDENCE)

    assert inline.text == text
    assert [(mark.at, *mark.labels, mark.run) for mark in inline.marks] == marks


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**bold** and *it* and __b__", "bold and it and b"),
        ("snake_case and 5*3 and 2 * 4", "snake_case and 5*3 and 2 * 4"),
        ("`code [1]` stays", "code [1] stays"),
        ("a &amp; b &lt;c&gt; &nosuch", "a & b <c> &nosuch"),
        ("line<br>break <u>u</u>", "line break u"),
        (r"1\. \*not\* \[sic\]", "1. *not* [sic]"),
        ("![chart](c.png) shown", "shown"),
        ("~~struck~~", "struck"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_markup_goes_and_words_stay(raw: str, text: str) -> None:
    assert clean(raw, EVIDENCE).text == text


def test_a_link_covers_its_words() -> None:
    inline = clean('The [*daily* news](https://a.example/x_(y) "T") wrote.', EVIDENCE)

    assert inline.text == "The daily news wrote."
    (mark,) = inline.marks
    assert (mark.form, mark.url, mark.labels) == ("link", "https://a.example/x_(y)", ())
    assert inline.text[mark.at - mark.anchor : mark.at] == "daily news"


def test_a_bare_address_stays_readable() -> None:
    inline = clean("See https://a.example/x. Then <https://b.example> too.", EVIDENCE)

    assert inline.text == "See https://a.example/x. Then too."
    assert [mark.url for mark in inline.marks] == ["https://a.example/x", "https://b.example"]


def test_an_address_in_brackets_of_its_own_is_cut_out() -> None:
    inline = clean("It broke (https://a.example/x). Then", EVIDENCE)

    assert inline.text == "It broke. Then"
    assert [(mark.at, mark.url) for mark in inline.marks] == [(8, "https://a.example/x")]


def test_characters_that_stand_in_for_markers_cannot_be_smuggled_in() -> None:
    inline = clean("a \ufdd0 b \ufdd1 c [1].", EVIDENCE)

    assert inline.text == "a \ufffd b \ufffd c."
    assert [mark.labels for mark in inline.marks] == [("1",)]


@given(st.text(max_size=400))
def test_any_text_whatever_is_cleaned(raw: str) -> None:
    inline = clean(raw, EVIDENCE)

    assert all(0 <= mark.at <= len(inline.text) for mark in inline.marks)
    assert [mark.at for mark in inline.marks] == sorted(mark.at for mark in inline.marks)
    assert not {"\ufdd0", "\ufdd1"} & set(inline.text)


# No "a": it is the Czech "and", which goes between two markers.
words = st.lists(st.sampled_from(["the", "dam", "broke", "on", "one", "night"]), min_size=1)


@given(st.lists(st.tuples(words, st.lists(st.sampled_from(["1", "2", "5", "13"]))), min_size=1))
def test_markers_put_into_clean_prose_come_back(parts: list[tuple[list[str], list[str]]]) -> None:
    raw = " ".join(
        " ".join(each) + (" " + "".join(f"[{label}]" for label in labels) if labels else "")
        for each, labels in parts
    )
    inline = clean(f"{raw}.", EVIDENCE)

    assert inline.text == " ".join(" ".join(each) for each, _ in parts) + "."
    found = [label for mark in inline.marks for label in mark.labels]
    assert found == [label for _, labels in parts for label in labels]
