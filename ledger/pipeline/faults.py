"""Faults in several rows of one file -> one error that lists them all."""

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.errors import UsageError

SHOWN = 10
"""Faults that the error has in words; the others are counted."""


class Faults:
    """The faults of a file, row by row, so that they can all be fixed at once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[UsageError] = []

    @contextmanager
    def of_a_row(self) -> Iterator[None]:
        """Keeps a `UsageError` that is raised inside, to be said with the others."""
        try:
            yield
        except UsageError as error:
            self._found.append(error)

    def refuse(self) -> None:
        """Raises UsageError: a row is wrong."""
        if not self._found:
            return
        first, *others = self._found
        if not others:
            raise first
        said = [error.message for error in self._found[:SHOWN]]
        remedies = dict.fromkeys(filter(None, (error.remedy for error in self._found[:SHOWN])))
        if len(self._found) > SHOWN:
            said.append(f"and {len(self._found) - SHOWN:,} more")
        raise UsageError(
            self._name,
            f"{len(self._found):,} rows are wrong: {'; '.join(said)}",
            remedy=". ".join(remedies) or None,
        ) from first
