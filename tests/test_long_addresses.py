"""Addresses of thousands of characters: what is remembered of them stays small."""

import tracemalloc

import pytest

from ledger.resolve.lead import lead_of

_MANY = 4_200
"""More than any part of the program remembers of them."""


def _kept(first: int) -> int:
    """Bytes that are kept for being asked where so many long addresses lead."""
    before, _ = tracemalloc.get_traced_memory()
    for number in range(first, first + _MANY):
        lead_of(f"https://library.example/{number}/{'reeds' * 600}?page={number}")
    after, _ = tracemalloc.get_traced_memory()
    return after - before


@pytest.mark.no_cover
def test_long_addresses_are_not_kept_by_the_ten_thousand() -> None:
    tracemalloc.start()
    _kept(0)
    more = _kept(_MANY)
    tracemalloc.stop()
    assert more < 3_000 * _MANY / 4
