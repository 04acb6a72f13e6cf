"""How far a run is, for people."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ledger.commands.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable


@contextmanager
def progress(total: int, settings: Settings) -> "Iterator[Callable[[str, bool], None]]":
    """A progress bar on stderr, for several inputs and people only.

    Yields:
        A function to call with the name of each input that is done, and whether it failed. The bar
        shows its host, how many are done and failed, and the time left.
    """
    if total < 2 or settings.quiet or not sys.stderr.isatty():
        yield lambda _name, _failed: None
        return
    from rich.console import Console, Group
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from ledger.commands.safe import one_line, visible
    from ledger.urls import host, redact

    columns: tuple[Any, ...] = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failures]}{task.fields[name]}", markup=False),
    )

    class Whole(Console):
        """Leaves it to the terminal to break lines, so that a path in one can be copied."""

        def print(self, *objects: Any, **options: Any) -> None:
            for said in objects:
                if isinstance(said, Text):
                    said.no_wrap, said.overflow, options["crop"] = True, "ignore", False
            super().print(*map(Group, objects), **options)

    console = Whole(stderr=True, markup=False, emoji=False, no_color=not settings.color or None)
    # Rich would print what goes to stdout beside the bar, on stderr: wanted only on one screen.
    aside = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=aside) as bar:
        task = bar.add_task("", total=total, name="", failures="")
        failures = 0

        def done(name: str, failed: bool) -> None:
            nonlocal failures
            failures += failed
            shown = one_line(visible(host(name) or redact(name)))
            words = f"{failures:,} failed  " if failures else ""
            bar.update(task, advance=1, name=shown, failures=words)

        yield done
