"""What a person names on the command line -> inputs received one after another."""

import os
import re
import sys
import traceback
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from ledger.commands.settings import Settings
from ledger.commands.words import complain_whole, counted, say
from ledger.errors import ExtractError, FetchError, LedgerError, RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.contain import Workers
    from ledger.document import Reference
    from ledger.fetch import Fetcher
    from ledger.inputs import Found, Received
    from ledger.inputs.ahead import Arrived
    from ledger.latest import LatestCapture
    from ledger.pipeline.parse import Extract
    from ledger.pipeline.render import Renderer

Done = TypeVar("Done")
Got = TypeVar("Got")

UNREADABLE, REFUSED = 3, 6
"""Exit statuses when inputs failed: some for other reasons, or all of them by policy."""

STDIN = "-"
SHOWN_ENDINGS = 8
MAX_WORKERS = 4
"""Child processes that read pages; each may take the memory of `contain.Limits`."""
PAGES_TO_A_READER = 16
"""Files from which on a further child is worth its start, which takes as long as so many pages."""
_PAGES = ("http://", "https://"), (".html", ".htm", ".xhtml")
"""How the names of pages begin or end."""
_COMMENT = re.compile(r"(?:^|[ \t]{2}|\t)[ \t]*#.*")
# Not after one space: a file may be called "page #2.md", and an address has its fragment.

InputsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT...",
        help="Addresses, files (Markdown, plain text, HTML, Word, wikitext, answers and chat "
        "exports as JSON), folders, or - for standard input.",
        show_default=False,
    ),
]
FromFileOption = Annotated[
    Path | None,
    typer.Option(
        allow_dash=True,
        metavar="FILE",
        help="A file with one input per line, or - for standard input; # begins a comment, also "
        "after two spaces.",
        show_default=False,
    ),
]
ReferencesOption = Annotated[
    Path | None,
    typer.Option(
        allow_dash=True,
        metavar="FILE",
        help="The reference list of an article that comes without it: CSV or JSON with marker, "
        "url and title, or CSL-JSON, RIS or BibTeX; - for standard input.",
        show_default=False,
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(help="The address of the page that the one input holds.", show_default=False),
]


def all_inputs(
    inputs: Sequence[str] | None,
    from_file: Path | None,
    settings: Settings,
    *,
    optional: bool = False,
) -> "Found":
    """Every input, folders replaced by their files, each once, in order.

    What a folder holds besides is said on stderr. With `optional` there may be none: something
    else is to be read.

    Raises:
        UsageError: There is none, or the list cannot be read.
    """
    from ledger.inputs import find_inputs

    named = list(inputs or ())
    if from_file is not None:
        if str(from_file) == STDIN and STDIN in named:
            raise UsageError("--from-file", "standard input cannot be both a list and an input")
        listed = read_option(from_file, "--from-file").splitlines()
        lines = (_COMMENT.sub("", line).strip() for line in listed)
        named += [line for line in lines if line]
    if not named and not optional:
        raise UsageError("INPUT", "nothing to read", remedy="Name a file, a folder or an address")
    found = find_inputs(named)
    if named and not found.names and not found.unreadable:
        raise UsageError(
            ", ".join(named), "there is no file in it that can be read", remedy="Name a file"
        )
    if found.passed_over:
        total = counted(sum(found.passed_over.values()), "file")
        endings = sorted(found.passed_over)
        shown = ", ".join(ending or "no ending" for ending in endings[:SHOWN_ENDINGS])
        more = ", …" if len(endings) > SHOWN_ENDINGS else ""
        say(
            f"note: {total} passed over ({shown}{more}). A file named by itself is read "
            "whatever its ending.",
            settings,
        )
    return found


def page_readers(
    inputs: Sequence[str] | None, from_file: Path | None, reader: str | None = None
) -> "Workers":
    """Child processes that read pages; those that are sure to be needed get ready at once.

    `reader` is what they call; None for `extract.read`.
    """
    from ledger.contain import READER, Workers

    begins, ends = _PAGES
    names = [each.lower() for each in inputs or ()]
    pages = sum(each.startswith(begins) or each.endswith(ends) for each in names)
    count = min(MAX_WORKERS, _processors())
    first = bool(pages or from_file is not None)
    warm = min(count, first + pages // PAGES_TO_A_READER)
    return Workers(count, warm=warm, reader=reader or READER)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def attempt(name: str, work: "Callable[[], Done]", settings: Settings) -> "Done | LedgerError":
    """What `work` gives for one input, or why there is nothing: later inputs go on.

    Raises:
        LedgerError: Of a kind that concerns the whole run, such as a database that is full.
    """
    try:
        return work()
    except (ExtractError, FetchError) as error:
        for note in getattr(error, "__notes__", ()) if settings.debug else ():
            complain_whole(note)  # where the child process was that read it
        return error
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of one input, see below
        # Pages come from strangers. One that finds a mistake in a reader must not take the other
        # thousand of its batch with it, so any mistake is a failure of this input, and said.
        if settings.debug:
            complain_whole(traceback.format_exc())
        return ExtractError(
            name,
            "internal",
            f"the program made a mistake on it ({type(error).__name__})",
            remedy="Please report it; --debug shows where",
        )


def and_then(
    name: str, got: "Got | LedgerError", work: "Callable[[Got], Done]", settings: Settings
) -> "Done | LedgerError":
    """As `attempt`, with what an earlier attempt gave; its failure stays."""
    return got if isinstance(got, LedgerError) else attempt(name, lambda: work(got), settings)


def arrivals(
    names: Sequence[str],
    receive: "Callable[[str], Received]",
    fetcher: "Fetcher | None",
    workers: int,
    settings: Settings,
) -> "Generator[tuple[str, Received | LedgerError], None, None]":
    """The bytes of every input, or why there are none, as `inputs.gather` gives them.

    `fetcher` knows the pauses and rules of hosts; None when addresses are not asked by it.
    """
    from ledger.inputs import gather

    return gather(
        names,
        lambda name: attempt(name, lambda: receive(name), settings),
        workers=workers,
        wait_for=fetcher.wait_for if fetcher else lambda _: 0.0,
        greet=fetcher.greet if fetcher else lambda _: None,
        weigh=lambda got: 0 if isinstance(got, LedgerError) else len(got.body),
    )


def early(
    names: Sequence[str], arrived: "Iterator[Arrived]", readers: "Workers"
) -> "Iterator[tuple[str, Received | LedgerError, Extract]]":
    """What arrives, in its order, with the next files being read ahead: `pipeline.read_ahead`."""
    from ledger.inputs import is_url
    from ledger.pipeline.ahead import read_ahead

    ready = sum(not is_url(name) for name in names)
    return read_ahead(arrived, readers.read, readers=worth(readers, ready), ready=ready)


def worth(readers: "Workers", ready: int) -> int:
    """How many children are worth their start for so many inputs."""
    return min(readers.count, 1 + ready // PAGES_TO_A_READER)


def harmless(name: str) -> str:
    """An input that failed, as it is shown: an address without user name and password."""
    from ledger.urls import redact

    return redact(name) if "://" in name else name


def failed_status(errors: "Sequence[LedgerError]") -> int:
    """The exit status after inputs that failed, of which there is at least one."""
    return REFUSED if all(isinstance(each, RefusedError) for each in errors) else UNREADABLE


def given_references(
    path: Path | None, inputs: Sequence[str], from_file: Path | None = None
) -> "tuple[Reference, ...]":
    """The references of --references; empty without it.

    Raises:
        UsageError: The file is wrong, or there are several inputs to which it could belong, or
            standard input is to be an input as well.
    """
    if path is None:
        return ()
    from ledger.extract.lists.given import read_references

    if len(inputs) != 1:
        raise UsageError(
            "--references",
            f"one list cannot belong to {len(inputs):,} inputs",
            remedy="Name one input",
        )
    if str(path) == STDIN and STDIN in (*inputs, str(from_file)):
        raise UsageError(
            "--references",
            "standard input cannot be both a list and an input",
            remedy="Save one of them as a file",
        )
    return read_references(read_option(path, "--references"), _shown(path))


def read_option(path: Path, option: str) -> str:
    """The text of a file that an option names, or of standard input.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        body = sys.stdin.buffer.read() if str(path) == STDIN else path.read_bytes()
        return body.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(option, f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        what = f"{_shown(path)} is not UTF-8"
        raise UsageError(option, what, remedy="Save it as UTF-8") from error


def _shown(path: Path) -> str:
    return "standard input" if str(path) == STDIN else str(path)


def receiver(
    inputs: Sequence[str],
    url: str | None,
    fetcher: "Fetcher | None",
    earlier: "Mapping[str, LatestCapture | None] | None" = None,
    renderer: "Renderer | None" = None,
) -> "Callable[[str], Received]":
    """A function that gets the bytes of one input; for several threads.

    Args:
        inputs: All of them.
        url: As given by --url.
        fetcher: For addresses; None when there are none.
        earlier: What is recorded of them; looked into when an input is got.
        renderer: What gets addresses instead; None for none.

    Raises:
        UsageError: --url with several inputs or without an address.
    """
    from ledger.inputs import receive

    if url is not None and len(inputs) != 1:
        raise UsageError("--url", f"one address cannot belong to {len(inputs)} inputs")
    if url is not None:
        from ledger.urls import normalise

        if normalise(url) is None:
            raise UsageError(
                "--url", f"{url} is no address of a page", remedy="Give an http(s) address"
            )
    stdin = sys.stdin.buffer.read() if STDIN in inputs else b""

    def get(name: str) -> "Received":
        return receive(
            name,
            clock=lambda: datetime.now(UTC),
            fetcher=fetcher,
            stdin=stdin,
            url=url,
            renderer=renderer,
            earlier=earlier.get(name) if earlier is not None else None,
        )

    return get


@contextmanager
def progress(total: int, settings: Settings) -> "Iterator[Callable[[str, bool], None]]":
    """A progress bar on stderr, for several inputs and people only.

    Yields:
        A function to call with the name of each input that is done, and whether it failed. The bar
        shows its host, how many are done and failed, and the time left.
    """
    if total < 2 or settings.quiet or not sys.stderr.isatty():
        yield lambda _name, _failed: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from ledger.commands.safe import one_line, visible
    from ledger.urls import host, redact

    columns: tuple[Any, ...] = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failures]}{task.fields[name]}", markup=False),
    )
    console = Console(stderr=True, markup=False, emoji=False, no_color=not settings.color or None)
    # Rich would print what goes to stdout beside the bar, on stderr: wanted only on one screen.
    aside = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=aside) as bar:
        task = bar.add_task("", total=total, name="", failures="")
        failures = 0

        def done(name: str, failed: bool) -> None:
            nonlocal failures
            failures += failed
            shown = one_line(visible(host(name) or redact(name)))
            words = f"{failures:,} failed  " if failures else ""
            bar.update(task, advance=1, name=shown, failures=words)

        yield done
