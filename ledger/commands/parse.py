"""`ledger parse`: what is in documents, without recording it."""

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger.commands.arriving import arrivals, receiver
from ledger.commands.attempts import and_then, failed_status, harmless
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
    in_order,
    renderer_of,
)
from ledger.commands.inputs import (
    FromFileOption,
    InputsArgument,
    ReferencesOption,
    UrlOption,
    all_inputs,
    given_references,
)
from ledger.commands.lines import READER, line_of, line_reader
from ledger.commands.progress import progress
from ledger.commands.readers import page_readers, worth
from ledger.commands.safe import escaped as in_line
from ledger.commands.safe import json_text
from ledger.commands.settings import settings_of
from ledger.commands.words import complain
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.inputs import Received

app = typer.Typer()


@app.command("parse")
def parse(
    ctx: typer.Context,
    inputs: InputsArgument = None,
    references: ReferencesOption = None,
    url: UrlOption = None,
    from_file: FromFileOption = None,
    pretty: Annotated[bool, typer.Option(help="Print for people, indented.")] = False,
    allow_private: PrivateOption = None,
    render: RenderOption = None,
    contact: ContactOption = None,
    ignore_robots: RobotsOption = False,
    timeout: TimeoutOption = None,
    max_bytes: MaxBytesOption = None,
    pause: PauseOption = None,
    patience: PatienceOption = None,
    tries: TriesOption = None,
    workers: WorkersOption = 8,
) -> None:
    """Show what is in documents, without recording it.

    Prints one JSON object per input, in input order: clean text, claims with their citations,
    references, findings. An input that cannot be read gives an object with "error", and exit
    status 3 at the end; 6 when policy forbade every one that failed.
    """
    readers = ctx.with_resource(page_readers(inputs, from_file, READER))  # they start meanwhile
    from ledger.inputs import is_url, work_ahead

    settings = settings_of(ctx)
    found = all_inputs(inputs, from_file, settings)
    given = given_references(references, found.names, from_file)
    manners = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    )
    ready = sum(not is_url(name) for name in found.names)
    asks = ready < len(found.names) or manners != Manners()  # what is wrong with them is said
    fetcher = manners.fetcher() if asks else None
    renderer = renderer_of(render)
    receive = receiver(found.names, url, fetcher, renderer=renderer)
    host_rules = None if renderer else fetcher
    errors: list[LedgerError] = []
    show = in_full if pretty else in_line

    def items() -> "Iterator[tuple[str, str | LedgerError]]":
        line = line_reader(readers, given)
        with closing(arrivals(found.names, receive, host_rules, workers, settings)) as arrived:
            some = worth(readers, ready)
            for name, got, done in work_ahead(arrived, line, readers=some, ready=ready):
                yield name, and_then(name, got, finisher(done), settings)

    def finisher(done: "Callable[[], str | None]") -> "Callable[[Received], str]":
        return lambda received: show(done() or line_of(received, given))

    def put(shown: str) -> None:
        sys.stdout.write(f"{shown}\n")

    def fail(name: str, error: LedgerError) -> None:
        errors.append(error)
        put(show(json.dumps(_failure(name, error), ensure_ascii=False, separators=(",", ":"))))
        complain(f"failed  {error}")

    with progress(len(found.names), settings) as step:
        for name, done in in_order(found.names, items()):
            step(name, isinstance(done, LedgerError))
            if isinstance(done, LedgerError):
                fail(name, done)
            else:
                put(done)
    for error in found.unreadable:
        fail(error.input, error)
    if errors:
        sys.stdout.flush()
        raise typer.Exit(failed_status(errors))


def in_full(line: str) -> str:
    """JSON for people, indented."""
    return json_text(json.loads(line), indent=2)


def _failure(name: str, error: LedgerError) -> dict[str, Any]:
    code = getattr(error, "code", "unreadable")
    return {"input": harmless(name), "error": {"code": code, "message": str(error)}}
