"""Inputs that arrive quickly -> the ledger, several in one transaction, for each its own answer.

The disk is waited for once for all of them, and rows go into the tables in greater numbers: four
times as many articles in a second. What comes of an input is told when it is safely recorded, and
in the order of arrival. One that cannot be recorded takes none of the others with it: then each is
recorded by itself.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from ledger.document import Reference
from ledger.errors import AppendError, LedgerError, RefusedError
from ledger.inputs.receive import Received
from ledger.names import REGISTRY, Names
from ledger.pipeline.ingest import ingest, prepare, source_of
from ledger.pipeline.outcome import Outcome, Prepared, recorded_of, tallied
from ledger.pipeline.parse import Extract

if TYPE_CHECKING:  # what only reads must not wait for the object mapper
    from ledger.store import Ledger

MOST = 100
"""Inputs in one transaction, a second of writing: more save little and make others wait."""

ROOM = 16 * 1024 * 1024
"""Bytes of inputs that wait, above which they are recorded."""

PATIENCE_S = 1.0
"""How long an input waits for others. Who looks on sees what was done at least as often."""

Come = Outcome | LedgerError
Done = TypeVar("Done")


class Attempt(Protocol):
    """How one input is tried: what `work` gives, or the error that concerns this input alone."""

    def __call__(self, name: str, work: Callable[[], Done], /) -> Done | LedgerError: ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An input that is not told yet: with what comes of it, or what is to be recorded of it.

    `come` is None for one that somebody else's recording made stale.
    """

    name: str
    again: Callable[[], Outcome]
    come: Come | Prepared | None


class Together:
    """Inputs that wait for one another, in order of arrival.

    Args:
        ledger: Where they are recorded.
        attempt: How each is tried; what it raises concerns all of them.
        given: The references of a list from outside.
        names: As for `ingest`.
    """

    def __init__(
        self,
        ledger: "Ledger",
        attempt: Attempt,
        given: Sequence[Reference] = (),
        *,
        names: Names = REGISTRY,
    ) -> None:
        self._ledger = ledger
        self._attempt = attempt
        self._given = given
        self._names = names
        self._line: list[_Waiting] = []
        self._in_hand: list[_Waiting] = []
        self._sources: set[str] = set()
        self._room = 0
        self._since = 0.0

    def take(
        self, name: str, got: Received | LedgerError, extract: Extract, *, alone: bool
    ) -> Iterator[tuple[str, Come]]:
        """One more input.

        Args:
            name: The input.
            got: Its bytes, or why there are none.
            extract: How to read it.
            alone: Whether it is told at once: nobody knows when the next one comes.

        Yields:
            What can be told now: names and what came of each, safely recorded.

        Raises:
            StoreError: Those that were not yielded may not be recorded.
        """
        if isinstance(got, LedgerError):
            self._add(_Waiting(name, _never, got))
        else:
            source = source_of(got)
            if source in self._sources:
                # What is recorded of a page is known before it is read again.
                yield from self.finish()
            one = self._prepared(name, got, extract)
            self._add(one)
            if isinstance(one.come, Prepared):
                self._sources.add(source)
                self._room += len(got.body)
        late = time.monotonic() - self._since > PATIENCE_S
        full = self._room > ROOM or len(self._line) >= MOST
        if alone or late or full or not self._sources:
            yield from self.finish()

    def finish(self) -> Iterator[tuple[str, Come]]:
        """Record what waits. Yields and raises as `take`."""
        line, self._line = self._line, []
        self._sources, self._room = set(), 0
        self._in_hand = line
        found = self._recorded(line)
        refused: AppendError | None = None
        for one, recorded in zip(line, found, strict=True):
            come = recorded
            try:
                if come is None:
                    come = self._attempt(one.name, one.again)
            except AppendError as error:  # the others are told first
                refused = refused or error
            else:
                yield one.name, come
        self._in_hand = []
        if refused:
            raise refused

    def interrupted(self) -> Iterator[tuple[str, Come]]:
        """What an interrupted `take` or `finish` recorded or knew, told or not told before."""
        for one in self._in_hand:
            if not isinstance(one.come, Prepared):
                if one.come is not None:
                    yield one.name, one.come
            elif (outcome := recorded_of(self._ledger, one.come)) is not None:
                yield one.name, outcome

    def _prepared(self, name: str, got: Received, extract: Extract) -> _Waiting:
        def prepared() -> Outcome | Prepared | None:
            return prepare(self._ledger, got, self._given, extract, self._names)

        def again() -> Outcome:
            return ingest(self._ledger, got, self._given, extract=extract, names=self._names)

        return _Waiting(name, again, self._attempt(name, prepared))

    def _add(self, one: _Waiting) -> None:
        if not self._line:
            self._since = time.monotonic()
        self._line.append(one)

    def _recorded(self, line: Sequence[_Waiting]) -> list[Come | None]:
        """What came of each; None for those that are to be tried by themselves."""
        ready = [one.come for one in line if isinstance(one.come, Prepared)]
        try:
            appended = self._ledger.append_together([each.version for each in ready])
        except (AppendError, RefusedError):  # by one of them, and none was recorded
            appended = [None] * len(ready)
        outcomes = iter(tallied(self._ledger, ready, appended))
        return [next(outcomes) if isinstance(one.come, Prepared) else one.come for one in line]


def _never() -> Outcome:
    raise AssertionError("what failed is not tried again")
