"""Addresses that lead on to a page elsewhere: whose page it is, and that both are one."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import BEHAVIOURS, Connection, LoopbackServer
from readings import NOON, noon
from test_likeness import OTHER, STORY
from test_voices import Shelf
from typer.testing import CliRunner
from web import OPEN

from ledger import queries, summaries
from ledger.commands import app
from ledger.commands.words import same_pages
from ledger.errors import ExtractError
from ledger.ids import source_id
from ledger.inputs.receive import Received
from ledger.pipeline.ingest import ingest
from ledger.pipeline.pages import source_url
from ledger.pipeline.tell import By, merge, registered
from ledger.pipeline.voices import Word, compare_new, decide
from ledger.provenance import Losses, chain, impact, independence, one_page
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger

FIRST, SECOND, THIRD = (f"https://{name}-paper.com/story" for name in ("first", "second", "third"))
MOVED = "https://second-paper.com/old"
SHORT, SHORTER = "https://bit.ly/3abcde", "https://bit.ly/4fghij"
PROSE = (
    "Nobody in the town had known of it before the autumn, and a fence that was put around the old "
    "quarry did not hold for a month.",
    "The council met twice and decided nothing at all, as the minutes of its meetings show.",
)


@pytest.fixture
def shelf(db: Place) -> Iterator[Shelf]:
    with open_ledger(str(db), clock=noon) as ledger:
        yield Shelf(ledger, db)
    with Reader(db) as reader:
        assert list(summaries.differences(reader)) == []


def put(
    shelf: Shelf,
    url: str,
    prose: Sequence[str] = OTHER,
    *,
    to: str | None = None,
    through: tuple[str, ...] = (),
    head: str = "",
    later: int = 0,
) -> str:
    """Record a page, and compare it; `to` is where its address led on to."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    html = f"<html><head>{head}</head><body><article><h1>Fire</h1>{body}</article></body></html>"
    received = Received(
        name=url,
        url=url,
        final_url=to or url,
        redirects=through,
        body=html.encode(),
        received_at=NOON + timedelta(minutes=later),
        status=200,
        media_type="text/html",
        charset="utf-8",
    )
    article = ingest(shelf.ledger, received).article
    compare_new(shelf.ledger)
    return article


def cite(shelf: Shelf, *sentences: Sequence[str]) -> None:
    """Record a report with a sentence for each of these, which cites these addresses together."""
    cited = list(dict.fromkeys(url for each in sentences for url in each))
    lines = [
        f"The thing number {at} was closed in the year"
        + "".join(f"[{cited.index(url) + 1}]" for url in each)
        + "."
        for at, each in enumerate(sentences)
    ]
    lines += ["", "## References", "", *(f"[{at}]: {url}" for at, url in enumerate(cited, 1))]
    text = "# Report\n\n" + "\n\n".join(lines) + "\n"
    name = "https://report.example/1.md"
    received = Received(name, name, name, text.encode(), NOON, media_type="text/markdown")
    ingest(shelf.ledger, received)


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def voices(shelf: Shelf) -> dict[str, tuple[str, str]]:
    with Reader(shelf.place) as reader:
        found = queries.origins(reader)
    return {item["url"]: (item["origin"], item["reason"]) for item in found}


def effects(shelf: Shelf, losses: Losses) -> list[tuple[int, str]]:
    """Number of the sentence and what the loss does to it."""
    with Reader(shelf.place) as reader:
        found = impact(reader, losses)
    cited = [item for item in found if item["exact"].startswith("The thing number")]
    return sorted((int(item["exact"].split()[3]), item["effect"]) for item in cited)


def codes(shelf: Shelf, article: str) -> list[tuple[str, str]]:
    with Reader(shelf.place) as reader:
        findings = queries.article(reader, article)["findings"]
    return [(each["code"], each["detail"]) for each in findings]


def id_of(url: str) -> str:
    return source_id(source_url(url))


