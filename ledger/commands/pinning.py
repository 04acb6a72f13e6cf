"""The user's key and records of checkpoints: where they are, and which key checks what."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ledger.checkpoint import TO_GIVE
from ledger.errors import (
    ExtractError,
    IntegrityError,
    NotFoundError,
    TimeStampError,
    UsageError,
    unreadable,
)
from ledger.note import VerifierKey, is_signed_by, verifier_key
from ledger.pinned import Pin, existing_key

LARGEST = 1 << 25
"""Bytes of a file that is read: twice what a proof may have."""


def folder() -> Path:
    """The user's folder for settings: LEDGER_CONFIG, or that of the platform."""
    import platformdirs

    chosen = os.environ.get("LEDGER_CONFIG")
    if chosen:
        return Path(chosen).expanduser().absolute()

    return platformdirs.user_config_path("claim-ledger")


def something(first: str | None) -> str:
    """Give the first record of a ledger; raises if nothing is recorded yet.

    Raises:
        NotFoundError: Nothing is recorded.
    """
    if first is None:
        raise NotFoundError(
            "journal", "nothing is recorded yet", remedy="Begin with: ledger ingest FILE_OR_URL"
        )
    return first


def key_for(origin: str | None) -> VerifierKey:
    """The user's own key, which must have signed.

    Args:
        origin: The ledger in whose name it signed; None when nothing is pinned.

    Raises:
        UsageError: There is none.
    """
    key = own_key(origin)
    if key is None:
        raise UsageError(
            "--key",
            "there is no key here to check this with",
            remedy=(
                "Get it from whoever keeps the ledger (ledger journal key), and give "
                "it with --key KEY"
            ),
        )
    return key


def signer_of(note: str, given: Sequence[VerifierKey], origin: str | None) -> VerifierKey:
    """The key that must have signed a note: the one it names, among those given and the user's own.

    Args:
        note: Not checked yet.
        given: Keys of others whom the user trusts.
        origin: As for `key_for`.

    Raises:
        UsageError: None is given, and the user has none.
        ExtractError: It is no signed note.
    """
    own = own_key(origin)
    known = [*given, own] if own else [*given] or [key_for(origin)]
    return next((key for key in known if is_signed_by(note, key)), known[0])


def own_key(origin: str | None) -> VerifierKey | None:
    """The user's key in the name of a ledger; None when there is no key or no name."""
    private = existing_key(folder())
    return verifier_key(origin, private) if private and origin else None


def origin_of(pin: Pin | None) -> str | None:
    """The name of a ledger; None when nothing is pinned of it."""
    return pin.origin if pin else None


def read_file(path: Path) -> bytes:
    """The bytes of a small file that the user named.

    Raises:
        ExtractError: It cannot be read, or is too large to be what it should be.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(str(path), error) from error
    if len(data) > LARGEST:
        raise ExtractError(str(path), "too-large", "it is far too large for such a file")
    return data


def read_note(path: Path) -> str:
    """The text of a file that should be a signed note; raises as `read_file`.

    A mail or an editor may have ended its lines otherwise, the last of them not at all or twice,
    and set a mark of UTF-8 before them.
    """
    with about(path):
        try:
            note = read_file(path).decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
            return f"{note}\n"
        except UnicodeDecodeError as error:
            what = "this is not a checkpoint of a ledger"
            raise ExtractError(str(path), "no-checkpoint", what, remedy=TO_GIVE) from error


@contextmanager
def about(path: Path | str) -> Iterator[None]:
    """Errors in the block name this file, or this address."""
    try:
        yield
    except ExtractError as error:
        raise ExtractError(str(path), error.code, error.message, remedy=error.remedy) from error
    except IntegrityError as error:
        raise IntegrityError(error.message, subject=str(path), remedy=error.remedy or "") from error
    except TimeStampError as error:
        raise TimeStampError(error.message, subject=str(path), remedy=error.remedy or "") from error
