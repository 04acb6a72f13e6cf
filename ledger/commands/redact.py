"""`ledger journal redact`: a page that must be erased."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from ledger.commands.issuing import existing
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.schema import shown


def redact_command(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="CAPTURE", help="Its id, or the id or address of its article."),
    ],
    reason: Annotated[str, typer.Option(help="Why; it is recorded and signed.")],
    by: Annotated[
        str | None,
        typer.Option(envvar="LEDGER_USER", help="Who says so. Default: your user name."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Erase a page for legal reasons: its bytes, and all words read from them.

    That cannot be undone. Digests and places stay, and where the citations
    lead, so that the journal, its checkpoints and earlier proofs hold. Who
    decided it, when and why is recorded, and signed with your key.
    """
    from ledger import queries
    from ledger.commands import pinning
    from ledger.commands.link import user
    from ledger.commands.opening import writable
    from ledger.errors import UsageError
    from ledger.pinned import named, signing_key
    from ledger.proof.redact import Redaction, redact

    settings, form = settings_of(ctx), chosen(format, json)
    if not reason.strip():
        raise UsageError("--reason", "it is empty", remedy="Say why, for whoever asks later")
    db = existing(settings)
    with readable(settings) as reader:
        capture = queries.capture_named(reader, name)
        first = pinning.something(pinning.first_record(reader))
    if not yes and not typer.confirm(
        f"Erase {capture['size']:,} bytes of {capture['final_url']}, captured "
        f"{capture['captured_at']}, and all words read from them? This cannot be undone",
        err=True,
    ):
        raise typer.Exit(1)
    pin = named(pinning.folder(), shown(db), first, None)
    who = (by or "").strip() or user()
    redaction = Redaction(
        capture["id"], capture["payload_digest"], who, datetime.now(UTC), reason.strip()
    )
    with writable(settings) as ledger:
        erased = redact(ledger, redaction, pin.origin, signing_key(pinning.folder()))
    item = {"capture": capture["id"], "digest": capture["payload_digest"], **erased}
    gone = ", ".join(counted(number, kind) for kind, number in erased.items() if kind != "payload")
    show(
        Answer(
            "journal-redact",
            [item],
            columns(*item),
            head=(f"Erased the bytes of {capture['final_url']}, and the words of {gone}.",),
            closing="Backups, exports and other captures of the page still have them. Make a "
            "checkpoint now: ledger journal checkpoint -o FILE",
        ),
        form,
        settings,
    )
