"""Audits -> what they lean on and was retracted, and what falls without it: lines of Markdown."""

from collections.abc import Iterator, Sequence
from itertools import chain

from ledger.audit import Audit, Withdrawn
from ledger.export.markup import address, plain
from ledger.export.wording import counted

NAMED = 3
"""Outlets and pages; all are further down."""


def retracted(audits: Sequence[Audit]) -> Iterator[str]:
    """The gravest first; then what all of it does together, and pages that only copies are of."""
    found: dict[str, list[Withdrawn]] = {}
    for gone in chain.from_iterable(audit.withdrawn for audit in audits):
        found.setdefault(gone.subject, []).append(gone)
    of_each = sorted(found.values(), key=lambda of_one: [-n for n in _counts(of_one)])
    named = len(of_each) if len(of_each) == NAMED + 1 else NAMED
    for of_one in of_each[:named]:
        gone = of_one[0]
        name = plain(gone.name) if gone.kind == "outlet" else address(gone.subject)
        if gone.said_of:
            name = f"{plain(gone.said_of)}, which counts as {name},"
        yield f"{name} was retracted on {plain(gone.since)}: {_fate(*_counts(of_one))}."
    if len(of_each) > named:
        beside = counted(len(of_each) - named, "further outlet or page", "further outlets or pages")
        yield f"{beside} were retracted."
    if len(of_each) > 1:
        numbers = [audit.numbers for audit in audits]
        falls = sum(each.withdrawn_falls for each in numbers)
        weakens = sum(each.withdrawn_weakens for each in numbers)
        yield (f"Without everything that was retracted: {_fate(falls, weakens, falls + weakens)}.")
    yield from _copied(audits)


def _counts(of_one: Sequence[Withdrawn]) -> tuple[int, int, int]:
    """How many sentences fall without it, how many weaken, and how many lean on it."""
    falls, weakens = (
        sum(len(getattr(gone, fate)) for gone in of_one) for fate in ("falls", "weakens")
    )
    return falls, weakens, sum(len(gone.claims) for gone in of_one)


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


def _copied(audits: Sequence[Audit]) -> Iterator[str]:
    found: dict[tuple[str, str], set[str]] = {}
    for copied in chain.from_iterable(audit.copies for audit in audits):
        found.setdefault((copied.subject, copied.since), set()).update(copied.claims)
    for (subject, since), citing in list(found.items())[:NAMED]:
        yield (
            f"{address(subject)} was retracted on {plain(since)}, and copies of it are cited in "
            f"{counted(len(citing), 'sentence')}."
        )
    if len(found) > NAMED:
        beside = counted(len(found) - NAMED, "further page")
        yield f"Copies of {beside} that were retracted are cited."
