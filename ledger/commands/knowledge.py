"""`ledger outlets add`, `merge` and `import`: what people know of outlets."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from ledger import queries
from ledger.commands.opening import readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, chosen, columns, show
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain, counted
from ledger.errors import NotFoundError, UsageError
from ledger.queries import Saying

if TYPE_CHECKING:
    from ledger.model import Entry, Outlet
    from ledger.names import Names
    from ledger.pipeline.facts import Facts
    from ledger.pipeline.tell import By, Known
    from ledger.reader import Reader

_Text = str | None
STDIN = "-"

OutletArgument = Annotated[
    str, typer.Argument(metavar="OUTLET", help="Its domain or key, or the name of a known one.")
]
ReasonOption = Annotated[
    str | None, typer.Option(help="Why you say so; it is recorded.", show_default=False)
]
ByOption = Annotated[
    str | None,
    typer.Option(envvar="LEDGER_USER", help="Who says so. Default: your user name."),
]


def add(
    ctx: typer.Context,
    outlet: OutletArgument,
    name: Annotated[_Text, typer.Option(help="What it is called.", show_default=False)] = None,
    kind: Annotated[
        _Text, typer.Option(help='A kind of outlet: "newspaper", "wire" ...', show_default=False)
    ] = None,
    country: Annotated[
        _Text, typer.Option(help="Two letters.", metavar="CC", show_default=False)
    ] = None,
    owner: Annotated[_Text, typer.Option(help="Whose it is.", show_default=False)] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option(help="A further name, in any language. Repeatable.", show_default=False),
    ] = None,
    drop_alias: Annotated[
        list[str] | None,
        typer.Option(help="A name told before that it has not. Repeatable.", show_default=False),
    ] = None,
    since: Annotated[
        _Text,
        typer.Option(help="From when this holds: 2019, 2019-05 or 2019-05-31.", metavar="DATE"),
    ] = None,
    until: Annotated[
        _Text, typer.Option(help="From when this holds no more.", metavar="DATE")
    ] = None,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say what you know of an outlet.

    It is recorded as yours, with who and why, beside what the registry knows, and stands over it.
    What you do not say stays as it is; an empty value ("") says that it is not known. What held
    until some day is kept as history and counts in no answer about now.
    """
    from ledger.pipeline.facts import WrongFactError, facts_of
    from ledger.pipeline.tell import tell

    settings, form = settings_of(ctx), chosen(format, json)
    who = _by(by, reason)
    typed = {"name": name, "kind": kind, "country": country, "owner": owner}
    with readable(settings) as reader:
        key = _key(reader, outlet)
        try:
            facts = facts_of(
                key,
                {**typed, "since": since, "until": until},
                alias or (),
                drop_alias or (),
                today=who.at.date().isoformat(),
            )
        except WrongFactError as error:
            subject = {"aliases": "--alias", "dropped": "--drop-alias", "facts": outlet}
            raise UsageError(
                subject.get(error.field, f"--{error.field}"), error.message, remedy=error.remedy
            ) from error
        known = _known(reader, [key])
        telling = tell([facts], who, known)
        notes = _contradictions(reader, [facts], known, who)
    _record(settings, telling.entries)
    item = _told(facts, new=telling.new[0])
    with readable(settings) as reader:
        item["name"] = _names(reader, [key]).get(key, key)
    head = _line(item) if telling.new[0] else f"{_line(item)} stands so already; nothing recorded"
    _say_all(notes if telling.new[0] else ())
    show(Answer("outlets-add", [item], _COLUMNS, head=(head,)), form, settings)


