"""A file that is being made -> its name, which it gets as a whole or not at all.

It is made in the folder where it shall be, under a name of its own: a file can be put in place as a
whole only within one disk.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DATABASE = b"SQLite format 3\0"
"""How the file of a ledger begins, and so a backup of one (sqlite.org/fileformat.html)."""

BEGUN = ".ledger-"
"""How the names of files begin that are being made; one that stays is of a program that died."""


def unwritten(error: OSError) -> str:
    """Why a file cannot be written, as messages say it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "there is no such folder"
    return f"it cannot be written: {error.strerror}"


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A name in the folder of `path` that nothing has, to make a file under.

    When the block ends, what is still called so, or by more behind it, is removed.
    """
    made = path.parent / f"{BEGUN}{secrets.token_hex(8)}"
    try:
        yield made
    finally:
        for left in (made, *made.parent.glob(f"{made.name}?*")):
            with suppress(OSError):  # most often it is gone, or its folder never was
                left.unlink()


def place(made: Path, path: Path, *, over: bool = False, mode: int | None = None) -> None:
    """Give a file its name, when all of it is on the disk; the name outlives a power cut, too.

    Args:
        made: The file, in the same folder.
        path: Its name from now on.
        over: Take the place of what has that name.
        mode: Who may do what with it (the bits of `chmod`); None for what `made` has.

    Raises:
        FileExistsError: Something has that name, and not `over`.
        OSError: It cannot be written.
    """
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    if mode is not None:
        with suppress(PermissionError):  # a disk that keeps no modes, such as FAT
            made.chmod(mode)
    if over:
        made.replace(path)
    else:
        give(made, path)
    _sync(path.parent)


def give(made: Path, path: Path) -> None:
    """Give a file a name that nothing has; whether it keeps its own is left to the disk.

    Raises:
        FileExistsError: Something has it.
        OSError: It cannot be written.
    """
    try:
        os.link(made, path)
    except OSError:  # a disk without links, such as FAT: the name is taken first, then filled
        path.touch(exist_ok=False)  # fails where something has it
        try:
            made.replace(path)
        except OSError:
            path.unlink()
            raise


def mode_of(path: Path) -> int:
    """Who may do what with a file, as `chmod` takes it. Raises OSError."""
    return stat.S_IMODE(path.stat().st_mode)


def _sync(folder: Path) -> None:
    """Let the name of a file in `folder` survive a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that may be written and not be listed
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some disks over a network know no such thing
            raise
    finally:
        os.close(descriptor)
