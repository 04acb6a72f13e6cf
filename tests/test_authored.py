"""Works cited by author and year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import named_works


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Roe, A., Coe, B. (2021). Quays. https://one.example", "Roe 2021"),
        ("Doe J. Cranes. Harbour Review. 2019a;12:3.", "Doe 2019a"),
        ("- Van der Poe, K. (2020). Rain.", "Van der Poe 2020"),
        ("Harbour Board (2024). Report.", "Harbour Board 2024"),
        ("Roe et al., Quays, 2021", "Roe 2021"),
        ("Official report: quays closed (May 17, 2023). [3]", None),
        ("See https://one.example/2021/quays", None),
        ("The quay sank.", None),
        ("", None),
    ],
)
def test_an_entry_is_named_by_its_first_author_and_year(line: str, label: str | None) -> None:
    assert authored(line) == label


@pytest.mark.parametrize(
    ("inside", "labels"),
    [
        ("Roe et al., 2021", ("Roe 2021",)),
        ("Roe & Poe, 2021, p. 4", ("Roe 2021",)),
        ("see Roe, Poe, and Doe 2021; Moe, 2019a, b", ("Roe 2021", "Moe 2019a", "Moe 2019b")),
        ("Roe, 2019, 2021", ("Roe 2019", "Roe 2021")),
        ("2021", None),
        # No list has such works, and then it is prose.
        ("in early 2021 and late 2022", ("in early 2021", "late 2022")),
        ("Roe, 2021; and others", None),
    ],
)
def test_brackets_name_works(inside: str, labels: tuple[str, ...] | None) -> None:
    assert named_works(inside) == labels


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    authored(text)
    named_works(text)
