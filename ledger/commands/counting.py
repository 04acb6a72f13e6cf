"""A progress bar for work of which only the number done is known to change."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.commands.settings import Settings


@contextmanager
def counting(what: str, total: int | None, settings: Settings) -> Iterator[Callable[..., None]]:
    """A bar on stderr, for people only.

    Args:
        what: What is being done: "exporting".
        total: How many there are; None when that is not known yet.
        settings: --quiet shows nothing.

    Returns:
        A function that is told how many are done, of how many where that is known by then, and
        of what where it is no longer that: then the time that is left is reckoned anew.
    """
    if settings.quiet or not sys.stderr.isatty():
        yield lambda _done, _total=None, _what=what: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Count(MofNCompleteColumn):
        def render(self, task: "Task") -> Text:
            """Nothing of work that tells no number: "0/?" looks like standing still."""
            return super().render(task) if task.completed or task.total else Text("")

    words = TextColumn("{task.description}", markup=False)
    columns = (words, BarColumn(), Count(), TimeRemainingColumn())
    console = Console(stderr=True, no_color=None if settings.color else True)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)

        def tell(done: int, of: int | None = total, now: str = what) -> None:
            if now != bar.tasks[0].description:
                bar.reset(task, description=now)
            bar.update(task, completed=done, total=of)

        yield tell
