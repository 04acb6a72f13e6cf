"""Recorded pages that are one voice: found after recording, settled with what people said."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from exported import to_markdown
from readings import NOON, noon
from test_likeness import OTHER, STORY

from ledger import queries, summaries, voices
from ledger.audit import audit
from ledger.errors import UsageError
from ledger.inputs.receive import Received
from ledger.model import Judgement, Outlet
from ledger.pipeline.ingest import ingest
from ledger.pipeline.tell import By
from ledger.pipeline.tell import merge as merging
from ledger.pipeline.voices import (
    FIRST_BATCH,
    LARGEST_BATCH,
    LONG_S,
    Compared,
    Word,
    compare_again,
    compare_new,
    decide,
    merge,
    next_batch,
)
from ledger.proof.redact import Redaction, redact
from ledger.provenance import Losses, falls_with_a_story, impact, members
from ledger.queries import OriginItem
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import Ledger, open_ledger
from ledger.voices.comparisons import COMPARISONS
from ledger.voices.likeness import METHOD

GAZETTE, COURIER, TRIBUNE = (
    f"https://{name}.example/story" for name in ("gazette", "courier", "tribune")
)
REUTERS = "https://reuters.com/world/fire"


class Shelf(NamedTuple):
    """An open ledger, in either database, and where it is."""

    ledger: Ledger
    place: Place


@pytest.fixture
def shelf(db: Place) -> Iterator[Shelf]:
    with open_ledger(str(db), clock=noon) as ledger:
        yield Shelf(ledger, db)


def compare(shelf: Shelf, **how: Any) -> Compared:
    return compare_new(shelf.ledger, **how)


def put(shelf: Shelf, url: str, prose: Sequence[str], head: str = "", later: int = 0) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    html = f"<html><head>{head}</head><body><article><h1>Fire</h1>{body}</article></body></html>"
    received = Received(
        name=url,
        url=url,
        final_url=url,
        body=html.encode(),
        received_at=NOON + timedelta(minutes=later),
        status=200,
        media_type="text/html",
        charset="utf-8",
    )
    return ingest(shelf.ledger, received).article


CANONICAL = f'<link rel="canonical" href="{GAZETTE}">'


def test_nobody_changes_whose_words_another_page_has_by_naming_it(shelf: Shelf) -> None:
    put(shelf, GAZETTE, OTHER)
    put(shelf, COURIER, ("VELMORA (Reuters) - " + STORY[0], *STORY[1:]), CANONICAL)
    compare(shelf)
    assert {url: item["origin"] for url, item in asked(shelf).items()} == {COURIER: "reuters.com"}


@pytest.mark.parametrize("first", [GAZETTE, COURIER])
def test_a_page_loses_the_voice_of_one_that_names_it_no_more(shelf: Shelf, first: str) -> None:
    credited = ("VELMORA (Reuters) - " + STORY[0], *STORY[1:])
    pages = {GAZETTE: (STORY, ""), COURIER: (credited, CANONICAL)}
    for url in (first, *(url for url in pages if url != first)):
        put(shelf, url, *pages[url])
        compare(shelf)
    assert {item["origin"] for item in asked(shelf).values()} == {"reuters.com"}
    put(shelf, COURIER, OTHER, later=9)
    compare(shelf)
    assert asked(shelf) == {}


def asked(shelf: Shelf) -> dict[str, OriginItem]:
    with Reader(shelf.place) as reader:
        return {item["url"]: item for item in queries.origins(reader)}


def said(
    shelf: Shelf, verb: Literal["same", "apart"], one: str, other: str, minutes: int = 0
) -> tuple[str, ...]:
    with Reader(shelf.place) as reader:
        pages = [queries.source_named(reader, name) for name in (one, other)]
    word = Word(verb, one, other, By("Ann", NOON + timedelta(minutes=minutes)))
    return decide(shelf.ledger, word, pages).overruled


def tables(shelf: Shelf) -> dict[str, list[dict[str, object]]]:
    with Reader(shelf.place) as reader:
        return {
            name: sorted(reader.rows(f"SELECT * FROM {name}"), key=repr) for name in COMPARISONS
        }


def test_copies_in_two_papers_are_one_story(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY[:2])
    put(shelf, TRIBUNE, OTHER)

    assert compare(shelf) == Compared(pages=3, pairs=1)
    found = asked(shelf)
    assert set(found) == {GAZETTE, COURIER}
    assert found[COURIER]["other_url"] == GAZETTE
    assert found[COURIER]["because"] == f"100% of the shorter text stands in {GAZETTE}"
    assert len({item["origin"] for item in found.values()}) == 1


def test_a_copy_of_a_credited_story_is_the_agencys_too(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]))
    compare(shelf)

    found = asked(shelf)
    assert [found[url]["voice"] for url in (GAZETTE, COURIER)] == ["Reuters", "Reuters"]
    assert [found[url]["reason"] for url in (GAZETTE, COURIER)] == ["text", "credit"]


@pytest.mark.parametrize(
    ("credit", "words"),
    [
        ("VELMORA (Reuters) - ", "rests on Reuters alone, whose words"),
        ("", "rests on one story alone, whose words"),
    ],
)
def test_an_audit_lists_a_claim_that_rests_on_copies_of_one_story(
    shelf: Shelf, credit: str, words: str
) -> None:
    for page in (GAZETTE, COURIER):
        put(shelf, page, (credit + STORY[0], *STORY[1:]))
    links = f'<a href="{GAZETTE}">[1]</a><a href="{COURIER}">[2]</a>'
    article = put(shelf, TRIBUNE, (f"The bridge over the river was closed {links}.", *OTHER))
    compare(shelf)

    with Reader(shelf.place) as reader:
        found = audit(reader, article)
    assert found.numbers.one_outlet == 1
    assert [sole.claim for sole in found.single_source] == [
        claim.id for claim in found.claims if claim.resilience == 1
    ]
    assert found.single_source[0].carried_by == ("gazette.example", "courier.example")
    said = to_markdown(found).replace("\\.", ".")
    assert f"{words} gazette.example and courier.example carry" in said
    if not credit:
        short = "1 of 1 sentence that cites or names a source falls if one outlet or story is wrong"
        assert (
            f"{short}; 1 of them with a story rather than with a single outlet that prints it."
        ) in said
        assert (
            "1 of 1 sentence that cites or names a source falls with one outlet or story." in said
        )
    else:
        assert "falls if one outlet is wrong: Reuters (1)." in said


def test_the_agencys_own_page_gives_its_copies_their_voice(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, REUTERS, STORY)
    compare(shelf)

    assert {url: item["origin"] for url, item in asked(shelf).items()} == {GAZETTE: "reuters.com"}


def test_comparing_leaves_what_is_known_of_an_outlet_as_it_is(shelf: Shelf) -> None:
    """Another version of this program may have recorded more of it, or something else."""
    known = Outlet.make(key="reuters.com", name="Reuters", domain="reuters.com", owner="Another")
    put(shelf, GAZETTE, STORY, f'<link rel="canonical" href="{REUTERS}">')
    shelf.ledger.append_entries([known])
    compare(shelf)
    with Reader(shelf.place) as reader:
        (row,) = reader.rows("SELECT name, owner FROM known_outlet WHERE key = 'reuters.com'")
        assert reader.rows("SELECT 1 FROM voice WHERE origin = 'reuters.com'")
    assert (row["name"], row["owner"]) == ("Reuters", "Another")


def test_a_page_that_names_a_page_elsewhere_as_its_own_is_its_copy(shelf: Shelf) -> None:
    put(shelf, GAZETTE, OTHER, head=f'<link rel="canonical" href="{COURIER}">')
    compare(shelf)

    found = asked(shelf)[GAZETTE]
    assert (found["voice"], found["reason"], found["other"]) == ("courier.example", "home", None)


def test_a_page_that_leans_on_nothing_but_one_page_repeats_it(shelf: Shelf) -> None:
    link = f'<a href="{COURIER}">reports</a>'
    long = "There were flames to be seen from far away, and nobody could say for how long yet"
    put(shelf, GAZETTE, [f"The depot burned for nine hours, the Courier {link} today.", f"{long}."])
    put(shelf, TRIBUNE, [f"It burned, they {link}.", *OTHER, "Rain fell.", "The sun set at six."])
    compare(shelf)

    found = asked(shelf)
    assert set(found) == {GAZETTE}
    assert found[GAZETTE]["reason"] == "repeats"


def test_pages_of_one_outlet_are_not_paired(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, f"{GAZETTE}/amp", STORY)

    assert compare(shelf).pairs == 0


def test_what_was_compared_is_not_compared_again_and_again_gives_the_same(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    compare(shelf)
    before = tables(shelf)

    assert compare(shelf) == Compared(0, 0)
    assert compare(shelf, again=True) == Compared(2, 1)
    assert tables(shelf) == before


def erase(shelf: Shelf, article: str) -> None:
    """Erase the words of an article, which was compared."""
    with Reader(shelf.place) as reader:
        (row,) = reader.rows(
            """SELECT p.id, p.payload_digest FROM article a JOIN capture p ON p.id = a.capture_id
            WHERE a.id = :id""",
            {"id": article},
        )
    redaction = Redaction(row["id"], row["payload_digest"], "Ann", NOON, "order of a court")
    redact(shelf.ledger, redaction, "desk.example/ledger", Ed25519PrivateKey.generate())


def test_what_was_found_of_a_page_stands_when_its_words_were_erased(shelf: Shelf) -> None:
    credited = put(shelf, GAZETTE, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]))
    copy = put(shelf, COURIER, STORY)
    put(shelf, TRIBUNE, STORY, head="<!-- other bytes: the same ones would be erased with it -->")
    compare(shelf)
    before = tables(shelf)
    assert {item["origin"] for item in asked(shelf).values()} == {"reuters.com"}
    erase(shelf, credited)

    assert compare(shelf) == Compared(0, 0)
    assert compare(shelf, again=True) == Compared(2, 1)
    assert tables(shelf) == before
    compare_again(shelf.ledger, copy)
    assert tables(shelf) == before
    erase(shelf, copy)
    assert compare(shelf, again=True) == Compared(1, 0)
    assert tables(shelf) == before


def test_another_version_is_not_one_with_words_that_were_erased(shelf: Shelf) -> None:
    erased = put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    compare(shelf)
    erase(shelf, erased)
    assert set(asked(shelf)) == {GAZETTE, COURIER}

    put(shelf, COURIER, OTHER, later=1)
    assert compare(shelf, again=True) == Compared(1, 0)
    assert asked(shelf) == {}


def test_the_order_of_recording_is_nothing(tmp_path: Path) -> None:
    pages = [(GAZETTE, STORY), (COURIER, STORY[:2]), (TRIBUNE, STORY[1:]), (REUTERS, STORY)]
    found = []
    for number, order in enumerate((pages, pages[::-1])):
        place = tmp_path / f"{number}.db"
        with open_ledger(str(place), clock=noon) as ledger:
            shelf = Shelf(ledger, place)
            for url, prose in order:
                put(shelf, url, prose)
                compare(shelf)
            answers = tables(shelf)
            found.append((answers["pairing"], [v["origin"] for v in answers["voice"]]))
    assert found[0] == found[1]


def test_a_new_version_is_compared_in_place_of_the_one_before(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    compare(shelf)
    put(shelf, COURIER, OTHER, later=1)

    assert compare(shelf) == Compared(1, 0)
    assert asked(shelf) == {}
    assert {row["method"] for row in tables(shelf)["compared"]} == {METHOD}


@pytest.mark.no_cover
def test_pages_are_compared_over_many_batches(shelf: Shelf) -> None:
    steps: list[tuple[int, int]] = []
    pages = FIRST_BATCH + 2
    for number in range(pages):
        put(shelf, f"https://paper{number}.example/x", STORY)

    done = compare(shelf, step=lambda *step: steps.append(step))

    assert done.pairs == pages * (pages - 1) // 2
    assert steps == [(FIRST_BATCH, pages), (pages, pages)]
    assert len(asked(shelf)) == pages


def test_a_server_counts_what_comparing_wrote_each_time_it_is_twice_as_much(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it has, it looks for the pages that share anything with one by walking through all."""
    counted: list[int] = []
    count_anew = voices.count_anew

    def seen(connection: sa.Connection) -> None:
        count_anew(connection)
        [(there,)] = connection.exec_driver_sql("SELECT COUNT(*) FROM compared")
        counted.append(there)
        if connection.dialect.name == "postgresql":
            taken_for = "SELECT reltuples FROM pg_class WHERE relname = 'compared'"
            assert connection.exec_driver_sql(taken_for).scalar() == there

    monkeypatch.setattr(voices, "count_anew", seen)
    monkeypatch.setattr("ledger.pipeline.voices.COUNTED_AT", 2)
    monkeypatch.setattr("ledger.pipeline.voices.FIRST_BATCH", 1)
    monkeypatch.setattr("ledger.pipeline.voices.LONG_S", 60)  # a busy machine halves no batch here
    for number in range(8):
        put(shelf, f"https://paper{number}.example/x", STORY)
    compare(shelf)
    assert counted == [3, 7]


