"""`ledger ingest --follow`: what was recorded -> the cited pages, level by level."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ledger.commands.opening import readable
from ledger.commands.options import not_too_many
from ledger.commands.settings import Settings
from ledger.commands.words import complain, counted, say
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.queries.cited_pages import CitedAddress

PANEL = "Following"

DEEPEST = 10
"""Levels at most: beyond that every walk through the web is everywhere."""

FOLLOW_LIMIT = 100
"""Pages that a walk asks for unless told: with a second between two pages of a host, minutes."""

FollowOption = Annotated[
    int,
    typer.Option(
        "--follow",
        min=0,
        max=DEEPEST,
        metavar="N",
        help="Also fetch the cited pages, and the pages that those cite, N levels deep.",
        show_default=False,
        rich_help_panel=PANEL,
    ),
]
FollowLimitOption = Annotated[
    int | None,
    typer.Option(
        "--follow-limit",
        metavar="N",
        min=1,
        callback=not_too_many,
        help="Fetch at most N cited pages in this run; run again for the next ones. Default: "
        f"{FOLLOW_LIMIT}.",
        rich_help_panel=PANEL,
    ),
]


class Level(NamedTuple):
    """The cited pages to fetch on one level.

    Attributes:
        depth: From 1.
        addresses: Each page once.
    """

    depth: int
    addresses: list[str]


class Bounds(NamedTuple):
    """How far a walk goes: levels, and cited pages to ask for over all of them."""

    depth: int
    limit: int


def bounds_of(follow: int, limit: int | None) -> Bounds:
    """The bounds that the user asked for, or the defaults.

    Raises:
        UsageError: There is a limit to a walk that is none.
    """
    if not follow and limit is not None:
        raise UsageError(
            f"--follow-limit {limit}",
            "no cited pages are fetched",
            remedy="Give --follow N, or leave it out",
        )
    return Bounds(follow, FOLLOW_LIMIT if limit is None else limit)


def walk(
    articles: Sequence[str],
    asked: Collection[str],
    bounds: Bounds,
    settings: Settings,
    articles_of: Callable[[Level], Sequence[str]],
) -> Iterator[Level]:
    """The cited pages that were not read yet, level by level; what is done is said on stderr.

    Pages that were read are gone through without being asked for again, so a walk that was cut off
    goes on where it was. Of a level, those that gave an answer and no article come last; those
    that gave none come first again, since nothing is recorded of them. It is said how to get past
    what comes again before the pages that the limit left out.

    Args:
        articles: Ids of those to begin with.
        asked: `Source.url`s of pages that this run has asked for already.
        bounds: Where it ends.
        settings: For what is said.
        articles_of: Asked after each level was taken: ids of the articles that came of it.
    """
    gone_through = set(articles)
    left, beyond, again = bounds.limit, 0, 0
    current = list(dict.fromkeys(articles))
    met = set(asked)
    for number in range(1, bounds.depth + 1):
        pages = _pages(settings, current)
        pages = [page for page in pages if page["article"] or page["url"] not in met]
        met.update(page["url"] for page in pages)
        level, cut = _level(number, pages, left, bounds.depth, settings)
        left -= len(level.addresses)
        beyond += len(cut)
        yield level
        again += _again(settings, current, level, cut)
        read = [page["article"] for page in pages if page["article"]]
        current = [each for each in (*read, *articles_of(level)) if each not in gone_through]
        gone_through.update(current)
        if not current:
            break
    if beyond:
        complain(
            f"note: {counted(beyond, 'cited page')} not followed: --follow-limit is "
            f"{bounds.limit:,}. {_next(bounds.limit, again)}"
        )


def _next(limit: int, again: int) -> str:
    """How to get at the pages that the limit left out."""
    if not again:
        return "Run the same command again for the next"
    those = counted(again, "page that gave no article is", "pages that gave no article are")
    return f"{those} asked for again first, so for the next give --follow-limit {limit + again}"


def _again(
    settings: Settings, articles: Sequence[str], level: Level, cut: "Sequence[CitedAddress]"
) -> int:
    """How many pages of this level come again before those that were `cut` from it, or below it."""
    from ledger.pipeline.follow import follow_address

    asked = set(level.addresses)
    last = any(not page["tried"] for page in cut)  # so are those that gave an answer
    return sum(
        not page["article"]
        and not (last and page["tried"])
        and follow_address(page["cited"], page["url"]) in asked
        for page in _pages(settings, articles if asked else ())
    )


def _pages(settings: Settings, articles: Sequence[str]) -> "list[CitedAddress]":
    from ledger.queries.cited_pages import cited_pages

    if not articles:  # and there may be no ledger
        return []
    with readable(settings) as reader:
        return cited_pages(reader, articles)


def _level(
    number: int, pages: "Sequence[CitedAddress]", left: int, depth: int, settings: Settings
) -> "tuple[Level, list[CitedAddress]]":
    """What to ask for, and the pages that the limit leaves out; how many each are is said."""
    from ledger.pipeline.follow import follow_address
    from ledger.urls import host

    unread = sorted((page for page in pages if not page["article"]), key=lambda p: p["tried"])
    found = [(follow_address(page["cited"], page["url"]), page) for page in unread]
    addresses = [(address, page) for address, page in found if address is not None]
    now = [address for address, _ in addresses[:left]]
    hosts = len({host(address) for address in now})
    words = f"following level {number} of {depth}: {counted(len(now), 'cited page')} to fetch"
    words += f" on {counted(hosts, 'host')}" if now else ""
    words += f", {len(pages) - len(unread):,} read already" if len(unread) < len(pages) else ""
    nowhere = len(found) - len(addresses)
    words += f", {counted(nowhere, 'file')} that nobody fetches" if nowhere else ""
    say(words, settings)
    return Level(number, now), [page for _, page in addresses[left:]]
