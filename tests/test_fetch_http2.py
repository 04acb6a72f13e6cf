import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import HASTY, MEBIBYTE, PAGE, SMALL, STRICT, CountingBackend, fetcher
from loopback_h2 import BEHAVIOURS, DATA, END_HEADERS, HEADERS, LoopbackH2Server, frame, head

from ledger.errors import FetchError

NARROW = replace(SMALL, max_raw_bytes=20_000)


@pytest.fixture(scope="module")
def module_server() -> Iterator[LoopbackH2Server]:
    with LoopbackH2Server() as server:
        yield server


@pytest.fixture
def server(module_server: LoopbackH2Server) -> LoopbackH2Server:
    module_server.requests.clear()
    return module_server


def test_a_page_over_http_2_is_a_page(server: LoopbackH2Server) -> None:
    response = fetcher().fetch(server.url("/ok"))
    assert (response.status, response.body, response.media_type) == (200, PAGE, "text/html")
    assert response.headers == (("content-type", "text/html"), ("etag", '"v2"'))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/padded", b"x" * 800),
        ("/gzip", PAGE),
        ("/large", b"x" * MEBIBYTE),
        ("/interim", PAGE),
        ("/settings-first", PAGE),
        ("/missing", b"no such page"),
        ("/moved", PAGE),
        ("/no-status", PAGE),
    ],
)
def test_whatever_the_frames_the_body_is_the_page(
    server: LoopbackH2Server, path: str, body: bytes
) -> None:
    assert fetcher().fetch(server.url(path)).body == body


def test_the_same_few_headers_are_sent(server: LoopbackH2Server) -> None:
    fetcher().fetch(server.url("/moved"))
    for request in server.requests:
        assert set(request) == {
            ":method", ":authority", ":scheme", ":path", "user-agent", "accept", "accept-encoding",
        }  # fmt: skip
        assert request[":authority"] == f"news.example:{server.port}"
    assert len(server.requests) == 2


def test_who_does_not_want_http_2_is_not_spoken_to_in_it(server: LoopbackH2Server) -> None:
    with pytest.raises(FetchError):
        fetcher(replace(SMALL, http2=False)).fetch(server.url("/ok"))
    assert server.requests == []


HOSTILE = {
    "/endless-data": "too-large",
    "/endless-padding": "too-large",
    "/endless-empty-data": "too-large",
    "/endless-pings": "too-large",
    "/endless-pings-in-body": "too-large",
    "/endless-settings": "too-large",
    "/endless-interim": "too-large",
    "/endless-continuation": "bad-response",
    "/big-head": "bad-response",
    "/header-bomb": "bad-response",
    "/unknown-frames": "too-large",
    "/window-updates": "bad-response",
    "/silent": "timeout",
    "/stalled": "too-slow",
    "/slow-body": "too-slow",
    "/slow-pings": "too-slow",
    "/hang-up": "incomplete",
    "/hang-up-in-body": "incomplete",
    "/goaway": "bad-response",
    "/goaway-in-body": "bad-response",
    "/reset": "bad-response",
    "/reset-in-body": "bad-response",
    "/status-word": "bad-response",
    "/status-0": "bad-response",
    "/status-20000": "bad-response",
    "/newline": "bad-response",
    "/nul": "bad-response",
    "/too-long": "bad-response",
    "/too-short": "bad-response",
    "/no-length": "bad-response",
    "/announces": "too-large",
    "/bad-block": "bad-response",
    "/data-first": "bad-response",
    "/other-stream": "bad-response",
    "/stream-of-its-own": "incomplete",
    "/push": "bad-response",
    "/large-frame": "bad-response",
    "/http-1": "incomplete",
    "/garbage": "incomplete",
    "/bomb": "too-large",
}


BUSY_S = 10
"""Seconds that a busy machine may take besides; the server would go on for ever."""


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_server_is_left_in_time_and_the_next_fetch_succeeds(
    server: LoopbackH2Server, path: str
) -> None:
    settings, limit = {"timeout": (HASTY, 0.3), "too-slow": (STRICT, 0.3)}.get(
        HOSTILE[path], (NARROW, NARROW.total_time_s)
    )
    fetcher().fetch(server.url("/ok"))
    tracemalloc.start()
    started = time.monotonic()
    try:
        with pytest.raises(FetchError) as caught:
            fetcher(settings).fetch(server.url(path))
        took = time.monotonic() - started
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code == HOSTILE[path]
    assert took < limit + BUSY_S
    assert peak < 16 * MEBIBYTE
    assert fetcher().fetch(server.url("/ok")).body == PAGE


def test_every_behaviour_of_the_server_is_used() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in BEHAVIOURS if f'"/{name}"' not in source] == []


class _Spoken:
    """A TLS connection that agreed on HTTP/2, as httpcore asks for it."""

    def selected_alpn_protocol(self) -> str:
        return "h2"


class _Frames(httpcore.MockStream):
    def start_tls(self, *_: Any) -> httpcore.NetworkStream:
        return self

    def get_extra_info(self, info: str) -> Any:
        return _Spoken() if info == "ssl_object" else None


class _FramesBackend(CountingBackend):
    def __init__(self, *sent: bytes) -> None:
        super().__init__()
        self.sent = list(sent)

    def connect_tcp(self, *_: Any) -> httpcore.NetworkStream:
        return _Frames(list(self.sent))


frames = st.builds(
    frame,
    st.integers(0, 12),
    st.one_of(st.binary(max_size=20), st.just(head()), st.just(head(("a", "b"), status="x"))),
    st.integers(0, 255),
    st.sampled_from([0, 1, 1, 1, 2, 3, 2**31 - 1, 2**31 + 1]),
)


@given(st.lists(st.one_of(frames, st.binary(min_size=1, max_size=30)), max_size=12))
def test_no_frames_whatever_raise_anything_else(sent: list[bytes]) -> None:
    shared = fetcher(backend=_FramesBackend(frame(4, stream=0), *sent))
    status, code = 200, None
    try:
        status = shared.fetch("https://8.8.8.8/").status
    except FetchError as error:
        code = error.code
    assert 200 <= status <= 999
    assert code in (None, "bad-response", "incomplete", "too-large", "content-coding")


def test_frames_from_memory_are_read_like_those_of_a_server() -> None:
    sent = frame(4, stream=0) + frame(HEADERS, head(), END_HEADERS) + frame(DATA, b"hi", 1)
    assert fetcher(backend=_FramesBackend(sent)).fetch("https://8.8.8.8/").body == b"hi"
