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
    UNCITED,
    FromFileOption,
    InputsArgument,
    ReferencesOption,
    UrlOption,
    all_inputs,
    given_references,
    is_own_audit,
    say_passed_over,
)
from ledger.commands.lines import READER, line_of, line_reader
from ledger.commands.progress import progress
from ledger.commands.readers import page_readers, worth
from ledger.commands.safe import escaped as in_line
from ledger.commands.safe import json_text
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, say
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ledger.document import Reference
    from ledger.inputs import Received

app = typer.Typer()


@app.command("parse")
def parse(
    ctx: typer.Context,
    inputs: InputsArgument = None,
    references: ReferencesOption = None,
    url: UrlOption = None,
    from_file: FromFileOption = None,
    pretty: Annotated[
        bool, typer.Option("--pretty", help="Indent the JSON, for people to read.")
    ] = False,
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
    """Show what is read of documents, without recording anything.

    Prints one JSON object per input, in input order: the clean text, the claims
    with their citations, the reference list and the findings. An input that
    cannot be read gives an object with "error"; the exit status is then 3, or 6
    when every failed input was refused by policy (robots.txt, private networks).

    Example: ledger parse article.md --pretty
    """
    readers = ctx.with_resource(page_readers(inputs, from_file, READER))  # they start meanwhile
    from ledger.inputs import is_url, work_ahead

    settings = settings_of(ctx)
    found = all_inputs(inputs, from_file, settings)
    given = given_references(references, found.names, from_file, settings)
    manners = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    )
    ready = sum(not is_url(name) for name in found.names)
    asks = ready < len(found.names) or manners != Manners()  # what is wrong with them is said
    fetcher = manners.fetcher() if asks else None
    renderer = renderer_of(render)
    receive = receiver(found.names, url, fetcher, renderer=renderer)
    host_rules = None if renderer else fetcher
    parsed = _Parsed(given, in_full if pretty else in_line, settings, found.inside)
    with (
        progress(len(found.names), settings) as step,
        closing(arrivals(found.names, receive, host_rules, workers, settings)) as arrived,
    ):
        line, some = line_reader(readers, given), worth(readers, ready)
        ahead = work_ahead(arrived, line, readers=some, ready=ready)
        come = ((name, parsed.read(name, got, done)) for name, got, done in ahead)
        for name, each in in_order(found.names, come):
            step(name, isinstance(each, LedgerError))
            parsed.put(name, each)
    for error in found.unreadable:
        parsed.put(error.input, error)
    if parsed.errors:
        sys.stdout.flush()
        raise typer.Exit(failed_status(parsed.errors, len(found.names) + len(found.unreadable)))


class _Parsed:
    """What comes of each input, as it is printed.

    Attributes:
        errors: Of the inputs that failed so far.
    """

    def __init__(
        self,
        given: "Sequence[Reference]",
        shown: "Callable[[str], str]",
        settings: Settings,
        inside: "Collection[str]",
    ) -> None:
        self.errors: list[LedgerError] = []
        self._inside = inside
        self._given = given
        self._shown = shown
        self._settings = settings

    def read(
        self, name: str, got: "Received | LedgerError", done: "Callable[[], str | None]"
    ) -> str | LedgerError:
        """What a child made of an input, or what is made here where it needs none."""

        def line(received: "Received") -> str:
            made = done() or line_of(received, self._given)
            if self._given and _is_uncited(self._given, json.loads(made)):
                say(f"note: {name}: {UNCITED}", self._settings)
            return self._shown(made)

        return and_then(name, got, line, self._settings)

    def put(self, name: str, come: str | LedgerError) -> None:
        """Print it, or why there is nothing."""
        if is_own_audit(come, name, self._inside):
            say_passed_over(come, self._settings)
        elif isinstance(come, LedgerError):
            self.errors.append(come)
            failure = json.dumps(_failure(name, come), ensure_ascii=False, separators=(",", ":"))
            sys.stdout.write(f"{self._shown(failure)}\n")
            complain(f"failed  {come}")
        else:
            sys.stdout.write(f"{come}\n")


def _is_uncited(given: "Sequence[Reference]", item: dict[str, Any]) -> bool:
    """Whether the text of an input cites no entry of the list that was given for it."""
    from ledger.extract.lists.given import is_uncited

    listed = [(each["marker"], each["raw"]) for each in item["references"]]
    cited = [each["marker"] for claim in item["claims"] for each in claim["citations"]]
    return is_uncited(given, listed, cited)


def in_full(line: str) -> str:
    """JSON for people, indented."""
    return json_text(json.loads(line), indent=2)


def _failure(name: str, error: LedgerError) -> dict[str, Any]:
    code = getattr(error, "code", "unreadable")
    return {"input": harmless(name), "error": {"code": code, "message": str(error)}}
