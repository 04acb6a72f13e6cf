"""What was withdrawn -> what of it the claims of an article lean on, and on copies of it.

What becomes of a claim is asked of `provenance.effects`, which tells it for the loss of outlets:
here a member of a group is what was withdrawn, or nothing that matters, or not known.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter

from ledger.audit.claims import AuditedClaim, by_phrase, carriers
from ledger.audit.parts import Withdrawn, WithdrawnStory
from ledger.audit.sole import Voices
from ledger.provenance import (
    FALLS,
    WEAKENS,
    Withdrawal,
    addresses,
    as_they_stand_now,
    copies_of_withdrawn,
    effects,
)
from ledger.reader import Reader

_LOST, _KEPT = "lost", "kept"


def withdrawn(
    reader: Reader,
    claims: Sequence[AuditedClaim],
    standing: Sequence[Withdrawal],
    voices: Voices,
) -> Iterator[Withdrawn]:
    """Those that are `standing` on which the claims lean, as `provenance.leaning`, in that order.

    A page is leaned on at whichever of its addresses it is cited.

    So a page by which they are carried may be of another outlet, and have the words of that one.
    """
    if not standing:
        return
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
    stands = as_they_stand_now(reader, named)
    leaning_on: dict[str, set[str]] = {}
    for name, ids in named.items():
        leaning_on.setdefault(stands.get(name, name), set()).update(ids)
    for gone in standing:
        names = addresses(gone)
        leaning = set().union(*(leaning_on.get(name, ()) for name in names))
        if not leaning:
            continue
        fate = without(claims, names, voices)
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
            key=gone["key"],
            also_at=tuple(name for name in gone["also_at"] if name in leaning_on),
            falls=tuple(id for id, effect in fate.items() if effect == FALLS),
            weakens=tuple(id for id, effect in fate.items() if effect == WEAKENS),
        )


def without(
    claims: Sequence[AuditedClaim], lost: Collection[str], voices: Voices
) -> dict[str, int]:
    """Ids of the claims that lean on anything lost to what becomes of them without all of it.

    Args:
        claims: In reading order, and so the answer.
        lost: `Outlet.key` as it stands, and `Source.url`.
        voices: As for `withdrawn`.
    """
    by_outlet = any("://" not in each for each in lost)

    def member(page: str | None, *keys: str | None) -> tuple[str | None, str | None]:
        if any(key in lost for key in (page, *keys) if key is not None):
            return _LOST, _LOST
        known = (page is not None and not by_outlet) or keys[0] is not None
        return (_KEPT, _KEPT) if known else (None, None)

    found: dict[str, int] = {}
    for claim in claims:
        cited = [
            [
                member(each.source, each.key, voices.get(each.source_id or "", (None,))[0])
                for each in group
            ]
            for _, group in groupby(carriers(claim), key=attrgetter("group"))
        ]
        named = [
            [member(None, each.key) for each in names]
            for names in by_phrase(each for each in claim.attributions if each.carries)
        ]
        effect = effects(tuple(map(tuple, cited + named))).get(_LOST)
        if effect is not None:
            found[claim.id] = effect
    return found


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
