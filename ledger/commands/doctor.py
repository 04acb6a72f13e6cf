"""`ledger doctor`: what could harm the ledger, and what to do about it."""

from datetime import UTC, datetime
from operator import itemgetter

import typer

from ledger.commands.opening import place
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, hinted
from ledger.schema import place_of, shown

app = typer.Typer()

STATUS = {"altered": 4, "failure": 5, "warning": 1}
"""Verdict to exit status, the gravest first; 0 for all others."""


@app.command("doctor")
def doctor(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Check for anything that could harm the ledger, and say what to do.

    Looks at software versions with known defects, the file system, free space,
    permissions (of the signing key too), the rules that refuse changes, redacted
    words still left in the files, the clock, and whether everything you signed
    for is still there. Changes nothing. Exit status 1 when there is a warning, or
    no ledger; 4 when the ledger was altered; 5 when it cannot be used.
    """
    from ledger.commands import pinning
    from ledger.doctor import examine  # it opens ledgers, which is slow to import

    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    checks = list(examine(where, settings=pinning.folder(), clock=lambda: datetime.now(UTC)))
    items = [
        {**check._asdict(), "remedy": check.remedy and hinted(check.remedy, settings)}
        for check in checks
    ]
    worst = [name for name in STATUS if any(check.verdict == name for check in checks)]
    wrong = sum(check.verdict in STATUS for check in checks)
    answer = Answer(
        "doctor",
        items,
        columns("name", "verdict", "detail", "remedy"),
        (
            Column("looked at", itemgetter("name"), short=True),
            Column("", itemgetter("verdict"), short=True),
            Column("found", itemgetter("detail")),
            Column("what to do", itemgetter("remedy")),
        ),
        head=(shown(where),),
        closing=f"{counted(wrong, 'thing')} to fix."
        if wrong
        else (
            "Nothing to fix. To check that every entry is what was recorded: ledger journal verify"
        ),
    )
    show(answer, form, settings)
    if worst:
        raise typer.Exit(STATUS[worst[0]])
