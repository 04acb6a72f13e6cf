import gzip
import json
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from loopback import (
    BEHAVIOURS,
    CODED,
    HASTY,
    MEBIBYTE,
    NOON,
    PAGE,
    SMALL,
    STRICT,
    TLS_FOLDER,
    CountingBackend,
    LoopbackServer,
    fetcher,
    silent_listener,
)

from ledger.errors import FetchError, RefusedError, UsageError
from ledger.fetch import EVIDENCE_HEADERS, Fetcher, FetchSettings, Response
from ledger.fetch.body import read_body
from ledger.fetch.client import real_world
from ledger.fetch.trip import Trip


@pytest.fixture(scope="module")
def module_server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def server(module_server: LoopbackServer) -> LoopbackServer:
    module_server.requests.clear()
    return module_server


def failure(url: str, settings: FetchSettings = SMALL) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher(settings).fetch(url)
    return caught.value


# --- an answer is evidence ----------------------------------------------------------------------


def test_an_answer_carries_what_matters_as_evidence(server: LoopbackServer) -> None:
    url = server.url("/ok#part")
    response = fetcher().fetch(url)
    assert response == Response(
        requested_url=url,
        final_url=url,
        redirects=(),
        status=200,
        headers=(
            ("content-length", str(len(PAGE))),
            ("content-type", "Text/HTML; Charset=UTF-8"),
            ("etag", '"v1"'),
            ("last-modified", "Fri, 23 May 2025 10:00:00 GMT"),
            ("link", "</a>; rel=first"),
            ("link", "</b>; rel=last"),
        ),
        body=PAGE,
        fetched_at=NOON,
        allowed_private="127.0.0.0/8",
        robots="ignored",
    )
    assert (response.media_type, response.charset) == ("text/html", "UTF-8")
    assert "set-cookie" not in EVIDENCE_HEADERS


def test_what_a_server_does_not_declare_is_none(server: LoopbackServer) -> None:
    response = fetcher().fetch(server.url("/chunked"))
    assert (response.media_type, response.charset, response.header("etag")) == (None, None, None)


@pytest.mark.parametrize("status", [200, 204, 304, 404, 410, 429, 500, 503, 999])
def test_every_status_is_an_answer(server: LoopbackServer, status: int) -> None:
    response = fetcher().fetch(server.url(f"/status/{status}"))
    assert response.status == status
    assert response.body == (b"" if status in (204, 304) else b"so be it")


@pytest.mark.parametrize("path", ["/chunked", "/until-close", "/interim", "/extra", "/thinking/.3"])
def test_whatever_the_framing_the_body_is_the_page(server: LoopbackServer, path: str) -> None:
    assert fetcher().fetch(server.url(path)).body == PAGE


def test_an_empty_body_is_empty_whatever_coding_it_claims(server: LoopbackServer) -> None:
    assert fetcher().fetch(server.url("/empty")).body == b""


