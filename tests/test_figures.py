"""Which figures are in a sentence, in digits or words, and whether two sentences have the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.figures import same_figures
from ledger.figures.found import found


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Two people in twenty-one houses", ["2", "21"]),
        ("one hundred and five thousand", ["105000"]),
        ("two and a half million, half a million", ["2500000", "500000"]),
        ("a third of them, two thirds, one-third", ["1/3", "2/3", "1/3"]),
        ("half a dozen, two dozen", ["6", "24"]),
        ("hundreds of people", ["~100"]),
        ("It was twice as high.", ["2"]),
        ("thirty and forty; two, three", ["30", "40", "2", "3"]),
        ("$3.2m, $4bn, 5m", ["3200000", "4000000000", "5"]),
        ("3.2 million, 3,200,000, 3.200.000", ["3200000"] * 3),
        ("At 10:30 on 3/5/2024, 1.500", ["10:30", "3", "5", "2024", "1.500"]),
        ("2½ and 1/3", ["2", "1/2", "1/3"]),
        ("3,2 Mio. Euro, drei Milliarden", ["3200000", "3000000000"]),
        ("einundzwanzig von zweihundert, die Hälfte", ["21", "200", "1/2"]),
        ("quatre-vingt-dix-sept, soixante-dix, vingt et un", ["97", "70", "21"]),
        ("treinta y cinco, dos mil, 3 mil millones", ["35", "2000", "3000000000"]),
        ("ventuno, duemila; vinte e dois, dois terços", ["21", "2000", "22", "2/3"]),
        ("eenentwintig, drieëntwintig miljoen", ["21", "23000000"]),
        ("двадцать пять миллионов, три тысячи, четырёх", ["25000000", "3000", "4"]),
        ("3.2亿，三百二十万，两人，二〇二五年", ["320000000", "3200000", "2", "2025"]),
        ("一万五千亿，三亿五千万", ["1500000000000", "350000000"]),
        ("740千卡，500万千瓦时", ["740", "5000000"]),
        ("三分之一，百分之五，数百人，百万人", ["1/3", "5", "~100", "1000000"]),
    ],
)
def test_figures_are_what_they_are_worth(text: str, worth: list[str]) -> None:
    assert [each.worth for each in found(text) if each.sure] == worth


@pytest.mark.parametrize(
    "text",
    [
        "One of them left a second later, for the first time.",
        "A third bridge, in the first half",
        "A half-hearted plan of both",
        "mio padre, due to them, los dos, ten most, per cent",
        "零件，万一十分危险，一些人四处第三次",
        "nobody",
    ],
)
def test_what_only_may_be_a_figure_is_none_for_sure(text: str) -> None:
    assert not [each for each in found(text) if each.sure]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Two people left.", "Three people left.", False),
        ("Two people left.", "Both people left.", True),
        ("Two people left.", "One person left.", False),
        ("One person left.", "1 person left.", True),
        ("One person left.", "A person left.", True),
        ("a third", "a half", False),
        ("3.2 million", "3.2 billion", False),
        ("3.2 million", "3,200,000", True),
        ("twenty", "forty", False),
        ("twenty", "20", True),
        ("twice", "three times", False),
        ("the nineteenth century", "the 19th century", True),
        ("3.2万人", "3.2亿人", False),
        ("两名", "三名", False),
        ("12 and 14", "14 and 12", True),
    ],
)
def test_same_figures(one: str, other: str, same: bool) -> None:
    assert same_figures(one, other) is same
    assert same_figures(other, one) is same


def test_order_counts_where_it_is_asked_for() -> None:
    assert not same_figures("12 and 14", "14 and 12", ordered=True)
    assert same_figures("twelve and 14", "12 and fourteen", ordered=True)


words = [
    "two",
    "a",
    "half",
    "and",
    "million",
    "third",
    "一",
    "万",
    "分之",
    "1.5",
    "1/0",
    "-",
    " ",
    "²",
]


@given(st.lists(st.sampled_from(words), max_size=40).map(" ".join) | st.text())
def test_any_text_has_the_figures_that_it_has(text: str) -> None:
    assert same_figures(text, f"{text} ")
