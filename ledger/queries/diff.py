"""Two versions of an article -> what happened to each claim and to its sources."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal, TypedDict

from ledger.errors import UsageError
from ledger.forms import IDLE
from ledger.otherwise import Turn, says_otherwise
from ledger.queries.chosen import ClaimFilter
from ledger.queries.claims import CitationItem, ClaimItem, claims
from ledger.reader import Reader
from ledger.redacted import redactions
from ledger.rewording import Piece, pairs, plain_words, word_diff

State = Literal["kept", "reworded", "gone", "new"]
"""What became of a claim.

kept: the same words are in both versions, wherever they stand. reworded: a sentence of the one is a
sentence of the other, said otherwise. gone, new: only in the earlier, only in the later one.
"""


class DiffItem(TypedDict):
    """One claim in both versions.

    Attributes:
        state: See `State`.
        earlier, later: Ids of the claim in the two versions; None where it is not.
        before, after: Its words in them; None where it is not.
        likeness: Of the two, from 0 to 1; None where there is only one.
        words: What became of the words, in reading order; none unless it was reworded.
        says_otherwise: It was reworded, and what it says now is not what its sources were cited
            for: see `otherwise.Turn`.
        figures_changed: Whether "figures" is among them: the numbers in it are not worth the same,
            in whatever order.
        gained, lost: Where its citations lead (an address, or a marker that leads nowhere) and
            whom it names, in one version only, in reading order.
        linked: Those of `gained` and `lost` to which a person led it, and its page did not: that
            they came or went says nothing of the page.
        dropped: Outlets, by name, that carried it before and do not now, although it still stands;
            without those that only a person led it to.
    """

    state: State
    earlier: str | None
    later: str | None
    before: str | None
    after: str | None
    likeness: float | None
    words: list[Piece]
    says_otherwise: list[Turn]
    figures_changed: bool
    gained: list[str]
    lost: list[str]
    linked: list[str]
    dropped: list[str]


def diff(reader: Reader, earlier: str, later: str) -> list[DiffItem]:
    """What became of each claim, in the reading order of the later version.

    First the same words find one another, wherever they stand (`model.Claim.key`), then what is
    left by likeness: see `rewording.pairs`. One that is gone comes where it stood: after what was
    before it. Sentences that claim nothing are compared only where something carries them.

    Args:
        reader: An open ledger.
        earlier, later: Ids of two articles read from one page.

    Raises:
        UsageError: One of them has lost its words to a redaction.
    """
    for id, said in redactions(reader, [earlier, later]).items():
        raise UsageError(
            f"version {id[:12]}",
            f"it has no words left to compare: {said}",
            remedy="Name two other versions: --from VERSION --to VERSION",
        )
    old = claims(reader, ClaimFilter(article=earlier))
    new = claims(reader, ClaimFilter(article=later))
    ids = [each["id"] for each in (*old, *new)]
    matched = _matched(old, new, _keys(reader, ids))
    linked = _linked(reader, ids)
    origin = {to: (at, alike) for at, (to, alike) in matched.items()}
    items: list[tuple[float, DiffItem]] = []
    for place, claim in enumerate(new):
        at, alike = origin.get(place, (None, None))
        items.append((place, _item(None if at is None else old[at], claim, alike, linked)))
    place_before = -1.0
    for at, claim in enumerate(old):
        if at in matched:
            place_before = matched[at][0]
        else:
            # between what stood before it and whatever follows that now; sorting is stable
            items.append((place_before + 0.5, _item(claim, None, None, linked)))
    return [item for _, item in sorted(items, key=lambda each: each[0])]


def _keys(reader: Reader, ids: Sequence[str]) -> dict[str, str]:
    rows = reader.rows_for("SELECT id, key FROM claim WHERE id IN :ids", ids)
    return {row["id"]: row["key"] for row in rows}


Place = tuple[str, int, str | None, str | None]
"""Where a claim leads: its id, group, marker and the id of the source."""


def _linked(reader: Reader, ids: Sequence[str]) -> set[Place]:
    """What people said of claims: whoever publishes the page cannot take that away."""
    rows = reader.rows_for(
        """SELECT c.claim_id, c."group", c.marker, c.source_id FROM current_citation c
        JOIN judgement g ON g.id = c.because AND g.object <> 'as-read'
        WHERE c.claim_id IN :ids""",
        ids,
    )
    return {(row["claim_id"], row["group"], row["marker"], row["source_id"]) for row in rows}


def _published(claim: ClaimItem, linked: Set[Place]) -> set[str | None]:
    """Outlets, by name, that carry a claim by what its page says."""
    cited = {each["outlet"] for each in _of_the_page(claim, linked)}
    return cited | {each["outlet"] for each in claim["attributions"]}


def _of_the_page(claim: ClaimItem, linked: Set[Place]) -> Iterator[CitationItem]:
    """The citations that carry a claim and that no person led anywhere."""
    for each in claim["citations"]:
        place = (claim["id"], each["group"], each["marker"], each["source_id"])
        if each["form"] not in IDLE and place not in linked:
            yield each


def _by_people(claim: ClaimItem | None, leads: Sequence[str], linked: Set[Place]) -> list[str]:
    """Those addresses to which only a person led a claim."""
    if claim is None:
        return []
    read = {each["source"] for each in _of_the_page(claim, linked)}
    cited = {each["source"] for each in claim["citations"]}
    return [lead for lead in leads if lead in cited and lead not in read]


def _matched(
    old: Sequence[ClaimItem], new: Sequence[ClaimItem], keys: Mapping[str, str]
) -> dict[int, tuple[int, float]]:
    """Place in `old` to place in `new`, and how alike they are."""
    matched: dict[int, tuple[int, float]] = {}
    waiting: dict[str, list[int]] = {}
    for place, claim in enumerate(new):
        waiting.setdefault(keys[claim["id"]], []).append(place)
    for at, claim in enumerate(old):
        if places := waiting.get(keys[claim["id"]]):
            matched[at] = (places.pop(0), 1.0)
    taken = {place for place, _ in matched.values()}
    old_left = [at for at in range(len(old)) if at not in matched]
    new_left = [place for place in range(len(new)) if place not in taken]
    alike = pairs(
        [plain_words(old[at]["exact"]) for at in old_left],
        [plain_words(new[place]["exact"]) for place in new_left],
    )
    for left, (right, likeness) in alike.items():
        matched[old_left[left]] = (new_left[right], likeness)
    return matched


def _item(
    old: ClaimItem | None, new: ClaimItem | None, alike: float | None, linked: Set[Place]
) -> DiffItem:
    before, after = _leads(old), _leads(new)
    gained = [lead for lead in after if lead not in before]
    lost = [lead for lead in before if lead not in after]
    item = DiffItem(
        state="gone" if new is None else "new",
        earlier=old["id"] if old else None,
        later=new["id"] if new else None,
        before=old["exact"] if old else None,
        after=new["exact"] if new else None,
        likeness=None if alike is None else round(alike, 3),
        words=[],
        says_otherwise=[],
        figures_changed=False,
        gained=gained,
        lost=lost,
        linked=_by_people(old, lost, linked) + _by_people(new, gained, linked),
        dropped=[],
    )
    if old is not None and new is not None:
        same = old["exact"] == new["exact"]
        item["state"] = "kept" if same else "reworded"
        item["words"] = [] if same else word_diff(old["exact"], new["exact"])
        item["says_otherwise"] = list(says_otherwise(old["exact"], new["exact"]))
        item["figures_changed"] = "figures" in item["says_otherwise"]
        before_it = _published(old, linked)
        item["dropped"] = [
            name for name in old["outlets"] if name in before_it and name not in new["outlets"]
        ]
    return item


def _leads(claim: ClaimItem | None) -> dict[str, None]:
    """Where a claim leads: addresses, markers that lead nowhere, names in prose; each once."""
    if claim is None:
        return {}
    cited = (citation for citation in claim["citations"] if citation["form"] not in IDLE)
    leads = [each["source"] or f"[{each['marker'] or 'link'}] {each['gap']}" for each in cited]
    leads += [f"named: {named['outlet'] or named['name']}" for named in claim["attributions"]]
    return dict.fromkeys(leads)
