"""Groups behind claims -> each outlet by what its loss would do to them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from ledger.provenance import (
    FALLS,
    UNKNOWN,
    WEAKENS,
    Groups,
    effects,
    is_outlet,
    is_unsure,
    maybe_alone,
)
from ledger.queries.said_of import OutletSaid, said_of
from ledger.reader import Reader, Row


def weighing(reader: Reader, groups: Iterable[Groups]) -> Callable[[Iterable[Groups]], list[Row]]:
    """What weighs the outlets of some of these groups, all of whose outlets are looked up here."""
    keys = _keys(groups)
    return partial(_weights, _facts(reader, keys), said_of(reader, keys))


def _weights(
    facts: Mapping[str, Row], told: Mapping[str, list[OutletSaid]], groups: Iterable[Groups]
) -> list[Row]:
    """For each outlet what `provenance.impact` says of its loss, over these claims.

    Of a platform, what the loss of one account does that is not known: it may have all that is
    cited of it, or not.

    A story of which nobody knows who wrote it is no outlet.
    """
    tallies: dict[str, Counter[int]] = {}
    alone: Counter[str] = Counter()
    unsure: Counter[str] = Counter()
    doubts = 0
    for each in groups:
        doubt = is_unsure(each)
        doubts += doubt
        for outlet, effect in effects(each).items():
            tallies.setdefault(outlet, Counter())[effect] += 1
            unsure[outlet] += doubt
        alone.update(maybe_alone(each))
    rows = [
        {
            **(facts.get(key) or {"key": key, "kind": None, "owner": None, "country": None}),
            "name": facts.get(key, {}).get("name") or key,
            "claims": tally.total(),
            "falls": tally[FALLS] - alone[key],
            "weakens": tally[WEAKENS],
            # A claim that does not lean on it is unknown when any source of it is.
            "unknown": tally[UNKNOWN] + doubts - unsure[key] + alone[key],
            "told": tuple(told.get(key, ())),
        }
        for key, tally in tallies.items()
        if is_outlet(key)
    ]
    return sorted(rows, key=lambda row: (-row["claims"], -row["falls"], row["name"], row["key"]))


def _keys(groups: Iterable[Groups]) -> list[str]:
    """Each outlet and origin in these groups, in order."""
    keys = {key for each in groups for group in each for member in group for key in member}
    return sorted(key for key in keys if key is not None)


def _facts(reader: Reader, keys: Sequence[str]) -> dict[str, Row]:
    """What is known of each of these outlets."""
    rows = reader.rows_for(
        "SELECT key, name, kind, owner, country FROM known_outlet WHERE key IN :ids", keys
    )
    return {row["key"]: row for row in rows}