def test_a_batch_that_took_long_is_followed_by_a_smaller_one() -> None:
    assert next_batch(16, LONG_S * 12) == 8
    assert next_batch(1, LONG_S * 12) == 1
    assert next_batch(16, LONG_S * 0.8) == 16
    assert next_batch(16, LONG_S / 10) == 32
    assert next_batch(LARGEST_BATCH, 0.0) == LARGEST_BATCH


def test_an_interruption_keeps_whole_batches_and_the_rest_goes_on(shelf: Shelf) -> None:
    for number in range(FIRST_BATCH + 2):
        put(shelf, f"https://paper{number}.example/x", STORY)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(shelf, step=stop)
    assert compare(shelf).pages == 2


def test_pages_that_a_person_tells_apart_stay_apart(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    compare(shelf)

    assert said(shelf, "apart", GAZETTE, COURIER) == ()
    assert asked(shelf) == {}
    compare(shelf, again=True)
    assert asked(shelf) == {}


def test_of_two_decisions_the_later_stands_and_the_earlier_is_named(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, OTHER)
    compare(shelf)
    said(shelf, "apart", GAZETTE, COURIER)

    overruled = said(shelf, "same", COURIER, GAZETTE, minutes=1)

    with Reader(shelf.place) as reader:
        assert [each["verb"] for each in queries.decisions(reader)] == ["apart", "same"]
        assert overruled == (queries.decisions(reader)[0]["id"],)
    assert asked(shelf)[GAZETTE]["because"] == f"a person says that it is one with {COURIER}"


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (GAZETTE, GAZETTE, "one voice with itself"),
        (GAZETTE, "https://gazette.example/2", "both are pages of gazette.example"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    shelf: Shelf, one: str, other: str, message: str
) -> None:
    for url in {one, other}:
        put(shelf, url, STORY)

    with pytest.raises(UsageError, match=message):
        said(shelf, "same", one, other)
    with Reader(shelf.place) as reader:
        assert queries.decisions(reader) == []


def test_what_people_said_is_settled_also_when_it_came_from_elsewhere(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, OTHER)
    compare(shelf)
    shelf.ledger.append_entries(
        [Judgement.make(verb="same", subject=GAZETTE, object=COURIER, by="Ann", at=NOON)]
    )

    compare(shelf)

    assert set(asked(shelf)) == {GAZETTE, COURIER}


def test_sources_stand_as_their_voices_say_whatever_came_first(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]))
    compare(shelf)
    said(shelf, "same", GAZETTE, COURIER)

    def standing() -> list[dict[str, object]]:
        with Reader(shelf.place) as reader:
            return reader.rows("SELECT * FROM standing ORDER BY source_id")

    kept = standing()
    with shelf.ledger.writing() as connection:
        summaries.make_anew(connection)

    assert standing() == kept
    assert {row["origin"] for row in kept if row["outlet"] != "reuters.com"} == {"reuters.com"}


