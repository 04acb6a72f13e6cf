"""Received -> Capture: a record that these bytes came, and how, whatever they say."""

from ledger import urls
from ledger.ids import payload_digest
from ledger.inputs.receive import Received
from ledger.model import Capture, Reading
from ledger.pipeline.entries import outlets_of, sources_of
from ledger.pipeline.pages import Pages, source_url


def capture(received: Received) -> Reading:
    """Record what was received, without reading an article from it: an error page is evidence."""
    pages = Pages()
    source = pages.source(source_url(received.url))
    return Reading(
        capture=captured(received, source.id, payload_digest(received.body)),
        payload=received.body,
        sources=sources_of(pages),
        outlets=outlets_of(pages),
    )


def captured(received: Received, source_id: str, digest: str) -> Capture:
    """The entry of what was received; its media type and charset are as they were declared.

    Args:
        received: The bytes, and where they came from.
        source_id: Of the page asked for.
        digest: As `ids.payload_digest` gives it.
    """
    return Capture.make(
        source_id=source_id,
        captured_at=received.received_at,
        requested_url=urls.redact(received.url),
        final_url=urls.redact(received.final_url),
        redirects=tuple(map(urls.redact, received.redirects)),
        status=received.status,
        headers=received.headers,
        media_type=received.media_type,
        charset=received.charset,
        payload_digest=digest,
        size=len(received.body),
        allowed_private=received.allowed_private,
        robots=received.robots,
    )
