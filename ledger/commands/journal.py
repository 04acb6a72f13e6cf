"""`ledger journal`: its commands, which prove that nothing recorded was altered."""

import typer

from ledger.commands.checkpoint import checkpoint, key
from ledger.commands.prove import check_proof_command, prove_command
from ledger.commands.redact import redact_command
from ledger.commands.verify import verify

app = typer.Typer()
journal = typer.Typer(no_args_is_help=True, help="Prove that nothing recorded was altered.")
app.add_typer(journal, name="journal")

journal.command("verify")(verify)
journal.command("checkpoint")(checkpoint)
journal.command("prove")(prove_command)
journal.command("check-proof")(check_proof_command)
journal.command("key")(key)
journal.command("redact")(redact_command)
