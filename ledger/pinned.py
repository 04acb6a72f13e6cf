"""The user's own folder -> the key that signs, and what was last signed of which ledger.

    signing-key.pem   Ed25519, PKCS #8, for its owner alone; made on first use
    ledgers.json      for each ledger: its origin, the digest of its first record, where it was,
                      size and root of its last checkpoint, and the name it had before a part of
                      it was gone that had been signed: what was pinned then stays, too
    .lock             held while ledgers.json is written anew

None of it is in a ledger: whoever can write to a ledger cannot make it another one's, and whoever
cuts it short or writes it anew does not take along what is pinned here.
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from itertools import count, filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.checkpoint import LARGEST, Checkpoint
from ledger.errors import IntegrityError, UsageError
from ledger.placing import place, unfinished, unwritten
from ledger.reader import Reader

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY, LEDGERS, LOCK = "signing-key.pem", "ledgers.json", ".lock"

_READABLE = "Check who may read it, and that LEDGER_CONFIG, if it is set, names your folder"
_WRITABLE = "Set LEDGER_CONFIG to name a folder that you can write to"


@dataclass(frozen=True, slots=True)
class Pin:
    """What is known here of one ledger.

    Attributes:
        origin: Its name in checkpoints.
        first: Digest of its first record: that of its copies too, and of what was imported from
            it, which go on under its name and so cannot leave it unseen.
        db: Where it was when it was pinned.
        size, root: Of the last checkpoint that was signed; 0 and "" before the first. Hex.
        after: Its name before a part of it was gone that had been signed; "" when none was.
    """

    origin: str
    first: str
    db: str
    size: int = 0
    root: str = ""
    after: str = ""


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
                "others can read this key, so somebody else may have signed with it",
                remedy=(
                    "Delete it to get a new one, or if you are sure nobody has read "
                    f"it: chmod 600 {path}"
                ),
            )
        return _loaded(path)
    except OSError as error:
        what = f"the key cannot be used: {error.strerror}"
        raise UsageError(str(path), what, remedy=_READABLE) from error


def existing_key(folder: Path) -> "Ed25519PrivateKey | None":
    """The user's key; None when there is none yet. Raises as `signing_key`."""
    try:
        there = (folder / KEY).exists()
    except OSError as error:
        what = f"it cannot be read: {error.strerror}"
        raise UsageError(str(folder), what, remedy=_READABLE) from error
    return signing_key(folder) if there else None


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
    except OSError as error:
        what = f"the stored record of your checkpoints cannot be read: {error.strerror}"
        raise UsageError(str(path), what, remedy=_READABLE) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UsageError(
            str(path),
            "the stored record of your checkpoints cannot be read",
            remedy=("Restore it from a backup: it is what would show that a ledger was cut short"),
        ) from error


def _pin(said: dict[str, Any]) -> Pin:
    """One ledger of the file.

    Raises:
        ValueError, TypeError: It is not what this program wrote.
    """
    pin = Pin(**said)
    for field in fields(Pin):
        if type(getattr(pin, field.name)) is not (int if field.name == "size" else str):
            raise TypeError(field.name)
    if not (0 <= pin.size < LARGEST and _ROOT.fullmatch(pin.root if pin.size else "0" * 64)):
        raise ValueError(pin.origin)
    return pin


_ROOT = re.compile("[0-9a-f]{64}")


def pinned(known: Sequence[Pin], first: str | None) -> Pin | None:
    """The pin that a ledger is compared with, of those that are known; None when there is none.

    Of several it is the one that no other came after.

    Args:
        known: As `pins` gives them.
        first: Digest of its first record; None when it is empty.
    """
    before = {pin.after for pin in known}
    return next((pin for pin in known if pin.first == first and pin.origin not in before), None)


def last_checkpoint(pin: Pin | None) -> Checkpoint | None:
    """The last checkpoint that the user made of a ledger; None before the first."""
    if pin is None or not pin.size:
        return None
    return Checkpoint(pin.origin, pin.size, bytes.fromhex(pin.root))


def first_record(reader: Reader) -> str | None:
    """Digest of the first record of an open ledger, as `Pin.first`; None when it is empty."""
    row = reader.row("SELECT digest FROM journal WHERE seq = 1")
    return str(row["digest"]) if row else None


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
    same = pinned(known, first)
    here = next((pin for pin in reversed(known) if pin.db == db), None)
    if here is None or here.first == first:
        return same
    found = "it is empty now" if first is None else "what is here now begins with another record"
    if same is not None:
        found = f"what is here now is the ledger {same.origin}"
    raise IntegrityError(
        f"the ledger {here.origin} was here, with {here.size:,} records in its last checkpoint; "
        f"{found}",
        subject=db,
        remedy="Bring that one back, or confirm that this one is meant: ledger journal "
        f"checkpoint --origin {same.origin if same else 'NAME'}",
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
    same = pinned(known, first)
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


def begun_anew(folder: Path, pin: Pin, db: str, origin: str | None) -> Pin:
    """A new pin, not kept yet, for a ledger that lacks something that was signed; `pin` stays.

    It has another name: under one name nobody signs for two histories.

    Args:
        folder: The user's.
        pin: What the ledger was compared with so far.
        db: Where it is.
        origin: Its name from now on; None for the one it had first, with a number behind it.

    Raises:
        UsageError: That is the name of a ledger already, also of this one.
    """
    known = pins(folder)
    taken = {each.origin for each in known}
    if origin in taken:
        raise UsageError(
            "--origin", f"{origin} has been signed for already", remedy="Choose another name"
        )
    mine = (each.origin for each in known if each.first == pin.first and not each.after)
    first = next(mine, pin.origin)
    names = (f"{first}/{number}" for number in count(2))
    return Pin(
        origin or next(filterfalse(taken.__contains__, names)), pin.first, db, after=pin.origin
    )


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
        if any(each.origin == pin.origin and each.size > kept.size for each in known):
            return
        others = [each for each in known if each.origin != pin.origin]
        said = {"ledgers": [asdict(each) for each in (*others, kept)]}
        # In ASCII: where a ledger is need not be UTF-8.
        _write(folder / LEDGERS, f"{json.dumps(said, indent=1)}\n".encode(), over=True)


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
        raise UsageError(str(lock), unwritten(error), remedy=_WRITABLE) from error
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
    _write(path, pem, over=False)


def _loaded(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(
            str(path), "this is not a key", remedy="Restore it from a backup"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(str(path), "this is not an Ed25519 key", remedy="Restore it from a backup")
    return key


def _write(path: Path, data: bytes, *, over: bool) -> None:
    """Write a file for its owner alone, as a whole; if not `over`, what another made stays."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with unfinished(path) as made:
            made.touch(0o600, exist_ok=False)
            made.write_bytes(data)
            with suppress(FileExistsError):
                place(made, path, over=over)
    except OSError as error:
        raise UsageError(str(path), unwritten(error), remedy=_WRITABLE) from error
