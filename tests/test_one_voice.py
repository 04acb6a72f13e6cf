"""Small ledgers whose independence is counted by hand: addresses, outlets, voices, not known.

Beside each count stands how many outlets must be lost before the sentence falls, since both say how
far it stands on one leg.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from readings import NOON, noon
from test_led_on import FIRST, MOVED, SECOND, SHORT, THIRD, canonical, id_of, put
from test_likeness import OTHER, STORY
from test_voices import REUTERS, Shelf
from typer.testing import CliRunner

from ledger import summaries
from ledger.commands import app
from ledger.inputs.receive import Received
from ledger.pipeline.ingest import ingest
from ledger.pipeline.set_aside import set_aside
from ledger.pipeline.tell import By, registered
from ledger.pipeline.tell import merge as merging
from ledger.pipeline.voices import Word, compare_new, decide, merge
from ledger.provenance import (
    Losses,
    behind_in_words,
    copies_of,
    impact,
    independence,
    resilience,
)
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.voices.likeness import FEWEST, text_of

CREDITED = (f"VELMORA (Reuters) - {STORY[0]}", *STORY[1:])
ALSO = (
    "VELMORA (Reuters) - A ferry was late by two hours on the lake, as Tessa Brook of the line "
    "said, and forty people waited for it in the rain without a roof.",
)
LONG = (
    "while forty people waited in the rain at the pier until late in the evening, without a roof "
    "over their heads and without a word from the line, from the town or from the lake police"
)
"""The rest of a sentence, so that a page is no empty one."""
ANN = By("Ann", NOON)
MINISTRY = "https://www.gov.uk/government/news/depot"
ARCHIVED = f"https://web.archive.org/web/20240101000000/{FIRST}"
COPIES_OF_FIRST = (
    ARCHIVED,
    f"https://web.archive.org/web/20250101000000/{ARCHIVED}",
    f"https://archive.ph/newest/{FIRST}",
    f"https://archive.ph/2024.01.01-120000/{ARCHIVED}",
    "https://first--paper-com.translate.goog/story?_x_tr_sl=de&_x_tr_tl=en",
    f"https://translate.google.com/translate?sl=de&u={FIRST}",
    f"https://web.archive.org/web/2024/https://translate.google.com/translate?u={FIRST}",
    f"https://r.jina.ai/{FIRST}",
)


@pytest.fixture
def shelf(db: Place) -> Iterator[Shelf]:
    with open_ledger(str(db), clock=noon) as ledger:
        yield Shelf(ledger, db)
    with Reader(db) as reader:
        assert list(summaries.differences(reader)) == []


def rest(number: int) -> str:
    """Another such rest for each number, which no two pages have in common."""
    return " ".join(f"{word}{number}" for word in LONG.split())


def counted(shelf: Shelf, cited: Sequence[str]) -> tuple[int, int, int, int, int | None]:
    """What is behind a sentence that cites these addresses together, each with its own number."""
    markers = "".join(f"[{at}]" for at in range(1, len(cited) + 1))
    listed = "\n".join(f"[{at}]: {url}" for at, url in enumerate(cited, 1))
    text = f"# Report\n\nThe thing was closed in the year{markers}.\n\n## References\n\n{listed}\n"
    name = "https://report.example/1.md"
    got = Received(name, name, name, text.encode(), NOON, media_type="text/markdown")
    article = ingest(shelf.ledger, got).article
    with Reader(shelf.place) as reader:
        (row,) = reader.rows(
            "SELECT id FROM claim WHERE article_id = :id AND kind = 'cited'", {"id": article}
        )
        found = independence(reader, [row["id"]])[row["id"]]
        falls_with = resilience(reader, [row["id"]])[row["id"]]
    numbers = (found["addresses"], found["outlets"], found["origins"], found["unknown"])
    return (*numbers, falls_with)


def test_an_agencys_story_on_portals_is_one_voice(shelf: Shelf) -> None:
    put(shelf, FIRST, CREDITED)
    put(shelf, SECOND, (f"The Tribune writes: {STORY[0]}", *STORY[1:]))
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 1, 0, 1)
    assert counted(shelf, [FIRST, SECOND, THIRD]) == (3, 3, 2, 0, 2)
    put(shelf, THIRD, ALSO)  # another story of that agency: lost with it all the same
    assert counted(shelf, [FIRST, SECOND, THIRD]) == (3, 3, 1, 0, 1)


@pytest.mark.parametrize("copy", COPIES_OF_FIRST)
def test_a_way_to_a_page_is_no_other_page(shelf: Shelf, copy: str) -> None:
    assert counted(shelf, [copy, FIRST]) == (1, 1, 1, 0, 1)


def test_an_archives_code_may_be_any_page(shelf: Shelf) -> None:
    assert counted(shelf, [FIRST, "https://archive.ph/AbC12"]) == (2, 1, 1, 1, None)


def test_two_numbers_of_one_page_are_one_page(shelf: Shelf) -> None:
    assert counted(shelf, [FIRST, f"{FIRST}?utm_source=x"]) == (1, 1, 1, 0, 1)
    assert counted(shelf, [SHORT, SHORT]) == (1, 0, 0, 1, None)


def test_all_steps_of_a_redirect_are_one_voice(shelf: Shelf) -> None:
    put(shelf, SHORT, to=SECOND, through=("https://t.co/abc", MOVED))
    put(shelf, MOVED, to=SECOND)
    put(shelf, FIRST, to=SECOND)
    assert counted(shelf, [SHORT, MOVED, SECOND]) == (3, 1, 1, 0, 1)
    assert counted(shelf, [SHORT, MOVED, SECOND, FIRST]) == (4, 2, 1, 0, 1)


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize("gone", [FIRST, THIRD])
def test_an_address_that_is_set_aside_led_where_it_led(
    shelf: Shelf, gone: str, *, read: bool
) -> None:
    for page in (FIRST, THIRD, *((SECOND,) if read else ())):
        put(shelf, page, to=SECOND)
    assert counted(shelf, [FIRST, THIRD]) == (2, 2, 1, 0, 1)
    for said in ("aside", "stands"):
        set_aside(shelf.ledger, [gone, SECOND], said, ANN)
        assert counted(shelf, [FIRST, THIRD]) == (2, 2, 1, 0, 1)
        assert counted(shelf, [FIRST, THIRD, SECOND]) == (3, 3, 1, 0, 1)


def test_an_address_whose_page_was_erased_led_where_it_led(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path))
    put(shelf, FIRST, to=SECOND)
    put(shelf, MOVED, STORY, to=SECOND)
    words = ("journal", "redact", FIRST, "--reason", "a court", "--yes")
    assert CliRunner().invoke(app, ["--db", str(shelf.place), *words]).exit_code == 0
    for again in (False, True):
        compare_new(shelf.ledger, again=again)
        assert counted(shelf, [FIRST, SECOND]) == (2, 2, 1, 0, 1)
        assert counted(shelf, [FIRST, MOVED]) == (2, 2, 1, 0, 1)


def test_an_outlet_that_was_renamed_or_bought_is_one(shelf: Shelf) -> None:
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 2, 0, 2)
    one, other = (registered(f"{name}-paper.com") for name in ("first", "second"))
    merge(shelf.ledger, merging(one, other, ANN, {}), {one.key, other.key})
    assert counted(shelf, [FIRST, SECOND]) == (2, 1, 1, 0, 1)


def test_one_paper_is_one_voice_whosever_words_it_prints(shelf: Shelf) -> None:
    put(shelf, SECOND, CREDITED)
    put(shelf, MOVED, OTHER)
    assert counted(shelf, [SECOND, MOVED]) == (2, 1, 1, 0, 1)
    put(shelf, FIRST, OTHER[:1], head=canonical(MOVED))
    assert counted(shelf, [SECOND, FIRST]) == (2, 2, 1, 0, 1)
    # lost with the agency and the paper together, and with no one of them
    assert counted(shelf, [SECOND, MOVED, REUTERS]) == (3, 2, 2, 0, 2)


@pytest.mark.parametrize("page", [REUTERS, FIRST])
def test_who_repeats_a_page_says_nothing_of_whose_words_that_has(shelf: Shelf, page: str) -> None:
    link = f'<a href="{MINISTRY}">it says</a>'
    said = (f"The depot will be closed at once, {link}, {LONG}.",)
    put(shelf, page, said, head='<meta name="author" content="Reuters">')
    assert counted(shelf, [MINISTRY, "https://reuters.com/another"]) == (2, 2, 2, 0, 2)
    with Reader(shelf.place) as reader:
        lost = impact(reader, Losses(outlets=("reuters.com",)))
    assert {each["effect"] for each in lost if "thing" in each["exact"]} == {"weakens"}


@pytest.mark.parametrize(("to", "head"), [(THIRD, ""), (None, canonical(THIRD))])
def test_who_is_repeated_still_has_the_words_of_the_page_it_leads_to(
    shelf: Shelf, to: str | None, head: str
) -> None:
    put(shelf, SECOND, OTHER, to=to, head=head)
    link = f'<a href="{SECOND}">they say there</a>'
    put(shelf, FIRST, (f"The ferry was late again today, as {link}, {LONG}.",))
    assert counted(shelf, [SECOND, THIRD]) == (2, 2, 1, 0, 1)
    assert counted(shelf, [FIRST, SECOND, THIRD]) == (3, 3, 1, 0, 1)
    with Reader(shelf.place) as reader:  # so who leans on it hears that the other was withdrawn
        assert id_of(FIRST) in copies_of(reader, [id_of(SECOND)])[id_of(SECOND)]


def test_a_word_on_one_pair_changes_no_other(shelf: Shelf) -> None:
    put(shelf, SECOND, CREDITED)
    put(shelf, FIRST, (f"A few words of its own stand here, {LONG}.",), head=canonical(SECOND))
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 1, 0, 1)
    assert counted(shelf, [FIRST, REUTERS]) == (2, 2, 1, 0, 1)
    put(shelf, THIRD, OTHER)
    decide(shelf.ledger, Word("apart", FIRST, THIRD, ANN), [id_of(FIRST), id_of(THIRD)])
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 1, 0, 1)
    assert counted(shelf, [FIRST, REUTERS]) == (2, 2, 1, 0, 1)
    decide(shelf.ledger, Word("apart", FIRST, SECOND, ANN), [id_of(FIRST), id_of(SECOND)])
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 2, 0, 2)


@pytest.mark.parametrize("again", [FIRST, SECOND])
def test_pages_that_repeat_one_another_are_one_until_one_of_them_says_more(
    shelf: Shelf, again: str
) -> None:
    pages = {FIRST: SECOND, SECOND: THIRD, THIRD: FIRST}
    for n, (page, to) in enumerate(pages.items()):
        put(shelf, page, (f'The ferry was late, as <a href="{to}">is said</a>, {rest(n)}.',))
    assert counted(shelf, list(pages)) == (3, 3, 1, 0, 1)
    anew = f'The ferry came late, as <a href="{pages[again]}">is said</a>, {rest(9)}.'
    put(shelf, again, (anew,), later=1)
    assert counted(shelf, list(pages)) == (3, 3, 1, 0, 1)
    put(shelf, again, OTHER, later=2)  # now somebody said it first
    assert counted(shelf, list(pages)) == (3, 3, 1, 0, 1)
    with Reader(shelf.place) as reader:
        (outlet,) = {row["origin"] for row in reader.rows("SELECT origin FROM voice")}
    assert outlet == again.split("/")[2]


NEWS = "Nine hours it burned. Tessa Brook saw it. Nobody was hurt. "
NOTICE = "It is not here. Look again in an hour. Nobody can say more. "


def test_short_texts_are_one_where_they_are_the_same_word_for_word(shelf: Shelf) -> None:
    assert len(text_of([NEWS * 3]).shingles) < FEWEST
    put(shelf, FIRST, [NEWS * 3])
    put(shelf, SECOND, [NEWS * 3])
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 1, 0, 1)
    put(shelf, SECOND, [NEWS.replace("Nine hours", "All night") * 3], later=1)
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 2, 0, 2)
    for page in (FIRST, SECOND):  # what names nobody is anybody's
        put(shelf, page, [NOTICE * 3], later=2)
    assert counted(shelf, [FIRST, SECOND]) == (2, 2, 2, 0, 2)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((1, 1, 1, 0), "one voice (1 address, 1 outlet)"),
        ((2, 2, 1, 0), "only one voice (2 addresses, 2 outlets)"),
        ((2, 1, 1, 0), "only one voice (2 addresses, 1 outlet)"),
        (
            (3, 3, 2, 1),
            "2 voices (3 addresses, 3 outlets), and one source whose voice is not known",
        ),
        ((0, 1, 1, 0), "one voice (1 outlet)"),
        ((1, 0, 0, 1), "no known voice (1 address), and one source whose voice is not known"),
        ((0, 0, 0, 2), "no known voice, and 2 sources whose voice is not known"),
    ],
)
def test_how_many_voices_comes_first(numbers: tuple[int, int, int, int], said: str) -> None:
    assert behind_in_words(*numbers) == said
