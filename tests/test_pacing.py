import threading
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import SMALL, LoopbackServer, fetcher

from ledger.errors import FetchError
from ledger.fetch import FetchSettings
from ledger.fetch.pacing import Pace, host_of
from ledger.fetch.trip import Trip

SETTINGS = FetchSettings(pause_s=1, patience_s=60, max_pause_s=3600)


class Clock:
    """A clock that only sleeping and working move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def asked(pace: Pace, clock: Clock, url: str, takes_s: float = 0.2) -> tuple[float, float]:
    """When a request to `url` began and ended."""
    with pace.turn(url, Trip(url, SETTINGS)):
        began = clock.now
        clock.sleep(takes_s)
    return began, clock.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(SETTINGS, now=lambda: clock.now, sleep=clock.sleep)


def test_a_hundred_requests_to_one_host_are_each_a_pause_apart(clock: Clock, pace: Pace) -> None:
    moments = [asked(pace, clock, f"https://a.example/{n}") for n in range(100)]
    gaps = [later[0] - before[1] for before, later in pairwise(moments)]
    assert (len(gaps), [gap for gap in gaps if gap < 1 - 1e-9]) == (99, [])


def test_hosts_do_not_wait_for_each_other(clock: Clock, pace: Pace) -> None:
    began = [asked(pace, clock, f"https://{host}.example/", 0)[0] for host in "abc"]
    assert began == [1000.0] * 3


def test_a_host_is_one_whatever_its_scheme_port_and_letters(clock: Clock, pace: Pace) -> None:
    urls = (
        "http://a.example/",
        "https://A.example/",
        "https://a.example:8443/",
        "http://a.example./",
    )
    assert [asked(pace, clock, url, 0)[0] for url in urls] == [1000.0, 1001.0, 1002.0, 1003.0]


def test_a_crawl_delay_makes_the_pause_longer_and_never_shorter(clock: Clock, pace: Pace) -> None:
    pace.slow_down("a.example", 0.1)
    assert [asked(pace, clock, "https://a.example/", 0)[0] for _ in "12"] == [1000.0, 1001.0]
    pace.slow_down("a.example", 10)
    assert [asked(pace, clock, "https://a.example/", 0)[0] for _ in "12"] == [1011.0, 1021.0]


def test_a_host_that_asked_for_it_is_left_alone_so_long(clock: Clock, pace: Pace) -> None:
    pace.hold("a.example", 30)
    pace.hold("a.example", 5)
    assert asked(pace, clock, "https://a.example/")[0] == 1030.0


@pytest.mark.parametrize("wait_s", [61, 3600, 1e9])
def test_who_asks_for_more_than_the_patience_of_the_run_is_not_asked(
    clock: Clock, pace: Pace, wait_s: float
) -> None:
    pace.hold("a.example", wait_s)
    with pytest.raises(FetchError, match="left alone for") as caught:
        asked(pace, clock, "https://a.example/")
    assert (caught.value.code, clock.now) == ("asked-to-wait", 1000.0)


def test_nor_is_it_where_it_asks_for_more_while_somebody_waits(clock: Clock) -> None:
    def answered_meanwhile(seconds: float) -> None:
        clock.sleep(seconds)
        if clock.now < 1010:
            waiting.hold("a.example", 3600)

    waiting = Pace(SETTINGS, now=lambda: clock.now, sleep=answered_meanwhile)
    waiting.hold("a.example", 5)
    with pytest.raises(FetchError, match="left alone for"):
        asked(waiting, clock, "https://a.example/")
    assert clock.now == 1005.0


def test_no_wait_is_believed_beyond_an_hour(clock: Clock, pace: Pace) -> None:
    pace.hold("a.example", 1e9)
    pace.slow_down("b.example", 1e9)
    assert pace.free_at("a.example") == 1000 + 3600
    clock.now += 4000
    asked(pace, clock, "https://b.example/", 0)
    assert pace.free_at("b.example") == clock.now + 3600


def test_waiting_for_a_turn_is_not_the_time_of_the_trip() -> None:
    settings = replace(SETTINGS, total_time_s=0.2, pause_s=0.3)
    pace = Pace(settings)
    for _ in "12":
        trip = Trip("https://a.example/", settings)
        with pace.turn("https://a.example/", trip):
            assert trip.time_left() > 0


def test_one_host_is_asked_for_one_thing_at_a_time() -> None:
    settings = replace(SETTINGS, pause_s=0)
    pace, inside, most = Pace(settings), [], []

    def ask() -> None:
        with pace.turn("https://a.example/", Trip("https://a.example/", settings)):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20


def test_a_request_that_failed_is_followed_by_a_pause_too(clock: Clock, pace: Pace) -> None:
    trip = Trip("https://a.example/", SETTINGS)
    with pytest.raises(FetchError), pace.turn("https://a.example/", trip):
        raise trip.failed("incomplete", "gone")
    assert asked(pace, clock, "https://a.example/")[0] == 1001.0


@given(st.text(max_size=40))
def test_every_text_has_a_host_or_none(text: str) -> None:
    assert host_of(text) == host_of(text).lower()
    assert host_of(f"http://[{text}") == "" or "]" in text


def test_pages_robots_and_redirects_of_a_host_wait_in_one_line() -> None:
    with LoopbackServer() as server:
        polite = replace(SMALL, obey_robots=True, pause_s=0.1)
        shared = fetcher(polite)
        for path in ("/hops/2", "/ok"):
            shared.fetch(server.url(path))
    assert server.targets == ["/robots.txt", "/hops/2", "/hops/1", "/hops/0", "/ok"]
    # Between two arrivals lie a whole answer and a pause.
    assert [later - before >= 0.1 for before, later in pairwise(server.came)] == [True] * 4
