"""Write a file as a whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ledger.errors import UsageError


@contextmanager
def whole_file(path: Path, option: str, *, force: bool) -> Iterator[IO[bytes]]:
    """A binary file to write; it is at `path` when the `with` block ends, and not before.

    Args:
        path: Where it shall be.
        option: The option that named it, for messages.
        force: Replace what is there.

    Raises:
        UsageError: It is there and may not be replaced, it is no file, or it cannot be written.
    """
    name = f"{option} {path}"
    # In the same folder, because a file can be put in place as a whole only within one disk.
    partial = path.parent / f".ledger-{secrets.token_hex(8)}"
    try:
        if path.is_dir():
            raise UsageError(name, "this is a folder", remedy="Name a file in it")
        if path.exists() and not path.is_file():
            raise UsageError(name, "this is no file", remedy="Name a file")
        if os.path.lexists(path) and not force:
            raise UsageError(name, "it exists", remedy="Name another file, or give --force")
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise UsageError(name, f"it cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):  # most often it is gone, or its folder never was
            partial.unlink()
