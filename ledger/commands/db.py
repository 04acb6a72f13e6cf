"""`ledger db`: the database."""

import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from ledger import queries
from ledger.commands.backups import backup, restore
from ledger.commands.exchange import export, import_
from ledger.commands.opening import place, readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import complain, counted
from ledger.errors import IntegrityError
from ledger.reader import Reader
from ledger.schema import HEAD, Place, how_made, place_of, revision_of, shown

app = typer.Typer()
db = typer.Typer(
    no_args_is_help=True, help="Look after the database: where it is, backups, moving it."
)
app.add_typer(db, name="db")
db.command("export")(export)
db.command("import")(import_)


@db.command("info")
def info(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Show where the database is, its schema, and how much it holds.

    Creates and upgrades nothing. Exit status 1 when there is no ledger yet.
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
        closing = f"There is no ledger here yet. It will be created {how_made(where)}"
    elif revision != HEAD:
        closing = "This program uses another schema. To upgrade an older ledger: ledger db upgrade"
    else:
        closing = (
            "These are entries, and include headings and earlier versions. See: ledger articles"
        )
    lines = tuple(f"{name.replace('_', ' '):<14} {_shown(value)}" for name, value in item.items())
    show(Answer("db", [item], columns(*item), head=lines, closing=closing), form, settings)
    if revision is None:
        raise typer.Exit(1)


_CREATE_TAKEN = (
    "Other users can no longer make functions or tables in its schema, unless that was granted to "
    "them by name; see: ledger doctor"
)


@db.command("upgrade")
def upgrade(
    ctx: typer.Context,
    grant: Annotated[
        list[str] | None,
        typer.Option(
            "--grant",
            metavar="USER",
            help="PostgreSQL: a user of the server who may add and read, and nothing more.",
        ),
    ] = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Create the database, or upgrade it to this program's schema.

    Every command does this on its own when needed. On PostgreSQL, run it as the
    owner of the database, and name with --grant the user who does everything
    else: that user can add and read, but neither change nor remove anything. The
    grant also holds after later upgrades.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    before = revision_of(where)
    if grant and isinstance(where, Path):  # before a file is made
        from ledger.roles import no_users

        raise no_users(str(where))
    with writable(settings) as ledger:
        for role in grant or ():
            ledger.grant(role)
    item = {"path": shown(where), "before": before, "schema": revision_of(where)}
    done = "Already up to date" if before == HEAD else "Upgraded" if before else "Made"
    lines = (
        f"{done}: {item['path']}, schema {item['schema']}",
        *(f"{role} may record and read" for role in grant or ()),
        *([_CREATE_TAKEN] if grant else ()),
    )
    show(Answer("db-upgrade", [item], columns(*item), head=lines), form, settings)


@db.command("rebuild")
def rebuild(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Rebuild the summaries that make answers fast.

    Use it when `ledger doctor` says that the summaries do not match the entries.
    They are computed from the entries, and no entry is touched. The entries are
    verified first: if one was altered, the mismatch is evidence, so nothing is
    rebuilt and the exit status is 4. A million claims take three minutes, and for
    two of them nobody else can record.
    """
    from ledger import summaries
    from ledger.commands.counting import counting
    from ledger.proof import verify_ledger

    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    readable(settings).close()  # a mistyped path makes no ledger
    try:
        with counting("verifying", None, settings) as told:
            verified = verify_ledger(where, progress=told)
    except IntegrityError:
        complain("Nothing was rebuilt: the entries themselves are not what was recorded")
        raise
    with writable(settings) as ledger, ledger.writing() as connection:
        summaries.make_anew(connection)
    with Reader(where) as reader:
        claims = queries.counts(reader)["claim"]
    item = {"path": shown(where), "claims": claims}
    claims_ = counted(claims, "claim")
    lines = (
        f"{counted(verified.entries, 'entry holds', 'entries hold')}.",
        f"Summaries rebuilt from {claims_}; no entry was touched: {item['path']}",
    )
    show(Answer("db-rebuild", [item], columns(*item), head=lines), form, settings)


@db.command("compact")
def compact(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Rewrite the database file, without what was erased.

    A redaction does this on its own; use it when that was interrupted, or when
    others kept it from being done. No entry is touched. It needs room for a
    second copy of the database, and nobody else can use the ledger meanwhile.
    """
    from ledger.proof.redact import check_owner

    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    with readable(settings) as reader:  # a mistyped path makes no ledger
        check_owner(reader)
    with writable(settings) as ledger:
        ledger.compact()
    item = {"path": shown(where)}
    lines = (f"Rewritten without what was erased: {item['path']}",)
    show(Answer("db-compact", [item], columns(*item), head=lines), form, settings)


db.command("backup")(backup)
db.command("restore")(restore)


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


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)