def merged(shelf: Shelf, one: str, other: str, minutes: int = 0) -> None:
    """Say that the outlet at one domain is the one at another."""
    with Reader(shelf.place) as reader:
        steps, before = queries.merges(reader), queries.merged(reader, one)
    pair = [Outlet.make(key=key, name=key, domain=key) for key in (one, other)]
    by = By("Ann", NOON + timedelta(minutes=minutes))
    merge(shelf.ledger, merging(pair[0], pair[1], by, steps), {one, before, other})


def test_copies_in_outlets_that_are_one_are_no_story(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    compare(shelf)
    as_two = tables(shelf)
    assert len(asked(shelf)) == 2

    merged(shelf, "gazette.example", "courier.example", 1)
    assert asked(shelf) == {}
    merged(shelf, "gazette.example", "gazette.example", 2)
    assert tables(shelf) == as_two


def test_an_outlet_that_is_an_agency_gives_its_copies_its_voice(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    compare(shelf)
    merged(shelf, "gazette.example", "reuters.com", 1)

    found = asked(shelf)
    assert set(found) == {COURIER}
    assert (found[COURIER]["origin"], found[COURIER]["reason"]) == ("reuters.com", "text")


def test_who_credits_an_agency_that_it_is_has_its_own_words(shelf: Shelf) -> None:
    address = "https://gazette.example/wires/reuters/fire"
    put(shelf, address, STORY)
    put(shelf, COURIER, (f"VELMORA (Reuters) - {OTHER[0]}", *OTHER[1:]))
    compare(shelf)
    assert {url: item["voice"] for url, item in asked(shelf).items()} == {
        address: "Reuters",
        COURIER: "Reuters",
    }
    merged(shelf, "gazette.example", "reuters.com", 1)
    merged(shelf, "reuters.com", "courier.example", 2)
    assert asked(shelf) == {}
    merged(shelf, "reuters.com", "reuters.com", 3)
    assert set(asked(shelf)) == {COURIER}


def test_an_outlet_named_beside_the_page_that_is_repeated_may_be_the_same(shelf: Shelf) -> None:
    link = f'<a href="{TRIBUNE}">reports</a>'
    long = "There were flames to be seen from far away, and nobody could say for how long yet"
    named = "according to Reuters"
    put(shelf, GAZETTE, [f"The depot burned for nine hours, {named}, it {link} today.", f"{long}."])
    put(shelf, TRIBUNE, OTHER)
    compare(shelf)
    assert asked(shelf) == {}
    merged(shelf, "reuters.com", "tribune.example", 1)
    assert {url: item["reason"] for url, item in asked(shelf).items()} == {GAZETTE: "repeats"}
    merged(shelf, "reuters.com", "reuters.com", 2)
    assert asked(shelf) == {}


def test_merges_before_and_after_comparing_come_to_the_same(shelf: Shelf) -> None:
    put(shelf, GAZETTE, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]))
    put(shelf, COURIER, STORY)
    put(shelf, TRIBUNE, STORY[:2])
    compare(shelf)
    for minute, (one, other) in enumerate(
        [("courier", "tribune"), ("gazette", "courier"), ("courier", "courier")]
    ):
        merged(shelf, f"{one}.example", f"{other}.example", minute)
        settled = tables(shelf)
        compare(shelf, again=True)
        assert tables(shelf) == settled
        with Reader(shelf.place) as reader:
            assert list(summaries.differences(reader)) == []


