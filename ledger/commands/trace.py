"""`ledger trace`: one claim, followed to everything it rests on."""

from collections.abc import Iterator
from shlex import quote
from typing import Annotated

import typer

from ledger import queries
from ledger.called import called
from ledger.commands.descent import chain_lines, spread_lines
from ledger.commands.opening import readable
from ledger.commands.options import ClaimArgument, FormatOption, JsonOption
from ledger.commands.output import Answer, Format, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.withdrawals import copy_words, saying_words
from ledger.commands.words import counted
from ledger.export.wording import gap_meaning
from ledger.provenance import (
    Independence,
    Member,
    Withdrawal,
    addresses,
    behind_in_words,
    falls_with_a_story,
    phrase,
    refusal,
    retracted_words,
    whose,
)
from ledger.queries import TracePage

app = typer.Typer()

MAX_DEPTH = 50
"""Of a chain: longer ones are circles or curiosities."""


@app.command("trace")
def trace(
    ctx: typer.Context,
    name: ClaimArgument,
    depth: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=MAX_DEPTH,
            help="Also show what its sources lean on, and so on, down to N citations.",
        ),
    ] = None,
    spread: Annotated[
        bool, typer.Option("--spread", help="Also show who else says the same, the earliest first.")
    ] = False,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Show everything behind one claim: citations, sources and outlets.

    The claim needs each of its groups; one source of a group is enough. TSV and
    CSV give one line per source, JSON gives everything.

    --depth N goes on through the cited pages that have been read themselves
    (ledger ingest --follow reads them), to where the chain ends. Where a sentence
    of such a page says what the claim says, only the citations of that sentence
    are followed; otherwise all citations of the page.

    Example: ledger trace "closed until autumn" --depth 3
    """
    settings, form = settings_of(ctx), chosen(format, json)
    with readable(settings) as reader:
        claim = queries.claim_named(reader, name)
        page = queries.trace(reader, claim, depth=depth, others=spread)
    answer = Answer(
        "trace",
        [page],
        columns(
            *("group", "named", "marker", "url", "outlet", "gap", "owner", "country", "kind"),
            *("cited", "origin", "voice"),
        ),
        rows=[member for group in page["groups"] for member in group],
        head=tuple(_page(page)),
        closing=". ".join((f"Its article: ledger article {page['article'][:12]}", *_which(page))),
        warnings=tuple(_left_out(page)) if form in (Format.TSV, Format.CSV, Format.EXCEL) else (),
    )
    show(answer, form, settings)


def _which(page: TracePage) -> Iterator[str]:
    """How to say whom a name in prose means that several outlets bear."""
    borne = {each["named"] for group in page["groups"] for each in group if each["bearers"]}
    for name in sorted(name for name in borne if name):
        yield (
            f"To say which one {name} is: ledger outlets add DOMAIN --name {quote(name)}; then "
            "ingest the article again"
        )


def _left_out(page: TracePage) -> Iterator[str]:
    """What was asked for and does not fit into one line per source."""
    if page["chain"] is not None:
        pages = counted(len(page["chain"]["steps"]), "page")
        yield f"the chain below it ({pages}) is not in these lines: --json has it"
    if page["spread"] is not None:
        claims = counted(len(page["spread"]), "claim")
        yield f"who says the same ({claims}) is not in these lines: --json has it"


def _page(page: TracePage) -> Iterator[str]:
    yield page["exact"]
    yield ""
    where = (" › ".join(page["section"]), page["publisher"], page["published"])
    yield f"In: {called(page['title'], page['url'])}"
    yield f"    {page['url']}"
    if any(where):
        yield f"    {' · '.join(part for part in where if part)}"
    yield from _no_current(page)
    yield f"Claim {page['id']} ({page['kind']})"
    explained: set[str] = set()
    for group, clause in zip(page["groups"], page["clauses"], strict=True):
        yield ""
        if clause:
            yield f"“{clause}”"
        yield from _group(group, page, explained)
    # A name that stands above is not repeated, unless it is told whose it may be.
    above = {each["outlet"] for group in page["groups"] for each in group if each["group"] is None}
    others = [
        named for named in page["attributions"] if named["name"] not in above or not named["outlet"]
    ]
    if others:
        borne = {each["named"]: each["bearers"] for group in page["groups"] for each in group}
        yield ""
        yield "Named in prose: " + ", ".join(
            f"{named['name']}"
            + ("" if named["outlet"] else f" ({whose(borne.get(named['name'], ()))})")
            for named in others
        )
    yield ""
    yield _strength(page)
    for reason in _reasons(page):
        yield f"    {reason}"
    if page["citation_lost"]:
        yield "    ! a citation seems to have been stripped from it (citation-lost)"
    yield from _sets(page)
    if page["groups"]:
        yield from _behind(page["independence"])
        yield from _by_owner(page)
    if page["chain"] is not None:
        gone = {name for each in page["withdrawn"] for name in addresses(each)}
        copies = {each["url"] for each in page["copies"]}
        yield from chain_lines(page["chain"], gone, copies, page["says_retracted"])
    if page["spread"] is not None:
        yield from spread_lines(page["spread"], whole=page["spread_whole"])


def _no_current(page: TracePage) -> Iterator[str]:
    """Why the claim counts nowhere, where it does not."""
    if not page["current"]:
        yield "    This is an earlier version of the article."
    if page["set_aside"]:
        yield f"    This article is {page['set_aside']}."


def _sets(page: TracePage) -> Iterator[str]:
    """The smallest sets whose loss makes the claim fall, where the reasons above do not say it."""
    said = page["smallest_complete"] and len(page["smallest"]) == len(page["because"]) == 1
    if not page["smallest"] or said:
        return
    yield ""
    size = len(page["smallest"][0])
    yield f"It certainly falls without {'any one' if size == 1 else f'any {size} together'} of:"
    for names in page["smallest"]:
        yield f"    {phrase(names)}"
    if not page["smallest_complete"]:
        yield "    and others"


def _by_owner(page: TracePage) -> Iterator[str]:
    """How many owners must be lost, where that tells more than the outlets do."""
    owners, low, high = page["owner_resilience"], page["owner_at_least"], page["owner_at_most"]
    if page["resilience"] is None or owners == page["resilience"]:
        return
    if owners is not None:
        yield f"Counted by owner, it falls with {counted(owners, 'owner')}."
    elif low is not None:
        top = "" if high is None else f" and at most {high:,}"
        yield f"Counted by owner: at least {low:,}{top}, because an owner is not known."


def _behind(found: Independence) -> Iterator[str]:
    yield ""
    known = (found["addresses"], found["outlets"], found["origins"])
    yield f"Behind it: {behind_in_words(*known, found['unknown'])}."
    for once in found["because"]:
        yield f"    {once}"


def _group(group: list[Member], page: TracePage, explained: set[str]) -> Iterator[str]:
    """One group of what carries the claim; for `explained` see `_nowhere`."""
    number, gone = group[0]["group"], page["withdrawn"]
    if number is None:
        enough = ": one of these is enough" if len(group) > 1 else ""
        yield f"Named in prose, but not cited next to it{enough}"
    else:
        yield "One of these is enough:" if len(group) > 1 else "Nothing can stand in for this:"
    for member in group:
        if number is None:
            yield f"    {member['outlet'] or member['named']}"
            yield from _withdrawn(member, gone)
            continue
        marker = f"[{member['marker']}]" if member["marker"] else "link"
        if member["gap"]:
            yield from _nowhere(marker, member["gap"], explained)
        else:
            yield f"    {marker} {member['outlet'] or 'unknown outlet'}  {member['cited']}"
            if member["linked_by"]:
                why = f": {member['reason']}" if member["reason"] else ""
                yield f"        linked by {member['linked_by']}{why}"
            if member["source"] in page["merged"]:
                yield f"        {page['merged'][member['source']]} was merged into it"
            for url in member["read_as"]:
                yield f"        ! the reference list leads [{member['marker']}] to {url}"
            if refused := refusal(page["asked"].get(member["source"] or ""), member["cited"]):
                yield f"        ! {refused}"
            if words := page["says_retracted"].get(member["source"] or ""):
                yield f"        ! {retracted_words(words, member['url'] or '')}"
            yield from _withdrawn(member, gone)
            yield from (
                f"        ! {copy_words(each)}"
                for each in page["copies"]
                if each["source"] == member["source"]
            )


def _nowhere(marker: str, reason: str, explained: set[str]) -> Iterator[str]:
    """A gap, with what its reason means, which is then one of those `explained` above."""
    yield f"    {marker} leads nowhere: {reason}"
    if reason not in explained:
        explained.add(reason)
        yield f"        {gap_meaning(reason)}"


def _withdrawn(member: Member, gone: list[Withdrawal]) -> Iterator[str]:
    for each in gone:
        if {member["url"], member["key"], member["origin"]}.intersection(addresses(each)):
            whose = "the outlet is " if each["kind"] == "outlet" else ""
            if whose and each["key"] != member["key"]:
                whose = f"{each['name']}, whose words it carries, is "
            elif member["url"] in each["also_at"]:
                whose = f"{each['name']}, which is the same page, is "
            yield f"        ! {whose}{saying_words(each)}"


def _reasons(page: TracePage) -> list[str]:
    if page["covered_by"] is None:
        return page["because"]
    return [
        "It has no citation of its own; those that close its paragraph may cover it too:",
        f"ledger trace {page['covered_by'][:12]}",
    ]


def _strength(page: TracePage) -> str:
    if page["covered_by"] is not None:
        return "It is covered at most, which is weaker than cited:"
    if falls_with_a_story(page["resilience"], page["groups"]):
        return "It falls with one story, but not with any single outlet that prints it:"
    if page["resilience"] == 1:
        return "It falls with one outlet:"
    if page["resilience"] is not None:
        return f"It falls only when {counted(page['resilience'], 'outlet')} are lost:"
    if page["at_most"] is not None:
        between = f"{page['at_least']:,} to {page['at_most']:,}"
        return f"It rests on {between} outlets; on how many is not known:"
    return (
        "It is not known how many outlets it rests on:"
        if page["groups"]
        else "It rests on nothing:"
    )
