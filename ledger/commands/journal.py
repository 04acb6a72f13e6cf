"""`ledger journal`: proof that nothing recorded was altered."""

import typer

from ledger.commands.opening import place, readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.errors import StoreError
from ledger.schema import place_of, revision_of, shown

app = typer.Typer()
journal = typer.Typer(no_args_is_help=True, help="Prove that nothing recorded was altered.")
app.add_typer(journal, name="journal")


@journal.command("verify")
def verify(ctx: typer.Context, format: FormatOption = None, json: JsonOption = False) -> None:
    """Recompute the chain over everything recorded.

    Every entry, every body of a capture, every link of the journal, and the
    rules that keep them from being changed. The head is one line that stands
    for all of it: keep it elsewhere, and whoever has it sees that nothing was
    altered up to there.

    Exit status 4 when something is not what was recorded.
    """
    from ledger.proof import verify_ledger  # it reads the tables through SQLModel, which is slow

    settings, form = settings_of(ctx), chosen(format, json)
    where = place_of(place(settings))
    if revision_of(where) is None:  # a proof of nothing would be mistaken for one
        raise StoreError(shown(where), "there is no ledger here", remedy="Check the path")
    readable(settings).close()  # upgraded first, like every ledger
    verified = verify_ledger(where)
    item = {"entries": verified.entries, "head": verified.head}
    answer = Answer(
        "journal-verify",
        [item],
        columns(*item),
        head=(f"{counted(verified.entries, 'entry', 'entries')} hold.", f"head {verified.head}"),
        closing="Keep the head where nobody who can write to the ledger can change it.",
    )
    show(answer, form, settings)
