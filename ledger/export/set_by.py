"""Pieces of text that are kept until others that stand before them, or all of them, are made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile

from ledger.errors import UsageError
from ledger.placing import unwritten

IN_MEMORY = 16_000_000
"""Bytes up to which no file is made of them."""


class SetBy:
    """Pieces of text, in a file without a name where they are many; `characters` of them all."""

    def __init__(self, file: "SpooledTemporaryFile[bytes]", pieces: Iterable[str]) -> None:
        self.characters = 0
        self._file = file
        self._sizes: list[int] = []
        for piece in pieces:
            self.characters += len(piece)
            with _room():
                self._sizes.append(file.write(piece.encode()))
        with _room():
            file.flush()

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return (self._file.read(size).decode() for size in self._sizes)


@contextmanager
def set_by(pieces: Iterable[str]) -> Iterator[SetBy]:
    """Go through all of the pieces, which can be read inside the `with` block.

    Raises:
        UsageError: They are many, and no file can be made of them.
    """
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed below
    try:
        yield SetBy(file, pieces)
    finally:
        with suppress(OSError):  # what found no room finds none when it is closed, either
            file.close()


@contextmanager
def _room() -> Iterator[None]:
    """An error in the block says that it is not about where the text goes in the end."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            "the folder for temporary files",
            unwritten(error),
            remedy="Name another one with the environment variable TMPDIR",
        ) from error
