"""Pages that lead to others -> whose voice they have at the end of the way.

A page leads to another that it names as its own address, or that is all it repeats. That says
something of whose words the one has that leads, and nothing of the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

STORY = "story:"
"""How an origin begins that is no outlet: one text, of which nobody knows who wrote it."""


class Lead(NamedTuple):
    """A page that speaks with the voice of another, `to`, unless more is known of it."""

    page: str
    to: str
    reason: Literal["home", "repeats"]


class Found(NamedTuple):
    """What is known of pages, by id, before any has the voice of another that it leads to.

    Attributes:
        root: Page to the cluster that it is in, by the id of one page of that.
        outlet: Page to who publishes it; None when not known.
        home: Page to the outlet at the address that it names as its own; None for its own.
        members: Cluster to its pages.
        origin: Cluster to the outlet or story whose words it has; None for each page's own outlet.
        apart: Pages that were told apart.
    """

    root: Mapping[str, str]
    outlet: Mapping[str, str | None]
    home: Mapping[str, str | None]
    members: Mapping[str, Sequence[str]]
    origin: Mapping[str, str | None]
    apart: Sequence[tuple[str, str]]


def followed(leads: Iterable[Lead], found: Found) -> dict[str, str | None]:
    """Cluster to its origin, of those that have the voice of a page that one of theirs leads to.

    That one may lead to a third, and so on. Where two pages that were told apart would then be lost
    together, the first of them that follows another follows none.

    Args:
        leads: The firmest first.
        found: As above.

    Never raises.
    """
    follows: dict[str, Lead] = {}
    for lead in leads:
        root = found.root[lead.page]
        if root != found.root[lead.to] and _may_follow(lead, found):
            follows.setdefault(root, lead)
    while True:
        ends = {root: _end_of(root, follows, found) for root in follows}
        together = _told_apart_but_lost_together(found, ends)
        clash = next((root for root in together if root in follows), None)
        if clash is None:
            return ends
        del follows[clash]


def in_common(origins: Sequence[str | None], published: Sequence[str | None]) -> str | None:
    """The outlet or story with which two pages are lost, unless one outlet publishes both.

    Args:
        origins: Of the clusters of the two.
        published: Their outlets.
    """
    here, there = published
    one, other = (origin or outlet for origin, outlet in zip(origins, published, strict=True))
    voice = one if one in (other, there) else other if other == here else None
    return None if here == there == voice else voice


def story_of(pages: Mapping[str, str | None]) -> str | None:
    """The text of these pages, with their outlets, of which nobody knows who wrote it.

    None where one outlet alone has it.
    """
    if len({outlet for outlet in pages.values() if outlet}) < 2:
        return None
    return STORY + min(pages)


def _may_follow(lead: Lead, found: Found) -> bool:
    """Whether nothing firmer tells whose words a cluster has than that one of it leads elsewhere.

    An address that a page has tells no more than whose the page there is. Who repeats a page may do
    so in the words of an agency, or under an address elsewhere: then they are those.
    """
    root, outlet = found.root[lead.page], found.outlet[lead.page]
    origin = found.origin[root]
    if lead.reason == "home":
        return (origin or outlet) == (found.home[lead.page] or outlet)
    published = {found.outlet[page] for page in found.members[root]}
    return origin is None or origin.startswith(STORY) or published == {origin}


def _end_of(start: str, follows: Mapping[str, Lead], found: Found) -> str | None:
    """The origin at the end of the way from a cluster.

    Pages that name each other in a circle lead no further. Of those that repeat one another in a
    circle somebody said it first, or nobody did: that is a story.
    """
    way, page = [start], follows[start].to
    while (there := found.root[page]) in follows and there not in way:
        way.append(there)
        page = follows[there].to
    ring = way[way.index(there) :] if there in way else []
    if ring and all(follows[root].reason == "repeats" for root in ring):
        return story_of({each: found.outlet[each] for root in ring for each in found.members[root]})
    return found.origin[there] or found.outlet[page]


def _told_apart_but_lost_together(found: Found, ends: Mapping[str, str | None]) -> Iterator[str]:
    """The clusters of such pages, pair by pair."""
    for pair in found.apart:
        roots = [found.root[page] for page in pair]
        origins = [ends.get(root, found.origin[root]) for root in roots]
        if in_common(origins, [found.outlet[page] for page in pair]):
            yield from roots
