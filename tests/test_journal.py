from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import journal
from ledger.entry import Entry
from ledger.errors import IntegrityError
from ledger.ids import canonical
from ledger.journal import (
    GENESIS,
    Erased,
    Link,
    content_digest,
    digest_of,
    follow,
    leaf,
    link,
    spelled,
    spelled_alike,
    written_anew,
)
from ledger.merkle import leaf_digest
from ledger.model import Outlet, Source

Record = tuple[Link, dict[str, Any] | Erased | None]
NOON = "2025-05-23T12:00:00.000Z"


def chain(*entries: Entry) -> list[Record]:
    records: list[Record] = []
    previous = GENESIS
    for seq, entry in enumerate(entries, 1):
        said = (seq, entry.id, entry.kind_of_entry, NOON, content_digest(entry))
        digest = link(previous, *said)
        records.append((Link(*said, previous, digest), entry.content()))
        previous = digest
    return records


def five() -> list[Record]:
    return chain(*(Source.make(url=f"https://a.example/{n}") for n in range(5)))


def verify(records: Iterable[Record]) -> tuple[int, str]:
    return journal.held(records)


def anew(records: list[Record]) -> list[bytes] | None:
    """Leaves of all of them at once; of a missing content nothing can be written."""
    contents = [content for _, content in records if isinstance(content, dict)]
    if len(contents) < len(records):
        return None
    return written_anew([link for link, _ in records], contents, seq=0, head=GENESIS)


def test_a_content_digest_covers_the_canonical_json_of_what_is_known() -> None:
    source = Source.make(url="https://a.example/ä", outlet="a.example")
    spelled = f'{{"id":"{source.id}","outlet":"a.example","url":"https://a.example/ä"}}'
    assert content_digest(source) == sha256(spelled.encode()).hexdigest()


def test_a_field_that_comes_later_changes_no_digest() -> None:
    content = Source.make(url="u").content()
    assert digest_of({**content, "later": None}) == digest_of(content)
    assert digest_of({**content, "later": ""}) != digest_of(content)


def test_a_link_covers_everything_it_says_and_the_link_before() -> None:
    said = f'[1,"{GENESIS}",1,"id","source","{NOON}","digest"]'
    assert link(GENESIS, 1, "id", "source", NOON, "digest") == sha256(said.encode()).hexdigest()


def test_an_empty_journal_holds() -> None:
    assert verify([]) == (0, GENESIS)


def test_a_journal_as_it_was_written_holds() -> None:
    records = five()
    assert verify(iter(records)) == (5, records[-1][0].digest)
    assert anew(records) == [leaf(link) for link, _ in records]


def test_a_journal_is_read_one_record_at_a_time() -> None:
    def endless() -> Any:
        yield from five()[:2]
        yield five()[3]
        raise AssertionError("read on after the first bad record")

    with pytest.raises(IntegrityError):
        verify(endless())


def with_url(record: Record, url: object) -> Record:
    link, content = record
    assert isinstance(content, dict)
    return link, {**content, "url": url}


def refused(records: list[Record]) -> tuple[int | None, str]:
    with pytest.raises(IntegrityError) as caught:
        verify(records)
    assert anew(records) is None
    return caught.value.seq, caught.value.message


def test_a_missing_record_is_named() -> None:
    records = five()
    assert refused(records[:2] + records[3:]) == (3, "it is missing, and 4 is in its place")
    assert refused(records[1:]) == (1, "it is missing, and 2 is in its place")


def test_a_record_put_in_before_the_first_is_named() -> None:
    records = five()
    early = records[0][0]._replace(seq=-1)
    assert refused([(early, records[0][1]), *records]) == (
        -1,
        ("it was inserted: numbers begin at 1"),
    )


def test_records_that_changed_places_are_named() -> None:
    records = five()
    (second, one), (third, other) = records[1:3]
    records[1:3] = [(third._replace(seq=2), other), (second._replace(seq=3), one)]
    assert refused(records) == (2, "it does not follow from the record before it")


def test_a_missing_entry_is_named() -> None:
    records = five()
    records[3] = (records[3][0], None)
    seq, message = refused(records)
    assert (seq, message) == (4, f"source {records[3][0].entry_id} is missing")


def test_a_changed_entry_is_named() -> None:
    records = five()
    records[2] = with_url(records[2], "https://evil.example/")
    seq, message = refused(records)
    assert (seq, message) == (3, f"source {records[2][0].entry_id} is not what was recorded")


@pytest.mark.parametrize("value", [b"bytes", float("nan"), "\ud800", object()])
def test_a_value_that_no_entry_holds_is_a_change(value: object) -> None:
    records = five()
    records[2] = with_url(records[2], value)
    assert refused(records)[0] == 3


def test_an_id_that_does_not_follow_is_named_although_every_digest_does() -> None:
    forged = Source(id="f" * 64, url="https://a.example/")
    seq, message = refused(chain(forged))
    assert (seq, message) == (1, f"source {'f' * 64} has an id that does not match its content")


