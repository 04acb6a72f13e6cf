"""What arrives -> the ledger, input by input, and what is said of each."""

from functools import partial
from typing import TYPE_CHECKING

from ledger.commands.attempts import attempt
from ledger.commands.follow import Level
from ledger.commands.inputs import is_own_audit, say_passed_over
from ledger.commands.known_outlets import names_told
from ledger.commands.outcomes import Item, item_of, tell
from ledger.commands.output import Format
from ledger.commands.progress import progress
from ledger.commands.readers import early
from ledger.commands.settings import Settings
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ledger.contain import Workers
    from ledger.document import Reference
    from ledger.inputs import Received
    from ledger.inputs.ahead import Arrived
    from ledger.pipeline.outcome import Outcome
    from ledger.store import Ledger


class Run:
    """What came of one command so far: an item for each input, and why some failed.

    `depth` is that of what is being taken: 0 for what was named, then the level of cited pages.
    `inside` are inputs that nobody named, as a folder has them: audits among them are passed over.
    """

    def __init__(
        self,
        ledger: "Ledger",
        form: Format,
        settings: Settings,
        readers: "Workers",
        inside: "Collection[str]" = (),
    ) -> None:
        self.items: list[Item] = []
        self.errors: list[LedgerError] = []
        self.depth = 0
        self.total = 0
        self._ledger = ledger
        self._form = form
        self._settings = settings
        self._readers = readers
        self._inside = inside
        self._names = names_told(settings)

    def take(
        self,
        names: "Sequence[str]",
        arrived: "Iterator[Arrived]",
        given: "Sequence[Reference]" = (),
    ) -> None:
        """Record what arrives: files and what archives hold together, addresses one by one."""
        from ledger.inputs import is_url
        from ledger.pipeline.ingest import is_recorded
        from ledger.pipeline.together import Together

        together = Together(
            self._ledger, partial(attempt, settings=self._settings), given, names=self._names
        )
        asked = {name for name in names if is_url(name)}
        self.total += len(names)
        told: set[str] = set()
        with progress(len(names), self._settings) as step:

            def tell(come: "Iterator[tuple[str, Outcome | LedgerError]]") -> None:
                for name, done in come:
                    told.add(name)
                    self.tell(name, done)
                    step(name, isinstance(done, LedgerError))

            def needs(got: "Received") -> bool:
                return not is_recorded(self._ledger, got, given, self._names)

            try:
                for name, got, extract in early(names, arrived, self._readers, needs):
                    tell(together.take(name, got, extract, alone=name in asked))
                tell(together.finish())
            except KeyboardInterrupt:
                tell(each for each in together.interrupted() if each[0] not in told)
                raise

    def tell(self, name: str, done: "Outcome | LedgerError") -> None:
        """Say what came of one input, and keep it."""
        if is_own_audit(done, name, self._inside):
            say_passed_over(done, self._settings)
            return
        if isinstance(done, LedgerError):
            self.errors.append(done)
        self.items.append(item_of(name, done, self.depth))
        tell(name, done, self.items[-1], self._form, self._settings)

    def come_of(self, level: Level) -> list[str]:
        """The articles that came of a level."""
        at = (item["article"] for item in self.items if item["depth"] == level.depth)
        return [article for article in at if article]
