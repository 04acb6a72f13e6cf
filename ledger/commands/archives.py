"""WARC files on the command line -> what is received from them, and what is said of the rest."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.commands.settings import Settings
from ledger.commands.words import complain, counted
from ledger.errors import ExtractError, UsageError

if TYPE_CHECKING:
    from ledger.inputs.receive import Received
    from ledger.pipeline.warc import PassedOver

SHOWN_ADDRESSES = 3
"""Addresses that one line names, so that it stays one."""

WarcOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--warc",
        metavar="FILE",
        help="Read what a WARC file captured; so does any input that ends in .warc or .warc.gz. "
        "Repeatable.",
    ),
]


def split_archives(
    inputs: Sequence[str] | None, warc: Sequence[Path] | None, references: Path | None
) -> tuple[list[str], list[Path]]:
    """The inputs that are no WARC files, and the WARC files, each once, in order.

    Raises:
        UsageError: A reference list is given, and a WARC file to which it cannot belong.
    """
    from ledger.inputs import is_url
    from ledger.inputs.endings import is_archive

    archives = dict.fromkeys(warc or ())
    others = []
    for name in inputs or ():
        if is_archive(name) and not is_url(name):
            archives[Path(name)] = None
        else:
            others.append(name)
    if archives and references:
        raise UsageError(
            "--references", ("one reference list cannot belong to everything in a WARC file")
        )
    return others, list(archives)


def received_from(
    archives: Sequence[Path], settings: Settings
) -> "Iterator[tuple[str, Received | ExtractError]]":
    """What the files hold, one after another, each under its name.

    What is passed over is counted and named on stderr at the end of each file.
    """
    from ledger.pipeline.warc import PassedOver, read_warc

    for path in archives:
        passed: list[PassedOver] = []
        try:
            for item in read_warc(path):
                if isinstance(item, PassedOver):
                    passed.append(item)
                elif isinstance(item, ExtractError):
                    yield item.input, item
                else:
                    yield item.name, item
        except ExtractError as error:
            yield error.input, error
        if passed and not settings.quiet:
            complain(_passed_over(path, passed))


def _passed_over(path: Path, passed: "Sequence[PassedOver]") -> str:
    sorts: dict[str, list[str]] = {}
    for each in passed:
        addresses = sorts.setdefault(each.sort, [])
        if each.url and each.url not in addresses:
            addresses.append(each.url)
    counts = {sort: sum(each.sort == sort for each in passed) for sort in sorts}
    named = (f"{counts[sort]:,} {sort}{_some(sorts[sort])}" for sort in sorted(sorts))
    return f"note: {path}: {counted(len(passed), 'record')} passed over: {'; '.join(named)}"


def _some(addresses: Sequence[str]) -> str:
    if not addresses:
        return ""
    more = ", …" if len(addresses) > SHOWN_ADDRESSES else ""
    return f" ({', '.join(addresses[:SHOWN_ADDRESSES])}{more})"
