"""`ledger outlets` and `ledger outlet`: who is cited."""

from typing import Annotated

import typer

from ledger import queries
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, Format, chosen, columns, numbers, show
from ledger.commands.passages import glance, notes
from ledger.commands.retractions import withdrawal_lines
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.queries import OutletPage

app = typer.Typer()

_FACTS = columns("key", "name", "domain", "kind", "owner", "country", "claims", "sole_claims")


@app.command("outlets")
def outlets(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Who is cited, and how many claims lean on each.

    The most leaned on first. The last column counts the claims that fall
    without the outlet, because some part of them has no other.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        found = queries.outlets(reader)
    glimpse = (
        *columns("name"),
        Column("domain", lambda outlet: outlet["key"], short=True),
        Column("kind", lambda outlet: outlet["kind"], short=True),
        Column("from", lambda outlet: outlet["country"], short=True),
        *numbers("claims"),
        Column("on it alone", lambda outlet: outlet["sole_claims"], number=True),
    )
    closing = f"{counted(len(found), 'outlet')}. What hangs on one: ledger impact --outlet NAME"
    if not found:
        closing = "No outlet is cited yet."
    show(Answer("outlets", found, _FACTS, glimpse, closing=closing), form, settings)


@app.command("outlet")
def outlet(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="OUTLET", help="Name, alias, domain or address.")],
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """One outlet: its cited pages, and the claims it carries alone.

    TSV and CSV give its facts and numbers, JSON gives the pages and claims
    too. Exit status 1 when no claim leans on it.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        page = queries.outlet(reader, queries.outlet_named(reader, name))
        ids = [claim["id"] for claim in page["falls"]] if form is Format.TABLE else []
        short = queries.short_ids(reader, "claim", ids)
    answer = Answer(
        "outlet",
        [page],
        _FACTS,
        glance(short),
        rows=page["falls"] if form is Format.TABLE else [page],
        head=_head(page),
        closing=f"All claims that lean on it: ledger claims --outlet {page['key']}",
        warnings=notes(page["falls"]),
    )
    show(answer, form, settings)
    if not page["claims"]:
        raise typer.Exit(1)


_SHOWN_PAGES = 10


def _head(page: OutletPage) -> tuple[str, ...]:
    facts = (page["kind"], page["country"], page["owner"] and f"owner: {page['owner']}")
    pages = page["sources"]
    more = len(pages) - _SHOWN_PAGES
    return (
        page["name"],
        " · ".join([page["key"], *(fact for fact in facts if fact)]),
        *withdrawal_lines(page["withdrawn"]),
        "",
        f"Claims that lean on it: {page['claims']:,}; that fall without it: "
        f"{page['sole_claims']:,}. "
        f"{counted(len(pages), 'cited page')}{':' if pages else '.'}",
        *(f"{cited['claims']:>5,}  {cited['url']}" for cited in pages[:_SHOWN_PAGES]),
        *([f"       and {more:,} more: ledger sources --outlet {page['key']}"] if more > 0 else []),
        *(["", "Without it these fall:"] if page["falls"] else []),
    )
