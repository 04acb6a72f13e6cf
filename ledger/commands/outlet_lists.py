"""`ledger outlets import`: a file of what is known of outlets, or a list of ratings."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from ledger import queries
from ledger.commands.contradictions import contradictions, shared
from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.inputs import STDIN, shown
from ledger.commands.knowledge import (
    COLUMNS,
    Text,
    beside,
    read_before,
    record,
    say_all,
    told_item,
)
from ledger.commands.known_outlets import key_of, known_of, strangers
from ledger.commands.opening import begun, readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.errors import UsageError, unreadable

if TYPE_CHECKING:
    from ledger.entry import Entry
    from ledger.pipeline.tell import By
    from ledger.reader import Reader


def import_file(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV or JSON, or - for standard input.", allow_dash=True
        ),
    ],
    rating: Annotated[
        Text,
        typer.Option(
            help=(
                "The file is a list of ratings (columns outlet and value); this is the "
                "name of the list."
            ),
            metavar="NAME",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the file, but record nothing.")
    ] = False,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Import a list of outlets or ratings from a file, all of it or nothing.

    Columns: domain (or key), and any of name, kind, country, owner, aliases
    (with | between them), since, until. An empty cell leaves a fact as it is.
    Reading the same file again records nothing. With --rating NAME the file is a
    list of your own ratings, with the columns outlet and value; importing another
    file under the same name replaces the list.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    who = decided_by(by, reason)
    opened = readable if dry_run else begun
    if rating is not None:
        with _opened(file) as stream, opened(settings) as reader:
            items, entries, notes = _rated(reader, stream, shown(file), rating, who)
    else:
        with _opened(file) as stream, opened(settings) as reader:
            items, entries, notes = _read(reader, stream, shown(file), who)
    if not dry_run:
        record(settings, entries)
    new = sum(bool(item["recorded"]) for item in items)
    closing = (
        f"{counted(len(items), 'row')}: {new:,} recorded, {len(items) - new:,} already recorded."
    )
    if dry_run:
        closing = (
            f"{counted(len(items), 'row')}: {new:,} would be recorded; nothing was (--dry-run)."
        )
        items = [{**item, "recorded": False} for item in items]
    say_all(notes if new else [*notes, *beside(form, closing)])
    told = columns("list", "key", "value", "recorded") if rating is not None else COLUMNS
    show(Answer("outlets-import", items, told, head=(closing,)), form, settings)


def _read(
    reader: "Reader", stream: BinaryIO, file: str, who: "By"
) -> tuple[list[dict[str, Any]], Sequence["Entry"], list[str]]:
    from ledger.pipeline.outlet_file import read_facts
    from ledger.pipeline.tell import tell

    today = who.at.date().isoformat()
    said = read_facts(stream, file, lambda cell: key_of(reader, cell), today=today)
    keys = list(dict.fromkeys(facts.key for facts in said))
    known = known_of(reader, keys)
    telling = tell(said, who, known)
    new = [facts for facts, each in zip(said, telling.new, strict=True) if each]
    notes = contradictions(reader, new, known, who) + shared(reader, new)
    notes += read_before(reader, new)
    items = [told_item(facts, new=each) for facts, each in zip(said, telling.new, strict=True)]
    return items, telling.entries, notes


def _rated(
    reader: "Reader", stream: BinaryIO, file: str, name: str, who: "By"
) -> tuple[list[dict[str, Any]], Sequence["Entry"], list[str]]:
    from ledger.pipeline.facts import WrongFactError, text_of
    from ledger.pipeline.outlet_file import read_ratings
    from ledger.pipeline.tell import rate

    try:
        name = text_of("rating", name)
    except WrongFactError as error:
        raise UsageError("--rating", error.message, remedy=error.remedy) from error
    if not name:
        raise UsageError("--rating", "it is empty", remedy="Say what the list is called")
    if "=" in name:
        raise UsageError(
            "--rating", "this cannot be the name of a list", remedy="Give one without ="
        )
    values = read_ratings(stream, file, lambda cell: key_of(reader, cell))
    before = queries.rated(reader, name)
    entries = rate(name, values, who, before)
    items = [
        {"list": name, "key": key, "value": value, "recorded": bool(entries)}
        for key, value in values.items()
    ]
    changed = sum(before[key] != value for key, value in values.items() if key in before)
    gone = len(before.keys() - values.keys())
    notes = []
    otherwise = f"said otherwise of {counted(changed, 'outlet')}" if changed else ""
    dropped = f"rated {counted(gone, 'outlet')} more, whose ratings are dropped" if gone else ""
    if entries:
        notes += strangers(reader, values)
    if changed or gone:
        told = " and ".join(filter(None, (otherwise, dropped)))
        notes.append(f"the list {name} {told}: this one replaces it")
    return items, entries, notes


def _opened(file: Path) -> BinaryIO:
    if str(file) == STDIN:
        return sys.stdin.buffer
    try:
        return file.open("rb")
    except OSError as error:
        raise unreadable(str(file), error) from error
