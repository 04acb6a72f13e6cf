"""`ledger sources` and `ledger source`: cited pages."""

from collections.abc import Collection, Iterator
from typing import Annotated

import typer

from ledger import queries
from ledger.commands.narrowing import none_counts
from ledger.commands.notes import notes, unnamed
from ledger.commands.opening import readable
from ledger.commands.options import (
    FormatOption,
    JsonOption,
    LimitOption,
    RatingOption,
    filled,
    limit_for,
)
from ledger.commands.output import Answer, chosen, columns, numbers, show
from ledger.commands.passages import CLAIM_COLUMNS, at_a_glance, count_gaps, glance, ids, told
from ledger.commands.settings import settings_of
from ledger.commands.withdrawals import copy_words, withdrawal_lines
from ledger.commands.words import counted, counted_of, led_words, same_pages
from ledger.provenance import gave, retracted_words
from ledger.queries import SourcePage

app = typer.Typer()


@app.command("sources")
def sources(
    ctx: typer.Context,
    outlet: Annotated[
        str | None,
        typer.Option(
            help="Only pages of this outlet, or that carry its words: its name, alias or domain.",
            metavar="NAME",
            callback=filled,
        ),
    ] = None,
    rating: RatingOption = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the cited pages, and how many claims cite each.

    The most cited first. Exit status 1 when --outlet or --rating was given
    and no such page is cited.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        key = None if outlet is None else queries.outlet_named(reader, outlet)
        rated = None if rating is None else queries.rating_named(reader, rating)
        found = queries.sources(reader, outlet=key, rating=rated)
        notes_ = unnamed(rated, queries.count_unrated(reader, rated)) if rated else ()
        notes_ += tuple(none_counts(reader))
        shown = found[: limit_for(limit, form)]
        source_ids = ids(reader, "source", shown, form)
    glimpse = (source_ids, *columns("url", "outlet"), *numbers("claims", "articles"))
    closing = (
        f"{counted_of(len(shown), len(found), 'source')}. Who cites a page: ledger source SOURCE"
    )
    if not found:
        closing = "No page is cited." if outlet is None else "No page of this outlet is cited."
        closing = "No page of such an outlet is cited." if rating else closing
    answer = Answer(
        "sources",
        shown,
        columns("id", "url", "outlet", "claims", "articles", "read"),
        glimpse,
        closing=closing,
        warnings=notes_,
    )
    show(answer, form, settings)
    if (outlet is not None or rating is not None) and not found:
        raise typer.Exit(1)


@app.command("source")
def source(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="Id, address or file.")],
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Show one cited page, and the claims that cite it.

    TSV and CSV list the claims; JSON gives the page with all of them. Exit
    status 1 when no claim cites it.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        page = queries.source(reader, queries.source_named(reader, name))
        citing = page["claims"]
        left_out = (
            _PARTLY & queries.unread(reader, article=page["read"]).keys() if page["read"] else ()
        )
        listed = told(reader, at_a_glance(citing, form, limit), form)
        shown = glance(reader, listed, form)
    head = (
        page["url"],
        page["outlet"] or "unknown outlet",
        *withdrawal_lines(page["withdrawn"]),
        *_says_retracted(page),
        *(f"! {copy_words(each)}" for each in page["copies"]),
        "",
        *_cited(page),
        *_read(page, left_out),
        *led_words(page["led_to"]),
        *_also_at(page),
        *_origin(page),
        "",
    )
    answer = Answer(
        "source",
        [{**page, "claims": listed}],
        CLAIM_COLUMNS,
        shown,
        rows=listed,
        head=head,
        closing=_closing(page, len(listed)),
        warnings=notes(count_gaps(citing)),
    )
    show(answer, form, settings)
    if not citing:
        raise typer.Exit(1)


def _says_retracted(page: SourcePage) -> Iterator[str]:
    if page["says_retracted"]:
        yield f"! {retracted_words(page['says_retracted'], page['url'])}"


def _also_at(page: SourcePage) -> Iterator[str]:
    """Its other addresses, at which it is cited, too."""
    yield from (f"{told}." for told in same_pages(page["also_at"]))


def _origin(page: SourcePage) -> Iterator[str]:
    """With whose voice it speaks, if not with that of its own outlet, and why."""
    if told := page["origin"]:
        whose = told["voice"] or "one story with others"
        yield f"It counts as {whose}: {told['because']} (ledger origins --page {page['id'][:12]})."


_PARTLY = {"wall-paywall", "wall-thin", "text-left-out"}
"""Findings by which not all of a page was read."""


def _read(page: SourcePage, left_out: Collection[str]) -> Iterator[str]:
    """Whether it was read itself, and wholly; else what its server said when it was asked."""
    if page["read"]:
        but = f", but not all of it ({', '.join(sorted(left_out))})" if left_out else ""
        yield f"It was read itself{but}: ledger article {page['read'][:12]}"
    elif page["set_aside"]:
        yield f"It was read itself: {page['set_aside']}."
    elif asked := page["asked"]:
        if asked["unread"]:
            yield f"It was requested on {asked['at'][:10]} and gave {gave(asked)}."
            return
        said = "" if asked["status"] is None else f": the server answered {asked['status']}"
        yield f"It was requested on {asked['at'][:10]} and gave no article{said}."


def _closing(page: SourcePage, shown: int) -> str:
    total = len(page["claims"])
    if not total:
        return "No claim cites it."
    cut = f"{counted_of(shown, total, 'claim')}. " if shown < total else ""
    return f"{cut}One claim in full: ledger trace CLAIM"


_SHOWN_SPELLINGS = 5
"""Spellings of an address that are listed; a page that is cited in more is a rarity."""


def _cited(page: SourcePage) -> Iterator[str]:
    """By how many, and as what where that is not as the ledger spells it: that is what opens."""
    number = len(page["claims"])
    if number:
        cite = "cites" if number == 1 else "cite"
        at = f" at its {len(page['also_at']) + 1} addresses" if page["also_at"] else ""
        yield f"{counted(number, 'claim')} in {counted(page['articles'], 'article')} {cite} it{at}."
    if page["cited_as"] == [page["url"]]:
        return
    yield from (f"    as {url}" for url in page["cited_as"][:_SHOWN_SPELLINGS])
    more = len(page["cited_as"]) - _SHOWN_SPELLINGS
    if more > 0:
        yield f"    and {counted(more, 'other spelling')}: --json has all"
