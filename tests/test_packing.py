"""The bytes of a capture as they are stored: what comes back is those bytes, or nothing."""

import tracemalloc

import pytest

from ledger.ids import payload_digest
from ledger.packing import packed, unpacked

BODY = b"<p>It rained in the valley.</p>"
DIGEST = payload_digest(BODY)


@pytest.mark.parametrize("most", [len(BODY), len(BODY) + 9, None])
def test_what_was_packed_comes_back(most: int | None) -> None:
    assert unpacked(packed(BODY), DIGEST, most) == BODY


@pytest.mark.parametrize(
    "stored",
    [packed(BODY[:-1]), packed(BODY)[:-1], packed(BODY) + b"x", BODY, b"", "text", 5, None],
    ids=["other", "cut-off", "more-behind", "not-packed", "nothing", "text", "number", "none"],
)
def test_what_is_not_those_bytes_is_nothing(stored: object) -> None:
    assert unpacked(stored, DIGEST, len(BODY)) is None
    assert unpacked(stored, DIGEST) is None


@pytest.mark.parametrize("most", [0, -1, len(BODY)])
def test_no_more_is_unfolded_than_there_should_be(most: int) -> None:
    bomb = packed(bytes(50_000_000))
    tracemalloc.start()
    assert unpacked(bomb, DIGEST, most) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
