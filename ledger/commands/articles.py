"""`ledger articles` and `ledger article`: what is recorded."""

from typing import Annotated

import typer

from ledger import queries
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, Format, Item, chosen, columns, numbers, show
from ledger.commands.passages import CLAIM_COLUMNS, glance, notes
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, trimmed
from ledger.queries import ArticlePage

app = typer.Typer()

_COLUMNS = columns(
    "id",
    "title",
    "url",
    "outlet",
    "published",
    "language",
    "captured_at",
    "claims",
    "cited",
    "citations",
    "gaps",
    "outlets",
)


@app.command("articles")
def articles(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """What is recorded.

    The current version of every article, in the order of recording. An
    empty ledger is no failure: exit status 0.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        found = queries.articles(reader)
        ids = [article["id"] for article in found] if form is Format.TABLE else []
        short = queries.short_ids(reader, "article", ids)
    glimpse = (
        Column("article", lambda article: short[article["id"]], short=True),
        Column("title", lambda article: trimmed(article["title"] or article["url"])),
        Column("published", lambda article: (article["published"] or "")[:10], short=True),
        *numbers("claims", "citations", "gaps", "outlets"),
    )
    closing = f"{counted(len(found), 'article')}. Its claims: ledger article ARTICLE"
    if not found:
        closing = "Nothing is recorded yet. Begin with: ledger ingest FILE_OR_URL"
    show(Answer("articles", found, _COLUMNS, glimpse, closing=closing), form, settings)


@app.command("article")
def article(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id, address or file.")],
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """One article with its claims.

    An id may be that of an earlier version; an address names the current one.
    TSV and CSV give the claims, JSON gives the article with all of them.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        page = queries.article(reader, queries.article_named(reader, name))
        ids = [claim["id"] for claim in page["claims"]] if form is Format.TABLE else []
        short = queries.short_ids(reader, "claim", ids)
    answer = Answer(
        "article",
        [page],
        CLAIM_COLUMNS,
        glance(short),
        rows=page["claims"],
        head=_head(page),
        closing="One claim in full: ledger trace CLAIM. All of it: ledger audit ARTICLE",
        warnings=notes(page["claims"]),
    )
    show(answer, form, settings)


def _head(page: ArticlePage) -> tuple[str, ...]:
    counts = page["counts"]
    by = ", ".join(page["byline"])
    facts = (by, page["outlet"], page["dateline"], page["published"])
    return (
        page["title"] or "(without a title)",
        page["url"],
        " · ".join(fact for fact in facts if fact) or "no author, outlet or date known",
        *_version(page),
        "",
        f"{counted(counts['claims'], 'claim')}, {counts['cited']} of them cited; "
        f"{counted(counts['citations'], 'citation')}, {counts['gaps']} of them lead nowhere; "
        f"{counted(counts['outlets'], 'outlet')}.",
        *(f"{_finding(finding)}" for finding in page["findings"]),
        "",
    )


def _version(page: ArticlePage) -> tuple[str, ...]:
    if page["revised_by"]:
        return (f"An earlier version; the next one is {page['revised_by'][:12]}.",)
    if page["revises"]:
        return (f"A new version of {page['revises'][:12]}.",)
    return ()


def _finding(finding: Item) -> str:
    return f"! {finding['code']}: {finding['detail']}"
