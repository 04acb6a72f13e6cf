"""Feeds and sitemaps: which pages they announce, which of them are new, and what attacks get."""

import gzip
import json
import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from readings import NOON
from typer.testing import CliRunner

from ledger.commands import app
from ledger.errors import ExtractError, FetchError
from ledger.inputs import Received
from ledger.pipeline.feeds import Item, moment_of, read_feed
from ledger.pipeline.ingest import ingest
from ledger.pipeline.news import new_items
from ledger.pipeline.sitemaps import MAX_LEVELS, MAX_SITEMAPS, read_sitemap, walk_sitemap
from ledger.store import open_ledger

BASE = "https://daily.example/feeds/all.xml"
ATOM = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>All &amp; more</title>
<entry><title>A</title><link rel="alternate" href="/a"/><updated>2025-03-04T12:00:00Z</updated>
</entry><entry><title>B</title><id>https://daily.example/b</id></entry></feed>"""
RSS = b"""<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>
<item><link>https://daily.example/a</link><pubDate>Tue, 04 Mar 2025 12:00:00 GMT</pubDate></item>
<item><guid>https://daily.example/b</guid></item>
<item><link>https://proxy.example/x</link><feedburner:origLink>https://daily.example/c
</feedburner:origLink></item>
<item><link>https://daily.example/a</link><pubDate>Wed, 05 Mar 2025 12:00:00 GMT</pubDate></item>
<item><link>file:///etc/passwd</link></item><item><title>nowhere</title></item></channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><item rdf:about="https://daily.example/a"><title>A</title>
<link>https://daily.example/a</link></item></rdf:RDF>"""
MARCH_4 = datetime(2025, 3, 4, 12, tzinfo=UTC)


def test_atom_links_are_made_absolute() -> None:
    assert read_feed(ATOM, "f", BASE) == [
        Item("https://daily.example/a", MARCH_4),
        Item("https://daily.example/b"),
    ]


def test_rss_gives_each_page_once_with_its_latest_time() -> None:
    assert read_feed(RSS, "f", BASE) == [
        Item("https://daily.example/a", MARCH_4 + timedelta(days=1)),
        Item("https://daily.example/b"),
        Item("https://daily.example/c"),
    ]


def test_rss_1_and_a_feed_that_is_not_well_formed() -> None:
    assert [item.url for item in read_feed(RDF, "f", None)] == ["https://daily.example/a"]
    broken = RSS.replace(b"</item>\n<item><guid>", b"</item>&nbsp;<br>\n<item><guid>", 1)
    assert Item("https://daily.example/c") in read_feed(broken, "f", BASE)


