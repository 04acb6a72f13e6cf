"""A text and a key -> a signed note that anybody can check, and back (C2SP signed-note, Ed25519).

    text, ending with a newline
    (an empty line)
    — NAME BASE64(key id, 4 bytes || signature, 64 bytes)

A verifier key is one line, NAME+KEYID+BASE64(1 || public key), to be handed out in any way that
the writer of the ledger does not control. Format: https://c2sp.org/signed-note
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import ExtractError, IntegrityError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"
"""The signature type of C2SP signed-note that this program makes and checks."""

LONGEST = 1 << 16
"""Characters of a note that are looked at; ours have some hundreds."""

MOST_SIGNATURES = 16
"""Signatures of a note that are looked at: its own, and those of witnesses."""

_MARK = "— "


class VerifierKey(NamedTuple):
    """Who may have signed: `public` is the Ed25519 key, 32 bytes; `id` the four that name it."""

    name: str
    id: bytes
    public: bytes

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"


def verifier_key(name: str, private: "Ed25519PrivateKey") -> VerifierKey:
    """What others need to check what this key signs as `name`.

    Raises:
        UsageError: No key can have this name.
    """
    public = private.public_key().public_bytes_raw()
    return VerifierKey(_checked_name(name), _key_id(name, public), public)


def read_key(line: str) -> VerifierKey:
    """A verifier key from its one line.

    Raises:
        UsageError: It is none.
    """
    wrong = UsageError(
        "--key",
        "this is not a key to verify with",
        remedy="It looks like NAME+1a2b3c4d+AXYZ...: see ledger journal key",
    )
    name, _, rest = line.strip().partition("+")
    id, _, encoded = rest.partition("+")
    data = _bytes(encoded)
    if len(line) > LONGEST or data is None or data[:1] != ED25519 or len(data) != 33:
        raise wrong
    key = VerifierKey(_checked_name(name), _key_id(name, data[1:]), data[1:])
    if id != key.id.hex():
        raise wrong
    return key


def sign(text: str, name: str, private: "Ed25519PrivateKey") -> str:
    """The note over `text`, which ends with a newline, signed as `name`."""
    key = verifier_key(name, private)
    signature = _base64(key.id + private.sign(text.encode()))
    return f"{text}\n{_MARK}{name} {signature}\n"


def open_note(note: str, key: VerifierKey) -> str:
    """The text of a note, if `key` signed it.

    Raises:
        ExtractError: It is no signed note.
        IntegrityError: The key did not sign it, or signed another text.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text, signatures = _parts(note)
    own = [data for name, data in signatures if (name, data[:4]) == (key.name, key.id)]
    if not own:
        raise IntegrityError(
            f"it is not signed by {key.name}+{key.id.hex()}, but by {', '.join(signers(note))}",
            remedy="Check which ledger it is of",
        )
    try:
        public = Ed25519PublicKey.from_public_bytes(key.public)
        for data in own:
            public.verify(data[4:], text.encode())
    except (InvalidSignature, ValueError) as error:
        raise IntegrityError(
            "it was altered: its signature is wrong", remedy="Get it again from where it was kept"
        ) from error
    return text


def is_signed_by(note: str, key: VerifierKey) -> bool:
    """Whether a note says that `key` signed it, which nobody has checked; raises as `text_of`."""
    return any((name, data[:4]) == (key.name, key.id) for name, data in _parts(note)[1])


def signers(note: str) -> list[str]:
    """Who signed a note, as it says itself, each as NAME+KEYID; raises as `text_of`."""
    return sorted({f"{name}+{data[:4].hex()}" for name, data in _parts(note)[1]})


def text_of(note: str) -> str:
    """The text of a note that nobody has checked yet; to see whose it says it is.

    Raises:
        ExtractError: It is no signed note.
    """
    return _parts(note)[0]


def _parts(note: str) -> tuple[str, Sequence[tuple[str, bytes]]]:
    wrong = ExtractError("the note", "no-note", "this is not a signed note")
    text, separator, rest = note.rpartition("\n\n")
    lines = rest.split("\n")
    if len(note) > LONGEST or not separator or lines.pop() or not lines:
        raise wrong
    if len(lines) > MOST_SIGNATURES or any(c < " " and c != "\n" for c in note):
        raise wrong
    signatures = []
    for line in lines:
        name, space, encoded = line.removeprefix(_MARK).partition(" ")
        data = _bytes(encoded)
        if not line.startswith(_MARK) or not name or not space or data is None or len(data) < 5:
            raise wrong
        signatures.append((name, data))
    return f"{text}\n", signatures


def _checked_name(name: str) -> str:
    if not name or "+" in name or any(c.isspace() or not c.isprintable() for c in name):
        raise UsageError(
            repr(name), "a ledger cannot have this name", remedy="Use no spaces and no +"
        )
    return name


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(f"{name}\n".encode() + ED25519 + public).digest()[:4]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(encoded: str) -> bytes | None:
    """None unless it is the one spelling of some bytes."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if _base64(data) == encoded else None
