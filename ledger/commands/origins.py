"""`ledger origins`: pages that are one voice, and what people say of that."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ledger import queries
from ledger.commands.counting_as import changed, counts_as
from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.group import INTERRUPTED
from ledger.commands.opening import readable, writable
from ledger.commands.options import FormatOption, JsonOption, filled, refuse_before
from ledger.commands.output import Answer, Column, Format, chosen, columns, show
from ledger.commands.passages import ids
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, counted, say
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.pipeline.tell import By
    from ledger.queries import DecisionItem, OriginItem
    from ledger.reader import Reader

app = typer.Typer()
origins = typer.Typer()
app.add_typer(origins, name="origins")

PageArgument = Annotated[str, typer.Argument(metavar="PAGE", help="Id, address or file.")]


@origins.callback(invoke_without_command=True)
def listed(
    ctx: typer.Context,
    page: Annotated[
        str | None,
        typer.Option(
            "--page",
            metavar="PAGE",
            help="Only pages that are one voice with this page: id, address or file.",
            callback=filled,
        ),
    ] = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """List the pages that speak with one voice, and why.

    A page does not count as a voice of its own when it credits a news agency or
    says where its text first appeared ("republished from …"), when it has the
    text of another page, when its address led on to another page or it names
    another page as its own address, when all it does is cite one other page, or
    when a person says so. Pages of one voice count once.

    Exit status 1 when --page was given and that page speaks for its own outlet.
    """
    if ctx.invoked_subcommand is not None:
        refuse_before(ctx, page=page, format=format, json=json)
        return
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        source = None if page is None else queries.source_named(reader, page)
        found = queries.origins(reader, source=source)
        done, total = queries.compared(reader)
        pages = ids(reader, "source", found, form, "source")._replace(head="page")
    waiting = (f"{counted(total - done, 'page')} not compared yet: ledger origins find",)
    answer = Answer(
        "origins",
        found,
        columns(
            "source", "url", "outlet", "origin", "voice", "reason", "other_url", "part", "whole"
        ),
        (
            pages,
            *columns("outlet", "url"),
            Column("counts as", lambda item: item["voice"] or "one story"),
            Column("because", lambda item: item["because"]),
        ),
        closing=_closing(found, page),
        warnings=waiting if done < total else (),
    )
    show(answer, form, settings)
    if page is not None and not found:
        raise typer.Exit(1)


def _closing(found: "Sequence[OriginItem]", page: str | None) -> str:
    """How many pages count as how many voices; `page` as it was asked for."""
    if not found:
        who = "Each page" if page is None else "This page"
        return f"{who} speaks for its own outlet, as far as pages have been read and compared."
    voices = counted(len({item["origin"] for item in found}), "voice")
    pages = f"{counted(len(found), 'page')} {'counts' if len(found) == 1 else 'count'}"
    return f"{pages} as {voices}. If two are not one: ledger origins apart PAGE PAGE"


@origins.command("find")
def find(
    ctx: typer.Context,
    again: Annotated[
        bool, typer.Option("--again", help="Compare all pages again, not only new ones.")
    ] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Compare the recorded pages that have not been compared yet.

    `ledger ingest` does this when it finishes; run it yourself if a comparison
    was interrupted.
    """
    from ledger.pipeline.voices import compare_new

    settings, form = settings_of(ctx), chosen(format, json)
    readable(settings).close()  # a mistyped path makes no ledger
    try:
        with writable(settings) as ledger:
            done = compare_new(
                ledger,
                again=again,
                step=lambda pages, of: say(
                    f"compared {pages:,} of {counted(of, 'page')}", settings
                ),
            )
    except KeyboardInterrupt as interrupt:
        complain("Interrupted. What was compared is kept; to go on: ledger origins find")
        raise typer.Exit(INTERRUPTED) from interrupt
    item = {"pages": done.pages, "pairs": done.pairs}
    head = f"{counted(done.pages, 'page')} compared, {counted(done.pairs, 'pair')} with one text."
    show(
        Answer("origins-find", [item], columns(*item), head=(head,), closing="See: ledger origins"),
        form,
        settings,
    )


