"""The ledger -> the pages in it that are one voice, as far as comparing them shows.

After pages were recorded, `compare_new` compares those with all others; a person's word on a pair
goes through `decide`. Both settle the voices of what is tied to it in the same transaction.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ledger import outlets, voices
from ledger.entry import Entry
from ledger.errors import UsageError
from ledger.model import Judgement
from ledger.pipeline.entries import outlet_entry
from ledger.pipeline.tell import By

if TYPE_CHECKING:  # see `ingest`
    from ledger.store import Ledger

FIRST_BATCH, LARGEST_BATCH = 8, 200
"""Pages to a transaction: others may write in between, and an interruption costs one batch."""
LONG_S = 1.0
"""Whoever waits to write gives up after half a minute, and several may be comparing."""
COUNTED_AT = FIRST_BATCH
"""Pages after which a server first counts what comparing wrote; then each time they are twice as
many. Until it has, it looks for what each page shares with others by walking through all: so it
does for long where it counted by itself while the first were being written, and found none."""
PAUSE_S = 0.03
"""Twice as long as somebody who waits may pause (`engine.PAUSE_S`), so that he gets his turn."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How many pages were compared, and how many pairs of them have one text."""

    pages: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Word:
    """Who says that two pages, by address, are one voice or are not."""

    verb: Literal["same", "apart"]
    one: str
    other: str
    who: By


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a decision.

    Attributes:
        judgement: Its id.
        touched: Ids of the pages whose voice was settled anew.
        overruled: Ids of earlier judgements against which it stands.
    """

    judgement: str
    touched: tuple[str, ...]
    overruled: tuple[str, ...]


def compare_new(
    ledger: "Ledger",
    *,
    again: bool = False,
    naming: bool = True,
    step: Callable[[int, int], None] = lambda *_: None,
) -> Compared:
    """Compare every page that was not compared yet with all that were.

    What was set aside since is compared with nothing any more, and what counts again is.

    Args:
        ledger: Where they are recorded.
        again: Compare all pages anew, whatever was found before.
        naming: Record the outlets with whose voice pages speak, so that they have a name; without
            it nothing is appended to the record.
        step: Is told after each batch how many pages are done, and of how many.

    Raises:
        StoreError: The ledger cannot be written. What was compared before is kept.
    """
    with ledger.writing() as connection:
        unsettled = voices.forget(connection) if again else set()
        # What people said may have come from another ledger, or its writer may have died.
        changes = voices.resettle(connection, unsettled | voices.decided(connection))
        pending = voices.waiting(connection)
    if naming:
        _name(ledger, changes)
    pages = pairs = 0
    done, size, count_at = 0, FIRST_BATCH, COUNTED_AT
    while done < len(pending):
        with ledger.writing() as connection:
            begun = time.monotonic()
            # Somebody else may have compared them meanwhile, or recorded newer versions.
            batch = voices.waiting(connection, pending[done : done + size])
            changes = voices.compare(connection, batch)
            if done + len(batch) >= count_at:
                voices.count_anew(connection)
                count_at = 2 * (done + len(batch))
        if naming:
            _name(ledger, changes)
        pages, pairs = pages + changes.pages, pairs + changes.pairs
        done = min(done + size, len(pending))
        step(done, len(pending))
        if done < len(pending):
            size = next_batch(size, time.monotonic() - begun)
            time.sleep(PAUSE_S)
    return Compared(pages, pairs)


def next_batch(size: int, seconds: float) -> int:
    """How many pages to compare next, after so many took so long."""
    if seconds > LONG_S:
        return max(1, size // 2)
    return min(LARGEST_BATCH, size * 2) if seconds < LONG_S / 2 else size


def compare_again(ledger: "Ledger", article_id: str) -> None:
    """Compare an article anew, if it was, because it cites otherwise than it did then.

    Raises:
        StoreError: It could not be recorded.
    """
    with ledger.writing() as connection:
        if not voices.is_compared(connection, article_id):
            return
        changes = voices.compare(connection, [article_id])
    _name(ledger, changes)


def decide(ledger: "Ledger", word: Word, pages: Sequence[str]) -> Heard:
    """Record a person's word on two recorded pages, and settle what follows.

    Args:
        ledger: Where to record.
        word: What was said.
        pages: Ids of the two.

    Raises:
        UsageError: They are one page, or pages of one outlet.
        StoreError: It could not be recorded.
    """
    refuse(word)
    judgement = Judgement.make(
        verb=word.verb,
        subject=word.one,
        object=word.other,
        **word.who._asdict(),
    )
    settled: list[voices.Changes] = []
    ledger.append_with([judgement], lambda at: settled.append(voices.resettle(at, pages)))
    (changes,) = settled
    _name(ledger, changes)
    overruled = tuple(each.id for each in changes.overruled if each.id != judgement.id)
    return Heard(judgement.id, tuple(sorted(changes.touched)), overruled)


def merge(ledger: "Ledger", entries: Sequence[Entry], merged: Collection[str]) -> None:
    """Record that outlets are one, or that they are not, and settle whose words their pages have.

    Args:
        ledger: Where to record.
        entries: As `tell.merge` gives them.
        merged: Keys of the outlet, and of the one that it was until now and is from now on.

    Raises:
        StoreError: It could not be recorded.
    """
    settled: list[voices.Changes] = []
    ledger.append_with(entries, lambda at: settled.append(voices.settle_merged(at, merged)))
    _name(ledger, settled[0])


def refuse(word: Word) -> None:
    """Do nothing when the two pages can be told apart or held to be one.

    Raises:
        UsageError: As `decide`.
    """
    if word.one == word.other:
        raise UsageError(word.one, "a page is one voice with itself", remedy="Name two pages")
    one, other = outlets.outlet_of(word.one), outlets.outlet_of(word.other)
    if one is not None and one == other:
        raise UsageError(
            f"{word.one} and {word.other}",
            (
                f"both are pages of {one.name}, which counts as one voice however many of its "
                "pages are cited"
            ),
            remedy=of_two_outlets(word.verb),
        )


def of_two_outlets(verb: Literal["same", "apart"]) -> str:
    """What to do about a word on two pages of one outlet."""
    only = "Only pages of different outlets can be declared one voice or two"
    if verb == "same":
        return only
    return (
        f"{only}. Where one credits an agency wrongly, name it first, and a page of the agency "
        "that is recorded here second"
    )


def _name(ledger: "Ledger", changes: voices.Changes) -> None:
    """Record the outlets with whose voice pages speak, so that they can be asked for by name."""
    if changes.outlets:
        found = (outlets.outlet_of(f"https://{key}") for key in sorted(changes.outlets))
        ledger.append_entries([outlet_entry(each) for each in found if each is not None])