def test_a_kind_that_no_entry_has_is_named() -> None:
    class Rumour(Outlet):
        kind_of_entry = "rumour"

    rumour = Rumour.make(key="k", name="n", domain="d")
    assert refused(chain(rumour)) == (1, f"rumour {rumour.id} is of an unknown kind")


@given(
    at=st.integers(0, 4),
    field=st.sampled_from(Link._fields),
    value=st.text(max_size=70) | st.integers(-9, 9) | st.binary(max_size=4) | st.none(),
)
def test_no_field_of_a_record_can_be_changed(at: int, field: str, value: Any) -> None:
    records = five()
    before = records[at][0]
    if field == "seq" and not isinstance(value, int):
        value = 9  # SQLite takes no other in its primary key
    records[at] = (before._replace(**{field: value}), records[at][1])
    if records[at][0] == before:
        assert verify(records)[0] == 5
        assert anew(records) is not None
    else:
        seq, _ = refused(records)
        assert seq in (at + 1, value)


def test_a_tail_cut_off_is_seen_only_by_who_knows_an_earlier_head() -> None:
    records = five()
    assert verify(records[:3])[1] != verify(records)[1]


def test_a_stretch_of_a_journal_holds_after_what_stands_before_it() -> None:
    records = five()
    before = records[1][0]
    stretch = list(journal.verify(records[2:], seq=before.seq, head=before.digest))
    assert [link for link, _ in stretch] == [link for link, _ in records[2:]]
    with pytest.raises(IntegrityError) as caught:
        list(journal.verify(records[2:], seq=before.seq, head="f" * 64))
    assert caught.value.seq == 3
    links, contents = zip(*records[2:], strict=True)
    leaves = written_anew(links, contents, seq=before.seq, head=before.digest)
    assert leaves == [leaf(link) for link in links]
    assert written_anew(links, contents, seq=before.seq, head="f" * 64) is None


def test_a_leaf_covers_the_bytes_that_the_digest_of_the_link_covers() -> None:
    record = five()[0][0]
    said = journal.said(record.previous, *record[:5])
    assert sha256(said).hexdigest() == record.digest
    assert leaf(record) == leaf_digest(said)
    assert [leaf for _, leaf in journal.verify(five())] == [leaf(link) for link, _ in five()]


@given(st.lists(st.text(), min_size=5, max_size=5), st.integers(-(2**63), 2**63))
def test_what_a_link_says_is_canonical_json(words: list[str], seq: int) -> None:
    try:
        expected = canonical([1, words[0], seq, *words[1:]])
    except UnicodeEncodeError:  # half a character
        return
    assert journal.said(words[0], seq, *words[1:]) == expected


def test_the_link_of_an_entry_that_was_erased_holds() -> None:
    records = five()
    records[2] = (records[2][0], Erased({}))
    assert verify(records)[0] == 5


scalars = st.none() | st.text() | st.integers()
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), anything, max_size=8))
@pytest.mark.no_cover
def test_what_is_spelled_by_hand_is_spelled_as_canonical_json(content: dict[str, object]) -> None:
    known = {name: value for name, value in content.items() if value is not None}
    assert spelled(content) == canonical(known)


@given(
    st.sets(st.text(), min_size=1, max_size=5).flatmap(
        lambda names: st.lists(st.fixed_dictionaries(dict.fromkeys(names, anything)), max_size=6)
    )
)
@pytest.mark.no_cover
def test_contents_with_the_same_fields_are_spelled_as_each_by_itself(
    contents: list[dict[str, object]],
) -> None:
    assert list(spelled_alike(contents)) == [spelled(content) for content in contents]


def test_values_that_are_equal_and_of_other_types_are_spelled_apart() -> None:
    contents = [{"a": value} for value in (1, True, 1.0, 0, False, "1", None, 1, True)]
    spelled = [b'{"a":1}', b'{"a":true}', b'{"a":1.0}', b'{"a":0}', b'{"a":false}', b'{"a":"1"}']
    assert list(spelled_alike(contents)) == [*spelled, b"{}", b'{"a":1}', b'{"a":true}']


@given(st.lists(st.tuples(st.text(), st.sampled_from(["claim", "source"])), max_size=5))
def test_entries_that_follow_are_linked_one_after_the_other(said: list[tuple[str, str]]) -> None:
    previous = GENESIS
    entries = [(id, kind, "c" * 64) for id, kind in said]
    followed = zip(*follow(0, GENESIS, "at", entries), strict=True)
    for seq, (made, its_leaf) in enumerate(followed, 1):
        id, kind, content = entries[seq - 1]
        digest = link(previous, seq, id, kind, "at", content)
        assert made == (seq, id, kind, "at", content, previous, digest)
        assert its_leaf == leaf(made)
        previous = digest