def test_an_address_that_leads_on_and_the_page_are_one_voice(shelf: Shelf) -> None:
    cite(shelf, [FIRST, SECOND], [FIRST])
    article = put(shelf, FIRST, to=SECOND)
    assert codes(shelf, article) == [("redirected", f"the address led on to {SECOND}")]
    assert voices(shelf) == {FIRST: ("second-paper.com", "redirect")}
    put(shelf, SECOND)
    assert voices(shelf) == {FIRST: ("second-paper.com", "redirect")}

    assert effects(shelf, Losses(outlets=("second-paper.com",))) == [(0, "falls"), (1, "falls")]
    assert effects(shelf, Losses(outlets=("first-paper.com",))) == [(0, "weakens"), (1, "falls")]
    with Reader(shelf.place) as reader:
        (item,) = queries.origins(reader)
        assert item["because"] == f"its address led on to {SECOND}"
        one, _ = (each for each in impact(reader, Losses(outlets=("second-paper.com",))))
        found = independence(reader, [one["claim"]])[one["claim"]]
        assert (found["addresses"], found["outlets"], found["origins"]) == (2, 2, 1)
        assert found["because"] == [
            "2 of 2 pages carry the same second-paper.com story (first-paper.com and "
            "second-paper.com): the address led on to it"
        ]
        ends = chain(reader, one["claim"], 3)["ultimate"]
        assert [(end["key"], end["pages"], end["carried"]) for end in ends] == [
            ("second-paper.com", [SECOND], [FIRST])
        ]


def test_a_short_link_counts_as_the_outlet_that_it_led_on_to(shelf: Shelf) -> None:
    cite(shelf, [SHORT, SHORTER], [SHORT])
    with Reader(shelf.place) as reader:
        assert queries.source(reader, id_of(SHORT))["outlet"] is None
    put(shelf, SHORT, to=f"{SECOND}?utm_source=x", through=("https://go.example/1",))
    put(shelf, SHORTER, STORY, to=THIRD)
    assert voices(shelf) == {
        SHORT: ("second-paper.com", "redirect"),
        SHORTER: ("third-paper.com", "redirect"),
    }
    assert effects(shelf, Losses(outlets=("second-paper.com",))) == [(0, "weakens"), (1, "falls")]
    with Reader(shelf.place) as reader:
        page = queries.source(reader, id_of(SHORT))
        found = independence(reader, [page["claims"][0]["id"]]).popitem()[1]
        assert (found["outlets"], found["origins"], found["unknown"]) == (2, 2, 0)
    assert page["outlet"] == "second-paper.com"
    assert page["led_to"] == {
        "url": f"{SECOND}?utm_source=x",
        "through": ["https://go.example/1"],
        "at": "2025-05-23T12:00:00Z",
    }


def test_a_short_link_to_an_agencys_story_is_lost_with_the_paper_and_the_agency(
    shelf: Shelf,
) -> None:
    cite(shelf, [SHORT])
    put(shelf, SHORT, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]), to=SECOND)
    assert voices(shelf) == {SHORT: ("reuters.com", "credit")}
    for lost in ("reuters.com", "second-paper.com"):
        assert effects(shelf, Losses(outlets=(lost,))) == [(0, "falls")]
    put(shelf, THIRD, STORY)
    assert {origin for origin, _ in voices(shelf).values()} == {"reuters.com"}


def test_a_copy_of_what_a_short_link_led_on_to_is_a_story_of_both(shelf: Shelf) -> None:
    put(shelf, SHORT, STORY, to=SECOND)
    put(shelf, THIRD, STORY)
    found = voices(shelf)
    assert {reason for _, reason in found.values()} == {"text"}
    assert len({origin for origin, _ in found.values()}) == 1


def test_a_story_at_a_short_link_goes_where_the_outlet_goes_that_it_led_on_to(shelf: Shelf) -> None:
    """Of the source no outlet is recorded, and its words are those of several."""
    cite(shelf, [SHORT])
    put(shelf, SHORT, STORY, to=SECOND)
    put(shelf, THIRD, STORY)
    moved = merge(
        registered("second-paper.com"), registered("first-paper.com"), By("Ann", NOON), {}
    )
    shelf.ledger.append_entries(moved)
    assert effects(shelf, Losses(outlets=("first-paper.com",))) == [(0, "falls")]
    with Reader(shelf.place) as reader:
        assert list(summaries.differences(reader)) == []


