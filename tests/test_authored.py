"""Works cited by author and year."""

from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.lines import Raw
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import named_works
from ledger.extract.markers.names_inside import with_names_inside
from ledger.extract.same_again import with_works_again


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


@pytest.mark.parametrize(
    ("before", "work"),
    [
        ("Long ago it was found at the quay by Roe", "Roe 2021"),
        ("Long ago it was found at the quay by Roe and Poe", "Roe 2021"),
        ("Long ago it was found by Roe, Poe, Moe & Coe", "Roe 2021"),
        ("Long ago it was found by Van der Roe et al.", "Van der Roe 2021"),
        ("It rose. So says the Old Lurn Harbour Board", "Old Lurn Harbour Board 2021"),
    ],
)
def test_a_work_is_named_by_the_last_words_before_its_year(before: str, work: str) -> None:
    name = work.removesuffix(" 2021")
    assert with_names_inside(f"{before} (2021)", frozenset([work])) == f"{before} ({name}, 2021)"


def test_the_names_of_several_authors_are_looked_for_only_where_a_second_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pattern = Mock(search=Mock(return_value=None))
    monkeypatch.setattr("ledger.extract.markers.names_inside._NAMES_BEFORE", pattern)
    text = "As it was said in the town and at the quay, Roe (2021) has it. " * 9
    assert with_names_inside(text, frozenset(["Roe 2021"])).count("(Roe, 2021)") == 9
    assert pattern.search.call_count == 0
    with_names_inside("As Roe and Poe (2021) say.", frozenset(["Roe 2021"]))
    assert pattern.search.call_count == 1


@pytest.mark.parametrize("same", ["ibid., p. 5", "_ibid._, p. 5", "_Id._, p. 5", "Id., p. 5"])
@pytest.mark.parametrize("words", [0, 5_000])
def test_the_work_before_is_named_in_a_block_of_any_length(same: str, words: int) -> None:
    block = Raw("paragraph", f"Rents rose (Roe, 2021). {'a ' * words}They fell ({same}).")

    (found,) = with_works_again([block], frozenset(["Roe 2021"]), authored=True)

    assert found.text.endswith("They fell (Roe, 2021, p. 5).")
