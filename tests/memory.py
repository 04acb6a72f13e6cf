"""Where files are kept in memory: nothing outlives the tests, so none has to wait for a disk."""

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where the system has one


def in_memory(free: int) -> Path | None:
    """A folder in memory with so many bytes free; None where there is none.

    A container's own is often too small.
    """
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= free:
        return _MEMORY
    return None
