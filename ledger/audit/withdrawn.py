"""What was retracted -> what of it the claims of an article lean on, and on copies of it."""

from collections.abc import Iterator, Sequence
from itertools import chain

from ledger.audit.claims import AuditedClaim, carriers
from ledger.audit.parts import Withdrawn, WithdrawnStory
from ledger.audit.sole import Voices
from ledger.provenance import Withdrawal, as_they_stand_now, copies_of_withdrawn
from ledger.reader import Reader


def withdrawn(
    reader: Reader,
    claims: Sequence[AuditedClaim],
    standing: Sequence[Withdrawal],
    voices: Voices,
) -> Iterator[Withdrawn]:
    """Those that are `standing` on which the claims lean, as `provenance.leaning`, in that order.

    So a page by which they are carried may be of another outlet, and have the words of that one.
    """
    named: dict[str, dict[str, None]] = {}
    for claim in claims:
        cited = (
            (each.source, each.key, voices.get(each.source_id or "", (None,))[0])
            for each in carriers(claim)
        )
        in_prose = ((each.key,) for each in claim.attributions)
        for name in chain.from_iterable((*cited, *in_prose)):
            if name is not None:
                named.setdefault(name, {})[claim.id] = None
    stands = as_they_stand_now(reader, named) if standing else {}
    for gone in standing:
        subject = gone["key"] or gone["subject"]
        leaning = {
            id for name, ids in named.items() if stands.get(name, name) == subject for id in ids
        }
        if not leaning:
            continue
        yield Withdrawn(
            subject=gone["subject"],
            kind=gone["kind"],
            name=gone["name"],
            since=gone["since"] or "",
            by=gone["by"],
            at=gone["at"],
            reason=gone["reason"],
            claims=tuple(claim.id for claim in claims if claim.id in leaning),
            said_of=gone["said_of"],
        )


def copies(
    reader: Reader, claims: Sequence[AuditedClaim], standing: Sequence[Withdrawal]
) -> Iterator[WithdrawnStory]:
    """The cited pages that carry the story of one that is `standing`, in that order."""
    citing: dict[str, dict[str, None]] = {}
    for claim in claims:
        for each in carriers(claim):
            if each.source_id is not None:
                citing.setdefault(each.source_id, {})[claim.id] = None
    for copied in copies_of_withdrawn(reader, standing, among=citing):
        gone = copied["gone"]
        yield WithdrawnStory(
            url=copied["url"],
            subject=gone["subject"],
            name=gone["name"],
            since=gone["since"] or "",
            by=gone["by"],
            at=gone["at"],
            reason=gone["reason"],
            claims=tuple(citing[copied["source"]]),
        )
