"""Verify, sign, and keep what was signed: what the commands of the journal have in common."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ledger.commands.counting import counting
from ledger.commands.opening import place, readable
from ledger.commands.settings import Settings
from ledger.errors import IntegrityError, StoreError, UsageError
from ledger.schema import Place, how_found, place_of, revision_of, shown

if TYPE_CHECKING:
    from ledger.checkpoint import Checkpoint
    from ledger.note import VerifierKey
    from ledger.pinned import Pin
    from ledger.proof import Verified

KeysOption = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="The key of another person who signed or redacted (see: ledger journal key). "
        "Yours is always known. Repeatable.",
    ),
]


class Issued(NamedTuple):
    """A signed checkpoint: as a note, in parts, and for whom. See `remember`."""

    note: str
    checkpoint: "Checkpoint"
    pin: "Pin"


def existing(settings: Settings) -> Place:
    """Where the ledger is, upgraded first, like every ledger.

    Raises:
        StoreError: There is none: a proof of nothing would be mistaken for one.
    """
    where = place_of(place(settings))
    if revision_of(where) is None:
        raise StoreError(shown(where), "there is no ledger here", remedy=how_found(where))
    readable(settings).close()
    return where


def still_holds(verified: "Verified", last: "Checkpoint") -> None:
    """Compare a ledger with the last checkpoint that the user made of it.

    Raises:
        IntegrityError: It lacks something of what was signed.
    """
    from ledger.proof import consistent

    try:
        consistent(verified, last, "your last checkpoint")
    except IntegrityError as error:
        raise IntegrityError(
            error.message,
            subject=error.subject,
            remedy="Restore a later backup. Only if you put back an older one yourself, sign "
            "for what is left: ledger journal checkpoint --anew",
        ) from error


def issue(
    settings: Settings,
    origin: str | None,
    keys: "Sequence[VerifierKey]",
    *,
    anew: bool = False,
) -> Issued:
    """Verify everything, and sign it.

    Args:
        settings: Of the command.
        origin: The name that the user wants for the ledger; None for the one it has.
        keys: Of others who may have redacted since the last checkpoint.
        anew: Sign although the ledger lacks something of what was signed, under another name.
    """
    from ledger.checkpoint import Checkpoint, opened, signed
    from ledger.commands import pinning
    from ledger.note import verifier_key
    from ledger.pinned import first_record, last_checkpoint, named, signing_key
    from ledger.proof import check_tables, verify_ledger
    from ledger.proof.redact import check_redactions

    db = existing(settings)
    check_tables(db)
    with readable(settings) as reader:
        first = pinning.something(first_record(reader))
    pin = named(pinning.folder(), shown(db), first, None if anew else origin)
    last = last_checkpoint(pin)
    with counting("verifying", None, settings) as told:
        verified = verify_ledger(db, sizes={last.size} if last else (), progress=told)
    if anew:
        pin = _begun_anew(verified, pin, shown(db), origin)
    elif last is not None:
        still_holds(verified, last)
        with readable(settings) as reader:
            check_redactions(reader, pinning.own_key, keys, last.size)
    private = signing_key(pinning.folder())
    checkpoint = Checkpoint(pin.origin, verified.entries, bytes.fromhex(verified.root))
    note = signed(checkpoint, private)
    opened(note, verifier_key(pin.origin, private))
    return Issued(note, checkpoint, pin)


def _begun_anew(verified: "Verified", pin: "Pin", db: str, origin: str | None) -> "Pin":
    from ledger.commands import pinning
    from ledger.pinned import begun_anew, last_checkpoint

    last = last_checkpoint(pin)
    if last is None:
        raise UsageError(
            "--anew", "nothing in this ledger has been signed yet", remedy="Leave it out"
        )
    try:
        still_holds(verified, last)
    except IntegrityError:
        return begun_anew(pinning.folder(), pin, db, origin)
    raise UsageError(
        "--anew", "the ledger has everything your last checkpoint covers", remedy="Leave it out"
    )


def remember(issued: Issued) -> None:
    """Store what was signed, once the user has received it."""
    from ledger.commands import pinning
    from ledger.pinned import keep

    keep(pinning.folder(), issued.pin, issued.checkpoint)