@origins.command("same")
def same(
    ctx: typer.Context,
    one: PageArgument,
    other: PageArgument,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say that two pages are one voice, so that they count once.

    If two such decisions contradict each other, the later one counts. When your
    decision changes how other pages count, those pages are listed.
    """
    _decide(ctx, ("same", one, other), decided_by(by, reason), chosen(format, json))


@origins.command("apart")
def apart(
    ctx: typer.Context,
    one: PageArgument,
    other: PageArgument,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say that two pages are not one voice.

    They are kept apart however alike they are: where a chain of similar pages
    joins them, its weakest link is cut. Where both are credited to one agency,
    the page you name first counts as its own outlet from now on; but if one of
    them is one voice with a page of the agency itself, the other one does.
    """
    _decide(ctx, ("apart", one, other), decided_by(by, reason), chosen(format, json))


def _decide(
    ctx: typer.Context,
    said: tuple[Literal["same", "apart"], str, str],
    who: "By",
    form: Format,
) -> None:
    from ledger.pipeline.voices import Word, decide, of_two_outlets, refuse

    settings = settings_of(ctx)
    verb, *names = said
    with readable(settings) as reader:
        ids = [queries.source_named(reader, name, itself=True) for name in names]
        one, other = (queries.source(reader, id)["url"] for id in ids)
    word = Word(verb, one, other, who)
    refuse(word)  # what cannot be is said before anything is opened for writing
    with readable(settings) as reader:
        _refuse_one_outlet(reader, ids, f"{one} and {other}", of_two_outlets(verb))
        if verb == "same":
            _refuse_nobodys(reader, ids)
        before = {item["url"]: item["origin"] for item in queries.origins(reader)}
    with writable(settings) as ledger:
        heard = decide(ledger, word, ids)
    with readable(settings) as reader:
        every = queries.origins(reader)
        voices = [item for item in every if item["source"] in ids]
        after = {item["url"]: item for item in every}
        _say_overruled(reader, heard.overruled, settings)
    others = changed(before, {item["url"]: item["origin"] for item in every}, (one, other))
    item = {
        "judgement": heard.judgement,
        "verb": verb,
        "one": one,
        "other": other,
        "overruled": list(heard.overruled),
        "voices": voices,
        "others": others,
    }
    shown = columns("judgement", "verb", "one", "other")
    how = "one voice" if verb == "same" else "two voices"
    head = [f"Recorded: {one} and {other} are {how}."]
    head += [f"    {counts_as(url, after)}" for url in (one, other)]
    follows = tuple(f"as a result, another page changes: {counts_as(url, after)}" for url in others)
    answer = Answer("origins-decided", [item], shown, head=tuple(head), warnings=follows)
    show(answer, form, settings)


def _refuse_one_outlet(reader: "Reader", ids: Sequence[str], named: str, remedy: str) -> None:
    """Let two pages be told together or apart.

    Raises:
        UsageError: One outlet publishes both.
    """
    publishers = {item["key"]: item["name"] for item in queries.publishers(reader, ids)}
    if len(publishers) == 1 and None not in publishers:
        raise UsageError(
            named,
            f"both are pages of {next(iter(publishers.values()))}, with which one was merged",
            remedy=remedy,
        )


def _refuse_nobodys(reader: "Reader", ids: Sequence[str]) -> None:
    """Let two pages be told together.

    Raises:
        UsageError: Of one the outlet that publishes it is not known: it counts as nobody's voice.
    """
    for url in queries.nobodys(reader, ids):
        known = "Only pages of known outlets can be one voice"
        if url.startswith("file:"):
            known += (
                "; a file counts as a page only if it has an address: ledger ingest FILE --url URL"
            )
        raise UsageError(url, "the outlet that publishes it is not known", remedy=known)


def _say_overruled(reader: "Reader", ids: tuple[str, ...], settings: Settings) -> None:
    found: dict[str, DecisionItem] = {each["id"]: each for each in queries.decisions(reader)}
    for each in (found[id] for id in ids):
        relation = "one voice" if each["verb"] == "same" else "two voices"
        say(
            f"note: {each['by']} said on {each['at'][:10]} that {each['one']} and "
            f"{each['other']} are {relation}. This contradicts a later decision, and the later "
            "one counts",
            settings,
        )
