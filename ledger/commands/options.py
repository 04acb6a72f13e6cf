"""Options that many commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands.output import Format
from ledger.errors import UsageError


def filled(param: typer.CallbackParam, value: list[str] | str | None) -> list[str] | str | None:
    """A callback that refuses an empty value, which would look like an option not given.

    Raises:
        UsageError: It is empty, as "$NAME" is where a script did not set it.
    """
    given = value if isinstance(value, list) else [value]
    if any(each is not None and not each.strip() for each in given):
        raise UsageError(param.opts[0], "it is empty", remedy="Say which, or leave it out")
    return value


def not_too_many(param: typer.CallbackParam, value: int | None) -> int | None:
    """A callback that refuses numbers beyond 64 bits, which no database accepts.

    Raises:
        UsageError: It is more than `MOST`.
    """
    if value is not None and value > MOST:
        raise UsageError(
            f"{param.opts[0]} {value}", "this is too large", remedy=f"Give at most {MOST:,}"
        )
    return value


def day_of(option: str, text: str) -> date:
    """The day that was typed.

    Raises:
        UsageError: It is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"{option} {text}",
            "this is not a date",
            remedy="Write it as year-month-day: 2024-02-01",
        ) from error


MOST = 1_000_000_000
"""Of what is asked for by number: more than any ledger or page has."""


def refuse_before(ctx: typer.Context, **given: object) -> None:
    """Refuse options before a subcommand, which would not receive them.

    Args:
        ctx: Of the group.
        given: Its options by name, as they came.

    Raises:
        UsageError: One was given.
    """
    for name, value in given.items():
        if value:
            below = ctx.invoked_subcommand
            raise UsageError(
                f"--{name}", f"it comes before {below}", remedy=f"Write it after {below}"
            )


ClaimArgument = Annotated[
    str,
    typer.Argument(
        metavar="CLAIM",
        help="The claim: the first digits of its id, or words that only it contains.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        metavar="FORM",
        help="table, tsv, csv, excel (CSV for Excel), json or jsonl. Default: a table on a "
        "terminal, TSV in a pipe.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write this file. Default: stdout.", metavar="FILE"),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the file of -o.")]
RatingOption = Annotated[
    str | None,
    typer.Option(
        help="Only outlets with this rating in a list of your own (see: ledger outlets import).",
        metavar="NAME=VALUE",
        callback=filled,
    ),
]
CitedOption = Annotated[
    bool | None,
    typer.Option(
        "--cited/--not-cited",
        help="Only articles that another article here cites, such as those fetched with "
        "--follow; or only the others.",
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        callback=not_too_many,
        help="Show at most N; 0 means all. Default: 50 in a table, otherwise all.",
    ),
]
OffsetOption = Annotated[
    int, typer.Option(metavar="N", min=0, callback=not_too_many, help="Skip the first N.")
]

TABLE_LIMIT = 50
"""Rows that a table shows unless told: what a person reads before asking a narrower question."""


def limit_for(limit: int | None, format: Format) -> int | None:
    """The limit to apply: the given one (0: none), or `TABLE_LIMIT` if the output is a table."""
    if limit is not None:
        return limit or None
    return TABLE_LIMIT if format is Format.TABLE else None
