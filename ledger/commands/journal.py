"""`ledger journal`: proof that nothing recorded was altered."""

import typer

from ledger.commands.opening import place, readable, sqlite_file
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted

app = typer.Typer()
journal = typer.Typer(no_args_is_help=True, help="Prove that nothing recorded was altered.")
app.add_typer(journal, name="journal")


@journal.command("verify")
def verify(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Recompute the chain over everything recorded.

    Every entry, every body of a capture and every link of the journal. The
    head is one line that stands for all of it: keep it elsewhere, and
    whoever has it sees that nothing was altered up to there.

    Exit status 4 when something is not what was recorded.
    """
    from ledger.proof import verify_ledger  # it reads the tables through SQLModel, which is slow

    settings, form = settings_of(ctx), chosen(format, json)
    readable(settings).close()  # made or upgraded first, like every ledger
    path = sqlite_file(place(settings))
    verified = verify_ledger(path)
    item = {"entries": verified.entries, "head": verified.head}
    answer = Answer(
        "journal-verify",
        [item],
        columns(*item),
        head=(f"{counted(verified.entries, 'entry', 'entries')} hold.", f"head {verified.head}"),
        closing="Keep the head where nobody who can write to the ledger can change it.",
    )
    show(answer, form, settings)
