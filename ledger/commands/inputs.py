"""What a person names on the command line -> inputs received one after another."""

import os
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from ledger.commands.settings import Settings
from ledger.commands.words import complain, counted, say
from ledger.errors import ExtractError, FetchError, LedgerError, RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.contain import Workers
    from ledger.model import Reference
    from ledger.pipeline import Found, Received
    from ledger.pipeline.render import Renderer

Done = TypeVar("Done")

UNREADABLE, REFUSED = 3, 6
"""Exit statuses when inputs failed: some for other reasons, or all of them by policy."""

STDIN = "-"
SHOWN_ENDINGS = 8
MAX_WORKERS = 4
"""Child processes that read pages; each may take the memory of `contain.Limits`."""
_PAGES = ("http://", "https://"), (".html", ".htm", ".xhtml")
"""How the names of pages begin or end."""
_COMMENT = re.compile(r"(?:^|[ \t]{2}|\t)[ \t]*#.*")
# Not after one space: a file may be called "page #2.md", and an address has its fragment.

InputsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT...",
        help="Addresses, files (Markdown, plain text, HTML), folders, or - for standard input.",
        show_default=False,
    ),
]
FromFileOption = Annotated[
    Path | None,
    typer.Option(
        allow_dash=True,
        help="A file with one input per line, or - for standard input; # begins a comment, also "
        "after two spaces.",
        show_default=False,
    ),
]
ReferencesOption = Annotated[
    Path | None,
    typer.Option(
        help="The reference list of an article that comes without it: CSV or JSON with marker, "
        "url and title.",
        show_default=False,
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(help="The address of the page that the one input holds.", show_default=False),
]
RenderOption = Annotated[
    str | None,
    typer.Option(
        "--render",
        metavar="COMMAND",
        help="Get addresses with your own browser command: it is run with the address as its last "
        "argument and prints the page. It is not held by the address guard.",
        show_default=False,
    ),
]
PrivateOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CIDR",
        help="A network that is not public and may be asked, such as 10.1.0.0/16. Repeatable.",
        show_default=False,
    ),
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
    from ledger.pipeline import find_inputs

    named = list(inputs or ())
    if from_file is not None:
        if str(from_file) == STDIN and STDIN in named:
            raise UsageError("--from-file", "standard input cannot be both a list and an input")
        lines = (_COMMENT.sub("", line).strip() for line in _listed(from_file))
        named += [line for line in lines if line]
    if not named and not optional:
        raise UsageError("INPUT", "nothing to read", remedy="Name a file, a folder or an address")
    found = find_inputs(named)
    if named and not found.names and not found.unreadable:
        raise UsageError(
            ", ".join(named), "there is no Markdown, text or HTML file in it", remedy="Name a file"
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


def _listed(path: Path) -> list[str]:
    if str(path) == STDIN:
        try:
            return sys.stdin.buffer.read().decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise UsageError("--from-file", "standard input is not UTF-8") from error
    return read_option(path, "--from-file").splitlines()


def page_readers(inputs: Sequence[str] | None, from_file: Path | None) -> "Workers":
    """Child processes that read pages; one gets ready at once where a page is sure to come."""
    from ledger.contain import Workers

    begins, ends = _PAGES
    names = [each.lower() for each in inputs or ()]
    pages = any(each.startswith(begins) or each.endswith(ends) for each in names)
    return Workers(min(MAX_WORKERS, os.cpu_count() or 1), warm=pages or from_file is not None)


def attempt(name: str, work: "Callable[[str], Done]", settings: Settings) -> "Done | LedgerError":
    """What `work` gives for one input, or why there is nothing: later inputs go on.

    Raises:
        LedgerError: Of a kind that concerns the whole run, such as a database that is full.
    """
    try:
        return work(name)
    except (ExtractError, FetchError) as error:
        for note in getattr(error, "__notes__", ()) if settings.debug else ():
            complain(note)  # where the child process was that read it
        return error
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of one input, see below
        # Pages come from strangers. One that finds a mistake in a reader must not take the other
        # thousand of its batch with it, so any mistake is a failure of this input, and said.
        if settings.debug:
            complain(traceback.format_exc())
        return ExtractError(
            name,
            "internal",
            f"the program made a mistake on it ({type(error).__name__})",
            remedy="Please report it; --debug shows where",
        )


def failed_status(errors: "Sequence[LedgerError]") -> int:
    """The exit status after inputs that failed, of which there is at least one."""
    return REFUSED if all(isinstance(each, RefusedError) for each in errors) else UNREADABLE


def given_references(path: Path | None, inputs: Sequence[str]) -> "tuple[Reference, ...]":
    """The references of --references; empty without it.

    Raises:
        UsageError: The file is wrong, or there are several inputs to which it could belong.
    """
    if path is None:
        return ()
    from ledger.extract.given import read_references

    if len(inputs) != 1:
        raise UsageError("--references", f"one list cannot belong to {len(inputs)} inputs")
    return read_references(read_option(path, "--references"), str(path))


def read_option(path: Path, option: str) -> str:
    """The text of a file that an option names.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(option, f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(option, f"{path} is not UTF-8", remedy="Save it as UTF-8") from error


def receiver(
    inputs: Sequence[str],
    url: str | None,
    allow_private: Sequence[str] | None,
    render: str | None = None,
) -> "Callable[[str], Received]":
    """A function that gets the bytes of one input; `render` is the value of --render.

    Raises:
        UsageError: --url with several inputs or without an address, or a network that is none.
    """
    from ledger.fetch import Fetcher, FetchSettings
    from ledger.pipeline import receive
    from ledger.urls import normalise

    if url is not None and len(inputs) != 1:
        raise UsageError("--url", f"one address cannot belong to {len(inputs)} inputs")
    if url is not None and normalise(url) is None:
        raise UsageError(
            "--url", f"{url} is no address of a page", remedy="Give an http(s) address"
        )
    networks = tuple(map(_network, allow_private or ()))
    fetcher = Fetcher(FetchSettings(allow_private=networks))
    stdin = sys.stdin.buffer.read() if STDIN in inputs else b""

    renderer = _renderer(render)

    def get(name: str) -> "Received":
        return receive(
            name,
            clock=lambda: datetime.now(UTC),
            fetcher=fetcher,
            stdin=stdin,
            url=url,
            renderer=renderer,
        )

    return get


def _renderer(command: str | None) -> "Renderer | None":
    if command is None:
        return None
    from ledger.pipeline.render import Renderer

    complain(
        "warning: --render runs your command for every address. It asks the network by itself, "
        "past the address guard, the limits and robots.txt"
    )
    return Renderer.of(command)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise UsageError(
            "--allow-private", f"{text}: {error}", remedy="Write 10.1.0.0/16"
        ) from error


@contextmanager
def progress(total: int, settings: Settings) -> "Iterator[Callable[[str], None]]":
    """A progress bar on stderr, for several inputs and people only.

    Yields:
        A function to call with the name of each input as it begins.
    """
    if total < 2 or settings.quiet or not sys.stderr.isatty():
        yield lambda _: None
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

    columns: tuple[Any, ...] = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    console = Console(stderr=True, markup=False, emoji=False, no_color=not settings.color or None)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, name="")
        begun = 0

        def begin(name: str) -> None:
            nonlocal begun
            bar.update(task, completed=begun, name=one_line(visible(name)))
            begun += 1

        yield begin
