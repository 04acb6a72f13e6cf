"""Received -> Capture: that these bytes came, and how, whatever they say."""

import hashlib

from ledger import urls
from ledger.inputs.receive import Received
from ledger.model import Capture, Reading
from ledger.pipeline.pages import Pages, source_url


def capture(received: Received, pages: Pages | None = None) -> Reading:
    """Record what was received, without reading an article from it: an error page is evidence."""
    pages = pages or Pages()
    source = pages.source(source_url(received.url))
    entry = Capture.make(
        source_id=source.id,
        captured_at=received.received_at,
        requested_url=urls.redact(received.url),
        final_url=urls.redact(received.final_url),
        redirects=tuple(map(urls.redact, received.redirects)),
        status=received.status,
        headers=received.headers,
        media_type=received.media_type,
        charset=received.charset,
        payload_digest=f"sha256:{hashlib.sha256(received.body).hexdigest()}",
        size=len(received.body),
        allowed_private=received.allowed_private,
        robots=received.robots,
    )
    return Reading(
        capture=entry,
        payload=received.body,
        sources=tuple(pages.sources.values()),
        outlets=tuple(pages.outlets.values()),
    )
