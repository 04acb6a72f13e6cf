"""A feed -> the pages it announces: RSS and Atom of any version by feedparser, and JSON Feed."""

import calendar
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from ledger.errors import ExtractError
from ledger.extract.characters.decode import NOT_TEXT, REPLACEMENT
from ledger.inputs.receive import is_url
from ledger.pipeline.xml import local_name, read_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

FEEDS = frozenset({"rss", "feed", "rdf", "channel"})


class Item(NamedTuple):
    """A page that a feed or a sitemap announces.

    Attributes:
        url: Its address, absolute, http(s).
        modified: When it was last changed, UTC; None when that is not said.
    """

    url: str
    modified: datetime | None = None


def read_feed(body: bytes, name: str, base: str | None, charset: str | None = None) -> list[Item]:
    """The pages of a feed, in its order, each once.

    Args:
        body: After content decoding.
        name: What the feed is called, for messages.
        base: Address against which its links are; None for a file without one.
        charset: As declared with it; None when nothing was.

    Raises:
        ExtractError: Codes "not-a-feed", and those of `read_xml`.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _once(_json_items(body, name), base)
    root = read_xml(body, name, charset)
    if local_name(root) not in FEEDS:
        raise _no_feed(name, local_name(root))
    return items_of(root, base)


def items_of(root: "_Element", base: str | None) -> list[Item]:
    """The pages of a feed whose root is read already."""
    import feedparser
    from lxml import etree

    # From a stream: a string would be taken for an address or a path, and opened. What lxml has
    # written is well-formed and without entities, so feedparser keeps to its strict reader.
    parsed = feedparser.parse(
        io.BytesIO(etree.tostring(root, encoding="utf-8", xml_declaration=True)),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    return _once(((_link(entry), _moment(entry)) for entry in parsed.entries), base)


def _link(entry: Any) -> str | None:
    """The page of an entry: where a feed proxy says it comes from, else its link, else its id."""
    return _said(entry, "feedburner_origlink", "link", "id")


def _said(entry: Any, *keys: str) -> str | None:
    """The first of these texts of an entry that says something; None when none does."""
    texts = (entry.get(key) for key in keys)
    return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), None)


def _moment(entry: Any) -> datetime | None:
    # dict.get: its own `get` answers with the other time, and warns that it will not for ever.
    said = dict.get(entry, "updated_parsed") or dict.get(entry, "published_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(said), UTC) if said else None
    except (ValueError, OverflowError, OSError):  # the year 20250
        return None


def _json_items(body: bytes, name: str) -> Any:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _no_feed(name, "JSON that is damaged") from error
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        raise _no_feed(name, "JSON of another kind")
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield (
                _said(item, "url", "id"),
                moment_of(_said(item, "date_modified", "date_published")),
            )


def moment_of(text: object) -> datetime | None:
    """An ISO 8601 date or time as UTC; a date is the end of its day. None when it is none."""
    if not isinstance(text, str):
        return None
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2025-03-04"):
            moment = moment.replace(hour=23, minute=59, second=59)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the year 1 in a zone east of Greenwich
        return None


def _once(found: Any, base: str | None) -> list[Item]:
    """Items with absolute http(s) addresses, each address once: with its latest time."""
    items: dict[str, datetime | None] = {}
    for url, modified in found:
        try:
            absolute = urljoin(base or "", NOT_TEXT.sub(REPLACEMENT, url)) if url else ""
        except ValueError:
            continue
        if is_url(absolute):
            before = items.get(absolute)
            items[absolute] = max(filter(None, (before, modified)), default=None)
    return [Item(url, modified) for url, modified in items.items()]


def _no_feed(name: str, what: str) -> ExtractError:
    return ExtractError(
        name,
        "not-a-feed",
        f"it is not a feed but {what or 'something else'}",
        remedy="RSS, Atom and JSON Feed are read; for a sitemap give --sitemap",
    )
