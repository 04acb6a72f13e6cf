"""What people said of outlets: facts and their periods, merges, and ratings."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict, cast

from ledger.errors import NotFoundError
from ledger.provenance import Rating
from ledger.reader import Reader, Row

FACTS = ("name", "kind", "country", "owner")
"""What has one value at a time, so that two people can contradict each other."""

_SHOWN = (*FACTS, "aliases", "dropped", "since", "until")
"""Everything that is said of an outlet, in the order in which people read it."""

_NEVER, _ALWAYS = "~", ""  # after and before every date


class Saying(TypedDict):
    """What one person said of one outlet at one time.

    Attributes:
        verb: "outlet" or "merge".
        by, at, reason: Who, when (UTC), and why; None when not said.
        said: Of an outlet the facts, names and period; of a merge "into".
        overruled: Those of them of which somebody said otherwise later.
    """

    verb: str
    by: str
    at: str
    reason: str | None
    said: dict[str, object]
    overruled: list[str]


class Owned(TypedDict):
    """An owner that people told, and its period; None for an open end, or an owner not known."""

    owner: str | None
    since: str | None
    until: str | None


class Merger(TypedDict):
    """That an outlet is another, both by `Outlet.key`: who said so, when (UTC), and why."""

    key: str
    into: str
    by: str
    at: str
    reason: str | None


class RatingItem(TypedDict):
    """What a list of a user's own says of an outlet: the list as imported last."""

    list: str
    value: str
    by: str
    at: str


def sayings(reader: Reader, key: str) -> list[Saying]:
    """What people said of the outlet with this key, oldest first."""
    rows = reader.rows(
        """SELECT g.verb, g."by", g.at, g.reason, g.object
        FROM judgement g JOIN journal j ON j.entry_id = g.id
        WHERE g.verb IN ('outlet', 'merge') AND g.subject = :key
        ORDER BY j.seq""",
        {"key": key},
    )
    return standing_sayings(reader, rows)


def standing_sayings(reader: Reader, rows: Iterable[Row]) -> list[Saying]:
    """Judgements of one outlet, oldest first, as sayings, each with what of it was overruled."""
    found = [_saying(reader, row) for row in rows]
    for number, each in enumerate(found):
        later = found[number + 1 :]
        each["overruled"] = [name for name in each["said"] if _overruled(each, name, later)]
    return found


def contradicted(before: Sequence[Saying], said: Saying) -> list[tuple[str, Saying]]:
    """What a new saying overrules: the fact, and who last said something else."""
    answer = []
    for name in said["said"]:
        earlier = (each for each in reversed(before) if _contradict(each, said, name))
        found = next(earlier, None)
        if found is not None and name not in found["overruled"]:
            answer.append((name, found))
    return answer


def owners(told: Iterable[Saying]) -> list[Owned]:
    """The owners that people told, by their periods, earliest first; what was said later stands."""
    spans: list[_Span] = []
    for each in told:
        if "owner" in each["said"]:
            new = _span(each, each["said"]["owner"])
            spans = [piece for span in spans for piece in _left(span, new)]
            spans.append(new)
    return [
        Owned(
            owner=cast("str | None", span.owner),
            since=span.since if span.dated and span.since else None,
            until=None if span.until == _NEVER else span.until,
        )
        for span in sorted(spans, key=lambda span: (span.until, span.since))
    ]


def merges(reader: Reader) -> dict[str, str]:
    """The merges that stand, one step each: key to the key that it is."""
    rows = reader.rows(
        """SELECT g.subject, g.object
        FROM judgement g JOIN journal j ON j.entry_id = g.id
        WHERE g.verb = 'merge' ORDER BY j.seq"""
    )
    last = {row["subject"]: row["object"] for row in rows}
    return {key: into for key, into in last.items() if key != into}


def merged(reader: Reader, key: str) -> str:
    """The key of the outlet that this one counts as after all merges; its own if there are none."""
    row = reader.row('SELECT m."into" FROM merged_outlet m WHERE m."key" = :key', {"key": key})
    return str(row["into"]) if row else key


def merged_into(reader: Reader, key: str) -> list[str]:
    """Keys of the outlets that were merged into this one, in order."""
    rows = reader.rows(
        'SELECT m."key" FROM merged_outlet m WHERE m."into" = :key ORDER BY m."key"', {"key": key}
    )
    return [row["key"] for row in rows]


def mergers(reader: Reader, keys: Sequence[str]) -> list[Merger]:
    """Who said of the outlets with these keys last that each is another, in order of the keys."""
    rows = reader.rows_for(
        """SELECT g.subject AS "key", g.object AS "into", g."by", g.at, g.reason
        FROM judgement g JOIN journal j ON j.entry_id = g.id
        WHERE g.verb = 'merge' AND g.subject IN :ids
        ORDER BY g.subject, j.seq""",
        keys,
    )
    return list(cast("dict[str, Merger]", {row["key"]: row for row in rows}).values())


