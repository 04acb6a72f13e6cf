"""What is recorded as it is: it is not read again, and whatever could make it another is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from test_notebook import REPORT, cell, notebook

from ledger.extract import read as extract
from ledger.extract import versions
from ledger.extract.expected import expected
from ledger.extract.lists.given import read_references
from ledger.inputs import Received
from ledger.model import Outlet
from ledger.names import REGISTRY, Names
from ledger.pipeline.ingest import ingest, is_recorded
from ledger.schema import Place
from ledger.store import Ledger, open_ledger

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
BODY = b"The dam broke [1][2]. It held before [1].\n\n[1]: https://www.reuters.com/a\n"
PAGE = "file:///drafts/dam.md"
GIVEN = read_references("marker,url\n2,https://apnews.com/b\n", "refs.csv")


def file(body: bytes = BODY, name: str = "dam.md", *, minutes: int = 0) -> Received:
    return Received(name, PAGE, PAGE, body, NOON + timedelta(minutes=minutes))


@pytest.fixture
def ledger(db: Place) -> Iterator[Ledger]:
    with open_ledger(str(db), clock=lambda: NOON) as opened:
        yield opened


class Reader:
    """`extract.read`, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, *args: Any, **options: Any) -> Any:
        self.asked += 1
        return extract(*args, **options)


def asked_again(ledger: Ledger, first: Received, again: Received, **given: Any) -> int:
    """How often an input is read that was recorded before, perhaps otherwise."""
    ingest(ledger, first)
    reader = Reader()
    known = is_recorded(ledger, again, given.get("given", ()), REGISTRY)
    ingest(ledger, again, extract=reader, **given)
    assert known == (reader.asked == 0)
    return reader.asked


def test_the_same_bytes_are_not_read_again(ledger: Ledger) -> None:
    assert asked_again(ledger, file(), file(minutes=5)) == 0


def test_a_list_that_stands_in_the_record_is_kept_without_reading(ledger: Ledger) -> None:
    ingest(ledger, file(), GIVEN)
    reader = Reader()
    again = ingest(ledger, file(minutes=5), extract=reader)
    assert (again.new, again.given_list, reader.asked) == (False, "kept", 0)


def test_another_list_is_read(ledger: Ledger) -> None:
    assert asked_again(ledger, file(), file(minutes=5), given=GIVEN) >= 1


def test_other_bytes_are_read(ledger: Ledger) -> None:
    assert asked_again(ledger, file(), file(BODY + b"More.\n", minutes=5)) == 1


def test_a_name_that_means_another_reader_is_read(ledger: Ledger) -> None:
    assert asked_again(ledger, file(name="dam.txt"), file(name="dam.md", minutes=5)) == 1


def test_what_an_older_reader_read_is_read_anew(ledger: Ledger) -> None:
    def older(*args: Any, **options: Any) -> Any:
        document, media_type, charset = extract(*args, **options)
        return replace(document, extractor="ledger-markdown/1"), media_type, charset

    ingest(ledger, file(), extract=older)
    reader = Reader()
    again = ingest(ledger, file(minutes=5), extract=reader)
    assert (again.new, reader.asked) == (True, 1)


def test_an_outlet_that_was_told_since_is_looked_for(ledger: Ledger) -> None:
    ingest(ledger, file())
    reader = Reader()
    names = Names([Outlet.make(key="dam.example", name="The Dam Herald", domain="dam.example")])
    assert not is_recorded(ledger, file(minutes=5), (), names)
    ingest(ledger, file(minutes=5), extract=reader, names=names)
    assert reader.asked == 1


@pytest.mark.parametrize(
    ("body", "name", "media_type"),
    [
        (BODY, "a.md", None),
        (BODY, "https://a.example/dam", "text/markdown; charset=utf-8"),
        (b"<!DOCTYPE html><html><body><p>The dam broke in May.</p></body></html>", "a", None),
        (b"<p>The dam broke in May.</p>", "https://a.example/", "text/html"),
        (b"== Dam ==\nIt broke.<ref>[https://a.example/ A]</ref>", "dam.wiki", None),
    ],
)
def test_the_reader_that_is_expected_is_the_one_that_reads(
    body: bytes, name: str, media_type: str | None
) -> None:
    found = expected(body, name=name, media_type=media_type)
    assert found == extract(body, name=name, media_type=media_type)[0].extractor


@pytest.mark.parametrize(
    ("body", "name"),
    [(BODY, "a.txt"), (BODY, "a"), (notebook(cell("markdown", REPORT)), "a.ipynb")],
)
def test_where_only_reading_tells_no_reader_is_expected(body: bytes, name: str) -> None:
    assert expected(body, name=name, media_type=None) is None


def test_every_reader_has_a_name_of_its_own() -> None:
    names = [value for key, value in vars(versions).items() if key.isupper()]
    assert len(names) == len({name.partition("/")[0] for name in names}) >= 12
