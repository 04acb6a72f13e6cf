"""Files of what people know of outlets: which shapes are read, and what is said of wrong ones."""

import io
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import NotFoundError, UsageError
from ledger.outlets import outlet_of
from ledger.pipeline.facts import Facts
from ledger.pipeline.outlet_file import MOST_BYTES, MOST_ROWS, read_facts, read_ratings

FOLDER = Path(__file__).parent.parent / "fixtures" / "outlet-lists"
WRONG: dict[str, str] = json.loads((FOLDER / "wrong" / "expected.json").read_text("utf-8"))
TODAY = "2026-01-01"


def key_of(cell: str) -> str:
    found = outlet_of(f"https://{cell}")
    if found is None:
        raise NotFoundError(cell, "no outlet has this name", candidates=("A (a.example)",))
    return found.key


def facts(body: bytes) -> list[Facts]:
    return read_facts(io.BytesIO(body), "list", key_of, today=TODAY)


def ratings(body: bytes) -> dict[str, str]:
    return read_ratings(io.BytesIO(body), "list", key_of)


def test_a_change_of_owner_is_two_rows_with_their_periods() -> None:
    old, new, other = facts((FOLDER / "change-of-owner.csv").read_bytes())
    assert (old.facts["owner"], old.since, old.until) == ("Old House", None, "2019-03")
    assert (new.facts["owner"], new.since, new.until) == ("New House", "2019-03", None)
    assert new.aliases == ("The Morning", "晨报")
    assert other.said() == {"name": "Evening Sheet", "kind": "newspaper"}  # empty: not said


def test_semicolons_and_a_byte_order_mark_are_read() -> None:
    found = facts((FOLDER / "semicolons-and-mark.csv").read_bytes())
    assert [(each.key, each.facts) for each in found] == [
        ("morning.example", {"name": "Morning Post", "country": "GB"}),
        ("evening.example", {"name": "Sheet; of the evening"}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whatever_a_spreadsheet_writes_says_the_same(
    encoding: str, end: str, delimiter: str
) -> None:
    rows = (("Domain", " NAME "), ("morning.example", "Größe"), ("", ""))
    text = end.join(delimiter.join(row) for row in rows) + end
    (found,) = facts(text.encode(encoding))
    assert (found.key, found.facts) == ("morning.example", {"name": "Größe"})


def test_json_says_the_same_as_csv() -> None:
    first, second = facts((FOLDER / "a-list.json").read_bytes())
    assert (first.key, first.aliases) == ("morning.example", ("The Morning", "晨报"))
    assert first.facts == {"name": "Morning Post"}  # null: not said
    assert second.facts == {"country": "US"}
    assert facts(b'{"domain": "morning.example", "name": "A"}')[0].facts == {"name": "A"}


def test_a_list_of_ratings_is_an_outlet_and_a_value() -> None:
    body = (FOLDER / "ratings.csv").read_bytes()
    assert ratings(body) == {"morning.example": "high", "evening.example": "low"}
    assert ratings(b'[{"domain": "morning.example", "rating": 3}]') == {"morning.example": "3"}


@pytest.mark.parametrize("name", sorted(path.name for path in (FOLDER / "wrong").iterdir()))
def test_what_is_wrong_is_said_with_its_place(name: str) -> None:
    if name == "expected.json":
        assert set(WRONG) == {each.name for each in (FOLDER / "wrong").iterdir()} - {name}
        return
    with pytest.raises(UsageError) as caught:
        facts((FOLDER / "wrong" / name).read_bytes())
    assert str(caught.value).startswith(f"list: {WRONG[name]}")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"outlet,value\na.example,\n", "line 2, column value: it is empty"),
        (b"outlet,value\na.example,a=b\n", (
                                               "line 2, column value: a value cannot contain "
                                               "an equals sign"
                                           )),
        (b"outlet,value,rating\na.example,1,2\n", "line 2: no column says anything about it"),
        (b"outlet\na.example\n", "line 2: no column says anything about it"),
        (b"outlet,domain,value\na.example,a.example,1\n", "outlet say the same"),
        (b"Dear aunt,\nthe old, dry dam, broke\n", "line 1: the column 'dear aunt' is not known"),
        (b"outlet,value\na.example,high,1\n", "line 2: 3 cells under 2 columns"),
        (b"outlet,value\na.example,1\nA.example,2\n", "line 3, column outlet: A.example is a"),
        (b"outlet,value\nnobody,1\n", "has this name: 'nobody'. Did you mean: A (a.example)?"),
        (b'[{"outlet": "a.example\\ud800", "value": "1"}]', "column outlet: it contains half"),
        (b'[{"outlet": "a.example", "value": "\\udfff"}]', "column value: it contains half"),
        (b'[{"outlet": "a.example", "value": "1\\u0000"}]', "column value: it contains half"),
        (b"outlet,value\na.example," + b"x" * 200_000 + b"\n", "line 2 is not CSV: field larger"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_list_of_ratings_is_said(body: bytes, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        ratings(body)
    assert message in str(caught.value)


def test_all_rows_that_are_wrong_are_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        ratings(b"outlet,value\na.example,\nnobody,1\nb.example,2\nb.example,3\n")
    assert caught.value.message == (
        "3 rows are wrong: line 2, column value: it is empty; line 3, column outlet: no "
        "outlet has this name: 'nobody'; line 5, column outlet: of b.example line 4 already "
        "says something"
    )
    assert "Leave out the rows" in str(caught.value.remedy)
    assert "Keep one of them" in str(caught.value.remedy)


def test_a_file_of_wrong_rows_is_not_told_row_by_row() -> None:
    rows = "".join(f"o{number}.example,x,yesterday\n" for number in range(40))
    with pytest.raises(UsageError) as caught:
        facts(f"domain,name,since\n{rows}".encode())
    assert caught.value.message.startswith("40 rows are wrong: line 2, column since: ")
    assert caught.value.message.endswith("; and 30 more")
    assert caught.value.message.count("line ") == 10


class Endless(io.RawIOBase):
    """Says "a" for ever; tells how much was read."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        self.taken += size
        return b"a" * size


def test_a_file_without_end_is_read_to_a_bound() -> None:
    endless = Endless()
    with pytest.raises(UsageError, match="larger than 16 MB"):
        read_facts(endless, "list", key_of, today=TODAY)  # type: ignore[arg-type] # reads bytes
    assert endless.taken == MOST_BYTES + 1


@pytest.mark.no_cover
def test_rows_beside_counting_are_refused() -> None:
    rows = "".join(f"n{number}.example,a\n" for number in range(MOST_ROWS + 1))
    with pytest.raises(UsageError, match="more than 100,000 rows"):
        ratings(f"outlet,value\n{rows}".encode())


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b"," * 2_000_000, b'{"a":' * 100_000, b"\x00" * 1000, b"9" * 10_000]
)
def test_what_is_hostile_is_refused_at_once(body: bytes) -> None:
    with pytest.raises(UsageError):
        facts(body)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_file_is_read_or_refused(body: bytes) -> None:
    for read in (facts, ratings):
        with suppress(UsageError):
            assert read(body)


def test_a_list_of_ratings_that_is_taken_for_outlets_is_told_its_option() -> None:
    with pytest.raises(UsageError, match="give it a name: --rating NAME"):
        read_facts(io.BytesIO(b"outlet,value\na.example,low\n"), "a.csv", str, today="2026-01-01")
