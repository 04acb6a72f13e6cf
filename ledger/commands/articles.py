"""`ledger articles` and `ledger article`: what is recorded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Annotated

import typer

from ledger import queries
from ledger.called import called
from ledger.commands.left_out import show_left_out
from ledger.commands.notes import notes, withdrawn_among
from ledger.commands.opening import readable
from ledger.commands.options import (
    CitedOption,
    FormatOption,
    JsonOption,
    LimitOption,
    limit_for,
)
from ledger.commands.output import Answer, Column, Format, chosen, columns, numbers, show
from ledger.commands.passages import CLAIM_COLUMNS, count_gaps, glance, ids, leaned_on, told
from ledger.commands.settings import Settings, settings_of
from ledger.commands.whole_file import file_of, whole_file, whole_stdout
from ledger.commands.words import counted, counted_of, led_words, say, trimmed
from ledger.errors import UsageError
from ledger.provenance import set_aside
from ledger.queries import ArticleName, ArticlePage

app = typer.Typer()

WarcOption = Annotated[
    Path | None,
    typer.Option(
        "--warc",
        metavar="OUT",
        help="Write the captures to a WARC 1.1 file; compressed if the name ends in .gz. "
        "- for standard output.",
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the file of --warc.")]

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
    "cited_by",
)


@app.command("articles")
def articles(
    ctx: typer.Context,
    cited: CitedOption = None,
    aside: Annotated[
        bool, typer.Option("--aside", help="Only articles that were set aside, and by whom.")
    ] = False,
    warc: WarcOption = None,
    force: ForceOption = False,
    limit: LimitOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the recorded articles.

    Shows the current version of every article, in the order they were recorded,
    except those set aside. Pages fetched with --follow are articles like any
    other; the column "cited by" counts the other articles here that cite them.

    --warc writes every capture to a WARC 1.1 file, including earlier versions,
    pages that held no article, and articles set aside.

    Exit status 0 even if nothing is recorded; 1 when --cited, --not-cited or
    --aside was given and no article matches.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    file = file_of(warc, "--warc", force=force)
    if warc is not None:
        _only_warc(format, json, cited, aside=aside, limit=limit)
        _export(settings, file, force=force)
        return
    if aside:
        show_left_out(settings, form, cited, limit_for(limit, form))
        return
    with readable(settings) as reader:
        left_out = len(set_aside(reader))
        found = queries.article_names(reader, cited=cited)
        shown = queries.articles(reader, found[: limit_for(limit, form)])
        article_ids = ids(reader, "article", shown, form)
    followed = sum(article["cited_by"] > 0 for article in found)
    names = _names(found) if form is Format.TABLE else {}
    glimpse = (
        article_ids,
        Column("title", lambda article: names[article["id"]]),
        Column("published", lambda article: (article["published"] or "")[:10], short=True),
        *numbers("claims", "citations", "gaps", "outlets"),
        *((_CITED_BY,) if followed else ()),
    )
    there = counted_of(len(shown), len(found), "article")
    closing = f"{there}. The claims of one: ledger article ARTICLE"
    if followed and cited is None:
        closing += f". {counted(followed, 'page is', 'pages are')} cited by other articles: "
        closing += "--not-cited leaves them out"
    if left_out:
        closing += f". Set aside and not counted: {left_out:,} (see ledger articles --aside)"
    if not found and cited is not None:
        closing = f"No article is {'' if cited else 'left that is not '}cited by another here."
    elif not found and not left_out:
        closing = "Nothing is recorded yet. Begin with: ledger ingest FILE_OR_URL"
    show(Answer("articles", shown, _COLUMNS, glimpse, closing=closing), form, settings)
    if not found and cited is not None:
        raise typer.Exit(1)


def _names(found: Sequence[ArticleName]) -> dict[str, str]:
    """Article to what it is called; those that are called alike are told apart by their place.

    That is the name of the file, where no other file of them has it, else the address.
    """
    names = {each["id"]: trimmed(called(each["title"], each["url"])) for each in found}
    often = Counter(names.values())
    alike = [each for each in found if often[names[each["id"]]] > 1]
    files = Counter(called(None, each["url"]) for each in alike)
    for each in alike:
        file = called(None, each["url"])
        place = file if files[file] == 1 else each["url"]
        names[each["id"]] = f"{trimmed(each['title'])} ({place})" if each["title"] else place
    return names


@app.command("article")
def article(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id, address or file.")],
    warc: WarcOption = None,
    force: ForceOption = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Show one article and its claims.

    An id may be that of an earlier version; an address means the current one.
    TSV and CSV list the claims; JSON gives the whole article. --warc writes the
    capture that the article was read from to a WARC 1.1 file.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    file = file_of(warc, "--warc", force=force)
    if warc is not None:
        _only_warc(format, json)
        _export(settings, file, name, force=force)
        return
    with readable(settings) as reader:
        page = queries.article(reader, queries.article_named(reader, name))
        claims = told(reader, page["claims"], form)
        shown = glance(reader, claims, form, article=page["id"])
        gone = withdrawn_among(reader, leaned_on(page["claims"]))
    answer = Answer(
        "article",
        [{**page, "claims": claims}],
        CLAIM_COLUMNS,
        shown,
        rows=claims,
        head=_head(page),
        closing="One claim in full: ledger trace CLAIM. Everything: ledger audit ARTICLE",
        warnings=(*notes(count_gaps(page["claims"])), *gone),
    )
    show(answer, form, settings)


_CITED_BY = Column("cited by", itemgetter("cited_by"), number=True)


def _only_warc(
    format: Format | None,
    json: bool,
    cited: bool | None = None,
    *,
    aside: bool = False,
    limit: int | None = None,
) -> None:
    """Raises UsageError where something is asked for beside WARC, which would not be given."""
    if aside:
        raise UsageError(
            "--aside",
            "with --warc, every capture is written",
            remedy="Leave it out, or write those of one: ledger article ARTICLE --warc OUT",
        )
    if cited is not None:
        raise UsageError(
            "--cited" if cited else "--not-cited",
            "with --warc, every capture is written",
            remedy="Leave it out, or write those of one: ledger article ARTICLE --warc OUT",
        )
    listing = {
        "--json": json,
        f"--format {format}": format is not None,
        f"--limit {limit}": limit is not None,
    }
    for option in (option for option, given in listing.items() if given):
        raise UsageError(
            option,
            "with --warc, nothing is listed",
            remedy="Leave one of them out, or run the command twice",
        )


def _export(
    settings: Settings, path: Path | None, article: str | None = None, *, force: bool
) -> None:
    """Write captures as WARC, compressed when the file is called so; None for stdout."""
    from importlib.metadata import version

    from ledger.export.warc import write_warc

    with readable(settings) as reader:
        chosen = queries.article_named(reader, article) if article else None
        found = queries.captures(reader, chosen)
        with (
            whole_file(path, "--warc", force=force)
            if path is not None
            else whole_stdout("WARC file", "--warc")
        ) as file:
            written = write_warc(
                ((each, queries.payload(reader, each)) for each in found if not each["redacted"]),
                file,
                compressed=path is not None and path.name.lower().endswith(".gz"),
                software=f"claim-ledger/{version('claim-ledger')}",
                at=datetime.now(UTC),
            )
    where = "" if path is None else f" to {path}"
    say(f"{counted(written, 'capture')} written{where}", settings)
    if written < len(found):
        say(f"{counted(len(found) - written, 'capture')} left out: redacted", settings)


def _head(page: ArticlePage) -> tuple[str, ...]:
    counts = page["counts"]
    by = ", ".join(page["byline"])
    facts = (by, page["outlet"], page["dateline"], page["published"])
    return (
        page["title"] or "(without a title)",
        page["url"],
        " · ".join(fact for fact in facts if fact) or "no author, outlet or date known",
        *_version(page),
        *led_words(page["led_to"]),
        "",
        f"{counted(counts['claims'], 'claim')}, {counts['cited']} of them cited; "
        f"{counted(counts['citations'], 'citation')}, {_nowhere(counts['gaps'])}; "
        f"{counted(counts['outlets'], 'outlet')}.",
        *_findings(page),
        "",
    )


def _nowhere(gaps: int) -> str:
    return "1 of them leads nowhere" if gaps == 1 else f"{gaps:,} of them lead nowhere"


def _version(page: ArticlePage) -> tuple[str, ...]:
    if page["revised_by"]:
        return (f"An earlier version; the next one is {page['revised_by'][:12]}.",)
    if page["revises"]:
        return (f"A new version of {page['revises'][:12]}.",)
    return ()


def _findings(page: ArticlePage) -> Iterator[str]:
    """A few of each kind, the most urgent first."""
    from ledger.export.wording import by_urgency

    by_code: dict[str, list[str]] = {}
    for finding in page["findings"]:
        by_code.setdefault(finding["code"], []).append(finding["detail"])
    for code in by_urgency(by_code):
        details = by_code[code]
        yield from (f"! {code}: {detail}" for detail in details[:_OF_A_KIND])
        if len(details) > _OF_A_KIND:
            yield f"! {code}: {len(details) - _OF_A_KIND:,} more, see ledger audit"


_OF_A_KIND = 3
"""Findings that are shown; lists with hundreds of entries that nobody cites are common."""
