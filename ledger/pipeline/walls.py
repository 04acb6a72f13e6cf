"""Received and what was read from it -> the wall that it is, or None; and what is said of it."""

import html as entities
import re
from collections.abc import Callable
from urllib.parse import urljoin

from ledger import urls
from ledger.document import Document, Finding
from ledger.errors import ExtractError
from ledger.extract.characters.charsets import CODECS, UTF_8
from ledger.extract.characters.decode import decode
from ledger.extract.media import HTML, media_type_of
from ledger.inputs.receive import Received
from ledger.patterns import later
from ledger.walls import NAMES, Kind, Page, Wall, find_wall

REMEDIES: dict[Kind, str] = {
    "bot-check": "Open it in a browser, save it there, and give the file with --url",
    "consent": "Open it in a browser, accept or refuse, save it, and give the file with --url",
    "login": "Log in with a browser, save the page, and give the file with --url",
    "paywall": "If you may read it, save it in your browser and give the file with --url",
    "soft-404": "Look for the page in a web archive, and give that address",
    "js-shell": "Save it in a browser and give the file with --url, or use --render",
    "redirect-home": "Look for the page in a web archive, and give that address",
    "thin": "If that is all of it, save it and give the file with --url",
}
"""What a person can do. A page that is taken for a wall wrongly is read as a text file."""


_HEAD = 100_000
"""Bytes of a page in which it is looked for where it sends browsers."""
_META = later(rb"<meta\b([^<>]{1,2000})>", re.I)
_REFRESH = later(rb"""http-equiv\s{0,4}=\s{0,4}["']?refresh\b""", re.I)
_TO = later(rb"""[\s;,"']url\s{0,4}=\s{0,4}["']?([^"'<>\s]{1,2000})""", re.I)


def wall_of(received: Received, document: Document, charset: str | None) -> Wall | None:
    """The wall that an HTML page is from which a document was read; None for a page that is none.

    Args:
        received: The bytes, and where they came from.
        document: What was read from them.
        charset: As decided.
    """

    def markup() -> str | bytes:
        if charset in (None, UTF_8):
            return received.body
        return received.body.decode(CODECS[charset], "replace")

    return find_wall(_page(received, markup), document)


def wall_unread(received: Received) -> Wall | None:
    """As `wall_of`, of a page that was not read or holds no prose; None too for what is no HTML."""
    name = received.final_url if received.status else received.name
    if media_type_of(received.body, received.media_type, name) != HTML:
        return None
    text = decode(received.body, declared=received.charset, is_html=True).text
    return find_wall(_page(received, text), None)


def _page(received: Received, html: str | Callable[[], str | bytes]) -> Page:
    return Page(html, requested=received.url, final=received.final_url, status=received.status)


def stands(wall: Wall, received: Received) -> bool:
    """Whether nothing of the article can be read; else the wall is a finding about it.

    A thin page from a server is an error of some kind; a short file is what its owner chose.
    """
    return not (wall.partly or (wall.kind == "thin" and received.status is None))


def refusal(wall: Wall, received: Received) -> ExtractError:
    """Why there is no article: "wall-" and the kind as code, the evidence in the message."""
    return ExtractError(
        received.name,
        f"wall-{wall.kind}",
        f"this is {NAMES[wall.kind]}, not the article: {'; '.join(wall.reasons)}",
        remedy=_led_on(wall, received) or REMEDIES[wall.kind],
    )


def _led_on(wall: Wall, received: Received) -> str | None:
    """What to do about a page without prose that sends browsers to another; None for any other."""
    if wall.kind != "thin" or not received.answered:
        return None
    for meta in _META.finditer(received.body[:_HEAD]):
        to = _TO.search(meta[1]) if _REFRESH.search(meta[1]) else None
        if to is None:
            continue
        written = entities.unescape(to[1].decode(errors="replace"))
        page, found = urls.normalise(received.final_url), _joined(received.final_url, written)
        if found is not None and found != page:
            return f"It sends browsers on to {urls.redact(found)}: give that address"
    return None


def _joined(page: str, written: str) -> str | None:
    try:
        return urls.normalise(urljoin(page, written))
    except ValueError:
        return None


def finding(wall: Wall) -> Finding:
    """What a reader of the article must know, of a wall that does not `stand`."""
    reasons = "; ".join(wall.reasons)
    if wall.kind == "paywall":
        return Finding(code="wall-paywall", detail=f"the article goes on behind a wall: {reasons}")
    return Finding(code="wall-thin", detail=f"this may not be the whole article: {reasons}")
