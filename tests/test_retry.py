import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import (
    NOON,
    SMALL,
    Address,
    CountingBackend,
    LoopbackServer,
    fetcher,
    silent_listener,
)

from ledger.errors import FetchError
from ledger.fetch import FetchSettings, Response
from ledger.fetch.retry import asked_wait

PATIENT = replace(SMALL, tries=3)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_answer_that_says_not_now_is_asked_again(server: LoopbackServer, status: int) -> None:
    assert fetcher(PATIENT).fetch(server.url(f"/turns/{status}/200")).status == 200
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_the_last_answer_is_evidence_when_all_say_not_now(
    server: LoopbackServer, status: int
) -> None:
    assert fetcher(PATIENT).fetch(server.url(f"/turns/{status}")).status == status
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [200, 304, 400, 401, 403, 404, 408, 410, 451, 500, 501, 505])
def test_every_other_status_is_taken_as_it_is(server: LoopbackServer, status: int) -> None:
    assert fetcher(PATIENT).fetch(server.url(f"/turns/{status}/200")).status == status
    assert len(server.requests) == 1


def test_a_connection_that_ends_before_the_headers_is_made_again(server: LoopbackServer) -> None:
    assert fetcher(PATIENT).fetch(server.url("/turns/cut/cut/200")).status == 200
    assert len(server.requests) == 3


def test_what_failed_each_time_is_the_error_of_the_last(server: LoopbackServer) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher(PATIENT).fetch(server.url("/turns/cut"))
    assert (caught.value.code, len(server.requests)) == ("incomplete", 3)


def test_silence_is_asked_again() -> None:
    backend = CountingBackend(httpcore.SyncBackend())
    with silent_listener() as port, pytest.raises(FetchError) as caught:
        fetcher(replace(SMALL, tries=2, total_time_s=1), backend=backend).fetch(
            f"http://127.0.0.1:{port}/"
        )
    assert (caught.value.code, len(backend.connected)) == ("timeout", 2)


def test_a_resolver_that_cannot_say_is_asked_again() -> None:
    problems = [
        socket.gaierror(socket.EAI_AGAIN, "not now"),
        socket.gaierror(socket.EAI_NONAME, ""),
    ]
    asked = []

    def answer(host: str, _: int) -> Sequence[Address]:
        asked.append(host)
        raise problems[len(asked) - 1]

    with pytest.raises(FetchError) as caught:
        fetcher(PATIENT, answers=answer).fetch("http://news.example/")
    assert (caught.value.code, len(asked)) == ("name", 2)


def test_a_closed_port_is_tried_again() -> None:
    with silent_listener() as port:
        pass
    backend = CountingBackend(httpcore.SyncBackend())
    with pytest.raises(FetchError) as caught:
        fetcher(PATIENT, backend=backend).fetch(f"http://127.0.0.1:{port}/")
    assert (caught.value.code, len(backend.connected)) == ("connect", 3)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/announces/500", "incomplete"),
        ("/size/1048577", "too-large"),
        ("/garbage", "bad-response"),
        ("/coded/bomb", "too-large"),
        ("/hops/9", "too-many-redirects"),
        ("/to/302/http://10.0.0.1/", "private-address"),
    ],
)
def test_what_will_not_pass_is_asked_once(server: LoopbackServer, path: str, code: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher(PATIENT).fetch(server.url(path))
    assert caught.value.code == code
    assert len(set(server.requests)) == len(server.requests)


@pytest.mark.parametrize(
    "asked", ["0", "1", "-5", "soon", "", "0.5", "Fri, 02 Jan 2026 11:59:59 GMT"]
)
def test_a_short_wait_or_none_that_can_be_read_is_no_hindrance(
    server: LoopbackServer, asked: str
) -> None:
    path = f"/turns/429,retry-after={asked.replace(' ', '%20')}/200"
    assert fetcher(replace(PATIENT, patience_s=2)).fetch(server.url(path)).status == 200


@pytest.mark.parametrize(
    "asked", ["61", "3600", "999999999999999", "9" * 3000, "Fri, 02 Jan 2026 13:00:00 GMT"]
)
def test_a_wait_beyond_patience_gives_the_answer_and_closes_the_host_for_the_run(
    server: LoopbackServer, asked: str
) -> None:
    shared = fetcher(PATIENT)
    path = f"/turns/503,retry-after={asked.replace(' ', '%20')}/200"
    response = shared.fetch(server.url(path))
    assert (response.status, response.header("retry-after")) == (503, asked)
    with pytest.raises(FetchError) as caught:
        shared.fetch(server.url("/ok"))
    assert (caught.value.code, len(server.requests)) == ("asked-to-wait", 1)
    assert shared.wait_for(server.url("/ok")) == 0


def test_a_wait_within_patience_is_waited_out(server: LoopbackServer) -> None:
    fetcher(replace(PATIENT, patience_s=2)).fetch(server.url("/turns/429,retry-after=1/200"))
    first, second = server.came
    assert second - first > 0.9


def response(asked: str | None) -> Response:
    headers = () if asked is None else (("retry-after", asked),)
    return Response("http://a.example/", "http://a.example/", (), 503, headers, b"", NOON)


@pytest.mark.parametrize(
    ("asked", "wait_s"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("1.5", None),
        ("-1", None),
        ("７", None),
        ("0", 0),
        ("7", 7),
        (" 120 ", 120),
        ("86400", 3600),
        ("9" * 5000, 3600),
        ("Fri, 02 Jan 2026 12:00:30 GMT", 30),
        ("Fri, 02 Jan 2026 12:00:30 +0000", 30),
        ("Fri, 02 Jan 2026 12:00:30", 30),
        ("Friday, 02-Jan-26 12:00:30 GMT", 30),
        ("Thu, 01 Jan 2026 12:00:00 GMT", 0),
        ("Fri, 02 Jan 2099 12:00:00 GMT", 3600),
        ("Fri, 99 Jan 2026 12:00:00 GMT", None),
    ],
)
def test_a_wait_is_a_number_or_a_date(asked: str | None, wait_s: float | None) -> None:
    assert asked_wait(response(asked), FetchSettings(), NOON) == wait_s


@given(st.integers(-10_000, 10_000))
def test_a_date_is_as_far_off_as_it_says(seconds: int) -> None:
    date = (NOON + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert asked_wait(response(date), FetchSettings(), NOON) == min(max(seconds, 0), 3600)


@given(st.text(max_size=60), st.datetimes(timezones=st.just(UTC)))
def test_no_text_whatever_is_a_wait_of_less_than_nothing(text: str, now: datetime) -> None:
    wait = asked_wait(response(text), FetchSettings(), now)
    assert wait is None or 0 <= wait <= 3600


def test_retrying_says_nothing_on_the_terminal(server: LoopbackServer) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from dataclasses import replace;"
        "from loopback import SMALL, fetcher;"
        f"fetcher(replace(SMALL, tries=3)).fetch({server.url('/turns/503/200')!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603
    assert (done.stdout, done.stderr, len(server.requests)) == (b"", b"", 2)
