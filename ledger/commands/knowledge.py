"""`ledger outlets add` and `merge`: what people know of outlets."""

from collections.abc import Iterable, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger import queries
from ledger.commands.contradictions import contradictions, denied, in_words, saying_of, shared
from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.known_outlets import key_of, known_of, names_of, outlets_of, unknown
from ledger.commands.opening import begun, readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, Format, chosen, columns, show
from ledger.commands.settings import Settings, settings_of
from ledger.commands.withdrawals import moved_withdrawals
from ledger.commands.words import complain
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.entry import Entry
    from ledger.pipeline.facts import Facts
    from ledger.pipeline.tell import By
    from ledger.reader import Reader

Text = str | None

SHOWN_NOTES = 20
"""Of those about one answer."""

COLUMNS = (
    *columns("key", "name", "kind", "country", "owner"),
    Column("aliases", lambda item: list(item["aliases"])),
    *columns("since", "until", "recorded"),
)

OutletArgument = Annotated[
    str,
    typer.Argument(
        metavar="OUTLET", help="The outlet: its domain or key, or its name if it is known."
    ),
]


def add(
    ctx: typer.Context,
    outlet: OutletArgument,
    name: Annotated[Text, typer.Option(metavar="NAME", help="What it is called.")] = None,
    kind: Annotated[
        Text, typer.Option(metavar="KIND", help='A kind of outlet: "newspaper", "wire" ...')
    ] = None,
    country: Annotated[Text, typer.Option(help="Two letters.", metavar="CC")] = None,
    owner: Annotated[
        Text,
        typer.Option(
            metavar="NAME", help="Its ultimate owner; its own name if it belongs to nobody else."
        ),
    ] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further name, in any language. Repeatable."),
    ] = None,
    drop_alias: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name given earlier that is wrong. Repeatable."),
    ] = None,
    since: Annotated[
        Text,
        typer.Option(help="When this began to hold: 2019, 2019-05 or 2019-05-31.", metavar="DATE"),
    ] = None,
    until: Annotated[Text, typer.Option(help="When this stopped holding.", metavar="DATE")] = None,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Record what you know about an outlet.

    Example: ledger outlets add gazette.example --name "Harbour Gazette"

    It is recorded as your word, with who and why, beside what the registry says,
    and takes precedence over it. Facts you do not mention stay as they are; an
    empty value ("") says that a fact is not known. What held only until some day
    is kept as history and does not count today.
    """
    from ledger.pipeline.tell import tell

    settings, form = settings_of(ctx), chosen(format, json)
    who = decided_by(by, reason)
    typed = {"name": name, "kind": kind, "country": country, "owner": owner}
    period = {"since": since, "until": until}
    with begun(settings) as reader:
        key = key_of(reader, outlet)
        facts = _typed(key, outlet, {**typed, **period}, alias or (), drop_alias or (), who)
        known = known_of(reader, [key])
        telling = tell([facts], who, known)
        notes = contradictions(reader, [facts], known, who) + shared(reader, [facts])
        notes += read_before(reader, [facts])
    record(settings, telling.entries)
    item = told_item(facts, new=telling.new[0])
    with readable(settings) as reader:
        item["name"] = names_of(reader, [key]).get(key, key)
    head = (
        _line(item) if telling.new[0] else (f"{_line(item)} is already recorded; nothing was added")
    )
    say_all(notes if telling.new[0] else beside(form, head))
    show(Answer("outlets-add", [item], COLUMNS, head=(head,)), form, settings)


def _typed(
    key: str,
    outlet: str,
    values: "Mapping[str, str | None]",
    aliases: Sequence[str],
    dropped: Sequence[str],
    who: "By",
) -> "Facts":
    """What was typed of an outlet, named `outlet` there. Raises UsageError as `facts_of` does."""
    from ledger.pipeline.facts import WrongFactError, facts_of

    try:
        return facts_of(key, values, aliases, dropped, today=who.at.date().isoformat())
    except WrongFactError as error:
        subject = {"aliases": "--alias", "dropped": "--drop-alias", "facts": outlet}
        raise UsageError(
            subject.get(error.field, f"--{error.field}"), error.message, remedy=error.remedy
        ) from error


def merge(
    ctx: typer.Context,
    outlet: OutletArgument,
    into: Annotated[
        Text,
        typer.Argument(
            metavar="INTO", help="The outlet that it really is; leave it out with --undo."
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the merge back.")] = False,
    new: Annotated[
        bool, typer.Option("--new", help="Accept a domain that nothing is known about yet.")
    ] = False,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say that two outlets are really one.

    Example: ledger outlets merge oldname.example gazette.example

    They then count as one outlet and one voice: two domains of one publisher, or
    a site and its account on a platform, which count as two until you say so:
    ledger outlets merge x.com/ministry ministry.example
    Nothing is rewritten: --undo separates them again.

    A domain that nobody here cites and the registry does not know is refused, as
    it may be mistyped. If it will be cited later, add --new.
    """
    from ledger.pipeline import tell, voices
    from ledger.provenance import withdrawals

    settings, form = settings_of(ctx), chosen(format, json)
    who = decided_by(by, reason)
    if (into is None) != undo:
        raise UsageError(
            "INTO",
            "with --undo there is no second outlet" if undo else "the second outlet is missing",
            remedy="Leave the second outlet out"
            if undo
            else "Name the outlet to merge it into, or give --undo to take a merge back",
        )
    with readable(settings) as reader:
        keys = [key_of(reader, name) for name in (outlet, into or outlet)]
        strangers = [error for key in keys if (error := unknown(reader, key)) is not None]
        if strangers and not new:
            raise strangers[0]
        one, other = outlets_of(reader, keys)
        entries = tell.merge(one, other, who, queries.merges(reader))
        before = queries.sayings(reader, one.key)
        ends = {one.key, queries.merged(reader, one.key), other.key}
        withdrawn = withdrawals(reader, ends)
    notes = denied(before, saying_of("merge", {"into": other.key}, who), one.name)
    notes += [f"nothing recorded here comes from {error.name} so far" for error in strangers]
    if entries:
        with writable(settings) as ledger:
            voices.merge(ledger, entries, ends)
    with readable(settings) as reader:
        end = queries.merged(reader, one.key)
        names = names_of(reader, [end])
        notes += moved_withdrawals(withdrawn, withdrawals(reader, {*ends, end}, undone=True))
    item = {"key": one.key, "name": one.name, "into": end, "recorded": bool(entries)}
    alone = end == one.key
    done = (" again" if alone else "") if entries else " already; nothing was recorded"
    what = "stands for itself" if alone else f"is {names.get(end, end)} ({end})"
    head = f"{one.name} ({one.key}) {what}{done}"
    say_all(notes if entries else beside(form, head))
    shown = columns("key", "name", "into", "recorded")
    undone = (
        ""
        if alone or not entries
        else f"To take it back: ledger outlets merge {quote(one.key)} --undo"
    )
    show(Answer("outlets-merge", [item], shown, head=(head,), closing=undone), form, settings)


