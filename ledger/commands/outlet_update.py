"""`ledger outlets update`: what the registry of this program says of outlets recorded before it."""

from typing import TYPE_CHECKING, Any

import typer

from ledger import queries
from ledger.commands.knowledge import record
from ledger.commands.opening import begun
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.queries.knowledge import FACTS

if TYPE_CHECKING:
    from ledger.queries import Outdated
    from ledger.reader import Reader


def update(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Bring recorded outlets up to date with this program's registry.

    Facts about an outlet are recorded along with the articles that cite it, as
    the registry had them on that day. After you install a new version, whose
    registry may know other owners, this updates them all. What people said about
    an outlet still takes precedence, and what was recorded before stays in the
    journal.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with begun(settings) as reader:
        found = queries.outdated(reader)
    record(settings, (each.listed for each in found))
    changes = [change for each in found for change in _changes(each)]
    shown = columns("key", "name", "fact", "was", "is")
    glimpse = (
        *columns("name", "fact"),
        Column("was", lambda item: item["was"] or "not known"),
        Column("is", lambda item: item["is"] or "not known"),
    )
    closing = f"{counted(len(found), 'outlet')} brought up to date with this program's registry."
    if not found:
        closing = "Every outlet is recorded as in this program's registry."
    show(Answer("outlets-update", changes, shown, glimpse, closing=closing), form, settings)


def _changes(each: "Outdated") -> list[dict[str, Any]]:
    pairs = ((fact, each.recorded[fact], getattr(each.listed, fact)) for fact in FACTS)
    return [
        {"key": each.listed.key, "name": each.listed.name, "fact": fact, "was": was, "is": now}
        for fact, was, now in pairs
        if was != now
    ]


def older(reader: "Reader") -> tuple[str, ...]:
    """Say for how many outlets answers rest on facts of an older registry."""
    found = len(queries.outdated(reader))
    if not found:
        return ()
    return (
        f"for {counted(found, 'outlet')}, this program's registry differs from what is "
        "recorded. The record counts until you run: ledger outlets update",
    )
