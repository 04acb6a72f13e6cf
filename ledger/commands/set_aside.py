"""`ledger set-aside`: an article that was recorded by mistake counts nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ledger import queries
from ledger.called import called
from ledger.commands.counting_as import changed, counts_as
from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.opening import readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, chosen, columns, numbers, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.errors import NotFoundError
from ledger.provenance.aside import Aside, aside
from ledger.queries.versions import versions
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.queries import ArticlePage, OriginItem

app = typer.Typer()

_NAMED = 3
"""Pages that count as something else now and are named; the others are counted."""


@app.command("set-aside")
def set_aside(
    ctx: typer.Context,
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="Ids, addresses or files.")
    ],
    reason: ReasonOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="Count these articles again.")] = False,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Leave articles that were recorded by mistake out of all answers.

    Nothing is deleted: the words stay in the record, and so does who set them
    aside. --undo makes the articles count again, with every link made by hand.
    This applies to all versions of an article, including those that ledger ingest
    records later. You can still look at such an article by name (ledger article,
    trace, audit), which then says that it is set aside. Where its address led on
    to another page, that stays known. To erase words instead: ledger journal
    redact.

    To list what is set aside: ledger articles --aside. If one of the named
    articles is not recorded, none is set aside.
    """
    from ledger.pipeline.set_aside import set_aside as record

    settings, form, who = settings_of(ctx), chosen(format, json), decided_by(by, reason)
    with readable(settings) as reader:
        named = [_last(reader, name) for name in articles]
        pages = list({page["url"]: page for page in named}.values())
        before = aside(reader, [page["id"] for page in pages])
        short = queries.short_ids(reader, "article", [page["id"] for page in pages])
    if undo and not before:
        raise NotFoundError(
            ", ".join(articles), "it is not set aside", remedy="See: ledger articles --aside"
        )
    moved = [
        page
        for page in pages
        if (page["id"] in before) == undo or _said_anew(before.get(page["id"]), who.reason)
    ]
    follows: tuple[str, ...] = ()
    if moved:
        with readable(settings) as reader:
            before_it = {item["url"]: item["origin"] for item in queries.origins(reader)}
        with writable(settings) as ledger:
            record(ledger, [page["url"] for page in moved], "stands" if undo else "aside", who)
        with readable(settings) as reader:
            follows = tuple(_follows(before_it, queries.origins(reader)))
    answer = _answer(pages, short, {page["id"] for page in moved}, follows, undo=undo)
    show(answer, form, settings)


def _follows(before: Mapping[str, str], after: "Sequence[OriginItem]") -> Iterator[str]:
    """What pages count as now whose voice was told by what is set aside, or counts again."""
    item_of = {item["url"]: item for item in after}
    others = changed(before, {url: item["origin"] for url, item in item_of.items()}, ())
    for url in others[:_NAMED]:
        yield f"as a result, where it is cited, {counts_as(url, item_of)}"
    if more := len(others[_NAMED:]):
        yield f"and so for {counted(more, 'further page')}: see ledger origins"


def _last(reader: Reader, name: str) -> "ArticlePage":
    """The last version of the article that is meant."""
    article = queries.article_named(reader, name)
    return queries.article(reader, versions(reader, article)[-1]["id"])


def _said_anew(before: Aside | None, reason: str | None) -> bool:
    """Whether it is set aside already, and another reason is given now."""
    return before is not None and reason is not None and reason != before.reason


def _answer(
    pages: "list[ArticlePage]",
    short: Mapping[str, str],
    moved: set[str],
    follows: tuple[str, ...],
    *,
    undo: bool,
) -> Answer:
    items = [
        {
            "article": page["id"],
            "title": page["title"],
            "url": page["url"],
            "claims": page["counts"]["claims"],
            "set_aside": not undo,
            "new": page["id"] in moved,
        }
        for page in pages
    ]
    told = [page for page in pages if page["id"] in moved] or pages
    claims = counted(sum(page["counts"]["claims"] for page in told), "claim")
    said = f"{counted(len(told), 'article')} with {claims}: "
    said += "counted again" if undo else "set aside and no longer counted"
    if not moved:
        said += "; this was so already, and nothing was recorded"
    elif len(moved) < len(pages):
        said += f"; for {len(pages) - len(moved):,} more this was so already"
    return Answer(
        "set-aside",
        items,
        columns("article", "title", "url", "claims", "set_aside", "new"),
        (
            Column("article", lambda item: short[item["article"]], short=True),
            Column("title", lambda item: called(item["title"], item["url"])),
            *numbers("claims"),
        ),
        head=(f"{said}.",),
        warnings=follows,
        closing=""
        if undo
        else "To list them: ledger articles --aside. To count one again: ledger set-aside "
        "ARTICLE --undo",
    )
