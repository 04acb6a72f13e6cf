"""The short form of `make tamper`: what is found with a checkpoint, and what is not without."""

import pytest
from tampering import Line, table

BY_ONE_WHO_RECOMPUTES = {
    "the tail is cut off, cleanly",
    "an entry is rewritten, all hashes recomputed",
    "an entry is put in, all hashes recomputed",
    "the ledger is replaced by another",
}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    return table(tmp_path_factory.mktemp("tampering"), flips=60, others=8)


def test_with_a_checkpoint_everything_is_found(lines: list[Line]) -> None:
    assert all(line.changed > 0 for line in lines)
    assert [line for line in lines if line.found != line.changed] == []


def test_without_one_everything_is_found_but_what_recomputes_all_hashes(lines: list[Line]) -> None:
    for line in lines:
        expected = 0 if line.attack in BY_ONE_WHO_RECOMPUTES else line.changed
        assert (line.attack, line.without) == (line.attack, expected)
