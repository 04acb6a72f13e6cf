"""`ledger outlets` and `ledger outlet`: who is cited."""

from collections.abc import Iterator
from typing import Annotated

import typer

from ledger import queries
from ledger.commands import knowledge
from ledger.commands.contradictions import in_words
from ledger.commands.narrowing import ArticleOption, current_article, none_counts
from ledger.commands.notes import counted_besides, notes, unnamed, withdrawn_among
from ledger.commands.opening import readable
from ledger.commands.options import (
    FormatOption,
    JsonOption,
    LimitOption,
    RatingOption,
    limit_for,
    refuse_before,
)
from ledger.commands.outlet_lists import import_file
from ledger.commands.outlet_update import update
from ledger.commands.output import Answer, Column, Format, Item, chosen, columns, numbers, show
from ledger.commands.passages import glance, told
from ledger.commands.settings import settings_of
from ledger.commands.withdrawals import withdrawal_lines
from ledger.commands.words import counted, counted_of
from ledger.queries import ClaimFilter, OutletPage, Owned

app = typer.Typer()
group = typer.Typer(invoke_without_command=True)
app.add_typer(group, name="outlets")
group.command("add")(knowledge.add)
group.command("merge")(knowledge.merge)
group.command("import")(import_file)
group.command("update")(update)

_WITH_CLAIMS = (Format.TABLE, Format.JSON, Format.JSONL)
_FACTS = columns(
    *("key", "name", "domain", "kind", "owner", "country"),
    *("claims", "sole_claims", "maybe_sole"),
)


