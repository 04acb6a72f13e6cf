from datetime import UTC, datetime
from types import NoneType
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from ledger.document import Block, Finding, Reference
from ledger.entry import Entry
from ledger.journal import spelled
from ledger.model import (
    ENTRY_TYPES,
    Article,
    Attribution,
    Capture,
    Citation,
    Claim,
    Judgement,
    Outlet,
    Rating,
    Source,
)
from ledger.tables import ENTRY_TABLES, content_of, entry_of, row_of

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
TEXT_OR_NONE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NUMBER = st.integers(-(2**63), 2**63 - 1)
TIME = st.datetimes(timezones=st.just(UTC)).filter(lambda at: at > datetime(1, 1, 2, tzinfo=UTC))


def made(entry: type[Entry], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Entry]:
    return st.fixed_dictionaries(fields).map(lambda values: entry.make(**values))


ENTRIES = {
    "outlet": made(
        Outlet,
        key=TEXT,
        name=TEXT,
        domain=TEXT,
        kind=TEXT_OR_NONE,
        country=TEXT_OR_NONE,
        owner=TEXT_OR_NONE,
        since=TEXT_OR_NONE,
        until=TEXT_OR_NONE,
        aliases=st.none() | TEXTS,
        because=TEXT_OR_NONE,
    ),
    "rating": made(Rating, because=TEXT, list=TEXT, outlet=TEXT, value=TEXT),
    "source": made(Source, url=TEXT, host=TEXT_OR_NONE, outlet=TEXT_OR_NONE),
    "capture": made(
        Capture,
        source_id=TEXT,
        captured_at=TIME,
        requested_url=TEXT,
        final_url=TEXT,
        redirects=TEXTS,
        status=st.none() | NUMBER,
        headers=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
        media_type=TEXT_OR_NONE,
        charset=TEXT_OR_NONE,
        payload_digest=TEXT,
        size=NUMBER,
        allowed_private=TEXT_OR_NONE,
    ),
    "article": made(
        Article,
        capture_id=TEXT,
        source_id=TEXT,
        extractor=TEXT,
        references_digest=TEXT_OR_NONE,
        title=TEXT_OR_NONE,
        byline=TEXTS,
        published=TEXT_OR_NONE,
        dateline=TEXT_OR_NONE,
        language=TEXT_OR_NONE,
        text=TEXT,
        blocks=st.lists(st.builds(Block, NUMBER, NUMBER, st.just("row"), TEXTS)).map(tuple),
        references=st.lists(
            st.builds(Reference, marker=TEXT_OR_NONE, raw=TEXT, url=TEXT_OR_NONE, urls=TEXTS),
            max_size=3,
        ).map(tuple),
        findings=st.lists(
            st.builds(Finding, code=TEXT, detail=TEXT, at=st.none() | NUMBER), max_size=3
        ).map(tuple),
        revises=TEXT_OR_NONE,
    ),
    "claim": made(
        Claim,
        article_id=TEXT,
        start=NUMBER,
        end=NUMBER,
        exact=TEXT,
        section=TEXTS,
        kind=st.sampled_from(["cited", "covered", "attributed", "uncited", "not-a-claim"]),
        key=TEXT,
    ),
    "citation": made(
        Citation,
        claim_id=TEXT,
        group=NUMBER,
        ordinal=NUMBER,
        marker=TEXT_OR_NONE,
        raw=TEXT,
        at=NUMBER,
        form=st.sampled_from(["marker", "link", "navigation"]),
        url=TEXT_OR_NONE,
        source_id=TEXT_OR_NONE,
        gap=st.sampled_from([None, "no-reference", "no-address"]),
        revises=TEXT_OR_NONE,
        because=TEXT_OR_NONE,
    ),
    "attribution": made(
        Attribution,
        claim_id=TEXT,
        name=TEXT,
        outlet=TEXT_OR_NONE,
        start=NUMBER,
        end=NUMBER,
        group=st.none() | NUMBER,
    ),
    "judgement": made(
        Judgement,
        verb=st.just("link"),
        article_id=TEXT_OR_NONE,
        subject=TEXT,
        object=TEXT,
        by=TEXT,
        at=TIME,
        reason=TEXT_OR_NONE,
    ),
}


@given(st.one_of(*ENTRIES.values()))
def test_an_entry_comes_back_from_its_row_as_it_was(entry: Entry) -> None:
    row = row_of(entry.kind_of_entry, entry.content())
    assert {type(value) for value in row.values()} <= {str, int, NoneType}
    assert entry_of(entry.kind_of_entry, row) == entry
    assert content_of(entry.kind_of_entry, row) == entry.content()


@given(st.one_of(*ENTRIES.values()))
def test_what_an_entry_says_is_spelled_as_its_content(entry: Entry) -> None:
    assert spelled(entry.said()) == spelled(entry.content())


def test_every_kind_has_a_table_a_type_and_a_strategy() -> None:
    assert set(ENTRY_TABLES) == set(ENTRY_TYPES) == set(ENTRIES)
    for kind, table in ENTRY_TABLES.items():
        assert table.__tablename__ == kind


@pytest.mark.parametrize("kind", sorted(ENTRY_TYPES))
def test_columns_carry_the_names_of_fields_and_take_null_where_a_field_takes_none(
    kind: str,
) -> None:
    fields = ENTRY_TYPES[kind].model_fields
    columns = SQLModel.metadata.tables[kind].columns
    assert {column.name for column in columns} == set(fields)
    assert {column.name: column.nullable for column in columns} == {
        name: NoneType in get_args(field.annotation) for name, field in fields.items()
    }


def test_foreign_keys_are_satisfied_in_the_order_of_the_tables() -> None:
    done = {"payload"}
    for kind in ENTRY_TABLES:
        done.add(kind)
        keys = SQLModel.metadata.tables[kind].foreign_keys
        assert {key.column.table.name for key in keys} <= done


@pytest.mark.parametrize("damage", ["no json", None, 5, b"[]", "[" * 100_000, '"text"'])
def test_a_damaged_row_is_no_entry(damage: object) -> None:
    claim = Claim.make(article_id="a", start=0, end=1, exact="x", kind="cited", key="k")
    row = row_of("claim", claim.content())
    with pytest.raises(ValueError, match=r"section|Expecting value"):
        entry_of("claim", {**row, "section": damage})
