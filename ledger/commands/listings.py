"""Feeds and sitemaps on the command line -> the addresses in them that are new."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ledger.commands.opening import writable
from ledger.commands.options import filled, not_too_many
from ledger.commands.settings import Settings
from ledger.commands.words import counted, say
from ledger.errors import ExtractError, FetchError, UsageError

if TYPE_CHECKING:
    from ledger.inputs import Received
    from ledger.pipeline.feeds import Item

FeedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--feed",
        metavar="URL_OR_FILE",
        help="Read the new pages of a feed (RSS, Atom, JSON Feed). Repeatable.",
        callback=filled,
    ),
]
SitemapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--sitemap",
        metavar="URL_OR_FILE",
        help="Read the new pages of a sitemap and of those it lists. Repeatable.",
        callback=filled,
    ),
]
NewLimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        callback=not_too_many,
        help="Read at most N new pages of feeds and sitemaps; run again for the next ones.",
    ),
]


class Announced(NamedTuple):
    """New addresses in order, each once, and why some feeds or sitemaps could not be read."""

    names: list[str]
    failed: list[ExtractError | FetchError]


def announced(
    feeds: Sequence[str] | None,
    sitemaps: Sequence[str] | None,
    limit: int | None,
    get: "Callable[[str], Received]",
    settings: Settings,
) -> Announced:
    """The pages of feeds and sitemaps that are new to the ledger; what was found is said.

    Raises:
        UsageError: There is a limit to pages of none.
    """
    from ledger.pipeline.news import new_items

    names: dict[str, None] = {}
    failed: list[ExtractError | FetchError] = []
    if not feeds and not sitemaps:
        if limit is not None:
            raise UsageError(
                f"--limit {limit}",
                "it limits the new pages of feeds and sitemaps, and none is named",
                remedy="Give --feed or --sitemap, or leave it out",
            )
        return Announced([], failed)
    with writable(settings) as ledger:
        listings = [(name, _feed) for name in feeds or ()]
        for name, pages in (*listings, *((name, _sitemap) for name in sitemaps or ())):
            total, wrong = _Count(), len(failed)
            left = None if limit is None else limit - len(names)
            found = total.of(pages(name, get, failed, settings))
            other = (item for item in found if item.url not in names)
            new = [item.url for item in new_items(ledger, other, left)]
            names.update(dict.fromkeys(new))
            if len(failed) > wrong and not total.seen:
                continue  # why it cannot be read is said at the end
            more = " so far" if left is not None and len(new) == left else ""
            say(f"{name}: {counted(total.seen, 'page')} listed{more}, {len(new):,} new", settings)
    return Announced(list(names), failed)


class _Count:
    """How many items went by."""

    def __init__(self) -> None:
        self.seen = 0

    def of(self, items: "Iterator[Item]") -> "Iterator[Item]":
        for item in items:
            self.seen += 1
            yield item


def _feed(
    name: str,
    get: "Callable[[str], Received]",
    failed: list[ExtractError | FetchError],
    settings: Settings,  # noqa: ARG001 - as `_sitemap`, which has something to say
) -> "Iterator[Item]":
    from ledger.pipeline.feeds import read_feed

    try:
        received = get(name)
        if received.status is not None and received.status != 200:
            message = f"the server answered {received.status}: that is not a feed"
            raise ExtractError(name, f"http-{received.status}", message)
        base = received.final_url if received.final_url.startswith("http") else None
        yield from read_feed(received.body, name, base, received.charset)
    except (ExtractError, FetchError) as error:
        failed.append(error)


def _sitemap(
    name: str,
    get: "Callable[[str], Received]",
    failed: list[ExtractError | FetchError],
    settings: Settings,
) -> "Iterator[Item]":
    from ledger.pipeline.sitemaps import walk_sitemap

    def listed(url: str) -> "Received":
        say(f"reading the sitemap {url}", settings)
        return get(url)

    try:
        for item in walk_sitemap(get(name), listed):
            if isinstance(item, ExtractError | FetchError):
                failed.append(item)
            else:
                yield item
    except (ExtractError, FetchError) as error:
        failed.append(error)