@pytest.mark.parametrize(
    ("url", "to", "named", "code", "voice"),
    [
        (FIRST, "https://second-paper.com/", None, None, None),
        (FIRST, "https://www.first-paper.com/story?utm_source=x", None, None, None),
        (FIRST, SHORT, None, None, None),
        (FIRST, "https://web.archive.org/web/2024/https://first-paper.com/story", None, None, None),
        (FIRST, SECOND, SECOND, "redirected", ("second-paper.com", "redirect")),
        (FIRST, SECOND, "https://second-paper.com/", "redirected",
         ("second-paper.com", "redirect")),
        (FIRST, SECOND, FIRST, None, None),
        (FIRST, SECOND, THIRD, "other-address", ("third-paper.com", "home")),
        (SHORT, SECOND, THIRD, "redirected", ("second-paper.com", "redirect")),
        (FIRST, FIRST, SECOND, "other-address", ("second-paper.com", "home")),
    ],
)  # fmt: skip
def test_whose_page_it_is_where_an_address_led(
    shelf: Shelf,
    url: str,
    to: str,
    named: str | None,
    code: str | None,
    voice: tuple[str, str] | None,
) -> None:
    article = put(shelf, url, to=to, head=canonical(named) if named else "")
    assert [each for each, _ in codes(shelf, article)] == ([code] if code else [])
    assert voices(shelf) == ({url: voice} if voice else {})


def test_an_address_that_led_to_no_article_is_no_voice_of_another(shelf: Shelf) -> None:
    cite(shelf, [FIRST, SECOND])
    with pytest.raises(ExtractError, match="a login page"):
        put(shelf, FIRST, ["Please log in."], to="https://second-paper.com/login")
    assert voices(shelf) == {}
    with Reader(shelf.place) as reader:
        led = queries.source(reader, id_of(FIRST))["led_to"]
    assert led is not None
    assert led["url"] == "https://second-paper.com/login"


def test_the_read_that_is_current_decides(shelf: Shelf) -> None:
    put(shelf, FIRST, OTHER)
    assert voices(shelf) == {}
    put(shelf, FIRST, OTHER, to=SECOND, later=1)  # the same bytes by another way
    assert voices(shelf) == {FIRST: ("second-paper.com", "redirect")}
    put(shelf, FIRST, OTHER, to=THIRD, later=2)
    assert voices(shelf) == {FIRST: ("third-paper.com", "redirect")}
    with pytest.raises(ExtractError):  # what is read stays what was read
        put(shelf, FIRST, ["Gone."], to="https://first-paper.com/gone", later=3)
    assert voices(shelf) == {FIRST: ("third-paper.com", "redirect")}
    put(shelf, FIRST, STORY, later=4)
    assert voices(shelf) == {}


def test_addresses_that_lead_on_to_each_other_lead_no_further(shelf: Shelf) -> None:
    put(shelf, FIRST, OTHER, to=SECOND)
    put(shelf, SECOND, STORY, to=FIRST)
    assert voices(shelf) == {
        FIRST: ("second-paper.com", "redirect"),
        SECOND: ("first-paper.com", "redirect"),
    }
    with Reader(shelf.place) as reader:
        both = {id_of(FIRST), id_of(SECOND)}
        assert one_page(reader, [id_of(FIRST)]) <= both


def test_who_says_that_they_are_two_is_believed(shelf: Shelf) -> None:
    cite(shelf, [FIRST, SECOND])
    put(shelf, FIRST, to=SECOND)
    put(shelf, SECOND)
    decide(
        shelf.ledger, Word("apart", FIRST, SECOND, By("Ann", NOON)), [id_of(FIRST), id_of(SECOND)]
    )
    assert voices(shelf) == {}
    assert effects(shelf, Losses(outlets=("second-paper.com",))) == [(0, "weakens")]
    with Reader(shelf.place) as reader:
        assert one_page(reader, [id_of(FIRST)]) == {id_of(FIRST)}


def test_who_leads_on_to_a_copy_does_not_decide_whose_words_the_other_pages_have(
    shelf: Shelf,
) -> None:
    put(shelf, THIRD, STORY)
    put(shelf, SECOND, STORY)
    put(shelf, FIRST, STORY, to=SECOND)
    assert {origin[:6] for origin, _ in voices(shelf).values()} == {"story:"}
    cite(shelf, [THIRD])
    assert effects(shelf, Losses(outlets=("second-paper.com",))) == []


