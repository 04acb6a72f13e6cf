"""`ledger journal redact`: a page that must be erased."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ledger.commands.deciding import ByOption, decided_by
from ledger.commands.issuing import existing
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, numbers, show
from ledger.commands.safe import one_line, visible
from ledger.commands.settings import settings_of
from ledger.commands.words import complain, counted
from ledger.reader import Row
from ledger.schema import shown

if TYPE_CHECKING:
    from ledger.queries.redaction import Bearer, Bearers


def redact_command(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="CAPTURE", help="The capture: its id, or the id or address of its article."
        ),
    ],
    reason: Annotated[
        str, typer.Option(metavar="WORDS", help="Your reason; it is recorded and signed.")
    ],
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Erase a page for legal reasons: its bytes, and all words read from them.

    This cannot be undone. Digests and positions stay, and so does where the
    citations lead, so that the journal, its checkpoints and earlier proofs still
    hold. Who decided it, when and why is recorded and signed with your key.

    An address means the latest version of the page; other versions keep their
    words, and are listed. Every capture with exactly the same bytes is erased
    too.

    At the end the database file is rewritten. If other programs prevent that, the
    words are gone from the tables but still in the file: the exit status is 5,
    and the same command again, or ledger db compact, finishes the job.
    """
    from ledger import queries
    from ledger.commands import pinning
    from ledger.commands.opening import writable
    from ledger.erasure import EMPTIED
    from ledger.errors import UsageError
    from ledger.pinned import first_record, named, signing_key
    from ledger.proof.redact import Redaction, check_owner, redact
    from ledger.queries.redaction import bearers

    settings, form = settings_of(ctx), chosen(format, json)
    who = decided_by(by, reason)
    if who.reason is None:
        raise UsageError(
            "--reason", "it is empty", remedy=("Give a reason, for whoever asks later")
        )
    db = existing(settings)
    with readable(settings) as reader:
        capture = queries.capture_named(reader, name)
        found = bearers(reader, capture["payload_digest"])
        first = pinning.something(first_record(reader))
        check_owner(reader)
    if found.done:  # and perhaps the file was not written anew then
        with writable(settings) as ledger:
            ledger.compact()
        show(_answer(capture, dict.fromkeys(("payload", *EMPTIED), 0), found), form, settings)
        return
    if not yes and not _confirmed(capture, found):
        complain("Nothing was erased")
        raise typer.Exit(1)
    pin = named(pinning.folder(), shown(db), first, None)
    redaction = Redaction(capture["id"], capture["payload_digest"], who.by, who.at, who.reason)
    with writable(settings) as ledger:
        erased = redact(ledger, redaction, pin.origin, signing_key(pinning.folder()))
    show(_answer(capture, erased, found), form, settings)


def _confirmed(capture: Row, found: "Bearers") -> bool:
    """Whether the user still wants it who was shown what loses its words, and what keeps them."""
    for line in (*_losing(found, "These would lose their words"), *_keeping(found)):
        typer.echo(visible(line), err=True)
    asked = f"Erase {capture['size']:,} bytes, and all words read from them? "
    try:
        return typer.confirm(f"{asked}This cannot be undone", err=True)
    except typer.Abort as error:  # standard input has ended, or it was Ctrl-C
        typer.echo(err=True)
        complain("Nothing was erased. To erase without being asked: --yes")
        raise typer.Exit(1) from error


_CALLED = {"claim": ("claim or heading", "claims and headings")}
"""What a kind of entry is called that has more in it than its name says."""


def _answer(capture: Row, erased: dict[str, int], found: "Bearers") -> Answer:
    item = {"capture": capture["id"], "digest": capture["payload_digest"], **erased}
    row = {
        **item,
        "captures": _ids(found.losing, "capture"),
        "articles": _ids(found.losing, "article"),
        "still_readable": _ids(found.keeping, "capture"),
    }
    gone = ", ".join(
        counted(number, *_CALLED.get(kind, (kind,)))
        for kind, number in erased.items()
        if kind != "payload"
    )
    said = f"Erased {counted(capture['size'], 'byte')}, and the words of {gone}."
    before = []
    if found.done:
        said = "Nothing of them is left in the database file."
        before = [
            (
                "its bytes had been redacted before: nothing was recorded, and the "
                "database file was rewritten"
            )
        ]
    return Answer(
        "journal-redact",
        [{**item, "losing": found.losing, "still_readable": found.keeping}],
        columns(*row),
        numbers(*erased),
        rows=[row],
        head=(
            said,
            *_losing(found, "These have lost their words"),
        ),
        closing="Backups and exports still have them. Make a checkpoint now: "
        "ledger journal checkpoint -o FILE",
        warnings=(*before, *_keeping(found)),
    )


def _losing(found: "Bearers", said: str) -> Iterator[str]:
    yield f"{said}:"
    yield from (f"    {_line(bearer)}" for bearer in found.losing)


def _keeping(found: "Bearers") -> Iterator[str]:
    for bearer in found.keeping:
        yield (
            f"Still readable: {_line(bearer)}. To erase it too: "
            f"ledger journal redact {bearer['capture'][:12]} --reason REASON"
        )


def _line(bearer: "Bearer") -> str:
    article = "no article"
    if bearer["article"] is not None:
        article = f"article {bearer['article'][:12]} {bearer['title'] or ''}".rstrip()
    captured = f"capture {bearer['capture'][:12]} of {bearer['captured_at']}"
    return one_line(f"{captured}, {bearer['url']}, {article}")


def _ids(bearers: "Sequence[Bearer]", kind: Literal["capture", "article"]) -> list[str]:
    return list(dict.fromkeys(id for bearer in bearers if (id := bearer[kind]) is not None))
