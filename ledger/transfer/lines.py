"""The file of an export -> its lines as objects, one after another."""

import json
import zlib
from typing import IO, Any

from ledger.errors import ExtractError

LINE = 64 * 1024 * 1024
"""Longest line that is read: the largest page with its base64, three times over."""


class Lines:
    """The lines of an export as objects, counted for messages.

    Attributes:
        name: Of the file, as shown to people.
        number: Of the line that was read last, from 1; 0 before the first.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self.name = name
        self.number = 0

    def next(self) -> dict[str, Any] | None:
        """The next line; None at the end of the file.

        Raises:
            ExtractError: It cannot be read, is no object of JSON, or longer than `LINE`.
        """
        try:
            line = self._file.readline(LINE + 1)
        except (OSError, EOFError, zlib.error) as error:  # the last two of what was compressed
            said = getattr(error, "strerror", None) or str(error)
            raise ExtractError(self.name, "unreadable", f"it cannot be read: {said}") from error
        self.number += 1
        if not line:
            return None
        try:
            if len(line) > LINE:
                raise ValueError("the line is too long")
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self.damaged("it is no JSON") from error
        if not isinstance(found, dict):
            raise self.damaged("it is no object")
        return found

    def damaged(self, what: str) -> ExtractError:
        """What to raise of the line that was read last."""
        return ExtractError(
            f"{self.name}, line {self.number}",
            "damaged-export",
            what,
            remedy="Nothing was recorded. Make the export anew",
        )
