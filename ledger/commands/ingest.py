"""`ledger ingest`: read documents and record them."""

import sys
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, Any

import typer

from ledger.commands.archives import WarcOption, received_from, split_archives
from ledger.commands.fetching import (
    ContactOption,
    Manners,
    MaxBytesOption,
    PatienceOption,
    PauseOption,
    PrivateOption,
    RenderOption,
    RobotsOption,
    TimeoutOption,
    TriesOption,
    WorkersOption,
    renderer_of,
)
from ledger.commands.inputs import (
    FromFileOption,
    InputsArgument,
    ReferencesOption,
    UrlOption,
    all_inputs,
    and_then,
    arrivals,
    early,
    failed_status,
    given_references,
    harmless,
    page_readers,
    progress,
    receiver,
)
from ledger.commands.knowledge import names_told
from ledger.commands.listings import FeedOption, NewLimitOption, SitemapOption, announced
from ledger.commands.opening import writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Format, chosen, columns, show
from ledger.commands.safe import json_text, visible
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, counted, say
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ledger.latest import LatestCapture
    from ledger.pipeline import Outcome, Received
    from ledger.pipeline.read import Extract

app = typer.Typer()

INTERRUPTED = 130
KEYS = ("input", "article", "new", "claims", "citations", "gaps", "error")


