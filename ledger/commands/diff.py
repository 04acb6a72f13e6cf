"""`ledger diff`: two versions of an article, claim by claim."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from ledger.called import called
from ledger.commands.changed import show_changed
from ledger.commands.narrowing import told_aside
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption, filled
from ledger.commands.output import Answer, Column, Format, Item, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import OTHERWISE, counted
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.otherwise import Turn
    from ledger.queries.diff import DiffItem
    from ledger.queries.versions import Version
    from ledger.rewording import Piece

app = typer.Typer()

SHOWN_CHARACTERS = 60
"""Of what did not change, around a change, in a table."""


@app.command("diff")
def diff(
    ctx: typer.Context,
    article: Annotated[
        str | None, typer.Argument(metavar="ARTICLE", help="Id, address or file.")
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Compare the first version of every article with its current one."
        ),
    ] = False,
    earlier: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="VERSION",
            help=(
                "The earlier version: its number (1 is the first) or id. Default: the "
                "one before --to."
            ),
            callback=filled,
        ),
    ] = None,
    later: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="VERSION",
            help="The later version: its number or id. Default: the latest.",
            callback=filled,
        ),
    ] = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Compare two versions of an article, claim by claim.

    kept: the same words, wherever they now stand. reworded: shown with
    [-words removed-] and {+words added+}. other figures, other units, a "not"
    that came or went: reworded so that the claim says something else. gone,
    new: in one version only. Each comes with the sources that were lost and
    gained. A table shows only what changed; the other formats have all claims,
    and say in "says_otherwise" what makes one say something else.

    With --all, count this for every article, between its first version and its
    current one; articles whose claims now say something else come first. To see
    one in full: ledger diff ARTICLE --from 1.

    Exit status 1 when an outlet was dropped from a claim that is still there.
    """
    from ledger import queries
    from ledger.queries.diff import diff as compare
    from ledger.queries.versions import two_versions, versions

    settings, form = settings_of(ctx), chosen(format, json)
    if every:
        _refuse_beside_all(article, earlier, later)
        raise typer.Exit(show_changed(form, settings))
    if article is None:
        raise UsageError("diff", "name an article, or give --all", remedy="See: ledger articles")
    with readable(settings) as reader:
        known = versions(reader, queries.article_named(reader, article))
        old, new = two_versions(known, earlier, later)
        found = compare(reader, old["id"], new["id"])
        warnings = (*told_aside(reader, new["id"]), *_warnings(old, new))
    show(_answer(old, new, found, form, warnings), form, settings)
    if _dropped(found):
        raise typer.Exit(1)


def _refuse_beside_all(article: str | None, earlier: str | None, later: str | None) -> None:
    for name, given in (("ARTICLE", article), ("--from", earlier), ("--to", later)):
        if given is not None:
            raise UsageError(
                "--all",
                f"it compares the first version of every article with its last, without {name}",
                remedy="Give one of them",
            )


def _answer(
    old: "Version",
    new: "Version",
    found: "Sequence[DiffItem]",
    form: Format,
    warnings: tuple[str, ...],
) -> Answer:
    page = {
        "earlier": old,
        "later": new,
        "claims": [
            {**item, "words": [piece._asdict() for piece in item["words"]]} for item in found
        ],
        "dropped": _dropped(found),
    }
    return Answer(
        "diff",
        [page],
        (
            *columns("state", "earlier", "later", "likeness", "dropped", "lost", "gained"),
            *columns("before", "after", "figures_changed", "linked", "says_otherwise"),
        ),
        (
            Column("what", _what, short=True),
            Column("claim", lambda item: (item["later"] or item["earlier"])[:8], short=True),
            Column("says", _says),
            Column("sources", _leans),
        ),
        rows=[item for item in found if form is not Format.TABLE or _changed(item)],
        head=tuple(_head(old, new, found)),
        closing=_closing(found),
        warnings=warnings,
    )


def _changed(item: "DiffItem") -> bool:
    return item["state"] != "kept" or bool(item["lost"] or item["gained"])


class Dropped(TypedDict):
    """An outlet that claims which still stand have lost; `claims` are their ids in `later`."""

    outlet: str
    claims: list[str]


def _dropped(found: "Sequence[DiffItem]") -> list[Dropped]:
    """Outlets that were dropped, from the most claims first."""
    claims: dict[str, list[str]] = {}
    for item in found:
        for outlet in item["dropped"]:
            claims.setdefault(outlet, []).append(item["later"] or "")
    most = sorted(claims.items(), key=lambda each: (-len(each[1]), each[0]))
    return [Dropped(outlet=outlet, claims=ids) for outlet, ids in most]


