"""What is taken away -> whether a source is among it, in SQL.

Membership is three-valued. An unknown source may be anyone; an outlet whose owner is not known
may belong to anyone. Taken over all the ways the unknown could turn out, a loss can only grow,
so the two ends (all of them outside, all of them inside) decide: see `impact`.
"""

from typing import NamedTuple

from ledger.reader import listed


class Losses(NamedTuple):
    """The set X that is taken away: the union of everything named here.

    Attributes:
        outlets: `Outlet.key`s.
        owners, countries, kinds: As recorded of outlets, in the same spelling.
        sources: `Source.id`s.
    """

    outlets: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Membership(NamedTuple):
    """How SQL asks whether a source is in X.

    `inside` and `unsure` are conditions over a source `k` (source_id, outlet; neither for an
    unknown one) and its outlet `o` (NULLs where nothing is known); `params` are their values.
    `unsure` counts only where `inside` does not hold. `join` brings `o`; empty where no condition
    asks for it.
    """

    inside: str
    unsure: str
    params: dict[str, object]
    join: str

    @property
    def rank(self) -> str:
        """An expression: 2 in X, 1 not known, 0 not in X."""
        return f"CASE WHEN {self.inside} THEN 2 WHEN {self.unsure} THEN 1 ELSE 0 END"


def membership(losses: Losses) -> Membership:
    """X as conditions. A known outlet named in prose is no page, so never one of `losses.sources`.

    A name that stands for no known outlet stays unknown, whatever X is: nothing is guessed.
    """
    columns = (
        ("k.outlet", losses.outlets),
        ("o.owner", losses.owners),
        ("o.country", losses.countries),
        ("o.kind", losses.kinds),
        ("k.source_id", losses.sources),
    )
    inside: list[str] = []
    unsure = ["(k.source_id IS NULL AND k.outlet IS NULL)"]
    params: dict[str, object] = {}
    for column, values in columns:
        if not values:
            continue
        names, bound = listed(f"lost_{column[2:]}_", values)
        inside.append(f"{column} IN {names}")
        params |= bound
        if column != "k.source_id":
            unsure.append(f"{column} IS NULL")
    by_fact = losses.owners or losses.countries or losses.kinds
    return Membership(
        inside=" OR ".join(inside) or "1 = 0",
        unsure=" OR ".join(unsure),
        params=params,
        join="LEFT JOIN current_outlet o ON o.key = k.outlet" if by_fact else "",
    )