@app.command("ingest")
def ingest(
    ctx: typer.Context,
    inputs: InputsArgument = None,
    from_file: FromFileOption = None,
    references: ReferencesOption = None,
    url: UrlOption = None,
    allow_private: PrivateOption = None,
    warc: WarcOption = None,
    feed: FeedOption = None,
    sitemap: SitemapOption = None,
    limit: NewLimitOption = None,
    contact: ContactOption = None,
    ignore_robots: RobotsOption = False,
    timeout: TimeoutOption = None,
    max_bytes: MaxBytesOption = None,
    pause: PauseOption = None,
    patience: PatienceOption = None,
    tries: TriesOption = None,
    workers: WorkersOption = 8,
    render: RenderOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Read documents and record them.

    What is recorded already is not recorded again, so an interrupted run is resumed by running it
    again. One transaction per article: each input is recorded as a whole or not at all. Files are
    read in their order; addresses are recorded as they arrive, many hosts at once. A page that its
    server calls unchanged is not sent again.
    """
    readers = ctx.with_resource(page_readers(inputs, from_file))  # they start while this imports
    from ledger.pipeline import earlier, is_url
    from ledger.pipeline import ingest as record

    settings = settings_of(ctx)
    form = chosen(format, json)
    fetcher = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    ).fetcher()
    renderer = renderer_of(render)
    inputs, archives = split_archives(inputs, warc, references)
    new = announced(feed, sitemap, limit, receiver((), None, fetcher), settings)
    found = all_inputs(inputs, from_file, settings, optional=bool(archives or feed or sitemap))
    names = (*found.names, *new.names)
    given = given_references(references, names)
    known: dict[str, LatestCapture | None] = {}
    receive = receiver(names, url, fetcher, known, renderer)
    host_rules = None if renderer else fetcher
    items: list[dict[str, Any]] = []
    errors: list[LedgerError] = []

    def tell(name: str, done: "Outcome | LedgerError") -> None:
        if isinstance(done, LedgerError):
            errors.append(done)
            items.append(_failed(name, done))
        else:
            items.append(_recorded(name, done))
        _say(items[-1], form)
        _note(name, done, form, settings)

    with writable(settings) as ledger, progress(len(names), settings) as step:
        known.update((name, earlier(ledger, name)) for name in names if is_url(name))
        told = names_told(settings)

        def recorder(extract: "Extract") -> "Callable[[Received], Outcome]":
            return lambda received: record(ledger, received, given, extract=extract, names=told)

        try:
            with closing(arrivals(names, receive, host_rules, workers, settings)) as arrived:
                every = chain(arrived, received_from(archives, settings))
                for name, got, extract in early(names, every, readers):
                    done = and_then(name, got, recorder(extract), settings)
                    tell(name, done)
                    step(name, isinstance(done, LedgerError))
        except KeyboardInterrupt as interrupt:
            _finish(items, form, settings)
            say(
                f"Interrupted: {_done(len(items), len(names), archives)} done and kept. "
                "Run the same command again to go on: what is recorded is passed over.",
                settings,
            )
            raise typer.Exit(INTERRUPTED) from interrupt
    for error in (*found.unreadable, *new.failed):
        tell(error.identity(), error)
    _finish(items, form, settings)
    if errors:
        raise typer.Exit(failed_status(errors))


def _done(done: int, total: int, archives: "Sequence[Path]") -> str:
    return counted(done, "input") if archives else f"{done} of {counted(total, 'input')}"


def _recorded(name: str, outcome: "Outcome") -> dict[str, Any]:
    return {
        "input": name,
        "article": outcome.article,
        "new": outcome.new,
        "claims": outcome.claims,
        "citations": outcome.citations,
        "gaps": outcome.gaps,
        "findings": outcome.findings,
        "title": outcome.title,
        "revises": outcome.revises,
        "error": None,
    }


def _failed(name: str, error: LedgerError) -> dict[str, Any]:
    code = getattr(error, "code", "unreadable")
    return {
        **dict.fromkeys((*KEYS, "findings", "title", "revises")),
        "input": harmless(name),
        "new": False,
        "error": {"code": code, "message": str(error)},
    }


def _say(item: dict[str, Any], form: Format) -> None:
    """One line per input as soon as it is safe: for scripts in JSON Lines, else for people."""
    if form is Format.JSONL:
        sys.stdout.write(f"{json_text(item)}\n")
        sys.stdout.flush()
    elif form is Format.TABLE:
        sys.stdout.write(f"{visible(_line(item))}\n")
        sys.stdout.flush()


def _note(name: str, done: "Outcome | LedgerError", form: Format, settings: Settings) -> None:
    """What must be said on stderr: failures that are not on the screen yet, and links."""
    if isinstance(done, LedgerError):
        if form is not Format.TABLE:
            complain(f"failed  {done}")
        return
    if done.carried:
        say(f"note: {name}: {counted(done.carried, 'link')} of the version before kept", settings)
    if done.lost:
        markers = " ".join(f"[{marker}]" for marker in done.lost)
        complain(
            f"note: {name}: what was linked in the version before does not apply to this one: "
            f"{markers}. See ledger gaps, and link again what still holds"
        )


def _line(item: dict[str, Any]) -> str:
    if item["error"]:
        return f"failed     {item['error']['message']}"
    state = "recorded" if item["new"] else "unchanged"
    if item["new"] and item["revises"]:
        state = "revised"
    gaps = f", {counted(item['gaps'], 'gap')}" if item["gaps"] else ""
    return (
        f"{state:10} {item['article'][:8]}  {counted(item['claims'], 'claim')}, "
        f"{counted(item['citations'], 'citation')}{gaps}, "
        f"{counted(item['findings'], 'finding')}  {item['input']}"
    )


def _finish(items: list[dict[str, Any]], form: Format, settings: Settings) -> None:
    if form not in (Format.JSONL, Format.TABLE):
        flat = [{**item, "error": (item["error"] or {}).get("message")} for item in items]
        shown = columns(*KEYS)
        rows = items if form is Format.JSON else flat
        show(Answer(schema="ingest", items=rows, columns=shown), form, settings)
    new = sum(bool(item["new"]) for item in items)
    failed = sum(bool(item["error"]) for item in items)
    words = f"{counted(new, 'article')} recorded, {len(items) - new - failed} unchanged"
    words += f", {failed} failed" if failed else ""
    gaps = sum(item["gaps"] or 0 for item in items)
    if gaps:
        words += f". {counted(gaps, 'citation leads', 'citations lead')} nowhere: see ledger gaps"
    elif new:
        words += ". Next: ledger claims, ledger outlets, ledger audit"
    say(f"{words}.", settings)
