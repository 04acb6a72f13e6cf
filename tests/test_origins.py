"""Which addresses say that their story is an agency's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import outlets
from ledger.origins import origin_of


@pytest.mark.parametrize(
    ("url", "agency"),
    [
        ("https://gazette.example/wires/reuters/article-1/talks", "Reuters"),
        ("https://gazette.example/agencia-efe/talks", "EFE"),
        ("https://gazette.example/news/ap/talks-resume", "Associated Press"),
        ("https://gazette.example/agencies/2025/01/afp/talks", "Agence France-Presse"),
        ("https://reuters.com/world/reuters/talks", None),  # its own outlet
        ("https://gazette.example/topic/reuters/all", None),  # about it
        ("https://gazette.example/news/reuters", None),  # the story itself is called so
        ("https://gazette.example/news/talks-resume", None),
        ("https://gazette.example/", None),
        ("urn:sha256:0", None),
        ("https://[", None),
    ],
)
def test_only_a_segment_of_the_path_names_an_agency(url: str, agency: str | None) -> None:
    found = origin_of(url)

    assert (found and found.name) == agency


def test_each_name_of_an_agency_that_is_its_alone_says_so() -> None:
    every = [phrase for of_word in outlets.phrases().values() for phrase in of_word]
    for phrase in every:
        wire = phrase.key is not None and outlets.kind_of(phrase.key) == "wire"
        found = origin_of(f"https://gazette.example/wire-{'-'.join(phrase.tokens)}/talks")
        expected = phrase.key if wire and not phrase.ambiguous else None
        assert (found and found.key) == expected, phrase


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    origin_of(text)
    origin_of(f"https://a.example/{text}")