def record(settings: Settings, entries: Iterable["Entry"]) -> None:
    """Record entries together, if there are any."""
    entries = tuple(entries)
    if entries:
        with writable(settings) as ledger:
            ledger.append_entries(entries)


def read_before(reader: "Reader", told: Iterable["Facts"]) -> list[str]:
    """That articles were read without the names that are told now, where there are articles."""
    named = any(each.aliases or each.facts.get("name") for each in told)
    if not named or reader.row("SELECT 1 FROM article LIMIT 1") is None:
        return []
    return ["articles recorded before use the new name once they are ingested again"]


def told_item(facts: "Facts", *, new: bool) -> dict[str, Any]:
    """What was said, as an item of an answer; `new` where it was recorded."""
    said = facts.facts
    return {
        "key": facts.key,
        **{name: said.get(name) for name in ("name", "kind", "country", "owner")},
        "aliases": list(facts.aliases),
        "since": facts.since,
        "until": facts.until,
        "said": facts.said(),
        "recorded": new,
    }


def _line(item: Mapping[str, Any]) -> str:
    said = ", ".join(in_words(fact, value) for fact, value in item["said"].items())
    return f"{item['name']} ({item['key']}): {said}"


def beside(form: Format, head: str) -> tuple[str, ...]:
    """What is to be said of an answer in a form that does not print its head."""
    return () if form is Format.TABLE else (head,)


def say_all(notes: Sequence[str]) -> None:
    """Notes on stderr, the first of them where there are many."""
    for note in notes[:SHOWN_NOTES]:
        complain(f"note: {note}")
    if len(notes) > SHOWN_NOTES:
        complain(f"note: and {len(notes) - SHOWN_NOTES:,} more; each: ledger outlet OUTLET")
