"""`ledger ingest`: read documents and record them."""

import sys
from collections import Counter
from contextlib import closing
from functools import partial
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
from ledger.commands.follow import (
    FollowLimitOption,
    FollowOption,
    Level,
    bounds_of,
    walk,
)
from ledger.commands.inputs import (
    FromFileOption,
    InputsArgument,
    ReferencesOption,
    UrlOption,
    all_inputs,
    arrivals,
    attempt,
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
from ledger.commands.safe import json_text, whole_line
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, counted, say, unread_told
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from ledger.contain import Workers
    from ledger.document import Reference
    from ledger.inputs import Received
    from ledger.inputs.ahead import Arrived
    from ledger.latest import LatestCapture
    from ledger.names import Names
    from ledger.pipeline.ingest import Outcome
    from ledger.store import Ledger

app = typer.Typer()

INTERRUPTED = 130
KEYS = ("input", "article", "new", "claims", "citations", "gaps", "findings", "unread", "error")


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

    What is recorded already is not recorded again, so an interrupted run is resumed by running it
    again. Each input is recorded as a whole or not at all, and told when it is on the disk. Files
    are read in their order, and up to 100 are recorded in one transaction; addresses are recorded
    as they arrive, many hosts at once. A page that its server calls unchanged is not sent again.

    With --follow the cited pages are read too. One that cannot be read is a failed input like any
    other: it is shown, and the exit status is 3.
    """
    readers = ctx.with_resource(page_readers(inputs, from_file))  # they start while this imports
    from ledger.inputs import is_url
    from ledger.pipeline.ingest import earlier
    from ledger.pipeline.pages import source_url

    settings = settings_of(ctx)
    form, bounds = chosen(format, json), bounds_of(follow, follow_limit)
    fetcher = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    ).fetcher()
    renderer = renderer_of(render)
    inputs, archives = split_archives(inputs, warc, references)
    new = announced(feed, sitemap, limit, receiver((), None, fetcher), settings)
    found = all_inputs(inputs, from_file, settings, optional=bool(archives or feed or sitemap))
    names = (*found.names, *new.names)
    given = given_references(references, names, from_file)
    known: dict[str, LatestCapture | None] = {}
    receive = receiver(names, url, fetcher, known, renderer)
    receive_cited = receiver((), None, fetcher, known, renderer)

    def gathered(
        ledger: "Ledger", names: "Sequence[str]", receive: "Callable[[str], Received]"
    ) -> "Generator[Arrived, None, None]":
        known.update((name, earlier(ledger, name)) for name in names if is_url(name))
        return arrivals(names, receive, None if renderer else fetcher, workers, settings)

    with writable(settings) as ledger:
        run = _Run(form, settings, readers, names_told(settings))
        try:
            with closing(gathered(ledger, names, receive)) as arrived:
                run.take(ledger, names, chain(arrived, received_from(archives, settings)), given)
            begun = [item["article"] for item in run.items if item["article"]]
            asked = {source_url(name) for name in names if is_url(name)}
            for level in walk(begun, asked, bounds, settings, run.come_of):
                run.depth = level.depth
                with closing(gathered(ledger, level.addresses, receive_cited)) as arrived:
                    run.take(ledger, level.addresses, arrived)
        except KeyboardInterrupt as interrupt:
            _finish(run.items, form, settings)
            say(
                f"Interrupted: {_done(len(run.items), run.total, archives)} done and kept. "
                "Run the same command again to go on: what is recorded is passed over.",
                settings,
            )
            raise typer.Exit(INTERRUPTED) from interrupt
    run.depth = 0
    for error in (*found.unreadable, *new.failed):
        run.tell(error.identity(), error)
    _finish(run.items, form, settings)
    if any(item["new"] for item in run.items):
        _compare(settings)
    if run.errors:
        raise typer.Exit(failed_status(run.errors))


class _Run:
    """What came of one command so far: an item for each input, and why some failed.

    `depth` is that of what is being taken: 0 for what was named, then the level of cited pages.
    """

    def __init__(self, form: Format, settings: Settings, readers: "Workers", told: "Names") -> None:
        self.items: list[dict[str, Any]] = []
        self.errors: list[LedgerError] = []
        self.depth = 0
        self.total = 0
        self._form = form
        self._settings = settings
        self._readers = readers
        self._told = told

    def take(
        self,
        ledger: "Ledger",
        names: "Sequence[str]",
        arrived: "Iterator[Arrived]",
        given: "Sequence[Reference]" = (),
    ) -> None:
        """Record what arrives: files and what archives hold together, addresses one by one."""
        from ledger.inputs import is_url
        from ledger.pipeline.together import Together

        together = Together(
            ledger, partial(attempt, settings=self._settings), given, names=self._told
        )
        asked = {name for name in names if is_url(name)}
        self.total += len(names)
        told: set[str] = set()
        with progress(len(names), self._settings) as step:

            def tell(come: "Iterator[tuple[str, Outcome | LedgerError]]") -> None:
                for name, done in come:
                    told.add(name)
                    self.tell(name, done)
                    step(name, isinstance(done, LedgerError))

            try:
                for name, got, extract in early(names, arrived, self._readers):
                    tell(together.take(name, got, extract, alone=name in asked))
                tell(together.finish())
            except KeyboardInterrupt:
                tell(each for each in together.interrupted() if each[0] not in told)
                raise

    def tell(self, name: str, done: "Outcome | LedgerError") -> None:
        """Say what came of one input, and keep it."""
        if isinstance(done, LedgerError):
            self.errors.append(done)
            item = _failed(name, done)
        else:
            item = _recorded(name, done)
        self.items.append({**item, "depth": self.depth})
        _say(self.items[-1], self._form)
        _note(name, done, self._form, self._settings)

    def come_of(self, level: Level) -> list[str]:
        """The articles that came of a level."""
        at = (item["article"] for item in self.items if item["depth"] == level.depth)
        return [article for article in at if article]


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


def _recorded(name: str, outcome: "Outcome") -> dict[str, Any]:
    return {
        "input": name,
        "article": outcome.article,
        "new": outcome.new,
        "claims": outcome.claims,
        "citations": outcome.citations,
        "gaps": outcome.gaps,
        "findings": outcome.findings,
        "unread": list(outcome.unread),
        "title": outcome.title,
        "revises": outcome.revises,
        "contradicted": [each.marker for each in outcome.contradicted],
        "error": None,
    }


def _failed(name: str, error: LedgerError) -> dict[str, Any]:
    code = getattr(error, "code", "unreadable")
    return {
        **dict.fromkeys((*KEYS, "title", "revises")),
        "unread": [],
        "contradicted": [],
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
        sys.stdout.write(f"{whole_line(_line(item))}\n")
        sys.stdout.flush()


def _note(name: str, done: "Outcome | LedgerError", form: Format, settings: Settings) -> None:
    """What must be said on stderr: failures that are not on the screen yet, and links."""
    if isinstance(done, LedgerError):
        if form is not Format.TABLE:
            complain(f"failed  {done}")
        return
    if done.carried:
        say(f"note: {name}: {counted(done.carried, 'link')} of the version before kept", settings)
    for each in done.contradicted:
        complain(
            f"note: {name}: [{each.marker}] stays with {each.url}, as it was linked; the list "
            f"leads it to {' and '.join(each.read)}. If the list is right: "
            f"ledger link {done.article[:12]} {each.marker} URL"
        )
    if done.lost:
        markers = " ".join(f"[{marker}]" for marker in done.lost)
        complain(
            f"note: {name}: what was linked in the version before does not apply to this one: "
            f"{markers}. See ledger article {done.article[:12]}, and link again what leads nowhere "
            "and still holds"
        )


def _line(item: dict[str, Any]) -> str:
    if item["error"]:
        return f"failed     {item['error']['message']}{_cited(item)}"
    state = "recorded" if item["new"] else "unchanged"
    if item["new"] and item["revises"]:
        state = "revised"
    gaps = f", {counted(item['gaps'], 'gap')}" if item["gaps"] else ""
    return (
        f"{state:10} {item['article'][:8]}  {counted(item['claims'], 'claim')}, "
        f"{counted(item['citations'], 'citation')}{gaps}, "
        f"{counted(item['findings'], 'finding')}{_unread(item)}  {item['input']}{_cited(item)}"
    )


def _unread(item: dict[str, Any]) -> str:
    return f" ({', '.join(item['unread'])})" if item["unread"] else ""


def _cited(item: dict[str, Any]) -> str:
    return f"  (cited, level {item['depth']})" if item["depth"] else ""


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
    unread = Counter(code for item in items for code in item["unread"])
    for told in unread_told(unread):
        say(f"note: {told}", settings)
