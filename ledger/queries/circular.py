"""Citations that lead back: circles of pages, and citations of one's own pages."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Mapping, Sequence
from itertools import chain, groupby, pairwise
from typing import Literal, NamedTuple, TypedDict

from ledger.provenance import OUTLET, circles, citing, own_citations, returning, same_pages
from ledger.reader import Reader, Row
from ledger.redacted import say_redacted

Kind = Literal["circle", "returns", "own-page", "own-outlet"]
"""How something leads back.

circle: pages that cite one another, round to the first. returns: a page cites one that cites
another page of the first one's outlet. own-page: an article cites its own page. own-outlet: it
cites another page of its own outlet.
"""

SHOWN_CLAIMS = 20
"""Claims that are given for each page of a circle; all are counted."""


class PageNames(TypedDict):
    """A page's address and the name of its outlet, None when not known."""

    url: str
    outlet: str | None


class CircularPage(PageNames):
    """A page on the way, with the claims that cite the next one.

    Attributes:
        source: Id of the page.
        article: Id of the article read from it; None where it was not read, which only the last
            of a path can be.
        claims: Id and words of the first claims that cite the next page, in reading order; none
            at the end of a path that is no circle.
        count: How many claims do.
    """

    source: str
    article: str | None
    claims: list[dict[str, str]]
    count: int


class CircularItem(TypedDict):
    """One circle, or one way back.

    Attributes:
        kind: See `Kind`.
        pages: In the order in which each cites the next; the last of a circle cites the first.
        path: The same in words.
    """

    kind: Kind
    pages: list[CircularPage]
    path: str


class Circular(NamedTuple):
    """What leads back to itself, circles first, the shortest of them first.

    `counts` is how many there are of each kind, in the same order, also of those that a limit left
    out of `items`.
    """

    items: list[CircularItem]
    counts: dict[Kind, int]


def circular(reader: Reader, article: str | None = None, *, limit: int | None = None) -> Circular:
    """What leads back to itself.

    Args:
        reader: An open ledger.
        article: Id of an article: only what its page leads to. None for all.
        limit: At most so many items; None for all.
    """
    page = None if article is None else _page_of(reader, article)
    same = same_pages(reader)
    paths: list[tuple[Kind, list[str]]] = [("circle", ids) for ids in circles(reader, page, same)]
    around = {frozenset(ids) for _, ids in paths if len(ids) == 2}
    paths += [
        ("returns", list(way))
        for way in returning(reader, page, same)
        # two pages that cite one another lead back to the outlet whatever else they cite
        if frozenset(way[:2]) not in around
    ]
    own = own_citations(reader, page, same)
    paths += [("own-page", [to]) for to in dict.fromkeys(o.page for o in own if _is_self(o))]
    others = dict.fromkeys((o.article_page, o.page) for o in own if not _is_self(o))
    paths += [("own-outlet", list(way)) for way in others]
    counts = {kind: len(list(of_kind)) for kind, of_kind in groupby(paths, lambda path: path[0])}
    return Circular(_items(reader, paths[:limit], same), counts)


def _is_self(own: tuple[str, str, str]) -> bool:
    return own[1] == own[2]


def _page_of(reader: Reader, article: str) -> str:
    row = reader.row("SELECT source_id FROM article WHERE id = :id", {"id": article})
    return str(row["source_id"]) if row else ""


def _items(
    reader: Reader, paths: list[tuple[Kind, list[str]]], same: Mapping[str, str]
) -> list[CircularItem]:
    shown = dict.fromkeys(page for _, ids in paths for page in ids)
    beside = [other for other, page in same.items() if page in shown and other != page]
    facts = {
        row["id"]: row
        for row in reader.rows_for(
            f"""SELECT s.id, s.url, COALESCE(o.name, k.outlet) AS outlet,
                (SELECT MIN(r.id) FROM current_article r WHERE r.source_id = s.id) AS article
            FROM source s
            LEFT JOIN standing k ON k.source_id = s.id
            {OUTLET.format(key="k.outlet")}
            WHERE s.id IN :ids""",
            [*shown, *sorted(beside)],
        )
    }
    for other in sorted(beside):  # a page may be read at another of its addresses only
        at_it = facts[same[other]]
        at_it["article"] = at_it["article"] or facts[other]["article"]
    behind = citing(reader, (way for kind, ids in paths for way in _ways(kind, ids)), same)
    say_redacted(reader, chain.from_iterable(behind.values()), "article", "exact")
    return [
        CircularItem(
            kind=kind,
            pages=[
                _page(facts[page], behind.get((page, _next(kind, ids, at)), []))
                for at, page in enumerate(ids)
            ],
            path=in_words(kind, [_names(facts[page]) for page in ids]),
        )
        for kind, ids in paths
    ]


def _ways(kind: Kind, ids: list[str]) -> list[tuple[str, str]]:
    closed = kind in ("circle", "own-page")
    return list(pairwise([*ids, ids[0]] if closed else ids))


def _next(kind: Kind, ids: list[str], at: int) -> str:
    """The page that is cited from place `at`; "" at the end of a path that does not close."""
    if at + 1 < len(ids):
        return ids[at + 1]
    return ids[0] if kind in ("circle", "own-page") else ""


def _names(facts: Row) -> PageNames:
    return PageNames(url=facts["url"], outlet=facts["outlet"])


def _page(facts: Row, claims: list[Row]) -> CircularPage:
    return CircularPage(
        source=facts["id"],
        url=facts["url"],
        outlet=facts["outlet"],
        article=facts["article"],
        claims=[{"id": row["claim"], "exact": row["exact"]} for row in claims[:SHOWN_CLAIMS]],
        count=len(claims),
    )


def in_words(kind: Kind, pages: Sequence[PageNames], *, most: int | None = None) -> str:
    """A path as a sentence; of a long one only the first and last pages, `most` together."""
    names = [f"{page['outlet'] or 'unknown outlet'} ({page['url']})" for page in pages]
    if kind == "own-page":
        return f"{names[0]} cites itself"
    if kind == "own-outlet":
        return f"{names[0]} cites {pages[1]['url']} of its own outlet"
    if most is not None and len(names) > most:
        names[most - 1 : -1] = [f"… {len(names) - most:,} more …"]
    words = f"{names[0]} cites {', which cites '.join(names[1:])}"
    return f"{words}, which cites the first" if kind == "circle" else f"{words} of the same outlet"