def test_json_feed() -> None:
    items = [
        {"id": "1", "url": "/a", "date_published": "2025-03-04T13:00:00+01:00"},
        {"id": "https://daily.example/b"},
        {"id": "https://daily.example/c", "url": " "},
        {"id": 7},
        {"url": "/half\ud800"},
        {"url": "/nul\0"},
        "none",
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    assert read_feed(body, "f", BASE) == [
        Item("https://daily.example/a", MARCH_4),
        Item("https://daily.example/b"),
        Item("https://daily.example/c"),
        Item("https://daily.example/half\ufffd"),
        Item("https://daily.example/nul\ufffd"),
    ]


@pytest.mark.parametrize("items", [5, "none", {"url": "/a"}, None])
def test_a_json_feed_without_a_list_announces_nothing(items: object) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    assert read_feed(body, "f", BASE) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html><p>Hello</p></html>", "not-a-feed"),
        (b"<urlset/>", "not-a-feed"),
        (b"{}", "not-a-feed"),
        (b'{"a": [', "not-a-feed"),
        (b"{" + b'"a":[' * 100_000, "not-a-feed"),
        (b"", "not-xml"),
        (b"Once upon a time", "not-xml"),
    ],
)
def test_what_is_no_feed_is_said(body: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read_feed(body, "f", BASE)
    assert caught.value.code == code


def attacks(tmp_path: Path) -> dict[str, str]:
    secret = tmp_path / "secret"
    secret.write_text("https://leak.example/SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><rss><channel><item><link>&l9;</link>'
        "</item></channel></rss>",
        "quadratic": f'<!DOCTYPE a [<!ENTITY q "{"x" * 100_000}">]><rss><channel><item><link>'
        f"{'&q;' * 10_000}</link></item></channel></rss>",
        "file": f'<!DOCTYPE a [<!ENTITY f SYSTEM "{secret.as_uri()}">]><rss><channel><item><link>'
        "&f;</link></item></channel></rss>",
        "parameter": f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{secret.as_uri()}">%p;]><rss/>',
        "attribute": '<!DOCTYPE a [<!ATTLIST rss v CDATA "1">]><rss/>',
    }


@pytest.mark.parametrize("name", ["laughs", "quadratic", "file", "parameter", "attribute"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_hostile_document_type_is_refused(tmp_path: Path, name: str, encoding: str) -> None:
    body = attacks(tmp_path)[name].encode(encoding)
    with pytest.raises(ExtractError) as caught:
        read_feed(body, "f", BASE)
    assert caught.value.code == "xml-entities"
    with pytest.raises(ExtractError) as caught:
        read_sitemap(sitemap(body))
    assert caught.value.code == "xml-entities"


@pytest.mark.parametrize(
    "outside",
    [
        '<!DOCTYPE rss SYSTEM "file:///{path}"><rss><channel/></rss>',
        '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><link>'
        '<xi:include href="file:///{path}" parse="text"/></link></item></channel></rss>',
        "<rss><channel><item><link>&unknown;</link></item></channel></rss>",
    ],
)
def test_nothing_outside_a_feed_is_read(tmp_path: Path, outside: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://leak.example/SECRET")
    assert read_feed(outside.format(path=secret).encode(), "f", None) == []


def test_a_huge_or_deep_document_ends() -> None:
    deep = b"<rss>" + b"<channel>" * 200_000
    assert read_feed(deep, "f", BASE) == []
    with pytest.raises(ExtractError) as caught:
        read_feed(b"<rss>" + bytes(60_000_000), "f", BASE)
    assert caught.value.code == "too-large"


@given(st.text(max_size=200), st.sampled_from(["", "<rss>", "<urlset>", "<feed><entry>", "{"]))
def test_no_text_whatever_makes_a_reader_fail(text: str, head: str) -> None:
    body = f"{head}{text}".encode("utf-8", "surrogatepass")
    for read in (lambda: read_feed(body, "f", BASE), lambda: read_sitemap(sitemap(body))):
        try:
            read()
        except ExtractError as error:
            assert error.code  # noqa: PT017 - either ending is right


def test_times() -> None:
    assert moment_of("2025-03-04T12:00:00Z") == MARCH_4
    assert moment_of("2025-03-04T12:00") == MARCH_4
    assert moment_of("2025-03-04") == datetime(2025, 3, 4, 23, 59, 59, tzinfo=UTC)
    assert moment_of("Tuesday") is None
    assert moment_of(7) is None
    assert moment_of("0001-01-01T00:00:00Z") == datetime(1, 1, 1, tzinfo=UTC)
    for outside in ("0001-01-01T00:00:00+02:00", "9999-12-31T23:00:00-05:00"):
        assert moment_of(outside) is None  # in UTC it is in no year that has a name


# --- sitemaps -----------------------------------------------------------------------------------

SITE = "https://daily.example"


def sitemap(body: bytes | str, url: str = f"{SITE}/sitemap.xml", status: int = 200) -> Received:
    body = body.encode() if isinstance(body, str) else body
    return Received(url, url, url, body, NOON, status=status)


def urlset(*paths: str) -> str:
    entries = "".join(f"<url><loc> {SITE}{path} </loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(*paths: str) -> str:
    entries = "".join(f"<sitemap><loc>{SITE}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{entries}</sitemapindex>"


def site(pages: Mapping[str, str | bytes]) -> Any:
    def get(url: str) -> Received:
        path = url.removeprefix(SITE)
        if path not in pages:
            raise FetchError(url, "timeout", "no answer")
        return sitemap(pages[path], url)

    return get


def walked(first: str | bytes, pages: Mapping[str, str | bytes]) -> list[str]:
    found = walk_sitemap(sitemap(first), site(pages))
    return [each.url.removeprefix(SITE) if isinstance(each, Item) else each.code for each in found]


def test_a_sitemap_with_times_and_pictures() -> None:
    body = (
        "<urlset><url><image><loc>https://daily.example/a.jpg</loc></image>"
        "<loc>https://daily.example/a</loc><lastmod>2025-03-04T12:00:00+00:00</lastmod></url>"
        "<url><loc>https://daily.example/b</loc><news><publication_date>2025-03-04</publication_date>"
        "</news></url><url><loc>mailto:x</loc></url><url/></urlset>"
    )
    assert read_sitemap(sitemap(body)).items == [
        Item(f"{SITE}/a", MARCH_4),
        Item(f"{SITE}/b", datetime(2025, 3, 4, 23, 59, 59, tzinfo=UTC)),
    ]


def test_an_index_is_followed_and_each_page_given_once() -> None:
    pages = {
        "/1.xml": urlset("/a", "/b").encode(),
        "/2.xml.gz": gzip.compress(urlset("/b", "/c").encode()),
    }
    assert walked(index("/1.xml", "/2.xml.gz", "/1.xml"), pages) == ["/a", "/b", "/c"]


def test_plain_lists_and_feeds_are_sitemaps_too() -> None:
    assert walked(f"{SITE}/a\n{SITE}/b\n", {}) == ["/a", "/b"]
    assert walked(f"\ufeff{SITE}/a\n{SITE}/b\n", {}) == ["/a", "/b"]
    assert walked(RSS, {}) == ["/a", "/b", "/c"]


def test_a_sitemap_that_fails_does_not_end_the_walk() -> None:
    pages: dict[str, str | bytes] = {
        "/2.xml": urlset("/a"),
        "/3.xml": "<html/>",
        "/4.xml": gzip.compress(urlset("/b").encode())[:-9],
    }
    found = walked(index("/1.xml", "/2.xml", "/3.xml", "/4.xml"), pages)
    assert found == ["timeout", "/a", "not-a-sitemap", "incomplete"]


def test_circles_and_depth_end() -> None:
    assert walked(index("/1.xml"), {"/1.xml": index("/sitemap.xml", "/1.xml")}) == []
    deep = {f"/{n}.xml": index(f"/{n + 1}.xml") for n in range(1, 9)}
    assert walked(index("/1.xml"), deep) == ["too-large"]
    assert walked(index("/1.xml"), {**deep, f"/{MAX_LEVELS}.xml": urlset("/a")}) == ["/a"]


@pytest.mark.no_cover
def test_sitemaps_that_are_not_read_any_more_are_not_kept() -> None:
    numbers = count()

    def get(url: str) -> Received:
        return sitemap(index(*(f"/{next(numbers)}.xml" for _ in range(100))), url)

    tracemalloc.start()
    (found,) = walk_sitemap(sitemap(index("/a.xml")), get)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, ExtractError)
    assert f"in {MAX_SITEMAPS:,} sitemaps the rest was not read" in found.message
    assert peak < 3_000_000


def test_the_next_sitemap_is_asked_only_when_it_is_needed() -> None:
    first = walk_sitemap(sitemap(index("/1.xml", "/2.xml")), site({"/1.xml": urlset("/a")}))
    assert next(first) == Item(f"{SITE}/a")


def test_an_error_page_is_no_sitemap() -> None:
    with pytest.raises(ExtractError) as caught:
        read_sitemap(sitemap("Gone", status=410))
    assert caught.value.code == "http-410"


# --- what is new ---------------------------------------------------------------------------------


def test_only_what_is_not_recorded_or_changed_since_is_new(empty_db: Path) -> None:
    url = f"{SITE}/a"
    with open_ledger(str(empty_db), clock=lambda: NOON) as ledger:
        ingest(ledger, Received(url, url, url, b"It broke [1].", NOON, media_type="text/markdown"))
        before, after = NOON - timedelta(days=1), NOON + timedelta(days=1)
        items = [Item(url), Item(url, before), Item(f"{url}?utm_source=x"), Item(url, after)]
        items.append(Item(f"{SITE}/b", before))
        assert list(new_items(ledger, items)) == items[3:]
        assert list(new_items(ledger, items, 1)) == items[3:4]
        assert list(new_items(ledger, items, 0)) == []


def test_no_more_is_read_than_the_new_pages_that_are_wanted(empty_db: Path) -> None:
    read: list[int] = []

    def announced() -> Iterator[Item]:
        for number in range(5_000):
            read.append(number)
            yield Item(f"{SITE}/{number}")

    with open_ledger(str(empty_db), clock=lambda: NOON) as ledger:
        assert len(list(new_items(ledger, announced(), 1_200))) == 1_200
        assert len(read) == 1_200
        assert len(list(new_items(ledger, announced()))) == 5_000


def test_pages_are_not_asked_about_one_by_one(empty_db: Path) -> None:
    asked: list[str] = []

    def before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    with open_ledger(str(empty_db), clock=lambda: NOON) as ledger:
        sa.event.listen(sa.Engine, "before_cursor_execute", before)
        try:
            found = list(new_items(ledger, [Item(f"{SITE}/{number}") for number in range(1_100)]))
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", before)
    assert len(found) == 1_100
    assert sum("captured_at" in statement for statement in asked) == 3


class Site(ThreadingHTTPServer):
    """A web site on loopback: path to (media type, body)."""

    def __init__(self, pages: dict[str, tuple[str, bytes]]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)
        self.root = f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        media_type, body = self.server.pages.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def news() -> Iterator[Site]:
    server = Site({})
    pages = {
        f"/{name}": (
            "text/markdown",
            f"Dam {name} broke at noon [1].\n\n[1]: https://a.example/".encode(),
        )
        for name in "abc"
    }
    links = "".join(f"<item><link>{server.root}{path}</link></item>" for path in pages)
    feed = f"<rss><channel>{links}</channel></rss>".encode()
    entries = "".join(f"<url><loc>{server.root}{path}</loc></url>" for path in pages)
    server.pages = {
        **pages,
        "/feed": ("application/rss+xml", feed),
        "/sitemap.xml": ("application/xml", f"<urlset>{entries}</urlset>".encode()),
    }
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def run(db: Path, *args: object) -> Any:
    words = ["--db", str(db), "ingest", "--allow-private", "127.0.0.0/8", "--pause", "0"]
    words += map(str, args)
    return CliRunner().invoke(app, words, env={"COLUMNS": "200"})


@pytest.mark.parametrize("kind", ["--feed", "--sitemap"])
def test_new_pages_are_read_in_steps_and_once(empty_db: Path, news: Site, kind: str) -> None:
    listing = f"{news.root}/{'feed' if kind == '--feed' else 'sitemap.xml'}"
    first = run(empty_db, kind, listing, "--limit", 2)
    second = run(empty_db, kind, listing, "--limit", 2)
    third = run(empty_db, kind, listing)

    assert [each.exit_code for each in (first, second, third)] == [0, 0, 0]
    assert f"{listing}: 2 pages listed so far, 2 new" in first.stderr
    assert "2 articles recorded" in first.stderr
    assert f"{listing}: 3 pages listed, 1 new" in second.stderr
    assert "1 article recorded" in second.stderr
    assert f"{listing}: 3 pages listed, 0 new" in third.stderr
    asked = [path for path in news.asked if path in ("/a", "/b", "/c")]
    assert asked == ["/a", "/b", "/c"]


def test_what_two_listings_announce_counts_once(empty_db: Path, news: Site, tmp_path: Path) -> None:
    both = tmp_path / "feed.json"
    items = [{"url": f"{news.root}/{page}"} for page in "ab"]
    version = "https://jsonfeed.org/version/1.1"
    both.write_text(json.dumps({"version": version, "items": items}))
    result = run(empty_db, "--feed", both, "--feed", f"{news.root}/feed", "--limit", 3)

    assert f"{both}: 2 pages listed, 2 new" in result.stderr
    assert f"{news.root}/feed: 3 pages listed so far, 1 new" in result.stderr
    assert "3 articles recorded" in result.stderr


def test_a_feed_in_a_file_and_one_that_is_not_there(
    empty_db: Path, news: Site, tmp_path: Path
) -> None:
    saved = tmp_path / "feed.xml"
    saved.write_bytes(news.pages["/feed"][1])
    result = run(empty_db, "--feed", saved, "--feed", f"{news.root}/none", "--sitemap", saved)

    assert result.exit_code == 3
    assert "3 articles recorded, 0 unchanged, 1 failed" in result.stderr
    assert f"{news.root}/none: the server answered 404: that is not a feed" in result.stderr
