"""What keeps an answer about claims from being the whole truth -> notes beside it."""

from collections.abc import Collection, Sequence

from ledger.commands.words import counted
from ledger.provenance import Rating, Withdrawal, withdrawals
from ledger.reader import Reader

_NAMED = 2
"""Withdrawn outlets and pages that a note names; the others it counts."""


def notes(gaps: int, *, cut: bool = False) -> tuple[str, ...]:
    """Notes on what is not known in answers about claims.

    Args:
        gaps: As `count_gaps` gives them.
        cut: Whether there are more claims than these, so that it is said of them alone.
    """
    if not gaps:
        return ()
    where = "in the claims shown, " if cut else ""
    return (
        f"{where}{counted(gaps, 'citation leads', 'citations lead')} nowhere; what depends on that "
        "is not known (see: ledger gaps)",
    )


def counted_besides(sentences: int) -> tuple[str, ...]:
    """A note that so many of the sentences that are counted claim nothing."""
    if not sentences:
        return ()
    said = counted(sentences, "sentence counted here claims", "sentences counted here claim")
    names = "names" if sentences == 1 else "name"
    return (f"{said} nothing, but {names} an outlet, as headings and questions do",)


def withdrawn_among(reader: Reader, among: Collection[str]) -> tuple[str, ...]:
    """A note that something counted here was withdrawn.

    Args:
        reader: An open ledger.
        among: Names of the outlets and addresses of the pages that count in the answer.
    """
    return counting_on(
        [
            each
            for each in withdrawals(reader)
            if not {each["name"], *each["also_at"]}.isdisjoint(among)
        ]
    )


def counting_on(gone: Sequence[Withdrawal]) -> tuple[str, ...]:
    """A note that these are withdrawn but counted; nothing if there are none."""
    names = [each["name"] for each in gone]
    if not names:
        return ()
    some = " and ".join(names[:_NAMED])
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    stand, count = ("stands", "counts") if len(names) == 1 else ("stand", "count")
    return (f"{some}{more} {stand} withdrawn and {count} here (see: ledger claims --affected)",)


def unrated(rating: Rating, claims: int) -> tuple[str, ...]:
    """A note that so many further claims may lean on an outlet with this rating."""
    if not claims:
        return ()
    return (
        f"for {counted(claims, 'further claim')} this is not known: "
        f"{'it leans' if claims == 1 else 'they lean'} on outlets that the list "
        f"{rating.list} does not name, or that are not known",
    )


def unshared(claims: int) -> tuple[str, ...]:
    """A note that so many further claims may rest on nobody else."""
    if not claims:
        return ()
    return (
        f"for {counted(claims, 'further claim')} this is not known: no other outlet is known "
        f"to carry {'it' if claims == 1 else 'them'}, but a citation leads nowhere "
        "or to an unknown outlet",
    )


def unweighed(claims: int, *, by_owner: bool) -> tuple[str, ...]:
    """A note that it is not known on how many outlets or owners so many further claims rest."""
    if not claims:
        return ()
    whom, what = ("owners", "an outlet or its owner") if by_owner else ("outlets", "an outlet")
    return (
        f"it is not known on how many {whom} "
        f"{counted(claims, 'further claim rests', 'further claims rest')}: a citation leads "
        f"nowhere, or {what} is not known (see: ledger trace CLAIM)",
    )


def unnamed(rating: Rating, outlets: int) -> tuple[str, ...]:
    """A note that the list of ratings does not name so many outlets."""
    if not outlets:
        return ()
    return (
        f"the list {rating.list} has no rating for {counted(outlets, 'cited outlet')}; what "
        "depends on them is not known",
    )