def ratings(reader: Reader, key: str) -> list[RatingItem]:
    """What lists say of the outlet and those merged into it, in order of the lists' names."""
    rows = reader.rows(
        """SELECT DISTINCT r.list, r.value, g."by", g.at
        FROM current_rating r
        JOIN judgement g ON g.id = r.because
        LEFT JOIN merged_outlet m ON m."key" = r.outlet
        WHERE COALESCE(m."into", r.outlet) = :key
        ORDER BY r.list, r.value""",
        {"key": key},
    )
    return cast("list[RatingItem]", rows)


def rated(reader: Reader, name: str) -> dict[str, str]:
    """What the list of this name says: key to value; empty when there is none."""
    rows = reader.rows(
        "SELECT r.outlet, r.value FROM current_rating r WHERE r.list = :name", {"name": name}
    )
    return {row["outlet"]: row["value"] for row in rows}


def rating_named(reader: Reader, text: str) -> Rating:
    """NAME=VALUE as typed -> the list and the value, in their own spelling.

    Raises:
        NotFoundError: There is no such list, or it has no such value.
    """
    name, _, value = (part.strip() for part in text.partition("="))
    rows = reader.rows("SELECT DISTINCT r.list, r.value FROM current_rating r ORDER BY 1, 2")
    lists = {row["list"].casefold(): row["list"] for row in rows}
    if name.casefold() not in lists:
        raise NotFoundError(
            text,
            "no list of ratings has this name",
            candidates=tuple(lists.values()),
            remedy="Write LIST=VALUE. There are these lists"
            if lists
            else "Write LIST=VALUE, after: ledger outlets import FILE --rating LIST",
        )
    found = lists[name.casefold()]
    values = {row["value"].casefold(): row["value"] for row in rows if row["list"] == found}
    if value.casefold() not in values:
        raise NotFoundError(
            text,
            f"the list {found} has no such value",
            candidates=tuple(f"{found}={each}" for each in values.values()),
            remedy="It has these",
        )
    return Rating(found, values[value.casefold()])


def current_outlets(reader: Reader, keys: Sequence[str]) -> list[Row]:
    """What is known now of the outlets with these keys, as rows of `outlet`."""
    return reader.rows_for("SELECT o.* FROM current_outlet o WHERE o.key IN :ids", keys)


def told_of(reader: Reader, keys: Sequence[str]) -> list[Row]:
    """Everything that people said of these outlets, as rows of `outlet`, in order for each."""
    return reader.rows_for(
        """SELECT o.* FROM outlet o JOIN journal j ON j.entry_id = o.id
        WHERE o.because IS NOT NULL AND o.key IN :ids ORDER BY j.seq""",
        keys,
    )


def told(reader: Reader) -> list[Row]:
    """The outlets of which what people said is current, as rows of `outlet`, by key."""
    return reader.rows(
        "SELECT o.* FROM current_outlet o WHERE o.because IS NOT NULL ORDER BY o.key"
    )


def _saying(reader: Reader, row: Row) -> Saying:
    said = {"into": row["object"]}
    if row["verb"] == "outlet":
        found = reader.parsed(row["object"])
        said = {name: found[name] for name in _SHOWN if name in found}
    return Saying(
        verb=row["verb"],
        by=row["by"],
        at=row["at"],
        reason=row["reason"],
        said=said,
        overruled=[],
    )


def _overruled(saying: Saying, name: str, later: Iterable[Saying]) -> bool:
    return any(_contradict(saying, each, name) for each in later)


def _contradict(one: Saying, later: Saying, name: str) -> bool:
    """Whether the later saying denies what the first says under `name`.

    A later one that says since when is a change, and ends what held before.
    """
    if name not in one["said"] or name not in later["said"] or one["verb"] != later["verb"]:
        return False
    if name not in (*FACTS, "into") or one["said"][name] == later["said"][name]:
        return False
    old, new = _span(one), _span(later)
    changes = new.dated and old.until == _NEVER and old.since < new.since
    return not changes and new.since < old.until and old.since < new.until


class _Span(NamedTuple):
    """From `since` on and before `until`; `dated` where somebody said so."""

    since: str
    until: str
    dated: bool
    owner: object = None


def _span(saying: Saying, owner: object = None) -> _Span:
    """When that holds: what is said without a period holds on the day on which it is said."""
    since, until = (saying["said"].get(name) for name in ("since", "until"))
    if since is None and until is None:
        return _Span(saying["at"][:10], _NEVER, dated=False, owner=owner)
    return _Span(str(since or _ALWAYS), str(until or _NEVER), dated=True, owner=owner)


def _left(span: _Span, new: _Span) -> Iterable[_Span]:
    """What is left of a span when another was said later."""
    if not new.dated and span.until == _NEVER:  # nobody said that it changed
        return []
    before = span._replace(until=min(span.until, new.since))
    after = span._replace(since=max(span.since, new.until))
    return [piece for piece in (before, after) if piece.since < piece.until]
