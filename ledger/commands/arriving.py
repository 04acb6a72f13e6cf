"""Inputs -> their bytes, in the order in which they arrive."""

import sys
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.commands.attempts import attempt
from ledger.commands.inputs import STDIN
from ledger.commands.settings import Settings
from ledger.commands.words import say
from ledger.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.fetch import Fetcher
    from ledger.inputs import Received
    from ledger.inputs.ahead import Arrived
    from ledger.latest import LatestCapture
    from ledger.pipeline.render import Renderer
    from ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Courier:
    """Gets the bytes of one run's inputs.

    Attributes:
        fetcher: Asks addresses.
        renderer: Is asked for them instead; None for none.
        workers: Hosts that are asked at the same time.
        settings: Of the run.
    """

    fetcher: "Fetcher"
    renderer: "Renderer | None"
    workers: int
    settings: Settings
    _known: "dict[str, LatestCapture | None]" = field(default_factory=dict)

    def receiver(
        self, inputs: Sequence[str] = (), url: str | None = None
    ) -> "Callable[[str], Received]":
        """As the function of this name, with what is recorded of an address known when it comes."""
        return receiver(inputs, url, self.fetcher, self._known, self.renderer)

    def arrivals(
        self, ledger: "Ledger", names: Sequence[str], receive: "Callable[[str], Received]"
    ) -> "Generator[Arrived, None, None]":
        """As the function of this name; what `ledger` has of addresses is looked up first."""
        from ledger.inputs import is_url
        from ledger.pipeline.ingest import earlier

        self._known.update((name, earlier(ledger, name)) for name in names if is_url(name))
        rules = None if self.renderer else self.fetcher
        return arrivals(names, receive, rules, self.workers, self.settings)


def receiver(
    inputs: Sequence[str],
    url: str | None,
    fetcher: "Fetcher | None",
    earlier: "Mapping[str, LatestCapture | None] | None" = None,
    renderer: "Renderer | None" = None,
) -> "Callable[[str], Received]":
    """A function that gets the bytes of one input; for several threads.

    Args:
        inputs: All of them.
        url: As given by --url.
        fetcher: For addresses; None when there are none.
        earlier: What is recorded of them; looked into when an input is got.
        renderer: What gets addresses instead; None for none.

    Raises:
        UsageError: --url with several inputs or without an address.
    """
    from ledger.inputs import receive

    if url is not None and len(inputs) != 1:
        raise UsageError("--url", f"one address cannot belong to {len(inputs)} inputs")
    if url is not None:
        from ledger.urls import normalise

        if normalise(url) is None:
            raise UsageError(
                "--url", f"{url} is not the address of a page", remedy="Give an http(s) address"
            )
    stdin = sys.stdin.buffer.read() if STDIN in inputs else b""

    def get(name: str) -> "Received":
        return receive(
            name,
            clock=lambda: datetime.now(UTC),
            fetcher=fetcher,
            stdin=stdin,
            url=url,
            renderer=renderer,
            earlier=earlier.get(name) if earlier is not None else None,
        )

    return get


def arrivals(
    names: Sequence[str],
    receive: "Callable[[str], Received]",
    fetcher: "Fetcher | None",
    workers: int,
    settings: Settings,
) -> "Generator[tuple[str, Received | LedgerError], None, None]":
    """The bytes of every input, or why there are none, as `inputs.gather` gives them.

    `fetcher` knows the pauses and rules of hosts; None when addresses are not asked by it.
    """
    from ledger.inputs import gather

    return gather(
        names,
        lambda name: _listed(attempt(name, lambda: receive(name), settings), settings),
        workers=workers,
        wait_for=fetcher.wait_for if fetcher else lambda _: 0.0,
        greet=fetcher.greet if fetcher else lambda _: None,
        weigh=lambda got: 0 if isinstance(got, LedgerError) else len(got.body),
    )


def _listed(got: "Received | LedgerError", settings: Settings) -> "Received | LedgerError":
    """What came; that its reference list is that of a file beside it is said."""
    if not isinstance(got, LedgerError) and got.given:
        from ledger.inputs.files import sidecar_of

        say(f"note: {got.name}: its references are those of {sidecar_of(Path(got.name))}", settings)
    return got