def merge(
    ctx: typer.Context,
    outlet: OutletArgument,
    into: Annotated[
        str, typer.Argument(metavar="INTO", help="Which it is; itself takes a merge back.")
    ],
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say that an outlet is another one.

    Two domains of one publisher then count as one voice, and one outlet. Nothing is rewritten:
    to take it back, merge the outlet into itself.
    """
    from ledger.pipeline import tell

    settings, form = settings_of(ctx), chosen(format, json)
    who = _by(by, reason)
    with readable(settings) as reader:
        keys = [_key(reader, outlet), _key(reader, into)]
        one, other = _outlets(reader, keys)
        entries = tell.merge(one, other, who, queries.merges(reader))
        before = queries.sayings(reader, one.key)
    notes = _denied(before, _saying("merge", {"into": other.key}, who), one.name)
    _record(settings, entries)
    with readable(settings) as reader:
        end = queries.merged(reader, one.key)
        names = _names(reader, [end])
    item = {"key": one.key, "name": one.name, "into": end, "recorded": bool(entries)}
    head = f"{one.name} ({one.key}) is {names.get(end, end)} ({end})"
    if end == one.key:
        head = f"{one.name} ({one.key}) is no other outlet"
    _say_all(notes if entries else ())
    head += "" if entries else " already; nothing recorded"
    shown = columns("key", "name", "into", "recorded")
    show(Answer("outlets-merge", [item], shown, head=(head,)), form, settings)


def import_file(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV or JSON, or - for standard input.", allow_dash=True
        ),
    ],
    rating: Annotated[
        _Text,
        typer.Option(
            help="It is a list of ratings, and this is its name: columns outlet and value.",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it, record nothing.")] = False,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a file knows of outlets, all of it or nothing.

    Columns: domain (or key), and any of name, kind, country, owner, aliases (with | between them),
    since, until. An empty cell leaves a fact as it is. A file that is read again records nothing.
    With --rating it is a list of your own; what was imported last under its name is the list.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    who = _by(by, reason)
    if rating is not None:
        items, entries, notes = _rated(settings, file, rating, who)
    else:
        items, entries, notes = _read(settings, file, who)
    if not dry_run:
        _record(settings, entries)
    new = sum(bool(item["recorded"]) for item in items)
    closing = (
        f"{counted(len(items), 'row')}: {new:,} recorded, {len(items) - new:,} stood so already."
    )
    if dry_run:
        closing = (
            f"{counted(len(items), 'row')}: {new:,} would be recorded. Nothing was: --dry-run."
        )
        items = [{**item, "recorded": False} for item in items]
    _say_all(notes)
    shown = columns("list", "key", "value", "recorded") if rating is not None else _COLUMNS
    show(Answer("outlets-import", items, shown, head=(closing,)), form, settings)


_COLUMNS = (
    *columns("key", "name", "kind", "country", "owner"),
    Column("aliases", lambda item: list(item["aliases"])),
    *columns("since", "until", "recorded"),
)


def _read(
    settings: Settings, file: Path, who: "By"
) -> tuple[list[dict[str, Any]], Sequence["Entry"], list[str]]:
    from ledger.pipeline.outlet_file import read_facts
    from ledger.pipeline.tell import tell

    with readable(settings) as reader, _opened(file) as stream:
        today = who.at.date().isoformat()
        said = read_facts(stream, _shown(file), lambda cell: _key(reader, cell), today=today)
        keys = list(dict.fromkeys(facts.key for facts in said))
        known = _known(reader, keys)
        telling = tell(said, who, known)
        new = [facts for facts, each in zip(said, telling.new, strict=True) if each]
        notes = _contradictions(reader, new, known, who)
    items = [_told(facts, new=each) for facts, each in zip(said, telling.new, strict=True)]
    return items, telling.entries, notes


def _rated(
    settings: Settings, file: Path, name: str, who: "By"
) -> tuple[list[dict[str, Any]], Sequence["Entry"], list[str]]:
    from ledger.pipeline.facts import WrongFactError, text_of
    from ledger.pipeline.outlet_file import read_ratings
    from ledger.pipeline.tell import rate

    try:
        name = text_of("rating", name)
    except WrongFactError as error:
        raise UsageError("--rating", error.message, remedy=error.remedy) from error
    if not name or "=" in name:
        raise UsageError("--rating", "this is no name of a list", remedy="Give one without =")
    with readable(settings) as reader, _opened(file) as stream:
        values = read_ratings(stream, _shown(file), lambda cell: _key(reader, cell))
        before = queries.rated(reader, name)
    entries = rate(name, values, who, before)
    items = [
        {"list": name, "key": key, "value": value, "recorded": bool(entries)}
        for key, value in values.items()
    ]
    changed = sum(before[key] != value for key, value in values.items() if key in before)
    gone = len(before.keys() - values.keys())
    notes = []
    if changed or gone:
        notes.append(
            f"the list {name} said otherwise of {counted(changed, 'outlet')}, and named "
            f"{counted(gone, 'outlet')} more; this one stands"
        )
    return items, entries, notes


def _by(by: str | None, reason: str | None) -> "By":
    from ledger.commands.link import user
    from ledger.pipeline.tell import By

    return By((by or "").strip() or user(), datetime.now(UTC), (reason or "").strip() or None)


def _record(settings: Settings, entries: Iterable["Entry"]) -> None:
    entries = tuple(entries)
    if entries:
        with writable(settings) as ledger:
            ledger.append_entries(entries)


def _key(reader: "Reader", text: str) -> str:
    """The key of the outlet that is meant; of a domain nobody knows, the one it gives.

    Raises:
        NotFoundError: It is no domain, and no outlet or several are called so.
        UsageError: It is an address with a name and password, or too long.
    """
    from ledger import outlets, urls

    text = text.strip()
    if urls.redact(text) != text or len(text) > _LONGEST:
        raise UsageError(urls.redact(text)[:80], "this names no outlet", remedy="Give its domain")
    if "." in text and not any(char.isspace() for char in text):
        found = outlets.outlet_of(text if "://" in text else f"https://{text}")
        if found is not None:
            return found.key
    try:
        return queries.outlet_named(reader, text, merged=False)
    except NotFoundError as error:
        if error.candidates:
            raise
        raise NotFoundError(
            text,
            "no outlet is called so",
            remedy="Give the domain of one that nobody knows yet: example.org",
        ) from error


_LONGEST = 2000
"""Characters of what names an outlet: an address."""


def _known(reader: "Reader", keys: Sequence[str]) -> "Known":
    from ledger.pipeline.tell import Known

    told: dict[str, list[Outlet]] = {}
    for row in queries.told_of(reader, keys):
        told.setdefault(row["key"], []).append(_entry(row))
    return Known({row["key"]: _entry(row) for row in queries.current_outlets(reader, keys)}, told)


def _entry(row: Mapping[str, Any]) -> "Outlet":
    from ledger.model import Outlet
    from ledger.tables import content_of

    return Outlet.model_validate(content_of("outlet", row))


def names_told(settings: Settings) -> "Names":
    """The names by which this ledger knows outlets in prose."""
    from ledger.names import Names

    with readable(settings) as reader:
        return Names([_entry(row) for row in queries.told(reader)])


def _outlets(reader: "Reader", keys: Sequence[str]) -> list["Outlet"]:
    """What is known of these outlets here, or else in the registry."""
    from ledger.pipeline.tell import registered

    known = _known(reader, keys).current
    return [known.get(key) or registered(key) for key in keys]


def _names(reader: "Reader", keys: Sequence[str]) -> dict[str, str]:
    return {row["key"]: row["name"] for row in queries.current_outlets(reader, keys)}


def _contradictions(
    reader: "Reader", said: Sequence["Facts"], known: "Known", who: "By"
) -> list[str]:
    """Whom all this contradicts, and in what."""
    notes = []
    for facts in said:
        if facts.key in known.told:
            name = known.told[facts.key][-1].name
            before = queries.sayings(reader, facts.key)
            notes += _denied(before, _saying("outlet", facts.said(), who), name)
    return notes


def _saying(verb: str, said: Mapping[str, object], who: "By") -> Saying:
    return Saying(
        verb=verb,
        by=who.by,
        at=who.at.isoformat(),
        reason=who.reason,
        said=dict(said),
        overruled=[],
    )


def _denied(before: Sequence[Saying], saying: Saying, name: str) -> list[str]:
    notes = []
    for fact, earlier in queries.contradicted(before, saying):
        why = f": {earlier['reason']}" if earlier["reason"] else ""
        notes.append(
            f"{earlier['by']} said on {earlier['at'][:10]} of {name}: "
            f"{words(fact, earlier['said'][fact])}{why}. What is said now stands: "
            f"{words(fact, saying['said'][fact])}"
        )
    return notes


def words(fact: str, value: object) -> str:
    """One thing that was said, for people: "owner A", "owner not known"."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    head = {"into": "is", "aliases": "also called", "dropped": "not called"}.get(fact, fact)
    return f"{head} {'not known' if value is None else value}"


def _told(facts: "Facts", *, new: bool) -> dict[str, Any]:
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
    said = ", ".join(words(fact, value) for fact, value in item["said"].items())
    return f"{item['name']} ({item['key']}): {said}"


def _say_all(notes: Sequence[str]) -> None:
    for note in notes[:_SHOWN_NOTES]:
        complain(f"note: {note}")
    if len(notes) > _SHOWN_NOTES:
        complain(f"note: and {len(notes) - _SHOWN_NOTES:,} more; each: ledger outlet OUTLET")


_SHOWN_NOTES = 20


def _shown(file: Path) -> str:
    return "standard input" if str(file) == STDIN else str(file)


def _opened(file: Path) -> BinaryIO:
    if str(file) == STDIN:
        return sys.stdin.buffer
    try:
        return file.open("rb")
    except OSError as error:
        raise UsageError(str(file), f"it cannot be read: {error.strerror}") from error
