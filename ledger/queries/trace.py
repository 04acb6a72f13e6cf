"""One claim -> everything it rests on."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import TYPE_CHECKING, TypedDict

from ledger.clauses import clauses
from ledger.clusters import STORY
from ledger.errors import NotFoundError
from ledger.provenance import (
    OUTLET,
    PUBLISHER,
    Asked,
    Chain,
    Copied,
    Independence,
    Member,
    Withdrawal,
    addresses,
    aside,
    because_of_resilience,
    chain,
    copies_of_withdrawn,
    covering,
    independence,
    is_outlet,
    last_asked,
    members,
    owner_of,
    say_retracted,
    support,
    weakest,
    withdrawals,
)
from ledger.queries.claims import AttributionItem, CitationItem, claim_items
from ledger.queries.lost import lost_citations
from ledger.queries.spread import SpreadItem, spread
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.model import ClaimKind


class TracePage(TypedDict):
    """One claim and its support; the first keys as in `ClaimItem`.

    Attributes:
        start, end: Code points of the article's text, end exclusive.
        published: Of the article, as its page gives it; None when not known.
        publisher: Name of the article's outlet; None when not known.
        current: False for a claim of an earlier version of its article.
        set_aside: Who set the article aside, as a sentence; None when nobody did.
        citation_lost: Whether a citation seems to have been stripped from it.
        groups: What carries it: citation groups in reading order, then outlets named in prose
            that the group next to them does not have. All are needed; of each, one source is.
        clauses: For each of `groups`, the words it stands behind; None where these are the whole
            claim, and for outlets named in prose.
        because: Why the resilience is what it is, in sentences.
        covered_by: The claim whose citations close the paragraph of a covered one; None for others.
        independence: How many addresses, outlets and origins stand behind it: see
            `provenance.Independence`; `because` says what counts once.
        withdrawn: What is withdrawn of its sources and outlets, and of those in `chain`.
        copies: Those of its sources, and of the pages in `chain`, that were not withdrawn and carry
            the same story as a page that was: see `provenance.Copied`.
        asked: When the pages of its groups were got last, by id of the source; pages that never
            were have none.
        says_retracted: Of those pages, and the pages in `chain`, the words with which their titles
            say that they were retracted, by id; none where a person said so.
        chain: The pages below its sources; None when they were not asked for.
        spread: Who says the same, the earliest first, this claim among them; None when it was not
            asked for.
        spread_whole: False when some who say the same may be missing from `spread`.
        smallest: Every smallest set of outlets whose loss makes it fall for certain, by name, in
            order; `smallest_complete` is False where there are more than these. Only where none is
            of outlets alone a set names stories of which nobody knows who wrote them.
        at_least, at_most: Between what the resilience lies; None where there is no bound.
        owner_resilience: As resilience, the outlets of one owner being one voice; None when it is
            not known, and then `owner_at_least` and `owner_at_most` are its bounds, None for none.
        merged: Cited page, by id, to the key of its own outlet, where that was merged into another.
    """

    id: str
    article: str
    title: str | None
    url: str
    publisher: str | None
    published: str | None
    current: bool
    set_aside: str | None
    citation_lost: bool
    exact: str
    start: int
    end: int
    kind: "ClaimKind"
    section: list[str]
    citations: list[CitationItem]
    attributions: list[AttributionItem]
    outlets: list[str]
    groups: list[list[Member]]
    clauses: list[str | None]
    resilience: int | None
    because: list[str]
    covered_by: str | None
    independence: Independence
    withdrawn: list[Withdrawal]
    copies: list[Copied]
    asked: dict[str, Asked]
    says_retracted: dict[str, str]
    chain: Chain | None
    spread: list[SpreadItem] | None
    spread_whole: bool
    smallest: list[list[str]]
    smallest_complete: bool
    at_least: int | None
    at_most: int | None
    owner_resilience: int | None
    owner_at_least: int | None
    owner_at_most: int | None
    merged: dict[str, str]


_PLACE = f"""
    SELECT m."start", m."end", m.exact, m.article_id, a.published,
        COALESCE(o.name, {PUBLISHER}) AS publisher,
        (SELECT COUNT(*) FROM article later WHERE later.revises = a.id) AS revised
    FROM claim m
    JOIN article a ON a.id = m.article_id
    JOIN source s ON s.id = a.source_id
    {OUTLET.format(key=PUBLISHER)}
    WHERE m.id = :id"""
"""Where a claim stands, and who published it."""


def trace(reader: Reader, id: str, *, depth: int | None = None, others: bool = False) -> TracePage:
    """Everything one claim rests on.

    Args:
        reader: An open ledger.
        id: Of the claim.
        depth: How many citations to follow from page to page; None for no chain.
        others: Whether to look for those who say the same.

    Raises:
        NotFoundError: No claim has this id.
    """
    row = reader.row(_PLACE, {"id": id})
    if row is None:
        raise NotFoundError(id, "no claim has this id", remedy="See: ledger claims")
    claim = claim_items(reader, [id])[0]
    groups = members(reader, [id])[id]
    left_out = aside(reader, [row["article_id"]]).get(row["article_id"])
    said = spread(reader, id) if others else None
    below = None if depth is None else chain(reader, id, depth)
    carriers = support(reader, [id])[id]
    strength = weakest(carriers)
    by_owner = weakest(carriers, owner_of(reader, [carriers]))
    gone = withdrawals(reader, _subjects(groups, below))
    return TracePage(
        **claim,
        publisher=row["publisher"],
        published=row["published"],
        current=row["revised"] == 0,
        set_aside=None if left_out is None else left_out.said(),
        citation_lost=id in lost_citations(reader, [row["article_id"]]),
        start=row["start"],
        end=row["end"],
        groups=groups,
        clauses=_clauses(row["exact"], row["start"], groups, claim["citations"]),
        because=because_of_resilience(claim["resilience"], groups),
        covered_by=covering(reader, [claim["article"]]).get(id)
        if claim["kind"] == "covered"
        else None,
        independence=independence(reader, [id])[id],
        smallest=_named(reader, groups, strength.sets),
        smallest_complete=strength.complete,
        at_least=strength.at_least,
        at_most=strength.at_most,
        owner_resilience=by_owner.resilience,
        owner_at_least=by_owner.at_least,
        owner_at_most=by_owner.at_most,
        merged=_merged(reader, groups),
        withdrawn=gone,
        copies=copies_of_withdrawn(reader, withdrawals(reader), among=_pages(groups, below)),
        asked=last_asked(reader, sorted(_pages(groups, None))),
        says_retracted=_say_retracted(reader, groups, below, gone),
        chain=below,
        spread=said.items if said else None,
        spread_whole=said is None or said.whole,
    )


def _merged(reader: Reader, groups: list[list[Member]]) -> dict[str, str]:
    """Cited page, by id, to the key of its own outlet, where that was merged into another."""
    rows = reader.rows_for(
        """SELECT s.id, m."key" FROM source s JOIN merged_outlet m ON m."key" = s.outlet
        WHERE s.id IN :ids""",
        [each["source"] for group in groups for each in group if each["source"]],
    )
    return {row["id"]: row["key"] for row in rows}


def _subjects(groups: list[list[Member]], below: Chain | None) -> set[str]:
    """Every page and outlet that is shown, as withdrawals name them."""
    steps = below["steps"] if below else []
    shown = [(each["url"], each["key"], each["origin"]) for group in groups for each in group]
    shown += [(step["url"], step["key"], step["voice_key"]) for step in steps]
    shown += [(named["key"], None, None) for step in steps for named in step["names"]]
    return {name for names in shown for name in names if name is not None}


def _pages(groups: list[list[Member]], below: Chain | None) -> set[str]:
    """Ids of every page that is shown."""
    steps = below["steps"] if below else []
    cited = {each["source"] for group in groups for each in group if each["source"]}
    return cited | {step["source"] for step in steps}


def _say_retracted(
    reader: Reader, groups: list[list[Member]], below: Chain | None, gone: list[Withdrawal]
) -> dict[str, str]:
    url = {each["source"]: each["url"] for group in groups for each in group}
    url |= {step["source"]: step["url"] for step in (below["steps"] if below else [])}
    done = {name for each in gone for name in addresses(each)}
    say = say_retracted(reader, sorted(_pages(groups, below)))
    return {page: words for page, words in say.items() if url[page] not in done}


def _named(
    reader: Reader, groups: list[list[Member]], sets: list[tuple[str, ...]]
) -> list[list[str]]:
    of_outlets = [one for one in sets if all(map(is_outlet, one))]
    names: dict[str | None, str] = _stories(reader, set() if of_outlets else set().union(*sets))
    for member in (member for group in groups for member in group):
        if is_outlet(member["origin"]):
            names[member["origin"]] = member["voice"] or ""
        names[member["key"]] = member["outlet"] or ""
    return [[names[key] for key in one] for one in of_outlets or sets]


def _stories(reader: Reader, keys: set[str]) -> dict[str | None, str]:
    """Words for the origins among these keys that are no outlets, by the page that stands for each.

    Why not the key: it is 64 digits, and says nothing.
    """
    pages = {key.removeprefix(STORY): key for key in keys if not is_outlet(key)}
    rows = reader.rows_for(
        f"""SELECT s.id, s.url, COALESCE(o.name, {PUBLISHER}) AS outlet
        FROM source s
        {OUTLET.format(key=PUBLISHER)}
        WHERE s.id IN :ids""",
        sorted(pages),
    )
    return {
        pages[row["id"]]: f"the story of {row['url']} ({row['outlet'] or 'unknown outlet'} and "
        "others)"
        for row in rows
    }


def _clauses(
    exact: str, start: int, groups: list[list[Member]], citations: list[CitationItem]
) -> list[str | None]:
    places = {each["group"]: each["at"] - start for each in reversed(citations)}
    if len(places) < 2 or not exact:  # without words: it was redacted
        return [None] * len(groups)
    order = sorted(places)
    markers = {each["group"]: each["marker"] for each in reversed(citations)}
    at, names = [places[number] for number in order], [markers[number] for number in order]
    found = dict(zip(order, clauses(exact, at, names), strict=True))
    spans = [found.get(-1 if group[0]["group"] is None else group[0]["group"]) for group in groups]
    whole = (0, len(exact))
    return [exact[span[0] : span[1]] if span and span != whole else None for span in spans]
