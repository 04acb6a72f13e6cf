"""Pages are read in child processes: what kills a child is a failure of that page alone."""

import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.contain import Limits, Workers, workers
from ledger.errors import ExtractError
from ledger.extract import read as extract

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")

TIGHT = Limits(seconds=0.4, stalled_seconds=1.0, memory_bytes=64 << 20, answer_bytes=1 << 20)


def ask(pages: Workers, deed: str) -> str:
    return pages.read(f"<p>{deed}".encode(), name=f"{deed}.html", media_type="text/html")[0].text


def misbehaving(count: int = 1, *, limits: Limits = TIGHT, reader: str = "read") -> Workers:
    """Children that do what a page says (see `misbehaving.py`)."""
    return Workers(count, limits=limits, reader=f"misbehaving:{reader}", imported=())


def failure(pages: Workers, deed: str) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        ask(pages, deed)
    assert caught.value.input == f"{deed}.html"
    return caught.value


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # an orphan may wait there for a system that never asks
    return not state.exists() or state.read_text("ascii").rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def hostile() -> Iterator[Workers]:
    with misbehaving() as pages:
        yield pages


@posix
@pytest.mark.parametrize(
    ("deed", "code", "reason"),
    [
        ("hang", "worker-timeout", "took more than 1 s"),
        ("spin", "worker-timeout", "took more than"),
        ("spin_in_c", "worker-timeout", "took more than"),
        ("leave", "worker-died", "exit status 3"),
        ("vanish", "worker-died", "exit status 0"),
        ("segfault", "worker-died", "SIGSEGV"),
        ("abort", "worker-died", "SIGABRT"),
        ("garble", "worker-died", "makes no sense"),
        ("forge", "worker-died", "makes no sense"),
        ("announce", "worker-memory", "gave 1,152,921,504,606,846,976 bytes, the limit is"),
        ("huge", "worker-memory", "the limit is 1,048,576"),
        ("ring", "worker-timeout", "took more than 1 s"),
        ("lack_memory", "worker-memory", "more than 64 MB of memory"),
        ("hold_open", "worker-timeout", "took more than 1 s"),
        pytest.param("hoard", "worker-memory", "more than 64 MB of memory", marks=linux),
        pytest.param("hoard_slowly", "worker-memory", "more than 64 MB", marks=linux),
    ],
)
def test_a_page_that_brings_its_reader_down_is_one_failure(
    hostile: Workers, deed: str, code: str, reason: str
) -> None:
    error = failure(hostile, deed)

    assert error.code == code
    assert reason in str(error)
    assert "claim-ledger " in str(error), "with the versions of what read it"
    assert ask(hostile, "next") == "<p>next"


@posix
def test_a_page_that_had_to_wait_for_a_processor_is_no_failure() -> None:
    with misbehaving(limits=TIGHT._replace(stalled_seconds=30)) as pages:
        ask(pages, "ready")
        (pid,) = pages.pids()
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(TIGHT.seconds * 2, os.kill, (pid, signal.SIGCONT)).start()

        assert ask(pages, "next") == "<p>next"
        assert pages.pids() == (pid,)
        assert "took more than 0.4 s of processor time" in str(failure(pages, "spin_in_c"))


@posix
@pytest.mark.parametrize("deed", ["hang", "spin", "segfault", "abort"])
def test_the_note_says_where_it_was(hostile: Workers, deed: str) -> None:
    assert f"in {deed}" in "".join(failure(hostile, deed).__notes__)


def test_an_error_of_the_reader_comes_out_as_it_was(hostile: Workers) -> None:
    with pytest.raises(ExtractError) as caught:
        ask(hostile, "refuse")

    error = caught.value
    assert (error.input, error.code) == ("inner.html", "odd")
    assert (error.message, error.remedy) == ("it is odd", "Straighten it")


def test_a_name_that_is_no_unicode_is_still_the_name(hostile: Workers) -> None:
    name = "caf\udce9.html"
    with pytest.raises(ExtractError) as caught:
        hostile.read(b"<p>refuse this", name=name)

    assert caught.value.input == name


@pytest.mark.parametrize(("deed", "kind"), [("err", "KeyError"), ("surrogate", "Pydantic")])
def test_a_mistake_of_the_reader_is_named_with_its_traceback(
    hostile: Workers, deed: str, kind: str
) -> None:
    before = ask(hostile, "environment") and hostile.pids()
    error = failure(hostile, deed)

    assert error.code == "internal"
    assert kind in error.message
    assert "Traceback" in error.__notes__[0]
    assert hostile.pids() == before, "a mistake costs no child"


def test_the_reader_is_called_as_the_caller_called(hostile: Workers) -> None:
    def called(**declared: str) -> str:
        return hostile.read(b"<p>arguments", name="a\n.html", **declared)[0].text

    assert called() == "a\n.html None None"
    assert called(media_type="text/html", charset="koi8-r") == "a\n.html text/html koi8-r"


