"""Cited pages that were asked for, and that nobody got to read -> findings."""

from collections.abc import Iterator, Mapping, Sequence

from ledger.audit.claims import AuditedCitation, AuditedClaim, carriers
from ledger.audit.parts import AuditedFinding
from ledger.provenance import Asked, refusal


def not_served(
    claims: Sequence[AuditedClaim], refused: Mapping[str, Asked]
) -> Iterator[AuditedFinding]:
    """One for each page, at the first claim that cites it; `refused`: what was answered last."""
    first: dict[str, tuple[AuditedClaim, AuditedCitation]] = {}
    for claim in claims:
        for citation in carriers(claim):
            if citation.source_id is not None:
                first.setdefault(citation.source_id, (claim, citation))
    for page, (claim, citation) in first.items():
        asked = refused.get(page)
        if asked is None or (words := refusal(asked)) is None:
            continue
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
