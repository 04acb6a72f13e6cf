"""A page of which some characters may not be those that were written says so."""

import pytest

from ledger.extract import read

PAGE = "<title>Dam</title><article><p>The dam at M\u00fchl broke on Monday [1].</p></article>"
PROSE = " ".join(
    ["Le pr\u00e9sident a d\u00e9clar\u00e9 lundi que la r\u00e9union \u00e9tait finie."] * 5
)


def garbled(body: bytes, *, name: str = "a.html", charset: str | None = None) -> list[str]:
    document, _, _ = read(body, name=name, charset=charset)
    return [each.detail for each in document.findings if each.code == "garbled-text"]


def test_bytes_that_are_no_character_are_told() -> None:
    body = f"{PROSE}\n\n{PROSE}".encode() + b" The dam \xff broke."
    assert garbled(body, name="a.txt") == ["1 character cannot be read, and became \ufffd"]


def test_a_page_that_is_not_what_it_says_is_told() -> None:
    body = PAGE.replace("M\u00fchl", PROSE).encode("windows-1252")
    told = garbled(body, charset="utf-8")
    assert told == ["it was read as windows-1252, and says that it is utf-8"]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", None),
        ("utf-8", "iso-8859-1"),  # UTF-8 is certain, whatever a server says
        ("windows-1252", "iso-8859-1"),
        ("windows-1252", None),
    ],
)
def test_of_what_was_read_for_certain_nothing_is_told(encoding: str, charset: str | None) -> None:
    body = PAGE.replace("M\u00fchl", PROSE).encode(encoding)
    assert garbled(body, charset=charset) == []
