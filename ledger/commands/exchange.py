"""`ledger db export` and `ledger db import`: every entry as JSON Lines, and back."""

import gzip
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from ledger.commands.counting import counting
from ledger.commands.issuing import KeysOption
from ledger.commands.opening import place, readable, whole
from ledger.commands.options import ForceOption, FormatOption, JsonOption, OutputOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.safe import one_line
from ledger.commands.settings import settings_of
from ledger.commands.whole_file import file_of, whole_file, whole_stdout
from ledger.commands.words import counted, say
from ledger.errors import UsageError, unreadable
from ledger.reader import Reader
from ledger.schema import Place, place_of

if TYPE_CHECKING:
    from ledger.proof.redact import Keys
    from ledger.transfer import Taken


def export(
    ctx: typer.Context,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Export every entry as JSON Lines, to read elsewhere or to move the ledger.

    Everything is verified while it is written. If the name ends in .gz, the file
    is compressed. docs/export.md describes the lines.
    """
    from ledger.transfer import write_out

    settings = settings_of(ctx)
    where = place_of(place(settings))
    readable(settings).close()
    output = file_of(output, "-o", force=force)
    with counting("exporting", _entries(where), settings) as tell:
        if output is None:
            with whole_stdout("export", "-o") as file:
                verified = write_out(where, file, tell)
        else:
            with (
                whole_file(output, "-o", force=force) as file,
                _squeezed(output, file) as out,
            ):
                verified = write_out(where, out, tell)
    say(f"{counted(verified.entries, 'entry', 'entries')} exported, head {verified.head}", settings)


def import_(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="What ledger db export wrote; - for standard input."),
    ],
    erase: Annotated[
        bool,
        typer.Option(
            "--erase", help="Let its redactions erase pages whose words this ledger still has."
        ),
    ] = False,
    key: KeysOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Import what ledger db export wrote, with every entry as it was.

    Every record is verified first, and either all are recorded or none. A ledger
    that already holds the first of them gets the rest; a ledger that holds
    anything else is refused.

    If the export redacts pages whose words this ledger still has, they are listed
    and nothing is done, unless --erase is given. Even then, only what is signed
    with your own key, or one given with --key, is erased, and the database is
    rewritten. If that is interrupted, run the same command again.
    """
    from ledger.pipeline.voices import compare_new
    from ledger.transfer import take_in

    settings, form = settings_of(ctx), chosen(format, json)
    if key and not erase:
        raise UsageError("--key", "a key is needed only with --erase", remedy="Add --erase")
    keys = _known(key or ())
    with _exported(file) as lines, whole(settings) as ledger:
        with counting("importing", None, settings) as tell:

            def follows(done: int, of: int) -> None:
                tell(done, of, _FOLLOWING)

            taken = take_in(ledger, lines, file, tell, follows, erase=erase, keys=keys)
        with counting(_FOLLOWING, None, settings) as tell:
            # Which pages are one voice is not in the file, it follows from it. Nothing is appended,
            # so that the head stays that of the file.
            if taken.entries > taken.before:
                ledger.count_anew()
            compare_new(ledger, naming=False, step=tell)
            if erase:  # also where it was erased before, by the same command that was interrupted
                ledger.compact()
    show(_answer(taken), form, settings)


_FOLLOWING = "working out what follows"
"""What an import does behind the last line: with many entries a third of its time."""


def _answer(taken: "Taken") -> Answer:
    item = {"before": taken.before, "entries": taken.entries, "head": taken.head}
    erased = [
        {
            "capture": order.capture,
            "digest": order.row["digest"],
            "url": order.url,
            "by": order.by,
            "at": order.at,
            "reason": order.reason,
            "signed_by": list(order.signers),
        }
        for order in taken.erased
    ]
    fresh = taken.entries - taken.before
    shown = [
        f"{counted(fresh, 'entry', 'entries')} recorded, {taken.entries:,} in all",
        f"head {taken.head}",
        *(
            one_line(
                f"erased: the words of {order.url}, capture {order.capture[:12]}, as {order.by} "
                f"decided on {order.at[:10]}, signed by {' and '.join(order.signers)}"
            )
            for order in taken.erased
        ),
    ]
    unknown = f"{counted(taken.unknown, 'redaction')} signed with a key that is not known here"
    return Answer(
        "db-import",
        [{**item, "erased": erased}],
        columns(*item, "erased"),
        rows=[{**item, "erased": len(erased)}],
        head=tuple(shown),
        closing="Backups and earlier exports still have what was erased" if erased else "",
        warnings=(unknown,) if taken.unknown else (),
    )


def _known(given: Sequence[str]) -> "Keys":
    """The user's own key, and those that were given."""
    from ledger.commands import pinning
    from ledger.note import read_key

    others = [read_key(each) for each in given]
    return lambda origin: filter(None, (pinning.own_key(origin), *others))


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
                raise unreadable(name, error) from error
        file = BufferedReader(raw)
        opened.callback(file.detach)  # whoever opened it closes it
        try:
            compressed = file.peek(2)[:2] == b"\x1f\x8b"
        except OSError as error:
            raise unreadable(name, error) from error
        plain: Any = opened.enter_context(gzip.GzipFile(fileobj=file)) if compressed else file
        yield plain  # both read bytes, which is all that is asked