def _head(old: "Version", new: "Version", found: "Sequence[DiffItem]") -> Iterator[str]:
    yield called(new["title"], new["url"])
    for version in (old, new):
        dates = f"captured {version['captured_at']}"
        if version["published"]:
            dates = f"published {version['published']}, {dates}"
        yield f"    version {version['number']}  {version['id'][:12]}  {dates}"
    if old["title"] != new["title"]:
        yield f"! the title was: {old['title'] or '(none)'}"
    for turn, ids in _turned(found).items():
        yield f"! {OTHERWISE[turn]} in {_claims(ids)}"
    for dropped in _dropped(found):
        yield f"! {dropped['outlet']} was dropped from {_claims(dropped['claims'])}"
    yield ""


def _turned(found: "Sequence[DiffItem]") -> "dict[Turn, list[str]]":
    """The claims that say something else than before, by what makes them do so."""
    claims: dict[Turn, list[str]] = {}
    for turn in OTHERWISE:
        if ids := [item["later"] or "" for item in found if turn in item["says_otherwise"]]:
            claims[turn] = ids
    return claims


def _claims(ids: Sequence[str]) -> str:
    return (
        f"{counted(len(ids), 'claim')} that still {'stands' if len(ids) == 1 else 'stand'}: "
        + ", ".join(id[:8] for id in ids[:5])
        + (" …" if len(ids) > 5 else "")
    )


def _closing(found: "Sequence[DiffItem]") -> str:
    states = Counter(item["state"] for item in found)
    words = ", ".join(f"{states[state]:,} {state}" for state in ("kept", "reworded", "gone", "new"))
    unchanged = sum(not _changed(item) for item in found)
    more = f" (not shown: {counted(unchanged, 'claim')} without any change)" if unchanged else ""
    turned = [f"{len(ids):,} with {OTHERWISE[turn]}" for turn, ids in _turned(found).items()]
    if turned:
        words = words.replace(" reworded", f" reworded ({', '.join(turned)})")
    return f"{words}{more}."


def _warnings(old: "Version", new: "Version") -> tuple[str, ...]:
    if old["extractor"] == new["extractor"]:
        return ()
    return (
        f"the versions were read by {old['extractor']} and {new['extractor']}: some "
        "differences may come from the reader, not from the page",
    )


def _what(item: Item) -> str:
    return ", ".join(OTHERWISE[turn] for turn in item["says_otherwise"]) or str(item["state"])


def _says(item: Item) -> str:
    if item["state"] == "reworded":
        return _marked(item["words"])
    return str(item["after"] or item["before"])


def _marked(words: "Sequence[Piece]") -> str:
    """The words with what went and came marked; long stretches of the same are cut."""
    shown = {"out": "[-{}-]", "in": "{{+{}+}}"}
    parts = [
        shown[piece.op].format(piece.text) if piece.op in shown else _cut(piece.text)
        for piece in words
    ]
    return "".join(parts)


def _cut(text: str) -> str:
    if len(text) <= 2 * SHOWN_CHARACTERS:
        return text
    return f"{text[:SHOWN_CHARACTERS]} … {text[-SHOWN_CHARACTERS:]}"


def _leans(item: Item) -> str:
    """What came and went, each so that nobody takes a person's link for a change of the page."""
    if item["state"] in ("gone", "new"):
        leads = "led" if item["state"] == "gone" else "leads"
        return "; ".join(
            _nowhere(each, leads) if each.startswith("[") else each
            for each in item["lost"] or item["gained"]
        )
    linked = item["linked"]
    changes = [_went(lead, linked) for lead in item["lost"] if not lead.startswith("[")]
    changes += [_came(lead, linked) for lead in item["gained"]]
    changes += [f"before, {_nowhere(each, 'led')}" for each in item["lost"] if each.startswith("[")]
    return "; ".join(changes)


def _went(lead: str, linked: Sequence[str]) -> str:
    return f"a person's link to {lead} was not carried over" if lead in linked else f"lost {lead}"


def _came(lead: str, linked: Sequence[str]) -> str:
    if lead.startswith("["):
        return _nowhere(lead, "leads")
    return f"a person linked {lead}" if lead in linked else f"gained {lead}"


def _nowhere(lead: str, leads: str) -> str:
    marker, _, gap = lead.rpartition(" ")
    return f"{marker} {leads} nowhere ({gap})"
