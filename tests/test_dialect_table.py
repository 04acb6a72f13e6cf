"""The dialect table, and what decides between two readings."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.markers.admit import if_numbers_fit
from ledger.extract.markers.dialect import Dialect
from ledger.extract.markers.dialects import DIALECTS, MARKER
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.marker import Marker
from ledger.extract.markers.meaning import read
from ledger.extract.markers.numbers import expand

LISTED = Evidence(frozenset({"1", "2", "3", "2024"}))
UNLISTED = Evidence(frozenset())
EXAMPLES = frozenset(
    {"1", "2", "3", "11", "12", "99", "100", "R3", "Roe20", "†", "Roe 2021", "roe2020"}
)
EVERY = Evidence(EXAMPLES, kinds=frozenset(), rounded=True)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_each_dialect_reads_its_own_example(dialect: Dialect) -> None:
    match = MARKER.fullmatch(f"It rose {dialect.example}", len("It rose "))

    assert match is not None
    assert DIALECTS[int(str(match.lastgroup)[1:])] is dialect
    assert read(match, EVERY) is not None


@pytest.mark.parametrize(
    ("inside", "labels"),
    [
        ("5", ("5",)),
        ("2, 7", ("2", "7")),
        ("3;9", ("3", "9")),
        ("4-6", ("4", "5", "6")),
        ("4–6", ("4", "5", "6")),
        ("1—3, 7", ("1", "2", "3", "7")),
        ("05", ("5",)),
        ("７、８", ("7", "8")),
        ("6-4", None),
        ("1-2-3", None),
        ("1-900", None),
    ],
)
def test_ranges_and_lists_are_expanded(inside: str, labels: tuple[str, ...] | None) -> None:
    assert expand(inside) == labels


ZEROS = tuple(char for char in map(chr, range(0x1_0000)) if unicodedata.decimal(char, None) == 0)


@pytest.mark.parametrize("zero", ZEROS, ids=lambda zero: unicodedata.name(zero).lower())
@given(number=st.integers(1, 999))
@pytest.mark.no_cover
def test_numbers_are_read_in_the_digits_of_every_script(zero: str, number: int) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    match = MARKER.fullmatch(f"It rose [{written}]", len("It rose "))

    assert match is not None
    marker = read(match, Evidence(frozenset({str(number)})))
    assert marker is not None
    assert marker.labels == (str(number),)


@pytest.mark.parametrize(
    ("labels", "before", "expected"),
    [
        (("1",), "", True),
        (("2024",), "", True),  # the list has it
        (("1999",), "", False),
        (("0", "1"), "", False),
        (("12", "18"), "95% CI ", False),
        (("1", "2"), "95% CI ", False),
        (("1", "3"), "beyond this range ", True),
        (("7", "9"), "in the range ", False),
        (("7",), "in the range ", True),
        (("1200",), "", False),
        (("17",), "", True),
    ],
)
def test_the_documents_own_evidence_decides(
    labels: tuple[str, ...], before: str, expected: bool
) -> None:
    assert if_numbers_fit(Marker(labels), before, LISTED) is expected


def test_without_a_list_plausible_numbers_are_markers() -> None:
    assert if_numbers_fit(Marker(("13",)), "posture ", UNLISTED)
    assert not if_numbers_fit(Marker(("2019",)), "in ", UNLISTED)


@given(st.lists(st.integers(1, 998), min_size=1, max_size=20))
def test_a_list_in_brackets_gives_its_numbers_back(numbers: list[int]) -> None:
    raw = f"[{', '.join(map(str, numbers))}]"
    match = MARKER.fullmatch(raw)

    assert match is not None
    marker = read(match, UNLISTED)
    assert marker is not None
    assert marker.labels == tuple(map(str, numbers))


@pytest.mark.parametrize(
    "hostile",
    [
        "[1" + ",1" * 60,
        "[" * 3000,
        "[1](" * 1000,
        "[a](b" * 1000,
        "[[1]](" + "(" * 3000,
        "![" * 2000,
    ],
)
def test_no_dialect_backtracks_without_end(hostile: str) -> None:
    # With a catastrophic pattern this does not come back; benchmarks/parse.py has the timings.
    assert all(match.end() <= len(hostile) for match in MARKER.finditer(hostile))
