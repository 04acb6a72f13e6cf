"""`ledger circular`: what leads back to itself."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, LimitOption, limit_for
from ledger.commands.output import Answer, Column, Item, chosen, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, trimmed

if TYPE_CHECKING:
    from ledger.queries.circular import Kind

app = typer.Typer()

FINDINGS: "tuple[Kind, ...]" = ("circle", "returns", "own-page")
"""Kinds for which the exit status is 1. That a site cites its own pages is worth knowing only."""

SHOWN_PAGES = 4
"""Of a circle, in a table."""

_NOUNS: "dict[Kind, tuple[str, str]]" = {
    "circle": ("circle", "circles"),
    "returns": ("way back to the same outlet", "ways back to the same outlet"),
    "own-page": ("article that cites itself", "articles that cite themselves"),
    "own-outlet": (
        "citation of a page of one's own outlet",
        "citations of pages of one's own outlet",
    ),
}


@app.command("circular")
def circular(
    ctx: typer.Context,
    article: Annotated[
        str | None,
        typer.Argument(
            metavar="ARTICLE",
            help="Start from this article only: its id, address or file. Default: every article.",
        ),
    ] = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Find citations that lead back to where they started.

    circle: pages that cite one another, back to the first. returns: a page cites
    a page that cites another page of the first one's outlet. own-page: an article
    cites itself. own-outlet: it cites its own outlet. Only pages that have been
    read can lead on: ledger ingest --follow reads cited pages.

    Each circle is listed once; where several circles pass through one citation, a
    shortest one is listed. Exit status 1 when there is a circle, a way back to
    the same outlet, or an article that cites itself.
    """
    from ledger import queries
    from ledger.queries.circular import circular as ask
    from ledger.queries.circular import in_words

    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        id = None if article is None else queries.article_named(reader, article)
        shown, counts = ask(reader, id, limit=limit_for(limit, form))
    answer = Answer(
        "circular",
        shown,
        (
            Column("kind", lambda item: item["kind"]),
            Column("length", lambda item: len(item["pages"]), number=True),
            Column("path", lambda item: item["path"]),
            Column("claims", _claims),
            Column("pages", lambda item: [page["source"] for page in item["pages"]]),
        ),
        (
            Column("kind", lambda item: item["kind"], short=True),
            Column("path", lambda item: in_words(item["kind"], item["pages"], most=SHOWN_PAGES)),
            Column("first claim", _first),
        ),
        closing=_closing(counts, len(shown)),
    )
    show(answer, form, settings)
    if any(counts.get(kind) for kind in FINDINGS):
        raise typer.Exit(1)


def _closing(counts: "Mapping[Kind, int]", shown: int) -> str:
    """How many there are of each kind, and how many of all of them are shown."""
    total = sum(counts.values())
    said = ", ".join(counted(n, *_NOUNS[kind]) for kind, n in counts.items())
    said = said or "Nothing leads back to itself, as far as cited pages have been read"
    some = f" {shown:,} of {total:,} shown; all: --limit 0." if shown < total else ""
    return f"{said}.{some}"


def _claims(item: Item) -> list[str]:
    return [claim["id"] for page in item["pages"] for claim in page["claims"]]


def _first(item: Item) -> str:
    claims = item["pages"][0]["claims"]
    return f"{claims[0]['id'][:8]} {trimmed(claims[0]['exact'])}" if claims else ""