def test_only_the_listed_headers_are_sent(server: LoopbackServer) -> None:
    settings = replace(SMALL, contact="mailto:desk@example.org")
    fetcher(settings).fetch(server.url("/to/302//ok"))
    for request in server.requests:
        names = [line.partition(b":")[0].lower() for line in request.split(b"\r\n")[1:-2]]
        assert names == [b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"]
        assert b"(+mailto:desk@example.org)" in request
        assert b"Accept-Encoding: gzip\r\n" in request
        assert b"Host: 127.0.0.1:%d\r\n" % server.port in request
    assert len(server.requests) == 2


def test_the_user_agent_names_the_program_and_no_contact_unless_given(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import metadata

    def not_installed(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", not_installed)
    fetcher().fetch(server.url("/ok"))
    assert b"User-Agent: claim-ledger/0\r\n" in server.requests[0]


@pytest.mark.parametrize("contact", ["a\r\nX-Injected: 1", "näh", "a)b"])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match="printable ASCII"):
        FetchSettings(contact=contact)


def test_environment_proxies_are_not_used(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher().fetch(server.url("/ok")).status == 200


def test_the_real_clock_and_the_real_world_are_the_default(server: LoopbackServer) -> None:
    before = datetime.now(UTC)
    response = Fetcher(SMALL).fetch(server.url("/ok"))
    assert before <= response.fetched_at <= datetime.now(UTC)


def test_one_fetcher_serves_several_threads(server: LoopbackServer) -> None:
    shared, statuses = fetcher(), []

    def ask(status: int) -> None:
        statuses.append(shared.fetch(server.url(f"/status/{status}")).status)

    threads = [threading.Thread(target=ask, args=(status,)) for status in range(400, 416)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == list(range(400, 416))


def test_importing_the_package_does_not_load_the_http_client() -> None:
    code = "import sys, json, ledger.fetch; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603
    assert not {"httpx", "httpcore", "ssl", "asyncio"} & set(json.loads(done.stdout))


# --- redirects ----------------------------------------------------------------------------------


def test_redirects_are_recorded_in_order(server: LoopbackServer) -> None:
    response = fetcher().fetch(server.url("/hops/3"))
    assert response.requested_url == server.url("/hops/3")
    assert response.redirects == (server.url("/hops/2"), server.url("/hops/1"))
    assert response.final_url == server.url("/hops/0")
    assert response.body == PAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_may_be_relative_and_inherits_the_fragment(
    server: LoopbackServer, status: int
) -> None:
    response = fetcher().fetch(server.url(f"/relative/{status}#part"))
    assert (response.final_url, response.redirects) == (server.url("/ok#part"), ())


def test_a_location_with_spaces_and_its_own_fragment_is_spelled_as_a_url(
    server: LoopbackServer,
) -> None:
    response = fetcher().fetch(server.url("/to/302//ok?a%20b%23there") + "#here")
    assert response.final_url == server.url("/ok?a%20b#there")


@pytest.mark.parametrize("path", ["/to/300/ok", "/to/304/ok", "/to/302/"])
def test_what_is_no_redirect_or_points_nowhere_is_an_answer(
    server: LoopbackServer, path: str
) -> None:
    assert fetcher().fetch(server.url(path)).final_url == server.url(path)


def test_five_redirects_are_followed_and_six_are_not(server: LoopbackServer) -> None:
    assert fetcher().fetch(server.url("/hops/5")).status == 200
    server.requests.clear()
    assert failure(server.url("/hops/6")).code == "too-many-redirects"
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("path", "requests"),
    [("/self", 1), ("/self/again#there", 1), ("/ping", 2), ("/grow", 6), ("/to/302//pong", 3)],
)
def test_every_loop_ends_where_it_comes_back_or_after_six_requests(
    server: LoopbackServer, path: str, requests: int
) -> None:
    failed = failure(server.url(path))
    assert failed.code == "too-many-redirects"
    assert "save it there, and ingest that file" in str(failed)
    assert len(server.requests) == requests


FORBIDDEN_TARGETS = {
    "file:///etc/passwd": "scheme",
    "ftp://files.example/a": "scheme",
    "data:text/html,hello": "scheme",
    "javascript:alert(1)": "scheme",
    "gopher://127.0.0.1:70/": "scheme",
    "http://10.0.0.1/": "private-address",
    "http://192.168.1.1:8080/": "private-address",
    "http://169.254.169.254/latest/meta-data/": "private-address",
    "http://[::1]/": "private-address",
    "http://0/": "private-address",
    "//172.16.0.1/": "private-address",
    "https://100.100.100.200/": "private-address",
    "http://8.8.8.8:22/": "port",
    "http://user:secret@news.example/": "credentials",
    "http://news.example%5C@10.0.0.1/": "credentials",
    "http://news.example:99999/": "malformed",
    "http://[::1": "bad-response",
    "http:////[x": "bad-response",
    "http:////a[::1]": "bad-response",
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", FORBIDDEN_TARGETS)
def test_a_forbidden_hop_is_named_and_not_followed(
    server: LoopbackServer, target: str, status: int
) -> None:
    backend = CountingBackend(httpcore.SyncBackend())
    with pytest.raises(FetchError) as caught:
        fetcher(backend=backend).fetch(server.url(f"/to/{status}/{target}"))
    assert caught.value.code == FORBIDDEN_TARGETS[target]
    assert isinstance(caught.value, RefusedError) == (caught.value.code != "bad-response")
    assert backend.connected == [("127.0.0.1", server.port)]
    if target.startswith("http://10."):
        assert "after a redirect to http://10.0.0.1/" in str(caught.value)


def test_a_password_in_a_redirect_is_not_repeated(server: LoopbackServer) -> None:
    error = failure(server.url("/to/302/http://user:secret@news.example/"))
    assert "secret" not in error.message
    assert "http://news.example/" in error.message


def test_refresh_headers_and_tags_are_not_followed(server: LoopbackServer) -> None:
    response = fetcher().fetch(server.url("/refresh"))
    assert response.final_url == server.url("/refresh")
    assert response.header("refresh") == "0; url=http://10.0.0.1/"
    assert len(server.requests) == 1


def test_the_first_of_two_locations_counts(server: LoopbackServer) -> None:
    assert fetcher().fetch(server.url("/two-locations")).final_url == server.url("/ok")


# --- limits -------------------------------------------------------------------------------------

HOSTILE = {
    "/silent": "timeout",
    "/thinking/3": "timeout",
    "/slow-head": "too-slow",
    "/slow-body": "too-slow",
    "/stalled": "too-slow",
    "/endless": "too-large",
    "/endless-head": "too-large",
    "/endless-interim": "too-large",
    "/endless-trailer": "bad-response",
    "/chunk-flood": "too-large",
    "/big-head/200000": "too-large",
    "/announces/99999999": "too-large",
    "/announces/500": "incomplete",
    f"/announces/{'9' * 5000}": "bad-response",
    "/announces/ten": "bad-response",
    "/two-lengths": "bad-response",
    "/cut-chunk": "incomplete",
    "/bad-chunk": "bad-response",
    "/hang-up": "incomplete",
    "/hang-up-in-head": "incomplete",
    "/reset": "incomplete",
    "/garbage": "bad-response",
    "/banner": "bad-response",
    "/other-protocol": "bad-response",
    "/size/1048577": "too-large",
}


BUSY_S = 10
"""Seconds that a busy machine may take besides; the server would go on for ever."""


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_server_is_left_in_time_and_the_next_fetch_succeeds(
    server: LoopbackServer, path: str
) -> None:
    settings, limit = {"timeout": (HASTY, 0.3), "too-slow": (STRICT, 0.3)}.get(
        HOSTILE[path], (SMALL, 1)
    )
    started = time.monotonic()
    error = failure(server.url(path), settings)
    assert error.code == HOSTILE[path]
    assert time.monotonic() - started < limit + BUSY_S
    assert len(str(error)) < 6000
    assert fetcher().fetch(server.url("/ok")).body == PAGE


def test_a_read_waits_to_the_end_of_the_rate_window_and_no_longer() -> None:
    patient = replace(SMALL, total_time_s=600, rate_window_s=60)
    trip = Trip("http://news.example/", patient)
    assert trip.patience() > 60  # the server may think before it speaks
    trip.received(1)
    assert trip.patience() <= 60


def test_a_page_one_byte_longer_than_asked_for_is_cut_at_its_length(server: LoopbackServer) -> None:
    assert fetcher().fetch(server.url("/announces/20")).body == PAGE[:20]


@pytest.mark.parametrize("path", ["/slow-head", "/slow-body"])
def test_the_total_time_holds_for_a_server_that_is_only_just_fast_enough(
    server: LoopbackServer, path: str
) -> None:
    started = time.monotonic()
    assert failure(server.url(path), replace(HASTY, min_rate=1)).code == "timeout"
    assert 0.3 <= time.monotonic() - started < 1.3


def test_one_second_is_one_second() -> None:
    settings = replace(HASTY, total_time_s=1)
    overdue = Trip("https://news.example/", settings).overdue()
    assert overdue.message == "no complete answer within 1 second"


def test_one_byte_is_one_byte() -> None:
    trip = Trip("https://news.example/", replace(SMALL, rate_window_s=0.01, min_rate=1000))
    trip.received(1)
    time.sleep(0.03)  # longer than a tick of any clock
    with pytest.raises(FetchError, match=": 1 byte in "):
        trip.received(0)


def test_the_total_time_is_over_all_hops(server: LoopbackServer) -> None:
    started = time.monotonic()
    error = failure(server.url("/to/302//silent"), HASTY)
    assert error.code == "timeout"
    assert "after a redirect to" in error.message
    assert 0.3 <= time.monotonic() - started < 1.3


def test_a_slow_but_steady_server_is_heard_out(server: LoopbackServer) -> None:
    settings = replace(SMALL, rate_window_s=0.3, min_rate=20)
    assert len(fetcher(settings).fetch(server.url("/steady")).body) == 4000


def test_a_body_of_exactly_the_limit_is_taken(server: LoopbackServer) -> None:
    assert len(fetcher().fetch(server.url("/size/1048576")).body) == MEBIBYTE


def test_headers_below_the_limit_are_taken(server: LoopbackServer) -> None:
    assert fetcher().fetch(server.url("/big-head/100000")).status == 200


def test_a_port_that_never_speaks_ends_in_time() -> None:
    with silent_listener() as port:
        for scheme in ("http", "https"):
            assert failure(f"{scheme}://127.0.0.1:{port}/", HASTY).code == "timeout"


def test_a_server_that_does_not_take_the_request_ends_in_time() -> None:
    class Stuffed(httpcore.MockStream):
        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            raise httpcore.WriteTimeout(f"{len(buffer)} bytes not taken in {timeout} s")

    class StuffedBackend(CountingBackend):
        def connect_tcp(self, host: str, port: int, *args: Any) -> httpcore.NetworkStream:
            super().connect_tcp(host, port, *args)
            return Stuffed([])

    with pytest.raises(FetchError) as caught:
        fetcher(backend=StuffedBackend()).fetch("http://8.8.8.8/")
    assert caught.value.code == "timeout"


def test_who_has_answered_and_gone_is_heard_all_the_same() -> None:
    class Gone(httpcore.MockStream):
        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            raise httpcore.WriteError(f"{len(buffer)} bytes for nobody within {timeout} s")

    class GoneBackend(CountingBackend):
        def connect_tcp(self, host: str, port: int, *args: Any) -> httpcore.NetworkStream:
            super().connect_tcp(host, port, *args)
            return Gone([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"])

    assert (
        fetcher(replace(SMALL, http2=False), backend=GoneBackend()).fetch("http://127.0.0.1/").body
        == b"hi"
    )


def test_a_closed_port_is_a_failed_connection() -> None:
    with silent_listener() as port:
        pass
    assert failure(f"http://127.0.0.1:{port}/").code == "connect"


# --- content coding -----------------------------------------------------------------------------

CODED_OUTCOMES = {
    "truncated": "incomplete",
    "not-gzip": "bad-response",
    "broken": "bad-response",
    "twice": "content-coding",
    "six-times": "content-coding",
    "brotli": "content-coding",
    "bomb": "too-large",
    "bomb-twice": "content-coding",
    "bomb-deflate": "too-large",
    "bomb-raw-deflate": "too-large",
    "bomb-truncated": "too-large",
    "bomb-trailing": "too-large",
    "bomb-members": "too-large",
}


@pytest.mark.parametrize("path", ["coded", "coded-drip"])
@pytest.mark.parametrize("name", sorted(set(CODED) - set(CODED_OUTCOMES)))
def test_one_content_coding_is_undone(server: LoopbackServer, path: str, name: str) -> None:
    assert fetcher().fetch(server.url(f"/{path}/{name}")).body == PAGE


@pytest.mark.parametrize("path", ["/coded/{}", "/coded/{}/404", "/coded-drip/{}"])
@pytest.mark.parametrize("name", CODED_OUTCOMES)
def test_bombs_and_broken_codings_end_early_and_small(
    server: LoopbackServer, path: str, name: str
) -> None:
    shared = fetcher()
    shared.fetch(server.url("/ok"))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as caught:
            shared.fetch(server.url(path.format(name)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code == CODED_OUTCOMES[name]
    assert peak < 8 * MEBIBYTE


def test_the_body_of_a_redirect_is_never_unpacked(server: LoopbackServer) -> None:
    assert fetcher().fetch(server.url("/redirect-bomb")).body == PAGE


def test_a_ratio_is_asked_for_only_above_the_free_bytes(server: LoopbackServer) -> None:
    packed = "/coded/bomb"
    small = replace(SMALL, max_raw_bytes=200_000, max_decoded_bytes=100 * MEBIBYTE)
    assert "100 times" in failure(server.url(packed), small).message
    free = replace(small, ratio_free_bytes=100 * MEBIBYTE)
    assert len(fetcher(free).fetch(server.url(packed)).body) == 64 * MEBIBYTE


def test_a_body_that_is_just_so_many_times_its_size_is_read() -> None:
    strict = replace(SMALL, ratio_free_bytes=0, max_ratio=1)
    assert read_body([b"abc"], "", Trip("http://news.example/", strict)) == b"abc"


@pytest.mark.parametrize("coding", ["identity, gzip", "gzip , identity", " X-GZIP\t", ",gzip,"])
def test_a_coding_may_stand_among_nothing(coding: str) -> None:
    packed = gzip.compress(PAGE)
    assert read_body([packed], coding, Trip("http://news.example/", SMALL)) == PAGE


def test_deflate_without_a_header_may_begin_with_a_multiple_of_31() -> None:
    packed = zlib.compress(b"ch", wbits=-zlib.MAX_WBITS)
    assert int.from_bytes(packed[:2], "big") % 31 == 0
    assert read_body([packed], "deflate", Trip("http://news.example/", SMALL)) == b"ch"


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "", "identity"]))
def test_no_bytes_whatever_break_the_decoder(data: bytes, coding: str) -> None:
    trip = Trip("http://news.example/", SMALL)
    body, code = b"", None
    try:
        body = read_body([data[:1], b"", data[1:]], coding, trip)
    except FetchError as error:
        code = error.code
    assert code in (None, "bad-response", "incomplete")
    assert coding in ("gzip", "deflate") or (body, code) == (data, None)


# --- TLS ----------------------------------------------------------------------------------------


def tls_server(name: str) -> LoopbackServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS_FOLDER / f"{name}.pem")
    return LoopbackServer(context)


def test_a_trusted_certificate_for_the_name_is_accepted() -> None:
    with tls_server("good") as server:
        response = fetcher().fetch(server.url("/ok", "news.example"))
    assert response.body == PAGE


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("expired", "certificate has expired"),
        ("other-host", "not valid for 'news.example'"),
        ("self-signed", "self-signed certificate"),
    ],
)
def test_a_bad_certificate_is_never_accepted(name: str, why: str) -> None:
    with tls_server(name) as server:
        with pytest.raises(FetchError, match=why) as caught:
            fetcher().fetch(server.url("/ok", "news.example"))
        assert server.requests == []
    assert caught.value.code == "tls"
    assert "_ssl.c" not in caught.value.message


YEAR = timedelta(days=365)
BAD_CERTIFICATES: dict[str, Callable[[trustme.CA], trustme.LeafCert]] = {
    "expired": lambda authority: authority.issue_cert(
        "news.example", not_before=NOON - 2 * YEAR, not_after=NOON - YEAR
    ),
    "not yet valid": lambda authority: authority.issue_cert(
        "news.example", not_before=datetime.now(UTC) + YEAR, not_after=datetime.now(UTC) + 2 * YEAR
    ),
    "of another host": lambda authority: authority.issue_cert("other.example"),
    "of hosts below": lambda authority: authority.issue_cert("*.news.example"),
    "of the address": lambda authority: authority.issue_cert("127.0.0.1"),
    "of an unknown authority": lambda _: trustme.CA().issue_cert("news.example"),
}


@pytest.mark.parametrize("name", BAD_CERTIFICATES)
def test_no_certificate_that_is_not_good_is_accepted(name: str) -> None:
    authority = trustme.CA()
    trusting, server_side = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(trusting)
    BAD_CERTIFICATES[name](authority).configure_cert(server_side)
    with LoopbackServer(server_side) as server:
        with pytest.raises(FetchError) as caught:
            fetcher(replace(SMALL, tries=3), tls=trusting).fetch(server.url("/ok", "news.example"))
        assert (caught.value.code, server.requests) == ("tls", [])
        good = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("news.example").configure_cert(good)
        with LoopbackServer(good) as trusted:
            assert fetcher(tls=trusting).fetch(trusted.url("/ok", "news.example")).body == PAGE


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "NO_SUCH_VARIABLE"])
def test_no_other_authority_is_trusted_by_default_whatever_the_environment_names(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(TLS_FOLDER / "authority.pem"))
    with tls_server("good") as server, pytest.raises(FetchError, match="issuer") as caught:
        fetcher(tls=real_world().tls).fetch(server.url("/ok", "news.example"))
    assert caught.value.code == "tls"


def test_a_server_without_tls_is_no_trusted_connection(server: LoopbackServer) -> None:
    url = server.url("/ok", "news.example").replace("http:", "https:")
    assert failure(url, HASTY).code in ("tls", "timeout")


def test_a_step_down_from_https_shows_in_the_addresses(server: LoopbackServer) -> None:
    with tls_server("good") as secure:
        down = server.url("/to/302/" + server.url("/ok"))
        response = fetcher().fetch(secure.url(f"/to/302/{down}", "news.example"))
    schemes = [
        address.partition(":")[0]
        for address in (response.requested_url, *response.redirects, response.final_url)
    ]
    assert schemes == ["https", "http", "http"]


def test_every_behaviour_of_the_server_is_used() -> None:
    folder = Path(__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("test_*.py"))
    assert [name for name in BEHAVIOURS if f"/{name}" not in source] == []