@pytest.mark.parametrize("moved", [FIRST, MOVED])
def test_a_page_that_credits_an_agency_is_one_with_the_address_that_was_not_read(
    shelf: Shelf, moved: str
) -> None:
    cite(shelf, [moved], [SECOND])
    put(shelf, moved, (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:]), to=SECOND)
    with Reader(shelf.place) as reader:
        for page in (moved, SECOND):
            assert one_page(reader, [id_of(page)]) == {id_of(moved), id_of(SECOND)}
    if moved == FIRST:
        both = [id_of(FIRST), id_of(SECOND)]
        decide(shelf.ledger, Word("apart", SECOND, FIRST, By("Ann", NOON)), both)
        with Reader(shelf.place) as reader:
            assert one_page(reader, [id_of(FIRST)]) == {id_of(FIRST)}


def run(db: Place, *args: str) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), *args], env={"COLUMNS": "200"})


@pytest.mark.parametrize("moved", [FIRST, MOVED, SHORT])
def test_a_loss_of_a_page_is_one_of_all_its_addresses(shelf: Shelf, moved: str) -> None:
    cite(shelf, [moved, SECOND], [moved], [THIRD])
    put(shelf, moved, to=SECOND)
    put(shelf, SECOND)
    for page, other in ((SECOND, moved), (moved, SECOND)):
        said = run(shelf.place, "impact", "--source", page, "--json")
        items = json.loads(said.stdout)
        assert sorted(item["effect"] for item in items["items"]) == ["falls", "falls"]
        assert items["warnings"] == [f"{other} is another address of the same page"]
        claims = json.loads(run(shelf.place, "claims", "--source", page, "--json").stdout)
        assert sorted(each["id"] for each in claims["items"]) == sorted(
            each["claim"] for each in items["items"]
        )
        assert items["warnings"][0] in claims["warnings"]


@pytest.mark.parametrize("moved", [FIRST, MOVED, SHORT])
@pytest.mark.parametrize("end", [True, False])
def test_a_withdrawn_page_is_withdrawn_at_all_its_addresses(
    shelf: Shelf, moved: str, *, end: bool
) -> None:
    cite(shelf, [moved], [SECOND, THIRD], [THIRD])
    put(shelf, moved, to=SECOND)
    put(shelf, SECOND)
    gone, other = (SECOND, moved) if end else (moved, SECOND)
    told = run(shelf.place, "withdraw", gone, "--date", "2025-02-01", "--json")
    said = json.loads(told.stdout)
    (told,) = said["items"]
    assert (told["claims"], told["copies"]) == (2, [])
    assert said["warnings"] == [f"{other} is another address of the same page"]
    found = json.loads(run(shelf.place, "claims", "--affected", "--json").stdout)["items"]
    assert [each["effect"] for each in found] == ["falls", "weakens"]
    report = run(shelf.place, "audit", "https://report.example/1.md", "--json")
    (audit,) = json.loads(report.stdout)["items"]
    (withdrawn,) = audit["withdrawn"]
    assert (len(withdrawn["falls"]), len(withdrawn["weakens"])) == (1, 1)
    assert withdrawn["also_at"] == [other]
    assert (audit["numbers"]["withdrawn_falls"], audit["copies"]) == (1, [])
    page = json.loads(run(shelf.place, "source", other, "--json").stdout)["items"][0]
    assert [each["subject"] for each in page["withdrawn"]] == [gone]
    assert page["copies"] == []
    trace = run(shelf.place, "trace", "number 0 was closed", "--format", "table").stdout
    same = "" if moved == gone else f"{gone}, which is the same page, is "
    assert f"! {same}withdrawn since 2025-02-01" in trace
    noted = run(shelf.place, "claims", "--source", other, "--format", "table").stderr
    assert f"{gone} stands withdrawn and counts here" in noted


def test_a_withdrawal_is_taken_back_at_the_address_it_was_said_of(shelf: Shelf) -> None:
    cite(shelf, [MOVED])
    put(shelf, MOVED, to=SECOND)
    put(shelf, SECOND)
    assert run(shelf.place, "withdraw", SECOND, "--date", "2025-02-01").exit_code == 0
    refused = run(shelf.place, "withdraw", MOVED, "--undo")
    assert refused.exit_code == 1
    assert f"it is withdrawn as {SECOND}" in refused.stderr
    assert run(shelf.place, "withdraw", SECOND, "--undo").exit_code == 0
    assert run(shelf.place, "claims", "--affected", "--json").exit_code == 1


