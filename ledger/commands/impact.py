"""`ledger impact`: what falls and what weakens without these."""

from typing import Annotated

import typer

from ledger import queries
from ledger.commands.effects import Question, effects_of
from ledger.commands.losses import (
    CountriesOption,
    KeptOption,
    KindsOption,
    OutletsOption,
    OwnersOption,
    PagesOption,
    RatingsOption,
    SinceOption,
    Taken,
    UntilOption,
    days_of,
    losses_of,
)
from ledger.commands.narrowing import ArticleOption, current_article, told_same
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, LimitOption, limit_for
from ledger.commands.output import chosen, show
from ledger.commands.ranking import By, ranking
from ledger.commands.settings import settings_of
from ledger.errors import UsageError

app = typer.Typer()


@app.command("impact")
def impact(
    ctx: typer.Context,
    outlet: OutletsOption = None,
    owner: OwnersOption = None,
    country: CountriesOption = None,
    kind: KindsOption = None,
    source: PagesOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kept: KeptOption = None,
    rating: RatingsOption = None,
    article: ArticleOption = None,
    covered: Annotated[
        bool,
        typer.Option(
            "--covered", help="Also claims without a citation that one of these may cover."
        ),
    ] = False,
    unknown: Annotated[
        bool | None,
        typer.Option(
            "--unknown/--no-unknown",
            help="List claims for which it is not known, or only count them. Default: list "
            "them, but in a table only where no claim falls or weakens, whatever --limit says.",
        ),
    ] = None,
    by: Annotated[By | None, typer.Option(help="Rank: which single loss hurts most.")] = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Show which claims fall or weaken without certain outlets or pages.

    Examples:
      ledger impact --outlet Reuters
      ledger impact --owner "News Corp" --except wsj.com
      ledger impact --by outlet

    Options can be repeated and combined. Everything named is removed at once,
    except what --except names: --outlet A --outlet B shows what falls if both are
    wrong, which includes what falls with either one. For claims that rest on A
    and B alone: ledger claims --only A --only B. --article looks at the claims of
    one article only.

    falls: some group has no source left. weakens: some group loses a source, and
    none loses all. unknown: it depends on a citation that leads nowhere; on an
    outlet whose owner, country, kind or rating is not known; or on a page whose
    date is not known (only pages that were read have a date). Facts about outlets
    are those of today, not of the day a page was written.

    A platform, such as youtube.com, stands for all accounts there that are not
    known: what falls without it need not fall with one of them.

    --covered also lists claims without a citation of their own that the citations
    at the end of their paragraph may cover. They may fall or weaken, and are
    counted separately.

    --by on its own ranks all outlets, owners, countries or kinds by what their
    loss would do, the worst first.

    Exit status 1 when no claim is affected, nor can be; with --no-unknown, when
    none is affected.
    """
    taken = Taken(outlet, owner, country, kind, source, since, until, rating, kept)
    settings, form = settings_of(ctx), chosen(format, json)
    _refuse(taken, by, covered=covered, unknown=unknown)
    days = days_of(taken)
    with readable(settings) as reader:
        of = current_article(reader, article)
        if by is not None:
            answer = ranking(reader, by, limit_for(limit, form), of)
        else:
            losses = losses_of(reader, taken, days)
            also = [queries.source_named(reader, name) for name in source or ()]
            same = tuple(told_same(reader, also))
            asked = Question(losses, of, taken.typed(), article, covered, unknown, same)
            answer = effects_of(reader, asked, form, limit_for(limit, form))
    show(answer, form, settings)
    if not answer.items:
        raise typer.Exit(1)


def _refuse(taken: Taken, by: By | None, *, covered: bool, unknown: bool | None) -> None:
    """Let a question be about some losses, or about each there is.

    Raises:
        UsageError: It is about neither, or about both; or it asks of each what is told of some.
    """
    if by is None and not taken.something:
        raise UsageError(
            "impact",
            "say what is taken away",
            remedy="Give --outlet, --owner, --country, --kind, --source, --rating, --since or "
            "--until; or --by to rank every loss",
        )
    if by is None:
        return
    for option in taken.options():
        raise UsageError(
            option,
            f"with --by {by.value}, every single loss is ranked, and none is named",
            remedy=f"Leave out {option}, or leave out --by",
        )
    if covered:
        raise UsageError(
            "--covered",
            "a ranking counts only claims with a citation of their own, or that name an outlet",
            remedy=f"Leave it out, or ask about one: ledger impact --{by.value} NAME --covered",
        )
    if unknown is not None:
        option = "--unknown" if unknown else "--no-unknown"
        raise UsageError(
            option,
            "a ranking counts the claims for which it is not known in a column of their own",
            remedy=f"Leave it out, or ask about one: ledger impact --{by.value} NAME {option}",
        )
