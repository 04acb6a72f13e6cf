"""A sitemap and what it leads to -> the pages it announces (sitemaps.org)."""

from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ledger.counting import counted
from ledger.errors import ExtractError, FetchError
from ledger.fetch import FetchSettings
from ledger.fetch.body import GZIP_MAGIC, read_body
from ledger.fetch.trip import Trip
from ledger.inputs.receive import Received, is_url
from ledger.pipeline.feeds import FEEDS, Item, items_of, moment_of
from ledger.pipeline.xml import local_name, read_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_LEVELS = 3
"""An index may list indexes in practice, though the standard has one level."""
MAX_SITEMAPS = 1000
MAX_ITEMS = 500_000
"""Files, and addresses in them, for one command. One file may have 50,000 (sitemaps.org)."""
_TIMES = ("lastmod", "publication_date")


class Sitemap(NamedTuple):
    """One file: the pages in it, and the sitemaps that it lists."""

    items: list[Item]
    sitemaps: list[str]


def walk_sitemap(
    first: Received, get: Callable[[str], Received]
) -> Iterator[Item | ExtractError | FetchError]:
    """Every page of a sitemap and of those it lists, each once, in order.

    Args:
        first: The sitemap, or the index of sitemaps.
        get: Gets the sitemap at an address; may raise FetchError and ExtractError.

    Yields:
        Pages; an error for each sitemap that cannot be read, and one where a limit is reached.
        Each sitemap is asked when the pages before it are taken.

    Raises:
        ExtractError: `first` is no sitemap.
    """
    found = read_sitemap(first)
    met = {first.url, first.final_url}
    given: set[str] = set()
    queue: deque[tuple[str, int]] = deque()
    asked, level = 1, 0
    while True:
        for item in found.items:
            if item.url not in given:
                given.add(item.url)
                yield item
        for url in found.sitemaps:
            # One more than are read shows that there is a rest; the rest may be millions.
            if len(met) <= MAX_SITEMAPS + 1 and url not in met:
                met.add(url)
                queue.append((url, level + 1))
        if not queue:
            return
        url, level = queue.popleft()
        if len(given) > MAX_ITEMS or asked >= MAX_SITEMAPS or level > MAX_LEVELS:
            yield ExtractError(
                first.name,
                "too-large",
                f"it is too large: after {counted(len(given), 'page')} in "
                f"{counted(asked, 'sitemap')} the rest was not read, from {url} on",
                remedy="Read that sitemap separately",
            )
            return
        asked += 1
        try:
            found = read_sitemap(get(url))
        except (ExtractError, FetchError) as error:
            yield error
            found = Sitemap([], [])


def read_sitemap(received: Received) -> Sitemap:
    """What one sitemap lists: XML, an index, a feed, or a plain list; any of them compressed.

    Raises:
        ExtractError: Codes "not-a-sitemap", "http-404" and the like, and those of `read_xml`.
    """
    if received.status is not None and received.status != 200:
        raise ExtractError(
            received.name, f"http-{received.status}", f"the server answered {received.status}"
        )
    body = _unpacked(received)
    if body.removeprefix(BOM_UTF8).lstrip()[:4].lower() == b"http":
        lines = body.decode("utf-8-sig", "replace").split()
        return Sitemap([Item(line) for line in lines if is_url(line)], [])
    root = read_xml(body, received.name, received.charset)
    kind = local_name(root)
    if kind in FEEDS:
        return Sitemap(items_of(root, received.final_url), [])
    if kind not in ("urlset", "sitemapindex"):
        raise ExtractError(
            received.name,
            "not-a-sitemap",
            f"it is not a sitemap but {kind or 'something else'}",
            remedy="For a feed give --feed",
        )
    entries = [item for each in root if (item := _entry(each)) is not None]
    if kind == "sitemapindex":
        return Sitemap([], [entry.url for entry in entries])
    return Sitemap(entries, [])


def _entry(element: "_Element") -> Item | None:
    """A `url` or `sitemap` element; None without an address."""
    said: dict[str, str] = {}
    for each in (*element, *element.iter()):  # its own address before those of its pictures
        text = (each.text or "").strip()
        if text:
            said.setdefault(local_name(each), text)
    if not is_url(said.get("loc", "")):
        return None
    return Item(said["loc"], next((moment_of(said[key]) for key in _TIMES if key in said), None))


def _unpacked(received: Received) -> bytes:
    if not received.body.startswith(GZIP_MAGIC):
        return received.body
    try:
        return read_body([received.body], "gzip", Trip(received.final_url, FetchSettings()))
    except FetchError as error:
        raise ExtractError(received.name, error.code, error.message) from error
