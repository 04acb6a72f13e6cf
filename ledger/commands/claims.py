"""`ledger claims`: which claims lean on what."""

from collections.abc import Iterator

import typer

from ledger import queries
from ledger.commands.affected import affected_answer
from ledger.commands.in_parts import InParts
from ledger.commands.narrowing import (
    AffectedOption,
    ArticleOption,
    Asked,
    ByOwnerOption,
    GapsOption,
    KindOption,
    OnlyOption,
    OutletOption,
    ResilienceOption,
    SearchOption,
    SingleSourceOption,
    SourceOption,
    UncitedOption,
    filter_of,
    not_counting,
    told_same,
)
from ledger.commands.notes import notes, unrated, unshared, unweighed, withdrawn_among
from ledger.commands.opening import readable
from ledger.commands.options import (
    FormatOption,
    JsonOption,
    LimitOption,
    OffsetOption,
    RatingOption,
    limit_for,
)
from ledger.commands.outlet_update import older
from ledger.commands.output import Answer, Format, chosen, show
from ledger.commands.passages import CLAIM_COLUMNS, glance
from ledger.commands.settings import settings_of
from ledger.commands.words import counted_of, none_at_offset
from ledger.provenance import set_aside
from ledger.queries import ClaimFilter
from ledger.reader import Reader

app = typer.Typer()


@app.command("claims")
def claims(
    ctx: typer.Context,
    outlet: OutletOption = None,
    only: OnlyOption = None,
    source: SourceOption = None,
    article: ArticleOption = None,
    single_source: SingleSourceOption = False,
    resilience: ResilienceOption = None,
    by_owner: ByOwnerOption = False,
    uncited: UncitedOption = False,
    gaps: GapsOption = False,
    kind: KindOption = None,
    search: SearchOption = None,
    rating: RatingOption = None,
    affected: AffectedOption = False,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List claims, and what each one leans on.

    Without options all claims are listed, and with them headings, questions and
    other sentences that claim nothing but name an outlet. Each option narrows the
    list: a claim must meet all of them.

    A claim leans on "A or B" where either is enough to carry it, and on "A and B"
    where it needs both, so that it falls without either. The last column is the
    number of outlets that must be lost before the claim falls: 1 means a single
    source; ? means not known, because a citation leads nowhere or to an unknown
    outlet, or several lead to a platform and do not show whose account it is.

    --only A --only B finds the claims that rest on A, on B or on both, and on
    nobody else. More claims than these may fall without A and B, since a claim
    can need other outlets too: see ledger impact.

    --affected shows what losing everything withdrawn does to each claim that
    leans on it, and whether its article is older than the withdrawal. The effect
    "copy" means that the claim leans on nothing withdrawn, but on a page that
    carries the same story as a withdrawn one.

    --search finds words in the order given, from the start of a word; the last
    one may be incomplete.

    Exit status 1 when an option was given and no claim matches.
    """
    asked = Asked(
        outlet=outlet,
        only=only,
        source=source,
        article=article,
        single_source=single_source,
        resilience=resilience,
        by_owner=by_owner,
        uncited=uncited,
        gaps=gaps,
        kind=kind,
        search=search,
        rating=rating,
    )
    asked.refuse_contradictions()
    settings, form = settings_of(ctx), chosen(format, json)
    most = limit_for(limit, form)
    with readable(settings) as reader:
        which = filter_of(reader, asked)
        if affected:
            answer = affected_answer(reader, which, form, most, offset)
        else:
            found = queries.chosen(reader, which, most, offset)
            answer = _answer(reader, form, found, which, offset)
        show(answer, form, settings)
    if not answer.items and (affected or which != ClaimFilter()):
        raise typer.Exit(1)


def _answer(
    reader: Reader, form: Format, found: list[str], which: ClaimFilter, skipped: int
) -> Answer:
    """The answer about the claims with these ids, before which so many others were skipped."""
    total = queries.count_claims(reader, which)
    none = _claiming_nothing(reader, which, total) if form is Format.TABLE else 0
    noun = "sentence" if none else "claim"
    if not found and total:
        closing = none_at_offset(total, noun)
    elif not found and which != ClaimFilter():
        closing = "No claim matches."
    elif not found and set_aside(reader):
        closing = "No claims: every article is set aside. See: ledger articles --aside"
    elif not found:
        closing = "No claim is recorded yet."
    else:
        there = counted_of(len(found), total, noun, skipped=skipped)
        there += f". Claims among all of them: {total - none:,}" if none else ""
        closing = f"{there}. One in full: ledger trace CLAIM"
    claims = InParts(reader, found, form, which.strength if which.by_owner else None)
    rows = [*claims] if form is Format.TABLE else None
    shown = () if rows is None else glance(reader, rows, form, article=which.article)
    if found and any(column.head == "article" for column in shown):
        closing += "; for one article: --article ARTICLE"
    cut = len(found) < total
    return Answer(
        "claims",
        claims,
        CLAIM_COLUMNS,
        shown,
        rows=rows,
        closing=closing,
        warnings=_warnings(reader, which, claims, cut=cut),
    )


def _claiming_nothing(reader: Reader, which: ClaimFilter, total: int) -> int:
    """How many of the sentences that pass claim nothing, so that no article counts them."""
    if which.kind is not None or which.uncited:
        return total if which.kind == "not-a-claim" else 0
    return queries.count_claims(reader, which._replace(no_claims=True))


def _warnings(reader: Reader, which: ClaimFilter, claims: InParts, *, cut: bool) -> Iterator[str]:
    """To be asked for when the claims were gone through; `cut`: they are not all there are."""
    yield from not_counting(reader, which.article)
    yield from told_same(reader, which.sources[:1])
    yield from notes(claims.gaps, cut=cut)
    yield from withdrawn_among(reader, claims.leaned_on)
    yield from _unsure(reader, which)
    reader.look_anew()  # however slowly JSON is read now, nobody who writes is kept waiting


def _unsure(reader: Reader, which: ClaimFilter) -> Iterator[str]:
    """Of how many further claims it is not known whether they meet the filter."""
    if which.rating:
        yield from unrated(which.rating, queries.count_claims(reader, which._replace(unrated=True)))
    if which.only:
        yield from unshared(queries.count_claims(reader, which._replace(maybe_only=True)))
    if which.strength:
        claims = queries.count_claims(reader, which._replace(unsure=True))
        yield from unweighed(claims, by_owner=which.by_owner)
    if which.by_owner:
        yield from older(reader)