def test_nothing_to_compare_is_nothing(shelf: Shelf) -> None:
    assert compare(shelf) == Compared(0, 0)
    with shelf.ledger.writing() as connection:
        assert voices.waiting(connection) == []


def test_a_file_of_nobody_is_announced_as_no_copy(shelf: Shelf) -> None:
    put(shelf, "file:///desk/story.html", STORY)
    put(shelf, GAZETTE, STORY)
    assert compare(shelf).pairs == 0
    assert asked(shelf) == {}


def test_pages_with_the_words_of_an_outlet_are_listed_as_its(shelf: Shelf) -> None:
    put(shelf, GAZETTE, ("VELMORA (Reuters) - " + STORY[0], *STORY[1:]))
    put(shelf, TRIBUNE, (f'It burned, <a href="{GAZETTE}">the paper said</a>.', *OTHER))
    compare(shelf)
    with Reader(shelf.place) as reader:
        listed = queries.sources(reader, outlet="reuters.com")
        page = queries.outlet(reader, "reuters.com")
    assert [(each["url"], each["outlet"]) for each in listed] == [(GAZETTE, "gazette.example")]
    assert [each["url"] for each in page["sources"]] == [GAZETTE]


def test_a_claim_on_two_prints_of_one_story_falls_with_the_story_alone(shelf: Shelf) -> None:
    put(shelf, GAZETTE, STORY)
    put(shelf, COURIER, STORY)
    put(shelf, TRIBUNE, (f'It burned <a href="{GAZETTE}">a</a><a href="{COURIER}">b</a>.', *OTHER))
    compare(shelf)
    with Reader(shelf.place) as reader:
        claim = next(each for each in queries.claims(reader) if each["resilience"] == 1)
        groups = members(reader, [claim["id"]])[claim["id"]]
        (loss,) = impact(reader, Losses(outlets=("gazette.example",)))
    assert falls_with_a_story(claim["resilience"], groups)
    assert (loss["effect"], loss["because"]) == (
        "weakens",
        ["[link]: loses gazette.example, keeps courier.example (the same story)"],
    )
    assert not falls_with_a_story(2, groups)
