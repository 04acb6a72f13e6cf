"""`ledger gaps`: citations that lead nowhere."""

from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Annotated, TypedDict

import typer

from ledger import queries
from ledger.commands.narrowing import ArticleOption, none_counts, not_counting
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, LimitOption, limit_for
from ledger.commands.output import Answer, Column, Format, chosen, columns, show
from ledger.commands.passages import ids
from ledger.commands.settings import settings_of
from ledger.commands.words import counted_of, trimmed, unread_told
from ledger.export.sentences import is_relative, words_of
from ledger.export.wording import gap_meaning
from ledger.queries import GapItem

app = typer.Typer()

_CLOSE = " To close one: ledger link ARTICLE MARKER URL"
_SAVED = (
    "Links in a saved page can be resolved once its address is known: ledger ingest FILE --url PAGE"
)


class Reason(StrEnum):
    """`model.Gap`, for Typer; a test holds them equal."""

    NO_REFERENCE_LIST = "no-reference-list"
    NO_REFERENCE = "no-reference"
    NO_ADDRESS = "no-address"
    CONFLICTING_REFERENCES = "conflicting-references"
    UNUSABLE_ADDRESS = "unusable-address"


@app.command("gaps")
def gaps(
    ctx: typer.Context,
    article: ArticleOption = None,
    reason: Annotated[
        Reason | None,
        typer.Option(metavar="REASON", help=f"Only with this reason: {', '.join(Reason)}."),
    ] = None,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the citations that lead nowhere, and why.

    To say where one leads: ledger link ARTICLE MARKER URL.

    Exit status 1 when an option was given and no gap matches.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        id = None if article is None else queries.article_named(reader, article)
        found = queries.gaps(reader, article=id, reason=reason.value if reason else None)
        most = limit_for(limit, form)
        rows = _by_claim(found)[:most] if form is Format.TABLE else []
        shown = [gap for row in rows for gap in row["gaps"]] if rows else found[:most]
        claims = ids(reader, "claim", rows, form, "claim")
        articles = ids(reader, "article", rows, form, "article")
        warnings = (*not_counting(reader, id), *unread_told(queries.unread(reader, article=id)))
        warnings += tuple(none_counts(reader))
    glimpse = (
        claims,
        Column("markers", lambda row: " ".join(map(_marker, row["gaps"]))),
        Column("reason", lambda row: row["reason"], short=True),
        Column("in", lambda row: trimmed(row["exact"])),
        articles,
    )[: None if id is None else -1]  # then it is known
    none = "No gaps." if reason is None else "No gap has this reason."
    there = counted_of(len(shown), len(found), "gap")
    closes = any(gap["marker"] is not None for gap in found)
    saved = (_SAVED,) if any(map(_of_saved_page, found)) else ()
    answer = Answer(
        "gaps",
        shown,
        columns("article", "claim", "marker", "reason", "raw", "exact", "title", "url"),
        glimpse,
        rows=rows if form is Format.TABLE else None,
        closing=f"{there}.{_CLOSE if closes else ''}" if found else none,
        next=(*_meant(rows), *saved),
        warnings=warnings,
    )
    show(answer, form, settings)
    if not found and (article is not None or reason is not None):
        raise typer.Exit(1)


def _of_saved_page(gap: GapItem) -> bool:
    """Whether it is a link that leads nowhere because the address of its own page is not known."""
    return gap["marker"] is None and gap["url"].startswith("file:") and is_relative(gap["raw"])


class _Row(TypedDict):
    """The gaps of one claim that have one reason, so that its words stand once."""

    article: str
    claim: str
    reason: str
    exact: str
    gaps: list[GapItem]


def _by_claim(found: list[GapItem]) -> list[_Row]:
    return [
        _Row(article=article, claim=claim, reason=reason, exact=exact, gaps=[*of_claim])
        for (article, claim, reason, exact), of_claim in groupby(
            found, key=itemgetter("article", "claim", "reason", "exact")
        )
    ]


def _meant(rows: list[_Row]) -> list[str]:
    """What each of their reasons means and what to do, once."""
    reasons = dict.fromkeys(row["reason"] for row in rows)
    return [f"{reason}: {gap_meaning(reason)}" for reason in reasons]


def _marker(gap: GapItem) -> str:
    return gap["marker"] or words_of(gap["raw"])
