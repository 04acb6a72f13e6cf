"""Claims of an audit -> the groups that leave some of them on one outlet, or on one story."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from ledger.audit.claims import AuditedCitation, AuditedClaim, by_phrase, carriers
from ledger.audit.parts import SoleSupport
from ledger.provenance import lost_with

Voices = Mapping[str, tuple[str, str | None]]
"""Id of a page to the key and name of whose words it carries, as `queries.audited` has them."""


def single_source(claims: Iterable[AuditedClaim], voices: Voices) -> Iterator[SoleSupport]:
    """The groups of one outlet, or of one voice, of every sentence of resilience 1."""
    for claim in claims:
        if claim.resilience != 1:
            continue
        for _, members in groupby(carriers(claim), key=attrgetter("group")):
            sole = _sole(claim.id, tuple(members), voices)
            if sole is not None:
                yield sole
        for names in by_phrase(each for each in claim.attributions if each.carries):
            one = names[0]
            if one.key is not None and {each.key for each in names} == {one.key}:
                yield SoleSupport(claim.id, one.key, one.outlet or one.key, (), (), None)


def _sole(claim: str, group: tuple[AuditedCitation, ...], voices: Voices) -> SoleSupport | None:
    """What every citation of the group is lost with; None when nothing is known to be."""
    nameless = (each for each in group if each.key and each.source_id not in voices)
    if len({each.source_id for each in nameless}) > 1:
        return None  # of accounts that may be several
    heard = [voices.get(each.source_id or "", (each.key, each.outlet)) for each in group]
    takes = lost_with((each.key, voice) for each, (voice, _) in zip(group, heard, strict=True))
    if not takes:
        return None
    first = group[0].key
    publishes = first in takes and {each.key for each in group} == {first}
    key = first if first is not None and publishes else min(takes)
    names = {each.key: each.outlet for each in group} | dict(heard)
    others = (each for each in group if each.key is not None and each.key != key)
    carried_by = dict.fromkeys(each.outlet or str(each.key) for each in others)
    words_of = next((names[each] for each in takes - {key} if names[each]), None)
    return SoleSupport(claim, key, names[key], tuple(carried_by), group, words_of)
