"""Long answers come as columns, and say what rows of the same question say."""

import string

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.errors import StoreError
from ledger.reader import Reader
from ledger.schema import Place

BETWEEN = "\x1f"

some_rows = st.lists(
    st.tuples(
        st.none() | st.text(f"{string.printable}é\u2028\U0001f600{BETWEEN}", max_size=5),
        st.none() | st.integers(-(2**63), 2**63 - 1),
    ),
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=some_rows)
@example(rows=[])
@example(rows=[("", 0)])
@example(rows=[("", 0), ("", -1)])
@example(rows=[(f"a{BETWEEN}b", 1), ("c", 2)])
@example(rows=[(f"a{BETWEEN}b", 1), (None, 2)])
@example(rows=[("a,b", None), ("c", 2)])
def test_columns_hold_what_rows_do(db: Place, rows: list[tuple[str | None, int | None]]) -> None:
    each = [
        f"SELECT CAST(:text{at} AS TEXT) AS said, CAST(:number{at} AS BIGINT) AS counted"
        for at in range(len(rows))
    ]
    nothing = "SELECT CAST('' AS TEXT) AS said, CAST(0 AS BIGINT) AS counted WHERE 1 = 0"
    values = {f"text{at}": text for at, (text, _) in enumerate(rows)}
    numbers = {f"number{at}": number for at, (_, number) in enumerate(rows)}
    asked = " UNION ALL ".join([*each, nothing])
    with Reader(db) as reader:
        said, counted = reader.columns(asked, ["said"], ["counted"], {**values, **numbers})
    assert sorted(zip(said, counted, strict=True), key=repr) == sorted(rows, key=repr)


def test_a_number_that_is_none_is_damage(db: Place) -> None:
    with Reader(db) as reader, pytest.raises(StoreError, match="damaged"):
        reader.columns("SELECT CAST('many' AS TEXT) AS counted", [], ["counted"])


def test_columns_of_one_name_are_all_given(db: Place) -> None:
    with Reader(db) as reader:
        assert reader.tuples("SELECT 1 AS one, 2 AS one, :also AS one", {"also": "3"}) == [
            (1, 2, "3")
        ]
        assert reader.tuples_for(
            "SELECT :also AS one, 2 AS one WHERE 'a' IN :ids", ["a"], {"also": "3"}
        ) == [("3", 2)]
