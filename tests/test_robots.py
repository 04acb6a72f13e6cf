"""Each case is one robots.txt, as a server gives it, and what follows for a page of that host."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import NamedTuple

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import (
    NOON,
    SMALL,
    Behaviour,
    Connection,
    CountingBackend,
    LoopbackServer,
    fetcher,
    gzip_bomb,
    silent_listener,
)

from ledger.errors import FetchError, RefusedError
from ledger.fetch import FetchSettings, Response
from ledger.fetch.robots import Robots
from ledger.fetch.trip import Trip

OBEDIENT = replace(SMALL, obey_robots=True, total_time_s=5)
HURRIED = replace(OBEDIENT, total_time_s=0.3)
FORBID = b"User-agent: *\nDisallow: /\n"


def text(body: bytes, *lines: str, status: str = "200 OK") -> Behaviour:
    return lambda connection: connection.answer(body, *lines, status=status)


def hops(count: int, then: bytes = FORBID) -> Behaviour:
    """So many redirects, the first from /robots.txt, the last to a page that says `then`."""

    def behave(connection: Connection) -> None:
        if count == 0:
            connection.answer(then)
        else:
            connection.answer(b"", f"Location: /hops/{count - 1}", status="301 Moved")

    return behave


def silent(connection: Connection) -> None:
    connection.closing.wait(5)


def hang_up(connection: Connection) -> None:
    del connection


def endless(connection: Connection) -> None:
    connection.head()
    connection.send(FORBID)
    connection.forever(b"# and so on\n" * 1000)


class Case(NamedTuple):
    robots: Behaviour
    allowed: bool
    path: str = "/ok"
    settings: FetchSettings = OBEDIENT


LONG = b"# " + b"x" * 600 * 1024 + b"\n"
CASES = {
    "a page that is forbidden": Case(text(FORBID), allowed=False),
    "a page that is not forbidden": Case(
        text(b"User-agent: *\nDisallow: /private/\n"), allowed=True
    ),
    "no robots.txt: 404": Case(text(FORBID, status="404 Not Found"), allowed=True),
    "no right to it: 401": Case(text(FORBID, status="401 Unauthorized"), allowed=True),
    "no right to it: 403": Case(text(FORBID, status="403 Forbidden"), allowed=True),
    "gone: 410": Case(text(FORBID, status="410 Gone"), allowed=True),
    "the server fails: 500": Case(text(b"", status="500 Oh"), allowed=False),
    "the server fails: 503": Case(text(b"", status="503 Oh"), allowed=False),
    "the server hangs up": Case(hang_up, allowed=False),
    "the server is silent": Case(silent, allowed=False, settings=HURRIED),
    "five redirects to an article, which forbids nothing": Case(hops(5), allowed=True),
    "six redirects": Case(hops(6), allowed=True),
    "a loop": Case(text(b"", "Location: /robots.txt", status="302 Found"), allowed=True),
    "a redirect to an address that is not public": Case(
        text(b"", "Location: http://10.0.0.1/robots.txt", status="302 Found"), allowed=False
    ),
    "a redirect to what is no address": Case(
        text(b"", "Location: http:////[x", status="302 Found"), allowed=False
    ),
    "the rule within the first 500 KiB": Case(text(FORBID + LONG), allowed=False),
    "the rule beyond the first 500 KiB": Case(text(LONG + FORBID), allowed=True),
    "more than a page may have, the rule at its beginning": Case(
        text(FORBID + LONG * 3), allowed=False
    ),
    "an endless one": Case(endless, allowed=False),
    "a byte order mark": Case(text(b"\xef\xbb\xbf" + FORBID), allowed=False),
    "coded": Case(text(gzip.compress(FORBID), "Content-Encoding: gzip"), allowed=False),
    "a bomb": Case(
        lambda connection: connection.answer(gzip_bomb(), "Content-Encoding: gzip"), allowed=True
    ),
    "carriage returns for lines": Case(text(b"User-agent: *\rDisallow: /\r"), allowed=False),
    "a wildcard": Case(text(b"User-agent: *\nDisallow: /*k$\n"), allowed=False),
    "a wildcard that ends elsewhere": Case(text(b"User-agent: *\nDisallow: /*o$\n"), allowed=True),
    "the longer rule counts": Case(
        text(b"User-agent: *\nDisallow: /\nAllow: /ok\n"), allowed=True
    ),
    "of two as long the one that allows": Case(
        text(b"User-agent: *\nDisallow: /ok\nAllow: /ok\n"), allowed=True
    ),
    "our own group before that for all": Case(
        text(b"User-agent: *\nDisallow: /\n\nUser-agent: Claim-Ledger\nAllow: /\n"), allowed=True
    ),
    "our own group, with a version": Case(
        text(b"user-agent: claim-ledger/9.0 # hello\nDisallow: /\n"), allowed=False
    ),
    "our own group, in two pieces": Case(
        text(
            b"User-agent: claim-ledger\nDisallow: /x\n\nUser-agent: *\nAllow: /\n\n"
            b"User-agent: a\nUser-agent: claim-ledger\nDisallow: /ok\n"
        ),
        allowed=False,
    ),
    "a group for others": Case(
        text(b"User-agent: claim\nUser-agent: ledger\nUser-agent: c\nDisallow: /\n"), allowed=True
    ),
    "an empty rule": Case(text(b"User-agent: *\nDisallow:\n"), allowed=True),
    "an empty file": Case(text(b""), allowed=True),
    "a page in its place": Case(text(b"<!doctype html><p>Disallow: /"), allowed=True),
    "the query counts": Case(
        text(b"User-agent: *\nDisallow: /*?print\n"), allowed=False, path="/ok?print=1"
    ),
    "escapes are one spelling": Case(
        text("User-agent: *\nDisallow: /ok?é\n".encode()), allowed=False, path="/ok?%C3%A9"
    ),
}  # fmt: skip


def test_there_are_at_least_fifteen_cases() -> None:
    assert len(CASES) >= 15


@pytest.mark.parametrize("name", CASES)
def test_robots_txt_is_obeyed(name: str) -> None:
    case = CASES[name]
    with LoopbackServer(robots=case.robots) as server:
        if case.allowed:
            assert fetcher(case.settings).fetch(server.url(case.path)).status == 200
        else:
            with pytest.raises(RefusedError, match=r"robots\.txt") as caught:
                fetcher(case.settings).fetch(server.url(case.path))
            assert caught.value.code in ("robots", "private-address")
            assert case.path not in server.targets
        assert server.targets[0] == "/robots.txt"


@pytest.mark.parametrize(
    ("host", "named"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "'localhost' stands for 127.0.0.1,")],
)
def test_what_is_no_matter_of_robots_txt_does_not_name_it(host: str, named: str) -> None:
    with LoopbackServer(robots=text(FORBID)) as server:
        url = server.url("/ok").replace("127.0.0.1", host)
        with pytest.raises(RefusedError) as caught:
            fetcher(replace(OBEDIENT, allow_private=())).fetch(url)
    assert caught.value.message.startswith(named)
    assert caught.value.remedy == "If it is yours, allow it: --allow-private 127.0.0.1"


def test_a_host_that_asked_to_be_left_alone_is_no_matter_of_robots_txt() -> None:
    with LoopbackServer(robots=text(FORBID)) as server, LoopbackServer() as other:
        shared = fetcher(OBEDIENT)
        shared.fetch(other.url("/turns/429,retry-after=3600/200"))
        with pytest.raises(FetchError) as caught:
            shared.fetch(server.url("/ok"))
    assert caught.value.code == "asked-to-wait"
    assert caught.value.message.startswith("the host asks to be left alone for 3,600 more")
    assert caught.value.remedy == "Run the same command again later, or allow more with --patience"


def test_a_refusal_says_what_to_do() -> None:
    with LoopbackServer(robots=text(FORBID)) as server:
        url = server.url("/ok")
        with pytest.raises(RefusedError) as caught:
            fetcher(OBEDIENT).fetch(url)
    assert str(caught.value) == (
        f"{url}: its robots.txt forbids this page. Save the page and give the file, ask the "
        "site for permission, or use --ignore-robots"
    )
    assert caught.value.code == "robots"


def test_whoever_overrules_it_does_not_ask_and_says_so_in_the_answer() -> None:
    with LoopbackServer(robots=text(FORBID)) as server:
        response = fetcher(replace(OBEDIENT, obey_robots=False)).fetch(server.url("/ok"))
    assert (response.robots, server.targets) == ("ignored", ["/ok"])


def test_it_is_asked_once_for_each_origin() -> None:
    with LoopbackServer() as one, LoopbackServer() as two:
        shared = fetcher(OBEDIENT)
        for server in (one, two, one, two):
            assert shared.fetch(server.url("/ok")).robots is None
        assert one.targets == two.targets == ["/robots.txt", "/ok", "/ok"]


def test_a_redirect_to_another_origin_asks_there() -> None:
    with LoopbackServer(robots=text(FORBID)) as closed, LoopbackServer() as open_:
        url = open_.url(f"/to/302/{closed.url('/ok')}")
        with pytest.raises(RefusedError, match="after a redirect to") as caught:
            fetcher(OBEDIENT).fetch(url)
        assert (caught.value.code, closed.targets) == ("robots", ["/robots.txt"])


def test_one_robots_txt_may_be_that_of_another_origin() -> None:
    with LoopbackServer(robots=text(FORBID)) as other:
        moved = text(b"", f"Location: {other.url('/robots.txt')}", status="301 Moved")
        with LoopbackServer(robots=moved) as server, pytest.raises(RefusedError):
            fetcher(OBEDIENT).fetch(server.url("/ok"))
        assert server.targets == ["/robots.txt"]


def test_a_host_that_cannot_be_reached_is_said_so_and_not_called_forbidden() -> None:
    with silent_listener() as port:
        pass
    with pytest.raises(FetchError, match="no connection") as caught:
        fetcher(OBEDIENT).fetch(f"http://127.0.0.1:{port}/ok")
    assert (caught.value.code, type(caught.value)) == ("connect", FetchError)


def test_an_address_that_is_not_public_is_not_asked_for_it_either() -> None:
    backend = CountingBackend(httpcore.SyncBackend())
    with pytest.raises(RefusedError) as caught:
        fetcher(replace(OBEDIENT, allow_private=()), backend=backend).fetch("http://127.0.0.1/")
    assert (caught.value.code, backend.connected) == ("private-address", [])


def test_a_passing_failure_of_robots_txt_is_asked_again() -> None:
    def second_time(connection: Connection) -> None:
        connection.answer(b"", status="404 No" if connection.turn else "503 Not Now")

    with LoopbackServer(robots=second_time) as server:
        assert fetcher(replace(OBEDIENT, tries=2)).fetch(server.url("/ok")).status == 200
        assert server.targets == ["/robots.txt", "/robots.txt", "/ok"]


def test_the_time_for_robots_txt_is_not_the_time_of_the_page() -> None:
    def slow(connection: Connection) -> None:
        connection.closing.wait(0.3)
        connection.answer(b"", status="404 No")

    with LoopbackServer(robots=slow) as server:
        settings = replace(OBEDIENT, total_time_s=0.5)
        assert fetcher(settings).fetch(server.url("/thinking/.3")).status == 200


# --- the reader by itself -----------------------------------------------------------------------


def answering(body: bytes, status: int = 200) -> Callable[[str], Response]:
    def ask(url: str) -> Response:
        asked.append(url)
        return Response(url, url, (), status, (), body, fetched_at=NOON)

    asked.clear()
    return ask


asked: list[str] = []


def verdict(robots: Robots, url: str) -> bool:
    try:
        robots.check(url, Trip(url, SMALL))
    except RefusedError:
        return False
    return True


def test_a_crawl_delay_is_told_to_who_keeps_the_pace() -> None:
    told: list[tuple[str, float]] = []
    body = b"User-agent: *\nCrawl-delay: 7.5\n\nUser-agent: other\nCrawl-delay: 100\n"
    robots = Robots(OBEDIENT, answering(body), lambda host, delay: told.append((host, delay)))
    assert verdict(robots, "https://A.example:8443/x")
    assert verdict(robots, "https://a.example:8443/")
    assert told == [("a.example", 7.5)]


def test_a_crawl_delay_keeps_requests_apart() -> None:
    with LoopbackServer(robots=text(b"User-agent: *\nCrawl-delay: 0.2\n")) as server:
        shared = fetcher(OBEDIENT)
        shared.fetch(server.url("/ok"))
        shared.fetch(server.url("/ok"))
    first, second, third = server.came
    assert second - first >= 0.2
    assert third - second >= 0.2


def test_a_crawl_delay_beyond_patience_closes_the_host() -> None:
    with LoopbackServer(robots=text(b"User-agent: *\nCrawl-delay: 90\n")) as server:
        with pytest.raises(FetchError) as caught:
            fetcher(OBEDIENT).fetch(server.url("/ok"))
        assert (caught.value.code, server.targets) == ("asked-to-wait", ["/robots.txt"])


@pytest.mark.parametrize(("age_s", "times"), [(3600, 1), (-1, 2)])
def test_it_is_believed_for_its_time(age_s: float, times: int) -> None:
    robots = Robots(replace(OBEDIENT, robots_age_s=age_s), answering(FORBID), lambda *_: None)
    assert [verdict(robots, "https://a.example/") for _ in "12"] == [False, False]
    assert asked == ["https://a.example/robots.txt"] * times


def failing(url: str) -> Response:
    asked.append(url)
    raise FetchError(url, "timeout", "no answer")


@pytest.mark.parametrize("ask", [answering(b"", status=503), failing])
def test_one_that_cannot_be_read_is_not_asked_for_with_every_page(
    ask: Callable[[str], Response],
) -> None:
    asked.clear()
    robots = Robots(OBEDIENT, ask, lambda *_: None)
    assert [verdict(robots, "https://a.example/") for _ in "12"] == [False, False]
    assert asked == ["https://a.example/robots.txt"]


def test_several_threads_ask_for_it_once() -> None:
    ask = answering(FORBID)

    def slowly(url: str) -> Response:
        time.sleep(0.02)
        return ask(url)

    robots = Robots(OBEDIENT, slowly, lambda *_: None)
    threads = [
        threading.Thread(target=verdict, args=(robots, "https://a.example/")) for _ in range(8)
    ]
    with ExitStack() as stack:
        for thread in threads:
            thread.start()
            stack.callback(thread.join)
    assert asked == ["https://a.example/robots.txt"]


def monsters() -> Iterator[tuple[str, bytes]]:
    size = 500 * 1024
    yield (
        "names",
        b"".join(b"User-agent: a%d\n" % n for n in range(size // 32))
        + (b"Disallow: /x\n" * (size // 26)),
    )
    yield (
        "spellings",
        b"".join(b"user agent a%d\n" % n for n in range(size // 32))
        + (b"Disallow: /x\n" * (size // 26)),
    )
    yield "wildcards", b"User-agent: *\nDisallow: /" + b"*a" * (size // 2) + b"b\n"
    yield "rules", b"User-agent: *\n" + b"Disallow: /*a*a*b\n" * (size // 18)
    yield "dollars", b"User-agent: *\nDisallow: /" + b"$" * size + b"\n"
    yield "escapes", b"User-agent: *\nDisallow: /" + b"%e9" * (size // 3) + b"\n"
    yield "blanks", b"User-agent:" + b" " * size + b"\nDisallow: /\n"
    yield "one line", b"User-agent " * (size // 11)
    yield "bytes", bytes(range(256)) * (size // 256)


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in monsters()])
def test_a_monstrous_file_that_forbids_nothing_of_this_forbids_nothing(body: bytes) -> None:
    robots = Robots(OBEDIENT, answering(body), lambda *_: None)
    assert verdict(robots, "https://a.example/" + "a" * 2000)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_whatever_break_it(body: bytes, path: str) -> None:
    robots = Robots(OBEDIENT, answering(body), lambda *_: None)
    assert verdict(robots, f"https://a.example/{path}") in (True, False)


@given(st.sampled_from(["a", "bot", "claimledger", "ledger", "claim-ledger2", "x claim-ledger"]))
def test_a_group_for_another_name_is_not_ours(name: str) -> None:
    body = f"User-agent: {name}\nDisallow: /\n".encode()
    robots = Robots(OBEDIENT, answering(body), lambda *_: None)
    assert verdict(robots, "https://a.example/")
