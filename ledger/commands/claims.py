"""`ledger claims`: which claims lean on what."""

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from ledger import queries
from ledger.commands.affected import affected_answer
from ledger.commands.opening import readable
from ledger.commands.options import (
    FormatOption,
    JsonOption,
    LimitOption,
    OffsetOption,
    RatingOption,
    filled,
    limit_for,
    not_too_many,
)
from ledger.commands.output import Answer, Format, chosen, show
from ledger.commands.passages import CLAIM_COLUMNS, glance, notes, unowned, unrated
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.errors import UsageError
from ledger.queries import ClaimFilter, ClaimItem
from ledger.reader import Reader

app = typer.Typer()


class Kind(StrEnum):
    """`model.ClaimKind`, for Typer; a test holds them equal."""

    CITED = "cited"
    COVERED = "covered"
    ATTRIBUTED = "attributed"
    UNCITED = "uncited"
    NOT_A_CLAIM = "not-a-claim"


@app.command("claims")
def claims(
    ctx: typer.Context,
    outlet: Annotated[
        str | None,
        typer.Option(
            help="That cite or name this outlet: name, alias or domain.",
            metavar="NAME",
            callback=filled,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            help="That cite this page: id or address.", metavar="ID_OR_URL", callback=filled
        ),
    ] = None,
    article: Annotated[
        str | None,
        typer.Option(
            help="Of this article: id, address or file.", metavar="ID_OR_URL", callback=filled
        ),
    ] = None,
    single_source: Annotated[
        bool, typer.Option("--single-source", help="That fall with one outlet.")
    ] = False,
    resilience: Annotated[
        int | None,
        typer.Option(
            min=1,
            callback=not_too_many,
            help="That fall when so many outlets are lost, and not before.",
            metavar="N",
            show_default=False,
        ),
    ] = None,
    by_owner: Annotated[
        bool,
        typer.Option(
            "--by-owner",
            help="Count the outlets of one owner as one, for --single-source and --resilience.",
        ),
    ] = False,
    uncited: Annotated[bool, typer.Option("--uncited", help="That nothing carries.")] = False,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="With a citation that leads nowhere.")
    ] = False,
    kind: Annotated[Kind | None, typer.Option(help="Of this kind.", show_default=False)] = None,
    search: Annotated[
        str | None, typer.Option(help="With these words.", metavar="WORDS", callback=filled)
    ] = None,
    rating: RatingOption = None,
    affected: Annotated[
        bool, typer.Option("--affected", help="That lean on something withdrawn, and how.")
    ] = False,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Which claims there are, and what they lean on.

    Options narrow: a claim must meet all that are given.

    It leans on "A or B" where one of them is enough to carry it, and on "A
    and B" where it takes both: then it falls with one of them. The last
    column says how many outlets must be lost before it falls: 1 is a single
    source, ? is not known because a citation leads nowhere or to an outlet
    that is not known.

    --affected shows instead what the loss of all that was withdrawn does to
    each claim that leans on it, and whether its article is older than that.

    --search finds words as they stand beside each other, from the beginning
    of a word; the last may go on.

    Exit status 1 when an option was given and no claim meets it.
    """
    if single_source and resilience is not None:
        raise UsageError(
            "claims --single-source --resilience",
            "these ask for two things at once",
            remedy="--single-source is --resilience 1: give one of them",
        )
    if by_owner and not (single_source or resilience):
        raise UsageError(
            "claims --by-owner",
            "say how many owners",
            remedy="Give --resilience N or --single-source too",
        )
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        which = ClaimFilter(
            outlet=None if outlet is None else queries.outlet_named(reader, outlet),
            source=None if source is None else queries.source_named(reader, source),
            article=None if article is None else queries.article_named(reader, article),
            single_source=single_source,
            resilience=resilience,
            by_owner=by_owner,
            uncited=uncited,
            gaps=gaps,
            kind=kind.value if kind else None,
            search=search,
            rating=None if rating is None else queries.rating_named(reader, rating),
        )
        if affected:
            answer = affected_answer(reader, which, form, limit_for(limit, form), offset)
            show(answer, form, settings)
            if not answer.items:
                raise typer.Exit(1)
            return
        found = queries.claims(reader, which, limit=limit_for(limit, form), offset=offset)
        answer = _answer(reader, form, found, which)
        if which.rating:
            unsure = queries.count_claims(reader, which._replace(unrated=True))
            answer = replace(answer, warnings=(*answer.warnings, *unrated(which.rating, unsure)))
        if which.by_owner:
            unsure = queries.count_claims(reader, which._replace(unsure=True))
            answer = replace(answer, warnings=(*answer.warnings, *unowned(unsure)))
    show(answer, form, settings)
    if not found and which != ClaimFilter():
        raise typer.Exit(1)


def _answer(reader: Reader, form: Format, found: list[ClaimItem], which: ClaimFilter) -> Answer:
    total = queries.count_claims(reader, which)
    if not found and total:
        closing = f"None here; there are {counted(total, 'claim')}."
    elif not found:
        narrowed = which != ClaimFilter()
        closing = "No claim meets all that was asked." if narrowed else "No claim is recorded yet."
    elif len(found) == total:
        closing = f"{counted(total, 'claim')}. One in full: ledger trace CLAIM"
    else:
        closing = (
            f"{len(found):,} of {counted(total, 'claim')}; all: --limit 0. "
            "One in full: ledger trace CLAIM"
        )
    return Answer(
        "claims",
        found,
        CLAIM_COLUMNS,
        glance(reader, found, form),
        closing=closing,
        warnings=notes(found),
    )
