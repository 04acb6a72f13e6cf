"""New statements about outlets -> which earlier ones they contradict, and who shares a name."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ledger import queries
from ledger.queries import Saying

if TYPE_CHECKING:
    from ledger.pipeline.facts import Facts
    from ledger.pipeline.tell import By, Known
    from ledger.reader import Reader


def contradictions(
    reader: "Reader", said: Sequence["Facts"], known: "Known", who: "By"
) -> list[str]:
    """Which earlier statements these contradict, one sentence each."""
    notes = []
    for facts in said:
        if facts.key in known.told:
            name = known.told[facts.key][-1].name
            before = queries.sayings(reader, facts.key)
            notes += denied(before, saying_of("outlet", facts.said(), who), name)
    return notes


def denied(before: Sequence[Saying], saying: Saying, name: str) -> list[str]:
    """Who earlier said something else about the outlet with this name, one sentence each."""
    notes = []
    for fact, earlier in queries.contradicted(before, saying):
        why = f": {earlier['reason']}" if earlier["reason"] else ""
        notes.append(
            f"{earlier['by']} said on {earlier['at'][:10]} of {name}: "
            f"{in_words(fact, earlier['said'][fact])}{why}. What is said now stands: "
            f"{in_words(fact, saying['said'][fact])}"
        )
    return notes


def saying_of(verb: str, said: Mapping[str, object], who: "By") -> Saying:
    """A new statement, not recorded yet, in the form of the earlier ones."""
    return Saying(
        verb=verb,
        by=who.by,
        at=who.at.isoformat(),
        reason=who.reason,
        said=dict(said),
        overruled=[],
    )


def shared(reader: "Reader", said: Sequence["Facts"]) -> list[str]:
    """Which other outlets already have the names that these outlets get."""
    given = [
        (facts.key, name)
        for facts in said
        for name in (facts.facts.get("name"), *facts.aliases)
        if name
    ]
    notes = []
    for name, others in queries.shared_names(reader, given):
        who = f"{others[0]} is" if len(others) == 1 else f"{len(others):,} other outlets are"
        notes.append(
            f"{who} also called {name}: name each by its domain, or merge them if they are the same"
        )
    return notes


def in_words(fact: str, value: object) -> str:
    """One thing that was said, for people: "owner A", "owner not known"."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    head = {"into": "is", "aliases": "also called", "dropped": "not called"}.get(fact, fact)
    return f"{head} {'not known' if value is None else value}"
