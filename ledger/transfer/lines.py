"""The file of an export -> its lines as objects, one after another."""

import json
import re
import zlib
from typing import IO, Any

from ledger.errors import ExtractError, unreadable
from ledger.placing import DATABASE

LINE = 64 * 1024 * 1024
"""Longest line that is read: the largest page with its base64, three times over."""

_VALUES, _BYTES_PER_VALUE = 200_000, 8
"""How many values a line may have, and for how many of its bytes one more: each takes up to thirty
times its bytes in memory. Real articles have one for every ten bytes, with their text."""

_COUNTED = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|([\[{,])', re.DOTALL)
"""What stands in quotes, else what a value begins with."""


class Lines:
    """The lines of an export as objects, counted for messages.

    Attributes:
        name: Of the file, as shown to people.
        number: Of the line that messages name, from 1: the one that was read last, or an earlier
            one while that is looked at again; 0 before the first.
        size: Its bytes.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self.name = name
        self.number = 0
        self.size = 0

    def next(self) -> dict[str, Any] | None:
        """The next line; None at the end of the file.

        Raises:
            ExtractError: It cannot be read, is no object of JSON, longer than `LINE`, or has more
                values than any page.
        """
        try:
            line = self._file.readline(LINE + 1)
        except (OSError, EOFError, zlib.error) as error:  # the last two of what was compressed
            raise unreadable(self.name, error) from error
        self.number += 1
        self.size = len(line)
        if not line:
            return None
        if self.number == 1 and line.startswith(DATABASE):
            raise ExtractError(
                self.name,
                "no-export",
                "this is a database, not an export",
                remedy="To put a backup back: ledger db restore FILE",
            )
        if len(line) > LINE:
            raise self.damaged(f"it is longer than {LINE:,} bytes")
        if _has_too_many_values(line):
            raise self.damaged("it has more values than any page")
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self.damaged("it is no JSON") from error
        if not isinstance(found, dict):
            raise self.damaged("it is not an object")
        return found

    def damaged(self, what: str, number: int | None = None) -> ExtractError:
        """What to raise of a line, the one that was read last when no other is named."""
        return ExtractError(
            f"{self.name}, line {number or self.number}",
            "damaged-export",
            what,
            remedy="Nothing was recorded. Export it again",
        )


def _has_too_many_values(line: bytes) -> bool:
    if len(line) <= _VALUES:  # as nearly all
        return False
    most = _VALUES + len(line) // _BYTES_PER_VALUE
    if sum(map(line.count, (b"[", b"{", b","))) <= most:
        return False
    for token in _COUNTED.finditer(line):  # text may have any number of them
        most -= token[1] is not None
        if most < 0:
            return True
    return False
