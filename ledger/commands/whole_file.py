"""Write a file as a whole or not at all, or to stdout what is worth nothing without its end."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ledger.commands.group import stdout_failed
from ledger.errors import UsageError
from ledger.placing import DATABASE, mode_of, place, unfinished, unwritten


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
    refuse_taken(path, option, force=force)
    try:
        with unfinished(path) as made:
            with made.open("xb") as file:
                yield file
            # What is replaced may be read by the same people as before.
            place(made, path, over=force, mode=mode_of(path) if path.exists() else None)
    except FileExistsError as error:
        raise _exists(name) from error
    except OSError as error:
        raise _unwritable(name, error) from error


@contextmanager
def whole_stdout(what: str, option: str) -> Iterator[IO[bytes]]:
    """stdout, to write bytes of which nobody has seen enough before their end, as of a list.

    Args:
        what: It is, for messages.
        option: The option that would name a file instead.

    Raises:
        UsageError: Its reader left before the end.
    """
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        stdout_failed(error)
        raise UsageError(
            "standard output",
            f"whatever read the {what} ended before it, so the {what} was cut off",
            remedy=f"Look what that says, or write to a file: {option} FILE",
        ) from error


def file_of(named: Path | None, option: str, *, force: bool) -> Path | None:
    """The file to write, or None for stdout, which "-" names as well as nothing does.

    Says before the work for a file begins what `whole_file` would say after it.

    Raises:
        UsageError: The file cannot be written, or there is none that --force could replace.
    """
    if named is not None and str(named) != "-":
        refuse_taken(named, option, force=force)
        return named
    if force:
        raise UsageError(
            "--force",
            "no file is written that it could replace",
            remedy=f"Name the file with {option} FILE, or leave out --force",
        )
    return None


def refuse_taken(path: Path, option: str, *, force: bool) -> None:
    """Refuse a file that `whole_file` cannot write.

    Args: As for `whole_file`.

    Raises:
        UsageError: It is there and may not be replaced, as no database ever is; it is no file, or
            it has no folder.
    """
    name = f"{option} {path}"
    try:
        if path.is_dir():
            raise UsageError(name, "this is a folder", remedy="Name a file in it")
        if path.exists() and not path.is_file():
            raise UsageError(name, "this is not a file", remedy="Name a file")
        if os.path.lexists(path) and not force:
            raise _exists(name)
        if path.exists() and _is_database(path):
            raise UsageError(
                name,
                "this is a database, maybe a ledger, and --force replaces none",
                remedy="Name another file",
            )
        path.parent.stat()
    except OSError as error:
        raise _unwritable(name, error) from error


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(DATABASE)) == DATABASE


def _unwritable(name: str, error: OSError) -> UsageError:
    return UsageError(name, unwritten(error), remedy="Name another file")


def _exists(name: str) -> UsageError:
    return UsageError(name, "it exists", remedy="Name another file, or give --force")
