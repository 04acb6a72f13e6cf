"""Pieces of text that are made before they can be handed on, since others come first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile

_IN_MEMORY = 16_000_000
"""Bytes up to which no file is made of them."""


class SetBy:
    """Pieces of text, in a file without a name where they are many; `characters` of them all."""

    def __init__(self, file: "SpooledTemporaryFile[bytes]", pieces: Iterable[str]) -> None:
        self.characters = 0
        self._file = file
        self._sizes: list[int] = []
        for piece in pieces:
            self.characters += len(piece)
            self._sizes.append(file.write(piece.encode()))

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return (self._file.read(size).decode() for size in self._sizes)


@contextmanager
def set_by(pieces: Iterable[str]) -> Iterator[SetBy]:
    """Go through all of the pieces, which can be read inside the `with` block."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        yield SetBy(file, pieces)
