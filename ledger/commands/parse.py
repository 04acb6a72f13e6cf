"""`ledger parse`: what is in documents, without recording it."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
from ledger.commands.settings import settings_of
from ledger.commands.words import complain
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.pipeline import Received
    from ledger.pipeline.read import Extract

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
    readers = ctx.with_resource(page_readers(inputs, from_file))  # they start while this imports
    from ledger.commands.parsed import item_of
    from ledger.commands.safe import json_line, json_text
    from ledger.pipeline.read import parse as parse_received

    settings = settings_of(ctx)
    found = all_inputs(inputs, from_file, settings)
    given = given_references(references, found.names)
    fetcher = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    ).fetcher()
    renderer = renderer_of(render)
    receive = receiver(found.names, url, fetcher, renderer=renderer)
    host_rules = None if renderer else fetcher
    errors: list[LedgerError] = []

    def items() -> "Iterator[tuple[str, dict[str, Any] | LedgerError]]":
        with closing(arrivals(found.names, receive, host_rules, workers, settings)) as arrived:
            for name, got, extract in early(found.names, arrived, readers):
                yield name, and_then(name, got, parser(name, extract), settings)

    def parser(name: str, extract: "Extract") -> "Callable[[Received], dict[str, Any]]":
        return lambda received: item_of(name, parse_received(received, given, extract=extract))

    def put(item: dict[str, Any]) -> None:
        sys.stdout.write(f"{json_text(item, indent=2) if pretty else json_line(item)}\n")

    def fail(name: str, error: LedgerError) -> None:
        errors.append(error)
        put(_failure(name, error))
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


def _failure(name: str, error: LedgerError) -> dict[str, Any]:
    code = getattr(error, "code", "unreadable")
    return {"input": harmless(name), "error": {"code": code, "message": str(error)}}
