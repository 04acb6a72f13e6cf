"""`ledger journal checkpoint` and `key`: what to keep elsewhere, and what checks it."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands.fetching import Manners, PrivateOption, TimeoutOption
from ledger.commands.issuing import Issued, KeysOption, existing, issue, remember
from ledger.commands.opening import readable
from ledger.commands.options import ForceOption, OutputOption
from ledger.commands.settings import Settings, settings_of
from ledger.commands.stamping import AuthorityOption, CertificateOption, Wanted
from ledger.commands.words import counted, say
from ledger.schema import shown


def checkpoint(
    ctx: typer.Context,
    output: OutputOption = None,
    force: ForceOption = False,
    origin: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=(
                "A name for this ledger, given at its first checkpoint, such as "
                "desk.example/ledger."
            ),
        ),
    ] = None,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew",
            help="Sign, under a new name, a ledger that lacks something your last checkpoint "
            "covers.",
        ),
    ] = False,
    key: KeysOption = None,
    timestamp: AuthorityOption = None,
    tsa_certificate: CertificateOption = None,
    allow_private: PrivateOption = None,
    timeout: TimeoutOption = None,
) -> None:
    """Sign the present state of the ledger.

    Example: ledger journal checkpoint -o FILE

    Everything is verified first, as by ledger journal verify. Then the number of
    entries and the root digest that stands for all of them are signed. Keep the
    file where nobody who can write to the ledger can change it: anything that is
    altered, cut off or rewritten up to that point will then be found. It is a
    C2SP checkpoint (a signed note). Your key is made on first use and never
    leaves your settings folder. What others redacted since your last checkpoint
    is signed for only if you give their --key.

    If the ledger lacks something you signed for, this is refused; after you put
    back an older backup, it always will be. --anew then signs for what is left,
    under a new name, because nobody may sign two histories under one name. What
    you signed before stays on file and remains true.

    With --timestamp, an authority confirms when the checkpoint existed; without,
    the time is your own word. If the authority fails, the checkpoint is written
    anyway and the exit status is 1; but a checkpoint that has a time stamp is
    never replaced by one that has none.
    """
    from ledger.commands import pinning, stamping
    from ledger.commands.whole_file import file_of
    from ledger.note import read_key

    settings = settings_of(ctx)
    if output is not None and str(output) != "-":  # before what is said of any file that is there
        stamping.keep_apart(output, force=force)
    output = file_of(output, "-o", force=force)
    manners = Manners(allow_private=allow_private, timeout=timeout)
    stamp = stamping.wanted(ctx, timestamp, tsa_certificate, output, manners, force=force)
    issued = issue(settings, origin, [read_key(each) for each in key or ()], anew=anew)
    if output is None:
        typer.echo(issued.note, nl=False)
        remember(issued)
    else:
        _write(issued, output, stamp, settings, force=force)
    if issued.pin.after:
        say(
            f"note: this ledger is now called {issued.pin.origin}, because part of what was "
            f"signed as {issued.pin.after} is gone",
            settings,
        )
    say(f"Others check it with: --key {pinning.own_key(issued.checkpoint.origin)}", settings)


def _write(
    issued: Issued, output: Path, stamp: Wanted | None, settings: Settings, *, force: bool
) -> None:
    from ledger.checkpoint import opened
    from ledger.commands import pinning, stamping
    from ledger.commands.whole_file import whole_file

    signed, data = issued.checkpoint, issued.note.encode()
    other = stamping.outdated(output, data)
    got = None
    with ExitStack() as files:
        if stamp is not None and other is not None:
            # It shows by when the earlier one existed, so it only goes for another.
            got = stamping.got(stamp, data, f"{output} and {other} stay as they were")
            files.enter_context(stamping.kept(stamp, got))
        files.enter_context(whole_file(output, "-o", force=force)).write(data)
    if other is not None and got is None:
        stamping.discard(other, settings)
    # What is on the disk is what others will be given.
    written = pinning.read_note(output)
    with pinning.about(output):
        opened(written, pinning.key_for(signed.origin))
    remember(issued)
    say(f"Wrote {output}: {signed.origin} at {counted(signed.size, 'entry', 'entries')}", settings)
    say(f"root {signed.root.hex()}", settings)  # in the file it is in base64, elsewhere in hex
    if stamp is not None:
        if got is None:
            older = "; its older time stamp stays" if stamp.file.exists() else ""
            got = stamping.got(stamp, data, f"{output} is written, but it was not stamped{older}")
            with stamping.kept(stamp, got):
                pass
        stamping.told(stamp, got, settings)


def key(ctx: typer.Context) -> None:
    """Print the key that others check your checkpoints and proofs with."""
    from ledger.commands import pinning
    from ledger.note import verifier_key
    from ledger.pinned import first_record, named, signing_key

    settings = settings_of(ctx)
    db = existing(settings)
    with readable(settings) as reader:
        first = pinning.something(first_record(reader))
    pin = named(pinning.folder(), shown(db), first, None)
    typer.echo(str(verifier_key(pin.origin, signing_key(pinning.folder()))))
