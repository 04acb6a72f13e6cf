"""Pages and what ties them -> which of them are one voice, and whose.

Pages are joined from the firmest tie to the loosest: what a person said, then a page that names
another of the same text as its own address, then equal texts by how equal they are. A tie that
would bring two pages together which a person told apart is left out. So a pair that was told apart
stays apart, whatever chain of likeness leads from one to the other, and of such a chain the loosest
link gives way. Of two people (or of one who thought again) the later decision stands.

A page that names another as its own address, and does not have its text, speaks with that one's
voice; so does one that only repeats another. The one that is named or repeated does not speak with
theirs: anybody may name or cite anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from ledger.leads import STORY, Found, Lead, followed, in_common, story_of

__all__ = ["STORY", "Decision", "Page", "Reason", "Settled", "Tie", "Voice", "settle"]

Reason = Literal["credit", "address", "redirect", "home", "judged", "text", "repeats"]
"""Why a page speaks with another's voice.

credit: it says that an agency wrote it. address: its own address says so. redirect: its address led
on to a page elsewhere. home: it names an address elsewhere as its own. judged: a person says so.
text: its text is another page's. repeats: all that it says, it says after one other page.
"""


class Page(NamedTuple):
    """What a page says of whose it is.

    Attributes:
        id: Of the source.
        outlet: `Outlet.key` of who publishes it; None when not known. Where only that of the page
            is known to which its address led on: that.
        agency: Key of the agency that it or its address credits; None for none.
        by: Which of both does; None for none.
        home: Key of the outlet at the address that it names as its own; None when that is its own.
        is_agency: Whether its publisher is a news agency.
        repeats: Key of the outlet of the page that is all it cites; None for none.
        led: Whether its address led on to the page that is its home, or whose outlet it has.
        nameless: Whether its outlet is a platform, so that the account is not known: of two such
            pages each may be of another.
    """

    id: str
    outlet: str | None
    agency: str | None = None
    by: Literal["credit", "address"] | None = None
    home: str | None = None
    is_agency: bool = False
    repeats: str | None = None
    led: bool = False
    nameless: bool = False


class Tie(NamedTuple):
    """Two pages that may be one voice; `part` is the share of the shorter text in the other.

    `one` is the smaller id, or where a page repeats another the one that repeats.
    """

    one: str
    other: str
    reason: Literal["home", "text", "repeats"]
    part: float = 1.0


class Decision(NamedTuple):
    """A person's word on two pages; `id` is the judgement's."""

    id: str
    verb: Literal["same", "apart"]
    one: str
    other: str


class Voice(NamedTuple):
    """A page that counts as `origin`; `other` is the page that shows it, None for itself."""

    source_id: str
    origin: str
    reason: Reason
    other: str | None


class Settled(NamedTuple):
    """Which page speaks with whose voice, and which decisions are overruled by later ones."""

    voices: list[Voice]
    overruled: list[Decision]


_FIRMNESS = {"home": 0, "text": 1}
"""Ties by their reason, the firmest first: `settle` joins in this order."""


_Proof = defaultdict[str, list[tuple[str, Reason]]]
"""Page to what shows whose voice it has: which other page, and why, in the order of `settle`."""


class _Clusters:
    """Sets of pages, and pairs of them that must not come together."""

    def __init__(self, pages: Iterable[str]) -> None:
        self._parent = {page: page for page in pages}
        self.apart: list[tuple[str, str]] = []

    def of(self, page: str) -> str:
        """The page that stands for all of its set, the one with the smallest id."""
        while self._parent[page] != page:
            self._parent[page] = page = self._parent[self._parent[page]]
        return page

    def join(self, one: str, other: str) -> bool:
        """False when two pages told apart would come together: then nothing is joined."""
        a, b = sorted((self.of(one), self.of(other)))
        if a != b:
            kept = ({self.of(x), self.of(y)} for x, y in self.apart)
            if any(pair == {a, b} for pair in kept):
                return False
            self._parent[b] = a
        return True

    def part(self, one: str, other: str) -> bool:
        """False when the two are together already."""
        if self.of(one) == self.of(other):
            return False
        self.apart.append((one, other))
        return True


def settle(pages: Sequence[Page], ties: Sequence[Tie], decisions: Iterable[Decision]) -> Settled:
    """Settle the voices of some pages, which must include every page that a tie or decision names.

    Args:
        pages: Each once.
        ties: Between these pages.
        decisions: On these pages, in the order in which they were taken.

    Returns:
        Voices by source id, of pages that do not speak with the voice of their own outlet, and of
        those that do although their address says otherwise, or where only what it led on to
        shows which outlet that is. Pages of unknown outlet stay unknown and have none. Never
        raises.
    """
    own = {page.id: page for page in pages}
    clusters = _Clusters(own)
    proof: _Proof = defaultdict(list)
    overruled = _decided(clusters, decisions, proof)
    named = {tie for tie in _only_named(ties) if not _one_account(own[tie.one], own[tie.other])}
    _tied(clusters, [tie for tie in ties if tie.reason != "repeats" and tie not in named], proof)
    leads = [each for tie in sorted(named) for each in _namings(own[tie.one], own[tie.other])]
    leads += _repeating(ties, own)
    for lead in leads:
        proof[lead.page].append((lead.to, lead.reason))
    groups: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(pages):
        groups[clusters.of(page.id)].append(page)
    origins = _origins(groups, clusters)
    found = Found(
        root={page: clusters.of(page) for page in own},
        outlet={page.id: page.outlet for page in pages},
        home={page.id: page.home for page in pages},
        members={root: [page.id for page in members] for root, members in groups.items()},
        origin=dict(origins),
        apart=clusters.apart,
    )
    origins |= followed(leads, found)
    voices = [
        voice
        for root, members in groups.items()
        for page in members
        if (voice := _voice(page, origins[root], proof[page.id])) is not None
    ]
    return Settled(sorted(voices), overruled)


def _decided(clusters: _Clusters, decisions: Iterable[Decision], proof: _Proof) -> list[Decision]:
    """Join and part what people said, the latest first; gives what that overrules, in order."""
    overruled = []
    for decision in reversed(list(decisions)):
        if decision.verb == "apart":
            stands = clusters.part(decision.one, decision.other)
        else:
            stands = clusters.join(decision.one, decision.other)
            if stands:
                _note(proof, decision.one, decision.other, "judged")
        if not stands:
            overruled.append(decision)
    return overruled[::-1]


def _tied(clusters: _Clusters, ties: Iterable[Tie], proof: _Proof) -> None:
    """Bring together what these ties join, the firmest first, as far as nothing keeps it apart."""
    for tie in sorted(ties, key=lambda tie: (_FIRMNESS[tie.reason], -tie.part, tie.one, tie.other)):
        if clusters.join(tie.one, tie.other):
            _note(proof, tie.one, tie.other, tie.reason)


def _note(proof: _Proof, one: str, other: str, reason: Reason) -> None:
    proof[one].append((other, reason))
    proof[other].append((one, reason))


def _origins(groups: Mapping[str, list[Page]], clusters: _Clusters) -> dict[str, str | None]:
    """Root to origin. Pages told apart share none: what one of them credits gives way.

    Giving way can bring a cluster to an origin that another one has, so this is done until nothing
    changes: each time one origin less is left to choose from.
    """
    outlet = {page.id: page.outlet for members in groups.values() for page in members}
    origins = {root: _origin(members) for root, members in groups.items()}
    closed: dict[str, set[str]] = defaultdict(set)

    def shared() -> tuple[str, str] | None:
        for pair in clusters.apart:
            published = [outlet[page] for page in pair]
            roots = [clusters.of(page) for page in pair]
            voice = in_common([origins[root] for root in roots], published)
            if voice is not None:
                # Whoever publishes it has it of right, and who is one with such a page; of two
                # others the first gives way.
                of_right = [any(page.outlet == voice for page in groups[root]) for root in roots]
                first = of_right[0] if of_right[0] != of_right[1] else published[0] == voice
                return roots[first], voice
        return None

    while (found := shared()) is not None:
        root, origin = found
        closed[root].add(origin)
        origins[root] = _origin(groups[root], closed[root])
    return origins


def _only_named(ties: Sequence[Tie]) -> set[Tie]:
    """The ties by which a page only names another, and does not have its text."""
    alike = {(tie.one, tie.other) for tie in ties if tie.reason == "text"}
    return {tie for tie in ties if tie.reason == "home" and (tie.one, tie.other) not in alike}


def _one_account(one: Page, other: Page) -> bool:
    """Whether two pages of which one has the other's address are of one account, not known which.

    Such pages have no voice of their outlet, which one of them could have from the other.
    """
    return one.nameless and other.nameless and one.outlet == other.outlet


def _namings(one: Page, other: Page) -> Iterator[Lead]:
    """Which of two pages has the other's address, by its own word or led on to it."""
    for page, home in ((one, other), (other, one)):
        there = page.outlet if page.led and page.home is None else page.home
        if there is not None and there == home.outlet:
            yield Lead(page.id, home.id, "home")


