"""What is pinned of ledgers, while several are signed for at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ledger.checkpoint import Checkpoint
from ledger.errors import UsageError
from ledger.pinned import Pin, keep, pins

LEDGERS = 40


def pin(number: int) -> Pin:
    return Pin(f"desk.example/{number}", f"{number:064x}", f"/ledgers/{number}.db")


def signed(each: Pin, size: int) -> Checkpoint:
    return Checkpoint(each.origin, size, bytes([size]) * 32)


def test_two_who_sign_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda n: keep(tmp_path, pin(n), signed(pin(n), 1)), range(LEDGERS)))
    assert {each.first for each in pins(tmp_path)} == {pin(n).first for n in range(LEDGERS)}


@pytest.mark.parametrize(
    "changed",
    [
        {"size": -5},
        {"size": "3"},
        {"size": 78.0},
        {"size": True},
        {"size": None},
        {"size": 2**70},
        {"size": 3, "root": ""},
        {"size": 3, "root": "é" * 64},
        {"root": 5},
        {"db": None},
        {"origin": ["desk"]},
        {"first": 7},
        {"more": 1},
    ],
)
def test_what_no_program_pinned_is_refused_as_damaged(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    keep(tmp_path, pin(1), signed(pin(1), 3))
    file = tmp_path / "ledgers.json"
    said = json.loads(file.read_text())
    said["ledgers"][0] |= changed
    file.write_text(json.dumps(said))
    with pytest.raises(UsageError, match=r"cannot be read\. Restore it from a backup"):
        pins(tmp_path)


def test_who_is_slow_does_not_take_back_what_was_signed_meanwhile(tmp_path: Path) -> None:
    mine = pin(1)
    keep(tmp_path, mine, signed(mine, 9))
    keep(tmp_path, mine, signed(mine, 7))
    assert pins(tmp_path) == (replace(mine, size=9, root="09" * 32),)
    keep(tmp_path, mine, signed(mine, 10))
    assert [each.size for each in pins(tmp_path)] == [10]


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": "9"},
        {"root": "no hex", "size": 9},
        {"root": "09", "size": 9},
        {"db": None},
        {"x": 1},
    ],
)
def test_what_somebody_wrote_into_the_pins_is_told_from_pins(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    said = {**asdict(pin(1)), **wrong}
    (tmp_path / "ledgers.json").write_text(json.dumps({"ledgers": [said]}))
    with pytest.raises(UsageError, match="cannot be read"):
        pins(tmp_path)


def test_what_an_earlier_program_pinned_is_read(tmp_path: Path) -> None:
    said = {key: value for key, value in asdict(pin(1)).items() if key != "after"}
    (tmp_path / "ledgers.json").write_text(json.dumps({"ledgers": [said]}))
    assert pins(tmp_path) == (pin(1),)
