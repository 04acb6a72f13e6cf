import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.inputs import gather


def no_wait(_: str) -> float:
    return 0


def got(name: str) -> str:
    return name.upper()


def test_files_come_in_their_order_and_in_the_thread_of_the_caller() -> None:
    names = ["b.md", "a.md", "-"]
    threads: list[int] = []

    def get(name: str) -> str:
        threads.append(threading.get_ident())
        return got(name)

    arrived = list(gather(names, get, workers=4, wait_for=no_wait))
    assert arrived == [("b.md", "B.MD"), ("a.md", "A.MD"), ("-", "-")]
    assert set(threads) == {threading.get_ident()}


def test_addresses_of_one_host_come_in_their_order() -> None:
    names = [f"https://a.example/{number}" for number in range(50)]
    arrived = list(gather(names, got, workers=8, wait_for=no_wait))
    assert [name for name, _ in arrived] == names


@given(st.lists(st.sampled_from([f"https://{h}.example/{n}" for h in "abc" for n in "12345"] + [
    "file.md", "http://[broken", "https:///nowhere"]), unique=True), st.integers(1, 5))  # fmt: skip
def test_every_input_comes_once(names: list[str], workers: int) -> None:
    arrived = dict(gather(names, got, workers=workers, wait_for=no_wait))
    assert arrived == {name: got(name) for name in names}


def test_a_host_is_asked_for_one_thing_at_a_time_and_hosts_together() -> None:
    names = [f"https://{host}.example/{number}" for host in "abcd" for number in range(5)]
    meet = threading.Barrier(4, timeout=10)
    busy: set[str] = set()
    twice: list[str] = []

    def get(name: str) -> str:
        host = name.split("/")[2]
        if host in busy:
            twice.append(name)
        busy.add(host)
        meet.wait()  # passes only when four hosts are asked at once
        busy.discard(host)
        meet.wait()
        return name

    assert len(list(gather(names, get, workers=4, wait_for=no_wait))) == 20
    assert twice == []


def test_no_more_threads_than_asked_for() -> None:
    names = [f"https://h{number}.example/" for number in range(20)]
    inside: list[str] = []
    most: list[int] = []

    def get(name: str) -> str:
        inside.append(name)
        most.append(len(inside))
        time.sleep(0.005)
        inside.remove(name)
        return name

    assert len(list(gather(names, get, workers=3, wait_for=no_wait))) == 20
    assert max(most) <= 3


def test_a_host_that_must_wait_holds_no_thread() -> None:
    names = [f"https://{host}.example/{number}" for number in range(3) for host in "ab"]

    def wait_for(name: str) -> float:
        return 0.2 if "a.example" in name else 0.0

    arrived = [name for name, _ in gather(names, got, workers=1, wait_for=wait_for)]
    assert arrived == sorted(names, key=lambda name: ("a.example" in name, name))


def test_each_host_is_greeted_once_and_first() -> None:
    names = [f"https://{host}.example/{number}" for number in range(3) for host in "ab"]
    said: list[str] = []

    def get(name: str) -> str:
        said.append(f"get {name}")
        return name

    def greet(name: str) -> None:
        said.append(f"greet {name}")

    assert len(list(gather(names, get, workers=1, wait_for=no_wait, greet=greet))) == 6
    for host in "ab":
        of_host = [f"https://{host}.example/{number}" for number in range(3)]
        assert [each for each in said if f"{host}.example" in each] == [
            f"greet {of_host[0]}",
            *(f"get {name}" for name in of_host),
        ]


def test_a_greeting_that_goes_wrong_ends_the_whole() -> None:
    def greet(name: str) -> None:
        raise LookupError(name)

    with pytest.raises(LookupError):
        list(gather(["https://a.example/"], got, workers=1, wait_for=no_wait, greet=greet))


def test_what_is_raised_ends_the_whole() -> None:
    def get(name: str) -> str:
        raise LookupError(name)

    with pytest.raises(LookupError, match=r"a\.example"):
        list(gather(["https://a.example/"], get, workers=2, wait_for=no_wait))


def test_an_error_that_is_given_and_not_raised_is_what_came() -> None:
    problem = LookupError("as a value")
    arrived = gather(["https://a.example/"], lambda _: problem, workers=2, wait_for=no_wait)
    assert list(arrived) == [("https://a.example/", problem)]


def test_whoever_stops_taking_gets_no_more_begun() -> None:
    names = [f"https://h{number}.example/" for number in range(100)]
    begun: list[str] = []

    def get(name: str) -> str:
        begun.append(name)
        time.sleep(0.01)
        return name

    arrived = gather(names, get, workers=2, wait_for=no_wait)
    next(arrived)
    arrived.close()
    ended(lambda: not any(thread.name == "gather" for thread in threading.enumerate()))
    assert len(begun) < 100


def ended(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("the threads go on")


def test_pages_wait_for_a_slow_reader() -> None:
    names = [f"https://h{number}.example/" for number in range(50)]
    begun: list[str] = []

    def get(name: str) -> str:
        begun.append(name)
        return name

    ahead = []
    arrived = gather(names, get, workers=4, wait_for=no_wait, weigh=lambda _: 10, room=30)
    for taken, _ in enumerate(arrived, 1):
        time.sleep(0.001)
        ahead.append(len(begun) - taken)
    assert max(ahead) <= 7  # three fill the room, and four were under way
