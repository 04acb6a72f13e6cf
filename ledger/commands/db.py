"""`ledger db`: the database."""

import sqlite3

import typer

from ledger import queries
from ledger.commands.opening import place, sqlite_file, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.reader import Reader
from ledger.schema import HEAD, revision_of

app = typer.Typer()
db = typer.Typer(no_args_is_help=True, help="The database: where it is, what it holds.")
app.add_typer(db, name="db")


@db.command("info")
def info(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Where the database is, its schema, and how much it holds.

    Nothing is made or upgraded. Without a ledger there yet: exit status 1.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    path = sqlite_file(place(settings))
    revision = revision_of(path)
    item: dict[str, object] = {
        "path": str(path),
        "schema": revision,
        "newest_schema": HEAD,
        "bytes": path.stat().st_size if path.exists() else 0,
        "sqlite": sqlite3.sqlite_version,
    }
    if revision == HEAD:
        with Reader(path) as reader:
            item |= queries.counts(reader)
    closing = ""
    if revision is None:
        closing = "There is no ledger here yet. It is made by: ledger ingest FILE_OR_URL"
    elif revision != HEAD:
        closing = "This program knows another schema. Bring an older one up: ledger db upgrade"
    lines = tuple(f"{name.replace('_', ' '):<14} {_shown(value)}" for name, value in item.items())
    show(Answer("db", [item], columns(*item), head=lines, closing=closing), form, settings)
    if revision is None:
        raise typer.Exit(1)


@db.command("upgrade")
def upgrade(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Bring the database to the schema of this program, or make it.

    Every command does so by itself; this one does nothing else.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    path = sqlite_file(place(settings))
    before = revision_of(path)
    writable(settings).close()
    item = {"path": str(path), "before": before, "schema": revision_of(path)}
    done = "It is up to date" if before == HEAD else "Upgraded" if before else "Made"
    lines = (f"{done}: {path}, schema {item['schema']}",)
    show(Answer("db-upgrade", [item], columns(*item), head=lines), form, settings)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)
