"""Received -> the ledger: read it, and record it unless it is recorded already."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from ledger import urls
from ledger.document import Reference
from ledger.errors import ExtractError, StoreError
from ledger.extract import read as extract
from ledger.extract.expected import expected
from ledger.ids import source_id
from ledger.inputs.receive import Received
from ledger.model import Capture, Reading
from ledger.names import REGISTRY, Names
from ledger.pipeline.capture import capture
from ledger.pipeline.carry import carry
from ledger.pipeline.outcome import Outcome, Prepared, as_recorded, tallied, unchanged
from ledger.pipeline.pages import source_url
from ledger.pipeline.parse import Extract, references_digest
from ledger.pipeline.read import read

if TYPE_CHECKING:  # what only reads must not wait for the object mapper
    from ledger.latest import Latest, LatestCapture
    from ledger.store import Ledger

ATTEMPTS = 20
"""How often to read anew when others record versions of the same page at the same time."""


def ingest(
    ledger: "Ledger",
    received: Received,
    given: Sequence[Reference] = (),
    *,
    extract: Extract = extract,
    names: Names = REGISTRY,
) -> Outcome:
    """Record one input in one transaction.

    The same answer from the same address, read by the same reader with the same references,
    records nothing, unless outlets that people told since are named in it; neither does the same
    answer without a list from outside, when the version in the record has one: that list stands.
    Anything else is a new version of the article, which keeps what people decided about the one
    before as far as it still applies, and against its list.

    `extract` turns the bytes into a document, and `names` tells outlets in prose, as in `read`.

    Raises:
        ExtractError: There is no article in it; a response from the network is recorded all the
            same, because an error page is evidence.
        RefusedError: These bytes were redacted.
        StoreError: It could not be recorded.
    """
    for _ in range(ATTEMPTS):
        prepared = prepare(ledger, received, given, extract, names)
        if isinstance(prepared, Outcome):
            return prepared
        ready = [prepared] if prepared else []
        outcomes = tallied(ledger, ready, ledger.append_together([each.version for each in ready]))
        if outcomes and outcomes[0] is not None:
            return outcomes[0]
    raise StoreError(
        ledger.db,
        f"other programs keep recording versions of {received.name}",
        remedy="Run the same command again when they are done",
    )


def earlier(ledger: "Ledger", url: str) -> "LatestCapture | None":
    """The recorded capture of an address by which its server can tell whether it has changed.

    That of the article comes before an error page that stood in its place later.

    Returns:
        None when nothing is recorded that an HTTP server answered with 200.
    """
    seen = ledger.latest(source_id(source_url(url)))
    known = seen.read_from or seen.capture
    return known if known is not None and known.status == 200 else None


def source_of(received: Received) -> str:
    """Id of the source that an input is a capture of."""
    return source_id(source_url(received.url))


def prepare(
    ledger: "Ledger",
    received: Received,
    given: Sequence[Reference],
    extract: Extract,
    names: Names,
) -> Outcome | Prepared | None:
    """Read one input without recording it, except for an error page.

    Args: As for `ingest`.

    Returns:
        What came of it, where nothing is to be recorded; None when somebody recorded something of
        the same page meanwhile.

    Raises:
        ExtractError, RefusedError, StoreError: As `ingest`.
    """
    if received.recorded is not None:
        ledger.refuse_erased(received.url, received.recorded)
        received = replace(received, body=ledger.payload(received.recorded), recorded=None)
    fresh = capture(received)
    seen = ledger.latest(fresh.capture.source_id)
    known = _known(source_url(received.url), fresh.capture, seen)
    if known is not None:
        ledger.refuse_erased(received.url, known.payload_digest)
        # The same answer is the same capture, whenever it is asked for again.
        received = replace(received, received_at=known.captured_at)
    elif article := ledger.read_before(fresh.capture.id):
        # An archive is read again, and something newer was recorded since.
        return unchanged(ledger, article)
    listed = references_digest(given or received.given)
    as_it_is = None if names.told else _as_it_is(received, known, seen, listed)
    if as_it_is is not None:
        return as_recorded(ledger, as_it_is, seen, listed)
    try:
        before = seen.article.article_id if seen.article else None
        reading = read(received, given, revises=before, extract=extract, names=names)
    except ExtractError:
        if not received.answered or ledger.append_after(seen, capture(received)):
            raise
        return None
    if seen.article is not None and _unchanged(reading, seen, listed):
        said = frozenset((each.start, each.outlet) for each in reading.attributions)
        # Who was told of an outlet since finds it in what was read before.
        if not names.told or ledger.named_in(seen.article.article_id) == said:
            return as_recorded(ledger, seen.article.article_id, seen, listed)
    carried = carry(seen, reading)
    return Prepared(seen, reading, *carried, uncited=_is_uncited(given, reading))


def is_recorded(
    ledger: "Ledger", received: Received, given: Sequence[Reference], names: Names
) -> bool:
    """Whether `prepare` would find an input recorded as it is, and so not read it."""
    if names.told:
        return False
    fresh = capture(received).capture
    seen = ledger.latest(fresh.source_id)
    known = _known(source_url(received.url), fresh, seen)
    listed = references_digest(given or received.given)
    return _as_it_is(received, known, seen, listed) is not None


def _is_uncited(given: Sequence[Reference], reading: Reading) -> bool:
    if not given or reading.article is None:
        return False
    from ledger.extract.lists.given import is_uncited  # few documents come with a list

    listed = [(each.marker, each.raw) for each in reading.article.references]
    return is_uncited(given, listed, [each.marker for each in reading.citations])


def _as_it_is(
    received: Received, known: "LatestCapture | None", seen: "Latest", listed: str | None
) -> str | None:
    """The id of the article that reading would give once more: of the same bytes, reader and list.

    So a run that was interrupted goes on at once, and a folder is looked through in a moment. None
    where only reading tells.
    """
    before = seen.article
    if known is None or before is None or known != seen.read_from:
        return None
    if listed is not None and listed != before.references_digest:
        return None
    called = received.final_url if received.status else received.name
    reader = expected(received.body, name=called, media_type=received.media_type)
    return before.article_id if reader == before.extractor else None


def _known(page: str, fresh: Capture, seen: "Latest") -> "LatestCapture | None":
    """The recorded capture of a page that says the same; None when none does.

    That of the article comes first: when an error page stood in between, the article that is back
    is the one that was there.
    """
    for each in (seen.read_from, seen.capture):
        if each is None or each.payload_digest != fresh.payload_digest:
            continue
        if each.status == fresh.status and _way(page, each) == _way(page, fresh):
            return each
    return None


def _way(page: str, captured: "Capture | LatestCapture") -> list[str]:
    """The pages from the one that was asked for to the one that gave the bytes.

    Another spelling of a page (`www.`, http, a campaign label) is no other way to it.
    """
    hops = (page, *captured.redirects, captured.final_url)
    return [each for each, _ in groupby(urls.normalise(hop) or hop for hop in hops)]


def _unchanged(reading: Reading, seen: "Latest", listed: str | None) -> bool:
    article, before = reading.article, seen.article
    if article is None or before is None or seen.read_from is None:
        return False
    if article.capture_id != seen.read_from.capture_id:
        return False
    if listed is None and before.references_digest is not None:
        return True
    return (article.extractor, listed) == (before.extractor, before.references_digest)
