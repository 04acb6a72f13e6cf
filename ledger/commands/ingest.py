"""`ledger ingest`: read documents and record them."""

from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

import typer

from ledger.commands.archives import WarcOption, received_from, split_archives
from ledger.commands.arriving import Courier, receiver
from ledger.commands.attempts import failed_status
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
from ledger.commands.follow import Bounds, FollowLimitOption, FollowOption, bounds_of, walk
from ledger.commands.group import INTERRUPTED
from ledger.commands.inputs import (
    FromFileOption,
    InputsArgument,
    ReferencesOption,
    UrlOption,
    all_inputs,
    given_references,
)
from ledger.commands.listings import FeedOption, NewLimitOption, SitemapOption, announced
from ledger.commands.opening import writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.outcomes import finish, tell_again
from ledger.commands.output import chosen
from ledger.commands.readers import page_readers
from ledger.commands.run import Run
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import counted, say
from ledger.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.store import Ledger

app = typer.Typer()


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
    follow: FollowOption = 0,
    follow_limit: FollowLimitOption = None,
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

    Examples:
      ledger ingest article.md --url https://example.org/story
      ledger ingest https://example.org/story --follow 1
      ledger ingest folder/ --references list.csv

    Nothing is recorded twice, so to resume an interrupted run, run it again.
    Each input is recorded completely or not at all, and is listed once it is
    safely on disk. Files are read in order, up to 100 to a transaction. Pages
    from the web are recorded as they arrive, from many hosts at once; a page
    that its server reports as unchanged is not downloaded again.

    A page that was redacted is reported and not recorded again. This is not a
    failure, unless nothing else was given: then the exit status is 6.

    With --follow, the pages that an article cites are fetched as well. One that
    cannot be read is a failed input like any other: it is listed, and the exit
    status is 3. Cited pages are recorded as articles, and their claims count in
    every answer that is not about a single article; `ledger articles` shows
    which ones they are.
    """
    readers = ctx.with_resource(page_readers(inputs, from_file))  # they start while this imports
    settings = settings_of(ctx)
    form, bounds = chosen(format, json), bounds_of(follow, follow_limit)
    manners = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    )
    courier = Courier(manners.fetcher(), renderer_of(render), workers, settings)
    new = announced(feed, sitemap, limit, receiver((), None, courier.fetcher), settings)
    optional = bool(warc or feed or sitemap)
    found = all_inputs(inputs, from_file, settings, optional=optional, archives=True)
    inputs, archives = split_archives(found.names, warc, references)
    names = (*inputs, *new.names)
    given = given_references(references, names, from_file, settings)
    receive = courier.receiver(names, url)
    with writable(settings, late=True) as ledger:  # a wrong input leaves no file behind
        run = Run(ledger, form, settings, readers, found.inside)
        try:
            with closing(courier.arrivals(ledger, names, receive)) as arrived:
                run.take(names, chain(arrived, received_from(archives, settings)), given)
            _follow(ledger, run, courier, names, bounds)
        except KeyboardInterrupt as interrupt:
            finish(run.items, form, settings)
            say(
                f"Interrupted: {_done(len(run.items), run.total, archives)} done and kept. "
                "Run the same command again to go on: what is recorded is passed over.",
                settings,
            )
            raise typer.Exit(INTERRUPTED) from interrupt
        except StoreError:  # what was recorded before is safe, and is told
            if run.items:
                finish(run.items, form, settings)
            raise
    run.depth = 0
    for error in (*found.unreadable, *new.failed):
        run.tell(error.identity(), error)
    finish(run.items, form, settings)
    if any(item["new"] for item in run.items):
        _compare(settings)
        tell_again(run.items, settings)
    if run.errors:
        raise typer.Exit(failed_status(run.errors, len(run.items)))


def _follow(
    ledger: "Ledger", run: Run, courier: Courier, names: "Sequence[str]", bounds: Bounds
) -> None:
    """Take the pages that are cited by what was taken, level by level."""
    from ledger.inputs import is_url
    from ledger.pipeline.pages import source_url

    receive = courier.receiver()
    begun = [item["article"] for item in run.items if item["article"]]
    asked = {source_url(name) for name in names if is_url(name)}
    for level in walk(begun, asked, bounds, courier.settings, run.come_of):
        run.depth = level.depth
        with closing(courier.arrivals(ledger, level.addresses, receive)) as arrived:
            run.take(level.addresses, arrived)


def _compare(settings: Settings) -> None:
    """Compare the new pages with all others; an interruption goes on with the next run."""
    from ledger.pipeline.voices import compare_new

    with writable(settings) as ledger:
        pairs = compare_new(ledger).pairs
    if pairs:
        have = counted(pairs, "pair of pages has", "pairs of pages have")
        say(f"{have} one text: see ledger origins", settings)


def _done(done: int, total: int, archives: "Sequence[Path]") -> str:
    return counted(done, "input") if archives else f"{done} of {counted(total, 'input')}"
