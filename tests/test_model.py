import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from readings import a_link, a_rating, a_reading

from ledger.entry import Entry
from ledger.ids import canonical, entry_id
from ledger.model import (
    ENTRY_TYPES,
    Attribution,
    Capture,
    Citation,
    Claim,
    Judgement,
    Outlet,
    Rating,
    Source,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=10,
)


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@given(JSON)
def test_a_value_has_one_spelling_and_keeps_its_meaning(value: object) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_spelling_is_fixed() -> None:
    value = {"b": [1, None, True], "a": 'é\u2028\x00\n"/\\'}
    assert canonical(value) == '{"a":"é\u2028\\u0000\\n\\"/\\\\","b":[1,null,true]}'.encode()


def test_a_number_that_json_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical([float("nan")])


def test_key_fields_are_never_glued() -> None:
    assert entry_id("x", "a", "b.c") != entry_id("x", "a.b", "c")
    assert entry_id("x", "1") != entry_id("x", 1)
    assert entry_id("x", None) != entry_id("x", "")


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (
            Outlet.make(key="a.example", name="A", domain="a.example", country="GB"),
            '[1,"outlet","a.example","A","a.example",null,"GB",null]',
        ),
        (
            Outlet.make(key="a.example", name="A", domain="a.example", because="j", since="2019"),
            '[1,"outlet","a.example","A","a.example",null,null,null,"j"]',
        ),
        (
            Rating.make(because="j", list="ours", outlet="a.example", value="high"),
            '[1,"rating","j","a.example"]',
        ),
        (
            Source.make(url="https://a.example/ä", host="a.example"),
            '[1,"source","https://a.example/ä"]',
        ),
        (
            Capture.make(
                source_id="s",
                captured_at=datetime(2025, 5, 23, 21, 0, tzinfo=timezone(timedelta(hours=9))),
                requested_url="u",
                final_url="u",
                payload_digest="sha256:0",
                size=0,
            ),
            '[1,"capture","s","2025-05-23T12:00:00Z","sha256:0"]',
        ),
        (
            Claim.make(article_id="a", start=0, end=2, exact="“x", kind="uncited", key="k"),
            '[1,"claim","a",0,"“x"]',
        ),
        (
            Citation.make(claim_id="c", group=1, marker=None, raw="", at=0, gap="no-reference"),
            '[1,"citation","c",1,0,0,null,null]',
        ),
        (
            Attribution.make(claim_id="c", name="A", outlet=None, start=3, end=4),
            '[1,"attribution","c",3,4]',
        ),
        (
            Judgement.make(
                verb="link",
                subject="5",
                object="u",
                by="me",
                at=datetime(2025, 5, 23, 12, 0, 0, 5, tzinfo=UTC),
            ),
            '[1,"judgement","link",null,"5","u","me","2025-05-23T12:00:00.000005Z"]',
        ),
    ],
)
def test_an_id_follows_from_the_key_fields(entry: Entry, key: str) -> None:
    assert entry.id == hashed(key)
    assert entry.rederived_id() == entry.id


def test_an_articles_id_says_what_was_read_how_and_with_which_list() -> None:
    article = a_reading().article
    assert article is not None
    fields = article.model_dump(exclude={"id", "references_digest"})
    given_a_list = type(article).make(**fields, references_digest="r")
    assert article.id == hashed(f'[1,"article","{article.capture_id}","test/1",null,null]')
    assert given_a_list.id == hashed(f'[1,"article","{article.capture_id}","test/1","r",null]')


def test_an_id_chosen_by_somebody_does_not_follow() -> None:
    assert Source(id="mine", url="u").rederived_id() == Source.make(url="u").id != "mine"


def test_every_entry_derives_from_its_content_as_recorded() -> None:
    reading = a_reading()
    assert reading.article is not None
    entries: list[Entry] = [
        *reading.outlets,
        *reading.sources,
        reading.capture,
        reading.article,
        *reading.claims,
        *reading.citations,
        *reading.attributions,
        *a_link(reading),
        *a_rating(),
    ]
    assert {entry.kind_of_entry for entry in entries} == set(ENTRY_TYPES)
    for entry in entries:
        content = entry.content()
        key = [content[name] for name in entry.key_fields]
        assert entry.id == hashed(
            json.dumps([1, entry.kind_of_entry, *key], ensure_ascii=False, separators=(",", ":"))
        )


def test_an_entry_made_is_validated_and_frozen() -> None:
    with pytest.raises(ValidationError, match="url"):
        Source.make()
    with pytest.raises(ValidationError, match="extra"):
        Source.make(url="u", colour="red")
    with pytest.raises(ValidationError, match="frozen"):
        Source.make(url="u").url = "v"  # type: ignore[misc] # what is refused


@given(
    st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - the zone comes from `timezones`
        timezones=st.timezones() | st.just(UTC),
    )
)
def test_one_instant_has_one_spelling_in_ids_and_in_content(at: datetime) -> None:
    judgement = Judgement.make(verb="link", subject="5", object="u", by="me", at=at)
    again = Judgement.make(verb="link", subject="5", object="u", by="me", at=at.astimezone(UTC))
    assert judgement == again
    assert str(judgement.content()["at"]).endswith("Z")
    assert judgement.id == entry_id(
        "judgement", "link", None, "5", "u", "me", str(judgement.content()["at"])
    )


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        Judgement.make(
            verb="link",
            subject="5",
            object="u",
            by="me",
            at=datetime(2025, 5, 23),  # noqa: DTZ001 - the point of this test
        )