def _repeating(ties: Sequence[Tie], pages: Mapping[str, Page]) -> Iterator[Lead]:
    """Which page only repeats which other; none where both outlets are one."""
    for tie in sorted(ties):
        if tie.reason == "repeats" and pages[tie.one].repeats is not None:
            yield Lead(tie.one, tie.other, "repeats")


def _leads(proof: Sequence[tuple[str, Reason]]) -> str | None:
    """The page whose address a page has, where that one is there."""
    return next((other for other, reason in proof if reason == "home"), None)


def _origin(members: Sequence[Page], closed: Collection[str] = ()) -> str | None:
    """Whose words a cluster is; None when its pages speak for their own outlet.

    The agency that published one of them; else the one that most of them credit; else whoever has
    the address that they name as their own; else nobody known, if several outlets print it. None of
    `closed`.
    """
    for keys in (
        [page.outlet for page in members if page.outlet and page.is_agency],
        [page.agency for page in members if page.agency],
        _homes(members),
    ):
        often = Counter(key for key in keys if key not in closed)
        if often:
            return min(often, key=lambda key: (-often[key], key))
    return story_of({page.id: page.id if page.nameless else page.outlet for page in members})


def _homes(members: Sequence[Page]) -> list[str]:
    """Outlets at the addresses that pages name as their own, as far as others are not overruled.

    One that published one of the pages, or that all of them name: by copying a page, and naming
    whom it likes, nobody decides whose words that page has. Nor does who leads on to a copy: where
    others print the text, too, that says only where one address led.
    """
    there = {page.outlet for page in members if page.outlet and not (page.led and page.home)}
    homes = [page.home for page in members if page.home and (not page.led or there <= {page.home})]
    often, outlets = Counter(homes), {page.outlet for page in members}
    known = sum(page.outlet is not None for page in members)
    return [home for home in homes if home in outlets or often[home] >= known]


def _voice(page: Page, origin: str | None, proof: Sequence[tuple[str, Reason]]) -> Voice | None:
    """Why the page has this origin: by its own words first, else by its firmest tie."""
    if page.outlet is None:
        return None
    if origin in (None, page.outlet):
        if page.led and page.home is None:
            return Voice(page.id, page.outlet, "redirect", _leads(proof))
        # Only a person's word stands against an address that names an agency.
        return Voice(page.id, page.outlet, "judged", None) if page.by == "address" else None
    if page.agency == origin and page.by is not None:
        return Voice(page.id, origin, page.by, None)
    if page.home == origin:
        return Voice(page.id, origin, "redirect" if page.led else "home", _leads(proof))
    other, reason = proof[0]
    return Voice(page.id, origin, "redirect" if page.led and reason == "home" else reason, other)
