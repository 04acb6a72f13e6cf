"""Recorded pages that are one voice: found after recording, settled with what people said."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from readings import NOON, noon
from test_likeness import OTHER, STORY

from ledger import queries, voices
from ledger.comparisons import COMPARISONS
from ledger.errors import UsageError
from ledger.likeness import METHOD
from ledger.pipeline import ingest
from ledger.pipeline.receive import Received
from ledger.pipeline.voices import BATCH, Compared, Word, compare_new, decide
from ledger.queries import OriginItem
from ledger.reader import Reader
from ledger.store import Ledger, open_ledger

GAZETTE, COURIER, TRIBUNE = (
    f"https://{name}.example/story" for name in ("gazette", "courier", "tribune")
)
REUTERS = "https://reuters.com/world/fire"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "ledger.db"), clock=noon) as ledger:
        yield ledger


def put(ledger: Ledger, url: str, prose: Sequence[str], head: str = "", later: int = 0) -> str:
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
    return ingest(ledger, received).article


def asked(ledger: Ledger) -> dict[str, OriginItem]:
    with Reader(Path(ledger.db)) as reader:
        return {item["url"]: item for item in queries.origins(reader)}


def said(ledger: Ledger, verb: str, one: str, other: str, minutes: int = 0) -> tuple[str, ...]:
    with Reader(Path(ledger.db)) as reader:
        pages = [queries.source_named(reader, name) for name in (one, other)]
    word = Word(verb, one, other, "Ann", NOON + timedelta(minutes=minutes))  # type: ignore[arg-type]
    return decide(ledger, word, pages).overruled


def tables(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    with Reader(Path(ledger.db)) as reader:
        return {
            name: sorted(reader.rows(f"SELECT * FROM {name}"), key=repr) for name in COMPARISONS
        }


def test_copies_in_two_papers_are_one_story(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, COURIER, STORY[:2])
    put(ledger, TRIBUNE, OTHER)

    assert compare_new(ledger) == Compared(pages=3, pairs=1)
    found = asked(ledger)
    assert set(found) == {GAZETTE, COURIER}
    assert found[COURIER]["other_url"] == GAZETTE
    assert found[COURIER]["because"] == f"100% of the shorter text stands in {GAZETTE}"
    assert len({item["origin"] for item in found.values()}) == 1


def test_a_copy_of_a_credited_story_is_the_agencys_too(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, COURIER, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]))
    compare_new(ledger)

    found = asked(ledger)
    assert [found[url]["voice"] for url in (GAZETTE, COURIER)] == ["Reuters", "Reuters"]
    assert [found[url]["reason"] for url in (GAZETTE, COURIER)] == ["text", "credit"]


def test_the_agencys_own_page_gives_its_copies_their_voice(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, REUTERS, STORY)
    compare_new(ledger)

    assert {url: item["origin"] for url, item in asked(ledger).items()} == {GAZETTE: "reuters.com"}


def test_a_page_that_names_a_page_elsewhere_as_its_own_is_its_copy(ledger: Ledger) -> None:
    put(ledger, GAZETTE, OTHER, head=f'<link rel="canonical" href="{COURIER}">')
    compare_new(ledger)

    found = asked(ledger)[GAZETTE]
    assert (found["voice"], found["reason"], found["other"]) == ("courier.example", "home", None)


def test_a_page_that_leans_on_nothing_but_one_page_repeats_it(ledger: Ledger) -> None:
    link = f'<a href="{COURIER}">reports</a>'
    long = "There were flames to be seen from far away, and nobody could say for how long yet"
    put(
        ledger, GAZETTE, [f"The depot burned for nine hours, the Courier {link} today.", f"{long}."]
    )
    put(ledger, TRIBUNE, [f"It burned, they {link}.", *OTHER, "Rain fell.", "The sun set at six."])
    compare_new(ledger)

    found = asked(ledger)
    assert set(found) == {GAZETTE, COURIER}
    assert found[GAZETTE]["reason"] == "repeats"


def test_pages_of_one_outlet_are_not_paired(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, f"{GAZETTE}/amp", STORY)

    assert compare_new(ledger).pairs == 0


def test_what_was_compared_is_not_compared_again_and_again_gives_the_same(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, COURIER, STORY)
    compare_new(ledger)
    before = tables(ledger)

    assert compare_new(ledger) == Compared(0, 0)
    assert compare_new(ledger, again=True) == Compared(2, 1)
    assert tables(ledger) == before


def test_the_order_of_recording_is_nothing(tmp_path: Path) -> None:
    pages = [(GAZETTE, STORY), (COURIER, STORY[:2]), (TRIBUNE, STORY[1:]), (REUTERS, STORY)]
    found = []
    for number, order in enumerate((pages, pages[::-1])):
        with open_ledger(str(tmp_path / f"{number}.db"), clock=noon) as ledger:
            for url, prose in order:
                put(ledger, url, prose)
                compare_new(ledger)
            answers = tables(ledger)
            found.append((answers["pairing"], [v["origin"] for v in answers["voice"]]))
    assert found[0] == found[1]


def test_a_new_version_is_compared_in_place_of_the_one_before(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, COURIER, STORY)
    compare_new(ledger)
    put(ledger, COURIER, OTHER, later=1)

    assert compare_new(ledger) == Compared(1, 0)
    assert asked(ledger) == {}
    assert {row["method"] for row in tables(ledger)["compared"]} == {METHOD}


def test_pages_are_compared_over_many_batches(ledger: Ledger) -> None:
    steps: list[tuple[int, int]] = []
    for number in range(BATCH + 2):
        put(ledger, f"https://paper{number}.example/x", STORY)

    done = compare_new(ledger, step=lambda *step: steps.append(step))

    assert done.pairs == (BATCH + 2) * (BATCH + 1) // 2
    assert steps == [(BATCH, BATCH + 2), (BATCH + 2, BATCH + 2)]
    assert len(asked(ledger)) == BATCH + 2


def test_an_interruption_keeps_whole_batches_and_the_rest_goes_on(ledger: Ledger) -> None:
    for number in range(BATCH + 2):
        put(ledger, f"https://paper{number}.example/x", STORY)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_new(ledger, step=stop)
    assert compare_new(ledger).pages == 2


def test_pages_that_a_person_tells_apart_stay_apart(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, COURIER, STORY)
    compare_new(ledger)

    assert said(ledger, "apart", GAZETTE, COURIER) == ()
    assert asked(ledger) == {}
    compare_new(ledger, again=True)
    assert asked(ledger) == {}


def test_of_two_decisions_the_later_stands_and_the_earlier_is_named(ledger: Ledger) -> None:
    put(ledger, GAZETTE, STORY)
    put(ledger, COURIER, OTHER)
    compare_new(ledger)
    said(ledger, "apart", GAZETTE, COURIER)

    overruled = said(ledger, "same", COURIER, GAZETTE, minutes=1)

    with Reader(Path(ledger.db)) as reader:
        assert [each["verb"] for each in queries.decisions(reader)] == ["apart", "same"]
        assert overruled == (queries.decisions(reader)[0]["id"],)
    assert asked(ledger)[GAZETTE]["because"] == f"a person says that it is one with {COURIER}"


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (GAZETTE, GAZETTE, "one voice with itself"),
        (GAZETTE, "https://gazette.example/2", "both are pages of gazette.example"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    ledger: Ledger, one: str, other: str, message: str
) -> None:
    for url in {one, other}:
        put(ledger, url, STORY)

    with pytest.raises(UsageError, match=message):
        said(ledger, "same", one, other)
    with Reader(Path(ledger.db)) as reader:
        assert queries.decisions(reader) == []


def test_nothing_to_compare_is_nothing(ledger: Ledger) -> None:
    assert compare_new(ledger) == Compared(0, 0)
    with ledger.writing() as connection:
        assert voices.waiting(connection) == []
