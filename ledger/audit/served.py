"""Cited pages that were asked for, and that their servers did not give -> findings."""

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
        if words := refusal(refused.get(page)):
            marker = f"[{citation.marker}] " if citation.marker else ""
            said = f"{marker}{citation.url}: {words}"
            yield AuditedFinding(
                code="page-not-served", detail=said, at=claim.start, claim=claim.id
            )
