"""`ledger trace`: one claim, followed to everything it rests on."""

from collections.abc import Iterator
from typing import Annotated

import typer

from ledger import queries
from ledger.commands.opening import readable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.words import counted
from ledger.provenance import Member, phrase
from ledger.queries import TracePage

app = typer.Typer()


@app.command("trace")
def trace(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="CLAIM", help="The first digits of its id, or words only it has."),
    ],
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """One claim: its groups, sources and outlets.

    All groups are needed; of each group one source is enough. TSV and CSV
    give one line per source, JSON gives everything.
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        page = queries.trace(reader, queries.claim_named(reader, name))
    answer = Answer(
        "trace",
        [page],
        columns("group", "named", "marker", "url", "outlet", "gap", "owner", "country", "kind"),
        rows=[member for group in page["groups"] for member in group],
        head=tuple(_page(page)),
        closing=f"Its article: ledger article {page['article'][:12]}",
    )
    show(answer, form, settings)


def _page(page: TracePage) -> Iterator[str]:
    yield page["exact"]
    yield ""
    where = (" › ".join(page["section"]), page["publisher"], page["published"])
    yield f"In: {page['title'] or page['url']}"
    yield f"    {page['url']}"
    if any(where):
        yield f"    {' · '.join(part for part in where if part)}"
    if not page["current"]:
        yield "    This is an earlier version of the article."
    yield f"Claim {page['id']} ({page['kind']})"
    for group, clause in zip(page["groups"], page["clauses"], strict=True):
        yield ""
        if clause:
            yield f"“{clause}”"
        yield from _group(group)
    if page["attributions"]:
        yield ""
        yield "Named in prose: " + ", ".join(
            f"{named['name']}" + ("" if named["outlet"] else " (no outlet we know)")
            for named in page["attributions"]
        )
    yield ""
    yield _strength(page)
    for reason in page["because"]:
        yield f"    {reason}"
    yield from _sets(page)
    yield from _counts(page)


def _sets(page: TracePage) -> Iterator[str]:
    """The smallest sets whose loss makes the claim fall, where the reasons above do not say it."""
    if not page["smallest"] or len(page["smallest"]) == len(page["smallest"][0]) == 1:
        return
    yield ""
    size = len(page["smallest"][0])
    yield f"It falls for certain without {'any one' if size == 1 else f'any {size} together'} of:"
    for names in page["smallest"]:
        yield f"    {phrase(names)}"
    if not page["smallest_complete"]:
        yield "    and others"


def _counts(page: TracePage) -> Iterator[str]:
    voices = page["voices"]
    if not page["groups"]:
        return
    yield ""
    counts = (
        counted(voices["addresses"], "address", "addresses"),
        counted(voices["outlets"], "outlet"),
        counted(voices["origins"], "origin"),
    )
    unknown = f", {voices['unknown']:,} not known" if voices["unknown"] else ""
    yield f"{phrase(counts)}{unknown}"
    low, high = page["owner_at_least"], page["owner_at_most"]
    if page["owner_resilience"] is not None:
        yield f"Counted by owner: {page['owner_resilience']}"
    elif low is not None:
        top = "more" if high is None else f"{high:,}"
        yield f"Counted by owner: {low:,} to {top}, because an owner or outlet is not known"


def _group(group: list[Member]) -> Iterator[str]:
    number = group[0]["group"]
    if number is None:
        yield "Named in prose, and not cited next to it"
    else:
        yield "One of these is enough:" if len(group) > 1 else "Nothing can stand in for this:"
    for member in group:
        if number is None:
            yield f"    {member['outlet'] or member['named']}"
            continue
        marker = f"[{member['marker']}]" if member["marker"] else "link"
        if member["gap"]:
            yield f"    {marker} leads nowhere: {member['gap']}"
        else:
            yield f"    {marker} {member['outlet'] or 'outlet not known'}  {member['url']}"
            if member["linked_by"]:
                why = f": {member['reason']}" if member["reason"] else ""
                yield f"        linked by {member['linked_by']}{why}"


def _strength(page: TracePage) -> str:
    if page["resilience"] == 1:
        return "It falls with one outlet:"
    if page["resilience"] is not None:
        return f"It falls only when {counted(page['resilience'], 'outlet')} are lost:"
    return (
        "How many outlets it rests on is not known:" if page["groups"] else "It rests on nothing:"
    )
