"""Received -> Parsed: what the article in some bytes says, before any of it is an entry."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import NamedTuple, Protocol

from ledger import urls
from ledger.credits import elsewhere, led_on
from ledger.document import Document, Finding, Reference
from ledger.errors import ExtractError
from ledger.extract import read as extract
from ledger.extract.markers.authored import is_work
from ledger.extract.markers.keys import keys_in
from ledger.extract.media import HTML
from ledger.finding_words import led_to, own_address
from ledger.ids import article_id, canonical, capture_id, payload_digest
from ledger.inputs.receive import Received
from ledger.names import REGISTRY, Names
from ledger.origins import origin_of
from ledger.outlets import outlet_of
from ledger.pipeline import walls
from ledger.pipeline.claims import ParsedClaim, base_of, claims_of
from ledger.pipeline.pages import Page, Pages, source_url
from ledger.resolve import References, behind, lead_of, notice_hidden, notice_references

WALLED = frozenset({401, 402, 403, 405, 407, 429, 451, 503})
"""Statuses with which servers put a wall before a page; others say all there is to say."""


class Extract(Protocol):
    """A function called like `extract.read`, such as `contain.Workers.read`."""

    def __call__(
        self,
        body: bytes,
        *,
        name: str,
        media_type: str | None,
        charset: str | None,
        known: Sequence[str] = (),
    ) -> tuple[Document, str, str | None]:
        """The document, its media type and its charset; raises ExtractError."""


class Parsed(NamedTuple):
    """What the bytes say, before any of it is an entry.

    Attributes:
        document: What was read in them, with the entries of a list from outside, if there was one,
            and with all findings.
        media_type, charset: As decided; None for a format that is no text.
        payload_digest, references_digest, revises: As in `model.Capture` and `model.Article`.
        article_id: `Article.id` of the entry that this becomes.
        source: The page itself.
        pages: What is met; it has the page itself, and what is asked for besides.
        claims: In reading order.
    """

    document: Document
    media_type: str
    charset: str | None
    payload_digest: str
    references_digest: str | None
    revises: str | None
    article_id: str
    source: Page
    pages: Pages
    claims: list[ParsedClaim]


def parse(
    received: Received,
    given: Sequence[Reference] = (),
    *,
    revises: str | None = None,
    extract: Extract = extract,
    names: Names = REGISTRY,
) -> Parsed:
    """What the article in what was received says: all of `read` but the making of entries.

    Arguments and errors as those of `read`.
    """
    if received.status is not None and not 200 <= received.status < 300:
        raise _error_page(received)
    document, media_type, charset = _document(received, extract)
    given = given or received.given
    listed = _as_cited(given, document) if given else ()
    if listed and _is_told_by(listed, document):
        labels = tuple(filter(None, (reference.marker for reference in listed)))
        document, media_type, charset = _document(received, partial(extract, known=labels))
    address = source_url(received.url)
    base = base_of(document, address if urls.host(address) else None)
    references = References(document.references, listed, base)
    known = behind(references)
    pages = Pages(known)
    source = pages.source(address)
    payload, listed_as = payload_digest(received.body), references_digest(given)
    captured = capture_id(source.id, received.received_at, payload)
    return Parsed(
        document=_completed(document, references, source, received, known),
        media_type=media_type,
        charset=charset,
        payload_digest=payload,
        references_digest=listed_as,
        revises=revises,
        article_id=article_id(captured, document.extractor, listed_as, revises),
        source=source,
        pages=pages,
        claims=list(claims_of(document, references, base, names)),
    )


def _error_page(received: Received) -> ExtractError:
    wall = walls.wall_unread(received) if received.status in WALLED else None
    if wall is not None and wall.kind != "thin":
        return walls.refusal(wall, received)
    asked = next((value for name, value in received.headers if name == "retry-after"), None)
    wait = f", and asks to wait (Retry-After: {asked[:40]})" if asked else ""
    return ExtractError(
        received.name,
        f"http-{received.status}",
        f"the server answered {received.status}{wait}: that is not an article",
        remedy="Check the address, or try again later",
    )


def _as_cited(given: Sequence[Reference], document: Document) -> tuple[Reference, ...]:
    """A list from outside under the names that the document has for its entries.

    One that the text cites by its key, and by author and year elsewhere, is there under both.
    """
    from ledger.extract.lists.by_author import as_cited  # few documents come with a list

    cited = {label for mention in document.mentions for label in mention.labels}
    named = as_cited(given, document.text)
    if not any(reference.marker in cited for reference in given):
        return named
    already = frozenset(given)
    return (*given, *(entry for entry in named if entry not in already))


def _is_told_by(listed: Sequence[Reference], document: Document) -> bool:
    """Whether a list from outside says what is a citation: numbers wherever they stand, works.

    Or keys that were read as words: "[roe2021dams]".
    """
    if any(finding.code == "numbers-kept" for finding in document.findings):
        return True
    if any(is_work(reference.marker) for reference in listed):
        return True
    keys = {reference.marker for reference in listed}
    return not keys.isdisjoint(keys_in(document.text))


def extracted(received: Received, extract: Extract) -> tuple[Document, str, str | None]:
    """What `extract` gives for what was received; raises what it raises, of what was asked for."""
    try:
        return extract(
            received.body,
            name=received.final_url if received.status else received.name,
            media_type=received.media_type,
            charset=received.charset,
        )
    except ExtractError as error:
        error.input = received.name
        raise


def _document(received: Received, extract: Extract) -> tuple[Document, str, str | None]:
    """The document, media type and charset; a wall raises, or is the first of its findings."""
    try:
        document, media_type, charset = extracted(received, extract)
    except ExtractError as error:
        wall = walls.wall_unread(received) if error.code == "no-text" else None
        if wall is not None and walls.stands(wall, received):
            raise walls.refusal(wall, received) from error
        raise
    wall = walls.wall_of(received, document, charset) if media_type == HTML else None
    if wall is None:
        return document, media_type, charset
    if walls.stands(wall, received):
        raise walls.refusal(wall, received)
    findings = (walls.finding(wall), *document.findings)
    return replace(document, findings=findings), media_type, charset


def references_digest(given: Sequence[Reference]) -> str | None:
    """SHA-256 of a list given from outside; None when none was."""
    if not given:
        return None
    return hashlib.sha256(canonical([asdict(entry) for entry in given])).hexdigest()


def _completed(
    document: Document,
    references: References,
    source: Page,
    received: Received,
    known: Mapping[str, str],
) -> Document:
    """The document with the list that its markers are looked up in, and what is to be said of it.

    Args:
        source: The page asked for.
        received: What came.
        known: As `behind` gives it.
    """
    findings = (
        *document.findings,
        *notice_references(document, references),
        *notice_hidden(_cited(document, references), known),
        *_notice_origins(references),
        *_notice_home(document, source, received),
    )
    return replace(document, references=references.entries, findings=findings)


def _cited(document: Document, references: References) -> Iterable[str]:
    """The pages of a list, and those that the text links as sources: normalised, each once."""
    listed = (lead_of(url).source for entry in references.entries for url in entry.urls)
    linked = (
        lead_of(mention.url).source
        for mention in document.mentions
        if mention.url and mention.form != "navigation"
    )
    return dict.fromkeys(page for page in (*listed, *linked) if page)


def _notice_origins(references: References) -> Iterator[Finding]:
    """Entries that say by their address that an agency wrote the story."""
    for entry in references.entries:
        source = lead_of(entry.url).source if entry.url else None
        agency = origin_of(source) if source else None
        if agency is not None:
            yield Finding(
                code="syndicated-address",
                detail=f"[{entry.marker or 'unnumbered'}] {source} is a story of {agency.name} by "
                "its address",
            )


def _notice_home(document: Document, source: Page, received: Received) -> Iterator[Finding]:
    """A page that has an address of another outlet: that which its own led on to, or one it names.

    Where it names one of the outlet that was asked, that one has it of right. Where it names a
    third, it is a copy wherever it stands; but a short link has no outlet to be one of.
    """
    named = urls.normalise(document.canonical) if document.canonical else None
    led = led_on(source.url, received.final_url, received.status)
    asked, publisher = outlet_of(source.url), outlet_of(named) if named else None
    own = publisher is not None and publisher == asked
    if led is not None and elsewhere(source.url, led) and not own:
        copied = elsewhere(source.url, named) and elsewhere(led, named)
        if not copied or source.outlet is None:
            yield Finding(code="redirected", detail=led_to(led))
            return
    if named is not None and elsewhere(source.url, named):
        yield Finding(code="other-address", detail=own_address(named))
