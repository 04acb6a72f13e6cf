"""`ledger impact`: what falls and what weakens without these."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from ledger import provenance, queries
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, LimitOption, filled, limit_for
from ledger.commands.output import Answer, Column, Format, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, trimmed
from ledger.errors import UsageError
from ledger.provenance import Losses, Unranked
from ledger.reader import Reader

app = typer.Typer()

_Names = list[str] | None


class By(StrEnum):
    """`provenance.By`, for Typer; a test holds them equal."""

    OUTLET = "outlet"
    OWNER = "owner"
    COUNTRY = "country"
    KIND = "kind"


@app.command("impact")
def impact(
    ctx: typer.Context,
    outlet: Annotated[
        _Names,
        typer.Option(help="An outlet: name, alias or domain.", metavar="NAME", callback=filled),
    ] = None,
    owner: Annotated[
        _Names, typer.Option(help="Every outlet of this owner.", metavar="NAME", callback=filled)
    ] = None,
    country: Annotated[
        _Names,
        typer.Option(
            help="Every outlet of this country: two letters.", metavar="CC", callback=filled
        ),
    ] = None,
    kind: Annotated[
        _Names, typer.Option(help="Every outlet of this kind.", metavar="KIND", callback=filled)
    ] = None,
    source: Annotated[
        _Names,
        typer.Option(help="A cited page: id or address.", metavar="ID_OR_URL", callback=filled),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Pages published on this day or later: 2024-02-01.",
            metavar="DATE",
            callback=filled,
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            help="Pages published on this day or before.", metavar="DATE", callback=filled
        ),
    ] = None,
    kept: Annotated[
        _Names,
        typer.Option(
            "--except",
            help="An outlet that is not lost, after all.",
            metavar="NAME",
            callback=filled,
        ),
    ] = None,
    rating: Annotated[
        _Names,
        typer.Option(
            help="Every outlet of which a list of your own says so.",
            metavar="NAME=VALUE",
            callback=filled,
        ),
    ] = None,
    by: Annotated[
        By | None,
        typer.Option(help="Rank: which single loss hurts most.", show_default=False),
    ] = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """What falls and what weakens without these outlets or sources.

    Options may be given several times; all that is named is taken away
    together, but for what --except names. falls: some group has nothing
    left. weakens: some group loses a source. unknown: it depends on a
    citation that leads nowhere, on an outlet of which the owner, country,
    kind or rating is not known, or on a page of which the date is not
    known: dates are known of pages that were read themselves. What is known
    of outlets is what is so now, not what was when a page was written.

    --by alone lists every outlet, owner, country or kind and what its loss
    would do, the worst first.

    Exit status 1 when no claim is touched, nor may be.
    """
    named = any((outlet, owner, country, kind, source, rating, since, until))
    settings, form = settings_of(ctx), chosen(format, json)
    if by is not None:
        if named or kept:
            raise UsageError(
                f"impact --by {by.value}",
                "a ranking is over every loss there is",
                remedy="Leave the other options out",
            )
        with readable(settings) as reader:
            answer = _ranking(reader, by, limit_for(limit, form))
        show(answer, form, settings)
        if not answer.items:
            raise typer.Exit(1)
        return
    if not named:
        raise UsageError(
            "impact",
            "say what is taken away",
            remedy="Give --outlet, --owner, --country, --kind, --source, --rating, --since or "
            "--until; or --by to rank every loss",
        )
    if since and until and _day("--since", since) > _day("--until", until):
        raise UsageError(
            f"--since {since} --until {until}", "no day is in between", remedy="Turn them round"
        )
    with readable(settings) as reader:
        losses = Losses(
            outlets=tuple(queries.outlet_named(reader, name) for name in outlet or ()),
            owners=tuple(queries.owner_named(reader, name) for name in owner or ()),
            countries=tuple(_country(code) for code in country or ()),
            kinds=tuple(_kind(word) for word in kind or ()),
            sources=tuple(queries.source_named(reader, name) for name in source or ()),
            dated_from=None if since is None else _day("--since", since),
            dated_until=None if until is None else _day("--until", until),
            kept=tuple(queries.outlet_named(reader, name) for name in kept or ()),
            ratings=tuple(queries.rating_named(reader, text) for text in rating or ()),
        )
        if losses.takes_nothing:
            raise UsageError(
                "--except",
                "it names all that is taken away: nothing is left to lose",
                remedy="Name another outlet, or leave --except out",
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


def _ranking(reader: Reader, by: By, limit: int | None) -> Answer:
    found = provenance.ranking(reader, by.value, limit=limit)
    total = provenance.count_ranked(reader, by.value)
    left_out = provenance.unranked(reader, by.value)
    closing = (
        f"No {by.value} is known of anything that claims lean on."
        if not found
        else f"What is in one: ledger impact --{by.value} NAME"
    )
    if len(found) < total:
        closing = f"{len(found):,} of {total:,} shown; all: --limit 0. {closing}"
    return Answer(
        "impact-by",
        found,
        columns("key", "name", "falls", "weakens", "unknown"),
        (
            Column(by.value, lambda item: item["name"]),
            Column("falls", lambda item: f"{item['falls']:,}", number=True),
            Column("weakens", lambda item: f"{item['weakens']:,}", number=True),
            Column("unknown", lambda item: f"{item['unknown']:,}", number=True),
        ),
        closing=closing,
        warnings=_not_ranked(by, left_out),
    )


def _not_ranked(by: By, left_out: Unranked) -> tuple[str, ...]:
    if not left_out["outlets"]:
        return ()
    return (
        f"the {by.value} of {left_out['outlets']:,} of {counted(left_out['of'], 'outlet')} is not "
        f"known: no row has {'it' if left_out['outlets'] == 1 else 'them'}, and "
        f"{counted(left_out['claims'], 'claim leans', 'claims lean')} on "
        f"{'it' if left_out['outlets'] == 1 else 'them'}",
    )


def _day(option: str, text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise UsageError(
            f"{option} {text}", "this is no day", remedy="Write it as year-month-day: 2024-02-01"
        ) from error


def _country(code: str) -> str:
    from ledger.pipeline.facts import COUNTRIES  # only this question needs them

    if code.upper() not in COUNTRIES:
        raise UsageError(
            f"--country {code}",
            "this is no country code",
            remedy="Give two letters: US, GB (not UK), JP",
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