def test_what_a_reader_prints_goes_nowhere(
    hostile: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(hostile, "chatter") == "said"
    assert capfd.readouterr() == ("", "")


def test_a_reader_has_no_input_no_environment_and_no_folder(hostile: Workers) -> None:
    names, _, folder = ask(hostile, "environment").partition(" in ")

    assert ask(hostile, "listen") == "silence"
    kept = {"SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}
    assert set(names.split()) <= kept | {"LC_CTYPE", "PYDANTIC_DISABLE_PLUGINS"}
    assert Path(folder) == Path(folder).parent


@posix
def test_a_reader_writes_no_files(hostile: Workers) -> None:
    assert "OSError" in failure(hostile, "write_file").message


@posix
@pytest.mark.parametrize("deed", ["speak_later", "die_later"])
def test_a_child_that_goes_wrong_between_two_pages_fails_neither(
    hostile: Workers, deed: str
) -> None:
    assert ask(hostile, deed) == "answered"
    before = hostile.pids()
    time.sleep(0.3)

    assert ask(hostile, "next") == "<p>next"
    assert hostile.pids() != before


@linux
def test_what_a_page_leaves_behind_does_not_fail_the_next(hostile: Workers) -> None:
    assert ask(hostile, "keep_some") == "kept"
    assert ask(hostile, "need_some") == str(40 << 20)


@posix
def test_a_large_body_to_a_child_that_takes_none_of_it(hostile: Workers) -> None:
    ask(hostile, "environment")
    (pid,) = hostile.pids()
    body = b"<p>" + b"x" * 20_000_000
    os.kill(pid, signal.SIGSTOP)

    with pytest.raises(ExtractError) as caught:
        hostile.read(body, name="large.html", media_type="text/html")
    assert caught.value.code == "worker-timeout"
    assert not alive(pid)


@posix
def test_a_large_body_to_a_child_that_dies_meanwhile(hostile: Workers) -> None:
    ask(hostile, "environment")
    (pid,) = hostile.pids()
    os.kill(pid, signal.SIGSTOP)
    killing = threading.Timer(0.1, os.kill, (pid, signal.SIGKILL))
    killing.start()

    assert len(ask(hostile, "x" * 900_000)) == 900_003, "another child reads it"
    killing.join()
    assert hostile.pids() != (pid,)


def test_twenty_megabytes_go_in_and_out() -> None:
    with misbehaving(limits=Limits()) as pages:
        assert len(ask(pages, "x" * 20_000_000)) == 20_000_003


def test_our_own_readers_need_no_child() -> None:
    body = b"Kyiv fell silent [1]."
    with misbehaving() as pages:
        for name in ("a.md", "a.txt", "-"):
            assert pages.read(body, name=name) == extract(body, name=name)
        with pytest.raises(ExtractError, match="it is empty"):
            pages.read(b" \n", name="a.html")
        with pytest.raises(ExtractError, match="not the answer of an AI service"):
            pages.read(b'{"a": 1}', name="a.json")
        assert pages.pids() == ()


def test_a_child_that_cannot_begin_says_why() -> None:
    with Workers(reader="misbehaving:nothing", imported=()) as pages:
        error = failure(pages, "hang")

    assert error.code == "worker-died"
    assert "could not begin" in str(error)
    assert "has no attribute 'nothing'" in error.__notes__[0]


@posix
def test_no_child_is_left() -> None:
    with misbehaving(2) as pages:
        ask(pages, "environment")
        seen = set(pages.pids())
        failure(pages, "segfault")
        ask(pages, "environment")
        seen |= set(pages.pids())

    assert len(seen) == 2
    assert not any(map(alive, seen))


@posix
def test_children_work_at_the_same_time_and_end_when_they_are_told() -> None:
    with ThreadPoolExecutor(3) as threads:
        with misbehaving(2, limits=TIGHT._replace(seconds=30, stalled_seconds=30)) as pages:
            waiting = [threads.submit(failure, pages, deed) for deed in ("hang", "spin", "hang")]
            while len(pages.pids()) < 2:
                time.sleep(0.01)
            seen = pages.pids()
            time.sleep(0.05)
        errors = [each.result(timeout=10) for each in waiting]

    assert {error.code for error in errors} == {"worker-died"}
    assert not any(map(alive, seen))


def test_results_belong_to_their_pages() -> None:
    names = [f"page {number}" for number in range(300)]
    with misbehaving(2) as pages, ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda name: ask(pages, name), names)) == [
            f"<p>{name}" for name in names
        ]
        assert len(pages.pids()) == 2


@posix
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_parent_that_is_ended_leaves_no_child(end: signal.Signals) -> None:
    script = (
        "from test_contain import TIGHT, ask, misbehaving\n"
        "with misbehaving(limits=TIGHT) as pages:\n"
        "    ask(pages, 'ready')\n"
        "    print(*pages.pids(), flush=True)\n"
        "    ask(pages, 'spin')\n"
    )
    parent = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        start_new_session=True,
    )
    assert parent.stdout is not None
    with parent, parent.stdout:
        child = int(parent.stdout.readline())
        time.sleep(0.1)
        if end is signal.SIGINT:
            os.killpg(parent.pid, end)  # as a terminal does
        else:
            parent.send_signal(end)
        parent.wait(10)
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)


def test_the_libraries_named_in_failures_are_those_we_depend_on() -> None:
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = [each for extra in project.get("optional-dependencies", {}).values() for each in extra]
    declared = " ".join([*project["dependencies"], *extras])

    for names in workers._PARSERS.values():
        for name in names:
            assert name in declared
