"""A checkpoint: how many records a ledger has, and the root that stands for all of them.

    ORIGIN
    SIZE
    BASE64(root)

as a signed note. Kept where nobody who can write to the ledger can change it, it shows whatever
is altered, cut off or written anew up to there. Format: https://c2sp.org/tlog-checkpoint
"""

import base64
import binascii
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import ExtractError, IntegrityError
from ledger.note import VerifierKey, open_note, sign, text_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LARGEST = 1 << 63
"""More records than any ledger has."""

TO_GIVE = "Give the file that ledger journal checkpoint wrote"
"""What to do where something else was given."""


class Checkpoint(NamedTuple):
    """The state of one ledger.

    Attributes:
        origin: Which ledger.
        size: Records.
        root: Root of the Merkle tree over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes


def signed(checkpoint: Checkpoint, private: "Ed25519PrivateKey") -> str:
    """The checkpoint as a note, signed in the name of its origin."""
    root = base64.b64encode(checkpoint.root).decode()
    return sign(f"{checkpoint.origin}\n{checkpoint.size}\n{root}\n", checkpoint.origin, private)


def opened(note: str, key: VerifierKey) -> Checkpoint:
    """The checkpoint of a note that `key` signed.

    Raises:
        ExtractError: This is no checkpoint.
        IntegrityError: It is of another ledger, or not signed by its key.
    """
    said = unchecked(note)
    if said.origin != key.name:
        raise IntegrityError(
            f"this is a checkpoint of the ledger {said.origin}, not of {key.name}",
            remedy="Name a checkpoint of this ledger",
        )
    return _read(open_note(note, key))


def unchecked(note: str) -> Checkpoint:
    """What a note says that nobody has checked yet; to see whose it says it is.

    Raises:
        ExtractError: This is no checkpoint.
    """
    try:
        text = text_of(note)
    except ExtractError as error:
        what = "this is not a checkpoint of a ledger: it is no signed note"
        raise ExtractError("the note", "no-checkpoint", what, remedy=TO_GIVE) from error
    return _read(text)


def _read(text: str) -> Checkpoint:
    what = "this is not a checkpoint of a ledger"
    wrong = ExtractError("the note", "no-checkpoint", what, remedy=TO_GIVE)
    # Lines after the third are extensions, which the format leaves to others.
    origin, size, root, *_ = [*text.split("\n"), "", "", ""]
    if not origin or not (size.isascii() and size.isdigit()) or str(int(size[:20])) != size:
        raise wrong
    try:
        digest = base64.b64decode(root, validate=True)
    except (binascii.Error, ValueError) as error:
        raise wrong from error
    if len(digest) != 32 or base64.b64encode(digest).decode() != root or int(size) >= LARGEST:
        raise wrong
    return Checkpoint(origin, int(size), digest)
