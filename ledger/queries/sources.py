"""Cited pages, and the claims that cite them."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import TypedDict, cast

from ledger.errors import NotFoundError
from ledger.forms import CARRIES
from ledger.provenance import (
    CURRENT,
    OUTLET,
    PUBLISHER,
    Asked,
    Copied,
    Led,
    Rating,
    Withdrawal,
    addresses,
    aside,
    by_rating,
    copies_of_withdrawn,
    last_asked,
    led_last,
    one_page,
    others_of,
    say_retracted,
    withdrawals,
)
from ledger.queries.chosen import ClaimFilter
from ledger.queries.claims import ClaimItem, claims
from ledger.queries.origins import OriginItem, origins
from ledger.reader import Reader


class SourceItem(TypedDict):
    """One cited page.

    Attributes:
        id, url: Of the page, normalised.
        outlet: Name of who publishes it; None when not known.
        claims: Claims of current articles that cite it.
        articles: Those articles.
        read: Id of the current article read from this very page; None when it was not read.
    """

    id: str
    url: str
    outlet: str | None
    claims: int
    articles: int
    read: str | None


class SourcePage(TypedDict):
    """One page with the claims that cite it at any of its addresses; else as `SourceItem`.

    Attributes:
        claims: In reading order.
        articles: Of those claims.
        set_aside: Who set the article aside that was read from it, in words; None where nobody did.
        asked: When it was got last, whatever it gave; None where it never was.
        led_to: Where its address led then; None where that page answered itself.
        also_at: Addresses of the sources that are the same page, as one leads on to the other.
        origin: With whose voice it speaks, and why; None where it speaks for its own outlet.
        cited_as: Its addresses as these claims have them, each spelling once, the most frequent
            first.
        withdrawn: What people said of the withdrawal of the page or its outlet.
        says_retracted: The words with which its title says that it was retracted; None where it
            does not, or where a person said so.
        copies: It, for each withdrawn page of which it carries the story, not being withdrawn.
    """

    id: str
    url: str
    outlet: str | None
    articles: int
    read: str | None
    set_aside: str | None
    asked: Asked | None
    led_to: Led | None
    also_at: list[str]
    origin: OriginItem | None
    cited_as: list[str]
    claims: list[ClaimItem]
    withdrawn: list[Withdrawal]
    says_retracted: str | None
    copies: list[Copied]


_OUTLET = f"COALESCE(o.name, {PUBLISHER}) AS outlet"
_READ = '(SELECT MIN(r.id) FROM current_article r WHERE r.source_id = s.id) AS "read"'

_CITING = f"""
    SELECT {{page}} AS source_id, COUNT(DISTINCT p.place) AS claims,
        COUNT(DISTINCT p.article_id) AS articles
    FROM current_citation c
    JOIN claim_pattern p ON p.claim_id = c.claim_id
    WHERE {{which}} AND c.form {CARRIES}
    GROUP BY {{page}}"""
"""Only of current claims there is a pattern, or the place for one."""

_SPELLINGS = f"""
    SELECT c.url
    FROM current_citation c
    WHERE c.source_id IN :ids AND c.form {CARRIES}
        AND {CURRENT.format(claim="c.claim_id")}
    GROUP BY c.url
    ORDER BY COUNT(*) DESC, c.url"""


def sources(
    reader: Reader, *, outlet: str | None = None, rating: Rating | None = None
) -> list[SourceItem]:
    """Every page that a current article cites, the most cited first.

    Args:
        reader: An open ledger.
        outlet: Only pages that the outlet with this key publishes, or whose words are its; None for
            all.
        rating: Only pages of outlets of which the list says so; None for all.
    """
    rated = by_rating([rating] if rating else [], "o.key")
    only = f" WHERE {rated.inside[0]}" if rating else ""
    of_it = "IN (SELECT g.source_id FROM standing g WHERE g.outlet = :outlet OR g.origin = :outlet)"
    # All pages not by the index, but as citations lie: else SQLite leaps about in both tables.
    walked = outlet is None and reader.kind == "sqlite"
    page = "c.source_id || ''" if walked else "c.source_id"
    which = f"{page} {'IS NOT NULL' if outlet is None else of_it}"
    rows = reader.rows(
        f"""SELECT s.id, s.url, {_OUTLET}, n.claims, n.articles, {_READ}
        FROM ({_CITING.format(page=page, which=which)}) n
        JOIN source s ON s.id = n.source_id
        {OUTLET.format(key=PUBLISHER)}{only}
        ORDER BY n.claims DESC, s.url""",
        {"outlet": outlet, **rated.params},
    )
    return cast("list[SourceItem]", rows)


def source(reader: Reader, id: str) -> SourcePage:
    """One page, cited or not.

    Raises:
        NotFoundError: No source has this id.
    """
    row = reader.row(
        f"""SELECT s.id, s.url, {_OUTLET}, {_READ}, {PUBLISHER} AS "key"
        FROM source s
        {OUTLET.format(key=PUBLISHER)}
        WHERE s.id = :id""",
        {"id": id},
    )
    if row is None:
        raise NotFoundError(id, "no source has this id", remedy="See: ledger sources")
    said = withdrawals(reader, [row["url"], row["key"] or ""], undone=True)
    versions = [
        each["id"]
        for each in reader.rows("SELECT a.id FROM article a WHERE a.source_id = :id", {"id": id})
    ]
    pages = sorted(one_page(reader, [id]))
    citing = claims(reader, ClaimFilter(sources=tuple(pages)))
    done = any(each["since"] for each in said if row["url"] in addresses(each))
    return SourcePage(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        articles=len({claim["article"] for claim in citing}),
        read=row["read"],
        set_aside=next((each.said() for each in aside(reader, versions).values()), None),
        asked=last_asked(reader, [id]).get(id),
        led_to=led_last(reader, id),
        also_at=others_of(reader, [id]),
        origin=next((each for each in origins(reader, source=id) if each["source"] == id), None),
        cited_as=[row["url"] for row in reader.rows_for(_SPELLINGS, pages)],
        claims=citing,
        withdrawn=said,
        says_retracted=None if done else say_retracted(reader, [id]).get(id),
        copies=copies_of_withdrawn(reader, withdrawals(reader), among=[id]),
    )
