"""What losses do to claims, as an answer: those that fall, weaken or may, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from ledger import provenance, queries
from ledger.called import placed
from ledger.commands.narrowing import none_counts
from ledger.commands.notes import counting_on
from ledger.commands.outlet_update import older
from ledger.commands.output import Answer, Column, Format, Item, columns
from ledger.commands.passages import ids
from ledger.commands.words import counted, fates, trimmed
from ledger.provenance import CoveredImpact, CoveredImpacts, Impact, Losses, Totals
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.model import Effect


class Question(NamedTuple):
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


def effects_of(reader: Reader, asked: Question, form: Format, limit: int | None) -> Answer:
    """The claims that fall or weaken, or may, and why; at most `limit` of them, None for all."""
    losses, article = asked.losses, asked.article
    several = form is Format.TABLE and not article and queries.has_several_articles(reader)
    found, totals = provenance.impact_with_totals(
        reader, losses, article=article, limit=limit, in_articles=several
    )
    wanted = asked.covered or form is Format.TABLE
    covered, unsure = _covered(reader, asked, found) if wanted else CoveredImpacts([], 0)
    known = totals.effects["falls"] + totals.effects["weakens"]
    known += len(covered) if asked.covered else 0
    left_out = totals.effects["unknown"] if _leaves_out(asked.unknown, form, known) else 0
    items: list[Item] = [*found]
    if left_out:
        items = [item for item in found if item["effect"] != "unknown"]
    if asked.covered:
        items = [*({**item, "covered_by": None} for item in items), *covered][:limit]
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
            *((ids(reader, "article", items, form, "article"),) if several else ()),
        ),
        closing=_closing(totals, queries.articles_now(reader) if several else 0),
        next=tuple(_next(asked, totals.effects, left_out, covered, len(items), several=several)),
        warnings=(
            *asked.same,
            *_of_every_account(reader, losses),
            *none_counts(reader),
            *(_left_out(left_out) if form is not Format.TABLE else ()),
            *(_uncovered(unsure) if asked.covered else ()),
            *counting_on(provenance.still_counting(reader, losses, article=article)),
            *(older(reader) if losses.owners or losses.countries or losses.kinds else ()),
        ),
    )


def _of_every_account(reader: Reader, losses: Losses) -> Iterator[str]:
    """That a platform stands for all of its pages whose accounts are not known."""
    asked = "SELECT name FROM known_outlet WHERE key IN :ids AND kind = 'platform' ORDER BY name"
    for row in reader.rows_for(asked, losses.outlets):
        yield (
            f"{row['name']}: every page of the platform whose account is not known is taken away "
            "at once, though they may be of many accounts. For one page: --source URL"
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


def _covered(reader: Reader, asked: Question, found: Sequence[Impact]) -> CoveredImpacts:
    """Where they are asked about all that claims which the loss touches may cover, else `found`."""
    touched = {item["claim"]: item["article"] for item in found}
    if asked.covered:
        touched = provenance.touched(reader, asked.losses, article=asked.article)
    return provenance.covered_impact(reader, asked.losses, touched)


def _uncovered(unknown: int) -> Iterator[str]:
    """That of so many claims without a citation it is not known, and they are not listed."""
    if unknown:
        yield (
            f"for {counted(unknown, 'further claim')} without a citation this is not known: "
            "the citation that closes the paragraph leads nowhere, or to an unknown source"
        )


def _closing(totals: Totals, articles: int) -> str:
    """Counts, and in how many of so many articles that is, if that was asked."""
    effects = totals.effects
    if not any(effects.values()):
        return "No claim is affected."
    some = ""
    if totals.articles:
        of = counted(articles, "article")
        some = f" Some fall or weaken in {totals.articles:,} of {of}."
    return f"{fates(effects['falls'], effects['weakens'], effects['unknown'])}{some}"


def _next(
    asked: Question,
    effects: Mapping["Effect", int],
    left_out: int,
    covered: Sequence[CoveredImpact],
    shown: int,
    *,
    several: bool,
) -> Iterator[str]:
    """What else is to be said, and what to ask next: a line each, as some have a long command.

    Of the unknown `left_out` are only counted; `covered` is about the claims that are shown, unless
    all were asked about.
    """
    total = sum(effects.values()) - left_out
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
