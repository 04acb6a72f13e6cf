"""What an audit says of an article -> its counts."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ledger.audit.claims import AuditedClaim, carriers
from ledger.audit.parts import ListedReference, Numbers, Weight
from ledger.provenance import FALLS, WEAKENS, Opened


def numbers(
    claims: Sequence[AuditedClaim],
    weights: Sequence[Weight],
    references: Sequence[ListedReference] | None,
    findings: int,
    withdrawn: Mapping[str, int],
    opened: Mapping[str, Opened],
    same: Mapping[str, str],
) -> Numbers:
    """Every count of an audit.

    Args:
        claims, weights: Of the article.
        references: None where the list was redacted.
        findings: How many that nobody has settled.
        withdrawn: What becomes of claims without all that was withdrawn, as `withdrawn.without`.
        opened: What there is of every cited page, by id.
        same: As `provenance.same_pages`: a page counts once, at however many addresses.
    """
    fates = Counter(withdrawn.values())
    kinds = Counter(claim.kind for claim in claims)
    leads = [citation for claim in claims for citation in carriers(claim)]
    citations = [citation for citation in leads if citation.alternative == 0]
    gaps = sum(citation.gap is not None for citation in leads)
    carried = [claim for claim in claims if claim.carried]
    strength = Counter(claim.resilience for claim in carried)
    by_owner = Counter(claim.owner_resilience for claim in carried)
    cited = {citation.source_id for citation in leads if citation.source_id is not None}
    sources = {same.get(page, page): opened[page] for page in cited}
    there = Counter(sources.values())
    cited_outlets = {citation.key for citation in leads}
    listed = None if references is None else len(references)
    used = (
        None
        if references is None
        else sum(bool(each.claims or each.doubtful) for each in references)
    )
    return Numbers(
        claims=len(claims) - kinds["not-a-claim"],
        cited=kinds["cited"],
        covered=kinds["covered"],
        attributed=kinds["attributed"],
        uncited=kinds["uncited"],
        not_claims=kinds["not-a-claim"],
        citations=len(citations),
        resolved=len(citations) - gaps,
        gaps=gaps,
        linked=sum(
            citation.gap is None and citation.linked_by is not None for citation in citations
        ),
        navigation=sum(len(claim.citations) for claim in claims) - len(leads),
        carried=len(carried),
        one_outlet=strength[1],
        two_outlets=strength[2],
        more_outlets=len(carried) - strength[1] - strength[2] - strength[None],
        not_known=strength[None],
        one_owner=by_owner[1],
        owner_not_known=by_owner[None],
        carried_not_claims=sum(claim.number is None for claim in carried),
        sources=len(sources),
        sources_read=there["read"],
        sources_no_article=there["no-article"],
        sources_not_served=there["not-served"],
        sources_never_fetched=there["never-fetched"],
        several_unread=sum(_rests_on_unread(claim, opened) for claim in carried),
        outlets=len(weights),
        outlets_only_named=sum(weight.key not in cited_outlets for weight in weights),
        references=listed,
        references_cited=used,
        references_never_cited=None if listed is None or used is None else listed - used,
        findings=findings,
        withdrawn_falls=fates[FALLS],
        withdrawn_weakens=fates[WEAKENS],
    )


def _rests_on_unread(claim: AuditedClaim, opened: Mapping[str, Opened]) -> bool:
    """Whether it falls only with several outlets, and cites a page that was not read."""
    cited = {citation.source_id for citation in carriers(claim)} - {None}
    return (claim.resilience or 0) > 1 and any(opened[page or ""] != "read" for page in cited)
