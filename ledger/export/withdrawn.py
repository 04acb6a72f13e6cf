"""Audits -> what they lean on and was withdrawn, and what falls without it: lines of Markdown."""

from collections.abc import Iterator

from ledger.audit import Total
from ledger.export.markup import address, plain
from ledger.export.wording import counted

NAMED = 3
"""Outlets and pages; all are further down."""


def withdrawn(total: Total) -> Iterator[str]:
    """The gravest first; then what all of it does together, and pages that only copies are of."""
    of_each = sorted(
        total.withdrawn.values(), key=lambda lost: (-lost.falls, -lost.weakens, -lost.leaning)
    )
    named = len(of_each) if len(of_each) == NAMED + 1 else NAMED
    for lost in of_each[:named]:
        gone = lost.gone
        name = plain(gone.name) if gone.kind == "outlet" else address(gone.subject)
        if gone.said_of:
            name = f"{plain(gone.said_of)}, which counts as {name},"
        fate = _fate(lost.falls, lost.weakens, lost.leaning)
        yield f"{name} was withdrawn on {plain(gone.since)}: {fate}."
    if len(of_each) > named:
        beside = counted(len(of_each) - named, "further outlet or page", "further outlets or pages")
        yield f"{beside} were withdrawn."
    if len(of_each) > 1:
        falls, weakens = total.sum("withdrawn_falls"), total.sum("withdrawn_weakens")
        yield (f"Without everything that was withdrawn: {_fate(falls, weakens, falls + weakens)}.")
    yield from _copied(total)


def _fate(falls: int, weakens: int, leaning: int) -> str:
    """As in "2 sentences fall, 2 weaken"; of the others that lean on it, it is not known."""
    said = []
    if falls:
        said.append(f"{counted(falls, 'sentence')} {'falls' if falls == 1 else 'fall'}")
    if weakens:
        what = f"{weakens:,}" if falls else counted(weakens, "sentence")
        said.append(f"{what} {'weakens' if weakens == 1 else 'weaken'}")
    if unknown := leaning - falls - weakens:
        said.append(f"for {unknown:,} {'' if said else 'that lean on it '}this is not known")
    return ", ".join(said) or "nothing certainly falls or weakens"


def _copied(total: Total) -> Iterator[str]:
    found = total.copied
    for (subject, since), citing in list(found.items())[:NAMED]:
        yield (
            f"{address(subject)} was withdrawn on {plain(since)}, and copies of it are cited in "
            f"{counted(citing, 'sentence')}."
        )
    if len(found) > NAMED:
        beside = counted(len(found) - NAMED, "further page")
        yield f"Copies of {beside} that were withdrawn are cited."
