"""What the ledger has of cited pages -> findings: not read, retracted, citing one another."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ledger.audit.claims import AuditedCitation, AuditedClaim, carriers
from ledger.audit.parts import AuditedFinding
from ledger.provenance import Asked, refusal, retracted_words, retraction_in
from ledger.urls import normalise

_MOST_CIRCLES = 20
"""Circles that are findings of their own; of more it is told how many: a report is read."""


def not_served(
    claims: Sequence[AuditedClaim], refused: Mapping[str, Asked]
) -> Iterator[AuditedFinding]:
    """One for each page, at the first claim that cites it; `refused`: what was answered last.

    Another address at which the page is cited is told: a copy in an archive was not asked for.
    """
    addresses: dict[str | None, dict[str | None, str]] = {}
    for claim in claims:
        for each in carriers(claim):
            if each.url is not None and each.source_id in refused:
                addresses.setdefault(each.source_id, {}).setdefault(normalise(each.url), each.url)
    for page, (claim, citation) in _first(claims).items():
        asked = refused.get(page)
        if asked is None or (words := refusal(asked, citation.url)) is None:
            continue
        beside = [url for url in addresses[page].values() if url != citation.url]
        words += f"; also cited as {beside[0]}" if beside else ""
        said = f"{f'[{citation.marker}] ' if citation.marker else ''}{citation.url}: {words}"
        if asked["unread"]:
            found = AuditedFinding(
                code="page-not-read", detail=said, at=claim.start, claim=claim.id
            )
        else:
            found = AuditedFinding(
                code="page-not-served", detail=said, at=claim.start, claim=claim.id
            )
        yield found


def retracted_by_title(
    title: str | None,
    claims: Sequence[AuditedClaim],
    cited: Mapping[str, str],
    done: Collection[str],
) -> Iterator[AuditedFinding]:
    """That the article itself, and pages that it cites, say that they were retracted.

    Args:
        title: Of the article.
        claims: Of it.
        cited: Ids of the pages that say so to the words with which they do.
        done: Addresses of those of which a person has said so.
    """
    if words := retraction_in(title):
        said = f"the title of this page begins with “{words}”"
        yield AuditedFinding(code="says-retracted", detail=said, at=None, claim=None)
    for page, (claim, citation) in _first(claims).items():
        if page not in cited or citation.source is None or citation.source in done:
            continue
        marker = f"[{citation.marker}] " if citation.marker else ""
        said = f"{marker}{citation.url}: {retracted_words(cited[page], citation.source)}"
        yield AuditedFinding(code="says-retracted", detail=said, at=claim.start, claim=claim.id)


def in_circles(
    claims: Sequence[AuditedClaim], circles: Sequence[Sequence[str]]
) -> Iterator[AuditedFinding]:
    """One for each circle of cited pages, by address, at the first claim that cites one of them.

    Pages that all cite one another are on very many: the shortest are listed, the rest counted.
    """
    for circle in circles[:_MOST_CIRCLES]:
        claim = next(
            claim for claim in claims if any(each.source in circle for each in carriers(claim))
        )
        said = f"{', which cites '.join(circle)}, which cites the first"
        said = said.replace(", which cites ", " cites ", 1)
        yield AuditedFinding(code="circular", detail=said, at=claim.start, claim=claim.id)
    if further := len(circles[_MOST_CIRCLES:]):
        said = f"and {further:,} further {'circle' if further == 1 else 'circles'}"
        yield AuditedFinding(code="circular", detail=said, at=None, claim=None)


def _first(claims: Sequence[AuditedClaim]) -> dict[str, tuple[AuditedClaim, AuditedCitation]]:
    """Cited page, by id, to the first claim and citation that lead to it."""
    first: dict[str, tuple[AuditedClaim, AuditedCitation]] = {}
    for claim in claims:
        for citation in carriers(claim):
            if citation.source_id is not None:
                first.setdefault(citation.source_id, (claim, citation))
    return first
