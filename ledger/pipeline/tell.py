"""A person's knowledge of outlets -> entries: facts, merges and ratings, with who and why.

Everything is a Judgement: recorded beside the registry and standing over it, never in its place.
What is said again gives no entries.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from ledger import outlets
from ledger.entry import Entry
from ledger.errors import UsageError
from ledger.ids import canonical
from ledger.model import Judgement, Outlet, Rating, Verb
from ledger.pipeline.entries import outlet_entry
from ledger.pipeline.facts import Facts

MOST_STEPS = 16
"""Merges that follow one another, as the view `merged_outlet` follows them."""


class By(NamedTuple):
    """Who decided, and when; `reason` is None when not said."""

    by: str
    at: datetime
    reason: str | None = None


class Known(NamedTuple):
    """What a ledger holds of some outlets.

    Attributes:
        current: Key to what is known now; without those that are not recorded.
        told: Key to what people said, oldest first; without those of which nobody spoke.
    """

    current: Mapping[str, Outlet]
    told: Mapping[str, Sequence[Outlet]]


class Telling(NamedTuple):
    """What follows from what was said.

    Attributes:
        entries: To record together.
        new: For each statement whether anything follows from it; False when it stands so already.
    """

    entries: tuple[Entry, ...]
    new: tuple[bool, ...]


def tell(said: Sequence[Facts], by: By, known: Known) -> Telling:
    """What follows from facts of outlets; those that are not said are taken over as they stand."""
    entries: list[Entry] = []
    current = dict(known.current)
    told = {key: list(each) for key, each in known.told.items()}
    new = []
    for facts in said:
        new.append(not _stands(facts, told.get(facts.key, ())))
        if not new[-1]:
            continue
        before = current.get(facts.key) or registered(facts.key)
        judgement = _judgement(by, "outlet", facts.key, canonical(facts.said()).decode())
        outlet = _with(before, facts, judgement.id)
        entries += [before, judgement, outlet]
        told.setdefault(facts.key, []).append(outlet)
        if outlet.until is None:
            current[facts.key] = outlet
    return Telling(tuple(entries), tuple(new))


def registered(key: str) -> Outlet:
    """What the registry says of an outlet, or what follows from its key.

    Raises:
        UsageError: No outlet can have this key.
    """
    found = outlets.outlet_of(f"https://{key}")
    if found is None or found.key != key:
        raise UsageError(key, "this is not the key of an outlet", remedy="Give its domain")
    return outlet_entry(found)


def _stands(facts: Facts, told: Sequence[Outlet]) -> bool:
    """Whether people said all this already, and nobody said otherwise since."""
    if facts.until is None:
        same = [each for each in told if each.until is None]
    else:
        same = [each for each in told if (each.since, each.until) == (facts.since, facts.until)]
    if not same or not _says(same[-1], facts):
        return False
    return facts.since is None or any(
        each.since == facts.since and _says(each, facts) for each in same
    )


def _says(outlet: Outlet, facts: Facts) -> bool:
    names = set(outlet.aliases or ())
    return (
        all(getattr(outlet, name) == value for name, value in facts.facts.items())
        and names >= set(facts.aliases)
        and names.isdisjoint(facts.dropped)
    )


def _with(before: Outlet, facts: Facts, because: str) -> Outlet:
    names = {*(before.aliases or ()), *facts.aliases} - set(facts.dropped)
    return Outlet.make(
        **{
            **before.model_dump(exclude={"id"}),
            **facts.facts,
            "since": facts.since,
            "until": facts.until,
            "aliases": tuple(sorted(names)) or None,
            "because": because,
        }
    )


def merge(outlet: Outlet, into: Outlet, by: By, steps: Mapping[str, str]) -> tuple[Entry, ...]:
    """What follows from saying that an outlet is another; with itself: that it is no other's.

    Args:
        outlet: Which.
        into: The one that it is.
        by: Who says so.
        steps: The merges that stand: key to the key that it is.

    Returns:
        Entries to record together; none when that stands so already.

    Raises:
        UsageError: That would make a circle, or a chain that is too long.
    """
    if steps.get(outlet.key, outlet.key) == into.key:
        return ()
    after = {**steps, outlet.key: into.key}
    if outlet.key == into.key:
        del after[outlet.key]
    end = into.key
    for _ in range(MOST_STEPS):
        if end == outlet.key and outlet.key != into.key:
            raise UsageError(
                into.key,
                (
                    f"it is already merged into {outlet.key}, so the two would be merged into "
                    "each other"
                ),
                remedy=f"First undo that: ledger outlets merge {into.key} --undo",
            )
        if end not in after:
            break
        end = after[end]
    if max((_length(key, after) for key in after), default=0) > MOST_STEPS:
        raise UsageError(
            into.key,
            f"this would make a chain of more than {MOST_STEPS} merges",
            remedy=f"Merge into the last one: {end}",
        )
    return (outlet, into, _judgement(by, "merge", outlet.key, into.key))


def _length(key: str, steps: Mapping[str, str]) -> int:
    count = 0
    while key in steps and count <= MOST_STEPS:
        key, count = steps[key], count + 1
    return count


def rate(
    name: str, values: Mapping[str, str], by: By, current: Mapping[str, str]
) -> tuple[Entry, ...]:
    """What follows from a list of ratings: it is what the list of this name says now, and all.

    Args:
        name: Of the list.
        values: `Outlet.key` to what the list says of it.
        by: Who brought it.
        current: What the list of this name says until now.

    Returns:
        Entries to record together; none when it says the same already.
    """
    if values == current:
        return ()
    pairs = [[key, value] for key, value in sorted(values.items())]
    digest = f"sha256:{hashlib.sha256(canonical(pairs)).hexdigest()}"
    judgement = _judgement(by, "rate", name, digest)
    ratings = (
        Rating.make(because=judgement.id, list=name, outlet=key, value=value)
        for key, value in pairs
    )
    return (judgement, *ratings)


def _judgement(by: By, verb: Verb, subject: str, object: str) -> Judgement:
    return Judgement.make(verb=verb, subject=subject, object=object, **by._asdict())
