"""Claims as rows: the columns that every list of claims shares."""

from collections.abc import Sequence
from operator import itemgetter

from ledger import queries
from ledger.called import placed
from ledger.commands.options import limit_for
from ledger.commands.output import Column, Format, Item, columns
from ledger.commands.words import counted, trimmed
from ledger.forms import IDLE
from ledger.provenance import (
    Member,
    carriers,
    falls_with_a_story,
    members,
)
from ledger.queries import ClaimItem
from ledger.queries.names import Numbered
from ledger.reader import Reader

CLAIM_COLUMNS = (
    *columns("id", "article", "kind", "resilience", "outlets"),
    Column("citations", lambda claim: [_leads_to(each) for each in _cited(claim)]),
    Column("attributions", lambda claim: [named["name"] for named in claim["attributions"]]),
    *columns("section", "exact", "title", "url", "falls_with", "leans_on", "citation_lost"),
)
"""For TSV and CSV: complete, apart from links by which nothing is cited; those are in JSON."""


def told(
    reader: Reader, claims: Sequence[ClaimItem], form: Format, owners: int | None = None
) -> tuple[Item, ...]:
    """The claims, each with what it falls with, in words.

    And with what it leans on: in a table always, else where its outlets alone do not say why it
    falls, several of them at once, or one that prints the words of another. `owners`: how many it
    falls with, where outlets were asked about by their owners. `citation_lost` says that a
    citation seems to have been stripped from it.
    """
    from ledger.queries.lost import lost_citations

    lost = lost_citations(reader, (each["article"] for each in claims))
    asked = [each["id"] for each in claims if form is Format.TABLE or _is_more_than_outlets(each)]
    groups = members(reader, asked) if asked else {}
    return tuple(
        {
            **claim,
            "falls_with": counted(owners, "owner")
            if owners
            else strength(claim, groups.get(claim["id"])),
            "leans_on": carriers(groups[claim["id"]]) if claim["id"] in groups else None,
            "citation_lost": claim["id"] in lost,
        }
        for claim in claims
    )


def _is_more_than_outlets(claim: ClaimItem) -> bool:
    """Whether a claim that several outlets carry falls at once, or a page prints others' words."""
    if claim["resilience"] == 1 and len(claim["outlets"]) > 1:
        return True
    return any(
        each["origin"] is not None and each["form"] not in IDLE for each in claim["citations"]
    )


def at_a_glance(
    claims: Sequence[ClaimItem], form: Format, limit: int | None
) -> Sequence[ClaimItem]:
    """At most as many as was asked for, else as a table shows; every other form has all."""
    return claims[: limit_for(limit, form)]


def ids(
    reader: Reader, kind: Numbered, rows: Sequence[Item], form: Format, key: str = "id"
) -> Column:
    """For people: ids that are in the rows as `key`, each only as long as tells what it names."""
    every = [row[key] for row in rows] if form is Format.TABLE else []
    short = queries.short_ids(reader, kind, every)
    return Column(kind, lambda row: short[row[key]], short=True)


def in_articles(reader: Reader, rows: Sequence[Item], form: Format) -> tuple[Column, ...]:
    """For people: in which article a claim is; nothing where the ledger has only one."""
    if form is not Format.TABLE or not queries.has_several_articles(reader):
        return ()
    return (ids(reader, "article", rows, form, "article"),)


def glance(
    reader: Reader, claims: Sequence[Item], form: Format, *, article: str | None = None
) -> tuple[Column, ...]:
    """For people: a short id, the sentence, what carries it, and what it takes to fell it.

    `claims` as from `told`. And the article, but where it is `article` for all.
    """
    where = () if article else in_articles(reader, claims, form)
    return (
        ids(reader, "claim", claims, form),
        Column("says", lambda claim: trimmed(placed(claim["exact"], claim["section"]))),
        Column("leans on", lambda claim: claim["leans_on"] or _kind(claim)),
        Column("falls with", itemgetter("falls_with"), number=True, short=True),
        *where,
    )


def _kind(claim: Item) -> str:
    return f"{claim['kind']}: citation stripped?" if claim["citation_lost"] else str(claim["kind"])


def strength(claim: Item, groups: Sequence[list[Member]] | None) -> str:
    """How many outlets must be lost before it falls: a number, "?" for not known, "" for none.

    `groups` is None where they cannot print one story.
    """
    if groups is not None and falls_with_a_story(claim["resilience"], groups):
        return "1 story"
    if claim["resilience"] is not None:
        return counted(claim["resilience"], "outlet")
    carried = any(citation["form"] not in IDLE for citation in claim["citations"])
    return "?" if carried or claim["attributions"] else ""


def count_gaps(claims: Sequence[ClaimItem]) -> int:
    """How many citations of these claims lead nowhere."""
    return sum(citation["gap"] is not None for claim in claims for citation in _cited(claim))


def leaned_on(claims: Sequence[ClaimItem]) -> set[str]:
    """The names of the outlets and the addresses of the pages that claims lean on."""
    cited = [each for claim in claims for each in claim["citations"] if each["form"] not in IDLE]
    named = (name for claim in claims for name in claim["outlets"])
    return {*named, *(name for each in cited for name in (each["source"], each["voice"]) if name)}


def _cited(claim: Item) -> list[Item]:
    """What is cited for it, which its links to a site's own pages are not."""
    return [each for each in claim["citations"] if each["form"] not in IDLE]


def _leads_to(citation: Item) -> str:
    head = f"[{citation['marker']}] " if citation["marker"] else ""
    return head + (citation["source"] or f"nowhere: {citation['gap']}")
