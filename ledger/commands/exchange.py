"""`ledger db export` and `ledger db import`: every entry as JSON Lines, and back."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from ledger.commands.counting import counting
from ledger.commands.opening import place, readable, whole
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.whole_file import whole_file
from ledger.commands.words import counted, say
from ledger.errors import ExtractError
from ledger.reader import Reader
from ledger.schema import Place, place_of


def export(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Default: stdout.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write every entry as JSON Lines, to read elsewhere or to move to another database.

    Everything is verified while it is written. A name that ends in .gz is
    compressed.
    """
    from ledger.transfer import write_out

    settings = settings_of(ctx)
    where = place_of(place(settings))
    readable(settings).close()
    with counting("exporting", _entries(where), settings) as tell:
        if output is None:
            verified = write_out(where, sys.stdout.buffer, tell)
            sys.stdout.buffer.flush()
        else:
            with (
                whole_file(output, "--output", force=force) as file,
                _squeezed(output, file) as out,
            ):
                verified = write_out(where, out, tell)
    say(f"{counted(verified.entries, 'entry', 'entries')} exported, head {verified.head}", settings)


def import_(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="What ledger db export wrote; - too.")
    ],
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Record what another ledger recorded, as it was recorded there.

    All of it or nothing: every record is verified first. A ledger that holds
    the beginning of it already gets the rest; a ledger that holds something
    else is refused.
    """
    from ledger.pipeline.voices import compare_new
    from ledger.transfer import take_in

    settings, form = settings_of(ctx), chosen(format, json)
    with (
        _exported(file) as lines,
        counting("importing", None, settings) as tell,
        whole(settings) as ledger,
    ):
        taken = take_in(ledger, lines, file, tell)
        # Which pages are one voice is not in the file, it follows from it. Nothing is appended, so
        # that the head stays that of the file.
        compare_new(ledger, naming=False)
    item = {"before": taken.before, "entries": taken.entries, "head": taken.head}
    fresh = taken.entries - taken.before
    shown = (
        f"{counted(fresh, 'entry', 'entries')} recorded, {taken.entries:,} in all",
        f"head {taken.head}",
    )
    show(Answer("db-import", [item], columns(*item), head=shown), form, settings)


def _entries(where: Place) -> int:
    with Reader(where) as reader:
        (row,) = reader.rows("SELECT COUNT(*) AS n FROM journal")
    return int(row["n"])


@contextmanager
def _squeezed(path: Path, file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself, or a stream that compresses into it when its name says so."""
    if path.suffix != ".gz":
        yield file
        return
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as squeezed:
        yield squeezed  # type: ignore[misc] # it writes bytes, which is all that is asked


@contextmanager
def _exported(name: str) -> Iterator[IO[bytes]]:
    """The lines of an export, whether it is compressed or not."""
    with ExitStack() as opened:
        if name == "-":
            raw: Any = sys.stdin.buffer
        else:
            try:
                raw = opened.enter_context(Path(name).open("rb", buffering=0))
            except (OSError, ValueError) as error:  # a ValueError of a NUL in it
                raise _unreadable(name, error) from error
        file = BufferedReader(raw)
        opened.callback(file.detach)  # whoever opened it closes it
        try:
            compressed = file.peek(2)[:2] == b"\x1f\x8b"
        except OSError as error:
            raise _unreadable(name, error) from error
        plain: Any = opened.enter_context(gzip.GzipFile(fileobj=file)) if compressed else file
        yield plain  # both read bytes, which is all that is asked


def _unreadable(name: str, error: Exception) -> ExtractError:
    said = getattr(error, "strerror", None) or str(error)
    return ExtractError(name, "unreadable", f"it cannot be read: {said}")
