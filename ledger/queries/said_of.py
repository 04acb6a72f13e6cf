"""What people said of outlets, for many outlets at once: which count as them, and facts.

Only what stands: what somebody denied later is left out, as `knowledge.sayings` tells it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ledger.queries.knowledge import Saying, standing_sayings
from ledger.reader import Reader, Row

_IN_WORDS = {
    "name": "its name is {}",
    "kind": "its kind is {}",
    "country": "its country is {}",
    "owner": "its owner is {}",
    "aliases": "it is also called {}",
    "dropped": "it is not called {}",
    "since": "since {}",
    "until": "until {}",
}


@dataclass(frozen=True, slots=True)
class OutletSaid:
    """What one person said by which an outlet counts as it does.

    Attributes:
        kind: "merge" where the outlet `subject` counts as the outlet `into`, else "facts".
        subject, name: Key and name of the outlet of which it was said.
        into, into_name: Key and name of the outlet as which it counts; None of facts.
        facts: What was said of it, in words; empty of a merge.
        by, at, reason: Who, when (ISO 8601, UTC), and why; None when not said.
    """

    kind: Literal["merge", "facts"]
    subject: str
    name: str
    into: str | None
    into_name: str | None
    facts: tuple[str, ...]
    by: str
    at: str
    reason: str | None


def said_of(reader: Reader, keys: Sequence[str]) -> dict[str, list[OutletSaid]]:
    """Of the outlets with these keys: merges into each, step by step, then facts, oldest first.

    Outlets of which nobody said anything are left out.
    """
    last: dict[str, Row] = {}
    for row in sorted(reader.rows_for(_MERGES, keys), key=lambda row: int(row["seq"])):
        last[row["subject"]] = row
    answer: dict[str, list[OutletSaid]] = {}
    for row in last.values():
        answer.setdefault(row["standing"], []).append(_said("merge", row))
    for key, (name, sayings) in _facts(reader, keys).items():
        for saying in sayings:
            stands = {k: v for k, v in saying["said"].items() if k not in saying["overruled"]}
            if stands.keys() - {"since", "until"}:
                row = {**saying, "subject": key, "name": name, "into": None, "into_name": None}
                facts = tuple(_in_words(fact, value) for fact, value in stands.items())
                answer.setdefault(key, []).append(_said("facts", row, facts))
    return answer


def _facts(reader: Reader, keys: Sequence[str]) -> dict[str, tuple[str, list[Saying]]]:
    """Each outlet of which anybody spoke to its name and what was said, oldest first."""
    rows = sorted(reader.rows_for(_SAYINGS, keys), key=lambda row: int(row["seq"]))
    of_key: dict[str, list[Row]] = {}
    for row in rows:
        of_key.setdefault(row["subject"], []).append(row)
    return {
        key: (of_one[0]["name"], standing_sayings(reader, of_one)) for key, of_one in of_key.items()
    }


def _said(kind: Literal["merge", "facts"], row: Row, facts: tuple[str, ...] = ()) -> OutletSaid:
    return OutletSaid(
        kind=kind,
        subject=row["subject"],
        name=row["name"],
        into=row["into"],
        into_name=row["into_name"],
        facts=facts,
        by=row["by"],
        at=row["at"],
        reason=row["reason"],
    )


def _in_words(fact: str, value: object) -> str:
    if value is None:
        return f"its {fact} is not known"
    shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return _IN_WORDS[fact].format(shown)


_MERGES = """
    SELECT j.seq, k.standing, g.subject, COALESCE(k.name, g.subject) AS name, g.object AS "into",
        COALESCE(i.name, g.object) AS into_name, g."by", g.at, g.reason
    FROM known_outlet k
    JOIN judgement g ON g.subject = k.key AND g.verb = 'merge'
    JOIN journal j ON j.entry_id = g.id
    LEFT JOIN known_outlet i ON i.key = g.object
    WHERE k.standing IN :ids AND k.standing <> k.key"""

_SAYINGS = """
    SELECT j.seq, g.verb, g.subject, COALESCE(k.name, g.subject) AS name, g.object, g."by", g.at,
        g.reason
    FROM judgement g
    JOIN journal j ON j.entry_id = g.id
    LEFT JOIN known_outlet k ON k.key = g.subject
    WHERE g.verb = 'outlet' AND g.subject IN :ids"""
