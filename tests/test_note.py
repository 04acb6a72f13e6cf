import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.checkpoint import Checkpoint, opened, signed, unchecked
from ledger.errors import ExtractError, IntegrityError, UsageError
from ledger.note import open_note, read_key, sign, text_of, verifier_key

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = verifier_key("desk.example/ledger", PRIVATE)
TEXT = "desk.example/ledger\nsome words\n"
NOTE = sign(TEXT, "desk.example/ledger", PRIVATE)
POINT = Checkpoint("desk.example/ledger", 7, bytes(range(32)))

# The example in the documentation of Go's package `note`, which the format comes from.
THEIRS = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
THEIR_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)


def test_a_note_of_another_program_is_opened() -> None:
    assert open_note(THEIR_NOTE, read_key(THEIRS)).startswith("If you think")


def test_a_note_opens_with_its_key() -> None:
    assert open_note(NOTE, KEY) == text_of(NOTE) == TEXT


def test_a_key_is_read_from_its_line() -> None:
    assert read_key(str(KEY)) == KEY
    assert read_key(f" {KEY}\n") == KEY


def test_signatures_of_others_are_passed_over() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    witnessed = NOTE + sign(TEXT, "witness.example", other).rpartition("\n\n")[2]
    assert open_note(witnessed, KEY) == TEXT
    assert open_note(witnessed, verifier_key("witness.example", other)) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "",
        "words",
        "desk.example/ledger+00000000+" + str(KEY).rpartition("+")[2],
        str(KEY)[:-4],
        str(KEY).replace("desk", "des k"),
        str(KEY) + "=",
        f"desk.example/ledger+{KEY.id.hex()}+" + base64.b64encode(b"\2" + KEY.public).decode(),
        "x" * 100_000,
    ],
)
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        read_key(line)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "words",
        "words\n\n",
        TEXT,
        NOTE.rstrip("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("\n\n", "\n"),
        NOTE + NOTE.rpartition("\n\n")[2] * 20,
        NOTE.replace("words", "wo\x1brds"),
        f"{TEXT}\n— desk.example/ledger AAAA\n",
        f"{TEXT}\n— desk.example/ledger {'*' * 92}\n",
        "x" * 100_000 + NOTE,
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(ExtractError):
        open_note(note, KEY)


def test_a_note_of_another_key_is_refused() -> None:
    other = verifier_key("desk.example/ledger", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with pytest.raises(IntegrityError, match="not signed by"):
        open_note(NOTE, other)


def test_a_note_over_another_text_is_refused() -> None:
    with pytest.raises(IntegrityError, match="altered"):
        open_note(NOTE.replace("some words", "more words"), KEY)


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_no_character_of_a_note_can_be_changed(at: int, letter: str) -> None:
    forged = NOTE[:at] + letter + NOTE[at + 1 :]
    if forged != NOTE:
        with pytest.raises((ExtractError, IntegrityError)):
            open_note(forged, KEY)


def test_a_checkpoint_is_three_lines_signed_in_the_name_of_its_ledger() -> None:
    note = signed(POINT, PRIVATE)
    assert note.startswith(
        "desk.example/ledger\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— desk.example/"
    )
    assert opened(note, KEY) == unchecked(note) == POINT


def test_lines_that_others_add_to_a_checkpoint_are_passed_over() -> None:
    text = text_of(signed(POINT, PRIVATE))
    assert opened(sign(f"{text}an extension\n", KEY.name, PRIVATE), KEY) == POINT


@pytest.mark.parametrize(
    "text",
    [
        "desk.example/ledger\n",
        "desk.example/ledger\n7\n",
        "\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "desk.example/ledger\n07\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "desk.example/ledger\n-7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "desk.example/ledger\n٧\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        f"desk.example/ledger\n{10**4000}\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "desk.example/ledger\n9223372036854775808\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "desk.example/ledger\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n",
        "desk.example/ledger\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ExtractError, match="not a checkpoint"):
        opened(sign(text, KEY.name, PRIVATE), KEY)


def test_a_checkpoint_of_another_ledger_is_refused_with_both_names() -> None:
    other = signed(POINT._replace(origin="other.example"), PRIVATE)
    with pytest.raises(IntegrityError, match=r"of the ledger other\.example, not of desk\.example"):
        opened(other, KEY)