@group.callback()
def outlets(
    ctx: typer.Context,
    rating: RatingOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the outlets that are cited, and how many claims lean on each.

    The most important first. The last column counts the claims that fall without
    the outlet, because some part of them has no other source. Of a platform it
    may be a range: pages whose account is not known may be of one account or of
    several. With --article, both columns count only the claims of that article.

    Exit status 1 when --rating or --article was given and no outlet matches.
    """
    if ctx.invoked_subcommand is not None:
        refuse_before(ctx, rating=rating, article=article, limit=limit, format=format, json=json)
        return
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        rated = None if rating is None else queries.rating_named(reader, rating)
        of = current_article(reader, article)
        found = queries.outlets(reader, rated, article=of)
        unsaid = queries.count_unrated(reader, rated, article=of) if rated else 0
        notes_ = unnamed(rated, unsaid) if rated else ()
        notes_ += tuple(none_counts(reader))
        notes_ += withdrawn_among(reader, {outlet["name"] for outlet in found})
        if form is Format.TABLE:
            notes_ += counted_besides(queries.count_claims(reader, _naming(article=of)))
    glimpse = (
        *columns("name"),
        Column("domain", lambda outlet: outlet["key"]),
        Column("kind", lambda outlet: outlet["kind"], short=True),
        Column("from", lambda outlet: outlet["country"], short=True),
        *numbers("claims"),
        Column("on it alone", _alone, number=True),
    )
    shown = found[: limit_for(limit, form)]
    there = counted_of(len(shown), len(found), "outlet")
    closing = f"{there}. What depends on one: ledger impact --outlet NAME"
    if of is not None:
        closing += f" --article {of[:12]}"
    if any(outlet["kind"] == "platform-account" for outlet in shown):
        closing += ". To say whose account one is: ledger outlets merge ACCOUNT OUTLET"
    if not found and (rating or article):
        closing = (
            f"No outlet{' of this rating' if rating else ''} is cited{' in it' if of else ''}."
        )
    elif not found:
        closing = "No outlet has been cited yet."
    answer = Answer("outlets", shown, _FACTS, glimpse, closing=closing, warnings=notes_)
    show(answer, form, settings)
    if (rating or article) and not found:
        raise typer.Exit(1)


def _naming(*, article: str | None = None, outlet: str | None = None) -> ClaimFilter:
    """Sentences that claim nothing and are counted, because they name an outlet."""
    return ClaimFilter(article=article, outlet=outlet, no_claims=True)


def _alone(outlet: Item) -> str:
    """How many claims fall without it; between what numbers that lies where it is not known."""
    least, most = outlet["sole_claims"], outlet["sole_claims"] + outlet["maybe_sole"]
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


@app.command("outlet")
def outlet(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="OUTLET", help="Name, alias, domain or address.")],
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Show one outlet: its cited pages, and the claims it carries alone.

    --limit is for its pages and for its claims. Without it a table has ten pages,
    the most cited, and 50 claims. TSV and CSV give its facts and counts; JSON
    adds all pages, and the claims. Exit status 1 when no claim leans on it.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        key = queries.outlet_named(reader, name)
        # Lines of facts have no claims in them.
        most = limit_for(limit, form) if form in _WITH_CLAIMS else 0
        page = queries.outlet(reader, key, limit=most)
        gaps = queries.gaps_on_it_alone(reader, page["key"])
        besides = queries.count_claims(reader, _naming(outlet=page["key"]))
        listed = told(reader, page["falls"], form)
        shown = glance(reader, listed, form)
    answer = Answer(
        "outlet",
        [{**page, "falls": listed}],
        _FACTS,
        shown,
        rows=listed if form is Format.TABLE else [page],
        head=_head(page, _SHOWN_PAGES if limit is None else limit or None),
        closing=_closing(page, len(listed)),
        warnings=(*notes(gaps), *counted_besides(besides)),
    )
    show(answer, form, settings)
    if not page["claims"]:
        raise typer.Exit(1)


def _closing(page: OutletPage, shown: int) -> str:
    if not page["claims"]:
        return "No claim leans on it."
    total = page["sole_claims"] + page["maybe_sole"]
    cut = f"{counted_of(shown, total, 'claim')}. " if shown < total else ""
    return f"{cut}All claims that lean on it: ledger claims --outlet {page['key']}"


_SHOWN_PAGES = 10
"""Pages of an outlet on its own page unless told, the most cited first: a few lines, chosen."""


def _head(page: OutletPage, most: int | None) -> tuple[str, ...]:
    """What is known of it, and its pages, at most so many; None for all."""
    began = next((owned["since"] for owned in page["owners"] if not owned["until"]), None)
    owner = page["owner"] and f"owner: {page['owner']}"
    if owner and page["owner"] == page["name"]:
        owner = "owns itself"
    if owner and began:
        owner += f" since {began}"
    facts = (page["kind"], page["country"], owner)
    pages = page["sources"]
    more = len(pages[most:]) if most else 0
    return (
        page["name"],
        " · ".join([page["key"], *(fact for fact in facts if fact)]),
        *withdrawal_lines(page["withdrawn"]),
        *_told(page),
        "",
        f"Claims that lean on it: {page['claims']:,}; that fall without it: "
        f"{_alone(page)}. "
        f"{counted(len(pages), 'cited page')}{':' if pages else '.'}",
        *(f"{cited['claims']:>5,}  {cited['url']}" for cited in pages[:most]),
        *([f"       and {more:,} more: ledger sources --outlet {page['key']}"] if more else []),
        *(["", "Without it these fall:"] if page["falls"] else []),
    )


def _told(page: OutletPage) -> Iterator[str]:
    """What people said of it, and what stands of that."""
    if page["aliases"]:
        yield f"Also called: {', '.join(page['aliases'])}"
    for merge in page["merged_by"]:
        into = "" if merge["into"] == page["key"] else f" (as {merge['into']})"
        why = f": {merge['reason']}" if merge["reason"] else ""
        yield f"Merged into it: {merge['key']}{into}, says {merge['by']} ({merge['at'][:10]}){why}"
    past = [owned for owned in page["owners"] if owned["until"]]
    if past:
        yield "Earlier owners: " + "; ".join(map(_owned, past))
    for rating in page["ratings"]:
        yield f"Rated {rating['value']} in the list {rating['list']} ({rating['by']})"
    if page["told"]:
        yield ""
        yield "What people said of it:"
    for saying in page["told"]:
        said = ", ".join(in_words(fact, value) for fact, value in saying["said"].items())
        yield f"  {saying['at'][:10]} {saying['by']}: {said}"
        if saying["reason"]:
            yield f"      because: {saying['reason']}"
        if saying["overruled"]:
            denied = ", ".join(in_words(fact, saying["said"][fact]) for fact in saying["overruled"])
            yield f"      no longer counts, because of a later decision: {denied}"


def _owned(owned: Owned) -> str:
    since = f"from {owned['since']} " if owned["since"] else ""
    return f"{owned['owner'] or 'not known'} {since}until {owned['until']}"
