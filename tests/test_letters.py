"""What a text has beyond ASCII is all that a rule about it has to look at."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.letters import beyond_ascii, holds


def test_only_what_is_no_ascii_is_kept_in_order() -> None:
    assert beyond_ascii("a — b² — 字\n") == "—²—字"
    assert beyond_ascii("plain, 100 %") == ""


@given(st.text())
def test_nothing_beyond_ascii_is_lost_not_even_half_characters(text: str) -> None:
    assert beyond_ascii(text) == "".join(char for char in text if ord(char) > 0x7F)


def test_a_text_holds_a_sign_whatever_the_sign_is_made_of() -> None:
    text = "Dams ] fell](#page-1).\n1. Roe：路透社\n\ufdd0"
    for sign in ("](#page-", "\n1", "] fell]", "fell", "：路", "e：", "\ufdd0", ""):
        assert holds(text, sign)
    for sign in ("]](", "]f", "\n2", "路：", "Fell", "[^"):
        assert not holds(text, sign)
    assert holds(text, "[^", "]]", "1. R")
    assert not holds(text)


@given(st.text(), st.text(max_size=4))
def test_what_a_text_holds_is_in_it(text: str, sign: str) -> None:
    assert holds(text, sign) == (sign in text)
    assert holds(text + sign + text, sign)
