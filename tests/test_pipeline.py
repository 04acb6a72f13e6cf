"""The whole walk: inputs -> ledger, on a real SQLite file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.errors import ExtractError, UsageError
from ledger.model import Citation
from ledger.pipeline import Received, find_inputs, ingest, link, read, receive
from ledger.pipeline.link import Decision
from ledger.pipeline.receive import MAX_FILE_BYTES
from ledger.queries import marked
from ledger.reader import Reader
from ledger.store import Ledger, open_ledger
from ledger.tables import entry_of

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
BODY = b"The dam broke [1][2]. It held before [1].\n\n[1]: https://www.reuters.com/a\n"
URL = "https://daily.example/dam"


def page(body: bytes = BODY, *, minutes: int = 0, status: int | None = 200) -> Received:
    at = NOON + timedelta(minutes=minutes)
    return Received(URL, URL, URL, body, at, media_type="text/markdown", status=status)


@pytest.fixture
def ledger(empty_db: Path) -> Iterator[Ledger]:
    with open_ledger(str(empty_db), clock=lambda: NOON) as opened:
        yield opened


def test_an_article_is_recorded_once(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    again = ingest(ledger, page(minutes=5))

    assert (first.new, first.claims, first.citations, first.gaps) == (True, 2, 3, 1)
    assert (again.new, again.article, again.revises) == (False, first.article, None)


def test_other_bytes_at_one_address_are_another_version(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    second = ingest(ledger, page(BODY.replace(b"held", b"leaked"), minutes=5))
    back = ingest(ledger, page(minutes=10))

    assert second.new
    assert second.revises == first.article
    assert back.new
    assert back.revises == second.article


def test_references_from_outside_are_another_reading_of_the_same_bytes(ledger: Ledger) -> None:
    from ledger.extract.given import read_references

    first = ingest(ledger, page())
    given = read_references("marker,url\n2,https://apnews.com/b\n", "refs.csv")
    second = ingest(ledger, page(minutes=5), given)

    assert second.new
    assert second.gaps == 0
    assert second.revises == first.article
    assert ledger.latest_capture(read(page()).capture.source_id) is not None


def test_an_error_page_is_evidence_and_no_article(ledger: Ledger) -> None:
    with pytest.raises(ExtractError) as caught:
        ingest(ledger, page(b"Not found", status=404))

    assert caught.value.code == "http-404"
    source = read(page()).capture.source_id
    assert ledger.latest_capture(source) is not None
    assert ledger.latest_article(source) is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"[1]\n", "no-text"),
    ],
)
def test_a_page_without_article_is_captured_all_the_same(
    ledger: Ledger, body: bytes, code: str
) -> None:
    with pytest.raises(ExtractError) as caught:
        ingest(ledger, page(body))

    assert caught.value.code == code
    assert ledger.latest_capture(read(page()).capture.source_id) is not None


def test_a_file_without_article_is_not_recorded(ledger: Ledger, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.touch()
    received = receive(str(empty), clock=lambda: NOON)
    with pytest.raises(ExtractError):
        ingest(ledger, received)

    with Reader(Path(ledger.db)) as reader:
        assert reader.rows("SELECT * FROM journal") == []


def linked(ledger: Ledger, article: str, marker: str, url: str) -> int:
    with Reader(Path(ledger.db)) as reader:
        current = [entry_of("citation", row) for row in marked(reader, article, marker)]
    decision = Decision(article, marker, url, "jo", NOON, "seen on the page")
    return link(
        ledger, decision, [each for each in current if isinstance(each, Citation)]
    ).citations


def test_a_person_closes_a_gap(ledger: Ledger) -> None:
    article = ingest(ledger, page()).article or ""
    assert linked(ledger, article, "2", "https://apnews.com/b?utm_source=x") == 1

    with Reader(Path(ledger.db)) as reader:
        (row,) = marked(reader, article, "2")
        assert (row["gap"], row["url"]) == (None, "https://apnews.com/b?utm_source=x")
        assert reader.rows("SELECT url FROM source WHERE id = :id", {"id": row["source_id"]}) == [
            {"url": "https://apnews.com/b"}
        ]
        assert len(reader.rows("SELECT * FROM citation WHERE gap IS NOT NULL")) == 1
    assert linked(ledger, article, "2", "https://apnews.com/b") == 0
    assert linked(ledger, article, "2", "https://www.afp.com/c") == 1


@pytest.mark.parametrize(
    ("marker", "url", "message"),
    [
        ("2", "no address", "this is no address of a page"),
        ("2", "javascript:alert(1)", "this is no address of a page"),
        ("1", "https://apnews.com/b", "the article's own list says where it leads"),
    ],
)
def test_what_cannot_be_linked_is_refused(
    ledger: Ledger, marker: str, url: str, message: str
) -> None:
    article = ingest(ledger, page()).article or ""
    with pytest.raises(UsageError) as caught:
        linked(ledger, article, marker, url)

    assert message in str(caught.value)


def test_a_folder_gives_its_readable_files_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.html", "d.png", ".hidden.md", "sub/e.md", ".git/f.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [Path(name).relative_to(tmp_path).as_posix() for name in find_inputs([str(tmp_path)])]
    assert found == ["a.txt", "b.md", "c.html", "sub/e.md"]
    assert list(find_inputs(["-", URL, "missing.md"])) == ["-", URL, "missing.md"]


def test_a_file_is_a_page_at_its_own_address(tmp_path: Path) -> None:
    path = tmp_path / "a b.md"
    path.write_bytes(BODY)
    received = receive(str(path), clock=lambda: NOON)

    assert received.url == path.resolve().as_uri()
    assert receive(str(path), clock=lambda: NOON, url=URL).url == URL
    assert receive("-", clock=lambda: NOON, stdin=BODY).url.startswith("urn:sha256:")


@pytest.mark.parametrize("code", ["not-found", "not-a-file", "too-large", "unreadable"])
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, code: str) -> None:
    long = "x" * 300
    names = {"not-found": "gone.md", "not-a-file": "", "too-large": "big.md", "unreadable": long}
    with (tmp_path / "big.md").open("wb") as big:
        big.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(ExtractError) as caught:
        receive(str(tmp_path / names[code]), clock=lambda: NOON)

    assert caught.value.code == code
    assert caught.value.input in str(caught.value)


def test_reading_twice_gives_the_same_entries() -> None:
    assert read(page()) == read(page())


def test_several_addresses_of_one_reference_are_alternatives_of_one_marker() -> None:
    reading = read(page(b"It broke [1].\n\n[1] https://a.example/1 ; https://b.example/2\n"))

    places = [(each.group, each.ordinal, each.alternative, each.url) for each in reading.citations]
    assert places == [(0, 0, 0, "https://a.example/1"), (0, 0, 1, "https://b.example/2")]


def test_an_attribution_knows_the_group_next_to_it() -> None:
    reading = read(page(b"It broke, according to Reuters [1]. It held [1], the BBC reported.\n"))

    assert [(each.outlet, each.group) for each in reading.attributions] == [
        ("reuters.com", 0),
        ("bbc.com", None),
    ]
    assert [claim.kind for claim in reading.claims] == ["cited", "cited"]


def test_links_to_places_in_the_page_are_no_citations() -> None:
    reading = read(page(b"See [above](#top) or [mail us](mailto:a@b.example). It broke.\n"))

    assert reading.citations == ()
    assert {claim.kind for claim in reading.claims} == {"uncited"}
