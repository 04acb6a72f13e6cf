"""`ledger impact`: what falls and what weakens without these."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ledger import provenance, queries
from ledger.called import placed
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
from ledger.commands.narrowing import ArticleOption, current_article, none_counts, told_same
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, LimitOption, limit_for
from ledger.commands.outlet_update import older
from ledger.commands.output import Answer, Column, Format, Item, chosen, columns, show
from ledger.commands.passages import counting_on, ids, in_articles
from ledger.commands.ranking import By, ranking
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, trimmed
from ledger.errors import UsageError
from ledger.provenance import CoveredImpact, CoveredImpacts, Impact, Losses
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.model import Effect

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
    _refuse(taken, by, of_one=covered or unknown is not None)
    days = days_of(taken)
    with readable(settings) as reader:
        if by is not None:
            of = current_article(reader, article)
            answer = ranking(reader, by, limit_for(limit, form), of)
        else:
            losses = losses_of(reader, taken, days)
            of = current_article(reader, article)
            also = [queries.source_named(reader, name) for name in source or ()]
            same = tuple(told_same(reader, also))
            asked = _Asked(losses, of, taken.typed(), article, covered, unknown, same)
            answer = _answer(reader, asked, form, limit_for(limit, form))
    show(answer, form, settings)
    if not answer.items:
        raise typer.Exit(1)


def _refuse(taken: Taken, by: By | None, *, of_one: bool) -> None:
    """Let a question be about some losses, or about each there is; `of_one`: not about each.

    Raises:
        UsageError: It is about neither, or about both.
    """
    if by is not None and (taken.something or taken.kept or of_one):
        raise UsageError(
            f"impact --by {by.value}",
            "a ranking is over every loss there is",
            remedy="Leave out all but --article, or leave out --by",
        )
    if by is None and not taken.something:
        raise UsageError(
            "impact",
            "say what is taken away",
            remedy="Give --outlet, --owner, --country, --kind, --source, --rating, --since or "
            "--until; or --by to rank every loss",
        )


class _Asked(NamedTuple):
    """One question: what is taken away, of which article, and both as typed.

    `unknown`: whether claims for which it is not known are listed, if that was said. `same` says
    at which further addresses the pages are that were named, and taken away with them.
    """

    losses: Losses
    article: str | None
    typed: str
    typed_article: str | None
    covered: bool
    unknown: bool | None
    same: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command that asks it."""
        of = "" if self.typed_article is None else f" --article {quote(self.typed_article)}"
        return f"ledger impact {self.typed}{of}"


def _answer(reader: Reader, asked: _Asked, form: Format, limit: int | None) -> Answer:
    losses, article = asked.losses, asked.article
    found, effects = provenance.impact_with_counts(reader, losses, article=article, limit=limit)
    wanted = asked.covered or form is Format.TABLE
    covered, unsure = _covered(reader, asked, found) if wanted else CoveredImpacts([], 0)
    known = effects["falls"] + effects["weakens"] + (len(covered) if asked.covered else 0)
    total = sum(effects.values())
    left_out = effects["unknown"] if _leaves_out(asked.unknown, form, known) else 0
    items: list[Item] = [*found]
    if left_out:
        items = [item for item in found if item["effect"] != "unknown"]
    if asked.covered:
        items = [*({**item, "covered_by": None} for item in items), *covered][:limit]
    where = () if article else in_articles(reader, items, form)
    return Answer(
        "impact",
        items,
        columns("effect", "claim", "exact", "because", "article", "title")
        + (columns("covered_by") if asked.covered else ()),
        (
            Column("effect", lambda item: item["effect"], short=True),
            ids(reader, "claim", items, form, "claim"),
            Column("says", lambda item: trimmed(placed(item["exact"], item["section"]))),
            Column("because", lambda item: ". ".join(item["because"])),
            *where,
        ),
        closing=_closing(effects, _articles(reader, asked, where)),
        next=tuple(_next(asked, total, left_out, covered, len(items), several=bool(where))),
        warnings=(
            *asked.same,
            *none_counts(reader),
            *(_left_out(left_out) if form is not Format.TABLE else ()),
            *(_uncovered(unsure) if asked.covered else ()),
            *counting_on(provenance.still_counting(reader, losses, article=article)),
            *(older(reader) if losses.owners or losses.countries or losses.kinds else ()),
        ),
    )


def _leaves_out(said: bool | None, form: Format, known: int) -> bool:
    """Whether claims for which it is not known are only counted: as said, else in a table.

    There they would push off the screen the `known` claims that fall or weaken; without such a
    claim they are all there is.
    """
    return not said if said is not None else form is Format.TABLE and known > 0


def _left_out(unknown: int) -> Iterator[str]:
    """That so many claims for which it is not known are not listed, where no count says so."""
    if unknown:
        one, more = "claim is", "claims are"
        yield f"{counted(unknown, one, more)} left out: not known whether anything is lost"


def _covered(reader: Reader, asked: _Asked, found: Sequence[Impact]) -> CoveredImpacts:
    """Where they are asked about all that claims which the loss touches may cover, else `found`."""
    touched = {item["claim"]: item["article"] for item in found}
    if asked.covered:
        touched = provenance.touched(reader, asked.losses, article=asked.article)
    return provenance.covered_impact(reader, asked.losses, touched)


def _articles(reader: Reader, asked: _Asked, where: Sequence[Column]) -> str:
    """In how many articles something is lost, where it is said for each claim in which it is."""
    if not where:
        return ""
    touched = provenance.touched_articles(reader, asked.losses)
    if not touched:
        return ""
    some = counted(queries.articles_now(reader), "article")
    return f" Some fall or weaken in {touched:,} of {some}."


def _uncovered(unknown: int) -> Iterator[str]:
    """That of so many claims without a citation it is not known, and they are not listed."""
    if unknown:
        yield (
            f"for {counted(unknown, 'further claim')} without a citation this is not known: "
            "the citation that closes the paragraph leads nowhere, or to an unknown source"
        )


def _closing(effects: Mapping["Effect", int], articles: str) -> str:
    """Counts; `articles` is a sentence about how many articles that is, where there are several."""
    if not any(effects.values()):
        return "No claim is affected."
    return (
        f"{effects['falls']:,} fall, {effects['weakens']:,} weaken, "
        f"{effects['unknown']:,} not known.{articles}"
    )


def _next(
    asked: _Asked,
    total: int,
    left_out: int,
    covered: Sequence[CoveredImpact],
    shown: int,
    *,
    several: bool,
) -> Iterator[str]:
    """What else is to be said, and what to ask next: a line each, as some have a long command.

    `total` claims are touched, of which `left_out` are only counted; `covered` is about those that
    are shown, unless they are asked about.
    """
    total -= left_out
    if asked.covered and total:
        may = Counter(item["effect"] for item in covered)
        total += len(covered)
        yield (
            f"Without a citation of their own, {may['may fall']:,} may fall, "
            f"{may['may weaken']:,} may weaken."
        )
    if shown < total:
        yield f"{shown:,} of {counted(total, 'claim')} shown; all: --limit 0."
    if covered and not asked.covered:
        more = f"{counted(len(covered), 'claim')} without a citation may be covered by them"
        yield f"{more if shown == total else f'At least {more}'}: {asked.command} --covered"
    if left_out:
        also = " --covered" if asked.covered else ""
        yield f"The claims for which it is not known: {asked.command}{also} --unknown"
    if total and several:
        yield f"For one article: {asked.command} --article ARTICLE"
