"""What is kept of a marker is what the document has, however it was spelled to be read."""

import pytest

from ledger.extract.markdown import read_markdown

_LIST = "\n\n## References\n\n1. https://example.org/a\n2. https://example.org/b\n"


@pytest.mark.parametrize(
    ("prose", "written"),
    [
        ("It rose [doc1]. It fell [doc2].", ["[doc1]", "[doc2]"]),
        ("It rose [footnote 1]. It fell [footnote 2].", ["[footnote 1]", "[footnote 2]"]),
        ("It rose [ref_1,ref_2]. It fell [ref_2].", ["[ref_1,ref_2]", "[ref_1,ref_2]", "[ref_2]"]),
        ("It rose [1](p12). It fell [2].", ["[1](p12)", "[2]"]),
        ("It rose ^1(p12),2^. It fell ^1(p3)^.", ["^1(p12),2^", "^1(p12),2^", "^1(p3)^"]),
        ("It rose.1 It fell.2 It sank.1 It left.2", ["1", "2", "1", "2"]),
        ("It rose [src1]. It fell [src2].", ["[src1]", "[src2]"]),
        ("It rose [1]. It fell [2].", ["[1]", "[2]"]),
    ],
)
def test_a_marker_is_kept_as_it_is_written(prose: str, written: list[str]) -> None:
    assert [each.raw for each in read_markdown(prose + _LIST).mentions for _ in each.labels] == (
        written
    )


def test_a_way_beside_the_usual_one_is_not_taken_for_it() -> None:
    mentions = read_markdown(f"It rose [1]. It fell [doc2].{_LIST}").mentions
    assert mentions[0].raw == "[1]"
