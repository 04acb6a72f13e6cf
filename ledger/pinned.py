"""The user's own folder -> the key that signs, and what was last signed of which ledger.

    signing-key.pem   Ed25519, PKCS #8, for its owner alone; made on first use
    ledgers.json      for each ledger: its origin, the digest of its first record, where it was,
                      and size and root of its last checkpoint
    .lock             held while ledgers.json is written anew

None of it is in a ledger: whoever can write to a ledger cannot make it another one's, and whoever
cuts it short or writes it anew does not take along what is pinned here.
"""

import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.checkpoint import LARGEST, Checkpoint
from ledger.errors import IntegrityError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY, LEDGERS, LOCK = "signing-key.pem", "ledgers.json", ".lock"


@dataclass(frozen=True, slots=True)
class Pin:
    """What is known here of one ledger.

    Attributes:
        origin: Its name in checkpoints.
        first: Digest of its first record: that of its copies too, and of what was imported from
            it, which go on under its name and so cannot leave it unseen.
        db: Where it was when it was pinned.
        size, root: Of the last checkpoint that was signed; 0 and "" before the first. Hex.
    """

    origin: str
    first: str
    db: str
    size: int = 0
    root: str = ""


def signing_key(folder: Path) -> "Ed25519PrivateKey":
    """The user's key; made, with its folder, when there is none.

    Raises:
        UsageError: It cannot be made or read, others may read it, or it is no key.
    """
    path = folder / KEY
    try:
        if not path.exists():
            _make_key(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise UsageError(
                str(path),
                "others may read this key, so anybody may have signed with it",
                remedy=f"Delete it for a new one, or if nobody read it: chmod 600 {path}",
            )
        return _loaded(path)
    except OSError as error:
        raise UsageError(str(path), f"the key cannot be used: {error.strerror}") from error


def existing_key(folder: Path) -> "Ed25519PrivateKey | None":
    """The user's key; None when there is none yet. Raises as `signing_key`."""
    return signing_key(folder) if (folder / KEY).exists() else None


def pins(folder: Path) -> tuple[Pin, ...]:
    """Every ledger that is pinned; none before the first checkpoint.

    Raises:
        UsageError: The file cannot be read, or is none that this program wrote.
    """
    path = folder / LEDGERS
    try:
        text = path.read_text(encoding="utf-8")
        return tuple(map(_pin, json.loads(text)["ledgers"]))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise UsageError(
            str(path),
            "what is pinned of your ledgers cannot be read",
            remedy="Restore it from a backup: it is what shows that a ledger was cut short",
        ) from error


def _pin(said: dict[str, Any]) -> Pin:
    """One ledger of the file.

    Raises:
        ValueError, TypeError: It is not what this program wrote.
    """
    pin = Pin(**said)
    texts = (pin.origin, pin.first, pin.db, pin.root)
    if not all(isinstance(text, str) for text in texts) or type(pin.size) is not int:
        raise TypeError
    if not (0 <= pin.size < LARGEST and _ROOT.fullmatch(pin.root if pin.size else "0" * 64)):
        raise ValueError
    return pin


_ROOT = re.compile("[0-9a-f]{64}")


def pin_of(folder: Path, db: str, first: str | None) -> Pin | None:
    """What is pinned of the ledger at `db`; None when nothing is.

    Args:
        folder: The user's.
        db: Where the ledger is.
        first: Digest of its first record; None when it is empty.

    Raises:
        IntegrityError: Another ledger was pinned at this place, and it is not there any more; also
            where a copy of one that is pinned elsewhere is there now.
        UsageError: As `pins`.
    """
    known = pins(folder)
    same = next((pin for pin in known if pin.first == first), None)
    here = next((pin for pin in reversed(known) if pin.db == db), None)
    if here is None or here is same:
        return same
    found = "it is empty now" if first is None else "what is here now begins with another record"
    if same is not None:
        found = f"what is here now is the ledger {same.origin}"
    raise IntegrityError(
        f"the ledger {here.origin} was here, with {here.size:,} records in its last checkpoint; "
        f"{found}",
        subject=db,
        remedy="Bring that one back, or say that this one is meant: "
        f"ledger journal checkpoint --origin {same.origin if same else 'NAME'}",
    )


def named(folder: Path, db: str, first: str, origin: str | None) -> Pin:
    """The pin of a ledger that shall be signed for; a new one, not kept yet, when there is none.

    Args:
        folder, db, first: As for `pin_of`.
        origin: The name that the user wants for it; None for the one it has, or one made of
            `first`.

    Raises:
        UsageError: The ledger has another name, or the name is another ledger's.
        IntegrityError: As `pin_of`, unless `origin` says that this is another ledger.
    """
    known = pins(folder)
    taken = next((pin for pin in known if pin.origin == origin), None)
    same = next((pin for pin in known if pin.first == first), None)
    if origin is None:
        pin = pin_of(folder, db, first) or Pin(default_origin(first), first, db)
        moved = not Path(pin.db).exists()  # else it is a copy: who watches the place, goes on
        return replace(pin, db=db) if moved else pin
    if same is not None and same.origin != origin:
        raise UsageError(
            "--origin",
            f"this ledger is {same.origin} in earlier checkpoints",
            remedy="Leave it out",
        )
    if taken is not None and taken.first != first:
        raise UsageError("--origin", f"{origin} is another ledger", remedy="Choose another name")
    return replace(same, db=db) if same else Pin(origin, first, db)


def default_origin(first: str) -> str:
    """The name of a ledger that nobody gave one, from the digest of its first record."""
    return f"claim-ledger/{first[:16]}"


def keep(folder: Path, pin: Pin, checkpoint: Checkpoint) -> None:
    """Keep what was signed last of a ledger, in the place of what was kept before.

    Where somebody signed for more of it meanwhile, that stays.

    Raises:
        UsageError: It cannot be kept.
    """
    kept = replace(pin, size=checkpoint.size, root=checkpoint.root.hex())
    with _alone(folder):
        known = pins(folder)
        if any(each.first == pin.first and each.size > kept.size for each in known):
            return
        others = [each for each in known if each.first != pin.first]
        said = {"ledgers": [asdict(each) for each in (*others, kept)]}
        _write(folder / LEDGERS, f"{json.dumps(said, indent=1, ensure_ascii=False)}\n".encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else keep anything in the block, or what they kept would be lost.

    Raises:
        UsageError: The folder cannot be used.
    """
    try:
        import fcntl
    except ImportError:  # a system without such locks: two at once are seldom
        yield
        return
    lock = folder / LOCK
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = lock.open("a")
    except OSError as error:
        raise UsageError(str(lock), f"it cannot be written: {error.strerror}") from error
    with held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _make_key(path: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(path, pem, replace_it=False)


def _loaded(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(str(path), "this is no key", remedy="Restore it from a backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(str(path), "this is no Ed25519 key", remedy="Restore it from a backup")
    return key


def _write(path: Path, data: bytes, *, replace_it: bool = True) -> None:
    """Write a file for its owner alone, as a whole; what another made meanwhile stays if asked."""
    partial = path.parent / f".{secrets.token_hex(8)}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(partial, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace_it:
            partial.replace(path)
        else:
            with suppress(FileExistsError):
                path.hardlink_to(partial)
    except OSError as error:
        raise UsageError(str(path), f"it cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            partial.unlink()
