"""A sentence -> the outlets it names as its origin. Registry names stand for themselves here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.attribute import attribute


def named(sentence: str) -> list[str | None]:
    return [
        each.outlet.name if each.outlet else None for each in attribute(sentence, 0, len(sentence))
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam broke, according to The Wall Street Journal.", ["The Wall Street Journal"]),
        ("Reuters reported that the dam broke.", ["Reuters"]),
        ("The New York Times first reported the plan.", ["The New York Times"]),
        ("A senior official told Axios on Sunday.", ["Axios"]),
        ("He told the BBC and Reuters that it broke.", ["BBC", "Reuters"]),
        ("A Fox News correspondent reported on Monday that it broke.", ["Fox News"]),
        ("A Washington Post investigation found cracks.", ["The Washington Post"]),
        ("Analysts cited by the Wall Street Journal doubt it.", ["The Wall Street Journal"]),
        ("LONDON (Reuters) - The dam broke.", ["Reuters"]),
        ("It broke on Monday (Reuters, 2025).", ["Reuters"]),
        ("Laut Reuters ist der Damm gebrochen.", ["Reuters"]),
        ("According to Time, it broke.", ["Time"]),
        ("Aid is slow, according to a report by Amnesty International.", ["Amnesty International"]),
        ("According to NASA, the probe landed.", ["NASA"]),
        ("As both NBC News and Bloomberg have reported, it broke.", ["NBC News", "Bloomberg"]),
        ("It broke, he said, via the Los Angeles Times.", ["Los Angeles Times"]),
        ("It is fatal, says WHO.", ["World Health Organization"]),
        ("“It is over”, reports Reuters.", ["Reuters"]),
        ("The BBC's report today claims that it broke.", ["BBC"]),
        (
            "According to the Centres for Disease Control (CDC), it spreads.",
            ["Centers for Disease Control and Prevention"],
        ),
        ("It was published on Monday in the journal Nature.", ["Nature"]),
    ],
)
def test_a_phrase_of_reporting_beside_a_name_is_an_attribution(
    sentence: str, expected: list[str]
) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Hackers attacked the BBC.",
        "Reuters is a company.",
        "Time will tell.",
        "According to nature, water flows.",
        "The White House announced a plan.",
        "Apple said it would pay.",
        "The British Broadcasting Corporation (BBC) was founded in 1922.",
        "He told the court that it broke.",
        "According to officials, it broke.",
        "She who reported it left.",
        "The times reported were wrong.",
        "I wrote back, saying that it broke.",
        "It is over, says the time traveller.",
        "Bombs hit Reuters and the BBC.",
        "According to the Cabinet Discussion Club (CDX), it spreads.",
        "",
    ],
)
def test_a_name_alone_is_none(sentence: str) -> None:
    assert named(sentence) == []


def test_the_span_is_the_name_as_written() -> None:
    text = "It broke. The dam fell, according to the Wall Street Journal, on Monday."
    (found,) = attribute(text, 10, len(text))

    assert found.name == text[found.start : found.end] == "Wall Street Journal"


def test_a_name_that_several_outlets_bear_is_recorded_without_outlet() -> None:
    assert named("The dam fell, The Guardian reported.") == [None]


@given(st.text(alphabet="according to told the BBCReuters,. ()'’", max_size=200))
def test_any_text_whatever_is_read(sentence: str) -> None:
    for each in attribute(sentence, 0, len(sentence)):
        assert sentence[each.start : each.end] == each.name
