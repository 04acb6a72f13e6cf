"""Received -> Reading: what the bytes say, as entries of the ledger."""

from collections.abc import Sequence

from ledger.attribute import Named
from ledger.document import Reference
from ledger.extract import read as extract
from ledger.ids import entry_id
from ledger.inputs.receive import Received
from ledger.model import Article, Attribution, Capture, Citation, Claim, Reading
from ledger.names import REGISTRY, Names
from ledger.pipeline.capture import captured
from ledger.pipeline.claims import Cited, ParsedClaim, group_beside
from ledger.pipeline.entries import outlets_of, sources_of
from ledger.pipeline.pages import Pages
from ledger.pipeline.parse import Extract, Parsed, parse


def read(
    received: Received,
    given: Sequence[Reference] = (),
    *,
    revises: str | None = None,
    extract: Extract = extract,
    names: Names = REGISTRY,
) -> Reading:
    """Read the article in what was received.

    Args:
        received: The bytes.
        given: References from outside, for an article that comes without its list; they stand for
            those of `received.given`.
        revises: Id of the article's previous version in the ledger; None for the first.
        extract: What turns the bytes into a document; by default here and now. Bytes of strangers
            belong into `contain.Workers`.
        names: By which outlets are known in prose.

    Raises:
        ExtractError: The bytes hold no article; "http-404" and the like for an error page,
            "wall-paywall" and the like for what stands in place of the article.
    """
    parsed = parse(received, given, revises=revises, extract=extract, names=names)
    capture = captured(received, parsed.source.id, parsed.payload_digest)
    capture = capture.model_copy(
        update={"media_type": parsed.media_type, "charset": parsed.charset}
    )
    claims, citations, attributions = _entries(parsed)
    return Reading(
        capture=capture,
        payload=received.body,
        sources=sources_of(parsed.pages),
        outlets=outlets_of(parsed.pages),
        article=_article(parsed, capture),
        claims=claims,
        citations=citations,
        attributions=attributions,
    )


def _article(parsed: Parsed, capture: Capture) -> Article:
    document = parsed.document
    return Article.of_own(
        capture_id=capture.id,
        source_id=capture.source_id,
        extractor=document.extractor,
        references_digest=parsed.references_digest,
        title=document.title,
        byline=document.byline,
        published=document.published,
        dateline=document.dateline,
        language=document.language,
        text=document.text,
        blocks=document.blocks,
        references=document.references,
        findings=document.findings,
        revises=parsed.revises,
    )


def _entries(
    parsed: Parsed,
) -> tuple[tuple[Claim, ...], tuple[Citation, ...], tuple[Attribution, ...]]:
    claims: list[Claim] = []
    citations: list[Citation] = []
    attributions: list[Attribution] = []
    seen: dict[str, int] = {}
    for stated in parsed.claims:
        seen[stated.exact] = occurrence = seen.get(stated.exact, 0) + 1
        claim = _claim(stated, parsed, occurrence)
        claims.append(claim)
        citations += [_citation(claim, each, parsed.pages) for each in stated.cited]
        attributions += [_attribution(claim, each, stated, parsed.pages) for each in stated.named]
    return tuple(claims), tuple(citations), tuple(attributions)


def _claim(stated: ParsedClaim, parsed: Parsed, occurrence: int) -> Claim:
    return Claim.make(
        article_id=parsed.article_id,
        start=stated.sentence.start,
        end=stated.sentence.end,
        exact=stated.exact,
        section=stated.sentence.section,
        kind=stated.kind,
        key=entry_id("claim-key", parsed.source.url, stated.exact, occurrence),
    )


def _citation(claim: Claim, cited: Cited, pages: Pages) -> Citation:
    lead = cited.lead
    return Citation.make(
        claim_id=claim.id,
        group=cited.group,
        ordinal=cited.ordinal,
        alternative=cited.alternative,
        marker=cited.marker,
        raw=cited.mention.raw,
        at=cited.mention.at,
        form=lead.form,
        url=lead.url,
        source_id=pages.source(lead.source).id if lead.source else None,
        gap=lead.gap,
    )


def _attribution(claim: Claim, named: Named, stated: ParsedClaim, pages: Pages) -> Attribution:
    return Attribution.make(
        claim_id=claim.id,
        name=named.name,
        outlet=pages.named(named.outlet) if named.outlet else None,
        start=named.start,
        end=named.end,
        group=group_beside(stated.sentence, named.start, named.end),
        together=named.together,
    )
