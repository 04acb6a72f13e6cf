"""Outlets by weight -> a table, and what people said by which they are what it shows."""

from collections.abc import Iterator, Sequence

from ledger.audit import OutletSaid, Weight
from ledger.export.markup import bullets, plain, table


def outlets(weights: Sequence[Weight]) -> Iterator[str]:
    """Outlets by weight, of one audit or of several."""
    if not weights:
        yield "No outlet is cited or named."
        return
    yield (
        "For each outlet: how many sentences lean on it, how many of these fall or weaken "
        "without it, and for how many this is not known. An empty cell means not known."
    )
    rows = (
        (
            plain(weight.name),
            plain(", ".join(fact for fact in (_owner(weight), weight.country) if fact)),
            *(f"{n:,}" for n in (weight.claims, weight.falls, weight.weakens, weight.unknown)),
        )
        for weight in weights
    )
    heads = ("Outlet", "Owner, country", "Lean on it", "Fall", "Weaken", "Not known")
    yield table(heads, rows, text_columns=2)
    told = dict.fromkeys(said for weight in weights for said in weight.told)
    if told:
        yield "The table takes into account what people recorded about outlets:"
        yield bullets(map(_told, told))


def _told(said: OutletSaid) -> str:
    """A merge, or facts: who said so, when and why."""
    name = plain(said.name if said.name == said.subject else f"{said.name} ({said.subject})")
    if said.into is None:
        what = f"{name}: {plain('; '.join(said.facts))}"
    else:
        what = f"Merged: {name} counts as {plain(said.into_name or said.into)}"
    why = f" ({plain(said.reason)})" if said.reason else ""
    return f"{what}, according to {plain(said.by)} on {plain(said.at[:10])}{why}"


def _owner(weight: Weight) -> str | None:
    return "itself" if weight.owner == weight.name else weight.owner
