"""`ledger journal prove` and `check-proof`: one claim, for somebody who has no ledger."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.commands.issuing import KeysOption, existing, issue, remember
from ledger.commands.opening import readable
from ledger.commands.options import (
    ClaimArgument,
    ForceOption,
    FormatOption,
    JsonOption,
    OutputOption,
)
from ledger.commands.output import Format, chosen, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted, say
from ledger.schema import shown


def prove_command(
    ctx: typer.Context,
    name: ClaimArgument,
    output: OutputOption = None,
    force: ForceOption = False,
    key: KeysOption = None,
) -> None:
    """Write a proof that a claim is recorded, to be checked without the ledger.

    It contains the claim, its article and capture, its citations and their pages,
    and what is known about their outlets, each with its path to a checkpoint.
    Whoever receives it checks it with: ledger journal check-proof FILE --key KEY

    The line with your KEY is printed. Send it separately from the proof: whoever
    can alter the one could otherwise alter the other.
    """
    from ledger import queries
    from ledger.commands import pinning
    from ledger.commands.narrowing import not_counting
    from ledger.commands.whole_file import file_of, whole_file
    from ledger.note import read_key
    from ledger.pinned import first_record, last_checkpoint, pin_of, signing_key
    from ledger.proof.prove import prove

    settings = settings_of(ctx)
    keys = [read_key(each) for each in key or ()]
    output = file_of(output, "-o", force=force)
    db = existing(settings)
    with readable(settings) as reader:
        claim = queries.claim_named(reader, name)
        (row,) = reader.rows("SELECT MAX(seq) AS size FROM journal")
        pin = pin_of(pinning.folder(), shown(db), first_record(reader))
    last, issued = last_checkpoint(pin), None
    if last is None or last.size != row["size"]:
        issued = issue(settings, None, keys)
        last = issued.checkpoint
    with readable(settings) as reader:
        data = prove(reader, claim, last, signing_key(pinning.folder()))
        (of,) = reader.rows("SELECT article_id FROM claim WHERE id = :id", {"id": claim})
        beside = list(not_counting(reader, of["article_id"]))
    if output is None:
        typer.echo(data.decode(), nl=False)
    else:
        with whole_file(output, "-o", force=force) as file:
            file.write(data)
        say(f"Wrote {output}: claim {claim[:12]}, {counted(len(data), 'byte')}", settings)
    if issued is not None:
        remember(issued)
    for each in beside:  # which no proof can say: it says what was recorded
        say(f"note: {each}", settings)
    say(f"Others check it with: --key {pinning.own_key(last.origin)}", settings)


def check_proof_command(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What ledger journal prove wrote.")],
    key: KeysOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Check a proof of a claim; no ledger is needed.

    On the machine that wrote it: ledger journal check-proof FILE. On any other,
    give the key that must have signed it, as ledger journal prove printed it:
    ledger journal check-proof FILE --key KEY

    Exit status 4 when the proof does not hold, 3 when the file is not a proof.
    """
    from ledger.check_proof import check_proof, note_of
    from ledger.commands import pinning
    from ledger.commands.proven import proven
    from ledger.note import read_key
    from ledger.pinned import pins

    settings, form = settings_of(ctx), chosen(format, json)
    with pinning.about(file):
        data = pinning.read_file(file)
        note, origin = note_of(data)
        known = {pin.origin for pin in pins(pinning.folder())}
        keys = [read_key(each) for each in key or ()]
        signer = pinning.signer_of(note, keys, origin if origin in known else None)
        proof = check_proof(data, signer)
    answer = proven(proof)
    show(answer, form, settings)
    if form in (Format.TSV, Format.CSV, Format.EXCEL):  # whose rows are the citations alone
        for line in filter(None, answer.head):
            say(line, settings)
