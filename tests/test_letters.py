"""What a text has beyond ASCII is all that a rule about it has to look at."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.letters import beyond_ascii


def test_only_what_is_no_ascii_is_kept_in_order() -> None:
    assert beyond_ascii("a — b² — 字\n") == "—²—字"
    assert beyond_ascii("plain, 100 %") == ""


@given(st.text())
def test_nothing_beyond_ascii_is_lost_not_even_half_characters(text: str) -> None:
    assert beyond_ascii(text) == "".join(char for char in text if ord(char) > 0x7F)
