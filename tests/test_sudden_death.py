"""The short form of `sudden_death.py`; `make sudden-death` runs the long one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from sudden_death import files, kill_writers, stop_writing


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where temporary files are, and not in memory: who waits for a disk is killed in the midst."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.parametrize("writers", [1, 4])
def test_killed_writers_lose_nothing_that_they_acknowledged(folder: Path, writers: int) -> None:
    deaths = kill_writers(files(folder), writers, 5, seed=writers)
    assert deaths.acknowledged >= 5
    assert (deaths.lost, deaths.half) == (0, 0)


def test_killed_writers_with_a_write_ahead_log_lose_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.engine.wal_is_safe", lambda _: True)
    deaths = kill_writers(files(folder), 4, 5, seed=5)
    assert deaths.acknowledged >= 5
    assert (deaths.lost, deaths.half) == (0, 0)


def test_killed_writers_of_a_server_lose_nothing(postgres: PostgresServer) -> None:
    places = (postgres.url(postgres.made()) for _ in range(1))
    deaths = kill_writers(places, 2, 4, seed=2)
    assert deaths.acknowledged >= 4
    assert (deaths.lost, deaths.half) == (0, 0)


@pytest.mark.parametrize("kind", ["full disk", "read-only"])
def test_a_run_that_cannot_write_says_so_and_is_resumed(folder: Path, kind: str) -> None:
    stops = stop_writing(kind, 6, folder)
    assert stops.reached >= 4
    assert (stops.statuses, stops.lost, stops.unfinished) == ({5}, 0, 0)
