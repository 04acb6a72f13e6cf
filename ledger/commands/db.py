"""`ledger db`: the database."""

import os
import shlex
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger import queries
from ledger.commands.exchange import export, import_
from ledger.commands.opening import place, readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, counted, say
from ledger.errors import IntegrityError, StoreError, UsageError
from ledger.reader import Reader
from ledger.schema import HEAD, REVISIONS, Place, place_of, revision_of, shown, sqlite_path

if TYPE_CHECKING:
    from ledger.restore import Undone

app = typer.Typer()
db = typer.Typer(no_args_is_help=True, help="The database: where it is, what it holds.")
app.add_typer(db, name="db")
db.command("export")(export)
db.command("import")(import_)


@db.command("info")
def info(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Where the database is, its schema, and how much it holds.

    Nothing is made or upgraded. Without a ledger there yet: exit status 1.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    revision = revision_of(where)
    item: dict[str, object] = {
        "path": shown(where),
        "schema": revision,
        "newest_schema": HEAD,
        **_engine(where),
    }
    if revision == HEAD:
        with Reader(where) as reader:
            item |= queries.counts(reader)
    closing = ""
    if revision is None:
        closing = "There is no ledger here yet. It is made by: ledger ingest FILE_OR_URL"
    elif revision != HEAD:
        closing = "This program knows another schema. Bring an older one up: ledger db upgrade"
    else:
        closing = "Counted are entries: headings and earlier versions, too. See: ledger articles"
    lines = tuple(f"{name.replace('_', ' '):<14} {_shown(value)}" for name, value in item.items())
    show(Answer("db", [item], columns(*item), head=lines, closing=closing), form, settings)
    if revision is None:
        raise typer.Exit(1)


@db.command("upgrade")
def upgrade(
    ctx: typer.Context,
    grant: Annotated[
        list[str] | None,
        typer.Option(
            "--grant",
            metavar="USER",
            help="PostgreSQL: let this user of the server record and read, and nothing more.",
            show_default=False,
        ),
    ] = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Bring the database to the schema of this program, or make it.

    Every command does so by itself; this one does nothing else. On PostgreSQL
    run it as the owner of the database, and everything else as a user that was
    named with --grant once: that one can neither change nor remove what is
    recorded. What was granted holds after later upgrades too.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    before = revision_of(where)
    with writable(settings) as ledger:
        for role in grant or ():
            ledger.grant(role)
    item = {"path": shown(where), "before": before, "schema": revision_of(where)}
    done = "It is up to date" if before == HEAD else "Upgraded" if before else "Made"
    lines = (
        f"{done}: {item['path']}, schema {item['schema']}",
        *(f"{role} may record and read" for role in grant or ()),
    )
    show(Answer("db-upgrade", [item], columns(*item), head=lines), form, settings)


@db.command("rebuild")
def rebuild(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Make anew what is kept ready so that questions are answered at once.

    All of it follows from the entries, and no entry is touched: for when
    `ledger doctor` says that the summaries are not what the entries say. A
    million claims take two minutes, and nobody else can record meanwhile.
    """
    from ledger import summaries

    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    readable(settings).close()  # a mistyped path makes no ledger
    with writable(settings) as ledger, ledger.writing() as connection:
        summaries.make_anew(connection)
    with Reader(where) as reader:
        claims = queries.counts(reader)["claim"]
    item = {"path": shown(where), "claims": claims}
    claims_ = counted(claims, "claim")
    lines = (f"Summaries made anew from {claims_}; no entry was touched: {item['path']}",)
    show(Answer("db-rebuild", [item], columns(*item), head=lines), form, settings)


@db.command("compact")
def compact(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Write the database anew, without what was erased.

    A redaction does so by itself: this is for one that was interrupted, or
    kept from it by others. No entry is touched. It takes the room of a second
    database, and nobody else can use it meanwhile.
    """
    from ledger.proof.redact import check_owner

    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    with readable(settings) as reader:  # a mistyped path makes no ledger
        check_owner(reader)
    with writable(settings) as ledger:
        ledger.compact()
    item = {"path": shown(where)}
    lines = (f"Written anew, without what was erased: {item['path']}",)
    show(Answer("db-compact", [item], columns(*item), head=lines), form, settings)


@db.command("backup")
def backup(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Default: beside the ledger, with the date in its name.",
            show_default=False,
        ),
    ] = None,
    no_verify: Annotated[
        bool,
        typer.Option("--no-verify", help="Only copy: a million entries take a minute to verify."),
    ] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Copy the whole ledger to one file, while others go on using it.

    The copy is a ledger itself: ask it with --db. Who may read the ledger may
    read it. Of PostgreSQL it is what pg_dump makes, for you alone.

    What was copied is verified then. Where it does not hold the copy stays,
    as evidence: that is said, and the exit status is 4.
    """
    from ledger.backup import back_up

    settings, form = settings_of(ctx), chosen(format, json)
    where = place(settings)
    if output is not None and os.path.lexists(output):
        what = "this is a folder" if output.is_dir() else "it exists"
        raise UsageError(f"-o {output}", what, remedy="Name another file")
    to = (output or _dated(where)).absolute()
    try:
        made = back_up(where, to)
    except StoreError as error:
        if output is None or error.db != str(to):  # that it cannot be read is the ledger's
            raise
        raise UsageError(f"-o {output}", error.message, remedy=error.remedy) from error
    copied = place_of(where) if sqlite_path(where) is None else made.path
    holds, altered = (None, None) if no_verify else _verified(copied, settings)
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
        *(["It was verified: all of it holds."] if holds else []),
    )
    closing = (
        f"Put it back: ledger db restore {shlex.quote(str(made.path))}" if altered is None else ""
    )
    show(Answer("db-backup", [item], columns(*item), head=lines, closing=closing), form, settings)
    if altered is not None:
        complain(
            "The copy is kept, and it is of a ledger that does not verify: it cannot be put back. "
            "Look for an earlier backup that does"
        )
        raise altered


def _verified(where: Place, settings: Settings) -> tuple[bool | None, IntegrityError | None]:
    """Whether a ledger holds, and why not; None where its schema is not that of this program."""
    from ledger.commands.counting import counting
    from ledger.proof import verify_ledger

    revision = revision_of(where)
    if revision != HEAD:
        other = "an older" if revision in REVISIONS else "a newer"
        say(f"note: its schema is {other} one, so it was not verified", settings)
        return None, None
    try:
        with counting("verifying", None, settings) as told:
            verify_ledger(where, progress=told)
    except IntegrityError as error:
        return False, error
    return True, None


@db.command("restore")
def restore(
    ctx: typer.Context,
    backup: Annotated[Path, typer.Argument(metavar="FILE", help="What ledger db backup made.")],
    force: Annotated[
        bool, typer.Option("--force", help="Put the ledger that is there aside.")
    ] = False,
    despite_checkpoint: Annotated[
        bool,
        typer.Option(
            "--despite-checkpoint", help="Also one that lacks what your last checkpoint covers."
        ),
    ] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Verify a backup and put it in the place of the ledger.

    A ledger that is there already is never thrown away: with --force it is
    kept beside it, under a name with the date. So is what another database
    left there (FILE-journal, FILE-wal), which would be taken for a part of it.

    A backup that lacks something of what you signed (see: ledger journal
    checkpoint) is refused, unless you give --despite-checkpoint.
    """
    from ledger.commands import pinning
    from ledger.pinned import pins
    from ledger.restore import restore as put_back

    settings, form = settings_of(ctx), chosen(format, json)
    where = place(settings)
    done = put_back(
        backup,
        where,
        clock=lambda: datetime.now(UTC),
        force=force,
        pins=pins(pinning.folder()),
        despite_checkpoint=despite_checkpoint,
    )
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
    answer = Answer("db-restore", [item], columns(*item), head=tuple(lines), warnings=warnings)
    show(answer, form, settings)


_ANEW = (
    "ledger journal verify will say so until you sign for what is left: "
    "ledger journal checkpoint --anew"
)


def _lost_by(undone: "Undone | None") -> Iterator[str]:
    """What a restored backup lacks of the ledger that was there."""
    if undone is None:
        yield "what it had behind the backup cannot be read"
        return
    if undone.entries:
        yield f"it had {counted(undone.entries, 'entry', 'entries')} more than the backup"
    if undone.redactions:
        yield (
            f"{counted(undone.redactions, 'redaction is', 'redactions are')} undone by this: what "
            "they took can be read again. Give them anew: ledger journal redact"
        )


def _engine(where: Place) -> dict[str, object]:
    """Which program keeps the database, in which version, and how many bytes it takes."""
    if isinstance(where, Path):
        size = where.stat().st_size if where.exists() else 0
        return {"bytes": size, "sqlite": sqlite3.sqlite_version}
    with Reader(where) as reader:
        (row,) = reader.rows(
            "SELECT pg_database_size(current_database()) AS size,"
            " current_setting('server_version') AS version"
        )
    return {"bytes": row["size"], "postgresql": row["version"]}


def _dated(db: str) -> Path:
    """Where a backup goes that nobody named a place for."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    path = sqlite_path(db)
    named = Path(f"ledger-{now}.dump") if path is None else path.with_name(f"{path.name}.{now}")
    others = (named.with_name(f"{named.name}-{number}") for number in count(2))
    return next(name for name in chain((named,), others) if not os.path.lexists(name))


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)