def test_who_cites_a_page_at_any_of_its_addresses_is_listed_with_it(shelf: Shelf) -> None:
    cite(shelf, [MOVED], [SECOND], [THIRD])
    put(shelf, MOVED, to=SECOND)
    for page, other in ((MOVED, SECOND), (SECOND, MOVED)):
        (item,) = json.loads(run(shelf.place, "source", page, "--json").stdout)["items"]
        assert [claim["exact"].split()[3] for claim in item["claims"]] == ["0", "1"]
        assert (item["articles"], sorted(item["cited_as"])) == (1, [MOVED, SECOND])
        shown = run(shelf.place, "source", page, "--format", "table").stdout
        assert "2 claims in 1 article cite it at its 2 addresses." in shown
        assert f"{other} is another address of the same page." in shown


@pytest.mark.parametrize("other", [FIRST, SHORT, "https://second-paper.com/older"])
def test_addresses_that_lead_on_to_one_page_are_one_page_where_it_is_not_recorded(
    shelf: Shelf, other: str
) -> None:
    cite(shelf, [MOVED], [other], [THIRD])
    put(shelf, MOVED, to=SECOND)
    put(shelf, other, to=SECOND)
    both = sorted((MOVED, other))
    for page in (MOVED, other, SECOND):
        (item,) = json.loads(run(shelf.place, "source", page, "--json").stdout)["items"]
        assert sorted([item["url"], *item["also_at"]]) == both
        assert [claim["exact"].split()[3] for claim in item["claims"]] == ["0", "1"]
        fallen = json.loads(run(shelf.place, "impact", "--source", page, "--json").stdout)
        assert [each["effect"] for each in fallen["items"]] == ["falls", "falls"]
    said = run(shelf.place, "audit", "https://report.example/1.md", "--json")
    n = json.loads(said.stdout)["items"][0]["numbers"]
    assert (n["sources"], n["sources_read"], n["sources_never_fetched"]) == (2, 1, 1)
    gone = json.loads(
        run(shelf.place, "withdraw", SECOND, "--date", "2025-02-01", "--json").stdout
    )["items"]
    assert [(each["claims"], each["also_at"]) for each in gone] == [(2, both)]
    found = json.loads(run(shelf.place, "claims", "--affected", "--json").stdout)["items"]
    assert [each["effect"] for each in found] == ["falls", "falls"]


def test_a_source_says_that_it_names_a_page_elsewhere_as_its_own_address(shelf: Shelf) -> None:
    cite(shelf, [FIRST], [THIRD])
    put(shelf, FIRST, head=canonical(SECOND))
    shown = run(shelf.place, "source", FIRST, "--format", "table").stdout
    assert (
        "It counts as second-paper.com: it names a page of second-paper.com as its own address ("
    ) in shown
    (item,) = json.loads(run(shelf.place, "source", THIRD, "--json").stdout)["items"]
    assert item["origin"] is None


def test_addresses_that_a_person_told_apart_are_two_wherever_they_lead(shelf: Shelf) -> None:
    cite(shelf, [FIRST], [MOVED])
    put(shelf, MOVED, to=SECOND)
    put(shelf, FIRST, to=SECOND)
    decide(shelf.ledger, Word("apart", FIRST, MOVED, By("Ann", NOON)), [id_of(FIRST), id_of(MOVED)])
    with Reader(shelf.place) as reader:
        assert one_page(reader, [id_of(FIRST)]) == {id_of(FIRST)}


def test_addresses_that_a_person_told_apart_and_then_the_same_are_one_again(shelf: Shelf) -> None:
    cite(shelf, [FIRST], [MOVED])
    put(shelf, MOVED, to=SECOND)
    put(shelf, FIRST, to=SECOND)
    both = [id_of(FIRST), id_of(MOVED)]
    decide(shelf.ledger, Word("apart", FIRST, MOVED, By("Ann", NOON)), both)
    decide(shelf.ledger, Word("same", MOVED, FIRST, By("Ann", NOON)), both)
    with Reader(shelf.place) as reader:
        assert one_page(reader, [id_of(FIRST)]) == set(both)
    decide(shelf.ledger, Word("apart", MOVED, FIRST, By("Bob", NOON)), both)
    with Reader(shelf.place) as reader:
        assert one_page(reader, [id_of(FIRST)]) == {id_of(FIRST)}


