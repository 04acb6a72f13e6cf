"""`ledger journal verify`: everything recorded is what it was."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.commands.counting import counting
from ledger.commands.issuing import KeysOption, existing, still_holds
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.stamping import CertificateOption, Seen, existence, seen
from ledger.commands.words import counted
from ledger.errors import IntegrityError, TimeStampError, UsageError
from ledger.reader import Reader
from ledger.schema import shown

if TYPE_CHECKING:
    from ledger.checkpoint import Checkpoint
    from ledger.note import VerifierKey
    from ledger.pinned import Pin
    from ledger.proof import Verified


def verify(
    ctx: typer.Context,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="A checkpoint that was kept elsewhere, to compare with.", metavar="FILE"),
    ] = None,
    key: KeysOption = None,
    tsa_certificate: CertificateOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Check that nothing recorded was altered.

    Recomputes every id and digest, every captured page, every link of the journal
    and its tree, the rules that protect them, and the summaries kept ready for
    questions (except which pages have the same text). The result is compared with
    a checkpoint: the one you name, or else the last one you made. Only a
    checkpoint shows that the end was cut off or everything was written anew.

    A time stamp beside FILE (FILE.tsr) is verified with --tsa-certificate: it
    shows when the checkpoint existed at the latest.

    A redaction recorded after the checkpoint must be signed by you, or by someone
    whose --key you give; otherwise what it left behind proves nothing.

    Exit status 4 when something is not what was recorded; 1 when only the time
    stamp does not hold.
    """
    from ledger.commands import pinning
    from ledger.pinned import first_record, last_checkpoint, pin_of
    from ledger.proof import check_ready, check_tables, consistent, verify_ledger
    from ledger.proof.redact import check_redactions

    settings, form = settings_of(ctx), chosen(format, json)
    db = existing(settings)
    check_tables(db)
    with readable(settings) as reader:
        first = first_record(reader)
        keys = _keys(reader, key or (), checkpoint)
    pin = pin_of(pinning.folder(), shown(db), first)
    note, given = _given(checkpoint, keys, pin)
    stamp, wrong = Seen(), None
    try:
        stamp = seen(ctx, checkpoint, note.encode(), tsa_certificate)
    except TimeStampError as error:
        wrong = error  # said behind what was found of the ledger itself
    last = last_checkpoint(pin)
    known = [each for each in (given, last) if each is not None]
    with counting("verifying", None, settings) as told:
        verified = verify_ledger(db, sizes={each.size for each in known}, progress=told)
    if given is not None:
        consistent(verified, given, str(checkpoint))
    if last is not None:
        still_holds(verified, last)
    with counting("comparing the summaries", None, settings):
        check_ready(db)
    with readable(settings) as reader:
        since = min((each.size for each in known), default=None)
        others = check_redactions(reader, pinning.own_key, keys, since)
    show(_answer(verified, known[0] if known else None, stamp, others), form, settings)
    if wrong is not None:
        raise wrong


def _keys(reader: Reader, typed: Sequence[str], checkpoint: Path | None) -> "list[VerifierKey]":
    """Keys as they were typed.

    Raises:
        UsageError: One is none, or there is nothing that anybody else may have signed.
    """
    from ledger.note import read_key

    if typed and checkpoint is None and reader.row("SELECT 1 AS n FROM redaction") is None:
        raise UsageError(
            "--key",
            "there is no checkpoint or redaction that this key could have signed",
            remedy="Add --checkpoint FILE",
        )
    return [read_key(each) for each in typed]


def _given(
    file: Path | None, keys: "Sequence[VerifierKey]", pin: "Pin | None"
) -> "tuple[str, Checkpoint | None]":
    """The checkpoint that the user named, as a note and read; "" and None without one."""
    from ledger.checkpoint import opened, unchecked
    from ledger.commands import pinning
    from ledger.pinned import pins

    if file is None:
        return "", None
    note = pinning.read_note(file)
    with pinning.about(file):
        said = unchecked(note)  # before a key is asked for
        if pin is None and not keys:
            mine = next((one for one in pins(pinning.folder()) if one.origin == said.origin), None)
            if mine is not None:
                what = f"this is a checkpoint of the ledger {said.origin}, which was at {mine.db}"
                raise IntegrityError(what, remedy="Name that one with --db")
        return note, opened(note, pinning.signer_of(note, keys, pinning.origin_of(pin)))


def _answer(verified: "Verified", since: "Checkpoint | None", stamp: Seen, others: int) -> Answer:
    item = {
        "entries": verified.entries,
        "head": verified.head,
        "root": verified.root,
        "redacted": verified.redacted,
        "unsaid": verified.unsaid,
        "checkpoint": since and since.size,
        "origin": since.origin if since else None,
        "existed_by": stamp.said and _spelled(stamp.said.existed_by),
        "time_stamped_by": stamp.said and stamp.said.authority,
    }
    words = [f"{counted(verified.entries, 'entry holds', 'entries hold')}."]
    if verified.redacted:
        words.append(_redacted(verified, others))
    if since is not None:
        words.append(
            f"Nothing {'else ' if verified.unsaid else ''}was altered since the checkpoint of "
            f"{since.origin} at {counted(since.size, 'entry', 'entries')}."
        )
    if stamp.said is not None:
        words.append(f"That checkpoint {existence(stamp.said)}.")
    return Answer(
        "journal-verify",
        [item],
        columns(*item),
        head=(*words, f"head {verified.head}", f"root {verified.root}"),
        closing=""
        if since
        else "Not compared with a checkpoint, so entries cut off at the end would go "
        "unnoticed. Make a checkpoint and keep it elsewhere: ledger journal checkpoint "
        "-o FILE",
        warnings=tuple(filter(None, (_unsigned(others), verified.unseen, stamp.warning))),
    )


def _unsigned(redactions: int) -> str | None:
    return f"{counted(redactions, 'redaction')} not signed by you" if redactions else None


def _redacted(verified: "Verified", others: int) -> str:
    held = f"{verified.redacted:,} of them were redacted: their digests hold, and "
    if not others:
        return f"{held}what is left of them is unchanged.{_unsaid(verified.unsaid)}"
    signed = f"{counted(others, 'redaction was', 'redactions were')} signed by keys not known here"
    return (
        f"{held}what is left of them is what the redactions say. {signed}, so you have only "
        "somebody's word for it, unless you give the key of whoever redacted: --key "
        f"KEY.{_unsaid(verified.unsaid)}"
    )


def _spelled(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _unsaid(entries: int) -> str:
    if not entries:
        return ""
    return (
        f" That is not verified for {entries:,} of them: a redaction by an earlier version of this "
        "program does not say what it left."
    )
