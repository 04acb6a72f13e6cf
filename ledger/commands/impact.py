"""`ledger impact`: what falls and what weakens without these."""

import re
from typing import Annotated

import typer

from ledger import provenance, queries
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, LimitOption, limit_for
from ledger.commands.output import Answer, Column, Format, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, trimmed
from ledger.errors import UsageError
from ledger.provenance import Losses
from ledger.reader import Reader

app = typer.Typer()

_Names = list[str] | None


@app.command("impact")
def impact(
    ctx: typer.Context,
    outlet: Annotated[
        _Names, typer.Option(help="An outlet: name, alias or domain.", metavar="NAME")
    ] = None,
    owner: Annotated[
        _Names, typer.Option(help="Every outlet of this owner.", metavar="NAME")
    ] = None,
    country: Annotated[
        _Names, typer.Option(help="Every outlet of this country: two letters.", metavar="CC")
    ] = None,
    kind: Annotated[_Names, typer.Option(help="Every outlet of this kind.", metavar="KIND")] = None,
    source: Annotated[
        _Names, typer.Option(help="A cited page: id or address.", metavar="ID_OR_URL")
    ] = None,
    rating: Annotated[
        _Names,
        typer.Option(
            help="Every outlet of which a list of your own says so.", metavar="NAME=VALUE"
        ),
    ] = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """What falls and what weakens without these outlets or sources.

    Each option may be given several times; all that is named is taken away
    together. falls: some group has nothing left. weakens: some group loses
    a source. unknown: it depends on a citation that leads nowhere, or on an
    outlet of which the owner, country, kind or rating is not known. What is
    known of outlets is what is so now, not what was when a page was written.

    Exit status 1 when no claim is touched, nor may be.
    """
    if not any((outlet, owner, country, kind, source, rating)):
        raise UsageError(
            "impact",
            "say what is taken away",
            remedy="Give --outlet, --owner, --country, --kind, --source or --rating",
        )
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        losses = Losses(
            outlets=tuple(queries.outlet_named(reader, name) for name in outlet or ()),
            owners=tuple(queries.owner_named(reader, name) for name in owner or ()),
            countries=tuple(_country(code) for code in country or ()),
            kinds=tuple(_kind(word) for word in kind or ()),
            sources=tuple(queries.source_named(reader, name) for name in source or ()),
            ratings=tuple(queries.rating_named(reader, text) for text in rating or ()),
        )
        answer = _answer(reader, losses, form, limit_for(limit, form))
    show(answer, form, settings)
    if not answer.items:
        raise typer.Exit(1)


def _answer(reader: Reader, losses: Losses, form: Format, limit: int | None) -> Answer:
    found = provenance.impact(reader, losses, limit=limit)
    effects = provenance.impact_counts(reader, losses)
    ids = [item["claim"] for item in found] if form is Format.TABLE else []
    short = queries.short_ids(reader, "claim", ids)
    total = sum(effects.values())
    closing = "No claim is touched."
    if total:
        closing = f"{effects['falls']:,} fall, {effects['weakens']:,} weaken, "
        closing += f"{effects['unknown']:,} not known."
    if len(found) < total:
        closing += f" {len(found):,} of {counted(total, 'claim')} shown; all: --limit 0."
    return Answer(
        "impact",
        found,
        columns("effect", "claim", "exact", "because", "article", "title"),
        (
            Column("effect", lambda item: item["effect"], short=True),
            Column("claim", lambda item: short[item["claim"]], short=True),
            Column("says", lambda item: trimmed(item["exact"])),
            Column("because", lambda item: ". ".join(item["because"])),
        ),
        closing=closing,
    )


def _country(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", code):
        raise UsageError(
            f"--country {code}", "this is no country code", remedy="Give two letters: US, GB, JP"
        )
    return code.upper()


def _kind(word: str) -> str:
    from ledger.outlets import KINDS  # the registry is slow to load and rarely asked

    kind = word.strip().lower()
    if kind not in KINDS:
        raise UsageError(
            f"--kind {word}", "this is no kind of outlet", remedy=f"Kinds: {', '.join(KINDS)}"
        )
    return kind
