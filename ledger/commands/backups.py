"""`ledger db backup` and `restore`: a copy of the whole ledger, and it in its place again."""

import os
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.commands.group import INTERRUPTED
from ledger.commands.opening import place
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, counted, say
from ledger.errors import IntegrityError, StoreError, UsageError
from ledger.schema import HEAD, REVISIONS, Place, place_of, revision_of, sqlite_path
from ledger.server_address import putting_back

if TYPE_CHECKING:
    from ledger.backup import Backup
    from ledger.restore import Restored, Undone


def backup(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Default: beside the ledger, with the date in its name.",
        ),
    ] = None,
    no_verify: Annotated[
        bool,
        typer.Option(
            "--no-verify", help="Only copy. (Verifying takes about a minute for a million entries.)"
        ),
    ] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Copy the whole ledger to one file, even while others are using it.

    The copy is a ledger itself: ask it with --db. Whoever may read the ledger may
    read the copy. For PostgreSQL it is what pg_dump writes, readable by you
    alone; the command prints how to put it back with pg_restore.

    The copy is then verified. If it does not hold, it is kept as evidence, a
    message says so, and the exit status is 4. If you interrupt the verification,
    the copy is complete but not verified.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    where = place(settings)
    made = _copied(where, output)
    copy = place_of(where) if sqlite_path(where) is None else made.path
    try:
        holds, altered = (None, None) if no_verify else _verified(copy, settings)
    except KeyboardInterrupt as interrupt:
        say(
            (
                f"Interrupted: {made.path} is complete but was not verified. To verify it: "
                f"{_verifying(where, copy)}"
            ),
            settings,
        )
        say(_putting_back(where, made.path), settings)
        raise typer.Exit(INTERRUPTED) from interrupt
    item = {
        "path": str(made.path),
        "entries": made.entries,
        "head": made.head,
        "bytes": made.bytes,
        "holds": holds,
    }
    lines = (
        f"{counted(made.entries, 'entry', 'entries')} copied to {made.path} ({made.bytes:,} bytes)",
        *([f"head {made.head}"] if made.head else []),
        *(["The copy was verified: all of it holds."] if holds else []),
    )
    closing = _putting_back(where, made.path) if altered is None else ""
    show(Answer("db-backup", [item], columns(*item), head=lines, closing=closing), form, settings)
    if altered is not None:
        complain(
            "The copy is kept, but the ledger it was made from does not verify, so it cannot "
            "be put back. Look for an earlier backup that verifies"
        )
        raise altered


def _verifying(where: str, copy: Place) -> str:
    if sqlite_path(where) is None:  # a ledger that holds gives a copy that does
        return "ledger journal verify"
    return f"ledger --db {shlex.quote(str(copy))} journal verify"


def _putting_back(where: str, copy: Path) -> str:
    if sqlite_path(where) is None:
        return putting_back(where, copy)
    return (
        f"To put it back: ledger db restore {shlex.quote(str(copy))} (--force if a ledger is there)"
    )


def _copied(where: str, output: Path | None) -> "Backup":
    """A copy of the ledger in a new file; what is wrong with -o is said of -o."""
    from ledger.backup import back_up

    if output is not None and os.path.lexists(output):
        what = "this is a folder" if output.is_dir() else "it exists"
        raise UsageError(f"-o {output}", what, remedy="Name another file")
    to = (output or _dated(where)).absolute()
    try:
        return back_up(where, to)
    except StoreError as error:
        if output is None or error.db != str(to):  # that it cannot be read is the ledger's
            raise
        raise UsageError(f"-o {output}", error.message, remedy=error.remedy) from error


def _verified(where: Place, settings: Settings) -> tuple[bool | None, IntegrityError | None]:
    """Whether a ledger holds, and why not; None where its schema is not that of this program."""
    from ledger.commands.counting import counting
    from ledger.proof import verify_ledger

    revision = revision_of(where)
    if revision != HEAD:
        other = "an older" if revision in REVISIONS else "a newer"
        say(f"note: it has {other} schema, so it was not verified", settings)
        return None, None
    try:
        with counting("verifying", None, settings) as told:
            verify_ledger(where, progress=told)
    except IntegrityError as error:
        return False, error
    return True, None


def restore(
    ctx: typer.Context,
    backup: Annotated[Path, typer.Argument(metavar="FILE", help="What ledger db backup made.")],
    force: Annotated[
        bool, typer.Option("--force", help="If a ledger is there, keep it under another name.")
    ] = False,
    despite_checkpoint: Annotated[
        bool,
        typer.Option(
            "--despite-checkpoint",
            help="Restore even if the backup lacks something your last checkpoint covers.",
        ),
    ] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Verify a backup and put it in the place of the ledger.

    A ledger that is already there is never thrown away: with --force it is kept
    beside the restored one, under a name with the date. So are files of another
    database left there (FILE-journal, FILE-wal), which would be mistaken for part
    of it.

    A backup that lacks something you signed for (see: ledger journal checkpoint)
    is refused, unless you give --despite-checkpoint.

    A backup of PostgreSQL is put back with pg_restore: ledger db backup prints
    the command, and so does this one.
    """
    from ledger.commands import pinning
    from ledger.commands.counting import counting
    from ledger.pinned import pins
    from ledger.restore import restore as put_back

    settings, form = settings_of(ctx), chosen(format, json)
    where = place(settings)
    with counting("verifying", None, settings) as told:
        done = put_back(
            backup,
            where,
            clock=lambda: datetime.now(UTC),
            force=force,
            pins=pins(pinning.folder()),
            despite_checkpoint=despite_checkpoint,
            progress=told,
        )
    show(_restored(done, str(place_of(where))), form, settings)


def _restored(done: "Restored", where: str) -> Answer:
    item = {
        "path": where,
        "entries": done.verified.entries,
        "head": done.verified.head,
        "aside": None if done.aside is None else str(done.aside),
        "beside": [str(each) for each in done.beside],
        "missing": done.missing,
    }
    lines = [
        f"{counted(done.verified.entries, 'entry', 'entries')} verified and restored to {where}",
        f"head {done.verified.head}",
    ]
    if done.aside is not None:
        lines.append(f"what was there is kept as {done.aside}")
    lines.extend(f"what another database left there is kept as {each}" for each in done.beside)
    lines.extend(_lost_by(done.undone))
    warnings = () if done.missing is None else (f"{done.missing}. {_ANEW}",)
    return Answer("db-restore", [item], columns(*item), head=tuple(lines), warnings=warnings)


_ANEW = (
    "ledger journal verify will report this until you sign for what is left: ledger journal "
    "checkpoint --anew"
)


def _lost_by(undone: "Undone | None") -> Iterator[str]:
    """What a restored backup lacks of the ledger that was there."""
    if undone is None:
        yield "what it held beyond the backup cannot be read"
        return
    if undone.entries:
        yield f"it had {counted(undone.entries, 'entry', 'entries')} more than the backup"
    if undone.redactions:
        yield (
            f"{counted(undone.redactions, 'redaction is', 'redactions are')} undone by this: what "
            "they erased can be read again. Repeat them: ledger journal redact"
        )


def _dated(db: str) -> Path:
    """Where a backup goes that nobody named a place for."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    path = sqlite_path(db)
    named = Path(f"ledger-{now}.dump") if path is None else path.with_name(f"{path.name}.{now}")
    others = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(name for name in chain((named,), others) if not os.path.lexists(name))