@pytest.fixture
def moving() -> Iterator[LoopbackServer]:
    """A page, and addresses that lead on to it in one step and in two."""
    prose = "\n\n".join((*PROSE, "It says so by itself."))

    with LoopbackServer() as server:

        def lead(to: str, connection: Connection) -> None:
            connection.answer(
                b"moved", f"Location: {server.url(to)}", status="301 Moved Permanently"
            )

        def page(connection: Connection) -> None:
            connection.answer(prose.encode(), "Content-Type: text/markdown; charset=utf-8")

        BEHAVIOURS["story.md"] = page
        BEHAVIOURS["moved"] = lambda connection: lead("/story.md", connection)
        BEHAVIOURS["twice"] = lambda connection: lead("/moved", connection)
        yield server


def test_where_an_address_led_is_said_of_the_source_and_the_article(
    db: Place, moving: LoopbackServer, tmp_path: Path
) -> None:
    twice, story = moving.url("/twice", "localhost"), moving.url("/story.md")
    report = tmp_path / "report.md"
    report.write_text(
        f"# Report\n\nThirty bridges were closed [1][2]. They were rusty [1].\n\n"
        f"## References\n\n[1]: {twice}\n[2]: {story}\n"
    )
    read = run(db, "ingest", str(report), "--follow", "1", *OPEN)
    assert read.exit_code == 0, read.stderr
    assert (
        f"note: {twice}: its address led on to {source_url(story)}, which is recorded too, so each "
        "of its claims is counted more than once. To leave that one out"
    ) in read.stderr
    words = f"Its address led on to {story} through {moving.url('/moved')} ("
    for asked in (("source", twice), ("article", twice)):
        assert words in run(db, *asked, "--format", "table").stdout
        (item,) = json.loads(run(db, *asked, "--json").stdout)["items"]
        assert item["led_to"]["url"] == story
        assert item["led_to"]["through"] == [moving.url("/moved")]
        assert item["outlet"] == "127.0.0.1"
    assert (
        f"{source_url(twice)} is another address of the same page."
        in run(db, "source", story, "--format", "table").stdout
    )
    for asked in (("source", story), ("article", story)):
        assert "led on" not in run(db, *asked, "--format", "table").stdout
        assert json.loads(run(db, *asked, "--json").stdout)["items"][0]["led_to"] is None
    assert f"its address led on to {source_url(story)}" in run(db, "origins", "--json").stdout
    trace = run(db, "trace", "Thirty bridges", "--format", "table").stdout
    assert "only one voice (2 addresses, 1 outlet)" in trace
    assert "not known" not in trace
    fallen = json.loads(run(db, "impact", "--source", story, "--json").stdout)["items"]
    assert [item["effect"] for item in fallen] == ["falls", "falls"]


@pytest.mark.parametrize("cited", [FIRST, SHORT])
def test_what_rests_on_an_address_falls_with_the_withdrawn_outlet_behind_it(
    shelf: Shelf, cited: str
) -> None:
    cite(shelf, [cited, SECOND], [cited], [THIRD])
    put(shelf, cited, to=SECOND)
    put(shelf, SECOND)
    assert run(shelf.place, "withdraw", "second-paper.com", "--date", "2025-02-01").exit_code == 0
    found = json.loads(run(shelf.place, "claims", "--affected", "--json").stdout)["items"]
    assert [each["effect"] for each in found] == ["falls", "falls"]
    ranked = json.loads(run(shelf.place, "impact", "--by", "outlet", "--json").stdout)["items"]
    assert [each["falls"] for each in ranked if each["name"] == "second-paper.com"] == [2]


def test_an_article_that_cites_itself_by_a_short_link_is_its_outlets_own_source(
    shelf: Shelf,
) -> None:
    prose = (f'The bridge was closed, <a href="{SHORT}">it is said there</a>.', *PROSE)
    put(shelf, FIRST, prose)
    assert json.loads(run(shelf.place, "circular", "--json").stdout)["items"] == []
    put(shelf, SHORT, prose, to=FIRST)
    (found,) = json.loads(run(shelf.place, "circular", "--json").stdout)["items"]
    assert found["kind"] == "own-page"
    assert [page["url"] for page in found["pages"]] == [FIRST]


