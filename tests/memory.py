"""Where files are kept in memory: nothing outlives the tests, so none has to wait for a disk."""

import os
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where the system has one


def in_memory(free: int, *, runs: bool = False) -> Path | None:
    """A folder in memory with so many bytes free; None where there is none.

    A container's own is often too small, and no program may be run in it.

    Args:
        free: Bytes.
        runs: Whether programs that are kept there are to be run.
    """
    if not os.access(_MEMORY, os.W_OK):
        return None
    about = os.statvfs(_MEMORY)
    if about.f_bavail * about.f_frsize < free or (runs and about.f_flag & os.ST_NOEXEC):
        return None
    return _MEMORY
