"""Received -> the ledger: read it, and record it unless it is recorded already."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger.errors import ExtractError
from ledger.model import Reference, Source
from ledger.pipeline.read import capture, read, source_url
from ledger.pipeline.receive import Received
from ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input.

    Attributes:
        article: Id of the article, recorded now or before; None when there is none.
        title: Its title; None when it has none.
        new: Whether this run recorded it.
        revises: Id of the version before it; None for the first version and when nothing is new.
        claims, citations, gaps, findings: How many the article has. Headings, questions and
            lead-ins are no claims; gaps are among the citations.
    """

    article: str | None
    title: str | None
    new: bool
    revises: str | None
    claims: int
    citations: int
    gaps: int
    findings: int


def ingest(ledger: Ledger, received: Received, given: Sequence[Reference] = ()) -> Outcome:
    """Record one input in one transaction.

    The same bytes from the same address, read by the same reader with the same references, record
    nothing: every id follows from the content. Other bytes make a new version of the article.

    Raises:
        ExtractError: There is no article in it; a response from the network is recorded all the
            same, because an error page is evidence.
        StoreError: It could not be recorded.
    """
    source = Source.make(url=source_url(received.url)).id
    captured = ledger.latest_capture(source)
    digest = f"sha256:{hashlib.sha256(received.body).hexdigest()}"
    if captured is not None and captured.payload_digest == digest:
        # The same bytes are the same capture, whenever they are asked for again.
        received = replace(received, received_at=captured.captured_at)
    if received.status is not None and not 200 <= received.status < 300:
        ledger.append(capture(received))
        raise ExtractError(
            received.name,
            f"http-{received.status}",
            f"the server answered {received.status}: the answer is recorded, there is no article",
        )
    before = ledger.latest_article(source)
    try:
        reading = read(received, given, revises=before.article_id if before else None)
    except ExtractError:
        if received.status is not None:
            ledger.append(capture(received))
        raise
    appended = ledger.append(reading)
    article = reading.article
    return Outcome(
        article=appended.article_id,
        title=article.title if article else None,
        new=appended.new,
        revises=article.revises if article and appended.new else None,
        claims=sum(claim.kind != "not-a-claim" for claim in reading.claims),
        citations=appended.citations,
        gaps=appended.gaps,
        findings=len(article.findings) if article else 0,
    )