def test_a_page_was_read_at_whatever_address_of_it(shelf: Shelf) -> None:
    cite(shelf, [SECOND], [MOVED], [THIRD])
    put(shelf, MOVED, to=SECOND)
    said = run(shelf.place, "audit", "https://report.example/1.md", "--json")
    (audit,) = json.loads(said.stdout)["items"]
    n = audit["numbers"]
    assert (n["sources"], n["sources_read"], n["sources_never_fetched"]) == (2, 1, 1)


@pytest.mark.parametrize("also", [True, False])
def test_a_circle_goes_through_a_page_once_whatever_its_addresses(
    shelf: Shelf, *, also: bool
) -> None:
    """The page is recorded at both its addresses, or only at the one that leads on to it."""
    cited = [
        f'It is said <a href="{to}">there</a> of the year {at}.'
        for at, to in enumerate((MOVED, SECOND))
    ]
    back = f'The bridge was closed, <a href="{THIRD}">it is said there</a>.'
    put(shelf, MOVED, (back, *OTHER), to=SECOND)
    if also:
        put(shelf, SECOND, (back, *OTHER))
    put(shelf, THIRD, (*cited, *PROSE))
    for named in ((), (MOVED,), (THIRD,)):
        said = json.loads(run(shelf.place, "circular", *named, "--json").stdout)
        (circle,) = said["items"]
        assert circle["kind"] == "circle"
        pages = {page["url"]: page for page in circle["pages"]}
        assert pages.keys() == {SECOND, THIRD}
        assert [page["article"] is None for page in pages.values()] == [False, False]
        assert pages[THIRD]["count"] == 2


def test_who_led_on_to_one_page_is_not_asked_to_set_one_aside(
    db: Place, moving: LoopbackServer
) -> None:
    first, second = moving.url("/moved"), moving.url("/twice", "localhost")
    assert run(db, "ingest", first, *OPEN).exit_code == 0
    said = run(db, "ingest", second, *OPEN)
    assert (
        f"note: {second}: its address led on to {source_url(moving.url('/story.md'))}, and this "
        f"has exactly the same bytes as {source_url(first)}, which is recorded too, so each of its "
        "claims is counted more than once\n"
    ) in said.stderr
    assert "set-aside" not in said.stderr


def test_that_both_are_recorded_is_said_and_how_to_leave_the_page_itself_out(
    db: Place, moving: LoopbackServer
) -> None:
    story, moved = moving.url("/story.md"), moving.url("/moved", "localhost")
    assert run(db, "ingest", story, *OPEN).exit_code == 0
    said = run(db, "ingest", moved, *OPEN)
    assert said.exit_code == 0
    assert f"its address led on to {source_url(story)}, which is recorded too" in said.stderr
    assert f" set-aside {source_url(story)}\n" in said.stderr
    assert run(db, "set-aside", source_url(story)).exit_code == 0
    items = json.loads(run(db, "origins", "--json").stdout)["items"]
    assert [item["url"] for item in items] == [source_url(moved)]
    shown = run(db, "source", source_url(story), "--format", "table").stdout
    assert "It was read itself: set aside by " in shown


def test_a_page_withdrawn_at_two_addresses_is_still_withdrawn_at_one(shelf: Shelf) -> None:
    cite(shelf, [MOVED], [SECOND])
    put(shelf, MOVED, to=SECOND)
    put(shelf, SECOND)
    for page in (MOVED, SECOND):
        assert run(shelf.place, "withdraw", page, "--date", "2025-02-01").exit_code == 0
    first, last = (run(shelf.place, "withdraw", page, "--undo") for page in (MOVED, SECOND))
    assert f"note: the page is still withdrawn as {SECOND}\n" in first.stderr
    assert "still withdrawn" not in last.stderr


def test_who_tells_pages_apart_names_pages_that_are_recorded(shelf: Shelf) -> None:
    cite(shelf, [FIRST], [MOVED])
    put(shelf, MOVED, to=SECOND)
    put(shelf, FIRST, to=SECOND)
    said = run(shelf.place, "origins", "apart", MOVED, SECOND)
    assert said.exit_code == 1
    assert f"{SECOND}': no source has this id or address" in said.stderr


def test_of_many_addresses_of_a_page_three_are_named() -> None:
    many = same_pages(f"https://a.example/{n}" for n in range(9))
    assert many[2:] == (
        "https://a.example/2 is another address of the same page",
        "6 further addresses are of the same page",
    )
