"""`ledger outlets add` and `merge`: what people know of outlets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger import queries
from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.opening import readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, Column, Format, chosen, columns, show
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import complain
from ledger.errors import NotFoundError, UsageError
from ledger.queries import Saying

if TYPE_CHECKING:
    from ledger.entry import Entry
    from ledger.model import Outlet
    from ledger.names import Names
    from ledger.pipeline.facts import Facts
    from ledger.pipeline.tell import By, Known
    from ledger.reader import Reader

Text = str | None

OutletArgument = Annotated[
    str, typer.Argument(metavar="OUTLET", help="Its domain or key, or the name of a known one.")
]


def add(
    ctx: typer.Context,
    outlet: OutletArgument,
    name: Annotated[Text, typer.Option(help="What it is called.", show_default=False)] = None,
    kind: Annotated[
        Text, typer.Option(help='A kind of outlet: "newspaper", "wire" ...', show_default=False)
    ] = None,
    country: Annotated[
        Text, typer.Option(help="Two letters.", metavar="CC", show_default=False)
    ] = None,
    owner: Annotated[Text, typer.Option(help="Whose it is.", show_default=False)] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option(help="A further name, in any language. Repeatable.", show_default=False),
    ] = None,
    drop_alias: Annotated[
        list[str] | None,
        typer.Option(help="A name told before that it has not. Repeatable.", show_default=False),
    ] = None,
    since: Annotated[
        Text,
        typer.Option(help="From when this holds: 2019, 2019-05 or 2019-05-31.", metavar="DATE"),
    ] = None,
    until: Annotated[
        Text, typer.Option(help="From when this holds no more.", metavar="DATE")
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
    who = decided_by(by, reason)
    typed = {"name": name, "kind": kind, "country": country, "owner": owner}
    with readable(settings) as reader:
        key = key_of(reader, outlet)
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
        known = known_of(reader, [key])
        telling = tell([facts], who, known)
        notes = contradictions(reader, [facts], known, who) + shared(reader, [facts])
    record(settings, telling.entries)
    item = told_item(facts, new=telling.new[0])
    with readable(settings) as reader:
        item["name"] = _names(reader, [key]).get(key, key)
    head = _line(item) if telling.new[0] else f"{_line(item)} stands so already; nothing recorded"
    say_all(notes if telling.new[0] else beside(form, head))
    show(Answer("outlets-add", [item], COLUMNS, head=(head,)), form, settings)


def merge(
    ctx: typer.Context,
    outlet: OutletArgument,
    into: Annotated[
        str, typer.Argument(metavar="INTO", help="Which it is; itself takes a merge back.")
    ],
    new: Annotated[
        bool, typer.Option("--new", help="Also domains of which nothing is known here yet.")
    ] = False,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say that an outlet is another one.

    Two domains of one publisher then count as one voice, and one outlet. Nothing is rewritten:
    to take it back, merge the outlet into itself.

    A domain that nobody here cites, and the registry does not know, is refused, as it may be
    mistyped; --new records it, for pages that will be cited.
    """
    from ledger.pipeline import tell, voices

    settings, form = settings_of(ctx), chosen(format, json)
    who = decided_by(by, reason)
    with readable(settings) as reader:
        keys = [key_of(reader, name) for name in (outlet, into)]
        unknown = [error for key in keys if (error := _unknown(reader, key)) is not None]
        if unknown and not new:
            raise unknown[0]
        one, other = _outlets(reader, keys)
        entries = tell.merge(one, other, who, queries.merges(reader))
        before = queries.sayings(reader, one.key)
        ends = {one.key, queries.merged(reader, one.key), other.key}
    notes = _denied(before, _saying("merge", {"into": other.key}, who), one.name)
    notes += [f"nothing recorded here is of {error.name} so far" for error in unknown]
    if entries:
        with writable(settings) as ledger:
            voices.merge(ledger, entries, ends)
    with readable(settings) as reader:
        end = queries.merged(reader, one.key)
        names = _names(reader, [end])
    item = {"key": one.key, "name": one.name, "into": end, "recorded": bool(entries)}
    head = f"{one.name} ({one.key}) is {names.get(end, end)} ({end})"
    if end == one.key:
        head = f"{one.name} ({one.key}) is no other outlet"
    head += "" if entries else " already; nothing recorded"
    say_all(notes if entries else beside(form, head))
    shown = columns("key", "name", "into", "recorded")
    show(Answer("outlets-merge", [item], shown, head=(head,)), form, settings)


COLUMNS = (
    *columns("key", "name", "kind", "country", "owner"),
    Column("aliases", lambda item: list(item["aliases"])),
    *columns("since", "until", "recorded"),
)


def record(settings: Settings, entries: Iterable["Entry"]) -> None:
    """Record entries together, if there are any."""
    entries = tuple(entries)
    if entries:
        with writable(settings) as ledger:
            ledger.append_entries(entries)


def key_of(reader: "Reader", text: str) -> str:
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


def _unknown(reader: "Reader", key: str) -> NotFoundError | None:
    """What to say of an outlet that is neither recorded nor registered; None of any other."""
    try:
        queries.outlet_named(reader, key, merged=False)
    except NotFoundError as error:
        ask = "Did you mean one of these? " if error.candidates else ""
        return NotFoundError(
            key,
            "nothing here is of this domain, and it is not in the registry",
            candidates=error.candidates,
            remedy=f"{ask}If it is right, and will be cited: --new",
        )
    return None


_LONGEST = 2000
"""Characters of what names an outlet: an address."""


def known_of(reader: "Reader", keys: Sequence[str]) -> "Known":
    """What is recorded of these outlets, and what people said of them."""
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

    known = known_of(reader, keys).current
    return [known.get(key) or registered(key) for key in keys]


def _names(reader: "Reader", keys: Sequence[str]) -> dict[str, str]:
    return {row["key"]: row["name"] for row in queries.current_outlets(reader, keys)}


def contradictions(
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


def shared(reader: "Reader", said: Sequence["Facts"]) -> list[str]:
    """Who else is called as these outlets are to be."""
    given = [
        (facts.key, name)
        for facts in said
        for name in (facts.facts.get("name"), *facts.aliases)
        if name
    ]
    notes = []
    for name, others in queries.shared_names(reader, given):
        who = f"{others[0]} is" if len(others) == 1 else f"{len(others):,} other outlets are"
        notes.append(
            f"{who} called {name}, too: name each by its domain, or merge those that are one"
        )
    return notes


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
    said = ", ".join(words(fact, value) for fact, value in item["said"].items())
    return f"{item['name']} ({item['key']}): {said}"


def beside(form: Format, head: str) -> tuple[str, ...]:
    """What is to be said of an answer in a form that does not print its head."""
    return () if form is Format.TABLE else (head,)


def say_all(notes: Sequence[str]) -> None:
    """Notes on stderr, the first of them where there are many."""
    for note in notes[:_SHOWN_NOTES]:
        complain(f"note: {note}")
    if len(notes) > _SHOWN_NOTES:
        complain(f"note: and {len(notes) - _SHOWN_NOTES:,} more; each: ledger outlet OUTLET")


_SHOWN_NOTES = 20
