from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import PAGE, LoopbackServer, fetcher

from ledger.fetch import Validators

URL = "https://a.example/story"
MONDAY = "Mon, 05 Jan 2026 10:00:00 GMT"


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ([("etag", '"v1"')], {"If-None-Match": '"v1"'}),
        ([("etag", 'W/"v1"')], {"If-None-Match": 'W/"v1"'}),
        ([("etag", '""')], {"If-None-Match": '""'}),
        ([("last-modified", MONDAY)], {"If-Modified-Since": MONDAY}),
        (
            [("etag", '"v1"'), ("last-modified", MONDAY), ("etag", '"v2"')],
            {"If-None-Match": '"v1"', "If-Modified-Since": MONDAY},
        ),
        ([("etag", "v1")], {}),
        ([("etag", '"a\r\nX: 1"')], {}),
        ([("etag", '"' + "x" * 600 + '"')], {}),
        ([("etag", '"é"')], {}),
        ([("last-modified", "yesterday\r\nX: 1")], {}),
        ([("content-type", "text/html")], {}),
        ([], {}),
    ],
)
def test_what_a_server_sent_is_what_it_is_asked_by(
    headers: list[tuple[str, str]], sent: dict[str, str]
) -> None:
    validators = Validators.of(URL, headers)
    assert validators.sent_to(URL) == sent
    assert bool(validators) == bool(sent)


@pytest.mark.parametrize(
    "other",
    [
        "http://a.example/story", "https://b.example/story", "https://a.example:8443/story",
        "https://a.example/story/2", "https://a.example/story?page=2", "https://www.a.example/story",
    ],
)  # fmt: skip
def test_they_are_sent_to_the_page_they_came_from_and_to_no_other(other: str) -> None:
    assert Validators.of(URL, [("etag", '"v1"')]).sent_to(other) == {}


def test_a_fragment_is_no_other_page() -> None:
    assert Validators.of(f"{URL}#a", [("etag", '"v1"')]).sent_to(f"{URL}#b") != {}


@given(st.text(), st.text())
def test_no_text_whatever_breaks_a_request(etag: str, date: str) -> None:
    validators = Validators.of(URL, [("etag", etag), ("last-modified", date)])
    for value in validators.sent_to(URL).values():
        assert value.isascii()
        assert value.isprintable()


def test_a_page_that_has_not_changed_is_not_sent_again(server: LoopbackServer) -> None:
    url = server.url("/versions/v7")
    first = fetcher().fetch(url)
    again = fetcher().fetch(url, Validators.of(first.final_url, first.headers))
    assert (first.status, first.body) == (200, PAGE)
    assert (again.status, again.body) == (304, b"")


def test_a_page_that_has_changed_is_sent(server: LoopbackServer) -> None:
    url = server.url("/versions/v8")
    assert fetcher().fetch(url, Validators.of(url, [("etag", '"v7"')])).body == PAGE


def test_only_the_hop_that_answered_then_is_asked_by_them(server: LoopbackServer) -> None:
    unless = Validators.of(server.url("/versions/v7"), [("etag", '"v7"')])
    answer = fetcher().fetch(server.url("/to/302//versions/v7"), unless)
    assert answer.status == 304
    assert [b"If-None-Match" in request for request in server.requests] == [False, True]
