"""Articles that were set aside -> the list that `ledger articles --aside` shows."""

from operator import itemgetter

import typer

from ledger.called import called
from ledger.commands.opening import readable
from ledger.commands.output import Answer, Column, Format, columns, numbers, show
from ledger.commands.passages import ids
from ledger.commands.settings import Settings
from ledger.commands.words import counted_of, trimmed
from ledger.errors import UsageError
from ledger.provenance import set_aside


def show_left_out(settings: Settings, form: Format, cited: bool | None, limit: int | None) -> None:
    """Show the articles that count nowhere; `cited` is what was asked for beside, None for nothing.

    At most `limit` of them; None for all.

    Raises:
        typer.Exit: There are none: exit status 1.
        UsageError: Something was asked for beside.
    """
    if cited is not None:
        raise UsageError(
            "--cited" if cited else "--not-cited",
            "articles set aside are not counted, whoever cites them",
            remedy="Leave it out",
        )
    with readable(settings) as reader:
        found = set_aside(reader)
        shown = found[:limit]
        article_ids = ids(reader, "article", shown, form)
    glimpse = (
        article_ids,
        Column("title", lambda each: trimmed(called(each["title"], each["url"]))),
        *numbers("claims"),
        Column("by", itemgetter("by")),
        Column("on", lambda each: each["at"][:10], short=True),
        Column("reason", lambda each: each["reason"] or ""),
    )
    closing = "No article is set aside."
    if found:
        closing = f"{counted_of(len(shown), len(found), 'article')}. To count one again: "
        closing += "ledger set-aside ARTICLE --undo"
    every = columns("id", "title", "url", "claims", "by", "at", "reason")
    show(Answer("set-aside-articles", shown, every, glimpse, closing=closing), form, settings)
    if not found:
        raise typer.Exit(1)
